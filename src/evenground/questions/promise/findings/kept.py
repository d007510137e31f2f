"""Promises of a cost, a date or something built: what was measured beside what was promised."""

from __future__ import annotations

from evenground.evidence import Estimate, Finding, Method, Verdict
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.reference_class.delivered_share import (
    delivered_shares,
    overrun_ratios,
)
from evenground.questions.promise.stated import Promise, quoted

KEPT, NOT_KEPT, NOT_MEASURED = Verdict("kept"), Verdict("not_kept"), Verdict("not_measured")
BESIDE = Method(
    name="Measured divided by promised",
    literature=("Flyvbjerg 2008, European Planning Studies 16, 3–21",),
)
_RATIOS = ("cost", "time")


def kept(context: Context) -> list[Finding]:
    """Return a finding for each promise of a cost, a date or an output with a number."""
    return [
        _kept(context, promise)
        for promise in context.promises
        if promise.kind in (*_RATIOS, "output") and promise.change.target is not None
    ]


def _kept(context: Context, promise: Promise) -> Finding:
    measured = _measured(context, promise)
    target = promise.change.target or 0.0
    known = context.known(words=quoted(promise), promised=target, unit=promise.unit)
    if measured is None:
        return Finding(
            code="kept.not_measured",
            verdict=NOT_MEASURED,
            parameters=known,
            sources=context.sources("promises", "outcomes"),
            claims=("M8", "M22"),
        )
    period, value = measured
    less = promise.change.direction == "less" or promise.kind in _RATIOS
    held = value <= target if less else value >= target
    estimates = [
        Estimate.exact("promised_value", target, unit=promise.unit),
        Estimate.exact("measured_value", value, unit=promise.unit),
        *_share(promise, target, value),
    ]
    verdict = KEPT if held else NOT_KEPT
    return Finding(
        code=f"kept.{verdict.code}",
        verdict=verdict,
        parameters={**known, "measured": value, "period": period},
        estimates=tuple(estimates),
        sources=context.sources("promises", "outcomes"),
        method=BESIDE,
        claims=("M8", "M9"),
    )


def _share(promise: Promise, target: float, value: float) -> list[Estimate]:
    """Return how far over (of costs and times), or how much came (of what was to be built)."""
    if promise.kind in _RATIOS:
        if target <= 0 or value < 0:
            return []
        ratio = float(overrun_ratios([target], [value])[0])
        return [Estimate.exact("of_promised", ratio, unit="ratio")]
    baseline = promise.number("baseline")
    share = delivered_shares(
        [target],
        [value],
        baseline=None if baseline is None else [baseline],
        less=[promise.change.direction == "less"],
    )
    came = float(share[0])
    return [Estimate.exact("delivered_exactly", came, unit="share")] if came == came else []  # noqa: PLR0124 - nan


def _measured(context: Context, promise: Promise) -> tuple[str, float] | None:
    """Return the last measured value by the date promised, added up over units."""
    import pyarrow.compute as pc

    table = context.tables.get("outcomes")
    indicator = promise.row.get("indicator")
    if table is None or not indicator:
        return None
    rows = table.filter(pc.call_function("equal", [table["indicator"], indicator])).to_pylist()
    due = promise.due.isoformat() if promise.due else ""
    told = [
        row
        for row in rows
        if row["value"] is not None
        and not row.get("group")
        and (not due or row["period"] <= due[: len(row["period"])])
    ]
    if not told:
        return None
    last = max(row["period"] for row in told)
    return last, sum(row["value"] for row in told if row["period"] == last)
