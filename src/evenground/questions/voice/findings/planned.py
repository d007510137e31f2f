"""When to ask whom what before the decision: a plan that fits the hours there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.asked import limits_of, stated_by
from evenground.questions.voice.context import Context
from evenground.questions.voice.logged import Row, number
from evenground.questions.voice.measures.timing.asking_methods import METHODS, AskingMethod
from evenground.questions.voice.measures.timing.asking_plan import (
    Advice,
    AskingPlan,
    Before,
    Fits,
    Planned,
    asking_plan,
)
from evenground.questions.voice.measures.timing.choices_open import State, choices_open
from evenground.questions.voice.measures.timing.committed_share import committed_share
from evenground.questions.voice.measures.timing.level_rules import Level

PLAN = Method(
    name=N_("Counted back from the day of the decision, with hours and days of each way of asking"),
    literature=(
        "R v Brent LBC ex parte Gunning (1985) 84 LGR 168",
        "Involve 2005, The True Costs of Public Participation",
    ),
)


def planned(context: Context) -> list[Finding]:
    """Return when to ask whom what; nothing where the decision is over or has no day."""
    decided_on = context.case.initiative.decision.date
    if decided_on is None or decided_on <= context.case.today:
        return []
    before = before_decision(context)
    own = own_ways(context.rows.get("asking_ways", ()))
    limits = limits_of(context.case)
    found = plan_finding(before, asking_plan(before, methods=own or METHODS, limits=limits))
    sources = context.sources("events", "asking_ways", "initiative")
    return [
        replace(
            found,
            parameters=context.known(**found.parameters),
            # Days and hours that only the declaration says have no table to be traced to.
            estimates=found.estimates if sources else (),
            sources=sources,
        )
    ]


def before_decision(context: Context) -> Before:
    """Return what is known before asking: days, hours, what is open today and what is made."""
    case = context.case
    decision, today = case.initiative.decision, case.today
    stated = stated_by(decision)
    now = choices_open(context.log.events, today, stated=stated)
    listed = set(stated.bound)
    made = [
        one.name for one in now.choices
        if one.state is State.MADE or (one.state is State.UNKNOWN and one.name in listed)
    ]  # fmt: skip
    money = committed_share(context.log.events, today, cost=context.cost)
    return Before(
        today=today,
        decided_on=decision.date or today,
        hours=case.settings.number("asking_hours"),
        open=tuple(one.name for one in now.that_are(State.OPEN)),
        made=tuple(made),
        committed_high=money.high,
    )


def own_ways(rows: Iterable[Row]) -> tuple[AskingMethod, ...]:
    """Return the city's own ways of asking, as its table lists them."""
    listed: list[AskingMethod] = []
    for n, row in enumerate(rows):
        hours = number(row, "hours")
        if row.get("way") and hours is not None:
            listed.append(_own(row, hours, code=f"own_{n}"))
    return tuple(listed)


def _own(row: Row, hours: float, *, code: str) -> AskingMethod:
    return AskingMethod(
        code=code,
        name=str(row["way"]),
        whom=str(row.get("whom") or ""),
        level=Level[str(row.get("level") or "consult").upper()],
        hours=hours,
        days_before=round(number(row, "days_before") or 0),
        days_open=round(number(row, "days_open") or 1),
        days_after=round(number(row, "days_after") or 0),
        source=str(row.get("source") or ""),
    )


def plan_finding(before: Before, plan: AskingPlan) -> Finding:
    """Return a plan as a finding, without its sources."""
    verdict = Verdict(f"plan_{plan.advice.value}")
    best = _best(plan)
    return Finding(
        code=f"plan.{plan.advice.value}",
        verdict=verdict,
        parameters={
            "decided": before.decided_on,
            "days": plan.days,
            "hours": before.hours,
            "ask": _listed(plan.ask),
            "made": _listed(plan.do_not_ask),
            "way": name_of(best.method) if best else Message(code="no_way"),
            "start": best.start_by if best else before.today,
            "level": Message(code=f"level_is.{(best.level if best else plan.honest_level).code}"),
            "later": _later(plan),
        },
        estimates=(
            Estimate.exact("days_left", plan.days, unit="days"),
            Estimate.exact("hours_there", before.hours, unit="hours"),
        ),
        tables=(_table(plan),),
        caveats=tuple(_caveats(plan)),
        method=PLAN,
        claims=("M28", "M29"),
    )


def _best(plan: AskingPlan) -> Planned | None:
    """Return the first way that fits; where nothing can be asked, the lightest that tells."""
    telling = plan.advice in (Advice.NOTHING_OPEN, Advice.TOO_LATE_TO_ASK)
    return next((way for way in plan.fitting if telling or way.level >= Level.CONSULT), None)


def _listed(names: tuple[str, ...]) -> Message:
    return Message(code="named", parameters={"names": names}) if names else Message(code="nothing")


def _later(plan: AskingPlan) -> Message:
    if plan.later is None:
        return Message(code="later.never")
    return Message(code="later.from", parameters={"day": plan.later})


def name_of(method: AskingMethod) -> Parameter:
    """Return what a way is called: in the city's words, else in ours."""
    return method.name or Message(code=f"way.{method.code}")


def _whom(method: AskingMethod) -> Parameter:
    if method.whom:
        return method.whom
    return Message(code="not_stated") if method.name else Message(code=f"way.{method.code}.whom")


def _table(plan: AskingPlan) -> Table:
    return Table(
        key="plan",
        columns=("way", "whom_it_reaches", "can_promise", "hours", "start_by", "close_by", "fits"),
        rows=tuple(
            (
                name_of(way.method),
                _whom(way.method),
                Message(code=f"level_is.{way.level.code}"),
                Message(code="plan.hours", parameters={"n": round(way.method.hours)}),
                way.start_by,
                way.close_by,
                _fits(way),
            )
            for way in plan.ways
        ),
        title=Message(code="table.plan"),
    )


def _fits(way: Planned) -> Message:
    known = {"days": way.days_short, "hours": ceil(way.hours_short)}
    return Message(code=f"fits.{way.fits.value}", parameters=known if way.fits != Fits.YES else {})


def _caveats(plan: AskingPlan) -> list[Message]:
    said: list[Message] = []
    if not plan.ways[0].method.name:
        said.append(Message(code="caveat.our_hours"))
    if plan.do_not_ask and plan.ask:
        made = tuple(f"“{name}”" for name in plan.do_not_ask)
        said.append(Message(code="caveat.do_not_ask", parameters={"choices": made}))
    return said
