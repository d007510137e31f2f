"""Readings by day."""

from __future__ import annotations

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole
from evenground.questions.data.measures.series.loops.sorting import Codes

Ends = tuple[Floats, Floats, Floats, Floats]
Coded = tuple[Codes, Floats, Codes]
Work = tuple[Whole, Floats, Floats]


def coded_ends(codes: Codes, n: Whole, found: Codes) -> int:
    """Fill in the lowest and the highest code of each day.

    Parameters
    ----------
    codes
        Codes, day after day.
    n, shape (n_days,)
        How many there are on each.
    found, shape (n_days, 2)
        What is filled in; it means nothing for a day without any.

    Returns
    -------
    How far they are apart, of all days together.
    """
    at, total = 0, 0
    for day in range(n.size):
        own = codes[at : at + n[day]]
        first, last = np.uint16(65535), np.uint16(0)
        for i in range(own.size):
            first, last = min(first, own[i]), max(last, own[i])
        found[day, 0], found[day, 1] = first, last
        total += max(0, np.int64(last) - np.int64(first))
        at += n[day]
    return int(total)


def coded_days(coded: Coded, n: Whole, same: float, work: Work, ends: Ends) -> None:
    """Fill in the lower median, the ends and the smallest step of each day by counting.

    Parameters
    ----------
    coded
        The place of each reading, day after day, in ascending values; these values; and the lowest
        and highest place of each day.
    n, shape (n_days,)
        Readings on each day.
    same
        Steps up to this part of the largest size on the day are none.
    work
        Zeros, one for each value, left as zeros; and room for as many values, and steps.
    ends
        Median, lowest, highest and smallest step of each day: not a number (and infinite, for the
        step), to be filled in for days that have readings.
    """
    codes, table, places = coded
    counts, kinds, steps = work
    bits = steps.view(np.int64)
    median, low, high, step = ends
    at = 0
    for day in range(n.size):
        if n[day] == 0:
            continue
        own = codes[at : at + n[day]]
        first, end = np.int64(places[day, 0]), np.int64(places[day, 1]) + 1
        often, values = counts[first:end], table[first:end]
        for i in range(own.size):
            counts[own[i]] += 1
        half, seen, n_below, n_kinds = (n[day] + 1) // 2, 0, 0, 0
        for i in range(often.size):
            kinds[n_kinds] = values[i]
            n_below += (seen < half) & (often[i] > 0)
            seen += often[i]
            n_kinds += often[i] > 0
        often[:] = 0
        low[day], high[day] = kinds[0] + 0.0, kinds[n_kinds - 1] + 0.0
        median[day] = kinds[n_below - 1] + 0.0
        least = same * max(abs(kinds[0]), abs(kinds[n_kinds - 1]))
        steps[0] = np.inf
        following = kinds[1:n_kinds]
        for i in range(following.size):
            apart = following[i] - kinds[i]
            steps[i] = apart if apart > least else np.inf
        smallest = bits[0]
        for i in range(following.size):  # doubles above zero are in the order of their bits
            smallest = min(smallest, bits[i])
        bits[0] = smallest
        step[day] = steps[0]
        at += n[day]


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
    """Fill in what ``coded_days`` does, of days whose values were sorted.

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
