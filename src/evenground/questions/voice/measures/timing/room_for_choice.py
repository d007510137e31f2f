"""The room for choice over time: how much was still open, and how much money still free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.voice.measures.timing.choices_open import Stated, choices_open
from evenground.questions.voice.measures.timing.committed_share import Cost, committed_share
from evenground.questions.voice.measures.timing.event import Event

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomForChoice:
    """What was open and free on days.

    Attributes
    ----------
    days, shape (n_days,)
        The first day, every day of an event and the day after it, and the last day.
    open_low, open_high, shape (n_days,)
        Least and largest share of the named choices that were open when the day began, 0-1.
    free_low, free_high, shape (n_days,)
        Least and largest share of the cost that was not committed then, 0-1.
    n_choices
        How many choices are named; where none is, nothing is known of them.
    """

    days: tuple[date, ...]
    open_low: Vector
    open_high: Vector
    free_low: Vector
    free_high: Vector
    n_choices: int


def room_for_choice(
    events: Sequence[Event],
    *,
    span: tuple[date, date],
    stated: Stated | None = None,
    cost: Cost | None = None,
) -> RoomForChoice:
    """Return the room for choice from the first to the last day.

    Parameters
    ----------
    events
        The log.
    span
        First and last day.
    stated, cost
        As for ``choices_open`` and ``committed_share``.

    Raises
    ------
    UsageError
        If the first day is after the last.
    """
    first, last = span
    if first > last:
        raise wrong("span", N_("the first day {first} is after the last {last}"), first=first,
                    last=last)  # fmt: skip
    turns = {day for event in events for day in (event.day, event.day + _DAY)}
    days = tuple(sorted({first, last, *(day for day in turns if first <= day <= last)}))
    choices = [choices_open(events, day, stated=stated) for day in days]
    money = [committed_share(events, day, cost=cost) for day in days]
    return RoomForChoice(
        days=days,
        open_low=np.array([one.open_share[0] for one in choices]),
        open_high=np.array([one.open_share[1] for one in choices]),
        free_low=np.array([1.0 - one.high for one in money]),
        free_high=np.array([1.0 - one.low for one in money]),
        n_choices=len(choices[0].choices),
    )
