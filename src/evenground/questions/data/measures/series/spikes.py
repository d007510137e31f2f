"""Readings that stand off their neighbours on both sides, and changes that are too fast."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evenground.evidence import settled
from evenground.questions.data.measures.series.audited import Flags, Floats, Whole
from evenground.questions.data.measures.series.limits import (
    CANDIDATE_SPIKE,
    HOUR,
    spike_limit,
)
from evenground.questions.data.measures.series.runs import Clear
from evenground.questions.data.measures.series.spread import NORMAL

FEWEST = 50
OUTERMOST = 2
FIVE = 2 * OUTERMOST + 1
"""A reading and its four neighbours."""
BESIDE = 24
AROUND = 6
"""Readings on one side, and on both, by which the scale is told at a place; the largest holds."""
OUTER = 2
"""Distances count as so many times the smallest of the largest hundredth at most, lest a spike be
the measure of its neighbours."""
FINE = 1 << 20
"""Distances are added up as whole numbers of such parts, so that any order gives the same sum."""
CALM = 0.6
"""A place is much calmer where the scale of the readings around is this part of the usual one."""
ONE_IN = 20
MEAN = math.sqrt(math.pi / 2)
"""Standard deviations of a normal distribution in its mean absolute value."""


class Departures(NamedTuple):
    """How far readings stand from the middle of their four neighbours.

    ``values`` are all readings, ``far`` the places of those, but for the two at each end, that lack
    two neighbours on each side near enough; ``off`` are the signed distances of the others.
    """

    values: Floats
    far: Whole
    off: Floats

    def places(self, which: Whole) -> Whole:
        """Return which of the readings some of the distances are of."""
        n_before = self.far - OUTERMOST - np.arange(self.far.size)
        return which + OUTERMOST + np.searchsorted(n_before, which, side="right")

    def lone(self, which: Whole) -> Flags:
        """Say for some of the distances whether the reading is alone.

        It is where the distance is more than the neighbours' own disagreement accounts for: the
        reading lies outside the two middle ones of the four, by at least half its distance from
        their mean.
        """
        at = self.places(which)
        inner, other = _middle(*(self.values[at + by] for by in (-2, -1, 1, 2)))
        size = np.abs(self.off[which])
        return size - np.abs(inner - other) / 2 >= size / 2


def _middle(b: Floats, a: Floats, c: Floats, d: Floats) -> tuple[Floats, Floats]:
    """Return the two middle ones of four neighbours."""
    inner = np.maximum(np.minimum(a, b), np.minimum(c, d))
    return inner, np.minimum(np.maximum(a, b), np.maximum(c, d))


def departures(clear: Clear, *, every: int) -> Departures:
    """Return how far each reading stands from the two middle ones of its four neighbours.

    The neighbours are the two readings before and the two after, no further away than three and a
    half cadences. Two of them may be spikes themselves, or lie beyond a step: they count for the
    reading only if it is alone.
    """
    times, x = clear.times, clear.values
    if x.size < FIVE:
        return Departures(x, np.empty(0, dtype=np.int64), np.empty(0))
    near = 2 * (times[2:] - times[:-2]) <= 7 * every
    within = near[:-2] & near[2:]
    inner, other = _middle(x[:-4], x[1:-3], x[3:-1], x[4:])
    off = x[OUTERMOST:-OUTERMOST] - (inner + other) / 2
    return Departures(x, np.flatnonzero(~within) + OUTERMOST, off[within])


def local_scales(size: Floats, *, most: float) -> Floats:
    """Return the scale of distances at each place, by the readings around it.

    Parameters
    ----------
    size, shape (n,)
        Distances.
    most
        What larger ones count as; above 0.

    Returns
    -------
    The largest of three means of ``size``, over 24 places before, 24 after, and 6 on each side, the
    place itself left out, as standard deviations of a normal distribution; 0 without others. A
    signal that grows restless all at once is restless already at its first reading.
    """
    parts = (np.minimum(size, most) / most * FINE).astype(np.int64)
    sums = np.concatenate(([0], np.cumsum(parts)))
    place = np.arange(size.size)
    scale = np.zeros(size.size)
    for before, after in ((BESIDE, 0), (0, BESIDE), (AROUND, AROUND)):
        first = np.maximum(place - before, 0)
        end = np.minimum(place + after + 1, size.size)
        n = np.maximum(end - first - 1, 1)
        around = sums[end] - sums[first] - parts
        np.maximum(scale, around * (most / FINE * MEAN / n), out=scale)
    return scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Spikes:
    """Readings that are spikes.

    Attributes
    ----------
    places, shape (n,)
        Which of the readings.
    scale, limit
        Scale of the distance from the neighbours; from how many scales on (the larger of the two
        sides).
    established
        Whether anything could be told.
    """

    places: Whole
    scale: float
    limit: float
    established: bool


NONE = Spikes(places=np.empty(0, dtype=np.int64), scale=np.nan, limit=np.nan, established=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeRule:
    """What spikes are told by: smallest step of the readings, chance allowed, limit declared."""

    resolution: float
    allowed: float
    declared: float | None = None


def at_ranks(values: Floats, ranks: Sequence[int]) -> list[float]:
    """Return the sizes of values, whatever their signs, at some places (from 0) in their order."""
    return np.partition(np.abs(values), ranks)[list(ranks)].tolist()


class Usual(NamedTuple):
    """Scale of all distances, smallest step of the readings, what the largest distances count as.

    ``noise`` is the scale without regard to the smallest step.
    """

    scale: float
    noise: float
    step: float
    most: float


def least_scale(around: Floats, usual: Usual) -> float:
    """Return the least scale that holds anywhere.

    It is that of all distances; half of it, and no less than the smallest step, where one place in
    twenty is much calmer.

    Parameters
    ----------
    around, shape (n,)
        Scale of the readings around each.
    usual
        Scale of all.
    """
    n_calm = np.count_nonzero(around < settled(CALM * usual.noise))
    return calmer_scale(usual) if ONE_IN * n_calm >= around.size else usual.scale


def calmer_scale(usual: Usual) -> float:
    """Return the least scale in a series that is much calmer at times."""
    return max(settled(usual.noise / 2), usual.step)


class Side(NamedTuple):
    """Distances on one side: how many, and their quantiles 0.75 and 0.975 (``nan`` for few)."""

    n: int
    lower: float = np.nan
    upper: float = np.nan


class Standard(NamedTuple):
    """Distances in scales: which are large, how large these are, and those on each side.

    On the first side are those not below zero, on the second those not above it.
    """

    large: Whole
    z: Floats
    sides: tuple[Side, Side]


def side_ranks(n: int) -> list[int]:
    """Return the ranks (from 0) at which the quantiles of a side lie."""
    return [-(-n * 750 // 1000) - 1, -(-n * 975 // 1000) - 1]


def standardised(off: Floats, usual: Usual) -> Standard:
    """Return distances in scales, by all readings and by those around each.

    Parameters
    ----------
    off, shape (n,)
        Signed distances from the neighbours.
    usual
        Scale of all.
    """
    size = np.abs(off)
    around = local_scales(size, most=usual.most)
    z = size / np.maximum(around, least_scale(around, usual))
    up, down = (
        Side(own.size, *at_ranks(own, side_ranks(own.size)))
        if own.size >= FEWEST
        else Side(own.size)
        for own in (z[off >= 0], z[off <= 0])
    )
    large = np.flatnonzero(z > CANDIDATE_SPIKE)
    return Standard(large, z[large], (up, down))


class Means(NamedTuple):
    """How values at ranks, and distances in scales, are worked out."""

    at_ranks: Callable[[Floats, Sequence[int]], list[float]] = at_ranks
    standardised: Callable[[Floats, Usual], Standard] = standardised


PLAIN = Means()


def spikes(found: Departures, means: Means = PLAIN, *, rule: SpikeRule) -> Spikes:
    """Return the readings that stand alone, further off than chance.

    Distances are measured in scales, by all readings and by those around; see ``typical``.

    Parameters
    ----------
    found
        Distances from the neighbours.
    means
        How scales and ranks are worked out.
    rule
        What spikes are told by.
    """
    if found.off.size < FEWEST:
        return NONE
    usual = typical(found.off, means, resolution=rule.resolution)
    if usual.scale <= 0:
        return NONE
    standard = means.standardised(found.off, usual)
    alone = found.lone(standard.large)
    candidates, apart = standard.large[alone], standard.z[alone]
    way = found.off[candidates]
    limits: list[float] = []
    spiky = np.zeros(candidates.size, dtype=np.bool_)
    for own, side in zip(standard.sides, (way >= 0, way <= 0), strict=True):
        limit = _side_limit(own, apart[side], rule)
        if limit is not None:
            limits.append(limit)
            spiky |= side & (apart > limit)
    if not limits:
        return NONE
    return Spikes(
        places=found.places(candidates[spiky]),
        scale=usual.scale,
        limit=max(limits),
        established=True,
    )


def typical(off: Floats, means: Means = PLAIN, *, resolution: float) -> Usual:
    """Return the scale of distances, whatever their signs.

    It is 1.4826 times their lower median, and at least the smallest step of the readings. No
    distance counts as more than twice the smallest of the largest hundredth.
    """
    ranks = [-(-off.size // 2) - 1, -(-off.size * 99 // 100) - 1]
    median, high = means.at_ranks(off, ranks)
    step = 0.0 if math.isnan(resolution) else resolution
    noise = settled(NORMAL * median)
    scale = max(noise, step)
    return Usual(scale, noise, step, max(OUTER * high, scale))


def _side_limit(own: Side, apart: Floats, rule: SpikeRule) -> float | None:
    """Return from how many scales on a reading is a spike on one side; ``None`` if untold."""
    if own.n < FEWEST or own.lower <= 0:
        return None
    if rule.declared is not None:
        return max(rule.declared, CANDIDATE_SPIKE)
    return spike_limit(apart, lower=own.lower, upper=own.upper, n=own.n, allowed=rule.allowed / 2)


def fast_changes(clear: Clear, *, every: int, per_hour: float) -> Whole:
    """Return the readings that changed faster than ``per_hour`` since the one before.

    Neighbours further apart than three and a half cadences are not compared.
    """
    apart = np.diff(clear.times)
    change = np.abs(np.diff(clear.values)) * HOUR
    return np.flatnonzero((change > per_hour * apart) & (2 * apart <= 7 * every)) + 1
