"""Share of the cost that was committed on a day, bounded where amounts are missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.timing.event import Event, in_order
from evenground.questions.voice.measures.timing.event_kinds import Part

MONEY = (Part.COMMITS, Part.COMMITS_NOTHING, Part.RELEASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the whole would cost, in the city's currency: at least ``low``, at most ``high``.

    ``high`` is infinite where a part of the cost is owed and nobody knows how much.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a cost that is none."""
        if not (0 < self.low <= self.high) or math.isinf(self.low):
            raise wrong(
                "cost_range",
                N_("a whole cost of {low} to {high} cannot be shared"),
                low=self.low,
                high=self.high,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedShare:
    """How much of the cost was committed on a day.

    Attributes
    ----------
    day
        The day.
    low, high
        Least and largest share of the cost that was committed, 0-1.
    known_amount
        Sum of the amounts in the log that were committed before the day, less what was released;
        in the city's currency.
    events
        Commitments and releases before the day, and those of the very day.
    n_without_amount
        How many of them have no amount.
    is_tracked
        Whether the log says anything at all of money: if not, nothing is known, and 0-1 is all that
        can be said.
    """

    day: date
    low: float
    high: float
    known_amount: float
    events: tuple[Event, ...]
    n_without_amount: int
    is_tracked: bool

    @property
    def is_known(self) -> bool:
        """Whether both ends are the same."""
        return self.low == self.high


def committed_share(
    events: Sequence[Event], day: date, *, cost: Cost | None = None
) -> CommittedShare:
    """Return the share of the cost that was committed when a day began.

    Missing evidence is unknown, never nothing: a commitment without an amount may be all that is
    left, one of the very day may have come before or after, and a log that never speaks of money
    says nothing. A log that does is taken as complete in that: before its first commitment, and up
    to an event that says so, nothing was committed. Bounds of a share with missing parts are those
    of Horowitz and Manski (1995), Econometrica 63, 281-302.

    Parameters
    ----------
    events
        The log; amounts in the city's currency, 0 or more. Events of other options than the one
        that is audited are to be left out.
    day
        The day on which people were asked.
    cost
        What the whole would cost; ``None`` where nobody says, which leaves 0-1 unless nothing was
        committed.

    Raises
    ------
    UsageError
        If an amount is negative or not finite.
    """
    money = [event for event in in_order(events) if event.part in MONEY]
    for event in money:
        if event.amount is not None and not (0 <= event.amount < math.inf):
            raise wrong(
                "committed_amount",
                N_("the amount of {day} is {amount}: money is committed in amounts from 0 on"),
                day=event.day.isoformat(),
                amount=event.amount,
            )
    until = [event for event in money if event.day <= day]
    least = _sum([event for event in until if event.day < day])
    most = _sum(until)
    blank = [
        event for event in until
        if event.amount is None and event.part is not Part.COMMITS_NOTHING
    ]  # fmt: skip
    low, high = _share(least, most, blank=bool(blank), cost=cost)
    if not money:
        low, high = 0.0, 1.0
    return CommittedShare(
        day=day,
        low=low,
        high=high,
        known_amount=max(least, 0.0),
        events=tuple(event for event in until if event.part is not Part.COMMITS_NOTHING),
        n_without_amount=len(blank),
        is_tracked=bool(money),
    )


def _sum(events: Sequence[Event]) -> float:
    """Return what was committed and not released; an event that says nothing was starts anew."""
    total = 0.0
    for event in events:
        if event.part is Part.COMMITS_NOTHING:
            total = 0.0
        else:
            sign = -1.0 if event.part is Part.RELEASES else 1.0
            total += sign * (event.amount or 0.0)
    return total


def _share(least: float, most: float, *, blank: bool, cost: Cost | None) -> tuple[float, float]:
    small, large = max(min(least, most), 0.0), max(least, most, 0.0)
    if cost is None:
        return 0.0, 0.0 if large == 0 and not blank else 1.0
    low = 0.0 if math.isinf(cost.high) else min(small / cost.high, 1.0)
    return low, 1.0 if blank else min(large / cost.low, 1.0)
