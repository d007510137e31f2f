"""How readily residents report: rates from repeated reports of one and the same incident.

A place with few reports may have few incidents or few who report them. Once an incident was
reported it surely exists; how often it is reported again before its end tells the rate at which
such incidents are reported, and so how long one waits for its first report. Reports after the first
are taken as a Poisson process of constant rate. It is the rate of incidents that were reported at
all: where incidents differ, the first report of the others is waited for longer.
Source: Liu, Bhandaram and Garg (2024), Quantifying spatial under-reporting disparities in resident
crowdsourcing, Nature Computational Science 4, 57-65 (first as arXiv 2204.08620 in 2022): with a
start at the first report and an end that no later report brings about, the likelihood is that of a
Poisson count over the time between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Vector, Whole, vector, wrong

MOSTLY = 0.5
"""If more than this share of repeated rows bear the time of their first, they are records."""
HORIZON_DAYS = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Rows that name an incident which an earlier row has named already.

    Attributes
    ----------
    n_rows, n_without_id, n_incidents
        Rows, rows without an identifier (left out of the rest), incidents.
    n_repeats
        Rows beyond the first of their incident.
    n_at_same_time
        Of these, rows whose time is that of another row of the incident, to the tolerance.
    are_records
        Whether repeated rows are copies of a record rather than further reports.
    """

    n_rows: int
    n_without_id: int
    n_incidents: int
    n_repeats: int
    n_at_same_time: int
    are_records: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """Incidents from their first report on.

    Attributes
    ----------
    days, shape (n_incidents,)
        From the first report to the end of observation, above 0.
    n_more, shape (n_incidents,)
        Further reports in that time.
    first_row, shape (n_incidents,)
        Position of the row of the first report, to look up area and group by.
    n_open
        Incidents without an end, observed up to the horizon or to where the data end.
    n_without_time
        Incidents left out, since they ended at or before their first report.
    n_copies
        Rows that were taken as copies of a record.
    n_after_end
        Reports left out, since they came after the end.
    """

    days: Vector
    n_more: Vector
    first_row: Whole
    n_open: int
    n_without_time: int
    n_copies: int
    n_after_end: int


def repeated_reports_are_records(
    incident: ArrayLike, reported_at: ArrayLike, *, tolerance_days: float = 0.0
) -> Repeats:
    """Return whether rows that name the same incident are reports or copies of one record.

    Two residents do not report in the same second. Rows of an incident with the same time were
    written twice: from two exports, layers or service codes.

    Parameters
    ----------
    incident, shape (n_rows,)
        Whole number for each incident; -1 where a row names none.
    reported_at, shape (n_rows,)
        When, in days from any origin.
    tolerance_days
        Times no further apart than this are the same.

    Raises
    ------
    UsageError
        If the lengths differ, an incident is not a whole number, or a time is missing.
    """
    ids, at = _rows(incident, reported_at)
    named = ids >= 0
    order = np.lexsort((at[named], ids[named]))
    repeated = np.flatnonzero(np.diff(ids[named][order]) == 0)
    apart = at[named][order][repeated + 1] - at[named][order][repeated]
    n_same = int((apart <= tolerance_days).sum())
    return Repeats(
        n_rows=ids.size,
        n_without_id=int((~named).sum()),
        n_incidents=int(named.sum()) - repeated.size,
        n_repeats=repeated.size,
        n_at_same_time=n_same,
        are_records=n_same > MOSTLY * repeated.size,
    )


def incidents_from_reports(
    incident: ArrayLike,
    reported_at: ArrayLike,
    *,
    ended_at: ArrayLike | None,
    until: float,
    horizon_days: float | None = None,
) -> Incidents | CannotTell:
    """Return incidents with the time and the reports after the first, or why there are none.

    Parameters
    ----------
    incident, reported_at, shape (n_rows,)
        As for ``repeated_reports_are_records``.
    ended_at, shape (n_rows,)
        When the incident of the row was inspected or mended, in the same days; NaN while it is
        open. The earliest of an incident counts. ``None`` if nobody recorded that.
    until
        Up to when reports were recorded.
    horizon_days
        The longest that an incident is watched: 100 days, as Liu, Bhandaram and Garg take, unless
        another is named. Without any end it has to be named, as a time after which such incidents
        are surely still there; otherwise it cannot be told how long they could be reported.

    Returns
    -------
    Incidents or CannotTell
        The latter without identifiers, without any repeated report, where repeated rows are copies
        of records, or without ends and horizon.

    Raises
    ------
    UsageError
        If the lengths differ, an incident is not a whole number, or a time is missing.
    """
    ids, at = _rows(incident, reported_at)
    end = np.full(ids.size, np.nan) if ended_at is None else np.asarray(ended_at, np.float64)
    if end.shape != ids.shape:
        raise wrong("array_shape", N_("ended_at has shape {shape}"), shape=end.shape)
    has_end = horizon_days is not None or not np.isnan(end[ids >= 0]).all()
    if reason := _unknowable(repeated_reports_are_records(ids, at), has_end=has_end):
        return CannotTell(reason=reason)
    named = np.flatnonzero(ids >= 0)
    rows = named[np.lexsort((named, at[named], ids[named]))]
    is_first = np.diff(ids[rows], prepend=-1) != 0
    starts, which = np.flatnonzero(is_first), np.cumsum(is_first) - 1
    first = at[rows[starts]]
    ends = np.fmin.reduceat(end[rows], starts)
    watched = np.fmin(np.fmin(ends, until), first + (horizon_days or HORIZON_DAYS))
    copies = np.diff(at[rows], prepend=np.nan) <= 0
    copies &= ~is_first
    late = (at[rows] > watched[which]) & ~is_first
    counted = ~is_first & ~copies & ~late
    more = np.bincount(which[counted], minlength=starts.size).astype(np.float64)
    kept = watched > first
    return Incidents(
        days=(watched - first)[kept],
        n_more=more[kept],
        first_row=rows[starts][kept],
        n_open=int(np.isnan(ends[kept]).sum()),
        n_without_time=int((~kept).sum()),
        n_copies=int(copies.sum()),
        n_after_end=int((late & ~copies).sum()),
    )


def _rows(incident: ArrayLike, reported_at: ArrayLike) -> tuple[Whole, Vector]:
    ids = np.asarray(incident)
    if ids.ndim != 1 or not np.issubdtype(ids.dtype, np.integer):
        raise wrong(
            "incident_codes",
            N_("incident has shape {shape} of {kind}, expected whole numbers (n_rows,)"),
            shape=ids.shape,
            kind=str(ids.dtype),
        )
    return ids.astype(np.int64), vector("reported_at", reported_at, size=ids.size, least=-np.inf)


def _unknowable(repeats: Repeats, *, has_end: bool) -> Message | None:
    """Return why a reporting rate cannot be told from these rows, or nothing."""
    if not repeats.n_incidents:
        return Message(code="reason.reporting.no_ids", parameters={"n": repeats.n_rows})
    if not repeats.n_repeats:
        return Message(code="reason.reporting.no_repeats", parameters={"n": repeats.n_incidents})
    if repeats.are_records:
        known = {"n": repeats.n_repeats, "n_same": repeats.n_at_same_time}
        return Message(code="reason.reporting.records", parameters=known)
    if not has_end:
        return Message(code="reason.reporting.no_ends", parameters={"n": repeats.n_incidents})
    return None
