"""Where a model gives chances: whether they mean what they say, group by group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.findings.groups import (
    MORE_UNTOLD,
    column_of,
    few,
    named_group,
    table_by_group,
)
from evenground.questions.data.measures.predictions.calibration_slope import CalibrationSlope
from evenground.questions.data.measures.predictions.group_calibration import GroupCalibration
from evenground.questions.data.predicting import Judged

METHOD = Method(
    name=N_("Calibration by group: predicted chances beside the share that came"),
    formula=N_(
        "the same bins of chances for all groups, Clopper and Pearson's limits for all bins and "
        "groups together; logit(came) = a + b × logit(said)"
    ),
    literature=(
        "Murphy 1973, Journal of Applied Meteorology 12, 595–600",
        "Cox 1958, Biometrika 45, 562–565",
        "Van Calster et al. 2019, BMC Medicine 17, 230",
    ),
)
MISLEAD, NOT_TOLD = Verdict("chances_mislead"), Verdict("chances_not_told_to_mislead")


def chances(context: Context, audit: DatasetAudit, judged: Judged) -> Iterator[Finding]:
    """Yield a finding where chances or other figures were predicted of what came or did not."""
    if not judged.calibration:
        return
    other = any(isinstance(one.brier, CannotTell) for one in judged.calibration)
    verdict = Verdict.CANNOT_TELL if other else MISLEAD if judged.misled else NOT_TOLD
    yield Finding(
        code="calibration.no_chances" if other else f"calibration.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            title=audit.title,
            by=column_of(audit, judged),
            groups=few(_said(one) for one in judged.misled),
        ),
        estimates=tuple(_estimates(judged)),
        tables=(_table(audit, judged),),
        caveats=few(_untold(judged), MORE_UNTOLD),
        sources=audit.sources,
        method=METHOD,
        claims=("M24",),
    )


def _said(one: GroupCalibration) -> Message:
    """Say of a group where its chances are farthest from what came, beyond what chance allows."""
    found = one.reliability
    off = np.where(found.departs, np.abs(found.mean_score - found.observed), -1.0)
    at = int(off.argmax())
    return Message(
        code="calibration.group",
        parameters={
            "group": named_group(one.group),
            "said": float(found.mean_score[at]),
            "came": _came(one, at),
        },
    )


def _came(one: GroupCalibration, at: int) -> Estimate:
    found = one.reliability
    return Estimate.estimated(
        "came",
        float(found.observed[at]),
        interval=(float(found.low[at]), float(found.high[at]), found.confidence),
        unit="share",
        about=one.group,
    )


def _estimates(judged: Judged) -> Iterator[Estimate]:
    for one in judged.calibration:
        if not isinstance(one.brier, CannotTell):
            yield Estimate.exact("brier_score", one.brier.score, unit="number", about=one.group)
        if isinstance(one.slope, CalibrationSlope):
            yield from _line(one.slope, one.group)


def _line(found: CalibrationSlope, group: str) -> Iterator[Estimate]:
    ends = {
        "calibration_intercept": (
            found.intercept, found.intercept_low, found.intercept_high,
        ),
        "calibration_slope": (found.slope, found.slope_low, found.slope_high),
    }  # fmt: skip
    for name, (value, low, high) in ends.items():
        yield Estimate.estimated(
            name, value, interval=(low, high, found.confidence), unit="number", about=group
        )


def _untold(judged: Judged) -> Iterator[Message]:
    for one in judged.calibration:
        if isinstance(one.slope, CannotTell) and not isinstance(one.brier, CannotTell):
            known = {"group": named_group(one.group), "reason": one.slope.reason}
            yield Message(code="caveat.calibration_slope", parameters=known)


def _table(audit: DatasetAudit, judged: Judged) -> Table:
    rows: tuple[tuple[Parameter, ...], ...] = tuple(
        (
            named_group(one.group),
            round(float(one.reliability.mean_score[at]), 4),
            int(one.reliability.n[at]),
            _came(one, int(at)),
        )
        for one in judged.calibration
        for at in np.flatnonzero(one.reliability.n)
    )
    return table_by_group(
        "calibration", audit, judged, columns=("group", "said", "n_cases", "came"), rows=rows
    )
