"""What the readings of a column were by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Days, Flags, Floats, Whole
from evenground.questions.data.measures.series.limits import DAY
from evenground.questions.data.measures.series.spread import SAME

SPARSE = 4
"""Days are laid out side by side while that takes no more than so many times the readings."""


def day_edges(times: Whole) -> tuple[Whole, Whole]:
    """Return the days that occur, and where each begins among ascending times, with the end.

    Parameters
    ----------
    times, shape (n,)
        Microseconds since 1970-01-01, ascending; at least one.
    """
    first, last = int(times[0] // DAY), int(times[-1] // DAY)
    if last - first > SPARSE * times.size:
        days, starts = np.unique(times // DAY, return_index=True)
        return days, np.append(starts, times.size)
    every = np.arange(first, last + 2)
    edges = np.searchsorted(times, every * DAY)
    there = np.flatnonzero(np.diff(edges))
    return every[there], np.append(edges[there], times.size)


def days_of(
    edges: tuple[Whole, Whole],
    values: Floats,
    means: ByDay | None = None,
    *,
    finite: Flags | None,
    null: Flags | None,
) -> Days:
    """Return the readings by day.

    Parameters
    ----------
    edges
        The days, and where each begins among the instants, with the end; see ``day_edges``.
    values, shape (m,)
        The reading at each instant.
    means
        How values are ordered within days, and steps found, if not in NumPy.
    finite, shape (m,)
        Which are finite; ``None``: all.
    null, shape (m,)
        Which instants have none; ``None``: all have one.
    """
    day, at = edges
    n_null = np.zeros(day.size, dtype=np.int64) if null is None else _per_day(null, at)
    if finite is not None:
        at = np.concatenate(([0], np.cumsum(finite)))[at]
        values = values[finite]
    n = np.diff(at)
    means = means or ByDay()
    ascending = means.ordered(values, n)
    first = np.minimum(at[:-1], max(values.size - 1, 0))
    with_any = n > 0
    median, low, high = (np.full(day.size, np.nan) for _ in range(3))
    if values.size:
        # Adding 0 leaves one zero, not two: which of them comes first in order is chance.
        median[with_any] = ascending[first + (n + 1) // 2 - 1][with_any] + 0.0
        low[with_any] = ascending[first][with_any] + 0.0
        high[with_any] = ascending[first + n - 1][with_any] + 0.0
    found = means.steps(ascending, n, SAME * np.fmax(np.abs(low), np.abs(high)))
    found[np.isinf(found)] = np.nan
    return Days(day, n, n_null, median, low, high, nine_digits(found))


def _per_day(flags: Flags, at: Whole) -> Whole:
    return np.diff(np.concatenate(([0], np.cumsum(flags)))[at])


def by_day(values: Floats, n: Whole) -> Floats:
    """Return the values of each day in ascending order, day after day.

    Parameters
    ----------
    values
        Values in time order.
    n, shape (n_days,)
        How many there are on each day.
    """
    most = int(n.max()) if n.size else 0
    if most * n.size > SPARSE * values.size:
        return values[np.lexsort((values, np.repeat(np.arange(n.size), n)))]
    if most * n.size == values.size:
        return np.sort(values.reshape(n.size, most), axis=1).ravel()
    filled = np.arange(most) < n[:, None]
    side_by_side = np.full((n.size, most), np.inf)
    side_by_side[filled] = values
    side_by_side.sort(axis=1)
    return side_by_side[filled]


def smallest_steps(ascending: Floats, n: Whole, smallest: Floats) -> Floats:
    """Return the smallest step between the values of each day; infinite without one.

    Parameters
    ----------
    ascending
        Values of each day in ascending order, day after day.
    n, smallest, shape (n_days,)
        How many there are on each; steps up to so much are none.
    """
    found = np.full(n.size, np.inf)
    if ascending.size:
        steps = np.diff(ascending, append=np.inf)
        ends = np.cumsum(n)
        some = np.flatnonzero(n)
        steps[ends[some] - 1] = np.inf
        steps[steps <= np.repeat(smallest, n)] = np.inf
        found[some] = np.minimum.reduceat(steps, (ends - n)[some])
    return found


def nine_digits(values: Floats) -> Floats:
    """Return values to nine significant digits, as ``resolution`` does."""
    kinds, which = np.unique(values, return_inverse=True)
    return np.array([float(f"{kind:.8e}") for kind in kinds.tolist()])[which.reshape(-1)]


class ByDay(NamedTuple):
    """How values are ordered within days, and the smallest step of each is found."""

    ordered: Callable[[Floats, Whole], Floats] = by_day
    steps: Callable[[Floats, Whole, Floats], Floats] = smallest_steps
