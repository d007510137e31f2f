"""Data's answer: a headline on what the datasets can carry, then what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.protocol import Answer, Case
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.auditing import context_of
from evenground.questions.data.context import Context
from evenground.questions.data.findings.carrying import (
    CARRIES,
    DIFFERS,
    DOES_NOT_CARRY,
    METHOD,
    carrying,
    reasons,
    verdict_to_decide,
)
from evenground.questions.data.findings.faults import faults
from evenground.questions.data.findings.held import held
from evenground.questions.data.findings.made import made
from evenground.questions.data.findings.people import people
from evenground.questions.data.findings.watched import watched
from evenground.questions.data.tables import NEEDS

if TYPE_CHECKING:
    import pyarrow as pa

IN_HEADLINE = 2
"""A headline names so many reasons."""


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    context = context_of(tables, case)
    findings = (
        *carrying(context),
        *faults(context),
        *held(context),
        *made(context),
        *people(context),
        *watched(context),
    )
    missing = () if context.audits else tuple(need for need in NEEDS if not need.optional)
    return Answer(headline=_headline(context), findings=findings, unmet=missing)


def _headline(context: Context) -> Finding:
    verdict = _verdict(context.audits)
    absent = (
        (Message(code="caveat.absent", parameters={"titles": context.absent}),)
        if context.absent and context.audits
        else ()
    )
    if not context.audits:
        return _nothing(context)
    one = context.audits[0]
    parts = tuple(
        Message(code=f"clause.{verdict.code}", parameters={"n": len(titles), "titles": titles})
        for verdict in (DOES_NOT_CARRY, Verdict.CANNOT_TELL, CARRIES)
        if (titles := _titled(context.audits, verdict))
    )
    known = context.known(
        title=one.title,
        because=reasons(one.verdicts["decide"].because, most=IN_HEADLINE),
        parts=parts,
    )
    alone = len(context.audits) == 1
    return Finding(
        code=f"headline.one.{verdict.code}" if alone else "headline.many",
        verdict=verdict,
        parameters=known,
        caveats=absent,
        sources=tuple(dict.fromkeys(s for audit in context.audits for s in audit.sources)),
        method=METHOD,
        claims=("M14", "M23"),
        asks=tuple(_ask_for_file(context, title) for title in context.absent),
    )


def _verdict(audits: Sequence[DatasetAudit]) -> Verdict:
    verdicts = {verdict_to_decide(audit) for audit in audits}
    if not verdicts:
        return Verdict.CANNOT_TELL
    return verdicts.pop() if len(verdicts) == 1 else DIFFERS


def _titled(audits: Sequence[DatasetAudit], verdict: Verdict) -> tuple[str, ...]:
    return tuple(f"“{one.title}”" for one in audits if verdict_to_decide(one) == verdict)


def _nothing(context: Context) -> Finding:
    """Say that there is nothing to audit: no dataset is listed, or none was at hand."""
    asks = tuple(_ask_for_file(context, title) for title in context.absent) or (_ask(context),)
    return Finding(
        code="headline.absent" if context.absent else "headline.none",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(titles=context.absent),
        claims=("M14", "M23"),
        asks=asks,
    )


def _ask(context: Context) -> Ask:
    return Ask(
        to=Message(code="to.city"),
        what=Message(code="ask.datasets", parameters=context.known()),
        unlocks=Message(code="ask.datasets.unlocks", parameters=context.known()),
        by=context.case.initiative.decision.ask_by,
    )


def _ask_for_file(context: Context, title: str) -> Ask:
    return Ask(
        to=Message(code="to.city"),
        what=Message(code="ask.file", parameters={"title": title}),
        unlocks=Message(code="ask.file.unlocks", parameters={"title": title}),
        by=context.case.initiative.decision.ask_by,
    )
