"""A promise held against what came: its effect, groups, harms, delivered share, and the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from evenground.errors import UsageError
from evenground.evidence import Message
from evenground.questions.promise.context import Context
from evenground.questions.promise.looks import Looks, looks_of
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
from evenground.questions.promise.measures.randomised.monitoring import Schedule, monitored
from evenground.questions.promise.measures.sealed_rule import Against, Ruled, sealed_rule
from evenground.questions.promise.panels import Outcomes, is_by_lot, outcomes_of
from evenground.questions.promise.stated import Promise, Row, number

SIGNS = {"more": 1.0, "less": -1.0}
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
class Judged:
    """A promise beside what came.

    Attributes
    ----------
    promise, outcomes, effect
        What was promised, what was measured, what came of it in the indicator's own sign.
    gain, held
        The effect in the promised direction; the same as the rule holds it against its limits: with
        an interval that is right over all looks that were fixed, and none before the first.
    n_looks
        Looks that were fixed; 1 where none were.
    groups
        The same by group of people, or by stratum where lots were drawn within strata.
    harms
        What must not get worse.
    delivered
        Gain as a share of the promised change; ``None`` where none was promised by number.
    ruled
        What the rule says; ``None`` without a smallest worthwhile effect.
    """

    promise: Promise
    outcomes: Outcomes
    effect: Effect
    gain: Counted
    held: Counted
    n_looks: int
    groups: tuple[tuple[str, Counted], ...]
    harms: tuple[Harm, ...]
    delivered: Counted | None
    ruled: Ruled | None


def judged(context: Context, promise: Promise) -> Judged | Message:
    """Return what came of a promise, or why it cannot be told."""
    indicator = promise.row.get("indicator") or ""
    outcomes = outcomes_of(context, promise, indicator)
    if isinstance(outcomes, Message):
        return outcomes
    asked = asked_of(context, promise, outcomes)
    effect = _evaluated(outcomes.panel, asked)
    if isinstance(effect, Message):
        return effect
    sign = SIGNS.get(promise.change.direction, 1.0)
    gain = counted(effect, sign)
    held, n_looks = gain, 1
    if (looks := looks_of(context, promise)) is not None:
        today = context.case.today
        at_looks = _at_looks(outcomes.panel, effect, asked, looks=looks, today=today)
        held, n_looks = _turned(at_looks, sign, gain.level), len(looks.dates)
    groups = tuple(_groups(outcomes, effect, _of_each_look(asked, n_looks), sign))
    harms = tuple(_harm(context, promise, row, n_looks) for row in promise.harms)
    return Judged(
        promise=promise,
        outcomes=outcomes,
        effect=effect,
        gain=gain,
        held=held,
        n_looks=n_looks,
        groups=groups,
        harms=harms,
        delivered=_delivered(promise, gain),
        ruled=_ruled(promise, held, groups, harms=harms, delivered=_delivered(promise, held)),
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


def _of_each_look(asked: Asked, n_looks: int) -> Asked:
    """Return what is asked for at each of several looks: its part of the error (Bonferroni)."""
    return replace(asked, alpha=asked.alpha / n_looks)


def _at_looks(
    panel: Panel, effect: Effect, asked: Asked, *, looks: Looks, today: date
) -> tuple[float, float, float]:
    """Return estimate and interval as they may be held against limits at the looks that are over.

    Nothing may before the first of them. Where lots decided, the interval is right over all looks;
    elsewhere each look has its part of the error.
    """
    columns = looks.columns(panel.times, today=today, first=int(panel.cohorts[0]))
    if not columns:
        return effect.value, -np.inf, np.inf
    if len(looks.dates) == 1:
        return effect.value, effect.low, effect.high
    if asked.randomised:
        schedule = Schedule(shares=looks.shares, columns=columns, alpha=asked.alpha)
        rng = np.random.default_rng(_SEED)
        found = monitored(panel, schedule, rng=rng, strata=asked.strata)
        return found.estimate, found.low, found.high
    again = _evaluated(panel, _of_each_look(asked, len(looks.dates)))
    if isinstance(again, Message):
        return effect.value, -np.inf, np.inf
    return again.value, again.low, again.high


def _turned(interval: tuple[float, float, float], sign: float, level: float) -> Counted:
    value, *ends = interval
    low, high = sorted(sign * end for end in ends)
    return Counted(value=sign * value, low=low, high=high, level=level)


def counted(effect: Effect | GroupEffect, sign: float) -> Counted:
    """Return an effect in another sign."""
    return _turned((effect.value, effect.low, effect.high), sign, effect.level)


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


def _harm(context: Context, promise: Promise, row: Row, n_looks: int) -> Harm:
    outcomes = outcomes_of(context, promise, row["indicator"], group=row.get("group") or "")
    if isinstance(outcomes, Message):
        return Harm(row=row, worse=None, why_not=outcomes)
    asked = _of_each_look(asked_of(context, promise, outcomes), n_looks)
    sign = SIGNS[row.get("worse_when") or "more"]
    effect = _evaluated(outcomes.panel, asked)
    if isinstance(effect, Message):
        return Harm(row=row, worse=None, why_not=effect)
    limit = number(row, "limit")
    return Harm(
        row=row,
        worse=counted(effect, sign),
        p_above=None if limit is None else _p_above(outcomes.panel, asked, sign=sign, limit=limit),
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


def _delivered(promise: Promise, gain: Counted) -> Counted | None:
    change = promise.change.change
    if change is None or change <= 0:
        return None
    return Counted(
        value=gain.value / change,
        low=gain.low / change,
        high=gain.high / change,
        level=gain.level,
    )


def _ruled(
    promise: Promise,
    gain: Counted,
    groups: Sequence[tuple[str, Counted]],
    *,
    harms: Sequence[Harm],
    delivered: Counted | None,
) -> Ruled | None:
    minimum = promise.number("minimum_effect")
    if minimum is None:
        return None
    floor, threshold = promise.number("floor_worst_group"), promise.number("delivery_threshold")
    return sealed_rule(
        _against("", gain, minimum),
        groups=[_against(name, one, floor) for name, one in groups] if floor is not None else [],
        harms=[_of_harm(one) for one in harms if number(one.row, "limit") is not None],
        delivered=_against("", delivered, threshold)
        if delivered is not None and threshold is not None
        else None,
        alpha=1.0 - gain.level,
    )


def _against(name: str, one: Counted, limit: float) -> Against:
    return Against(name=name, low=one.low, high=one.high, limit=limit)


def _of_harm(harm: Harm) -> Against:
    """Return a harm against its limit; one that cannot be told might be any size."""
    limit = number(harm.row, "limit") or 0.0
    if harm.worse is None:
        return Against(name=harm.row["harm_id"], low=-np.inf, high=np.inf, limit=limit)
    return replace(_against(harm.row["harm_id"], harm.worse, limit), p_above=harm.p_above)
