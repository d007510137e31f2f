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
    label = np.arange(fair.n_areas)
    neighbours = _neighbour_sets(np.asarray(adjacency, dtype=np.int64).reshape(-1, 2), fair.n_areas)
    expected = fair.probability.copy()
    while True:
        first, zone = np.unique(label, return_inverse=True)
        smallest = p_if_empty(zone_draw(fair, zone))
        reachable = smallest * first.size <= false_discovery_rate / 2
        n_reachable = int(reachable.sum())
        stuck = not _merge_smallest(label, neighbours, expected, among=first[~reachable])
        if stuck or first.size <= least_zones:
            return Zones(
                zone=zone,
                n_zones=first.size,
                reachable=reachable,
                enough=n_reachable >= least_zones,
            )


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


def _neighbour_sets(pairs: Whole, n_areas: int) -> list[set[int]]:
    neighbours: list[set[int]] = [set() for _ in range(n_areas)]
    for a, b in pairs.tolist():
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    return neighbours


def _merge_smallest(
    label: Whole, neighbours: list[set[int]], expected: Vector, *, among: Whole
) -> bool:
    """Join the smallest of these zones that has a neighbour to its smallest neighbour, in place.

    A zone is known by its first area. Returns False where nothing can be joined.
    """

    def size(zone: int) -> tuple[float, int]:
        return float(expected[zone]), zone

    for small in sorted(among.tolist(), key=size):
        if neighbours[small]:
            other = min(neighbours[small], key=size)
            keep, gone = min(small, other), max(small, other)
            label[label == gone] = keep
            expected[keep] += expected[gone]
            for third in neighbours[gone]:
                neighbours[third].discard(gone)
                if third != keep:
                    neighbours[third].add(keep)
                    neighbours[keep].add(third)
            neighbours[gone].clear()
            return True
    return False
