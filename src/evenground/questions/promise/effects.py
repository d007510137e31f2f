"""What came of a promise as numbers: for all, by group, on harms; each as it was to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from evenground.errors import UsageError
from evenground.evidence import Message
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.checks import GroupEffect, group_effects
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.panels import Outcomes, is_by_lot, outcomes_of
from evenground.questions.promise.stated import SIGNS, Promise, Row, number

_LOT = "permutation"
_SEED = 0
"""Assignments that are too many to list are drawn alike every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number with its interval, counted in the promised direction (or, of harms, for the worse).

    ``low`` and ``high`` may be infinite; ``level`` is the interval's confidence, 0-1.
    """

    value: float
    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What became of a harm: how much worse, or why that cannot be told.

    ``p_above`` is that of "no worse than the limit" (0-1), ``None`` where there is none.
    """

    row: Row
    worse: Counted | None
    p_above: float | None = None
    why_not: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a promise.

    Attributes
    ----------
    effect
        In the indicator's own sign.
    gain
        The same in the promised direction.
    groups, untold
        The same by group of people, or by stratum where lots were drawn within strata; names of
        those of whom it cannot be told.
    harms
        What must not get worse.
    """

    effect: Effect
    gain: Counted
    groups: tuple[tuple[str, Counted], ...]
    untold: tuple[str, ...]
    harms: tuple[Harm, ...]


def came_of(
    context: Context,
    promise: Promise,
    outcomes: Outcomes,
    asked: Asked,
    *,
    before: date | None = None,
) -> Came | Message:
    """Return what came of a promise, or why it cannot be told.

    Parameters
    ----------
    context, promise, outcomes
        The promise, and its indicator.
    asked
        How it was to be judged; harms with the same error.
    before
        Day before which periods are looked at; all when left out.
    """
    seen = outcomes if before is None else outcomes.until(before)
    effect = _evaluated(seen.panel, asked)
    if isinstance(effect, Message):
        return effect
    groups = _groups(seen, effect, asked, promise.sign)
    told = {name for name, _ in groups}
    asked_of_them = (*seen.groups, *seen.groups_left_out) or tuple(
        dict.fromkeys(asked.strata or ())
    )
    return Came(
        effect=effect,
        gain=counted(effect, promise.sign),
        groups=tuple(groups),
        untold=tuple(name for name in asked_of_them if name not in told),
        harms=tuple(
            _harm(context, promise, row, alpha=asked.alpha, before=before) for row in promise.harms
        ),
    )


def asked_of(context: Context, promise: Promise, outcomes: Outcomes) -> Asked:
    """Return how the promise was to be judged; what was left open follows from the design."""
    fixed = promise.evaluation
    estimator, inference = fixed.get("estimator") or "", fixed.get("inference") or ""
    by_lot = is_by_lot(promise)
    return Asked(
        method=Method(estimator) if estimator and estimator != _LOT else None,
        inference=Inference(inference) if inference else None,
        alpha=number(fixed, "alpha") or 1.0 - context.confidence,
        randomised=by_lot,
        strata=outcomes.strata if by_lot else None,
    )


def turned(interval: tuple[float, float, float], sign: float, level: float) -> Counted:
    """Return an estimate and its interval, (value, low, high), in another sign."""
    value, *ends = interval
    low, high = sorted(sign * end for end in ends)
    return Counted(value=sign * value, low=low, high=high, level=level)


def counted(effect: Effect | GroupEffect, sign: float) -> Counted:
    """Return an effect in another sign."""
    return turned((effect.value, effect.low, effect.high), sign, effect.level)


def _evaluated(panel: Panel, asked: Asked) -> Effect | Message:
    try:
        effect = evaluate(panel, asked=asked)
    except UsageError as error:
        # What was fixed beforehand need not go with the data that came: that is a result.
        code = error.problems[0].code
        return Message(code="outcomes.method_does_not_go", parameters={"reason": code})
    if isinstance(effect, DesignFound):
        refusal = effect.refusal
        return Message(code=f"refusal.{refusal.value}" if refusal else "refusal.nobody_treated")
    return effect


def _groups(
    outcomes: Outcomes, effect: Effect, asked: Asked, sign: float
) -> list[tuple[str, Counted]]:
    """Return gains by group of people where outcomes are given so, else by stratum of the lot.

    Where it is known how many people a group has in each unit, gains add up to that of all.
    """
    shares = outcomes.shares
    if outcomes.groups and shares is not None:
        rng = np.random.default_rng(_SEED)
        whole = group_effects(outcomes.groups, shares, effect=effect, asked=asked, rng=rng)
        return [(one.group, counted(one, sign)) for one in whole.groups]
    if outcomes.groups:
        parts = [(name, one, asked) for name, one in outcomes.groups.items()]
    elif asked.strata:
        parts = [
            (name, _within(outcomes.panel, asked.strata, name), replace(asked, strata=None))
            for name in dict.fromkeys(asked.strata)
        ]
    else:
        return []
    found = [(name, _evaluated(panel, how)) for name, panel, how in parts]
    return [(name, counted(one, sign)) for name, one in found if isinstance(one, Effect)]


def _within(panel: Panel, strata: Sequence[str], name: str) -> Panel:
    kept = np.array([one == name for one in strata], dtype=np.bool_)
    return Panel(
        outcomes=panel.outcomes[kept],
        first_treated=panel.first_treated[kept],
        units=tuple(unit for unit, has in zip(panel.units, kept, strict=True) if has),
        times=panel.times,
    )


def _harm(
    context: Context, promise: Promise, row: Row, *, alpha: float, before: date | None
) -> Harm:
    outcomes = outcomes_of(context, promise, row["indicator"], group=row.get("group") or "")
    if isinstance(outcomes, Message):
        return Harm(row=row, worse=None, why_not=outcomes)
    seen = outcomes if before is None else outcomes.until(before)
    asked = replace(asked_of(context, promise, seen), alpha=alpha)
    sign = float(SIGNS[row.get("worse_when") or "more"])
    effect = _evaluated(seen.panel, asked)
    if isinstance(effect, Message):
        return Harm(row=row, worse=None, why_not=effect)
    limit = number(row, "limit")
    return Harm(
        row=row,
        worse=counted(effect, sign),
        p_above=None if limit is None else _p_above(seen.panel, asked, sign=sign, limit=limit),
    )


def _p_above(panel: Panel, asked: Asked, *, sign: float, limit: float) -> float | None:
    """Return the p of a harm within its limit: of no effect once the limit is taken off.

    A two-sided p where the harm is above its limit, which errs on the side of the limit.
    """
    treated = np.arange(panel.n_times)[None, :] >= panel.first_treated[:, None]
    shifted = replace(panel, outcomes=panel.outcomes - sign * limit * treated)
    effect = _evaluated(shifted, asked)
    if isinstance(effect, Message) or np.isnan(effect.p):
        return None
    return effect.p if sign * effect.value > 0 else 1.0
