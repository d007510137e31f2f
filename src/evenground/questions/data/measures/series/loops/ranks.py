"""Keys at ranks: counted by their first bits, then looked for among those that share them.

Keys are whole numbers, or the bit patterns of doubles, which are taken without their signs: their
highest bit is not read. The first bits are what is left when ``shift`` bits are shifted out, less
than 16384.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenground.questions.data.measures.series.audited import Floats, Whole

Keys = NDArray[np.uint64]
STRIDE = 128
Wanted = NDArray[np.int8]


def count_keys(keys: Keys, shift: int, counts: Whole) -> None:
    """Add how many keys have each first bits to ``counts``, shape (16384,)."""
    bits, own = np.uint64(shift), np.uint64(0x7FFFFFFFFFFFFFFF)
    for i in range(keys.size):
        counts[np.int64((keys[i] & own) >> bits)] += 1


def count_sides(keys: Keys, off: Floats, counts: Whole) -> None:
    """Add how many keys not below, and not above, zero have each first bits to ``counts``.

    Parameters
    ----------
    keys, off, shape (n,)
        Bit patterns of doubles, and numbers whose signs count.
    counts, shape (2, 16384)
        Is added to.
    """
    up, down = counts
    for i in range(keys.size):
        bucket = np.int64(keys[i] >> np.uint64(49))
        up[bucket] += off[i] >= 0
        down[bucket] += off[i] <= 0


def first_bits(counts: Whole, rank: int) -> tuple[int, int]:
    """Return the first bits of the key at a rank, from 0, and its rank among those that share them.

    ``counts``, shape (16384,), are all keys by their first bits.
    """
    bucket, n_below = -STRIDE, 0
    while n_below <= rank:  # a stride that holds it is looked for first
        rank -= n_below
        bucket += STRIDE
        n_below = 0
        for i in range(bucket, bucket + STRIDE):
            n_below += counts[i]
    while counts[bucket] <= rank:
        rank -= counts[bucket]
        bucket += 1
    return bucket, rank


def near_ranks(keys: Keys, off: Floats, wanted: Wanted, near: Keys) -> tuple[int, int]:
    """Fill in the keys whose first bits are wanted, those of each side apart.

    Parameters
    ----------
    keys, off
        As in ``count_sides``.
    wanted, shape (16384,)
        1 for those first bits, else 0.
    near, shape (2, n + 1)
        Room for the keys not below, and not above, zero.

    Returns
    -------
    How many were filled in on each side.
    """
    n_up, n_down = 0, 0
    for i in range(keys.size):
        there = wanted[np.int64(keys[i] >> np.uint64(49))]
        near[0, n_up] = near[1, n_down] = keys[i]
        n_up += there & (off[i] >= 0)
        n_down += there & (off[i] <= 0)
    return n_up, n_down


def key_at(keys: Keys, shift: int, bucket: int, rank: int, room: Keys) -> int:
    """Return the key at a rank, from 0, among those that share their first bits.

    Parameters
    ----------
    keys, shift
        Keys, with all that share those bits, and how many bits are not counted by.
    bucket, rank
        The first bits, and the rank; see ``first_bits``.
    room, shape (n + 1,)
        Room for as many keys.
    """
    bits, own, n = np.uint64(shift), np.uint64(0x7FFFFFFFFFFFFFFF), 0
    for i in range(keys.size):
        room[n] = keys[i] & own
        n += np.int64(room[n] >> bits) == bucket
    low, high = 0, n - 1
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
    return int(room[rank])
