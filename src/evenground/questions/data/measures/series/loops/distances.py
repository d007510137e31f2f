"""How far readings stand from their neighbours, and how many scales that is."""

from __future__ import annotations

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole

Gaps = tuple[Whole, Whole, Floats]
Limits = tuple[float, float, float, float]


def depart(times: Whole, x: Floats, every: int, found: Gaps) -> int:
    """Fill in how far each reading stands from its neighbours; see ``departures``.

    Parameters
    ----------
    times, x, shape (n,)
        Readings in time order, at least five.
    every
        The cadence in microseconds.
    found
        Room for places that have no four neighbours near enough, and for places and distances of
        those that have, each of shape (n + 1,).

    Returns
    -------
    How many places and distances were filled in.
    """
    far, places, off = found
    last = x.size - 2
    b, a, own, c, d = x[:-4], x[1:-3], x[2:-2], x[3:-1], x[4:]
    for i in range(own.size):
        inner = max(min(a[i], b[i]), min(c[i], d[i]))
        other = min(max(a[i], b[i]), max(c[i], d[i]))
        off[i] = own[i] - (inner + other) / 2
    n_far = 0
    for i in range(2, last):
        far[n_far] = i
        n_far += max(times[i] - times[i - 2], times[i + 2] - times[i]) * 2 > 7 * every
    far[n_far] = last
    n, begin = 0, 2
    for k in range(n_far + 1):
        for i in range(begin, far[k]):
            places[n + i - begin] = i
            off[n + i - begin] = off[i - 2]
        n += far[k] - begin
        begin = far[k] + 1
    return n


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
