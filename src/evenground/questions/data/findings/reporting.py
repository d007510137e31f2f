"""Where residents report: how soon they do, by class of areas, told by incidents reported again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.reporting import Incidents, incidents_from_reports
from evenground.methods.reporting_rates import Rates, ReportingRates, reporting_rates
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.plan import REPORTS

if TYPE_CHECKING:
    import pyarrow as pa

METHOD = Method(
    name=N_("Reporting rates from incidents that were reported again"),
    formula=N_("rate = reports after the first / days in which they could come; Garwood's limits"),
    literature=("Liu, Bhandaram & Garg 2024, Nature Computational Science 4, 57–65",),
)
SLOWER, FASTER, LIKE = (
    Verdict("reported_later"),
    Verdict("reported_sooner"),
    Verdict("reported_alike"),
)
DAY = 86_400_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Rates of one grouping, the grouping, and the pair of classes that sentences compare."""

    rates: ReportingRates
    names: tuple[str, ...]
    pair: tuple[int, int]


def reporting(context: Context) -> list[Finding]:
    """Return a finding for each dataset whose rows are residents' reports."""
    found: list[Finding] = []
    for audit in context.audits:
        table = context.tables.get(f"datasets/{audit.key}/{REPORTS}")
        if table is not None and table.num_rows:
            found.append(_finding(context, audit, table))
    return found


def _finding(context: Context, audit: DatasetAudit, reports: pa.Table) -> Finding:
    incidents = _incidents(reports)
    if isinstance(incidents, CannotTell):
        return _unknown(context, audit, incidents.reason)
    grouping = _classes(context)
    if grouping is None:
        return _overall(context, audit, incidents)
    labels = _labels(context, grouping, reports, incidents)
    rates = reporting_rates(
        incidents, labels, n_groups=len(grouping.names), confidence=context.confidence
    )
    if isinstance(rates, CannotTell):
        return _unknown(context, audit, rates.reason)
    pair = grouping.pairs[0]
    return _compared(context, audit, _Told(rates=rates, names=grouping.names, pair=pair))


def _incidents(reports: pa.Table) -> Incidents | CannotTell:
    names = reports["incident"].combine_chunks().dictionary_encode().indices
    ids = np.asarray(names.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    at = _days(reports, "time")
    known = ~np.isnan(at)
    ended = _days(reports, "ended")[known] if "ended" in reports.column_names else None
    if not known.any():
        return CannotTell(reason=Message(code="reason.reporting.no_times"))
    return incidents_from_reports(ids[known], at[known], ended_at=ended, until=float(np.nanmax(at)))


def _days(reports: pa.Table, column: str) -> NDArray[np.float64]:
    return reports[column].cast("float64").to_numpy() / DAY


def _classes(context: Context) -> Grouping | None:
    """Return the city's first grouping of whole areas."""
    groupings = context.frame.groupings if context.frame else ()
    return next((one for one in groupings if one.classes is not None and one.pairs), None)


def _labels(
    context: Context, grouping: Grouping, reports: pa.Table, incidents: Incidents
) -> NDArray[np.int64]:
    """Return the class of each incident's area; -1 where there is none."""
    if context.frame is None or grouping.classes is None:
        return np.full(incidents.first_row.size, -1, dtype=np.int64)
    of = dict(zip(context.frame.area_ids, grouping.classes.tolist(), strict=True))
    if "area" not in reports.column_names:
        return np.full(incidents.first_row.size, -1, dtype=np.int64)
    known = ~np.isnan(_days(reports, "time"))
    codes = np.array(reports["area"].to_pylist(), dtype=object)[known]
    return np.array([of.get(str(code), -1) for code in codes[incidents.first_row]], np.int64)


def _compared(context: Context, audit: DatasetAudit, told: _Told) -> Finding:
    focus, reference = told.pair
    by = told.rates.by_group
    apart = by.high[focus] < by.low[reference], by.low[focus] > by.high[reference]
    verdict = SLOWER if apart[0] else FASTER if apart[1] else LIKE
    level = context.confidence
    known = context.known(
        title=audit.title,
        focus=told.names[focus],
        reference=told.names[reference],
        slow=_delay(by, focus, level),
        fast=_delay(by, reference, level),
    )
    if not (
        np.isfinite(by.rate[[focus, reference]]).all() and (by.low[[focus, reference]] > 0).all()
    ):
        return _unknown(context, audit, Message(code="reason.reporting.too_few"))
    return Finding(
        code=f"reporting.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=tuple(
            _delay(by, row, level, about=name)
            for row, name in enumerate(told.names)
            if by.low[row] > 0
        ),
        tables=(_table(audit, told),),
        caveats=_caveats(by),
        sources=(*audit.sources, *context.sources("areas", "indicators")),
        method=METHOD,
        claims=("M14", "M18", "M23"),
    )


def _caveats(rates: Rates) -> tuple[Message, ...]:
    """Say what the rates take for granted, and where incidents show that it does not hold."""
    unlike = bool((rates.dispersion > 1).any())
    return (
        Message(code="caveat.reporting"),
        Message(code="caveat.reporting.constant"),
        *((Message(code="caveat.reporting.unlike"),) if unlike else ()),
    )


def _delay(rates: Rates, row: int, level: float, *, about: str = "") -> Estimate:
    ends = (float(rates.delay_low[row]), float(rates.delay_high[row]), level)
    return Estimate.estimated(
        "delay", float(rates.delay[row]), interval=ends, unit="days", about=about
    )


def _table(audit: DatasetAudit, told: _Told) -> Table:
    by = told.rates.by_group
    rows = tuple(
        (
            name, round(float(by.n_incidents[i])), round(float(by.n_more[i])),
            *(round(float(x[i]), 3) for x in (by.rate, by.low, by.high)),
        )
        for i, name in enumerate(told.names)
    )  # fmt: skip
    return Table(
        key=f"reporting_{audit.key}",
        columns=("class", "n_incidents", "n_more", "per_day", "low", "high"),
        rows=rows,
        title=Message(code="table.reporting", parameters={"title": audit.title}),
    )


def _overall(context: Context, audit: DatasetAudit, incidents: Incidents) -> Finding:
    """Tell the rate of all incidents where there is nothing to compare by."""
    everyone = np.zeros(incidents.days.size, dtype=np.int64)
    rates = reporting_rates(incidents, everyone, n_groups=1, confidence=context.confidence)
    if isinstance(rates, CannotTell):
        return _unknown(context, audit, rates.reason)
    delay = _delay(rates.overall, 0, context.confidence)
    return Finding(
        code="reporting.overall",
        verdict=Verdict.DESCRIBED,
        parameters=context.known(title=audit.title, slow=delay),
        estimates=(delay,),
        caveats=_caveats(rates.overall),
        sources=audit.sources,
        method=METHOD,
        claims=("M14", "M23"),
    )


def _unknown(context: Context, audit: DatasetAudit, reason: Message) -> Finding:
    return Finding(
        code="reporting.unknown",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(title=audit.title, reason=reason),
        sources=audit.sources,
        claims=("M14", "M18"),
        would_change=(Message(code="change.reporting"),),
    )
