"""Rows of a series, and the readings that are there at its instants."""

from __future__ import annotations

import numpy as np

from evenground.questions.data.measures.series.audited import Floats, Whole

Parts = tuple[Floats, Whole, Whole, Whole]
Ends = tuple[int, int]


def split(times: Whole, readings: Floats, found: Parts) -> Ends:
    """Fill in the finite readings, their places and times, and the places of all others.

    Parameters
    ----------
    times, readings, shape (n,)
        The reading at each instant.
    found
        Room for those four, each of shape (n + 1,).

    Returns
    -------
    How many are finite, and how many are none at all.
    """
    values, places, at, others = found
    n, n_null = 0, 0
    for i in range(readings.size):
        value = readings[i]
        values[n], places[n], at[n], others[i - n] = value, i, times[i], i
        n += abs(value) < np.inf
        n_null += value != value  # noqa: PLR0124 - only what is not a number differs from itself
    return n, n_null


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
