"""Runs of equal readings: those that last longer than chance makes them, and zeros."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Flags, Floats, Whole
from evenground.questions.data.measures.series.instants import stretches
from evenground.questions.data.measures.series.limits import (
    ABRUPT_RUNS,
    DAY,
    FEW_RUNS,
    RESTS,
    Near,
    Tail,
    histogram,
    least_intervals,
    nearest,
    stuck,
    tail_limit,
)

ZERO_TIMES = 2
"""Zeros must last so many times as long as other equal readings."""
JUMP = 6
"""Scales by which a run of zeros must begin and end to be abrupt."""
ONCE_IN = 10 * DAY
"""Zeros that come more often than this may be the signal's own."""
OUTLASTS = 3
AMONG = 100
SIXTH = 6
"""A run that is so many times as long as the sixth longest of so many stands out."""


Equal = Callable[[Whole, Floats, int], tuple[Whole, Whole, int]]


class Clear(NamedTuple):
    """Finite readings of a column about which the rows of an instant agree, in time order.

    ``places`` says which instant each is of (``None``: they are all that are finite, one after
    another); ``ascending`` are the readings in ascending order, if they are there already.
    """

    times: Whole
    values: Floats
    places: Whole | None = None
    ascending: Floats | None = None


class Runs(NamedTuple):
    """Stretches of two or more equal readings: place of the first, number, and value.

    ``n_single`` and ``single_zeros`` count the runs of one reading, and those that are zero.
    """

    starts: Whole
    lengths: Whole
    values: Floats
    n_single: int
    single_zeros: int


def runs_of(clear: Clear, found: Equal | None = None, *, every: int) -> Runs:
    """Return the runs of equal readings.

    A run ends where the value changes, or where no reading came for longer than twice the time that
    equal readings must last.

    Parameters
    ----------
    clear
        Readings in time order.
    found
        How ``equal_runs`` is carried out, if not in NumPy.
    every
        The cadence in microseconds, above 0.
    """
    starts, lengths, n_zeros = (found or equal_runs)(
        clear.times, clear.values, (2 * least_intervals(every) + 1) * every
    )
    values = clear.values[starts]
    n_single = clear.values.size - int(lengths.sum())
    return Runs(starts, lengths, values, n_single, n_zeros - int(lengths[values == 0].sum()))


def equal_runs(times: Whole, values: Floats, pause: int) -> tuple[Whole, Whole, int]:
    """Return where runs of two and more equal readings begin, their lengths, and how many are zero.

    Parameters
    ----------
    times, values, shape (n,)
        Readings in time order.
    pause
        Time without a reading that ends a run.
    """
    going = np.flatnonzero((values[1:] == values[:-1]) & (np.diff(times) <= pause))
    return *runs_from(going), values.size - int(np.count_nonzero(values))


def runs_from(going: Whole) -> tuple[Whole, Whole]:
    """Return where runs begin, and their lengths, from the readings that go on in the next one."""
    if not going.size:
        return going.copy(), going.copy()
    ends = np.flatnonzero(going[1:] - going[:-1] != 1)
    starts, last = going[np.concatenate(([0], ends + 1))], going[np.concatenate((ends, [-1]))]
    return starts, last - starts + 2


def lasting(clear: Clear, runs: Runs, *, every: int, intervals: int) -> Flags:
    """Return which runs last at least ``intervals - 1`` cadences, to the nearest half."""
    ends = runs.starts + runs.lengths - 1
    lasts = clear.times[ends] - clear.times[runs.starts]
    return 2 * lasts >= (2 * intervals - 3) * every


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckRuns:
    """Runs that are stuck: places of the first reading and numbers of readings.

    Attributes
    ----------
    starts, lengths, shape (n,)
        One entry per run.
    limit
        Readings from which on a run was stuck.
    repeats
        Share of the runs that have two or more readings.
    established
        Whether anything could be told: a signal that rests by its nature, or never changes, has no
        stuck runs.
    """

    starts: Whole
    lengths: Whole
    limit: float
    repeats: float
    established: bool


