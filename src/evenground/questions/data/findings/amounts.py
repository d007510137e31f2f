"""Where a model gives amounts: how far off they are, and for whom they lean one way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.findings.groups import (
    MORE_UNTOLD,
    column_of,
    few,
    named_group,
    table_by_group,
)
from evenground.questions.data.measures.predictions.regression_errors import GroupErrors
from evenground.questions.data.predicting import Judged

METHOD = Method(
    name=N_("Errors of predicted amounts by group"),
    formula=N_(
        "bias: mean of prediction − outcome; mean absolute error: mean of |prediction − outcome|; "
        "intervals by resampling rows within each group"
    ),
    literature=(
        "Efron 1979, Annals of Statistics 7, 1–26",
        "Hesterberg 2015, The American Statistician 69, 371–386",
    ),
)
LEAN, NOT_TOLD = Verdict("amounts_lean"), Verdict("amounts_not_told_to_lean")
NAMES = ("prediction_bias", "mean_absolute_error")


def amounts(context: Context, audit: DatasetAudit, judged: Judged) -> Iterator[Finding]:
    """Yield a finding where amounts were predicted."""
    found, leans = judged.amounts, judged.leans
    if found is None or leans is None:
        return
    verdict = LEAN if leans.any() else NOT_TOLD
    yield Finding(
        code=f"amounts.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            title=audit.title,
            by=column_of(audit, judged),
            groups=few(_said(found, int(row)) for row in np.flatnonzero(leans)),
        ),
        estimates=tuple(
            _estimate(found, row, name)
            for name in NAMES
            for row in np.flatnonzero(found.is_enough).tolist()
        ),
        tables=(_table(audit, judged, found),),
        caveats=few(
            [
                message
                for row in range(len(found.groups))
                if (message := found.reason(row)) is not None
            ],
            MORE_UNTOLD,
        ),
        sources=audit.sources,
        method=METHOD,
        claims=("M24",),
    )


def _said(found: GroupErrors, row: int) -> Message:
    bias = float(found.bias[row])
    return Message(
        code="amount.too_high" if bias > 0 else "amount.too_low",
        parameters={"group": named_group(found.groups[row]), "off": abs(bias)},
    )


def _estimate(found: GroupErrors, row: int, name: str) -> Estimate:
    value, low, high = (
        (found.bias, found.bias_low, found.bias_high)
        if name == NAMES[0]
        else (found.mean_absolute_error, found.error_low, found.error_high)
    )
    return Estimate.estimated(
        name,
        float(value[row]),
        interval=(float(low[row]), float(high[row]), found.confidence),
        unit="number",
        about=found.groups[row],
    )


def _table(audit: DatasetAudit, judged: Judged, found: GroupErrors) -> Table:
    rows: tuple[tuple[Parameter, ...], ...] = tuple(
        (
            named_group(group),
            int(found.n[row]),
            *(_estimate(found, row, name) if found.is_enough[row] else None for name in NAMES),
        )
        for row, group in enumerate(found.groups)
    )
    return table_by_group("amounts", audit, judged, columns=("group", "n_cases", *NAMES), rows=rows)
