"""When to ask whom what, counted back from the day of the decision and the hours that there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.timing.asking_methods import METHODS, AskingMethod
from evenground.questions.voice.measures.timing.event_kinds import plain
from evenground.questions.voice.measures.timing.level_rules import Level, Thresholds

WHETHER = "whether"
"""The choice of doing it at all."""


class Fits(StrEnum):
    """Whether a way of asking can still be done."""

    YES = "yes"
    TOO_LATE = "too_late"
    TOO_MANY_HOURS = "too_many_hours"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known before asking.

    Attributes
    ----------
    today, decided_on
        The day on which it is planned, and that of the decision.
    hours
        Staff hours that there are, 0 or more.
    open, made
        Choices that are still open, and those that are made already.
    committed_high
        Largest share of the cost that may be committed by then, 0-1; 1 where nobody knows.
    """

    today: date
    decided_on: date
    hours: float
    open: tuple[str, ...]
    made: tuple[str, ...] = ()
    committed_high: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One way of asking on the calendar.

    Attributes
    ----------
    method
        The way.
    fits
        Whether days and hours are enough.
    level
        What can honestly be promised with it: the lower of what the way bears and what is open.
    start_by, open_by, close_by, answer_by
        Latest days to begin preparing, to open, to close, and to have answered.
    days_short, hours_short
        By how much days or hours fall short; 0 where they do not.
    """

    method: AskingMethod
    fits: Fits
    level: Level
    start_by: date
    open_by: date
    close_by: date
    answer_by: date
    days_short: int
    hours_short: float


class Advice(StrEnum):
    """What the plan comes to."""

    ASK_WHETHER = "ask_whether"
    ASK_THIS = "ask_this"
    TOO_LATE_TO_ASK = "too_late_to_ask"
    NOTHING_OPEN = "nothing_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingPlan:
    """When to ask whom what.

    Attributes
    ----------
    advice
        Ask whether; too late to ask whether, ask this; too late to ask at all before that day;
        nothing is open: tell people, and do not ask.
    ask
        Choices that can honestly be put to people, in the order given.
    do_not_ask
        Choices that are made: to ask about them would be for show.
    honest_level
        Highest level that what is open bears.
    ways
        Every way of asking, those that fit first, the highest level first, then the fewest hours.
    days
        Days until the decision.
    later
        Earliest day of a decision before which the lightest way that asks could be done with the
        hours there are; ``None`` where there is time, or hours are not enough for any.
    """

    advice: Advice
    ask: tuple[str, ...]
    do_not_ask: tuple[str, ...]
    honest_level: Level
    ways: tuple[Planned, ...]
    days: int
    later: date | None

    @property
    def fitting(self) -> tuple[Planned, ...]:
        """Ways that can still be done and that ask, or tell where nothing can be asked."""
        return tuple(way for way in self.ways if way.fits is Fits.YES)


def asking_plan(
    before: Before,
    *,
    methods: Sequence[AskingMethod] = METHODS,
    limits: Thresholds | None = None,
) -> AskingPlan:
    """Return when to ask whom what, counted back from the decision.

    Between the end and the decision lie the days to answer, and no fewer than those who decide need
    to read it; a way is open no shorter than people need. What can honestly be promised is capped
    by what is open: nothing open bears no more than telling people; with most of the money
    committed or most of the choices made, people can be consulted or involved, not more.

    Parameters
    ----------
    before
        Days, hours, and what is open.
    methods
        Ways of asking with hours and days.
    limits
        As for the rules of levels.

    Raises
    ------
    UsageError
        If hours are negative or not finite, a share is outside 0-1, or no way of asking is given.
    """
    settings = limits or Thresholds()
    _refuse(before, methods)
    level = _honest_level(before, settings)
    ways = sorted(
        (_planned(method, before, level, settings) for method in methods),
        key=lambda way: (way.fits is not Fits.YES, -way.level, way.method.hours, way.method.days),
    )
    asking = [way for way in ways if way.level >= Level.CONSULT]
    return AskingPlan(
        advice=_advice(before, asking),
        ask=before.open,
        do_not_ask=before.made,
        honest_level=level,
        ways=tuple(ways),
        days=(before.decided_on - before.today).days,
        later=_later(before, asking),
    )


def _refuse(before: Before, methods: Sequence[AskingMethod]) -> None:
    if not (0 <= before.hours < math.inf):
        raise wrong("hours", N_("{hours} staff hours: give a number from 0 on"), hours=before.hours)
    if not 0 <= before.committed_high <= 1:
        raise wrong(
            "committed_share", N_("committed_high is {share}, not within 0-1"),
            share=before.committed_high,
        )  # fmt: skip
    if not methods:
        raise wrong("no_methods", N_("no way of asking is given"))


def _honest_level(before: Before, limits: Thresholds) -> Level:
    if not before.open:
        return Level.INFORM
    of = len(before.open) + len(before.made)
    if before.committed_high >= limits.most_committed or len(before.open) / of < limits.least_open:
        return Level.INVOLVE
    return Level.EMPOWER if _asks_whether(before.open) else Level.COLLABORATE


def _asks_whether(choices: Sequence[str]) -> bool:
    return any(plain(choice).split()[:1] == [WHETHER] for choice in choices)


def _planned(method: AskingMethod, before: Before, honest: Level, limits: Thresholds) -> Planned:
    asks = method.level >= Level.CONSULT
    days_open = max(method.days_open, limits.least_days_open) if asks else method.days_open
    after = max(method.days_after, limits.least_days_to_consider) if asks else method.days_after
    close_by = before.decided_on - timedelta(days=after)
    open_by = close_by - timedelta(days=days_open - 1)
    start_by = open_by - timedelta(days=method.days_before)
    late = max((before.today - start_by).days, 0)
    short = max(method.hours - before.hours, 0.0)
    fits = {
        (False, False): Fits.YES, (True, False): Fits.TOO_LATE,
        (False, True): Fits.TOO_MANY_HOURS, (True, True): Fits.BOTH,
    }[late > 0, short > 0]  # fmt: skip
    return Planned(
        method=method,
        fits=fits,
        level=min(method.level, honest),
        start_by=start_by,
        open_by=open_by,
        close_by=close_by,
        answer_by=close_by + timedelta(days=min(method.days_after, after)),
        days_short=late,
        hours_short=short,
    )


def _advice(before: Before, asking: Sequence[Planned]) -> Advice:
    if not before.open:
        return Advice.NOTHING_OPEN
    if not any(way.fits is Fits.YES for way in asking):
        return Advice.TOO_LATE_TO_ASK
    return Advice.ASK_WHETHER if _asks_whether(before.open) else Advice.ASK_THIS


def _later(before: Before, asking: Sequence[Planned]) -> date | None:
    """Return the earliest day of a decision that leaves time for a way within the hours."""
    affordable = [way for way in asking if not way.hours_short]
    if not affordable or any(way.fits is Fits.YES for way in affordable):
        return None
    return before.decided_on + timedelta(days=min(way.days_short for way in affordable))
