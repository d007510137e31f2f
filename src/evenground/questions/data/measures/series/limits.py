"""Where chance ends: from how many equal readings on a run is stuck, how far off a spike stands.

Every limit is worked out from a few aggregates of the series, so that an engine that holds the rows
and a pass over arrays come to the same one. What is found by chance alone is held to one hundredth
of a run, and of a spike, per column and year of data.

Source: the limits are our own; the second round follows Benjamini and Hochberg (1995), Journal of
the Royal Statistical Society B 57(1), in holding the share of false finds among all finds. The
tail of the distances is that of an exponential power distribution (Subbotin 1923), between that of
a normal and of a Laplace distribution or heavier.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from evenground.evidence import settled
from evenground.questions.data.measures.series.audited import Flags, Floats, Whole

MICROSECONDS = 1_000_000
HOUR = 3_600 * MICROSECONDS
DAY = 24 * HOUR
YEAR = 365.25 * DAY
ALLOWED_PER_YEAR = 0.01
"""Runs that may be found by chance in a year of one column."""
SPIKES_ALLOWED = 0.03
"""Spikes that may be, as a part of the runs. Tails are heavier than they are taken to be: tried on
480 years of clean signals of 17 kinds, one in forty years is found."""
SHORTEST_SPAN = 30 * DAY
"""Shorter series are allowed as much as this one."""
FALSE_SHARE = 0.01
"""Share of the finds that may be chance, once there are many of them."""
MANY_RUNS = 10
MANY_SPIKES = 5
LEAST_READINGS = 5
LEAST_TIME = 10 * 60 * MICROSECONDS
"""Equal readings are no run before they have lasted this long."""
RESTS = 0.9
"""Where more of the runs than this have two readings, the signal rests by its nature."""
FEW_RUNS = 30
TAIL_SHARE = 200
"""The tail of run lengths is read up to where one run in so many is left."""
FEW_NEAR = 10
NEAREST = 400
"""Readings of values nearby by which a run is judged."""
ABRUPT_RUNS = 200
"""From so many abrupt runs of zeros on, they have a tail of their own."""
LOWEST_SPIKE = 4.0
CANDIDATE_SPIKE = 3.0
APART = 1.15
APART_TIMES = 3
FEW_STRONG = 3
STRONG = 1.3
"""Spikes are many only if half of those beyond the first limit are beyond it by so much."""


class Tail(NamedTuple):
    """Histogram of run lengths: different lengths, ascending, and how many runs have each."""

    lengths: Whole
    counts: Whole

    @property
    def n_runs(self) -> int:
        """Runs in all."""
        return int(self.counts.sum())


def allowed_by_chance(first: int, last: int) -> float:
    """Return how many finds by chance a series is allowed, from its ends in microseconds."""
    return ALLOWED_PER_YEAR * max(last - first, SHORTEST_SPAN) / YEAR


def least_intervals(cadence: int) -> int:
    """Return for how many intervals equal readings must last: five, and ten minutes."""
    return max(LEAST_READINGS, -(-LEAST_TIME // cadence))


def histogram(lengths: Whole, *, ones: int = 0) -> Tail:
    """Return the histogram of ``lengths`` (each >= 2), with so many runs of a single reading."""
    times = np.bincount(lengths, minlength=2)
    times[1] = ones
    kinds = np.flatnonzero(times)
    return Tail(kinds, times[kinds])


def less(tail: Tail, lengths: Whole) -> Tail:
    """Return the histogram without some of its runs."""
    counts = tail.counts.copy()
    np.subtract.at(counts, np.searchsorted(tail.lengths, lengths), 1)
    return Tail(tail.lengths, counts)


def tail_limit(tail: Tail, *, allowed: float, fewest: int = FEW_RUNS) -> float:
    """Return from how many readings on a run is longer than chance makes it.

    With ``N_j`` runs of ``j`` or more readings, a run goes on with at most the largest
    ``N_{j+1} / (N_j + 1)`` among lengths that at least ``fewest`` runs, and one in 200, reach;
    beyond the last such length ``J`` runs thin out no more slowly than that. The limit is the
    length that ``allowed`` runs would reach. Fewer runs are eked out with ten that go on half the
    time.

    Returns
    -------
    A whole number as a float; infinite without any run.
    """
    total = tail.n_runs
    if total == 0:
        return math.inf
    if total < fewest:
        ones = int(tail.counts[tail.lengths == 1].sum())
        return _beyond(1, total, (total - ones + 5) / (total + 10), allowed)
    at_least = total - np.concatenate(([0], np.cumsum(tail.counts)))
    reached, after = at_least[:-1], at_least[1:]
    until = int((reached >= max(fewest, total / TAIL_SHARE)).sum())
    # Between two lengths that occur, every run goes on.
    skipped = np.diff(tail.lengths, prepend=0) > 1
    goes_on = np.where(skipped, reached, after)[:until] / (reached[:until] + 1)
    last = until - 1
    return _beyond(int(tail.lengths[last]), int(reached[last]), float(goes_on.max()), allowed)


def _beyond(reached: int, runs: int, q: float, allowed: float) -> float:
    """Return the length that ``allowed`` of the ``runs`` would reach."""
    if q <= 0:
        return float(reached)
    return float(math.ceil(round(reached + math.log(runs / allowed) / -math.log(q), 9)))


class Near(NamedTuple):
    """Runs of values between two ends, both included: those nearest to a value."""

    low: float
    high: float
    tail: Tail


def nearest(ascending: Floats, value: float) -> tuple[float, float]:
    """Return between which values the 400 readings nearest to one lie, by rank.

    Those equal to it, and as many below as above until there are 400; more on one side at the ends.

    Parameters
    ----------
    ascending, shape (n,)
        Clear readings in ascending order, ``value`` among them.
    """
    first, end = (int(np.searchsorted(ascending, value, side=s)) for s in ("left", "right"))
    more = max(0, NEAREST - (end - first))
    low, high = max(0, first - more // 2), min(ascending.size, end + more - more // 2)
    if high - low < NEAREST and low == 0:
        high = min(ascending.size, NEAREST)
    elif high - low < NEAREST:
        low = max(0, ascending.size - NEAREST)
    return float(ascending[low]), float(ascending[high - 1])


class Stuck(NamedTuple):
    """Which candidates are stuck, and from how many readings on a run was."""

    found: Flags
    limit: float


def stuck(
    tail: Tail, values: Floats, readings: Whole, *, near: Callable[[int], Near], allowed: float
) -> Stuck:
    """Return which runs of equal readings are longer than chance makes them.

    A run must be longer than chance by the lengths of all runs, and by those of the runs of values
    nearby, to which their part of what chance may do is left: low readings often repeat more than
    high ones.

    Parameters
    ----------
    tail
        Lengths of all runs of the column.
    values, readings, shape (n,)
        Value and length of the runs that last long enough to be looked at.
    near
        From the place of one of those to the runs of values nearby.
    allowed
        Runs that may be found by chance.

    Notes
    -----
    The second round leaves out what the first found, so that many stuck runs do not hide one
    another; once there are many, one in a hundred may be chance.
    """
    found, limit = np.zeros(values.size, dtype=np.bool_), math.inf
    for _ in range(2):
        n_found = int(found.sum())
        may = max(allowed, FALSE_SHARE * n_found) if n_found >= MANY_RUNS else allowed
        limit = tail_limit(less(tail, readings[found]), allowed=may)
        again = found | (readings >= limit)
        for i in np.flatnonzero(again & ~found).tolist():
            around = near(i)
            others = found & (values >= around.low) & (values <= around.high)
            others[i] = True
            own = less(around.tail, readings[others])
            if own.n_runs:
                part = may * own.n_runs / tail.n_runs
                again[i] = readings[i] >= tail_limit(own, allowed=part, fewest=FEW_NEAR)
        if not again.any():
            break
        found = again
    return Stuck(found, limit)


def spike_limit(candidates: Floats, *, lower: float, upper: float, n: int, allowed: float) -> float:
    """Return from how many scales on a reading stands off its neighbours more than chance.

    An exponential power distribution through the quantiles 0.75 (``lower``) and 0.975 (``upper``)
    tells what ``allowed`` of ``n`` readings would exceed (a part of it, see ``SPIKES_ALLOWED``). If
    more readings lie just below that limit than a third of those above, the tail is heavier than
    it tells, and the limit is raised until those above stand apart. If five or more stand apart,
    and half of those beyond the limit far beyond it, one in a hundred may be chance, and the limit
    falls accordingly.

    Parameters
    ----------
    candidates
        Distances, in scales, of the readings that stand alone; those above ``CANDIDATE_SPIKE``.
    lower, upper
        Quantiles of the distances of all readings; ``lower`` above 0.
    n
        Readings in all.
    allowed
        Spikes that may be found by chance.
    """
    allowed = SPIKES_ALLOWED * allowed
    start = _tail_at(allowed / n, lower, upper)
    limit, above = start, int((candidates > start).sum())
    while above:
        below = int((candidates > limit / APART).sum()) - above
        if APART_TIMES * below <= above:
            break
        limit = settled(limit * APART)
        above = int((candidates > limit).sum())
    if limit > start:
        return limit
    strong = np.sort(candidates[candidates > start])
    if strong.size < FEW_STRONG or strong[(strong.size - 1) // 2] < STRONG * start:
        return start
    return _lowered(candidates, start, (lower, upper), allowed / n, 1 / n)


def _lowered(
    candidates: Floats, start: float, body: tuple[float, float], allowed: float, each: float
) -> float:
    """Return the lowest limit above which one in a hundred is chance; ``start`` without one."""
    limit = LOWEST_SPIKE
    while limit < start:
        above = int((candidates > limit).sum())
        if above < MANY_SPIKES:
            return start
        again = _tail_at(max(allowed, FALSE_SHARE * above * each), *body)
        if again <= limit:
            return limit
        limit = again
    return start


def _tail_at(share: float, lower: float, upper: float) -> float:
    """Return the distance that a ``share`` of the readings exceeds."""
    from scipy.special import gammaincinv

    power = _power(upper / lower)
    far, near = (gammaincinv(1 / power, 1 - part) ** (1 / power) for part in (share, 0.025))
    return settled(max(LOWEST_SPIKE, upper * float(far / near)))


def _power(ratio: float) -> float:
    """Return the power of the exponential power distribution with that ratio of quantiles.

    Quantiles of the absolute value at 0.975 and 0.75; a normal distribution has power 2, which is
    the largest returned, a Laplace distribution 1.
    """
    ratios, powers = _powers()
    return float(np.interp(ratio, ratios, powers))


@cache
def _powers() -> tuple[Floats, Floats]:
    """Return ratios of quantiles, ascending, and the powers that have them."""
    from scipy.special import gammaincinv

    powers = np.geomspace(2.0, 0.2, 400)
    far, near = (gammaincinv(1 / powers, part) ** (1 / powers) for part in (0.975, 0.75))
    return far / near, powers
