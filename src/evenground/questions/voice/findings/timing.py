"""What was open and what was committed each time that people were asked."""

from __future__ import annotations

from datetime import date

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.asked import Asked
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.telling import (
    NOT_STATED,
    bounded,
    called,
    happened,
    share_words,
    stated,
)
from evenground.questions.voice.measures.timing.choices_open import State
from evenground.questions.voice.measures.timing.event import Event

AUDIT = Method(
    name=N_("Timing audit: what was committed and which named choices were made, day by day"),
    formula=N_("share committed = amounts committed before the day / whole-life cost"),
    literature=(
        "R v Brent LBC ex parte Gunning (1985) 84 LGR 168; R (Moseley) v Haringey [2014] UKSC 56",
        "Halegoua 2020, Smart Cities, MIT Press",
        "Horowitz & Manski 1995, Econometrica 63, 281–302",
    ),
)
OPEN, PARTLY, NOTHING = (
    Verdict("asked_while_open"),
    Verdict("asked_when_part_was_made"),
    Verdict("asked_when_all_was_made"),
)


def verdict_of(asked: Asked) -> Verdict:
    """Return whether what has a name was open when people were asked."""
    choices, days = asked.choices, asked.lead.from_opening
    if days is not None and days <= 0:
        return NOTHING
    n, made = len(choices.choices), choices.count(State.MADE)
    if n and made == n:
        return NOTHING
    if made or asked.committed.low > 0:
        return PARTLY
    unknown = choices.count(State.UNKNOWN) + choices.count(State.NOT_YET)
    if not n or unknown or not asked.committed.is_known:
        return Verdict.CANNOT_TELL
    return OPEN


def timing(context: Context) -> list[Finding]:
    """Return a finding for each time that people were asked."""
    return [_finding(context, asked) for asked in context.asked]


def _finding(context: Context, asked: Asked) -> Finding:
    verdict = verdict_of(asked)
    return Finding(
        code=f"timing.{verdict.code}",
        verdict=verdict,
        parameters=_known(context, asked),
        estimates=tuple(_estimates(asked)),
        tables=tuple(_tables(asked)),
        caveats=tuple(_caveats(context, asked)),
        sources=context.sources("events", "cost_lines"),
        method=AUDIT,
        claims=("M28", "M31"),
        asks=tuple(_asks(context, asked)),
    )


def _known(context: Context, asked: Asked) -> dict[str, Parameter]:
    choices, committed = asked.choices, asked.committed
    made = tuple(one.name for one in choices.that_are(State.MADE))
    still = tuple(one.name for one in choices.that_are(State.OPEN))
    return context.known(
        step=called(asked),
        n=len(choices.choices),
        n_made=len(made),
        made=_listed(made),
        open=_listed(still),
        committed=share_words(committed.low, committed.high),
        lead=_lead(asked, context.case.today),
    )


def _listed(names: tuple[str, ...]) -> Message:
    if not names:
        return Message(code="nothing_named")
    return Message(code="named", parameters={"names": names})


def _lead(asked: Asked, today: date) -> Message:
    days, decided = asked.lead.from_opening, asked.lead.decision
    if days is None or decided is None:
        return Message(code="lead.unknown")
    before = "lead.to_come" if decided > today else "lead.before"
    code = "lead.after" if days < 0 else ("lead.same_day" if days == 0 else before)
    return Message(code=code, parameters={"n": abs(days), "decided": decided})


def _estimates(asked: Asked) -> list[Estimate]:
    committed, choices, about = asked.committed, asked.choices, str(asked.number)
    found: list[Estimate] = []
    if (committed.low, committed.high) != (0.0, 1.0):
        found += bounded(
            "committed_share", committed.low, committed.high, unit="share", about=about
        )
    if choices.choices:
        low, high = choices.open_share
        found += bounded("open_share", low, high, unit="share", about=about)
    for name, days in (
        ("lead_days", asked.lead.from_opening),
        ("consider_days", asked.lead.from_closing),
        ("open_days", asked.lead.days_open),
    ):
        if days is not None:
            found.append(Estimate.exact(name, days, unit="days", about=about))
    return found


def _tables(asked: Asked) -> list[Table]:
    tables: list[Table] = []
    if asked.choices.choices:
        tables.append(
            Table(
                key=f"choices_{asked.number}",
                columns=("choice", "state_then", "told_by"),
                rows=tuple(
                    (
                        Message(code="named", parameters={"names": names}),
                        Message(code=f"state.{state.value}"),
                        _told_by(event, with_day=True) if event else NOT_STATED,
                    )
                    for (state, event), names in _alike(asked).items()
                ),
                title=Message(code="table.choices"),
            )
        )
    if asked.committed.events:
        tables.append(
            Table(
                key=f"money_{asked.number}",
                columns=("day", "what_happened", "amount"),
                rows=tuple(
                    (
                        one.day,
                        _told_by(one),
                        Message(code="not_known")
                        if one.amount is None
                        else Message(code="money", parameters={"amount": one.amount}),
                    )
                    for one in asked.committed.events
                ),
                title=Message(code="table.money"),
            )
        )
    return tables


def _told_by(event: Event, *, with_day: bool = False) -> Message:
    """Return what happened, when, and by which source."""
    told = {"day": event.day, "what": happened(event), "source": stated(event.source)}
    return Message(code="told_by.day" if with_day else "told_by", parameters=told)


def _alike(asked: Asked) -> dict[tuple[State, Event | None], tuple[str, ...]]:
    """Return choices by what they were and by the event that tells, in the order of the log."""
    alike: dict[tuple[State, Event | None], tuple[str, ...]] = {}
    for one in asked.choices.choices:
        told = (one.state, one.event)
        alike[told] = (*alike.get(told, ()), one.name)
    return alike


def _caveats(context: Context, asked: Asked) -> list[Message]:
    said: list[Message] = []
    if asked.asked_of_made:
        made = tuple(f"“{name}”" for name in asked.asked_of_made)
        said.append(Message(code="caveat.asked_of_made", parameters={"choices": made}))
    if not asked.committed.is_tracked:
        said.append(Message(code="caveat.no_money"))
    elif context.cost is None and asked.committed.events:
        said.append(Message(code="caveat.no_cost"))
    if asked.committed.n_without_amount:
        known = {"n": asked.committed.n_without_amount}
        said.append(Message(code="caveat.no_amount", parameters=known))
    if asked.step.by_date:
        said.append(Message(code="caveat.by_date", parameters={"n": len(asked.step.by_date)}))
    return said


def _asks(context: Context, asked: Asked) -> list[Ask]:
    unknown = tuple(
        f"“{one.name}”"
        for one in asked.choices.choices
        if one.state is State.UNKNOWN and one.event is None
    )
    found: list[Ask] = []
    by = context.case.initiative.decision.ask_by
    if unknown:
        found.append(
            Ask(
                to=context.body(),
                what=Message(code="ask.since_when", parameters={"choices": unknown}),
                unlocks=Message(code="ask.since_when.unlocks"),
                by=by,
            )
        )
    if not asked.committed.is_known:
        found.append(
            Ask(
                to=context.body(),
                what=Message(code="ask.committed", parameters={"day": asked.step.opened}),
                unlocks=Message(code="ask.committed.unlocks"),
                by=by,
            )
        )
    return found
