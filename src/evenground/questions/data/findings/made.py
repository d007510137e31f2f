"""Who makes each dataset, for whom, who gains by it, and who is not in it."""

from __future__ import annotations

from evenground.evidence import Ask, Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context

METHOD = Method(
    name=N_("What the datasheet says of who makes the data, in its own words"),
    literature=(
        "Gebru et al. 2021, Communications of the ACM 64(12), 86–92",
        "Kitchin & Lauriault 2018, in: Thatcher et al., Thinking Big Data in Geography, 3–20",
    ),
)
STATED, PARTLY, NOT_STATED = Verdict("stated"), Verdict("partly_stated"), Verdict("not_stated")
ASKED = ("producer", "made_for", "for_whom", "who_profits", "not_in_it")
"""What an assemblage is told by: fields of the datasheet."""


def made(context: Context) -> list[Finding]:
    """Return a finding for each dataset that was audited."""
    return [_finding(context, audit) for audit in context.audits]


def _finding(context: Context, audit: DatasetAudit) -> Finding:
    sheet = audit.datasheet
    told = {name: str(getattr(sheet, name)) for name in ASKED}
    blank = [name for name, words in told.items() if not words]
    verdict = NOT_STATED if len(blank) == len(ASKED) else PARTLY if blank else STATED
    said = tuple(
        Message(code=f"made.{name}", parameters={"words": words.rstrip(".")})
        for name, words in told.items()
        if words
    )
    known = context.known(
        title=audit.title,
        said=said,
        blank=tuple(Message(code=f"made.{name}.name") for name in blank),
    )
    caveats = [
        *((Message(code="made.residents"),) if sheet.made_by_residents else ()),
        *(
            (Message(code="made.conditions", parameters={"words": sheet.conditions.rstrip(".")}),)
            if sheet.conditions
            else ()
        ),
    ]
    return Finding(
        code=f"made.{verdict.code}",
        verdict=verdict,
        parameters=known,
        caveats=tuple(caveats),
        sources=audit.sources,
        method=METHOD,
        claims=("M14", "M15", "M18"),
        asks=(_ask(context, audit),) if blank else (),
    )


def _ask(context: Context, audit: DatasetAudit) -> Ask:
    named = bool(audit.datasheet.producer)
    return Ask(
        to=Message(
            code="to.producer" if named else "to.producer_unknown",
            parameters={"name": audit.datasheet.producer},
        ),
        what=Message(code="ask.made", parameters={"title": audit.title}),
        unlocks=Message(code="ask.made.unlocks", parameters={"title": audit.title}),
        by=context.case.initiative.decision.ask_by,
    )
