"""What the readings of a column were by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evenground.questions.data.measures.series.audited import Days, Floats, Whole
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


class DayEnds(NamedTuple):
    """Lower median, lowest and highest reading of each day, and the smallest step.

    Without readings they are ``nan``; without two different ones the step is infinite.
    """

    median: Floats
    low: Floats
    high: Floats
    step: Floats

    @classmethod
    def nothing(cls, n_days: int) -> DayEnds:
        """Return what days without readings have."""
        return cls(*(np.full(n_days, none) for none in (np.nan, np.nan, np.nan, np.inf)))


def days_of(
    edges: tuple[Whole, Whole],
    values: Floats,
    ends: Callable[[Floats, Whole], DayEnds] | None = None,
    *,
    others: Whole,
    nulls: Whole,
) -> Days:
    """Return the readings by day.

    Parameters
    ----------
    edges
        The days, and where each begins among the instants, with the end; see ``day_edges``.
    values, shape (n,)
        The finite readings, in time order.
    ends
        How ``day_ends`` is carried out, if not in NumPy.
    others, nulls
        Instants that have no finite reading, and those of them that have none at all, ascending.
    """
    day, at = edges
    upto, nulls_upto = at - others.searchsorted(at), nulls.searchsorted(at)
    n, n_null = upto[1:] - upto[:-1], nulls_upto[1:] - nulls_upto[:-1]
    median, low, high, step = (ends or day_ends)(values, n)
    step[np.isinf(step)] = np.nan
    return Days(day, n, n_null, median, low, high, nine_digits(step))


def day_ends(values: Floats, n: Whole) -> DayEnds:
    """Return the lower median, the ends and the smallest step of each day.

    Parameters
    ----------
    values
        Finite values, day after day.
    n, shape (n_days,)
        How many there are on each.
    """
    found = DayEnds.nothing(n.size)
    ascending = by_day(values, n)
    some = np.flatnonzero(n)
    first = (np.cumsum(n) - n)[some]
    # Adding 0 leaves one zero, not two: which of them comes first in order is chance.
    found.median[some] = ascending[first + (n[some] + 1) // 2 - 1] + 0.0
    found.low[some] = ascending[first] + 0.0
    found.high[some] = ascending[first + n[some] - 1] + 0.0
    smallest = SAME * np.fmax(np.abs(found.low), np.abs(found.high))
    found.step[:] = smallest_steps(ascending, n, smallest)
    return found


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
