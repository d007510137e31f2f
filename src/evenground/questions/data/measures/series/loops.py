"""The loops that take most of the time, as plain Python over arrays, for numba to compile.

Each does what the function of the same purpose in NumPy does, with equal results: sums are of whole
numbers, and every other number is worked out by the same steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.measures.series.audited import Flags, Floats, Whole

Patterns = NDArray[np.uint64]
Scratch = tuple[Floats, Whole, int, float]
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


def select_rank(bits: Patterns, rank: int, room: Patterns, counts: Whole) -> int:
    """Return the bit pattern of the double at a rank among doubles, none of them below zero.

    Parameters
    ----------
    bits, shape (n,)
        Their bit patterns.
    rank
        Place in ascending order, from 0.
    room, shape (n,)
        As much room.
    counts, shape (65536,)
        Room for counts.
    """
    source, n = bits, bits.size
    for part in range(4):
        shift = np.uint64(48 - 16 * part)
        counts[:] = 0
        for i in range(n):
            counts[(source[i] >> shift) & np.uint64(65535)] += 1
        bucket = 0
        while counts[bucket] <= rank:
            rank -= counts[bucket]
            bucket += 1
        found = 0
        for i in range(n):
            room[found] = source[i]
            found += (source[i] >> shift) & np.uint64(65535) == bucket
        source, n = room, found
        if n == 1:
            break
    return source[0]


def split_sides(z: Floats, off: Floats, up: Floats, down: Floats) -> tuple[int, int]:
    """Fill in ``z`` where ``off`` is not below, and not above, zero; return how many each."""
    n_up, n_down = 0, 0
    for i in range(z.size):
        up[n_up] = z[i]
        n_up += off[i] >= 0
        down[n_down] = z[i]
        n_down += off[i] <= 0
    return n_up, n_down


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


def scale_around(size: Floats, most: float, windows: tuple[int, int], work: Scratch) -> None:
    """Fill in the scale at each place; see ``local_scales``.

    Parameters
    ----------
    size, shape (n,)
        Distances.
    most, windows
        What larger ones count as; readings on each side, the more and the fewer.
    work
        The scales, shape (n,); room for whole numbers, shape (n,); parts; standard deviations in a
        mean absolute value.
    """
    scale, parts, fine, normal = work
    n = size.size
    for i in range(n):
        parts[i] = int(min(size[i], most) / most * fine)
    for window in windows:
        total = 0
        for i in range(min(window, n)):
            total += parts[i]
        for i in range(n):
            if i + window < n:
                total += parts[i + window]
            if i > window:
                total -= parts[i - window - 1]
            count = min(i + window + 1, n) - max(i - window, 0) - 1
            mean = (total - parts[i]) / max(count, 1) * (most / fine)
            scale[i] = max(scale[i], mean * normal)


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
