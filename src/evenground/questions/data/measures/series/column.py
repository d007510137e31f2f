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
from evenground.questions.data.measures.series.daily import ByDay, days_of
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
    without_values,
)


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
        finite = np.isfinite(readings)
        self.finite = None if finite.all() else finite
        null = None if self.finite is None else np.isnan(readings)
        self.null = null if null is not None and null.any() else None
        self.readings = readings
        self.values = readings if self.finite is None else readings[finite]
        self.places = None if self.finite is None else np.flatnonzero(finite)
        self.ordered = setting.passes.ordered(self.values)
        self.ascending = self.ordered.ascending
        agreed = finite if conflict is None else finite & ~conflict
        self.clear = self._clear(agreed, conflict)
        self.found: dict[str, Any] = {}
        self.flags: dict[str, Flagged] = {}

    def _clear(self, agreed: Flags, conflict: Flags | None) -> Clear:
        if self.finite is None and conflict is None:
            return Clear(self.setting.times, self.values, None, self.ascending)
        places = np.flatnonzero(agreed)
        ordered = self.ascending if places.size == self.values.size else None
        return Clear(self.setting.times[places], self.readings[places], places, ordered)

    def flag(self, check: str, places: Whole) -> None:
        """Keep the instants behind a count, if they are wanted."""
        if self.setting.flags and places.size:
            rows = self.setting.rows
            row = np.full(places.size, -1, dtype=np.int64) if rows is None else rows[places]
            flagged = Flagged(row, self.setting.times[places], self.readings[places])
            self.flags[check] = flagged

    def flag_clear(self, check: str, which: Whole) -> None:
        """Keep clear readings behind a count."""
        self.flag(check, which if self.clear.places is None else self.clear.places[which])

    def flag_finite(self, check: str, which: Whole) -> None:
        """Keep finite readings behind a count."""
        self.flag(check, which if self.places is None else self.places[which])


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
    figures = spread(column.ascending, passes.smallest_step)
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
    ways = ByDay(partial(passes.by_day, column.ordered), passes.smallest_steps)
    days = days_of(setting.edges, readings, ways, finite=column.finite, null=column.null)
    return ColumnAudit(
        column=name, days=days, flags=column.flags, least=limits.least, most=limits.most,
        **figures._asdict(), **column.found,
    )  # fmt: skip


def _nulls_and_zeros(column: _Column) -> None:
    n_null = 0 if column.null is None else int(np.count_nonzero(column.null))
    if column.null is not None:
        column.flag("nulls", np.flatnonzero(column.null))
    n_others = int(np.count_nonzero(column.values))
    leading = int(np.argmax(column.values != 0)) if n_others else column.values.size
    places = np.arange(leading) if column.places is None else column.places[:leading]
    column.flag("leading_zeros", places)
    column.found.update(
        n=column.readings.size - n_null,
        n_null=n_null,
        n_leading_zeros=leading,
        n_zeros=column.values.size - n_others - leading,
    )


def _outside(column: _Column, limits: Bounds) -> None:
    values, ascending = column.values, column.ascending
    infinite = 0
    if column.finite is not None:
        bad = np.isinf(column.readings)
        infinite = int(np.count_nonzero(bad))
    placeholder = np.zeros(0, dtype=np.bool_)
    if limits.placeholders:
        placeholder = np.isin(values, limits.placeholders)
        column.flag_finite("sentinels", np.flatnonzero(placeholder))
    n_outside = 0
    inside = ascending.size == 0 or (ascending[0] >= limits.least and ascending[-1] <= limits.most)
    outside = np.zeros(values.size, dtype=np.bool_)
    if not inside:
        outside = (values < limits.least) | (values > limits.most)
        if placeholder.size:
            outside &= ~placeholder
        n_outside = int(np.count_nonzero(outside))
    if infinite or n_outside:
        places = np.flatnonzero(outside)
        at = places if column.places is None else column.places[places]
        beyond = np.flatnonzero(np.isinf(column.readings)) if infinite else at[:0]
        column.flag("out_of_range", np.union1d(at, beyond))
    column.found.update(
        n_out_of_range=infinite + n_outside, n_sentinels=int(np.count_nonzero(placeholder))
    )


def _saturated(column: _Column, rules: ColumnRules, limits: Bounds) -> tuple[float, ...]:
    """Return the values at which the instrument is at its limit; count the readings there."""
    ascending = without_values(column.ascending, limits.placeholders)
    clear = column.clear.values
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
            if _n_stretches(clear, value) >= SATURATED_RUNS
        )
        at = np.isin(column.values, values) if values else np.zeros(0, dtype=np.bool_)
    column.flag_finite("saturation", np.flatnonzero(at))
    column.found.update(n_saturated=int(np.count_nonzero(at)))
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
    own = (at >= limits.least) & (at <= limits.most) & ~np.isin(at, limits.placeholders)
    places = found.places[own & ~np.isin(found.places, beside)]
    column.flag_clear("spikes", places)
    column.found.update(n_spikes=places.size, spike_scale=found.scale, spike_limit=found.limit)


def _fast(column: _Column, rules: ColumnRules) -> None:
    if rules.max_per_hour is not None:
        places = fast_changes(column.clear, every=column.setting.every, per_hour=rules.max_per_hour)
        column.flag_clear("rate_of_change", places)
        column.found.update(n_rate=places.size)
