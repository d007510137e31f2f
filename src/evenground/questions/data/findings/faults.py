"""What was looked for in each dataset and found, with its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.exposing import CHECKS as OF_EXPOSURE
from evenground.questions.data.measures.checks import Check, Status
from evenground.questions.data.predicting import CHECKS as OF_PREDICTIONS

METHOD = Method(
    name=N_("Every row in its order, sensor by sensor, held against one definition per fault"),
    formula=N_("the definitions stand beside the counts"),
    literature=("Campbell et al. 2013, BioScience 63(7), 574–585",),
)
FAULTS, NO_FAULTS = Verdict("faults"), Verdict("no_faults")
COUNTED = frozenset(
    {
        "rows", "readings", "runs", "gaps", "sensors", "columns", "cells", "categories", "changes",
        "stretches", "shifts", "pairs", "sites", "groups",
        "people",
    }
)  # fmt: skip
MOST_NAMED = 4
TOLD_ELSEWHERE = frozenset((*OF_EXPOSURE, *OF_PREDICTIONS))
"""Checks that have findings of their own."""


def faults(context: Context) -> list[Finding]:
    """Return a finding for each dataset that was audited."""
    return [_finding(context, audit) for audit in context.audits]


def _finding(context: Context, audit: DatasetAudit) -> Finding:
    found, unknown = (
        [one for one in some if one.name not in TOLD_ELSEWHERE]
        for some in (audit.found(), audit.not_established())
    )
    verdict = FAULTS if found else NO_FAULTS
    named = tuple(
        Message(code="fault.counted", parameters={"name": label(one), "count": counted(one)})
        for one in found[:MOST_NAMED]
    )
    more = len(found) - len(named)
    rest = (Message(code="fault.more", parameters={"n": more}),) if more > 0 else ()
    known = context.known(
        title=audit.title, faults=(*named, *rest), rows=audit.n_rows,
        n_checks=len(_told_here(audit)) - len(unknown), n_open=len(unknown),
    )  # fmt: skip
    return Finding(
        code=f"faults.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=tuple(
            Estimate.exact("found", one.count, unit=one.unit, about=f"wording:check.{one.name}")
            for one in found
            if one.count is not None
        ),
        tables=(fault_table(audit),),
        figures=audit.figures,
        caveats=(*(note for one in found for note in one.notes), *_not_looked_for(unknown)),
        sources=audit.sources,
        method=METHOD,
        claims=("M23",),
    )  # fmt: skip


def _told_here(audit: DatasetAudit) -> list[Check]:
    return [one for name, one in audit.checks.items() if name not in TOLD_ELSEWHERE]


def _not_looked_for(unknown: Iterable[Check]) -> Iterator[Message]:
    for one in unknown:
        if one.reason is not None:
            known = {"name": label(one), "reason": one.reason}
            yield Message(code="caveat.not_looked_for", parameters=known)


def fault_table(audit: DatasetAudit) -> Table:
    """Return one row a check: those that found something first, in their order."""
    order = (Status.FOUND, Status.NOT_ESTABLISHED, Status.NONE)
    checks = sorted(_told_here(audit), key=lambda one: order.index(one.status))
    return Table(
        key=f"faults_{audit.key}",
        columns=("check", "count", "counted"),
        rows=tuple(_row(one) for one in checks),
        title=Message(code="table.faults", parameters={"title": audit.title}),
    )


def _row(one: Check) -> tuple[Parameter, ...]:
    reason = one.reason if one.status is Status.NOT_ESTABLISHED and one.reason else one.definition
    return (label(one), counted(one), reason)


def label(one: Check) -> Message:
    """Return what a check looks for, in words."""
    return Message(code=f"check.{one.name}")


def counted(one: Check) -> Message:
    """Return how often it was found, in words."""
    if one.count is None:
        return Message(code="count.not_established")
    unit = one.unit if one.unit in COUNTED else "other"
    return Message(code=f"count.{unit}", parameters={"n": one.count})
