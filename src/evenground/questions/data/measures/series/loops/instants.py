"""Rows of a series, and the readings that are there at its instants."""

from __future__ import annotations

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole

Parts = tuple[Floats, Whole, Whole]
Ends = tuple[int, int]


def split(times: Whole, readings: Floats, found: Parts) -> int:
    """Fill in the finite readings and their times, and the places of all others.

    Parameters
    ----------
    times, readings, shape (n,)
        The reading at each instant.
    found
        Room for those three, each of shape (n + 1,).

    Returns
    -------
    How many others there are.
    """
    values, at, others = found
    n = 0
    for i in range(readings.size):
        others[n] = i
        n += not abs(readings[i]) < np.inf
    others[n] = readings.size
    begin = 0
    for k in range(n + 1):
        end = others[k]
        values[begin - k : end - k] = readings[begin:end]
        at[begin - k : end - k] = times[begin:end]
        begin = end + 1
    return n


def delays(times: Whole, arrived: Whole, delay: Whole) -> Ends:
    """Fill in how long each row took; return the shortest and the longest time."""
    for i in range(times.size):
        delay[i] = arrived[i] - times[i]
    least = most = delay[0]
    for i in range(delay.size):
        least, most = min(least, delay[i]), max(most, delay[i])
    return least, most


def backward(times: Whole, rows: Whole, order: Whole, places: Whole) -> int:
    """Fill in the places of rows that are earlier than the row before them.

    Parameters
    ----------
    times, rows, shape (n,)
        Times of the rows of one series, and where each lies among all rows: nearly in order.
    order, places, shape (n,)
        Room, and what is filled in.

    Returns
    -------
    How many there are; -1 where rows are so far out of order that sorting is quicker.
    """
    moves = 0
    for i in range(rows.size):
        k, own = i, rows[i]
        while k > 0 and rows[order[k - 1]] > own and moves < 4 * rows.size:
            order[k] = order[k - 1]
            k -= 1
            moves += 1
        order[k] = i
    if moves >= 4 * rows.size:
        return -1
    n = 0
    for i in range(1, rows.size):
        if times[order[i]] < times[order[i - 1]]:
            places[n] = order[i]
            n += 1
    return n


def going_on(times: Whole, values: Floats, pause: int, places: Whole) -> Ends:
    """Fill in the places of readings that the next one equals, no more than ``pause`` later.

    Returns
    -------
    How many there are, and how many readings are zero.
    """
    n, n_zeros, following, later = 0, 0, values[1:], times[1:]
    for i in range(values.size):
        n_zeros += values[i] == 0
    for i in range(following.size):
        places[n] = i
        n += (following[i] == values[i]) & (later[i] - times[i] <= pause)
    return n, n_zeros
