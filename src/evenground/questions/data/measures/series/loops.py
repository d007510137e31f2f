"""The loops that take most of the time, as plain Python over arrays, for numba to compile.

Each does what the function of the same purpose in NumPy does, with equal results: sums are of whole
numbers, and every other number is worked out by the same steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.measures.series.audited import Flags, Floats, Whole

Patterns = NDArray[np.uint64]
Scratch = tuple[Floats, Whole, Floats, Floats]
Ends = tuple[int, int]
Codes = NDArray[np.uint16]
Coded = tuple[Codes, Whole]
Laid = Floats | Codes
DIGIT = 11
"""Bits that one round of sorting looks at."""


def radix_sort(bits: Patterns, room: Patterns, counts: Whole) -> bool:
    """Sort the bit patterns of doubles by the numbers they stand for, digit by digit.

    Parameters
    ----------
    bits, room, shape (n,), uint64
        The patterns, and as much room.
    counts, shape (6, 2048), int64
        Zeros.

    Returns
    -------
    Whether the sorted patterns are in ``room`` (else in ``bits``).
    """
    n = bits.size
    sign = np.uint64(0x8000000000000000)
    for i in range(n):
        key = bits[i]
        key = ~key if key & sign else key | sign
        bits[i] = key
        for digit in range(6):
            counts[digit, (key >> np.uint64(digit * 11)) & np.uint64(2047)] += 1
    source, target, swapped = bits, room, False
    for digit in range(6):
        shift = np.uint64(digit * 11)
        count = counts[digit]
        if count[(source[0] >> shift) & np.uint64(2047)] == n:
            continue
        start = 0
        for value in range(2048):
            start, count[value] = start + count[value], start
        for i in range(n):
            key = source[i]
            place = (key >> shift) & np.uint64(2047)
            target[count[place]] = key
            count[place] += 1
        source, target, swapped = target, source, not swapped
    for i in range(n):
        key = source[i]
        source[i] = key & ~sign if key & sign else ~key
    return swapped


def select_ranks(  # noqa: C901 - a loop that calls nothing is compiled as one
    bits: Patterns, ranks: Whole, room: Patterns, counts: Whole
) -> None:
    """Put the bit patterns of the doubles at two ranks in the place of the ranks.

    Parameters
    ----------
    bits, shape (n,)
        Bit patterns of doubles, none of them below zero.
    ranks, shape (2,)
        Places in ascending order, from 0.
    room, shape (n,)
        As much room.
    counts, shape (16384,)
        Zeros; left as zeros.
    """
    shift = np.uint64(49)
    least, most = 16_383, 0
    for i in range(bits.size):
        bucket = np.int64(bits[i] >> shift)
        counts[bucket] += 1
        least, most = min(least, bucket), max(most, bucket)
    for which in range(2):
        rank, bucket = ranks[which], least
        while counts[bucket] <= rank:
            rank -= counts[bucket]
            bucket += 1
        found = 0
        for i in range(bits.size):
            room[found] = bits[i]
            found += np.int64(bits[i] >> shift) == bucket
        low, high = 0, found - 1
        while low < high:  # what is below the pivot goes to the front, what is above to the end
            pivot = room[(low + high) >> 1]
            below, at, above = low, low, high
            while at <= above:
                value = room[at]
                if value < pivot:
                    room[at], room[below] = room[below], value
                    below += 1
                    at += 1
                elif value > pivot:
                    room[at], room[above] = room[above], value
                    above -= 1
                else:
                    at += 1
            if rank < below:
                high = below - 1
            elif rank > above:
                low = above + 1
            else:
                low = high = rank
        ranks[which] = room[rank]
    counts[least : most + 1] = 0


def standardise(  # noqa: C901 - a loop that calls nothing is compiled as one
    off: Floats, usual: tuple[float, float, float, float], work: Scratch
) -> Ends:
    """Fill in distances in scales; see ``standardised``.

    Parameters
    ----------
    off, shape (n,)
        Distances.
    usual
        What the largest count as; the least scale, that of calmer series, and below which of them
        a place is calm.
    work
        Room, each of shape (n + 1,): distances in scales; whole numbers; those not below, and not
        above, zero.

    Returns
    -------
    How many are not below, and not above, zero.
    """
    most, least, calmer, calm = usual
    z, parts, up, down = work
    n, n_calm = off.size, 0
    for i in range(n):
        parts[i] = np.int64(min(abs(off[i]), most) / most * 1048576)
        z[i] = 0.0
    factor = most / 1048576 * 1.2533141373155001
    for before, after in ((24, 0), (0, 24), (6, 6)):
        total = np.int64(0)
        for i in range(min(after, n)):
            total += parts[i]
        whole = factor / (before + after)
        for i in range(n):
            if i + after < n:
                total += parts[i + after]
            if i > before:
                total -= parts[i - before - 1]
            part = whole
            if i < before or i + after >= n:
                part = factor / max(min(i + after + 1, n) - max(i - before, 0) - 1, 1)
            z[i] = max(z[i], (total - parts[i]) * part)
    for i in range(n):
        n_calm += z[i] < calm
    if 20 * n_calm >= n:
        least = calmer
    n_up, n_down = 0, 0
    for i in range(n):
        scaled = abs(off[i]) / max(z[i], least)
        z[i] = up[n_up] = down[n_down] = scaled
        n_up += off[i] >= 0
        n_down += off[i] <= 0
    return n_up, n_down


def equal_runs(times: Whole, values: Floats, pause: int, found: tuple[Whole, Whole]) -> Ends:
    """Fill in where runs of two and more equal readings begin, and how long they are.

    Returns
    -------
    How many there are, and how many readings are zero.
    """
    starts, lengths = found
    n, n_zeros, length = 0, 0, 1
    for i in range(values.size):
        n_zeros += values[i] == 0
        if i > 0 and values[i] == values[i - 1] and times[i] - times[i - 1] <= pause:
            if length == 1:
                starts[n] = i - 1
            length += 1
        elif length > 1:
            lengths[n] = length
            n += 1
            length = 1
    if length > 1:
        lengths[n] = length
        n += 1
    return n, n_zeros


def depart(times: Whole, x: Floats, every: int, found: tuple[Whole, Floats, Flags]) -> int:
    """Fill in how far each reading stands from its neighbours; see ``departures``.

    Returns
    -------
    How many entries of ``found`` (places, distances, whether alone) were filled.
    """
    places, off, lone = found
    n = 0
    for i in range(2, x.size - 2):
        if 2 * (times[i] - times[i - 2]) > 7 * every or 2 * (times[i + 2] - times[i]) > 7 * every:
            continue
        a, b, c, d = x[i - 1], x[i - 2], x[i + 1], x[i + 2]
        inner = max(min(a, b), min(c, d))
        other = min(max(a, b), max(c, d))
        low, high = min(inner, other), max(inner, other)
        away = x[i] - (low + high) / 2
        places[n], off[n] = i, away
        lone[n] = abs(away) - (high - low) / 2 >= abs(away) / 2
        n += 1
    return n


def code(values: Floats, scale: tuple[float, float], table: Floats, found: Coded) -> bool:
    """Fill in which of a few evenly spaced values each is, and how often each occurs.

    Parameters
    ----------
    values, shape (n,)
        Finite values.
    scale
        The lowest of them, and steps per unit.
    table, shape (m,)
        Not numbers; filled with the values found.
    found
        Which place of the table each value has, shape (n,), and how often each occurs, shape (m,),
        zeros at first.

    Returns
    -------
    Whether it could be done: one value a place.
    """
    low, per = scale
    codes, counts = found
    for i in range(values.size):
        place = int((values[i] - low) * per + 0.5)
        if place >= table.size:
            return False
        if counts[place] == 0:
            table[place] = values[i]
        elif table[place] != values[i]:
            return False
        counts[place] += 1
        codes[i] = place
    return True


def lay_out(values: Laid, n: Whole, wide: Laid, most: float) -> None:
    """Put the values of each day into a row of its own, and ``most`` after them.

    Parameters
    ----------
    values
        Values of one day after another.
    n, shape (n_days,)
        How many there are on each.
    wide, shape (n_days, any)
        The rows.
    most
        No less than any value.
    """
    at = 0
    for day in range(n.size):
        for i in range(n[day]):
            wide[day, i] = values[at + i]
        wide[day, n[day] :] = most
        at += n[day]


def take_up(wide: Floats, n: Whole, values: Floats) -> None:
    """Put the first ``n`` values of each row one after another."""
    at = 0
    for day in range(n.size):
        for i in range(n[day]):
            values[at + i] = wide[day, i]
        at += n[day]


def take_up_coded(wide: Codes, n: Whole, table: Floats, values: Floats) -> None:
    """Put what the first ``n`` codes of each row stand for one after another."""
    at = 0
    for day in range(n.size):
        for i in range(n[day]):
            values[at + i] = table[wide[day, i]]
        at += n[day]


def smallest_steps(ascending: Floats, n: Whole, smallest: Floats, found: Floats) -> None:
    """Fill in the smallest step above ``smallest`` between the values of each day.

    Parameters
    ----------
    ascending
        Values of each day in ascending order, day after day.
    n, smallest, found, shape (n_days,)
        How many there are on each; what is no step; infinite, to be filled.
    """
    at = 0
    for day in range(n.size):
        least, best = smallest[day], np.inf
        for i in range(at + 1, at + n[day]):
            step = ascending[i] - ascending[i - 1]
            best = min(best, step if step > least else np.inf)
        found[day] = best
        at += n[day]
