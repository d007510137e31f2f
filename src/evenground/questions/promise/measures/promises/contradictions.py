"""Where a promise contradicts itself: numbers and dates that cannot all be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenground.questions.promise.measures.promises.promised_change import (
    Stated,
    promised_change,
)


class Contradiction(StrEnum):
    """What cannot all be meant."""

    WAYS_DISAGREE = "ways_disagree"
    WRONG_DIRECTION = "wrong_direction"
    NO_CHANGE = "no_change"
    MINIMUM_ABOVE_PROMISE = "minimum_above_promise"
    FLOOR_ABOVE_PROMISE = "floor_above_promise"
    BASELINE_AFTER_DATE = "baseline_after_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a promise states beside its numbers; ``None`` for what it leaves out.

    ``minimum_effect`` and ``floor_worst_group`` are in the indicator's unit, counted in the
    promised direction.
    """

    stated: Stated
    minimum_effect: float | None = None
    floor_worst_group: float | None = None
    baseline_date: date | None = None
    by: date | None = None


def contradictions(terms: Terms) -> tuple[Contradiction, ...]:
    """Return what in a promise cannot all be meant, in a fixed order.

    A smallest worthwhile effect above the promise means that the promise, kept in full, would not
    be worth it; a floor above it, that every group is to get more than all together.

    Raises
    ------
    UsageError
        As ``promised_change``.
    """
    found = promised_change(terms.stated)
    change = found.change
    checks = {
        Contradiction.WAYS_DISAGREE: not found.agrees,
        Contradiction.WRONG_DIRECTION: change is not None and change < 0,
        Contradiction.NO_CHANGE: change == 0,
        Contradiction.MINIMUM_ABOVE_PROMISE: _above(terms.minimum_effect, change),
        Contradiction.FLOOR_ABOVE_PROMISE: _above(terms.floor_worst_group, change),
        Contradiction.BASELINE_AFTER_DATE: bool(
            terms.baseline_date and terms.by and terms.baseline_date > terms.by
        ),
    }
    return tuple(name for name, holds in checks.items() if holds)


def _above(value: float | None, change: float | None) -> bool:
    return value is not None and change is not None and change > 0 and value > change