def stuck_runs(
    clear: Clear, runs: Runs, *, every: int, allowed: float, limits: Sequence[float] = ()
) -> StuckRuns:
    """Return the runs of equal readings, zeros left out, that are longer than chance makes them.

    Parameters
    ----------
    clear, runs
        Readings and their runs.
    every, allowed
        Cadence in microseconds; runs that may be found by chance.
    limits
        Values at which the instrument is at its limit: runs there are saturated, not stuck.
    """
    other, tail = _other_than(clear, runs, limits)
    repeats = float(1 - tail.counts[tail.lengths == 1].sum() / max(tail.n_runs, 1))
    rests = tail.n_runs >= FEW_RUNS and repeats > RESTS
    if rests or tail.n_runs <= 1:
        none = np.empty(0, dtype=np.int64)
        return StuckRuns(
            starts=none, lengths=none, limit=math.inf, repeats=repeats, established=False
        )
    intervals = least_intervals(every)
    looked_at = np.flatnonzero(other & lasting(clear, runs, every=every, intervals=intervals))
    values, lengths = runs.values[looked_at], runs.lengths[looked_at]
    near = _nearby(clear, runs, other)
    found, limit = stuck(
        tail, values, lengths, near=lambda i: near(float(values[i])), allowed=allowed
    )
    which = looked_at[found]
    return StuckRuns(
        starts=runs.starts[which], lengths=runs.lengths[which], limit=limit, repeats=repeats,
        established=True,
    )  # fmt: skip


def _nearby(clear: Clear, runs: Runs, other: Flags) -> Callable[[float], Near]:
    """Return a function from a value to the runs of values nearby, those of ``other``."""

    @cache
    def ordered() -> tuple[Floats, Floats, Whole, int]:
        ascending = np.sort(clear.values) if clear.ascending is None else clear.ascending
        by_value = np.flatnonzero(other)
        by_value = by_value[np.argsort(runs.values[by_value], kind="stable")]
        n_zeros = runs.single_zeros + int(runs.lengths[runs.values == 0].sum())
        return ascending, runs.values[by_value], runs.lengths[by_value], n_zeros

    def near(value: float) -> Near:
        ascending, values, lengths, n_zeros = ordered()
        low, high = nearest(ascending, value)
        first, end = np.searchsorted(values, low), np.searchsorted(values, high, side="right")
        own = lengths[first:end]
        readings = np.searchsorted(ascending, high, side="right") - np.searchsorted(ascending, low)
        single = int(readings) - int(own.sum()) - (n_zeros if low <= 0 <= high else 0)
        return Near(low, high, histogram(own, ones=max(0, single)))

    return near


def _other_than(clear: Clear, runs: Runs, limits: Sequence[float]) -> tuple[Flags, Tail]:
    """Return which runs are neither zero nor at a limit, and how long all such runs are."""
    other = runs.values != 0
    single = runs.n_single - runs.single_zeros
    for value in set(limits) - {0.0}:
        at = runs.values == value
        other &= ~at
        single -= int(np.count_nonzero(clear.values == value)) - int(runs.lengths[at].sum())
    return other, histogram(runs.lengths[other], ones=single)


def longer_than(runs: Runs, *, declared: int) -> StuckRuns:
    """Return the runs of at least ``declared`` equal readings, zeros left out."""
    which = np.flatnonzero((runs.values != 0) & (runs.lengths >= declared))
    others = runs.lengths.size + runs.n_single - runs.single_zeros
    others -= int(np.count_nonzero(runs.values == 0))
    several = int(np.count_nonzero(runs.values != 0))
    return StuckRuns(
        starts=runs.starts[which], lengths=runs.lengths[which], limit=float(declared),
        repeats=several / max(others, 1), established=True,
    )  # fmt: skip


class ZeroRuns(NamedTuple):
    """Zeros that begin and end abruptly, or outlast all others: places, lengths, and the limit."""

    starts: Whole
    lengths: Whole
    limit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroRule:
    """What zero runs are told by.

    Attributes
    ----------
    every, allowed
        Cadence in microseconds; runs that may be found by chance.
    otherwise
        From how many readings on a run of other values is stuck.
    scale
        Scale of the distance of readings from their neighbours.
    """

    every: int
    allowed: float
    otherwise: float
    scale: float


