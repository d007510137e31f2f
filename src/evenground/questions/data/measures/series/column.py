"""What the pass finds in one column of one series."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from evenground.questions.data.measures.series.audited import (
    ColumnAudit,
    Flagged,
    Flags,
    Floats,
    Whole,
)
from evenground.questions.data.measures.series.daily import days_of
from evenground.questions.data.measures.series.instants import stretches
from evenground.questions.data.measures.series.kernels import Passes
from evenground.questions.data.measures.series.rules import ColumnRules
from evenground.questions.data.measures.series.runs import (
    Clear,
    Runs,
    StuckRuns,
    ZeroRule,
    ZeroRuns,
    longer_than,
    runs_of,
    stuck_runs,
    zero_runs,
)
from evenground.questions.data.measures.series.spikes import (
    Means,
    SpikeRule,
    Spikes,
    fast_changes,
    spikes,
)
from evenground.questions.data.measures.series.spread import (
    KINDS,
    SATURATED_RUNS,
    Bounds,
    body,
    bounds,
    n_kinds,
    saturation_values,
    spread,
    stretch,
    without_values,
)

FEW = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What holds for every column of a series.

    Attributes
    ----------
    times, rows, shape (m,)
        The instants, and the row that each begins with (``None`` where rows have no order).
    every
        The cadence in microseconds; 0 where there is none.
    allowed
        Finds that may be chance.
    edges
        The days, and where each begins; see ``day_edges``.
    flags
        Whether the rows behind the counts are wanted.
    passes
        How loops over readings are carried out.
    """

    times: Whole
    rows: Whole | None
    every: int
    allowed: float
    edges: tuple[Whole, Whole]
    flags: bool
    passes: Passes


class _Column:
    """One column at work: its finite readings, those that are clear, and what was found so far."""

    def __init__(self, readings: Floats, conflict: Flags | None, setting: Setting) -> None:
        self.setting = setting
        self.readings = readings
        self.finite = setting.passes.finite(setting.times, readings)
        self.values = self.finite.values
        self.ordered = setting.passes.ordered(self.values)
        self.ascending = self.ordered.ascending
        self.clear = self._clear(conflict)
        self.found: dict[str, Any] = {}
        self.flags: dict[str, Flagged] = {}

    def _clear(self, conflict: Flags | None) -> Clear:
        if conflict is None:
            return Clear(self.finite.times, self.values, ascending=self.ascending)
        agreed = ~conflict
        agreed[self.finite.others] = False
        places = np.flatnonzero(agreed)
        ordered = self.ascending if places.size == self.values.size else None
        return Clear(self.setting.times[places], self.readings[places], places, ordered)

    def infinite(self) -> Whole:
        """Return the instants whose reading is infinite."""
        others = self.finite.others
        return others[np.isinf(self.readings[others])]

    def flag(self, check: str, places: Whole) -> None:
        """Keep the instants behind a count, if they are wanted."""
        if self.setting.flags and places.size:
            rows = self.setting.rows
            row = np.full(places.size, -1, dtype=np.int64) if rows is None else rows[places]
            flagged = Flagged(row, self.setting.times[places], self.readings[places])
            self.flags[check] = flagged

    def flag_clear(self, check: str, which: Whole) -> None:
        """Keep clear readings behind a count."""
        if self.clear.places is None:
            self.flag_finite(check, which)
        else:
            self.flag(check, self.clear.places[which])

    def flag_finite(self, check: str, which: Whole) -> None:
        """Keep finite readings behind a count."""
        if self.setting.flags and which.size:
            self.flag(check, self.instants(which))

    def instants(self, which: Whole) -> Whole:
        """Return the instants of some of the finite readings."""
        places = self.finite.places()
        return which if places is None else places[which]


