"""Put rows that come mixed into one stretch of memory per series: a counting sort, batch by batch.

The loops are plain Python, compiled with numba where it is installed; NumPy otherwise, with equal
results.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Names(NamedTuple):
    """Names in the order of their bytes: where each begins among all letters, with the end.

    ``after`` is the one that came after each of them last, then the one that came last of all.
    """

    starts: Whole
    letters: NDArray[np.uint8]
    after: Whole

    @classmethod
    def of(cls, names: Sequence[str]) -> Names:
        """Return some names, at least one."""
        several = [name.encode() for name in names]
        starts = np.cumsum([0, *(len(name) for name in several)])
        letters = np.frombuffer(b"".join(several), dtype=np.uint8)
        return cls(starts, letters, np.zeros(len(several) + 1, dtype=np.int64))


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


def name_loop(offsets: Any, text: Any, names: Names, codes: Any) -> int:
    """Write which of the names each row has into ``codes``; -1 for one that is not among them.

    Rows of many sensors often come by turns: the name that came after the same one before is looked
    at first. ``offsets`` and ``text`` are Arrow's, of the rows.

    Returns
    -------
    How many names had to be searched for.
    """
    starts, letters, after = names
    n_names, n_searched = starts.size - 1, 0
    last = after[n_names]
    for i in range(codes.size):
        begin, size, guess = offsets[i], offsets[i + 1] - offsets[i], after[last]
        k, same = 0, starts[guess + 1] - starts[guess] == size
        while same and k < size:
            same = text[begin + k] == letters[starts[guess] + k]
            k += 1
        if not same:
            n_searched += 1
            low, high = 0, n_names
            while low < high and not same:
                guess = (low + high) >> 1
                first, own = starts[guess], starts[guess + 1] - starts[guess]
                k, both = 0, min(size, own)
                while k < both and text[begin + k] == letters[first + k]:
                    k += 1
                if k == both:
                    same, below = size == own, own < size
                else:
                    below = letters[first + k] < text[begin + k]
                if below:
                    low = guess + 1
                else:
                    high = guess
            after[last] = guess
        codes[i] = guess if same else -1
        last = guess
    after[n_names] = last
    return n_searched


def order_loop(times: Any, order: Any) -> bool:
    """Write the stable order of times into ``order``; say whether they were nearly in order.

    Where they were not, it is unfinished: sorting is quicker.
    """
    moves = 0
    for i in range(times.size):
        k = i
        while k > 0 and times[order[k - 1]] > times[i] and moves < 4 * times.size:
            order[k] = order[k - 1]
            k -= 1
            moves += 1
        order[k] = i
    return moves < 4 * times.size


class Loops(NamedTuple):
    """The loops, compiled or for whole arrays; ``name`` is ``None`` where Arrow does as well."""

    place: Any
    put: Any
    put_known: Any
    order: Any
    name: Any = None


def loops(*, compiled: bool = True) -> Loops:
    """Return the loops: compiled if wanted and numba is installed, NumPy's otherwise."""
    fast = _compiled() if compiled else None
    return Loops(_place, _put, _put_known, _order) if fast is None else fast


@cache
def _compiled() -> Loops | None:
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
    except ImportError:
        return None
    several = (place_loop, put_loop, put_known_loop, order_loop, name_loop)
    return Loops(*(_kept(njit, loop) for loop in several))


def _kept(njit: Any, loop: Any) -> Any:
    """Compile a loop, and keep it for the next start where files can be kept."""
    try:
        return njit(nogil=True, cache=True)(loop)
    except RuntimeError:
        return njit(nogil=True)(loop)


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


def _order(times: Whole, order: Whole) -> bool:
    order[:] = np.argsort(times, kind="stable")
    return True


def _put(places: Whole, values: Any, target: Any) -> None:
    target[places] = values


def _put_known(places: Whole, values: Any, known: Any, target: Any, missing: Any) -> None:
    bits, first = known
    there = np.unpackbits(bits, bitorder="little", count=first + places.size)[first:]
    target[places] = np.where(there.astype(bool), values, missing)
