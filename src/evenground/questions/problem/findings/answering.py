"""Problem's answer: a headline on need, units and cause, then what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.frame.naming import pair_names
from evenground.protocol import Answer, Case, Need
from evenground.questions.problem.basic_services import basic_services
from evenground.questions.problem.context import Context, context_of
from evenground.questions.problem.findings.cause import causes
from evenground.questions.problem.findings.combined import combined, top_need
from evenground.questions.problem.findings.fabric import fabric
from evenground.questions.problem.findings.fit import fit, fit_of, parameters, verdict_of
from evenground.questions.problem.findings.heard import heard
from evenground.questions.problem.findings.money import money
from evenground.questions.problem.findings.need import METHOD, Told, needs, told_needs
from evenground.questions.problem.findings.provision import provision
from evenground.questions.problem.findings.record import record
from evenground.questions.problem.findings.served import overlap, served_of
from evenground.questions.problem.findings.stated import ask_for_problem, stated
from evenground.questions.problem.indicators import needs_only, rows_of
from evenground.questions.problem.tables import NEEDS

if TYPE_CHECKING:
    import pyarrow as pa


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    context = context_of(tables, case)
    told = told_needs(context)
    top = top_need(context)
    found = fit_of(context, top)
    served = served_of(context)
    services = basic_services(context)
    cause = causes(context)
    findings = (
        *stated(context),
        *needs(context, told),
        *combined(context, top),
        *fit(context, top, found),
        *provision(context, served),
        *overlap(context, served),
        *cause,
        *heard(context),
        *fabric(context, services),
        *money(context, services, served),
        *record(context),
    )
    unmet = _unmet(context)
    parts: dict[str, Any] = {
        "need": Message(code="clause.none"),
        "fit": Message(code="clause.none"),
    }
    if told:
        parts["need"] = _need_clause(context, told[0])
    verdict = told[0].verdict if told else Verdict.CANNOT_TELL
    known = _names(told)
    if top is not None and found is not None:
        fitting = parameters(context, top, found)
        if told and top.by == (told[0].indicator,):
            fitting["need"] = Message(code="need_by.same")
        parts["fit"] = Message(code=f"clause.fit.{verdict_of(found).code}", parameters=fitting)
        verdict = verdict if told else verdict_of(found)
    return Answer(
        headline=_headline(context, (verdict, {**parts, **known}), cause, unmet),
        findings=findings,
        unmet=unmet,
    )


def _headline(
    context: Context,
    said: tuple[Verdict, dict[str, Any]],
    cause: Sequence[Finding],
    unmet: Sequence[Need],
) -> Finding:
    verdict, parts = said
    problems = context.case.initiative.problems
    asks = tuple(_asks(context, unmet))
    acts = _cause_clause(cause)
    if not problems:
        return Finding(
            code="headline.nobody",
            verdict=Verdict.CANNOT_TELL,
            parameters=context.known(**parts),
            asks=(ask_for_problem(context), *asks),
            claims=("M2", "M27"),
        )
    told = verdict != Verdict.CANNOT_TELL
    return Finding(
        code="headline.measured" if told else f"headline.{_why_not(context)}",
        verdict=verdict,
        parameters=context.known(**parts, acts=acts, by=_by(context)),
        caveats=_not_there(context) if told else (),
        asks=asks if told or asks else (_ask_for_figure(context),),
        sources=context.sources("indicators", "population", "sites", "links"),
        method=METHOD if told else None,
        claims=("M2", "M20", "M27"),
        bears_on=context.bears_on,
    )


def _names(told: Sequence[Told]) -> dict[str, Any]:
    """Return what the verdict names: the need, and where it is compared."""
    if not told:
        return {}
    first = told[0]
    return {**pair_names(first.grouping, first.pair), "name": first.indicator.name}


def _by(context: Context) -> Message:
    parties = {one.by for one in context.case.initiative.problems}
    who = "both" if len(parties) > 1 else parties.pop()
    return Message(code=f"stated_by.{who}")


def _why_not(context: Context) -> str:
    """Say why a stated problem has no figures: none is named, or the named one is not there."""
    if _has_values(context) and not context.people.any():
        return "no_people"
    if context.indicators:
        return "not_by_group"
    return "not_there" if _stated(context) else "no_figure"


def _stated(context: Context) -> list[str]:
    """Return the indicators that are named in stating the problem, each once."""
    named = [one.indicator for one in context.case.initiative.problems if one.indicator]
    return list(dict.fromkeys(named))


def _has_values(context: Context) -> bool:
    """Tell whether a named or listed need has values, whether or not they could be laid out."""
    listed = [row["indicator"] for row in rows_of(context.tables.get("needs"))]
    rows = rows_of(needs_only(context.tables.get("indicators")))
    wanted = {*_stated(context), *listed}
    return any(row["indicator"] in wanted and row["value"] is not None for row in rows)


def _not_there(context: Context) -> tuple[Message, ...]:
    """Name the figures that would show the stated problem and are not among the city's data."""
    there = {one.key for one in context.indicators}
    names = [name.replace("_", " ") for name in _stated(context) if name not in there]
    if not names:
        return ()
    return (Message(code="caveat.figure_not_there", parameters={"names": names}),)


def _need_clause(context: Context, first: Told) -> Message:
    known = context.known(**pair_names(first.grouping, first.pair), name=first.indicator.name)
    return Message(code=f"clause.need.{first.verdict.code}", parameters=known)


def _cause_clause(cause: Sequence[Finding]) -> Message:
    if not cause:
        return Message(code="clause.none")
    first = cause[0]
    return Message(code=f"clause.cause.{first.verdict.code}", parameters=first.parameters)


def _unmet(context: Context) -> tuple[Need, ...]:
    missing = {
        "areas": context.frame is None,
        "population": context.frame is None or context.frame.people is None,
        "indicators": not _has_values(context) and _names_one(context),
    }
    return tuple(need for need in NEEDS if missing.get(need.table))


def _names_one(context: Context) -> bool:
    """Tell whether an indicator is named that is not there, or there is no indicator at all."""
    listed = bool(rows_of(context.tables.get("needs")))
    return bool(_stated(context)) or listed or "indicators" not in context.tables


def _asks(context: Context, unmet: Sequence[Need]) -> list[Ask]:
    by = context.case.initiative.decision.ask_by
    return [
        Ask(
            to=Message(code="to.statistics"),
            what=Message(code=f"ask.{need.table}", parameters=context.known()),
            unlocks=Message(code=f"ask.{need.table}.unlocks", parameters=context.known()),
            by=by,
        )
        for need in unmet
    ]


def _ask_for_figure(context: Context) -> Ask:
    return Ask(
        to=Message(code="to.city"),
        what=Message(code="ask.figure", parameters=context.known()),
        unlocks=Message(code="ask.figure.unlocks", parameters=context.known()),
        by=context.case.initiative.decision.ask_by,
    )
