"""The whole pass over the series of a table, asked of the engine that holds the rows.

Rows stay where they are. Windows over them, ordered once by sensor and time, keep only what has to
be looked at: gaps, long runs, zeros with what lies next to them, readings far from their
neighbours; all else comes back counted. What that means is decided by the same functions as for a
whole series in memory, so that the folded table is the same to the last count.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

from evenground.methods.validation import wrong
from evenground.questions.data.measures.series.audited import SeriesAudit
from evenground.questions.data.measures.series.fold import Auditing
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.windowed.columns import column_audits
from evenground.questions.data.measures.windowed.readings import timed_rows
from evenground.questions.data.measures.windowed.rhythm import series_found

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

Asking = Generator[Any, Any, Any]
"""Yields a lazy table and is sent its rows as Arrow batches, all of which it reads before it asks
again; or yields a small Arrow table and is sent a lazy table that holds it, in the same engine."""


def windowed_audit(
    over: ibis.Table, values: Sequence[str], *, auditing: Auditing | None = None
) -> Generator[Any, Any, pa.Table]:
    """Return the folded table of the series of ``over``, as a run of ``SeriesFold`` does.

    Parameters
    ----------
    over
        The rows, lazily: ``sensor`` (text), ``time`` (int64, microseconds since 1970-01-01 of the
        clock as written), ``row`` and ``arrived`` (int64) if there are such, and the measured
        columns (double).
    values
        The measured columns.
    auditing
        How series are audited. A series without a cadence of its own takes that of most others.
        Rows behind counts are not kept here: where ``flags`` are wanted, fold whole series.

    Returns
    -------
    Generator
        See ``Asking``; its value is the folded table, sorted by sensor.

    Raises
    ------
    UsageError
        If ``flags`` are asked for.
    """
    auditing = auditing or Auditing()
    if auditing.flags:
        raise wrong("windowed_flags", "Rows behind counts are not kept where an engine counts.")
    rows = timed_rows(over, values)
    series = yield from series_found(over, rows, auditing)
    columns = yield from column_audits(rows, tuple(values), series, auditing.rules)
    audits = [
        SeriesAudit(columns=columns.get(sensor, ()), **series[sensor]) for sensor in sorted(series)
    ]
    return folded_table(audits)
