"""How far readings stand from their neighbours, and how many scales that is."""

from __future__ import annotations

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole

Gaps = tuple[Whole, Floats]
Ends = tuple[int, int]
Limits = tuple[float, float, float, float]


def depart(times: Whole, x: Floats, every: int, found: Gaps) -> Ends:
    """Fill in how far each reading stands from its neighbours; see ``departures``.

    Parameters
    ----------
    times, x, shape (n,)
        Readings in time order, at least five.
    every
        The cadence in microseconds.
    found
        Room for places that have no four neighbours near enough, and for the distances of those
        that have, each of shape (n,).

    Returns
    -------
    How many of each were filled in.
    """
    far, off = found
    last, n_far = x.size - 2, 0
    longest = 7 * every // 2  # twice a whole number is at most 7 times the cadence
    one, other, third = times[:-4], times[2:-2], times[4:]
    for i in range(last - 2):
        if max(other[i] - one[i], third[i] - other[i]) > longest:
            far[n_far] = i + 2
            n_far += 1
    far[n_far] = last
    n, begin = 0, 2
    for k in range(n_far + 1):
        size = far[k] - begin
        here, b, a = off[n : n + size], x[begin - 2 :], x[begin - 1 :]
        own, c, d = x[begin:], x[begin + 1 :], x[begin + 2 :]
        for i in range(size):
            inner = max(min(a[i], b[i]), min(c[i], d[i]))
            outer = min(max(a[i], b[i]), max(c[i], d[i]))
            here[i] = own[i] - (inner + outer) / 2
        n += size
        begin = far[k] + 1
    return n_far, n


def standardise(off: Floats, usual: Limits, sums: Whole, z: Floats) -> None:
    """Fill in distances in scales; see ``standardised``.

    Parameters
    ----------
    off, shape (n,)
        Distances.
    usual
        What the largest count as; the least scale, that of calmer series, and below which of them
        a place is calm.
    sums, shape (n + 1,)
        Room.
    z, shape (n,)
        What is filled in.
    """
    most, least, calmer, calm = usual
    n = off.size
    upto = sums[1:]
    for i in range(n):
        upto[i] = np.int64(min(abs(off[i]), most) / most * 1048576)
    sums[0] = 0
    for i in range(n):
        sums[i + 1] += sums[i]
    factor = most / 1048576 * 1.2533141373155001
    head = min(24, n)
    tail = max(head, n - 24)
    for k in range(head + n - tail):
        i = k if k < head else tail + k - head
        z[i] = 0.0
        for before, after in ((24, 0), (0, 24), (6, 6)):
            first, end = max(i - before, 0), min(i + after + 1, n)
            around = sums[end] - sums[first] - (sums[i + 1] - sums[i])
            z[i] = max(z[i], around * (factor / max(end - first - 1, 1)))
    # Where no window is cut off; the sums of each fit into 32 bits.
    side, both, middle = factor / 24, factor / 12, z[head:tail]
    before, own, after = sums[:-49], sums[24:-25], sums[25:-24]
    ahead, near, beyond = sums[49:], sums[18:], sums[31:]
    for i in range(middle.size):
        part = np.int32(after[i] - own[i])
        one = np.int32(after[i] - before[i]) - part
        two = np.int32(ahead[i] - own[i]) - part
        three = np.int32(beyond[i] - near[i]) - part
        middle[i] = max(max(one, two) * side, three * both)
    n_calm = 0
    for i in range(n):
        n_calm += z[i] < calm
    if 20 * n_calm >= n:
        least = calmer
    for i in range(n):
        z[i] = abs(off[i]) / max(z[i], least)
