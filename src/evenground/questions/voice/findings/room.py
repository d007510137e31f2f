"""The picture: decisions and participation on one time axis; and what of the log was not usable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenground.evidence import Finding, Message, Method, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.asked import stated_by
from evenground.questions.voice.context import Context
from evenground.questions.voice.figures.room import MARKS, Marked, room_figure
from evenground.questions.voice.findings.telling import happened, stated
from evenground.questions.voice.measures.timing.choices_open import CLOSING, in_contradiction
from evenground.questions.voice.measures.timing.event import Event
from evenground.questions.voice.measures.timing.event_kinds import Part
from evenground.questions.voice.measures.timing.room_for_choice import room_for_choice

LOG = Method(
    name=N_("Events in the order of their days; what is not written down is unknown"),
    literature=(
        "R v Brent LBC ex parte Gunning (1985) 84 LGR 168",
        "Horowitz & Manski 1995, Econometrica 63, 281–302",
    ),
)
ASKED, MADE, MONEY, DECIDED = MARKS
_MARK_OF = {Part.ASKS: ASKED, Part.COMMITS: MONEY, Part.DECIDES: DECIDED, Part.CLOSES: MADE}


def room(context: Context) -> list[Finding]:
    """Return the log as a picture; nothing where there is no log."""
    events = context.log.events
    if not events:
        return []
    decision = context.case.initiative.decision
    marked = [
        Marked(mark=_MARK_OF[part], day=event.day, words=happened(event))
        for event in events
        if (part := event.part) is not None and part in _MARK_OF
    ]
    # Money that is committed makes the choices that it names.
    marked += [
        Marked(mark=MADE, day=event.day, words=happened(event))
        for event in events
        if event.part in (Part.COMMITS, Part.DECIDES) and event.touched
    ]
    if decision.date and all(one.day != decision.date for one in marked if one.mark == DECIDED):
        marked.append(Marked(mark=DECIDED, day=decision.date, words=decision.body))
    asked = Message(code="times_asked", parameters={"n": len(context.asked)})
    days = [event.day for event in events]
    known = context.known(n=len(events), asked=asked, first=min(days), last=max(days))
    shown = room_for_choice(
        events, span=_span(days, decision.date), stated=stated_by(decision), cost=context.cost
    )
    ends = {"first": shown.days[0], "last": shown.days[-1]}
    figure = room_figure(shown, marked, known={**known, **ends}) if marked else None
    return [
        Finding(
            code="log.described",
            verdict=Verdict.DESCRIBED,
            parameters=known,
            figures=() if figure is None else (figure,),
            tables=(_table(context.log.events),),
            caveats=tuple(_caveats(context)),
            sources=context.sources("events"),
            method=LOG,
            claims=("M28", "M31"),
        )
    ]


def _table(events: Sequence[Event]) -> Table:
    """Return the log as it stands, each event with its source."""
    return Table(
        key="log",
        columns=("day", "what_happened", "source"),
        rows=tuple((event.day, _told(event), stated(event.source)) for event in events),
        title=Message(code="table.log"),
    )


def _told(event: Event) -> Message:
    """Return the kind of an event, its words and who did it."""
    code = "logged" + ".text" * bool(event.text) + ".by" * bool(event.by)
    told = {"kind": event.kind, "text": event.text, "by": event.by}
    return Message(code=code, parameters=told)


def _span(days: Sequence[date], decided: date | None) -> tuple[date, date]:
    """Return the ends of the picture: the log's, and the decision that is planned."""
    all_days = [*days, *([decided] if decided else [])]
    return min(all_days), max(all_days)


def _caveats(context: Context) -> list[Message]:
    said: list[Message] = []
    log = context.log
    if log.not_understood:
        kinds = tuple(f"“{kind}”" for kind in log.not_understood)
        said.append(Message(code="caveat.kinds", parameters={"kinds": kinds, "n": len(kinds)}))
    if log.n_impossible:
        said.append(Message(code="caveat.impossible", parameters={"n": log.n_impossible}))
    if context.loose:
        n = len(context.loose)
        said.append(Message(code="caveat.loose", parameters={"n": n}))
    said += [
        Message(code="caveat.still_open", parameters={"choice": one.name, "day": one.event.day})
        for one in in_contradiction(
            log.events, stated_by(context.case.initiative.decision), today=context.case.today
        )
        if one.event is not None
    ]
    turning = (*CLOSING, Part.OPENS)
    if not any(event.part in turning and event.touched for event in log.events):
        said.append(Message(code="caveat.no_choices"))
    n_blank = sum(not event.source for event in log.events)
    if n_blank:
        known = {"n": n_blank, "of": len(log.events)}
        said.append(Message(code="caveat.no_source", parameters=known))
    return said
