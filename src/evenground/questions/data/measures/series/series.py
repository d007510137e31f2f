"""One series looked at once, in order of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evenground.questions.data.measures.series.audited import (
    Flagged,
    Flags,
    Floats,
    Gaps,
    SeriesAudit,
    Whole,
)
from evenground.questions.data.measures.series.column import Setting, audit_column
from evenground.questions.data.measures.series.daily import day_edges
from evenground.questions.data.measures.series.instants import (
    Instants,
    instants_of,
    inversions,
)
from evenground.questions.data.measures.series.kernels import PLAIN, Passes
from evenground.questions.data.measures.series.limits import MICROSECONDS, allowed_by_chance
from evenground.questions.data.measures.series.rhythm import cadence, rhythm
from evenground.questions.data.measures.series.rules import SeriesRules

LATE_CADENCES = 3
NO_GAPS = Gaps(*(np.empty(0, dtype=np.int64) for _ in range(3)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The rows of one sensor that have a time.

    Attributes
    ----------
    sensor
        Its code as text; empty where the table has no sensor.
    times, shape (n,)
        Microseconds since 1970-01-01 of the clock as written.
    values
        Readings by column, each of shape (n,); ``nan`` where there is none.
    rows, shape (n,)
        Where each row lies in the data, from 0; ``None`` where that is not known.
    arrived, arrived_known, shape (n,)
        When each row arrived, in microseconds, and whether that is known (``None``: of all).
    n_without_time
        Further rows, without a time.
    """

    sensor: str = ""
    times: Whole
    values: Mapping[str, Floats] = field(default_factory=dict[str, Floats])
    rows: Whole | None = None
    arrived: Whole | None = None
    arrived_known: Flags | None = None
    n_without_time: int = 0


def audit_series(
    series: Series,
    *,
    rules: SeriesRules,
    every: int = 0,
    flags: bool = False,
    passes: Passes = PLAIN,
) -> SeriesAudit:
    """Return what was found in one series.

    Parameters
    ----------
    series
        Its rows, in any order; quickest in the order of time, and of rows within an instant.
    rules
        What is declared.
    every
        Cadence in microseconds that holds if none is declared and the series has none of its own,
        such as that of most series of the table; 0: none.
    flags
        Whether to keep the rows behind the counts.
    passes
        How loops over readings are carried out; the result is the same.
    """
    series = in_order(series)
    n_rows = series.times.size + series.n_without_time
    if series.times.size == 0:
        return SeriesAudit(
            sensor=series.sensor, n_rows=n_rows, n_without_time=series.n_without_time, gaps=NO_GAPS
        )
    instants = instants_of(series.times, tuple(series.values.values()), passes.without)
    own = _cadence_of(instants.times, rules, every)
    found: dict[str, Any] = {"cadence": own[0], "cadence_share": own[1]}
    gaps = _missing(instants.times, own[0], found)
    kept = _of_rows(series, instants, (rules, passes), found)
    first, last = int(instants.times[0]), int(instants.times[-1])
    setting = Setting(
        times=instants.times,
        rows=np.delete(series.rows, instants.repeats)
        if flags and series.rows is not None
        else None,
        every=own[0],
        allowed=allowed_by_chance(first, last),
        edges=day_edges(instants.times),
        flags=flags,
        passes=passes,
    )
    parts = zip(series.values, instants.readings, instants.conflicts, strict=True)
    return SeriesAudit(
        sensor=series.sensor, n_rows=n_rows, n_without_time=series.n_without_time, first=first,
        last=last, n_instants=instants.times.size, n_exact=instants.n_exact,
        n_conflicting=instants.n_conflicting, gaps=gaps, flags=kept if flags else {},
        columns=tuple(
            audit_column(name, readings, conflict, rules=rules.of(name), setting=setting)
            for name, readings, conflict in parts
        ),
        **found,
    )  # fmt: skip


def in_order(series: Series) -> Series:
    """Return the series in order of time, and of rows within an instant."""
    times, rows = series.times, series.rows
    later = times[1:] > times[:-1]
    if later.all():
        return series
    again = times[1:] == times[:-1]
    in_rows = later | again if rows is None else later | (again & (rows[1:] > rows[:-1]))
    if in_rows.all():
        return series
    order = np.argsort(times, kind="stable") if rows is None else np.lexsort((rows, times))
    return Series(
        sensor=series.sensor,
        times=times[order],
        values={name: column[order] for name, column in series.values.items()},
        rows=None if rows is None else rows[order],
        arrived=None if series.arrived is None else series.arrived[order],
        arrived_known=None if series.arrived_known is None else series.arrived_known[order],
        n_without_time=series.n_without_time,
    )


def _cadence_of(instants: Whole, rules: SeriesRules, every: int) -> tuple[int, float]:
    """Return the cadence that holds, and the share of the differences that equal it."""
    declared = rules.cadence_seconds
    if declared is None:
        own = cadence(instants)
        if own.every or not every:
            return own
    holds = every if declared is None else round(declared * MICROSECONDS)
    steps = np.diff(instants)
    share = float(np.count_nonzero(steps == holds) / steps.size) if steps.size else float("nan")
    return holds, share


def _missing(instants: Whole, every: int, found: dict[str, Any]) -> Gaps:
    if not every:
        return NO_GAPS
    missing = rhythm(instants, every=every)
    gaps = missing.gaps
    found.update(
        n_expected=missing.n_expected,
        n_gaps=gaps.start.size,
        n_missing=int(gaps.n_missing.sum()),
        longest_gap=int((gaps.end - gaps.start).max(initial=0)),
    )
    return gaps


def _of_rows(
    series: Series, instants: Instants, by: tuple[SeriesRules, Passes], found: dict[str, Any]
) -> dict[str, Flagged]:
    """Count what concerns rows rather than values; return the rows behind it."""
    rules, passes = by
    kept = {"duplicates": instants.repeats}
    if series.rows is not None:
        kept["order_inversions"] = inversions(series.times, series.rows, passes.inversions)
        found.update(n_inversions=kept["order_inversions"].size)
    declared = rules.late_seconds
    every = int(found["cadence"])
    tolerance = LATE_CADENCES * every if declared is None else round(declared * MICROSECONDS)
    if series.arrived is not None and tolerance:
        late = passes.lateness(
            series.times, series.arrived, series.arrived_known, tolerance=tolerance
        )
        if late is not None:
            kept["late_arrivals"] = late.late
            found.update(
                n_late=late.late.size, lateness_median=late.median, lateness_high=late.high
            )
    return {check: _flagged(places, series) for check, places in kept.items() if places.size}


def _flagged(places: Whole, series: Series) -> Flagged:
    none = np.full(places.size, np.nan)
    row = np.full(places.size, -1, dtype=np.int64) if series.rows is None else series.rows[places]
    return Flagged(row, series.times[places], none)
