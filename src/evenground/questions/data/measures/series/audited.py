"""What the pass over one series returns; ``folded.py`` turns it into a row of a table.

Times are int64 microseconds since 1970-01-01 of the clock as written. ``None`` stands for what
could not be established.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Gaps(NamedTuple):
    """Stretches without a row: last instant before, first after, and readings missing between."""

    start: Whole
    end: Whole
    n_missing: Whole


class Days(NamedTuple):
    """Readings of a column by day (days since 1970-01-01).

    ``median`` is the lower median: the value at rank ``ceil(n / 2)``. A day without a reading has
    ``nan`` there; one with a single value has ``nan`` as its resolution.
    """

    day: Whole
    n: Whole
    n_null: Whole
    median: Floats
    low: Floats
    high: Floats
    resolution: Floats


class Flagged(NamedTuple):
    """Rows behind a count; ``row`` is -1 where the engine knows none."""

    row: Whole
    time: Whole
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnAudit:
    """What was found in one column of one series.

    Attributes
    ----------
    column
        Its name.
    n, n_null
        Instants with and without a value.
    n_stuck_runs, n_stuck, longest_stuck, min_stuck
        Runs of equal readings longer than chance, the readings in them, the longest, and from how
        many on.
    n_zero_runs, n_zero, longest_zero, min_zero
        The same for zeros that begin or end abruptly; ``longest_zero`` is the longest such run.
    n_out_of_range, n_sentinels, n_spikes, n_rate, n_saturated
        Readings of each kind.
    n_leading_zeros, n_zeros
        Zeros before the first other value, and after it.
    median, scale, low, high, resolution
        Lower median, 1.4826 times the median distance from it, ends and smallest step of the
        finite readings; ``nan`` without any.
    spike_scale, spike_limit
        Scale of the distance from the neighbours, and how many of them make a spike.
    least, most
        Limits that held for ``n_out_of_range``; infinite where there was none.
    repeats
        Share of the runs of equal readings that have two or more.
    days
        Summary by day.
    flags
        Rows by name of the check; empty unless asked for.
    """

    column: str
    n: int = 0
    n_null: int = 0
    n_stuck_runs: int | None = None
    n_stuck: int | None = None
    longest_stuck: int | None = None
    min_stuck: int | None = None
    n_zero_runs: int | None = None
    n_zero: int | None = None
    longest_zero: int | None = None
    min_zero: int | None = None
    n_out_of_range: int = 0
    n_sentinels: int = 0
    n_spikes: int | None = None
    n_rate: int | None = None
    n_saturated: int | None = None
    n_leading_zeros: int = 0
    n_zeros: int = 0
    median: float = np.nan
    scale: float = np.nan
    low: float = np.nan
    high: float = np.nan
    resolution: float = np.nan
    spike_scale: float = np.nan
    spike_limit: float = np.nan
    least: float = -np.inf
    most: float = np.inf
    repeats: float = np.nan
    days: Days
    flags: dict[str, Flagged] = field(default_factory=dict[str, Flagged])


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesAudit:
    """What was found in one series.

    Attributes
    ----------
    sensor
        Its code as text; empty where the table has no sensor.
    n_rows, n_without_time
        Rows, and those of them without a time, which are left out of all else.
    first, last
        Ends in time; ``None`` without any.
    cadence, cadence_share
        Microseconds between readings (0: none could be told), and the share of the differences
        that agree with it.
    n_instants, n_expected, n_gaps, n_missing, longest_gap
        Different times, readings that there should be, stretches without, readings missing, and
        the longest stretch in microseconds between the readings at its ends.
    n_exact, n_conflicting
        Repeated rows that say the same, and that say something else.
    n_inversions, n_late, lateness_median, lateness_high
        Rows earlier than the row before; rows that arrived late; median and 95 % of the delay, in
        microseconds.
    gaps, columns
        Each stretch without rows; each column.
    flags
        Rows by name of the check, for checks on rows rather than values.
    """

    sensor: str = ""
    n_rows: int = 0
    n_without_time: int = 0
    first: int | None = None
    last: int | None = None
    cadence: int = 0
    cadence_share: float = np.nan
    n_instants: int = 0
    n_expected: int | None = None
    n_gaps: int | None = None
    n_missing: int | None = None
    longest_gap: int | None = None
    n_exact: int = 0
    n_conflicting: int = 0
    n_inversions: int | None = None
    n_late: int | None = None
    lateness_median: int | None = None
    lateness_high: int | None = None
    gaps: Gaps
    columns: tuple[ColumnAudit, ...] = ()
    flags: dict[str, Flagged] = field(default_factory=dict[str, Flagged])
