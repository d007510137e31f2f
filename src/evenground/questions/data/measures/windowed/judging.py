"""From what the engine counted to what was found in a column, by the rules for whole series.

The steps are those of ``series/column.py``; where it looks at readings, counts stand here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from evenground.evidence import settled
from evenground.questions.data.measures.series.audited import Days, Flags, Floats, Whole
from evenground.questions.data.measures.series.daily import nine_digits
from evenground.questions.data.measures.series.limits import CANDIDATE_SPIKE, spike_limit
from evenground.questions.data.measures.series.rules import ColumnRules
from evenground.questions.data.measures.series.runs import (
    ZeroRule,
    longer_than,
    stuck_runs,
    zero_runs,
)
from evenground.questions.data.measures.series.spikes import (
    CALM,
    FEWEST,
    Means,
    Usual,
    least_scale,
    typical,
)
from evenground.questions.data.measures.series.spread import (
    KINDS,
    SATURATED_RUNS,
    Bounds,
    Spread,
    body,
    bounds,
    n_kinds,
    saturation_values,
    spread,
    without_values,
)
from evenground.questions.data.measures.windowed.condensed import (
    Kept,
    Tally,
    equal_runs,
    zeros_between,
)

Found = dict[str, Any]


class Standing(NamedTuple):
    """What the values of a column are like, whatever their order."""

    figures: Spread
    limits: Bounds
    at_limit: dict[float, int]
    """Readings by value at which the instrument may be at its limit."""
    kinds: int


def standing(values: Floats, n: Whole, rules: ColumnRules) -> tuple[Standing, Found]:
    """Return what the values are like, and what can be counted by them alone.

    Parameters
    ----------
    values, n, shape (m,)
        Different finite values in ascending order, and how often each occurs.
    rules
        What is declared of the column.
    """
    ascending = np.repeat(values, n)
    limits = bounds(ascending, body(ascending), rules=rules)
    placeholder = np.isin(values, limits.placeholders)
    outside = ((values < limits.least) | (values > limits.most)) & ~placeholder
    found: Found = {
        "n_out_of_range": int(n[outside].sum()), "n_sentinels": int(n[placeholder].sum()),
    }  # fmt: skip
    own = without_values(ascending, limits.placeholders)
    at_limit = _at_limit(own, values, rules)
    counts = {value: int(n[values == value][0]) for value in at_limit}
    return Standing(spread(ascending), limits, counts, n_kinds(own, KINDS)), found


def _at_limit(own: Floats, values: Floats, rules: ColumnRules) -> Sequence[float]:
    """Return the values at which the instrument may be at its limit.

    ``own`` are the readings in ascending order, placeholders left out; ``values`` all different
    ones.
    """
    if not (rules.saturates_at and own.size):
        return saturation_values(own)
    middle = own[(own.size - 1) // 2]
    at = np.zeros(values.size, dtype=np.bool_)
    for limit in rules.saturates_at:
        at |= values >= limit if limit >= middle else values <= limit
    return values[at].tolist()


def saturated(own: Standing, tally: Tally, rules: ColumnRules) -> tuple[tuple[float, ...], Found]:
    """Return the values at which the instrument is at its limit, and the readings there."""
    if rules.saturates_at and own.kinds:
        values = tuple(own.at_limit)
    elif own.kinds < KINDS:
        return (), {}
    else:
        values = tuple(
            value for value in own.at_limit if _n_stretches(tally, value) >= SATURATED_RUNS
        )
    return values, {"n_saturated": sum(own.at_limit[value] for value in values)}


def _n_stretches(tally: Tally, value: float) -> int:
    return int(tally.n_new[tally.value == value].sum())


class Tail(NamedTuple):
    """Departures on one side: how many, and those at the ranks (0 for none), in scales."""

    n: int
    lower: float
    upper: float


def usual_distance(n: int, sizes: Sequence[float], resolution: float) -> Usual | None:
    """Return the scale of distances from the neighbours; ``None`` where it cannot be told.

    Parameters
    ----------
    n
        Readings that could be looked at.
    sizes
        Their distances at the ranks of ``apart.TYPICAL``.
    resolution
        Smallest step of the column.
    """
    if n < FEWEST:
        return None

    def known(_values: Floats, _ranks: Sequence[int]) -> list[float]:
        return list(sizes)

    usual = typical(np.broadcast_to(0.0, n), Means(at_ranks=known), resolution=resolution)
    return usual if usual.scale > 0 else None


def calm_limit(usual: Usual) -> float:
    """Return the scale of surroundings below which they are calm."""
    return settled(CALM * usual.noise)


def least_distance(n_calm: int, n: int, usual: Usual) -> float:
    """Return the least scale that holds anywhere, by how many surroundings are calm."""
    around = np.where(np.arange(n) < n_calm, -np.inf, np.inf)
    return least_scale(around, usual)


class Far(NamedTuple):
    """Readings that stand alone and far off, with the times of their outermost neighbours."""

    value: Floats
    off: Floats
    begins: Whole
    ends: Whole
    z: Floats

    def only(self, which: Flags) -> Far:
        """Return some of them."""
        fields: list[Any] = [field[which] for field in self]
        return Far(*fields)


class Apart(NamedTuple):
    """Readings that are spikes by their distance, the scale of distances, and the limit."""

    far: Far
    scale: float
    limit: float


def apart(
    far: Far, sides: Mapping[int, Tail], usual: Usual, *, declared: float | None, allowed: float
) -> Apart | None:
    """Return the readings that stand further off than chance; ``None`` where that cannot be told.

    Parameters
    ----------
    far
        Readings that stand alone, further off than any limit.
    sides
        Departures above (1) and below (-1).
    usual
        Scale of all.
    declared, allowed
        Limit that is declared; finds that may be chance.
    """
    told: list[float] = []
    is_spike = np.zeros(far.z.size, dtype=np.bool_)
    for sign, tail in sides.items():
        if tail.n < FEWEST or tail.lower <= 0:
            continue
        side = far.off * sign >= 0
        limit = _side_limit(far.z[side], tail, declared=declared, allowed=allowed / 2)
        told.append(limit)
        is_spike |= side & (far.z > limit)
    return Apart(far.only(is_spike), usual.scale, max(told)) if told else None


def _side_limit(z: Floats, tail: Tail, *, declared: float | None, allowed: float) -> float:
    if declared is not None:
        return max(declared, CANDIDATE_SPIKE)
    return spike_limit(z, lower=tail.lower, upper=tail.upper, n=tail.n, allowed=allowed)


def spikes_counted(spikes: Apart, limits: Bounds, runs: Sequence[Stretch]) -> Found:
    """Return the spikes that are no placeholder, in range, and not beside a run."""
    at = spikes.far.value
    own = (at >= limits.least) & (at <= limits.most) & ~np.isin(at, limits.placeholders)
    for run in runs:
        for first, last in zip(run.first.tolist(), run.last.tolist(), strict=True):
            own &= (spikes.far.begins > last) | (spikes.far.ends < first)
    return {"n_spikes": int(own.sum()), "spike_scale": spikes.scale, "spike_limit": spikes.limit}


class Pace(NamedTuple):
    """Cadence in microseconds, finds that may be chance, times of first and last clear reading."""

    every: int
    allowed: float
    first: int
    last: int


class Stretch(NamedTuple):
    """When runs that were found begin and end."""

    first: Whole
    last: Whole


def equal_found(
    told: tuple[Tally, Kept], at_limit: Sequence[float], rules: ColumnRules, pace: Pace, *,
    scale: float,
) -> tuple[Found, tuple[Stretch, ...]]:  # fmt: skip
    """Return what is found of runs of equal readings and of zeros, and when those were.

    Parameters
    ----------
    told
        The runs.
    at_limit
        Values at which the instrument is at its limit.
    rules, pace
        What is declared; how often the series speaks.
    scale
        Scale of the distance of readings from their neighbours.
    """
    tally, kept = told
    clear, runs = equal_runs(tally, kept)
    if rules.min_stuck is not None:
        stuck = longer_than(runs, declared=rules.min_stuck)
    else:
        limits = (*at_limit, *(one for one in (rules.low, rules.high) if one is not None))
        stuck = stuck_runs(clear, runs, every=pace.every, allowed=pace.allowed, limits=limits)
    if not stuck.established:
        return {"repeats": stuck.repeats}, ()
    rule = ZeroRule(every=pace.every, allowed=pace.allowed, otherwise=stuck.limit, scale=scale)
    clear, among = zeros_between(tally, kept, first=pace.first, last=pace.last)
    zeros = zero_runs(clear, among, rule=rule)
    several = kept.n > 1
    stretches = (
        _when(kept, several, np.searchsorted(runs.starts, stuck.starts)),
        _when(kept, several & (kept.value == 0), np.searchsorted(among.starts, zeros.starts)),
    )
    found = {"repeats": stuck.repeats, **_figures(stuck, "stuck"), **_figures(zeros, "zero")}
    return found, stretches


def _when(kept: Kept, which: Flags, places: Whole) -> Stretch:
    """Return when some of the runs were that were kept: those at ``places`` among ``which``."""
    return Stretch(kept.first[which][places], kept.last[which][places])


def _figures(found: Any, what: str) -> Found:
    return {
        f"n_{what}_runs": found.lengths.size,
        f"n_{what}": int(found.lengths.sum()),
        f"longest_{what}": int(found.lengths.max(initial=0)),
        f"min_{what}": max(2, int(found.limit)) if math.isfinite(found.limit) else None,
    }


def days_found(arrays: Mapping[str, Any], *, day: int) -> Days:
    """Return the days of a column; ``day`` is how long one is in microseconds."""
    return Days(
        arrays["midnight"] // day, arrays["n"], arrays["n_null"], arrays["median"], arrays["low"],
        arrays["high"], nine_digits(arrays["resolution"]),
    )  # fmt: skip
