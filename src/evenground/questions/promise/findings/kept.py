"""Promises of a cost, a date or something built: what was measured beside what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.questions.promise.context import Context
from evenground.questions.promise.findings.came import OF_THE_PROMISE
from evenground.questions.promise.findings.withheld import withheld
from evenground.questions.promise.measures.reference_class.delivered_share import (
    delivered_shares,
    overrun_ratios,
)
from evenground.questions.promise.panels import rows_of_indicator
from evenground.questions.promise.stated import Promise, quoted

KEPT, NOT_KEPT, NOT_MEASURED, DEPENDS = (
    Verdict("kept"),
    Verdict("not_kept"),
    Verdict("not_measured"),
    Verdict("depends_on_who_counts"),
)
BESIDE = Method(
    name="Measured divided by promised; no count is preferred and none is averaged",
    literature=("Flyvbjerg 2008, European Planning Studies 16, 3–21",),
)
_RATIOS = ("cost", "time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What one source counted, added up over units, and whether that was by the promised day."""

    period: str
    source: str
    value: float
    in_time: bool


def kept(context: Context) -> list[Finding]:
    """Return a finding for each promise of a cost, a date or an output with a number."""
    return [
        _kept(context, promise, target) if context.may_evaluate else withheld(context, promise)
        for promise in context.promises
        if promise.kind in (*_RATIOS, "output") and (target := _target(promise)) is not None
    ]


def _target(promise: Promise) -> float | None:
    stated = promise.number("target")
    return promise.change.target if stated is None else stated


def _kept(context: Context, promise: Promise, target: float) -> Finding:
    counts = _counts(context, promise)
    by_then = _by_then(counts)
    known = context.known(words=quoted(promise), promised=target, unit=_unit(promise))
    sources = context.sources("promises", "outcomes")
    if not by_then:
        return Finding(
            code="kept.not_measured",
            verdict=NOT_MEASURED,
            parameters=known,
            tables=_table(counts),
            sources=sources,
            claims=("M8", "M22"),
        )
    holds = {_holds(promise, target, one.value) for one in by_then}
    verdict = DEPENDS if len(holds) > 1 else (KEPT if holds.pop() else NOT_KEPT)
    last = by_then[-1]
    return Finding(
        code=f"kept.{verdict.code}",
        verdict=verdict,
        parameters={**known, "measured": last.value, "period": last.period},
        estimates=tuple(_estimates(promise, target, by_then)),
        tables=_table(counts),
        caveats=tuple(_others(counts, by_then)),
        sources=sources,
        method=BESIDE,
        claims=("M8", "M9"),
    )


def _unit(promise: Promise) -> str:
    return promise.unit or promise.row.get("indicator") or promise.kind


def _holds(promise: Promise, target: float, value: float) -> bool:
    fewer = promise.change.direction == "less" or promise.kind in _RATIOS
    return value <= target if fewer else value >= target


def _counts(context: Context, promise: Promise) -> list[Count]:
    """Return what each source counted in each period, in order."""
    due = promise.due.isoformat() if promise.due else ""
    sums: dict[tuple[str, str], float] = {}
    for row in rows_of_indicator(
        context.tables.get("outcomes"), promise.row.get("indicator") or ""
    ):
        if not row["group"]:
            at = (row["period"], row.get("source") or "")
            sums[at] = sums.get(at, 0.0) + row["value"]
    return [
        Count(
            period=period,
            source=source,
            value=value,
            in_time=not due or period <= due[: len(period)],
        )
        for (period, source), value in sorted(sums.items())
    ]


def _by_then(counts: Sequence[Count]) -> list[Count]:
    """Return the last count of each source by the promised day, the latest last."""
    last = {one.source: one for one in counts if one.in_time}
    return sorted(last.values(), key=lambda one: one.period)


def _estimates(promise: Promise, target: float, by_then: Sequence[Count]) -> list[Estimate]:
    made = [Estimate.exact("promised_value", target, unit=_unit(promise))]
    for one in by_then:
        about = one.source if len(by_then) > 1 else ""
        made.append(Estimate.exact("measured_value", one.value, unit=_unit(promise), about=about))
        made += _share(promise, target, one.value, about)
    return made


def _share(promise: Promise, target: float, value: float, about: str) -> list[Estimate]:
    """Return how far over (of costs and times), or how much came (of what was to be built)."""
    if promise.kind in _RATIOS:
        if target <= 0 or value < 0:
            return []
        ratio = float(overrun_ratios([target], [value])[0])
        return [Estimate.exact("of_promised", ratio, unit="ratio", about=about)]
    baseline = promise.number("baseline")
    came = delivered_shares(
        [target],
        [value],
        baseline=None if baseline is None else [baseline],
        less=[promise.change.direction == "less"],
    )
    return [
        Estimate.exact("delivered_exactly", share, unit=OF_THE_PROMISE, about=about)
        for share in came.tolist()
        if not isnan(share)  # it cannot be told
    ]


def _table(counts: Sequence[Count]) -> tuple[Table, ...]:
    if not counts:
        return ()
    rows: tuple[tuple[Parameter, ...], ...] = tuple(
        (
            one.period,
            one.value,
            one.source or Message(code="not_stated"),
            Message(code="holds.yes" if one.in_time else "holds.no"),
        )
        for one in counts
    )
    return (
        Table(
            key="measured",
            columns=("period", "counted_value", "source", "in_time"),
            rows=rows,
            title=Message(code="table.measured"),
        ),
    )


def _others(counts: Sequence[Count], by_then: Sequence[Count]) -> list[Message]:
    """Return the first count afterwards by somebody else who counted less or more."""
    said, values = {one.source for one in by_then}, {one.value for one in by_then}
    later = [one for one in counts if not one.in_time and one.source not in said]
    return [
        Message(
            code="caveat.another_count",
            parameters={"value": one.value, "period": one.period, "source": one.source},
        )
        for one in later[:1]
        if one.source and one.value not in values
    ]