def audit_column(
    name: str, readings: Floats, conflict: Flags | None, *, rules: ColumnRules, setting: Setting
) -> ColumnAudit:
    """Return what was found in one column.

    Parameters
    ----------
    name
        The column.
    readings, shape (m,)
        The reading at each instant; ``nan`` where there is none.
    conflict, shape (m,)
        At which instants the rows differ; ``None``: nowhere.
    rules
        What is declared of the column.
    setting
        What holds for every column.
    """
    column = _Column(readings, conflict, setting)
    passes = setting.passes
    figures = spread(column.ascending, column.ordered.kinds, passes.smallest_step)
    limits = bounds(column.ascending, body(column.ascending), rules=rules)
    _nulls_and_zeros(column)
    _outside(column, limits)
    saturated = _saturated(column, rules, limits)
    if setting.every:
        rule = SpikeRule(
            resolution=figures.resolution, allowed=setting.allowed, declared=rules.spike_k
        )
        found = _spikes(column, rule)
        scale = found.scale if found.established else figures.resolution
        runs = runs_of(column.clear, passes.equal_runs, every=setting.every)
        stuck = _stuck(column, runs, rules, saturated)
        zeros = _zeros(column, runs, stuck, 0.0 if math.isnan(scale) else scale)
        _count_spikes(column, found, limits, _beside(stuck, zeros))
        _fast(column, rules)
    others, nulls = column.finite.others, column.finite.nulls
    ends = partial(passes.day_ends, column.ordered)
    days = days_of(setting.edges, column.values, ends, others=others, nulls=nulls)
    return ColumnAudit(
        column=name, days=days, flags=column.flags, least=limits.least, most=limits.most,
        **figures._asdict(), **column.found,
    )  # fmt: skip


def _nulls_and_zeros(column: _Column) -> None:
    n_null = column.finite.nulls.size
    column.flag("nulls", column.finite.nulls)
    first, end = stretch(column.ascending, 0.0)
    leading = _n_leading_zeros(column.values)
    column.flag_finite("leading_zeros", np.arange(leading))
    column.found.update(
        n=column.readings.size - n_null,
        n_null=n_null,
        n_leading_zeros=leading,
        n_zeros=end - first - leading,
    )


def _n_leading_zeros(values: Floats) -> int:
    """Return how many values there are before the first other than zero."""
    looked_at, more = 0, FEW
    while looked_at < values.size:
        others = values[looked_at : looked_at + more] != 0
        if others.any():
            return looked_at + int(np.argmax(others))
        looked_at, more = looked_at + more, 2 * more
    return values.size


def _outside(column: _Column, limits: Bounds) -> None:
    ascending, beyond = column.ascending, column.infinite()
    held = {value: _times(ascending, value) for value in limits.placeholders}
    first = ascending.searchsorted(limits.least)
    n_inside = max(0, int(ascending.searchsorted(limits.most, side="right") - first))
    n_own = sum(n for value, n in held.items() if not limits.least <= value <= limits.most)
    n_outside = ascending.size - n_inside - n_own
    if column.setting.flags and (held or n_outside or beyond.size):
        placeholder = np.isin(column.values, limits.placeholders)
        column.flag_finite("sentinels", np.flatnonzero(placeholder))
        inside = (column.values >= limits.least) & (column.values <= limits.most)
        at = column.instants(np.flatnonzero(~inside & ~placeholder))
        column.flag("out_of_range", np.union1d(at, beyond))
    column.found.update(n_out_of_range=beyond.size + n_outside, n_sentinels=sum(held.values()))


def _times(ascending: Floats, value: float) -> int:
    """Return how often a value occurs."""
    first, end = stretch(ascending, value)
    return end - first


