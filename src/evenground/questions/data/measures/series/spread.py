"""How the readings of a column are spread: ends, middle, smallest step, placeholders, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evenground.evidence import settled
from evenground.questions.data.measures.series.audited import Floats
from evenground.questions.data.measures.series.rules import ColumnRules

NORMAL = 1.4826
"""Standard deviations of a normal distribution in its median distance from the median."""
PLACEHOLDERS = (
    -99999.0, -32768.0, -9999.0, -999.0, -1.0, 999.0, 9999.0, 32767.0, 65535.0, 99999.0, 999999.0,
)  # fmt: skip
"""Values that instruments and databases write where they have none."""
HUGE = 1e19
BEYOND = 20
"""Widths of the body that a reading may lie outside it where nothing is declared."""
FAR = 10
APART = 3
"""Widths of the body that a placeholder must lie outside it: once, repeatedly."""
SAME = 1e-9
"""Values nearer to one another than this part of the largest are one."""
ZEROS = 0.01
KINDS = 20
SAMPLE = 10
NEIGHBOURS = 10
PER_CENT = 100.0
OUTSIDE = 200
"""One reading in so many may lie beyond an instrument's limit: spikes do."""
SATURATED_READINGS = 10
SATURATED_RUNS = 3
SATURATED_TIMES = 3


class Spread(NamedTuple):
    """Figures of the finite readings; ``nan`` without any.

    ``median`` is the lower one, ``scale`` 1.4826 times the lower median distance from it,
    ``resolution`` the smallest step between two of them.
    """

    median: float
    scale: float
    low: float
    high: float
    resolution: float


NOTHING = Spread(np.nan, np.nan, np.nan, np.nan, np.nan)


class Body(NamedTuple):
    """Percentiles 1 and 99 of the readings that are neither zero nor a placeholder; how wide apart.

    ``least`` is the smallest of all that are no placeholder, ``zeros`` the share of zeros in them.
    """

    low: float
    high: float
    width: float
    least: float
    zeros: float


class Bounds(NamedTuple):
    """Smallest and largest value that can be; placeholders among the readings."""

    least: float
    most: float
    placeholders: tuple[float, ...]


