"""Readings by day."""

from __future__ import annotations

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole
from evenground.questions.data.measures.series.loops.sorting import Codes

Ends = tuple[Floats, Floats, Floats, Floats]


def coded_days(
    coded: tuple[Codes, Floats],
    n: Whole,
    most: tuple[float, int],
    work: tuple[Whole, Floats],
    ends: Ends,
) -> bool:
    """Fill in the lower median, the ends and the smallest step of each day by counting.

    Parameters
    ----------
    coded
        The place of each reading, day after day, in ascending values; these values.
    n, shape (n_days,)
        Readings on each day.
    most
        Steps up to this part of the largest size on the day are none; places looked at may be so
        many times the readings.
    work
        Zeros, one for each value, left as zeros; and room for one more.
    ends
        Median, lowest, highest and smallest step of each day: not a number (and infinite, for the
        step), to be filled in for days that have readings.

    Returns
    -------
    Whether it was done: the values of days may lie too far apart for it to pay.
    """
    codes, table = coded
    same, budget = most
    counts, kinds = work
    median, low, high, step = ends
    at, looked_at = 0, 0
    for day in range(n.size):
        first, last = np.int64(65535), np.int64(0)
        for i in range(at, at + n[day]):
            first, last = min(first, np.int64(codes[i])), max(last, np.int64(codes[i]))
        looked_at += max(0, last - first)
        at += n[day]
    if looked_at > budget * codes.size:
        return False
    at = 0
    for day in range(n.size):
        if n[day] == 0:
            continue
        first, last = np.int64(65535), np.int64(0)
        for i in range(at, at + n[day]):
            place = np.int64(codes[i])
            counts[place] += 1
            first, last = min(first, place), max(last, place)
        at += n[day]
        half, seen, n_below, n_kinds = (n[day] + 1) // 2, 0, 0, 0
        for place in range(first, last + 1):
            kinds[n_kinds] = table[place]
            n_below += seen < half and counts[place] > 0
            seen += counts[place]
            n_kinds += counts[place] > 0
            counts[place] = 0
        low[day], high[day] = kinds[0] + 0.0, kinds[n_kinds - 1] + 0.0
        median[day] = kinds[n_below - 1] + 0.0
        least, smallest = same * max(abs(kinds[0]), abs(kinds[n_kinds - 1])), np.inf
        for i in range(1, n_kinds):
            apart = kinds[i] - kinds[i - 1]
            smallest = min(smallest, apart if apart > least else np.inf)
        step[day] = smallest
    return True


def lay_out(values: Floats, n: Whole, wide: Floats) -> None:
    """Put the values of each day into a row of its own, and infinity after them.

    Parameters
    ----------
    values
        Finite values of one day after another.
    n, shape (n_days,)
        How many there are on each.
    wide, shape (n_days, any)
        The rows.
    """
    at = 0
    for day in range(n.size):
        for i in range(n[day]):
            wide[day, i] = values[at + i]
        wide[day, n[day] :] = np.inf
        at += n[day]


def sorted_days(wide: Floats, n: Whole, same: float, ends: Ends) -> None:
    """Fill in the lower median, the ends and the smallest step of each day; see ``coded_days``.

    Parameters
    ----------
    wide, shape (n_days, any)
        Values of each day, the first ``n`` of them in ascending order.
    n, ends
        As in ``coded_days``.
    same
        Steps up to this part of the largest size on the day are none.
    """
    median, low, high, step = ends
    for day in range(n.size):
        if n[day] == 0:
            continue
        row, last = wide[day], n[day] - 1
        low[day], high[day], median[day] = row[0] + 0.0, row[last] + 0.0, row[last // 2] + 0.0
        least, smallest = same * max(abs(row[0]), abs(row[last])), np.inf
        for i in range(1, n[day]):
            apart = row[i] - row[i - 1]
            smallest = min(smallest, apart if apart > least else np.inf)
        step[day] = smallest


def smallest_step(ascending: Floats, rounding: float) -> float:
    """Return the smallest step above ``rounding`` between ascending values, infinite if none."""
    smallest = np.inf
    for i in range(1, ascending.size):
        apart = ascending[i] - ascending[i - 1]
        smallest = min(smallest, apart if apart > rounding else np.inf)
    return smallest
