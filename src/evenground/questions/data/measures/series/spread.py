"""How the readings of a column are spread: ends, middle, smallest step, placeholders, limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from evenground.evidence import settled
from evenground.questions.data.measures.series.audited import Floats, Whole
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
    return float(ascending[-(-ascending.size * thousandths // 1000) - 1]) + 0.0


def spread(
    ascending: Floats,
    kinds: Floats | None = None,
    step: Callable[[Floats, float], float] | None = None,
) -> Spread:
    """Return the figures of finite readings, given in ascending order.

    ``kinds`` are the different ones among them, if they are known; ``step`` is how
    ``smallest_step`` is carried out, if not in NumPy.
    """
    n = ascending.size
    if n == 0:
        return NOTHING
    median = at_rank(ascending, 500)
    scale = settled(NORMAL * median_distance(ascending, median))
    low, high = float(ascending[0]) + 0.0, float(ascending[-1]) + 0.0
    steps = resolution(ascending if kinds is None else kinds, step)
    return Spread(median, scale, low, high, steps)


def median_distance(ascending: Floats, median: float) -> float:
    """Return the lower median distance of ascending values from ``median``.

    The values that are no further away lie side by side: the narrowest stretch of half of them is
    looked for by halving, as its lower end is the further away the earlier it begins.
    """
    half = -(-ascending.size // 2)
    first, end = 0, ascending.size - half
    while first < end:
        middle = (first + end) // 2
        if median - ascending[middle] > ascending[middle + half - 1] - median:
            first = middle + 1
        else:
            end = middle
    reaches = [
        max(median - float(ascending[i]), float(ascending[i + half - 1]) - median)
        for i in (first - 1, first)
        if i >= 0
    ]
    return min(reaches)


def resolution(ascending: Floats, step: Callable[[Floats, float], float] | None = None) -> float:
    """Return the smallest step between two values, to nine significant digits; ``nan`` without one.

    Steps below a thousand millionth of the largest value are rounding, not steps.
    """
    if ascending.size == 0:
        return np.nan
    rounding = SAME * max(abs(float(ascending[0])), abs(float(ascending[-1])))
    found = (step or smallest_step)(ascending, rounding)
    return float(f"{found:.8e}") if np.isfinite(found) else np.nan


def smallest_step(ascending: Floats, rounding: float) -> float:
    """Return the smallest step above ``rounding`` between ascending values, infinite if none."""
    steps = np.diff(ascending)
    return float(steps[steps > rounding].min(initial=np.inf))


def stretch(ascending: Floats, value: float) -> tuple[int, int]:
    """Return where a value begins and ends among ascending ones."""
    if not ascending.size or not ascending[0] <= value <= ascending[-1]:
        return 0, 0
    first = int(ascending.searchsorted(value))
    if ascending[first] != value:
        return first, first
    return first, int(ascending.searchsorted(value, side="right"))


def body(ascending: Floats) -> Body:
    """Return what most readings lie in, given finite ones in ascending order."""
    parts = [slice(0, ascending.size)]
    if _has_huge(ascending):
        first, end = np.searchsorted(ascending, [np.nextafter(-HUGE, 0), HUGE])
        parts = [slice(int(first), int(end))]
    parts = _cut(parts, [stretch(ascending, value) for value in PLACEHOLDERS])
    n_others = _length(parts)
    if n_others == 0:
        return Body(np.nan, np.nan, 0.0, np.nan, 0.0)
    least = _nth(ascending, parts, 0)
    own = _cut(parts, [stretch(ascending, 0.0)])
    n = _length(own)
    share = (n_others - n) / n_others
    if n == 0:
        return Body(np.nan, np.nan, 0.0, least, share)
    low, high = (_nth(ascending, own, -(-n * part // 1000) - 1) for part in (10, 990))
    return Body(low, high, settled(high - low), least, share)


def _cut(parts: list[slice], cuts: list[tuple[int, int]]) -> list[slice]:
    """Return stretches without some others, which lie in ascending order."""
    for first, end in cuts:
        if end > first:
            split = [
                piece
                for part in parts
                for piece in (
                    slice(part.start, min(part.stop, first)), slice(max(part.start, end), part.stop)
                )
            ]  # fmt: skip
            parts = [piece for piece in split if piece.stop > piece.start]
    return parts


def _length(parts: list[slice]) -> int:
    return sum(part.stop - part.start for part in parts)


def _nth(ascending: Floats, parts: list[slice], n: int) -> float:
    """Return a value by its place among those of some stretches."""
    for part in parts:
        if n < part.stop - part.start:
            return float(ascending[part.start + n]) + 0.0
        n -= part.stop - part.start
    raise IndexError(n)


def _has_huge(ascending: Floats) -> bool:
    return bool(ascending.size) and max(-ascending[0], ascending[-1]) >= HUGE


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
        first, end = stretch(ascending, value)
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
    edge = ascending.size // OUTSIDE + 1
    last = int(ascending.searchsorted(ascending[edge - 1], side="right"))
    first = int(ascending.searchsorted(ascending[-edge]))
    lower = _heap(_kinds(ascending[:last]), _after(ascending, last), together=True)
    values, counts = _kinds(ascending[first:])
    upper = _heap((values[::-1], counts[::-1]), _before(ascending, first), together=False)
    if upper is None and ascending[-SATURATED_READINGS] == ascending[-1] == PER_CENT:
        upper = PER_CENT
    return tuple(value for value in (None if lower == 0 else lower, upper) if value is not None)


def _heap(kinds: tuple[Floats, Whole], after: list[int], *, together: bool) -> float | None:
    """Return the value near one end at which readings heap up; ``None`` without one.

    Parameters
    ----------
    kinds
        Different values and how often each occurs, from the end inwards.
    after
        How often each of the next ones occurs.
    together
        Whether those further in count together.
    """
    values, counts = kinds
    most = int(np.argmax(counts))
    much = int(counts[most])
    if much < SATURATED_READINGS or SATURATED_TIMES * counts[:most].max(initial=0) >= much:
        return None
    nearby = [*counts[most + 1 :].tolist(), *after][:NEIGHBOURS]
    limit = sum(nearby) if together else max(nearby, default=0)
    return float(values[most]) if much > SATURATED_TIMES * limit else None


def _kinds(ascending: Floats) -> tuple[Floats, Whole]:
    """Return the different values, and how often each occurs."""
    ends = np.flatnonzero(ascending[1:] != ascending[:-1]) + 1
    edges = np.concatenate(([0], ends, [ascending.size]))
    return ascending[edges[:-1]], edges[1:] - edges[:-1]


def _after(ascending: Floats, place: int) -> list[int]:
    """Return how often each of the ten different values from a place on occurs."""
    counts: list[int] = []
    while place < ascending.size and len(counts) < NEIGHBOURS:
        end = int(ascending.searchsorted(ascending[place], side="right"))
        counts.append(end - place)
        place = end
    return counts


def _before(ascending: Floats, place: int) -> list[int]:
    """Return how often each of the ten different values before a place occurs, backwards."""
    counts: list[int] = []
    while place > 0 and len(counts) < NEIGHBOURS:
        first = int(ascending.searchsorted(ascending[place - 1]))
        counts.append(place - first)
        place = first
    return counts


def n_kinds(ascending: Floats, enough: int) -> int:
    """Return how many different values there are, counting no further than ``enough``."""
    few = ascending[:: max(1, ascending.size // (SAMPLE * enough))]
    if np.count_nonzero(few[1:] != few[:-1]) >= enough:
        return enough
    place, kinds = 0, 0
    while place < ascending.size and kinds < enough:
        place = int(ascending.searchsorted(ascending[place], side="right"))
        kinds += 1
    return kinds


def without_values(ascending: Floats, values: Sequence[float]) -> Floats:
    """Return ascending values without some of them."""
    cuts = [stretch(ascending, value) for value in sorted(values)]
    parts = _cut([slice(0, ascending.size)], cuts)
    if len(parts) == 1:
        return ascending[parts[0]]
    return np.concatenate([ascending[part] for part in parts]) if parts else ascending[:0]