def at_rank(ascending: Floats, thousandths: int) -> float:
    """Return the value at rank ``ceil(n x thousandths / 1000)`` of ascending values."""
    return float(ascending[-(-ascending.size * thousandths // 1000) - 1])


def spread(ascending: Floats) -> Spread:
    """Return the figures of finite readings, given in ascending order."""
    n = ascending.size
    if n == 0:
        return NOTHING
    median = at_rank(ascending, 500)
    half = -(-n // 2)
    reaches = np.maximum(median - ascending[: n - half + 1], ascending[half - 1 :] - median)
    scale = settled(NORMAL * float(reaches.min()))
    low, high = float(ascending[0]), float(ascending[-1])
    return Spread(median, scale, low, high, resolution(ascending))


def resolution(ascending: Floats) -> float:
    """Return the smallest step between two values, to nine significant digits; ``nan`` without one.

    Steps below a thousand millionth of the largest value are rounding, not steps.
    """
    if ascending.size == 0:
        return np.nan
    steps = np.diff(ascending)
    smallest = SAME * max(abs(float(ascending[0])), abs(float(ascending[-1])))
    steps = steps[steps > smallest]
    return float(f"{steps.min():.8e}") if steps.size else np.nan


def _stretch(ascending: Floats, value: float) -> tuple[int, int]:
    """Return where a value begins and ends among ascending ones."""
    first, end = np.searchsorted(ascending, [value, np.nextafter(value, np.inf)])
    return int(first), int(end)


def body(ascending: Floats) -> Body:
    """Return what most readings lie in, given finite ones in ascending order."""
    inside = ascending[np.abs(ascending) < HUGE] if _has_huge(ascending) else ascending
    cuts = [_stretch(inside, value) for value in PLACEHOLDERS]
    others = _without(inside, cuts)
    if others.size == 0:
        return Body(np.nan, np.nan, 0.0, np.nan, 0.0)
    zero = _stretch(others, 0.0)
    own = _without(others, [zero])
    share = (zero[1] - zero[0]) / others.size
    if own.size == 0:
        return Body(np.nan, np.nan, 0.0, float(others[0]), share)
    low, high = at_rank(own, 10), at_rank(own, 990)
    return Body(low, high, settled(high - low), float(others[0]), share)


def _has_huge(ascending: Floats) -> bool:
    return bool(ascending.size) and max(-ascending[0], ascending[-1]) >= HUGE


def _without(ascending: Floats, cuts: list[tuple[int, int]]) -> Floats:
    """Return ascending values without some stretches."""
    cuts = [(first, end) for first, end in cuts if end > first]
    if not cuts:
        return ascending
    firsts = [0, *(end for _, end in cuts)]
    ends = [*(first for first, _ in cuts), ascending.size]
    return np.concatenate([ascending[a:b] for a, b in zip(firsts, ends, strict=True)])


def bounds(ascending: Floats, own: Body, *, rules: ColumnRules) -> Bounds:
    """Return the limits that hold for the readings, and the placeholders among them.

    Limits are those declared; without any, twenty widths of the body beyond its ends. A placeholder
    is a value out of a list of usual ones (or one of 1e19 and more) that is no reading of its own:
    outside declared limits, below zero where nothing else is, or far from the body.

    Parameters
    ----------
    ascending, shape (n,)
        Finite readings in ascending order.
    own
        What most of them lie in.
    rules
        What is declared of the column.
    """
    least, most = -np.inf, np.inf
    declared = rules.low is not None or rules.high is not None
    if declared:
        least = -np.inf if rules.low is None else rules.low
        most = np.inf if rules.high is None else rules.high
    elif own.width > 0:
        least, most = settled(own.low - BEYOND * own.width), settled(own.high + BEYOND * own.width)
    found: list[float] = []
    for value in PLACEHOLDERS:
        first, end = _stretch(ascending, value)
        outside = declared and not least <= value <= most
        if end > first and (outside or _stands_apart(value, end - first, own)):
            found.append(value)
    if _has_huge(ascending):
        found += np.unique(ascending[np.abs(ascending) >= HUGE]).tolist()
    return Bounds(least, most, tuple(found))


def _stands_apart(value: float, times: int, own: Body) -> bool:
    """Say whether a placeholder that occurs so many times is none of the readings' own values."""
    if not own.width > 0:
        return False
    if value == -1:
        return own.least >= 0 and (own.zeros >= ZEROS or own.least > own.width / 4)
    if value < 0 <= own.least:
        return True
    away = max(own.low - value, value - own.high)
    return away > FAR * own.width or (times > 1 and away > APART * own.width)


def saturation_values(ascending: Floats) -> tuple[float, ...]:
    """Return the values near the ends at which readings heap up as at an instrument's limit.

    Of twenty or more different values, one heaps up at the upper end if no more than one reading in
    200 lies above it, and it occurs at least ten times and more than three times as often as any
    above and any of the next ten below. At the lower end the next ten count together, as small
    values are often many by nature, and zero is none. Ten readings of 100 heap up if none is above:
    nothing has more per cent. Whether readings heap up in three separate runs remains to be seen.
    """
    if n_kinds(ascending, KINDS) < KINDS:
        return ()
    upper = _heap(-ascending[::-1], together=False)
    if upper is None and ascending[-SATURATED_READINGS:][0] == ascending[-1] == PER_CENT:
        upper = -PER_CENT
    lower = _heap(ascending, together=True)
    values = ([] if lower is None or lower == 0 else [lower]) + ([] if upper is None else [-upper])
    return tuple(values)


def _heap(ascending: Floats, *, together: bool) -> float | None:
    """Return the value near the lower end at which readings heap up; ``None`` without one."""
    end = ascending[: ascending.size // OUTSIDE + 1]
    last = int(np.searchsorted(ascending, end[-1], side="right"))
    values, counts = np.unique(ascending[:last], return_counts=True)
    most = int(np.argmax(counts))
    if (
        counts[most] < SATURATED_READINGS
        or SATURATED_TIMES * counts[:most].max(initial=0) >= counts[most]
    ):
        return None
    within = counts[most + 1 :].tolist()
    beyond = _first_counts(ascending[last:], NEIGHBOURS)
    nearby = [*within, *beyond][:NEIGHBOURS]
    much = sum(nearby) if together else max(nearby)
    return float(values[most]) if counts[most] > SATURATED_TIMES * much else None


def n_kinds(ascending: Floats, enough: int) -> int:
    """Return how many different values there are, counting no further than ``enough``."""
    few = ascending[:: max(1, ascending.size // (SAMPLE * enough))]
    if np.count_nonzero(np.diff(few)) >= enough:
        return enough
    place, kinds = 0, 0
    while place < ascending.size and kinds < enough:
        place = int(np.searchsorted(ascending, ascending[place], side="right"))
        kinds += 1
    return kinds


def _first_counts(ascending: Floats, n: int) -> list[int]:
    """Return how often each of the first ``n`` different values occurs, if there are so many."""
    ends = [0]
    while len(ends) <= n and ends[-1] < ascending.size:
        ends.append(int(np.searchsorted(ascending, ascending[ends[-1]], side="right")))
    return np.diff(ends).tolist()


def without_values(ascending: Floats, values: Sequence[float]) -> Floats:
    """Return ascending values without some of them."""
    return _without(ascending, [_stretch(ascending, value) for value in sorted(values)])
