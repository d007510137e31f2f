"""From rows to one reading per instant: repeated rows, order, delay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Flags, Floats, Whole


class Instants(NamedTuple):
    """The different times of a series, what was read at each, and how rows repeat.

    ``conflicts`` says per column at which instants its values differ (``None``: nowhere);
    ``repeats`` has the places of all rows but the first of each instant, ascending.
    """

    times: Whole
    readings: tuple[Floats, ...]
    conflicts: tuple[Flags | None, ...]
    n_exact: int
    n_conflicting: int
    repeats: Whole


class Finite(NamedTuple):
    """The finite readings among those at all instants, and when they were.

    ``others`` are the instants without, ``nulls`` those of them that have no reading at all.
    """

    values: Floats
    times: Whole
    others: Whole
    nulls: Whole

    def places(self) -> Whole | None:
        """Return which instant each is of; ``None`` where every instant has one."""
        if not self.others.size:
            return None
        return np.delete(np.arange(self.values.size + self.others.size), self.others)


def instants_of(
    times: Whole, columns: Sequence[Floats], kept: Callable[[int, Any, Whole], Any] | None = None
) -> Instants:
    """Return one reading per instant and column: the lowest value that is there.

    At an instant with ``k`` rows and ``d`` different rows of values (nothing equals nothing),
    ``k - d`` repeat exactly and ``d - 1`` conflict.

    Parameters
    ----------
    times, shape (n,)
        Ascending, in microseconds; rows of one instant in the order in which they lie.
    columns
        Values of each column, shape (n,); ``nan`` where there is none.
    kept
        How ``without`` is carried out, if not in NumPy; told the place of the column, -1 for times.
    """
    repeats = np.flatnonzero(times[1:] == times[:-1]) + 1
    if not repeats.size:
        return Instants(times, tuple(columns), (None,) * len(columns), 0, 0, repeats)
    without_ = kept or without
    edges = np.flatnonzero(np.diff(repeats, prepend=-1) > 1)  # of the groups, among the repeats
    starts = repeats[edges] - 1
    sizes = np.diff(np.append(edges, repeats.size)) + 1
    several = starts - edges
    rows = stretches(starts, sizes)
    begins = np.cumsum(sizes) - sizes
    readings: list[Floats] = []
    conflicts: list[Flags | None] = []
    for i, column in enumerate(columns):
        reading = without_(i, column, repeats)
        least = np.fmin.reduceat(column[rows], begins)
        reading[several] = least
        differs = np.fmax.reduceat(column[rows], begins) > least
        readings.append(reading)
        conflicts.append(_at(several[differs], reading.size))
    group = np.repeat(np.arange(several.size), sizes)
    different = _n_different([column[rows] for column in columns], group)
    return Instants(
        without_(-1, times, repeats), tuple(readings), tuple(conflicts),
        n_exact=rows.size - different,
        n_conflicting=different - several.size,
        repeats=repeats,
    )  # fmt: skip


def without(_: int, values: Any, places: Whole) -> Any:
    """Return values without those at some places."""
    return np.delete(values, places)


def _at(places: Whole, n: int) -> Flags | None:
    """Return flags at some of ``n`` places; ``None`` without any."""
    if not places.size:
        return None
    flags = np.zeros(n, dtype=np.bool_)
    flags[places] = True
    return flags


def finite(times: Whole, readings: Floats) -> Finite:
    """Return the finite ones among the readings at all instants."""
    there = np.isfinite(readings)
    others = np.flatnonzero(~there)
    if not others.size:
        return Finite(readings, times, others, others)
    nulls = others[np.isnan(readings[others])]
    return Finite(readings[there], times[there], others, nulls)


def stretches(starts: Whole, sizes: Whole) -> Whole:
    """Return ``start, start + 1 …`` for each stretch, one after another."""
    if not starts.size:
        return np.empty(0, dtype=np.int64)
    before = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)


def _n_different(columns: Sequence[Floats], group: Whole) -> int:
    """Return how many different rows of values there are, each group for itself."""
    order = np.lexsort((*columns, group))
    new = np.diff(group[order]) != 0
    for column in columns:
        there = column[order]
        differs = there[1:] != there[:-1]
        new |= differs & ~(np.isnan(there[1:]) & np.isnan(there[:-1]))
    return 1 + int(np.count_nonzero(new))


def inversions(
    times: Whole, rows: Whole, found: Callable[[Whole, Whole], Whole | None] | None = None
) -> Whole:
    """Return the places of rows that are earlier than the row before them.

    Parameters
    ----------
    times, rows, shape (n,)
        Times of the rows of one series, and where each lies among all rows.
    found
        How it is done, if not in NumPy; it may leave it to be done so.
    """
    places = None if found is None else found(times, rows)
    if places is not None:
        return places
    if (rows[1:] > rows[:-1]).all():
        return _backward(times)
    order = np.argsort(rows, kind="stable")
    return order[_backward(times[order])]


def _backward(times: Whole) -> Whole:
    return np.flatnonzero(times[1:] < times[:-1]) + 1


class Lateness(NamedTuple):
    """Places of the rows that arrived late; median and 95 % of the delay in microseconds."""

    late: Whole
    median: int
    high: int


def delay_ranks(n: int) -> list[int]:
    """Return the ranks (from 0) of the median delay of ``n`` rows and of the high one."""
    return [-(-n // 2) - 1, -(-95 * n // 100) - 1]


def lateness(
    times: Whole, arrived: Whole, known: Flags | None, *, tolerance: int
) -> Lateness | None:
    """Return which rows arrived later than ``tolerance`` after their time; ``None`` if untold.

    Parameters
    ----------
    times, arrived, known, shape (n,)
        When a row was measured, when it arrived, and whether that is known (``None``: of all).
    tolerance
        Microseconds that a row may take.
    """
    at = np.arange(times.size) if known is None else np.flatnonzero(known)
    if at.size == 0:
        return None
    delay = arrived[at] - times[at]
    ranks = delay_ranks(at.size)
    median, high = np.partition(delay, ranks)[ranks]
    return Lateness(at[delay > tolerance], int(median), int(high))
