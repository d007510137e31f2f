"""What page one says about gaps: ways not considered, what to ask, what no figure holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from evenground.dossier import FirstScreen, ToldAsk
from evenground.evidence import Ask, Message
from evenground.initiative import Initiative, OptionKind
from evenground.protocol import Answer, Question
from evenground.workspace.telling import Teller

MOST_ASKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its answer (``None`` where it was not asked) and who says it."""

    question: Question
    title: str
    answer: Answer | None
    teller: Teller


def first_screen(
    initiative: Initiative,
    tables: Mapping[str, pa.Table],
    answers: Sequence[Asked],
    *,
    teller: Teller,
    left_out: Sequence[Message] = (),
) -> FirstScreen:
    """Gather what page one says from the initiative, the tables and the answers."""
    changes = [
        asked.teller.message(change)
        for asked in answers
        if asked.answer
        for finding in (asked.answer.headline, *asked.answer.findings)
        for change in finding.would_change
    ]
    return FirstScreen(
        no_other_way=tuple(teller.message(message) for message in _ways_missing(initiative)),
        before_you_decide=_before_you_decide(initiative, answers, teller),
        not_measured=tuple(_not_measured(answers, teller)),
        not_in_figures=tuple(teller.message(m) for m in _not_in_figures(tables)),
        disputed_by=tuple(teller.message(m) for m in _disputes(tables)),
        turning_choices=tuple(dict.fromkeys(changes)),
        left_out=tuple(teller.message(message) for message in left_out),
    )


def _ways_missing(initiative: Initiative) -> list[Message]:
    kinds = (OptionKind.AS_TODAY, OptionKind.WITHOUT_NEW_TECHNOLOGY)
    return [
        Message(code=f"no_other_way.{kind.value}")
        for kind in kinds
        if not initiative.options_of(kind)
    ]


def _before_you_decide(
    initiative: Initiative, answers: Sequence[Asked], teller: Teller
) -> tuple[ToldAsk, ...]:
    """List at most five: first what the answers wait for, then blanks of the initiative's sheet."""
    waiting = [
        asked.teller.ask(ask)
        for asked in answers
        if asked.answer
        for finding in (asked.answer.headline, *asked.answer.findings)
        for ask in finding.asks
    ]
    waiting += [teller.ask(ask) for ask in _blanks(initiative)]
    first_by_what: dict[str, ToldAsk] = {}
    for ask in waiting:
        first_by_what.setdefault(ask.what, ask)
    return tuple(first_by_what.values())[:MOST_ASKS]


def _blanks(initiative: Initiative) -> list[Ask]:
    """Return what the initiative's own sheet leaves blank, as questions to those who would know."""
    new = [o for o in initiative.options if o.kind not in _WITHOUT_NEW]
    decided = initiative.decision
    offerer = (
        Message(code="to.offerer", parameters={"name": initiative.offered_by})
        if initiative.offered_by
        else Message(code="to.offerer_unknown")
    )
    body = (
        Message(code="to.body", parameters={"name": decided.body})
        if decided.body
        else Message(code="to.body_unknown")
    )
    no_leaving = any(o.cost_of_leaving is None and not o.leaving for o in new) or not new
    stated_by = {problem.by for problem in initiative.problems}
    blanks = (
        (bool(decided.bound) and initiative.stage.is_ahead, "bound", body),
        (not initiative.problems, "problem", Message(code="to.city")),
        (stated_by == {"city"}, "residents", Message(code="to.residents")),
        (not initiative.options_of(OptionKind.AS_TODAY), "today", Message(code="to.city")),
        (any(not o.cost for o in initiative.options) or not initiative.options, "cost", offerer),
        (
            not initiative.options_of(OptionKind.WITHOUT_NEW_TECHNOLOGY),
            "without",
            Message(code="to.city"),
        ),
        (no_leaving, "leaving", offerer),
        (not decided.open and not decided.bound, "open", body),
    )
    return [
        Ask(
            to=to,
            what=Message(code=f"ask.{key}"),
            unlocks=Message(code=f"ask.{key}.unlocks"),
            by=decided.ask_by,
        )
        for blank, key, to in blanks
        if blank
    ]


_WITHOUT_NEW = (OptionKind.AS_TODAY, OptionKind.WITHOUT_NEW_TECHNOLOGY)


def _not_measured(answers: Sequence[Asked], teller: Teller) -> list[str]:
    told = [
        asked.teller.say(
            "not_measured.unmet",
            {"title": asked.title, "tables": missing_tables(asked.answer, asked.teller)},
        )
        for asked in answers
        if asked.answer and asked.answer.unmet
    ]
    silent = [asked for asked in answers if not asked.answer]
    for code, built in (("not_measured.not_asked", False), ("not_measured.not_chosen", True)):
        titles = [one.title for one in silent if (one.question.answer is not None) is built]
        if titles:
            told.append(teller.say(code, {"titles": titles}))
    return told


def missing_tables(answer: Answer, teller: Teller) -> list[str]:
    """Return the plain names of the tables that an answer lacked."""
    return list(
        dict.fromkeys(
            teller.say(f"table.{need.table}", {})
            if teller.knows(f"table.{need.table}")
            else need.table
            for need in answer.unmet
        )
    )


def _not_in_figures(tables: Mapping[str, pa.Table]) -> list[Message]:
    groups = tables.get("uncounted_groups")
    if groups is None or groups.num_rows == 0:
        return [Message(code="not_in_figures.none_listed")]
    nobody = Message(code="not_in_figures.nobody")
    return [
        Message(
            code="not_in_figures.uncounted",
            parameters={"group": row["group"], "who": row.get("who_knows") or nobody},
        )
        for row in groups.to_pylist()
    ]


def _disputes(tables: Mapping[str, pa.Table]) -> list[Message]:
    objections = tables.get("objections")
    if objections is None:
        return []
    withheld = Message(code="disputed.withheld")
    return [
        Message(
            code="disputed", parameters={"by": row.get("by") or withheld, "words": row["words"]}
        )
        for row in objections.to_pylist()
    ]
