"""How long before the decision people were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenground.questions.voice.measures.timing.event import Event, in_order
from evenground.questions.voice.measures.timing.event_kinds import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """Days from being asked to the decision; below 0 where the decision came first.

    Attributes
    ----------
    decision
        The day of the decision; ``None`` where neither the log nor the paper names one, which
        leaves the days ``None`` as well.
    event
        The decision in the log; ``None`` where only its planned day is known.
    from_opening, from_closing
        Days from the opening and from the end of the step; the latter ``None`` without an end.
    days_open
        Days that it was open, both ends counted; ``None`` without an end.
    """

    decision: date | None
    event: Event | None
    from_opening: int | None
    from_closing: int | None
    days_open: int | None


def lead_time(
    opened: date, closed: date | None, *, events: Sequence[Event], planned: date | None = None
) -> LeadTime:
    """Return the lead time of one step of participation.

    The decision is the first one after the opening, in the log or planned; where all came before,
    the last of them.

    Parameters
    ----------
    opened, closed
        First and last day on which people could have a say.
    events
        The log.
    planned
        Day of the decision as the initiative states it.
    """
    made: list[tuple[date, Event | None]] = [
        (event.day, event) for event in in_order(events) if event.part is Part.DECIDES
    ]
    if planned is not None and all(day != planned for day, _ in made):
        made.append((planned, None))
    made.sort(key=lambda one: one[0])
    after = [one for one in made if one[0] >= opened]
    day, event = (after[0] if after else made[-1]) if made else (None, None)
    return LeadTime(
        decision=day,
        event=event,
        from_opening=None if day is None else (day - opened).days,
        from_closing=None if day is None or closed is None else (day - closed).days,
        days_open=None if closed is None else (closed - opened).days + 1,
    )
