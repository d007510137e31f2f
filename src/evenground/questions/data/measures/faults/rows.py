"""Faults of rows rather than values: repeated, out of order, late, on a clock that is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from evenground.questions.data.measures.faults.stream import Planted, Stream, Truth, Whole

SECOND = 1_000_000
HOUR = 3_600 * SECOND


def _at(check: str, stream: Stream, rows: Whole) -> Truth:
    return Truth(check, stream.sensor[rows], stream.time[rows])


def _free(stream: Stream, rng: np.random.Generator, n: int) -> Whole:
    """Return ``n`` free rows, or all that there are."""
    free = np.flatnonzero(~stream.taken)
    return np.sort(rng.choice(free, size=min(n, free.size), replace=False))


def duplicates(
    stream: Stream, rng: np.random.Generator, *, exact: int, conflicting: int, scale: float = 1.0
) -> Planted:
    """Return the stream with rows repeated at its end, as they are and with another value.

    Conflicting rows differ by one to ten times ``scale``. The truth has one entry per repeated row.
    """
    again = _free(stream, rng, exact + conflicting)
    other = rng.permutation(again.size)[:conflicting]
    order = np.concatenate((np.arange(stream.time.size), again))
    longer = stream.rows(order)
    value = longer.value.copy()
    off = rng.uniform(1, 10, other.size) * rng.choice([-1.0, 1.0], other.size) * scale
    value[stream.time.size + other] += off
    taken = longer.taken.copy()
    taken[again] = taken[stream.time.size :] = True
    longer = replace(longer, value=value, taken=taken)
    return Planted(longer, (_at("duplicates", stream, again),))


def inversions(stream: Stream, rng: np.random.Generator, *, n: int) -> Planted:
    """Return the stream with ``n`` rows swapped with the next one of the same sensor.

    The truth is the row that comes after a later one.
    """
    order = np.lexsort((stream.time, stream.sensor))
    place = np.arange(stream.time.size)
    same = stream.sensor[order[1:]] == stream.sensor[order[:-1]]
    apart = same & (stream.time[order[1:]] > stream.time[order[:-1]])
    first = np.flatnonzero(apart)
    # Every third at most, so that no row is swapped twice.
    first = first[first % 3 == int(rng.integers(3))]
    chosen = np.sort(rng.choice(first, size=min(n, first.size), replace=False))
    place[order[chosen]], place[order[chosen + 1]] = order[chosen + 1], order[chosen]
    return Planted(stream.rows(place), (_at("order_inversions", stream, order[chosen]),))


def late_arrivals(
    stream: Stream, rng: np.random.Generator, *, n: int, usual_seconds: float = 20.0,
    late_seconds: float = 7_200.0,
) -> Planted:  # fmt: skip
    """Return the stream with times of arrival: soon for most rows, late for ``n`` of them."""
    late = _free(stream, rng, n)
    delay = rng.exponential(usual_seconds, stream.time.size).clip(0, 10 * usual_seconds)
    delay[late] = late_seconds * rng.uniform(1, 5, late.size)
    arrived = stream.time + np.round(delay * SECOND).astype(np.int64)
    return Planted(replace(stream, arrived=arrived), (_at("late_arrivals", stream, late),))


def wall_clock(stream: Stream, rng: np.random.Generator, *, zone: str) -> Planted:
    """Return the stream on the wall clock of a zone, for times that were UTC.

    The truth is each reading of the hour that the clock shows a second time; nothing is wrong with
    the hour that it leaves out.

    Parameters
    ----------
    stream, rng
        Readings on UTC; chance, of which this fault needs none.
    zone
        Name of the zone, such as ``Europe/Stockholm``.
    """
    del rng
    hours, which = np.unique(stream.time // HOUR, return_inverse=True)
    there = ZoneInfo(zone)
    offsets = [
        datetime.fromtimestamp(hour * 3_600, UTC).astimezone(there).utcoffset() or timedelta()
        for hour in hours.tolist()
    ]
    moved = np.array([offset // timedelta(microseconds=1) for offset in offsets], dtype=np.int64)
    back = np.flatnonzero(np.diff(moved) < 0) + 1
    again = np.isin(which, back)
    local = replace(stream, time=stream.time + moved[which])
    return Planted(local, (_at("daylight_saving", local, np.flatnonzero(again)),))