def zero_runs(clear: Clear, runs: Runs, *, rule: ZeroRule) -> ZeroRuns:
    """Return the runs of zeros that do not look like the signal's own.

    A run is found if it lasts twice as long as other equal readings must, begins and ends abruptly,
    and is longer than chance: by the lengths of such runs if there are 200 of them, else by
    ``rule.otherwise``. It is also found if it is more than three times as long as the sixth longest
    of a hundred or more. Abrupt is a jump of more than six scales; and, where zeros come more often
    than once in ten days, from and to readings that are at least the lower quartile of the others.

    Zeros before the first other reading are none. Where three in four readings are zero, the signal
    rests there by its nature, and none are found.
    """
    intervals = ZERO_TIMES * least_intervals(rule.every)
    none, limit = np.empty(0, dtype=np.int64), rule.otherwise
    lasts = lasting(clear, runs, every=rule.every, intervals=intervals)
    if not (lasts & (runs.values == 0)).any():
        return ZeroRuns(none, none, limit)
    zeros = _all_zero_runs(clear, runs, rule.scale)
    if np.count_nonzero(zeros.abrupt) >= ABRUPT_RUNS:
        own = zeros.lengths[zeros.abrupt]
        ones = int(np.count_nonzero(own == 1))
        limit = tail_limit(histogram(own[own > 1], ones=ones), allowed=rule.allowed)
    long = zeros.abrupt & (zeros.lengths >= limit)
    if zeros.lengths.size >= AMONG:
        sixth = int(np.partition(zeros.lengths, -SIXTH)[-SIXTH])
        long |= zeros.lengths > OUTLASTS * sixth
    ends = zeros.starts + zeros.lengths - 1
    time = clear.times[ends] - clear.times[zeros.starts]
    long &= 2 * time >= (2 * intervals - 3) * rule.every
    return ZeroRuns(zeros.starts[long], zeros.lengths[long], limit)


class _Zeros(NamedTuple):
    starts: Whole
    lengths: Whole
    abrupt: Flags


def _all_zero_runs(clear: Clear, runs: Runs, scale: float) -> _Zeros:
    """Return every run of zeros after the first other reading, and which are abrupt."""
    others = np.flatnonzero(clear.values)
    none = np.empty(0, dtype=np.int64)
    if 4 * others.size < clear.values.size or others.size == clear.values.size:
        return _Zeros(none, none, np.empty(0, dtype=np.bool_))
    starts, lengths = _zero_stretches(clear, runs)
    later = starts > others[0]
    starts, lengths = starts[later], lengths[later]
    before = clear.values[starts - 1]
    next_ = starts + lengths
    last = clear.values.size - 1
    after = np.where(next_ > last, np.nan, clear.values[np.minimum(next_, last)])
    abrupt = np.fmin(np.abs(before), np.abs(after)) > JUMP * scale
    if starts.size * ONCE_IN > clear.times[-1] - clear.times[0]:
        abrupt &= np.fmin(before, after) >= _lower_quartile(clear, others)
    return _Zeros(starts, lengths, abrupt)


def _zero_stretches(clear: Clear, runs: Runs) -> tuple[Whole, Whole]:
    """Return where runs of zeros begin, those of one zero among them, and how long they are."""
    zero = runs.values == 0
    starts, lengths = runs.starts[zero], runs.lengths[zero]
    single = clear.values == 0
    single[stretches(starts, lengths)] = False
    alone = np.flatnonzero(single)
    ones = np.ones(alone.size, dtype=np.int64)
    return np.concatenate((starts, alone)), np.concatenate((lengths, ones))


def _lower_quartile(clear: Clear, others: Whole) -> float:
    """Return the value at rank ``ceil(n / 4)`` of the readings that are not zero."""
    rank = -(-others.size // 4) - 1
    if clear.ascending is None:
        return float(np.partition(clear.values[others], rank)[rank])
    n_below = int(np.searchsorted(clear.ascending, 0.0))
    n_zeros = clear.values.size - others.size
    return float(clear.ascending[rank if rank < n_below else rank + n_zeros])
