"""Which named choices were open on a day, and which were made already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenground.questions.voice.measures.timing.event import Event, in_order
from evenground.questions.voice.measures.timing.event_kinds import Part, plain

CLOSING = (Part.CLOSES, Part.COMMITS, Part.DECIDES)


class State(StrEnum):
    """What is known of a choice on a day."""

    OPEN = "open"
    MADE = "made"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice on one day.

    Attributes
    ----------
    name
        In the words of the log.
    state
        Open, made already, not yet on the table, or unknown.
    event
        The event that tells; ``None`` where the decision's own list does, or nothing.
    """

    name: str
    state: State
    event: Event | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesOpen:
    """All named choices on one day.

    Attributes
    ----------
    day
        The day.
    choices
        Every choice that the log or the decision names, in the order in which they are named.
    """

    day: date
    choices: tuple[Choice, ...]

    def that_are(self, state: State) -> tuple[Choice, ...]:
        """Return the choices of one state."""
        return tuple(choice for choice in self.choices if choice.state is state)

    def count(self, state: State) -> int:
        """Return how many are of one state."""
        return len(self.that_are(state))

    @property
    def open_share(self) -> tuple[float, float]:
        """Least and largest share of the named choices that were open, 0-1; 0-1 if none is named.

        Those of which nobody knows may have been open or not; those not yet on the table were not.
        """
        n, sure = len(self.choices), self.count(State.OPEN)
        if not n:
            return 0.0, 1.0
        return sure / n, (sure + self.count(State.UNKNOWN)) / n


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the decision's own paper says: choices still open, and bound ones without a date."""

    open: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()


def choices_open(
    events: Sequence[Event], day: date, *, stated: Stated | None = None
) -> ChoicesOpen:
    """Return the state of every named choice on a day.

    The last event before the day decides: one that closes, fixes, commits or decides makes the
    choice, one that opens it (or asks for it to be made anew) leaves it open. A choice that was
    made, or opened, on the very day is unknown, unless it was so before: the log has days, not
    hours. One that is made later was open,
    unless it was opened later first. A choice that is only listed as still open, or that people
    were asked about and that no event made, was open; one that is only listed as bound may have
    been bound before or after. After the first principle of *R v Brent LBC ex parte Gunning* (1985)
    84 LGR 168, confirmed in *R (Moseley) v Haringey* [2014] UKSC 56: people are to be consulted
    while proposals are still at a formative stage.

    Parameters
    ----------
    events
        The log.
    day
        The day on which people were asked.
    stated
        What the decision's paper lists.
    """
    listed = stated or Stated()
    by_name: dict[str, list[Event]] = {}
    put: dict[str, Event] = {}
    called: dict[str, str] = {}
    for event in in_order(events):
        if event.part is Part.OPENS or event.part in CLOSING:
            for name in event.touched:
                called.setdefault(plain(name), name)
                by_name.setdefault(plain(name), []).append(event)
        elif event.part is Part.ASKS:
            for name in event.touched:
                called.setdefault(plain(name), name)
                put.setdefault(plain(name), event)
    for name in (*listed.open, *listed.bound):
        called.setdefault(plain(name), name)
    still = {plain(name) for name in listed.open}
    return ChoicesOpen(
        day=day,
        choices=tuple(
            _choice(
                name,
                by_name.get(key, ()),
                day,
                else_open=Choice(name=name, state=State.OPEN, event=put.get(key))
                if key in still or key in put
                else None,
            )
            for key, name in called.items()
        ),
    )


def _choice(name: str, events: Sequence[Event], day: date, *, else_open: Choice | None) -> Choice:
    before = [event for event in events if event.day < day]
    same = [event for event in events if event.day == day]
    after = [event for event in events if event.day > day]
    last = before[-1] if before else None
    state = State.OPEN if last is not None and last.part is Part.OPENS else State.MADE
    # What the very day's events leave as it was holds at whatever hour they came.
    kept = last is not None and all(
        (one.part is Part.OPENS) == (state is State.OPEN) for one in same
    )
    if same and not kept:
        return Choice(name=name, state=State.UNKNOWN, event=same[-1])
    if last is not None:
        return Choice(name=name, state=state, event=last)
    if after:
        first = after[0]
        state = State.NOT_YET if first.part is Part.OPENS else State.OPEN
        return Choice(name=name, state=state, event=first)
    return else_open or Choice(name=name, state=State.UNKNOWN, event=None)


def in_contradiction(events: Sequence[Event], stated: Stated, *, today: date) -> tuple[Choice, ...]:
    """Return choices that are listed as still open although the log made them by ``today``."""
    found = choices_open(events, today, stated=Stated())
    made = {plain(one.name): one for one in found.that_are(State.MADE)}
    return tuple(made[plain(name)] for name in stated.open if plain(name) in made)
