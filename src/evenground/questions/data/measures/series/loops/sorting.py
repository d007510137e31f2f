"""Readings in ascending order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.measures.series.audited import Floats, Whole

Patterns = NDArray[np.uint64]
Codes = NDArray[np.uint16]
Coded = tuple[Codes, Whole]


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


def code(values: Floats, scale: tuple[float, float], table: Floats, found: Coded) -> bool:
    """Fill in which of a few evenly spaced values each is, and how often each occurs.

    Parameters
    ----------
    values, shape (n,)
        Finite values.
    scale
        The lowest of them, and steps per unit.
    table, shape (m,)
        Filled with the values found, each at its place; no place lies beyond.
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
        codes[i] = np.int64((values[i] - low) * per + 0.5)
    for i in range(values.size):
        table[codes[i]] = values[i]
        counts[codes[i]] += 1
    n_others = 0
    for i in range(values.size):
        n_others += table[codes[i]] != values[i]
    return n_others == 0


def fill_in(table: Floats, counts: Whole, kinds: Floats, ascending: Floats) -> int:
    """Fill in the different values, and every value, in ascending order, as they were counted.

    Parameters
    ----------
    table, counts, shape (m,)
        Values and how often each occurs; the counts are left as zeros.
    kinds, ascending
        Room for them.

    Returns
    -------
    How many different values there are.
    """
    n, at = 0, 0
    for place in range(counts.size):
        count = counts[place]
        if count > 0:
            kinds[n] = table[place]
            ascending[at : at + count] = table[place]
            counts[place] = 0
            n += 1
            at += count
    return n
