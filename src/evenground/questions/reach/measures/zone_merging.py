"""Neighbouring areas merged until flagging a zone becomes possible.

Of the zones too small to be flagged, the smallest joins its smallest neighbour, until every zone
would be flagged if it alone were empty: the greedy growth of the max-p-regions problem
(Duque, Anselin and Rey 2012, Journal of Regional Science 52, 397-419). It looks at the baseline and
the map only, never at where units are, so that the zones are not chosen by the result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.margins_of_error import group_totals
from evenground.methods.null_allocation import FairDraw
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.reach.measures.area_flags import p_if_empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Areas merged into zones.

    Attributes
    ----------
    zone, shape (n_areas,)
        Zone of each area, 0 to ``n_zones - 1``, numbered by their first area.
    n_zones
        How many zones.
    reachable, shape (n_zones,)
        Whether the zone would be flagged if it alone were empty. Islands too small to be flagged
        and without a neighbour to join stay False.
    enough
        Whether enough zones are reachable; False means too few units to flag anything.
    """

    zone: Whole
    n_zones: int
    reachable: Flags
    enough: bool


def merge_until_attainable(
    fair: FairDraw,
    adjacency: ArrayLike,
    *,
    false_discovery_rate: float = 0.05,
    least_zones: int = 3,
) -> Zones:
    """Return contiguous zones, each large enough that its being empty would be noticed.

    Parameters
    ----------
    fair
        Places and baseline by area.
    adjacency, shape (n_pairs, 2)
        Pairs of neighbouring areas; order and repetition do not matter.
    false_discovery_rate
        As for ``flag_areas``.
    least_zones
        Fewer zones than this are no longer places on a map: then ``enough`` is False.
    """
    merging = _Merging.of(fair, adjacency)
    rate = false_discovery_rate
    while merging.n_zones > least_zones:
        small = merging.smallest(merging.zones)
        if small is not None and _is_reachable(fair, merging, small, rate=rate):
            # Margins of error may leave a larger zone out of reach, so all have to be looked at.
            small = merging.smallest(merging.zones[~_reachable(fair, merging, rate=rate)])
        if small is None:
            break
        merging.join(small)
    reachable = _reachable(fair, merging, rate=rate)
    return Zones(
        zone=np.unique(merging.label, return_inverse=True)[1],
        n_zones=merging.n_zones,
        reachable=reachable,
        enough=int(reachable.sum()) >= least_zones,
    )


def _reachable(fair: FairDraw, merging: _Merging, *, rate: float) -> Flags:
    """Tell of every zone whether it would be flagged if it alone were empty."""
    zone = np.unique(merging.label, return_inverse=True)[1]
    return p_if_empty(zone_draw(fair, zone)) * merging.n_zones <= rate / 2


def _is_reachable(fair: FairDraw, merging: _Merging, zone: int, *, rate: float) -> bool:
    """Tell it of one zone, which takes far less than telling it of all."""
    apart = zone_draw(fair, merging.label == zone)
    return bool(p_if_empty(apart)[1] * merging.n_zones <= rate / 2)


def zone_draw(fair: FairDraw, zone: ArrayLike) -> FairDraw:
    """Return the same places over zones instead of areas; ``zone`` has shape (n_areas,)."""
    labels = np.asarray(zone, dtype=np.int64)
    part = (labels[None, :] == np.arange(int(labels.max()) + 1)[:, None]).astype(np.float64)
    listed = None if fair.candidates is None else (part @ fair.candidates).astype(np.int64)
    return FairDraw(
        place_units=fair.place_units,
        baseline=group_totals(fair.baseline, part),
        candidates=listed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merging:
    """Zones on their way; each is known by its first area.

    ``label`` (n_areas,) is the zone of each area, ``neighbours`` and ``expected`` (n_areas,) belong
    to zones by their first area.
    """

    label: Whole
    neighbours: list[set[int]]
    expected: Vector

    @classmethod
    def of(cls, fair: FairDraw, adjacency: ArrayLike) -> _Merging:
        """Let every area be a zone of its own."""
        neighbours: list[set[int]] = [set() for _ in range(fair.n_areas)]
        for a, b in np.asarray(adjacency, dtype=np.int64).reshape(-1, 2).tolist():
            if a != b:
                neighbours[a].add(b)
                neighbours[b].add(a)
        label = np.arange(fair.n_areas)
        return cls(label=label, neighbours=neighbours, expected=fair.probability.copy())

    @property
    def zones(self) -> Whole:
        """The zones, in order."""
        return np.unique(self.label)

    @property
    def n_zones(self) -> int:
        """How many there are."""
        return self.zones.size

    def smallest(self, among: Whole) -> int | None:
        """Return the smallest of some zones that has a neighbour to join."""
        joinable = [zone for zone in among.tolist() if self.neighbours[zone]]
        return min(joinable, key=self._size, default=None)

    def join(self, small: int) -> None:
        """Join a zone to its smallest neighbour."""
        other = min(self.neighbours[small], key=self._size)
        keep, gone = min(small, other), max(small, other)
        self.label[self.label == gone] = keep
        self.expected[keep] += self.expected[gone]
        for third in self.neighbours[gone]:
            self.neighbours[third].discard(gone)
            if third != keep:
                self.neighbours[third].add(keep)
                self.neighbours[keep].add(third)
        self.neighbours[gone].clear()

    def _size(self, zone: int) -> tuple[float, int]:
        return float(self.expected[zone]), zone
