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
Near = tuple[Keys, NDArray[np.int8]]


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


def near_ranks(keys: Keys, off: Floats, ranks: Whole, counts: Whole, work: Near) -> tuple[int, int]:
    """Fill in the keys that share their first bits with those at the ranks, side by side.

    Parameters
    ----------
    keys, off, counts
        As in ``count_sides``, counted.
    ranks, shape (2, k)
        Places from 0, among the keys not below, and not above, zero.
    work
        Room for the keys of each side, shape (2, n + 1), and zeros, shape (16384,), left as zeros.

    Returns
    -------
    How many were filled in on each side.
    """
    near, wanted = work
    for side in range(2):
        for which in range(ranks.shape[1]):
            rank, bucket, n_below = ranks[side, which], -STRIDE, 0
            while n_below <= rank:  # a stride that holds it is looked for first
                rank -= n_below
                bucket += STRIDE
                n_below = 0
                for i in range(bucket, bucket + STRIDE):
                    n_below += counts[side, i]
            while counts[side, bucket] <= rank:
                rank -= counts[side, bucket]
                bucket += 1
            wanted[bucket] = 1
    n_up, n_down = 0, 0
    for i in range(keys.size):
        there = wanted[np.int64(keys[i] >> np.uint64(49))]
        near[0, n_up] = near[1, n_down] = keys[i]
        n_up += there & (off[i] >= 0)
        n_down += there & (off[i] <= 0)
    wanted[:] = 0
    return n_up, n_down


def key_at(  # noqa: C901 - a loop that calls nothing is compiled as one
    keys: Keys, rank: int, shift: int, counts: Whole, room: Keys
) -> int:
    """Return the key at a rank, from 0.

    Parameters
    ----------
    keys
        All keys, or those that share their first bits with the one looked for.
    rank, shift
        Its rank among all, and how many bits are not counted by.
    counts, shape (16384,)
        All keys by their first bits.
    room, shape (n + 1,)
        Room for as many keys.
    """
    bits, own = np.uint64(shift), np.uint64(0x7FFFFFFFFFFFFFFF)
    bucket, n, n_below = -STRIDE, 0, 0
    while n_below <= rank:  # a stride that holds it is looked for first
        rank -= n_below
        bucket += STRIDE
        n_below = 0
        for i in range(bucket, bucket + STRIDE):
            n_below += counts[i]
    while counts[bucket] <= rank:
        rank -= counts[bucket]
        bucket += 1
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
