"""Put rows that come mixed into one stretch of memory per series: a counting sort, batch by batch.

The loops are plain Python, compiled with numba where it is installed; NumPy otherwise, with equal
results.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Seen(NamedTuple):
    """What is known of each series while its rows come in.

    ``fill`` is the next free place, ``row`` the number of the last row, ``unordered`` how many rows
    have a number that is not above that of the row before them.
    """

    fill: Whole
    row: Whole
    unordered: Whole

    @classmethod
    def nothing(cls, starts: Whole) -> Seen:
        """Return the state before the first row; ``starts`` has the first place of each series."""
        none = np.zeros(starts.size, dtype=np.int64)
        return cls(starts.astype(np.int64), none - 1, none)


def place_loop(codes: Any, rows: Any, seen: Any, places: Any) -> None:
    """Write the place of each row into ``places``; ``rows`` may be empty.

    A loop for numba, as the next ones.
    """
    fill, row, unordered = seen
    for i in range(codes.size):
        code = codes[i]
        places[i] = fill[code]
        fill[code] += 1
        if rows.size > 0:
            if rows[i] <= row[code]:
                unordered[code] += 1
            row[code] = rows[i]


def put_loop(places: Any, values: Any, target: Any) -> None:
    """Write each value to its place."""
    for i in range(places.size):
        target[places[i]] = values[i]


def put_known_loop(places: Any, values: Any, known: Any, target: Any, missing: Any) -> None:
    """Write each value to its place, ``missing`` where Arrow's validity map has no bit for it.

    ``known`` has the map and the place of its first bit.
    """
    bits, first = known
    for i in range(places.size):
        bit = first + i
        if bits[bit >> 3] >> (bit & 7) & 1:
            target[places[i]] = values[i]
        else:
            target[places[i]] = missing


class Loops(NamedTuple):
    """The three loops, compiled or for whole arrays."""

    place: Any
    put: Any
    put_known: Any


def loops(*, compiled: bool = True) -> Loops:
    """Return the loops: compiled if wanted and numba is installed, NumPy's otherwise."""
    fast = _compiled() if compiled else None
    return Loops(_place, _put, _put_known) if fast is None else fast


@cache
def _compiled() -> Loops | None:
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
    except ImportError:
        return None
    made = [njit(loop, nogil=True) for loop in (place_loop, put_loop, put_known_loop)]
    return Loops(*made)


def _place(codes: Any, rows: Whole, seen: Seen, places: Whole) -> None:
    order = np.argsort(codes, kind="stable")
    sorted_codes = codes[order]
    begins = np.flatnonzero(np.r_[True, sorted_codes[1:] != sorted_codes[:-1]])
    present = sorted_codes[begins]
    counts = np.diff(np.r_[begins, codes.size])
    within = np.arange(codes.size) - np.repeat(begins, counts)
    places[order] = np.repeat(seen.fill[present], counts) + within
    seen.fill[present] += counts
    if rows.size:
        numbers = rows[order]
        before = np.r_[0, numbers[:-1]]
        before[begins] = seen.row[present]
        np.add.at(seen.unordered, sorted_codes, numbers <= before)
        seen.row[present] = numbers[begins + counts - 1]


def _put(places: Whole, values: Any, target: Any) -> None:
    target[places] = values


def _put_known(places: Whole, values: Any, known: Any, target: Any, missing: Any) -> None:
    bits, first = known
    there = np.unpackbits(bits, bitorder="little", count=first + places.size)[first:]
    target[places] = np.where(there.astype(bool), values, missing)
