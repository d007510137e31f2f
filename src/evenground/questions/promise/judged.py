"""A promise held against what came: what of it was delivered, and what the rule says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenground.evidence import Message
from evenground.questions.promise.context import Context
from evenground.questions.promise.effects import Came, Counted, Harm, asked_of, came_of
from evenground.questions.promise.held import Held, groups_held, held_of
from evenground.questions.promise.measures.evaluation.effect import Effect
from evenground.questions.promise.measures.sealed_rule import Against, Ruled, sealed_rule
from evenground.questions.promise.panels import Outcomes, outcomes_of
from evenground.questions.promise.stated import Promise, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A promise beside what came.

    Attributes
    ----------
    promise, outcomes
        What was promised, and what was measured.
    came, held
        What came of it, by all that is known; the same as a rule may use it today.
    ruled
        What the rule says; ``None`` without a smallest worthwhile effect.
    """

    promise: Promise
    outcomes: Outcomes
    came: Came
    held: Held
    ruled: Ruled | None

    @property
    def effect(self) -> Effect:
        """What came, in the indicator's own sign."""
        return self.came.effect

    @property
    def gain(self) -> Counted:
        """The same in the promised direction."""
        return self.came.gain

    @property
    def delivered(self) -> Counted | None:
        """Gain as a share of the promised change; ``None`` where none was promised by number."""
        return delivered_share(self.promise, self.gain)


def judged(context: Context, promise: Promise) -> Judged | Message:
    """Return what came of a promise, or why it cannot be told."""
    indicator = promise.row.get("indicator") or ""
    outcomes = outcomes_of(context, promise, indicator)
    if isinstance(outcomes, Message):
        return outcomes
    asked = asked_of(context, promise, outcomes)
    came = came_of(context, promise, outcomes, asked)
    if isinstance(came, Message):
        return came
    held = held_of(context, promise, outcomes, asked=asked, came=came)
    return Judged(
        promise=promise, outcomes=outcomes, came=came, held=held, ruled=_ruled(promise, held)
    )


def delivered_share(promise: Promise, gain: Counted) -> Counted | None:
    """Return a gain as a share of the promised change, if one was promised by number."""
    change = promise.change.change
    if change is None or change <= 0:
        return None
    return Counted(
        value=gain.value / change,
        low=gain.low / change,
        high=gain.high / change,
        level=gain.level,
    )


def _ruled(promise: Promise, held: Held) -> Ruled | None:
    minimum = promise.number("minimum_effect")
    if minimum is None:
        return None
    floor, threshold = promise.number("floor_worst_group"), promise.number("delivery_threshold")
    delivered = delivered_share(promise, held.gain)
    return sealed_rule(
        _against("", held.gain, minimum),
        groups=(
            [] if floor is None else [_against(name, one, floor) for name, one in groups_held(held)]
        ),
        harms=_harms(held.harms),
        delivered=(
            None if delivered is None or threshold is None else _against("", delivered, threshold)
        ),
        alpha=held.alpha,
    )


def _against(name: str, one: Counted, limit: float) -> Against:
    return Against(name=name, low=one.low, high=one.high, limit=limit)


def _harms(harms: Sequence[Harm]) -> list[Against]:
    """Return harms against their limits; one that cannot be told might be any size."""
    found: list[Against] = []
    for harm in harms:
        limit = number(harm.row, "limit")
        if limit is None:
            continue
        name, worse = harm.row["harm_id"], harm.worse
        if worse is None:
            found.append(Against(name=name, low=-np.inf, high=np.inf, limit=limit))
        else:
            found.append(replace(_against(name, worse, limit), p_above=harm.p_above))
    return found
