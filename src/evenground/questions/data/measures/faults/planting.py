"""Faults that lie in stretches or single readings, planted into a stream with the truth kept.

Every function takes a stream and a source of chance, and returns the stream with one kind of fault
and where it is. Faults keep clear of one another: rows that hold one, and their neighbours, are
taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from evenground.questions.data.measures.faults.stream import Floats, Planted, Stream, Truth, Whole

MARGIN = 3
"""Readings on each side of a fault that stay clean."""
TRIES = 200
Fault = Callable[[Stream, np.random.Generator], Planted]


def plant(stream: Stream, rng: np.random.Generator, faults: Sequence[Fault]) -> Planted:
    """Return the stream with several kinds of faults, planted one after another."""
    truth: list[Truth] = []
    for fault in faults:
        planted = fault(stream, rng)
        stream = planted.stream
        truth += planted.truth
    return Planted(stream, tuple(truth))


def _stretches(
    stream: Stream, rng: np.random.Generator, *, n: int, lengths: tuple[int, int]
) -> list[Whole]:
    """Return free stretches of rows, each of one sensor and within it in the order of time.

    A stretch keeps clear of the ends of its sensor and of other faults; where no more fit, fewer
    are returned.
    """
    order = np.lexsort((stream.time, stream.sensor))
    sensor, taken = stream.sensor[order], stream.taken[order].copy()
    found: list[Whole] = []
    for _ in range(n):
        for _ in range(TRIES):
            length = int(rng.integers(lengths[0], lengths[1] + 1))
            room = order.size - length - 2 * MARGIN
            if room <= 0:
                continue
            first = int(rng.integers(0, room)) + MARGIN
            around = slice(first - MARGIN, first + length + MARGIN)
            if sensor[around.start] == sensor[around.stop - 1] and not taken[around].any():
                taken[around] = True
                found.append(order[first : first + length])
                break
    stream.taken[order] = taken
    return found


def _own(stream: Stream) -> Stream:
    """Return the stream with arrays of its own, to be changed."""
    return replace(stream, value=stream.value.copy(), taken=stream.taken.copy())


def _joined(parts: Sequence[Whole]) -> Whole:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _at(check: str, stream: Stream, rows: Whole) -> Truth:
    return Truth(check, stream.sensor[rows], stream.time[rows])


def missing(
    stream: Stream, rng: np.random.Generator, *, n: int, shortest: int = 1, longest: int = 500
) -> Planted:
    """Return the stream without ``n`` stretches of rows."""
    stream = _own(stream)
    gone = _joined(_stretches(stream, rng, n=n, lengths=(shortest, longest)))
    keep = np.ones(stream.time.size, dtype=np.bool_)
    keep[gone] = False
    return Planted(stream.rows(keep), (_at("gaps", stream, gone),))


def stuck(
    stream: Stream, rng: np.random.Generator, *, n: int, lengths: tuple[int, int] = (6, 50),
    nulls: float = 0.0,
) -> Planted:  # fmt: skip
    """Return the stream with ``n`` stretches that repeat their first reading.

    A share ``nulls`` (0-1) of the readings after the first of a stretch is left empty; those are
    no part of the truth.
    """
    stream = _own(stream)
    rows = _stretches(stream, rng, n=n, lengths=lengths)
    for stretch in rows:
        stream.value[stretch] = stream.value[stretch[0]]
    every = _joined(rows)
    empty = rng.random(every.size) < nulls
    empty[np.isin(every, [stretch[0] for stretch in rows])] = False
    stream.value[every[empty]] = np.nan
    return Planted(stream, (_at("stuck_runs", stream, every[~empty]),))


def zero_dropouts(
    stream: Stream, rng: np.random.Generator, *, n: int, lengths: tuple[int, int] = (12, 100)
) -> Planted:
    """Return the stream with ``n`` stretches of zeros."""
    stream = _own(stream)
    rows = _joined(_stretches(stream, rng, n=n, lengths=lengths))
    stream.value[rows] = 0.0
    return Planted(stream, (_at("zero_runs", stream, rows),))


def placeholders(
    stream: Stream, rng: np.random.Generator, *, n: int, value: float = -999.0
) -> Planted:
    """Return the stream with a placeholder in stretches of one to five readings."""
    stream = _own(stream)
    rows = _joined(_stretches(stream, rng, n=n, lengths=(1, 5)))
    stream.value[rows] = value
    return Planted(stream, (_at("sentinels", stream, rows),))


def spikes(
    stream: Stream, rng: np.random.Generator, *, n: int, sizes: tuple[float, float] = (5, 20),
    scale: float | None = None,
) -> Planted:  # fmt: skip
    """Return the stream with ``n`` readings moved up or down by ``sizes`` times ``scale``.

    Parameters
    ----------
    stream, rng
        Readings; where chance comes from.
    n, sizes
        How many, and how far: any size between the two is as likely.
    scale
        What a size is counted in; ``None``: the standard deviation of the sensor's noise, told by
        the second differences of its readings.
    """
    stream = _own(stream)
    rows = _joined(_stretches(stream, rng, n=n, lengths=(1, 1)))
    scales = _noise_of(stream)[stream.sensor[rows]] if scale is None else scale
    off = rng.uniform(*sizes, rows.size) * rng.choice([-1.0, 1.0], rows.size) * scales
    if np.nanmin(stream.value, initial=0.0) >= 0:
        off = np.where(stream.value[rows] + off < 0, -off, off)
    stream.value[rows] = _as_written(stream, stream.value[rows] + off)
    return Planted(stream, (_at("spikes", stream, rows),))


def _as_written(stream: Stream, values: Floats) -> Floats:
    """Return values rounded to as many decimals as the readings of the stream have, six at most."""
    finite = stream.value[np.isfinite(stream.value)]
    for decimals in range(7):
        if np.array_equal(np.round(finite, decimals), finite):
            return np.round(values, decimals)
    return values


def _noise_of(stream: Stream) -> Floats:
    """Return the standard deviation of each sensor's noise, by the second differences of readings.

    White noise of variance 1 has second differences of variance 6.
    """
    noise = np.zeros(len(stream.names))
    for sensor in range(noise.size):
        own = np.flatnonzero(stream.sensor == sensor)
        values = stream.value[own[np.argsort(stream.time[own], kind="stable")]]
        bends = np.abs(np.diff(values[np.isfinite(values)], n=2))
        noise[sensor] = 1.4826 * float(np.median(bends)) / 6**0.5 if bends.size else 0.0
    return noise


def unit_step(
    stream: Stream, rng: np.random.Generator, *, sensors: int = 1, factor: float = 1.609344,
    offset: float = 0.0,
) -> Planted:  # fmt: skip
    """Return the stream with sensors that change their unit once, and keep the new one.

    ``factor`` and ``offset`` turn a reading into the new unit: 1.8 and 32 for Fahrenheit. The truth
    is the first reading in it.
    """
    stream = _own(stream)
    chosen = rng.choice(len(stream.names), size=sensors, replace=False)
    first: list[int] = []
    for sensor in chosen.tolist():
        own = np.flatnonzero(stream.sensor == sensor)
        own = own[np.argsort(stream.time[own], kind="stable")]
        after = own[int(rng.integers(own.size // 4, 3 * own.size // 4)) :]
        stream.value[after] = stream.value[after] * factor + offset
        first.append(int(after[0]))
    return Planted(stream, (_at("unit_jumps", stream, np.array(first, dtype=np.int64)),))


def drift(
    stream: Stream, rng: np.random.Generator, *, sensors: int = 1, amount: float = 1.0,
    days: float = 30.0,
) -> Planted:  # fmt: skip
    """Return the stream with sensors that move away evenly from some time on.

    They move by ``amount`` times the standard deviation of their noise in ``days``, and go on to
    the end. The truth is every reading from the beginning of the drift on.
    """
    stream = _own(stream)
    noise = _noise_of(stream)
    chosen = rng.choice(len(stream.names), size=sensors, replace=False)
    moved: list[Whole] = []
    for sensor in chosen.tolist():
        own = np.flatnonzero(stream.sensor == sensor)
        own = own[np.argsort(stream.time[own], kind="stable")]
        after = own[int(rng.integers(own.size // 4, own.size // 2)) :]
        passed = (stream.time[after] - stream.time[after[0]]) / 86_400e6
        stream.value[after] += amount * noise[sensor] * passed / days
        moved.append(after)
    return Planted(stream, (_at("drift", stream, _joined(moved)),))
