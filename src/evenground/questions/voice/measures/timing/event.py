"""One dated event of an initiative, as the measures of timing take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.timing.event_kinds import (
    ABOUT_A_PLACE,
    Part,
    part_of,
    plain,
)

WHERE = "where"
"""The choice that fixing a site closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Inputs: all, answered, that changed something, set aside; ``None`` where unknown."""

    n: int | None = None
    answered: int | None = None
    changed: int | None = None
    ignored: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated event.

    Attributes
    ----------
    day
        When.
    kind
        In the words of the log; ``part`` is what it does, ``None`` for words that are not known.
    text, option, by, why, source
        What happened, which option it concerns (its key), who did it, the reason given, where it
        stands; empty where nobody said.
    amount
        Money committed; ``None`` where it is not known.
    choices
        Choices that it opened, closed, or asked about.
    step
        Step of participation that it belongs to; empty to be told by the dates.
    counts
        Inputs.
    """

    day: date
    kind: str
    text: str = ""
    option: str = ""
    amount: float | None = None
    choices: tuple[str, ...] = ()
    by: str = ""
    why: str = ""
    step: str = ""
    source: str = ""
    counts: Counts = Counts()

    def __post_init__(self) -> None:
        """Refuse counts that cannot be."""
        n = self.counts.n
        parts = (self.counts.answered, self.counts.changed, self.counts.ignored)
        if any(one is not None and one < 0 for one in (n, *parts)) or (
            n is not None and any(one is not None and one > n for one in parts)
        ):
            raise wrong(
                "input_counts",
                N_("event of {day}: {parts} cannot be part of {n} inputs"),
                day=self.day.isoformat(),
                parts=", ".join("?" if one is None else str(one) for one in parts),
                n=n,
            )

    @property
    def part(self) -> Part | None:
        """What it does to the decision."""
        return part_of(self.kind)

    @property
    def touched(self) -> tuple[str, ...]:
        """Choices that it is about: those named, else where for a site that was fixed."""
        if self.choices or plain(self.kind) not in ABOUT_A_PLACE:
            return self.choices
        return (WHERE,)


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return events by day; those of one day keep the order in which they are listed."""
    return tuple(sorted(events, key=lambda event: event.day))


def choices_in(words: str) -> tuple[str, ...]:
    """Return the choices in a cell: separated by semicolons, spaces cut, none twice."""
    parts = (part.strip() for part in words.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
