"""Steps of participation: events that ask, and those that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenground.questions.voice.measures.timing.event import Event, in_order
from evenground.questions.voice.measures.timing.event_kinds import Part, plain

_BELONG = (Part.STOPS_ASKING, Part.INPUT, Part.RESPONSE, Part.CHANGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One time that people were asked.

    Attributes
    ----------
    key
        Its name in the log, or its number from 1 on.
    asked
        The event that opened it.
    closed
        The day on which it ended; ``None`` where the log does not say.
    events
        All events of the step, the opening one first.
    by_date
        Events among them that name no step and were counted to it by their dates.
    """

    key: str
    asked: Event
    closed: date | None
    events: tuple[Event, ...]
    by_date: tuple[Event, ...]

    @property
    def opened(self) -> date:
        """The day on which it opened."""
        return self.asked.day

    def of(self, part: Part) -> tuple[Event, ...]:
        """Return its events of one part."""
        return tuple(event for event in self.events if event.part is part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """All steps in the order in which they opened, and events that belong to none for certain."""

    steps: tuple[Step, ...]
    loose: tuple[Event, ...]


def steps_of(events: Sequence[Event]) -> Steps:
    """Return the steps of participation.

    An event that asks and names a step which is open already belongs to that step; any other opens
    one. Ends, inputs, responses and changes belong to the step that they name. Without a name they
    belong to the step that opened last before them, if no other was open or unanswered then: where
    two could be meant, they are counted to none.
    """
    ordered = in_order(events)
    opening: dict[str, Event] = {}
    rest: list[tuple[str, Event]] = []
    for event in ordered:
        key = plain(event.step)
        if event.part is Part.ASKS and (not key or key not in opening):
            opening[key or f"{len(opening) + 1}"] = event
        elif event.part is Part.ASKS or event.part in _BELONG:
            rest.append((key, event))
    named: dict[str, list[Event]] = {key: [] for key in opening}
    guessed: dict[str, list[Event]] = {key: [] for key in opening}
    loose: list[Event] = []
    for key, event in rest:
        owner = key if key in opening else ("" if key else _by_date(event, opening, rest))
        if not owner:
            loose.append(event)
            continue
        named[owner].append(event)
        if not key:
            guessed[owner].append(event)
    return Steps(
        steps=tuple(
            Step(
                key=event.step or key,
                asked=event,
                closed=_closed(named[key]),
                events=in_order((event, *named[key])),
                by_date=tuple(guessed[key]),
            )
            for key, event in opening.items()
        ),
        loose=tuple(loose),
    )


def _by_date(event: Event, opening: dict[str, Event], rest: Sequence[tuple[str, Event]]) -> str:
    """Return the one step that an event without a name can belong to; empty for none or two."""
    before = [key for key, asked in opening.items() if asked.day <= event.day]
    if event.part is Part.STOPS_ASKING:
        ended = {key for key, one in rest if one.part is Part.STOPS_ASKING and one.day <= event.day}
        before = [key for key in before if key not in ended]
    elif len(before) > 1:
        latest = max(opening[key].day for key in before)
        # What was answered before the last step opened cannot be its answer; the rest could be.
        before = [key for key in before if opening[key].day == latest or not _answered(key, rest)]
    return before[0] if len(before) == 1 else ""


def _answered(key: str, rest: Sequence[tuple[str, Event]]) -> bool:
    return any(name == key and event.part is Part.RESPONSE for name, event in rest)


def _closed(events: Sequence[Event]) -> date | None:
    ends = [event.day for event in events if event.part is Part.STOPS_ASKING]
    return max(ends) if ends else None
