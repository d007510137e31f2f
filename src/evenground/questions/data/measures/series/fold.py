"""The pass as a reducer over ordered batches, and as a call for an engine that has arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.questions.data.measures.series.across import shared_cadence, without_cadence
from evenground.questions.data.measures.series.audited import SeriesAudit
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.series.kernels import PLAIN, Passes, passes_for
from evenground.questions.data.measures.series.rules import SeriesRules
from evenground.questions.data.measures.series.series import Series, audit_series

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

SENSOR, TIME, ROW, ARRIVED = "sensor", "time", "row", "arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """How series are audited: rules, fallback cadence (microseconds, 0: none), flags, loops."""

    rules: SeriesRules = field(default_factory=SeriesRules)
    every: int = 0
    flags: bool = False
    passes: Passes = PLAIN

    def audit(self, series: Series) -> SeriesAudit:
        """Return what was found in one series."""
        return audit_series(
            series, rules=self.rules, every=self.every, flags=self.flags, passes=self.passes
        )


def audit_arrays(series: Series, *, auditing: Auditing) -> pa.Table:
    """Return the row of the folded table for one series, from its arrays.

    Many series are cheaper together: ``folded_table(auditing.audit(one) for one in ...)``.
    """
    return folded_table([auditing.audit(series)], flags=auditing.flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFold:
    """The pass over all series of a table, one after another (a ``Fold``).

    Only the rows of the series at hand are in memory.

    Attributes
    ----------
    over
        The rows: ``sensor`` (text), ``time`` (int64, microseconds since 1970-01-01 of the clock as
        written), ``row`` (int64, where the row lies in the data, from 0) and ``arrived`` (int64) if
        there are such, and the measured columns (double).
    values
        The measured columns.
    auditing
        How series are audited.
    by, order_by
        One state per sensor; its rows in the order of time, then of rows.
    """

    over: ibis.Table
    values: tuple[str, ...]
    auditing: Auditing = field(default_factory=Auditing)
    by: tuple[str, ...] = (SENSOR,)
    order_by: tuple[str, ...] = (TIME, ROW)

    def step(self, state: list[pa.RecordBatch] | None, batch: pa.RecordBatch) -> Any:
        """Keep one batch of the series."""
        return [batch] if state is None else [*state, batch]

    def finish(self, state: list[pa.RecordBatch]) -> pa.Table:
        """Return the row of the folded table for the series."""
        series = series_of(state, self.values)
        return folded_table([self.auditing.audit(series)], flags=self.auditing.flags)

    @property
    def flags(self) -> bool:
        """Whether the rows behind counts are wanted."""
        return self.auditing.flags

    def for_rows(self, n_rows: int) -> SeriesFold:
        """Return the pass with the loops that suit a table of so many rows."""
        passes = passes_for(n_rows * len(self.values))
        return replace(self, auditing=replace(self.auditing, passes=passes))

    def of_arrays(self, **series: Any) -> SeriesAudit:
        """Return what was found in one series, given the fields of ``Series`` as arrays."""
        return self.auditing.audit(Series(**series))

    def folded(self, found: Sequence[SeriesAudit]) -> pa.Table:
        """Return the folded table of what ``of_arrays`` found, in that order."""
        return folded_table(found, flags=self.flags)

    def follow_up(self, folded: pa.Table) -> SeriesFold | None:
        """Return the pass over series that have no cadence of their own, by that of most others.

        ``None`` where there is no such series, or no cadence that most share.
        """
        every, sensors = shared_cadence(folded), without_cadence(folded)
        if not every or not sensors or self.auditing.every:
            return None
        import ibis

        sensor: Any = self.over[SENSOR].fill_null(ibis.literal(""))
        over = self.over.filter(sensor.isin(sensors))
        return replace(self, over=over, auditing=replace(self.auditing, every=every))


def series_fold(
    over: ibis.Table, values: Sequence[str], *, auditing: Auditing | None = None
) -> SeriesFold:
    """Return the pass over ``over``; rows without a place among all are ordered by time alone."""
    order = (TIME, ROW) if ROW in over.columns else (TIME,)
    return SeriesFold(
        over=over, values=tuple(values), auditing=auditing or Auditing(), order_by=order
    )


def series_of(batches: Sequence[pa.RecordBatch], values: Sequence[str]) -> Series:
    """Return the rows of one sensor as arrays.

    Parameters
    ----------
    batches
        Its rows, at least one.
    values
        The measured columns.
    """
    import pyarrow as pa

    table = pa.Table.from_batches(batches)
    without = table[TIME].null_count
    if without:
        table = table.filter(table[TIME].is_valid())
    arrived, known = _whole(table, ARRIVED)
    rows, row_known = _whole(table, ROW)
    sensor = batches[0].column(SENSOR)[0].as_py() if SENSOR in table.column_names else ""
    return Series(
        sensor=sensor or "",
        times=table[TIME].to_numpy().astype(np.int64, copy=False),
        values={name: _numbers(table[name]) for name in values},
        rows=rows if row_known is None else None,
        arrived=arrived,
        arrived_known=known,
        n_without_time=without,
    )


def _whole(table: pa.Table, name: str) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return whole numbers and which are known (``None``: all); nothing without the column."""
    if name not in table.column_names:
        return None, None
    column = table[name]
    if not column.null_count:
        return column.to_numpy().astype(np.int64, copy=False), None
    return column.fill_null(0).to_numpy(), column.is_valid().to_numpy()


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Return doubles, not-a-number where null."""
    return column.to_numpy().astype(np.float64, copy=False)


def by_column(rows: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the entries of ``values`` in one row of the folded table by column."""
    return {entry["column"]: entry for entry in rows["values"]}
