"""From rows to one reading per instant: repeated rows, order, delay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Flags, Floats, Whole


class Instants(NamedTuple):
    """The different times of a series, what was read at each, and how rows repeat.

    ``starts`` is the place of each instant's first row; ``conflicts`` says per column at which
    instants its values differ (``None``: nowhere).
    """

    times: Whole
    starts: Whole | None
    readings: tuple[Floats, ...]
    conflicts: tuple[Flags | None, ...]
    n_exact: int
    n_conflicting: int
    repeats: Whole


def instants_of(times: Whole, columns: Sequence[Floats]) -> Instants:
    """Return one reading per instant and column: the lowest value that is there.

    At an instant with ``k`` rows and ``d`` different rows of values (nothing equals nothing),
    ``k - d`` repeat exactly and ``d - 1`` conflict.

    Parameters
    ----------
    times, shape (n,)
        Ascending, in microseconds; rows of one instant in the order in which they lie.
    columns
        Values of each column, shape (n,); ``nan`` where there is none.
    """
    again = times[1:] == times[:-1]
    if not again.any():
        none = np.empty(0, dtype=np.int64)
        return Instants(times, None, tuple(columns), (None,) * len(columns), 0, 0, none)
    starts = np.flatnonzero(np.concatenate(([True], ~again)))
    sizes = np.diff(np.append(starts, times.size))
    several = np.flatnonzero(sizes > 1)
    rows = stretches(starts[several], sizes[several])
    group = np.repeat(np.arange(several.size), sizes[several])
    edges = np.concatenate(([0], np.cumsum(sizes[several])[:-1]))
    readings: list[Floats] = []
    conflicts: list[Flags | None] = []
    for column in columns:
        reading = column[starts]
        least = np.fmin.reduceat(column[rows], edges)
        reading[several] = least
        differs = np.zeros(starts.size, dtype=np.bool_)
        differs[several] = np.fmax.reduceat(column[rows], edges) > least
        readings.append(reading)
        conflicts.append(differs if differs.any() else None)
    different = _n_different([column[rows] for column in columns], group)
    return Instants(
        times[starts], starts, tuple(readings), tuple(conflicts),
        n_exact=rows.size - different,
        n_conflicting=different - several.size,
        repeats=np.delete(rows, edges),
    )  # fmt: skip


def stretches(starts: Whole, sizes: Whole) -> Whole:
    """Return ``start, start + 1 …`` for each stretch, one after another."""
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


def inversions(times: Whole, rows: Whole) -> Whole:
    """Return the places of rows that are earlier than the row before them.

    Parameters
    ----------
    times, rows, shape (n,)
        Times of the rows of one series, and where each lies among all rows.
    """
    if (rows[1:] > rows[:-1]).all():
        return np.empty(0, dtype=np.int64) if (times[1:] >= times[:-1]).all() else _backward(times)
    order = np.argsort(rows, kind="stable")
    return order[_backward(times[order])]


def _backward(times: Whole) -> Whole:
    return np.flatnonzero(times[1:] < times[:-1]) + 1


class Lateness(NamedTuple):
    """Places of the rows that arrived late; median and 95 % of the delay in microseconds."""

    late: Whole
    median: int
    high: int


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
    ranks = [-(-at.size // 2) - 1, -(-95 * at.size // 100) - 1]
    median, high = np.partition(delay, ranks)[ranks]
    return Lateness(at[delay > tolerance], int(median), int(high))
