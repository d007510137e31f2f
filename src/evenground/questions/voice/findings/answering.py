"""Voice's answer: when people were asked, what was open then, what came of it, who took part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.protocol import Answer, Case
from evenground.questions.voice.context import Context, context_of
from evenground.questions.voice.findings.counted import count_of_votes
from evenground.questions.voice.findings.inputs import inputs
from evenground.questions.voice.findings.levels import levels
from evenground.questions.voice.findings.located import located
from evenground.questions.voice.findings.opinions import opinions
from evenground.questions.voice.findings.origins import origins
from evenground.questions.voice.findings.panel import panel
from evenground.questions.voice.findings.planned import planned
from evenground.questions.voice.findings.room import room
from evenground.questions.voice.findings.telling import share_words
from evenground.questions.voice.findings.times_asked import times_asked
from evenground.questions.voice.findings.timing import AUDIT, timing, verdict_of
from evenground.questions.voice.findings.who import who
from evenground.questions.voice.measures.timing.choices_open import State
from evenground.questions.voice.tables import NEEDS

if TYPE_CHECKING:
    import pyarrow as pa

Topic = Callable[[Context], list[Finding]]

TOPICS: tuple[Topic, ...] = (
    room, timing, levels, inputs, origins, planned, who, located, count_of_votes, opinions, panel
)  # fmt: skip
"""What Voice tells of, in reading order; each topic returns nothing where there is nothing."""


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    context = context_of(tables, case)
    findings = tuple(finding for topic in TOPICS for finding in topic(context))
    missing = () if context.log.events else tuple(need for need in NEEDS if not need.optional)
    return Answer(headline=_headline(context), findings=findings, unmet=missing)


def _headline(context: Context) -> Finding:
    if not context.log.events:
        return _without_log(context, "headline.none")
    if not context.asked:
        return _without_log(context, "headline.nobody_asked")
    first = context.asked[0]
    verdict = verdict_of(first)
    return Finding(
        code=f"headline.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            day=first.step.opened,
            n_made=first.choices.count(State.MADE),
            of=len(first.choices.choices),
            committed=share_words(first.committed.low, first.committed.high),
        ),
        tables=(times_asked(context.asked),),
        sources=context.sources("events", "cost_lines"),
        method=AUDIT,
        claims=("M28", "M31"),
    )


def _without_log(context: Context, code: str) -> Finding:
    return Finding(
        code=code,
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(n=len(context.log.events)),
        sources=context.sources("events"),
        claims=("M28", "M31"),
        asks=(
            Ask(
                to=context.body(),
                what=Message(code="ask.log", parameters=context.known()),
                unlocks=Message(code="ask.log.unlocks"),
                by=context.case.initiative.decision.ask_by,
            ),
        ),
    )
