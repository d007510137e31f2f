"""Differences between the days after and before each day, and how large they are by nature.

A step is told by how far the mean of the days after it lies from that of the days before, as in
moving-sum statistics (Eichinger and Kirch 2018, Bernoulli 24, 526-564). Here each such difference
is measured by the differences of the same width in the same series, so that weather, seasons and
slow wandering, whose size nobody knows beforehand, are allowed for: what a series does by nature it
does more than once.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector, Whole

TO_DEVIATION = 1.4826
"""A median distance times this is a standard deviation, for normal values."""
WEEK = 7
_WEEKS_NEEDED = 4


def window_differences(x: Vector, before: int, after: int) -> Vector:
    """Return mean of the days after less mean of the days before, at each day.

    Parameters
    ----------
    x, shape (..., n_days)
        Values; ``nan`` where there is none.
    before, after
        Days on either side: entry ``t`` compares days ``t`` to ``t + after - 1`` with ``t -
        before`` to ``t - 1``.

    Returns
    -------
    array, shape (..., n_days)
        ``nan`` where fewer than half of the days of a side have a value.
    """
    sums, counts = _running(x)
    out = np.full(x.shape, np.nan)
    t = np.arange(before, x.shape[-1] - after + 1)
    t = t[t < x.shape[-1]]
    if t.size == 0:
        return out
    n_after, n_before = (
        counts[..., t + after] - counts[..., t],
        counts[..., t] - counts[..., t - before],
    )
    known = (2 * n_after >= after) & (2 * n_before >= before)
    later = (sums[..., t + after] - sums[..., t]) / np.maximum(n_after, 1)
    earlier = (sums[..., t] - sums[..., t - before]) / np.maximum(n_before, 1)
    out[..., t] = np.where(known, later - earlier, np.nan)
    return out


def _running(x: Vector) -> tuple[Vector, Whole]:
    """Return sums and counts of what is known before each day, one longer than the days."""
    found = np.isfinite(x)
    longer = (*x.shape[:-1], x.shape[-1] + 1)
    sums, counts = np.zeros(longer), np.zeros(longer, dtype=np.int64)
    np.cumsum(np.where(found, x, 0.0), axis=-1, out=sums[..., 1:])
    np.cumsum(found, axis=-1, out=counts[..., 1:])
    return sums, counts


def known_median(x: Vector, axis: int = -1) -> Vector:
    """Return the median of what is not ``nan`` along an axis; ``nan`` where nothing is.

    For rows of a few hundred days, many times as fast as NumPy's own, which masks arrays.
    """
    if x.shape[axis] == 0:
        return np.full(np.delete(x.shape, axis), np.nan)
    ordered = np.sort(x, axis=axis)
    n = np.isfinite(x).sum(axis=axis, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum(n - 1, 0) // 2, axis=axis)
    high = np.take_along_axis(ordered, np.maximum(n // 2, 0), axis=axis)
    return np.where(n > 0, (low + high) / 2, np.nan).squeeze(axis)


def robust_scale(x: Vector) -> Vector:
    """Return 1.4826 times the median distance from 0 along the last axis; ``nan`` without any."""
    return TO_DEVIATION * known_median(np.abs(x))


def without_weekdays(x: Vector, day: Whole) -> Vector:
    """Return ``x`` (..., n_days) less what its weekdays have in themselves; as it is if too short.

    Each day is set beside the mean of the week around it; the median of these distances is what a
    weekday has in itself. Less than four weeks say nothing about weekdays.
    """
    if x.shape[-1] < WEEK * _WEEKS_NEEDED:
        return x
    distance = x - _around(x)
    out = x.copy()
    for weekday in range(WEEK):
        mine = day % WEEK == weekday
        known = np.isfinite(distance[..., mine]).sum(axis=-1) >= _WEEKS_NEEDED
        usual = np.where(known, known_median(distance[..., mine]), 0.0)
        out[..., mine] -= usual[..., None]
    return out


def _around(x: Vector) -> Vector:
    """Return the mean of the seven days around each day, of those that are there."""
    sums, counts = _running(x)
    t = np.arange(x.shape[-1])
    low, high = np.maximum(t - WEEK // 2, 0), np.minimum(t + WEEK // 2 + 1, x.shape[-1])
    n = counts[..., high] - counts[..., low]
    mean = (sums[..., high] - sums[..., low]) / np.maximum(n, 1)
    return np.where(n > 0, mean, np.nan)
