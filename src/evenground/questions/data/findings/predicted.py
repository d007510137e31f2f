"""Where a model decides: how its errors fall on groups, and who made it, for what."""

from __future__ import annotations

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.datasheet.model import Model
from evenground.questions.data.findings.amounts import amounts
from evenground.questions.data.findings.chances import chances
from evenground.questions.data.findings.groups import (
    MORE_UNTOLD,
    column_of,
    few,
    named_group,
    table_by_group,
)
from evenground.questions.data.measures.predictions.decisions import Decisions
from evenground.questions.data.measures.predictions.error_rates import (
    GroupRate,
    RateDifference,
    error_rates,
)
from evenground.questions.data.measures.predictions.fairness_conflicts import fairness_conflicts
from evenground.questions.data.predicting import SHOWN, Judged

METHOD = Method(
    name=N_("Error rates by group, with exact limits"),
    formula=N_(
        "wrongly said to come: FP / (FP + TN); wrongly said not to come: FN / (FN + TP); "
        "Clopper and Pearson's limits, differences by Newcombe, for all groups together"
    ),
    literature=(
        "Chouldechova 2017, Big Data 5(2), 153–163",
        "Newcombe 1998, Statistics in Medicine 17, 873–890",
    ),
)
MADE = Method(
    name=N_("What the datasheet says of who made the model, in its own words"),
    literature=("Mitchell et al. 2019, FAT* 2019, 220–229",),
)
UNEQUAL, NOT_TOLD_APART = Verdict("errors_differ"), Verdict("errors_not_told_apart")


def predicted(context: Context) -> list[Finding]:
    """Return findings for each dataset that carries predictions and what came, or names a model."""
    found: list[Finding] = []
    for audit in context.audits:
        for judged in audit.judged:
            if judged.decisions is not None:
                found.append(_errors(context, audit, judged, judged.decisions))
            found.extend(chances(context, audit, judged))
            found.extend(amounts(context, audit, judged))
        found.extend(_made(context, audit, model) for model in audit.datasheet.models)
    return found


def _errors(context: Context, audit: DatasetAudit, judged: Judged, given: Decisions) -> Finding:
    level = context.confidence
    rates = error_rates(given, confidence=level)
    verdict = UNEQUAL if judged.apart else NOT_TOLD_APART
    differences = few([_said(one, rates) for one in judged.apart])
    conflicts = fairness_conflicts(given, confidence=level)
    return Finding(
        code=f"predicted.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            title=audit.title, by=column_of(audit, judged), differences=differences
        ),
        estimates=tuple(
            _estimate(rates[name], row) for name in SHOWN for row in range(len(given.groups))
            if rates[name].n[row]
        ),
        tables=(_table(audit, judged, rates, given),),
        caveats=(
            *few(
                [
                    message
                    for name in SHOWN
                    for row in range(len(given.groups))
                    if (message := rates[name].reason(row)) is not None
                ],
                MORE_UNTOLD,
            ),
            *((Message(code="caveat.fairness"),) if conflicts.differ else ()),
        ),
        sources=audit.sources,
        method=METHOD,
        claims=("M24",),
    )  # fmt: skip


def _said(one: RateDifference, rates: dict[str, GroupRate]) -> Message:
    rate = rates[one.rate]
    return Message(
        code=f"error.{one.rate}",
        parameters={
            "group": named_group(one.group),
            "reference": named_group(one.reference),
            "here": _estimate(rate, rate.groups.index(one.group)),
            "there": _estimate(rate, rate.groups.index(one.reference)),
        },
    )


def _estimate(rate: GroupRate, row: int) -> Estimate:
    return Estimate.estimated(
        rate.name,
        float(rate.value[row]),
        interval=(float(rate.low[row]), float(rate.high[row]), rate.confidence),
        unit="share",
        about=rate.groups[row],
    )


def _table(
    audit: DatasetAudit, judged: Judged, rates: dict[str, GroupRate], given: Decisions
) -> Table:
    shown = ("base_rate", "selection_rate", *SHOWN)
    rows: tuple[tuple[Parameter, ...], ...] = tuple(
        (
            named_group(group),
            int(given.n_rows[row]),
            *(_estimate(rates[name], row) if rates[name].n[row] else None for name in shown),
        )
        for row, group in enumerate(given.groups)
    )
    return table_by_group("errors", audit, judged, columns=("group", "n_cases", *shown), rows=rows)


def _made(context: Context, audit: DatasetAudit, model: Model) -> Finding:
    told = {
        name: str(getattr(model, name))
        for name in ("made_by", "made_for", "paid_by", "trained_on")
        if getattr(model, name)
    }
    return Finding(
        code="model.stated" if told else "model.not_stated",
        verdict=Verdict("stated") if told else Verdict("not_stated"),
        parameters=context.known(
            title=audit.title,
            model=model.name,
            said=tuple(
                Message(code=f"model.{name}", parameters={"words": words.rstrip(".")})
                for name, words in told.items()
            ),
        ),
        sources=audit.sources,
        method=MADE,
        claims=("M24", "M35"),
    )