def _saturated(column: _Column, rules: ColumnRules, limits: Bounds) -> tuple[float, ...]:
    """Return the values at which the instrument is at its limit; count the readings there."""
    ascending = without_values(column.ascending, limits.placeholders)
    if rules.saturates_at and ascending.size:
        middle = ascending[(ascending.size - 1) // 2]
        at = np.zeros(column.values.size, dtype=np.bool_)
        for limit in rules.saturates_at:
            at |= column.values >= limit if limit >= middle else column.values <= limit
        values = tuple(np.unique(column.values[at]).tolist())
    elif n_kinds(ascending, KINDS) < KINDS:
        return ()
    else:
        values = tuple(
            value
            for value in saturation_values(ascending)
            if _n_stretches(column.clear.values, value) >= SATURATED_RUNS
        )
    if values and column.setting.flags:
        column.flag_finite("saturation", np.flatnonzero(np.isin(column.values, values)))
    column.found.update(n_saturated=sum(_times(column.ascending, value) for value in values))
    return values


def _n_stretches(values: Floats, value: float) -> int:
    at = values == value
    return int(np.count_nonzero(at[1:] & ~at[:-1])) + bool(at.size and at[0])


def _stuck(
    column: _Column, runs: Runs, rules: ColumnRules, saturated: tuple[float, ...]
) -> StuckRuns:
    setting, clear = column.setting, column.clear
    if rules.min_stuck is not None:
        found = longer_than(runs, declared=rules.min_stuck)
    else:
        limits = (*saturated, *(one for one in (rules.low, rules.high) if one is not None))
        found = stuck_runs(clear, runs, every=setting.every, allowed=setting.allowed, limits=limits)
    column.found.update(repeats=found.repeats)
    if found.established:
        column.flag_clear("stuck_runs", stretches(found.starts, found.lengths))
        column.found.update(_figures(found, "stuck"))
    else:
        _constant(column)
    return found


def _zeros(column: _Column, runs: Runs, stuck: StuckRuns, scale: float) -> ZeroRuns | None:
    setting, clear = column.setting, column.clear
    if not stuck.established:
        return None
    rule = ZeroRule(
        every=setting.every, allowed=setting.allowed, otherwise=stuck.limit, scale=scale
    )
    zeros = zero_runs(clear, runs, rule=rule)
    column.flag_clear("zero_runs", stretches(zeros.starts, zeros.lengths))
    column.found.update(_figures(zeros, "zero"))
    return zeros


def _beside(stuck: StuckRuns, zeros: ZeroRuns | None) -> Whole:
    """Return the clear readings in stuck and zero runs, and the two on each side of one."""
    several = [stuck] if zeros is None else [stuck, zeros]
    return np.concatenate([stretches(one.starts - 2, one.lengths + 4) for one in several])


def _constant(column: _Column) -> None:
    """Keep the readings of a series that never changes: others tell whether it is stuck."""
    ascending = column.ascending
    if ascending.size and ascending[0] == ascending[-1] != 0:
        column.flag_clear("constant", np.arange(column.clear.values.size))


def _figures(found: Any, what: str) -> dict[str, int | None]:
    """Return the counts of some runs, by field."""
    longest = "longest_" + what
    return {
        f"n_{what}_runs": found.lengths.size,
        f"n_{what}": int(found.lengths.sum()),
        longest: int(found.lengths.max(initial=0)),
        f"min_{what}": max(2, int(found.limit)) if math.isfinite(found.limit) else None,
    }


def _spikes(column: _Column, rule: SpikeRule) -> Spikes:
    passes = column.setting.passes
    return spikes(
        passes.departures(column.clear, every=column.setting.every),
        Means(passes.at_ranks, passes.standardised),
        rule=rule,
    )


def _count_spikes(column: _Column, found: Spikes, limits: Bounds, beside: Whole) -> None:
    """Count the spikes that are no placeholder, in range, and not beside a run.

    Beside a stuck run the neighbours are no measure: they show where the signal was.
    """
    if not found.established:
        return
    at = column.clear.values[found.places]
    own = (at >= limits.least) & (at <= limits.most)
    for value in limits.placeholders:
        own &= at != value
    if beside.size:
        own &= ~np.isin(found.places, beside)
    places = found.places[own]
    column.flag_clear("spikes", places)
    column.found.update(n_spikes=places.size, spike_scale=found.scale, spike_limit=found.limit)


def _fast(column: _Column, rules: ColumnRules) -> None:
    if rules.max_per_hour is not None:
        places = fast_changes(column.clear, every=column.setting.every, per_hour=rules.max_per_hour)
        column.flag_clear("rate_of_change", places)
        column.found.update(n_rate=places.size)
