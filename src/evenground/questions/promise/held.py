"""What a rule is held to: intervals at the error that was fixed, right over all looks together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from evenground.evidence import Message
from evenground.questions.promise.context import Context
from evenground.questions.promise.effects import Came, Counted, Harm, came_of, turned
from evenground.questions.promise.looks import Looks, looks_of
from evenground.questions.promise.measures.evaluation.effect import Asked
from evenground.questions.promise.measures.randomised.monitoring import (
    Monitored,
    Schedule,
    monitored,
)
from evenground.questions.promise.panels import Outcomes
from evenground.questions.promise.stated import Promise

_ROUNDING = 1e-9
"""By which a level may miss the one asked for: it is one less a sum of equal parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came, as a rule may use it.

    Attributes
    ----------
    gain, groups, untold, harms
        As of ``Came``; an interval is open at both ends where it cannot be had at the error that
        was fixed, and before the first look.
    alpha
        Error of each statement, 0-1: of several looks, each has its part (Bonferroni), unless lots
        decided.
    n_looks, n_over
        Looks that were fixed, 1 where none were; how many are over, ``None`` where none were fixed.
    at_looks
        Every look so far, where lots decided and several looks were fixed.
    """

    gain: Counted
    groups: tuple[tuple[str, Counted], ...]
    untold: tuple[str, ...]
    harms: tuple[Harm, ...]
    alpha: float
    n_looks: int = 1
    n_over: int | None = None
    at_looks: Monitored | None = None


def held_of(
    context: Context, promise: Promise, outcomes: Outcomes, *, asked: Asked, came: Came
) -> Held:
    """Return what a rule may be held to today.

    Parameters
    ----------
    context, promise, outcomes
        The promise, and its indicator.
    asked
        How it was to be judged.
    came
        What came, with all periods there are.
    """
    looks = looks_of(context, promise)
    if looks is None:
        return _bounded(came, asked.alpha)
    panel, n = outcomes.panel, len(looks.dates)
    columns = looks.columns(panel.times, today=context.case.today, first=int(panel.cohorts[0]))
    if not columns:
        return replace(_open(came, asked.alpha), n_looks=n, n_over=0)
    # What came after a look is not the look's.
    after = looks.dates[len(columns) - 1] + timedelta(days=1)
    each = replace(asked, alpha=asked.alpha / n)
    is_whole = n == 1 and columns[-1] == panel.n_times
    seen = came if is_whole else came_of(context, promise, outcomes, each, before=after)
    if isinstance(seen, Message):
        return replace(_open(came, each.alpha), n_looks=n, n_over=len(columns))
    held = replace(_bounded(seen, each.alpha), n_looks=n, n_over=len(columns))
    if n == 1 or not asked.randomised:
        return held
    at_looks = _at_looks(context, promise, outcomes, asked=asked, at=(looks, columns))
    over_all = (at_looks.estimate, at_looks.low, at_looks.high)
    gain = turned(over_all, promise.sign, 1.0 - asked.alpha)
    return replace(held, gain=gain, at_looks=at_looks)


def _at_looks(
    context: Context,
    promise: Promise,
    outcomes: Outcomes,
    *,
    asked: Asked,
    at: tuple[Looks, Sequence[int]],
) -> Monitored:
    looks, columns = at
    return monitored(
        outcomes.panel,
        Schedule(shares=looks.shares, columns=tuple(columns), alpha=asked.alpha),
        rng=context.case.rng(f"looks.{promise.key}"),
        strata=asked.strata,
    )


def _bounded(came: Came, alpha: float) -> Held:
    """Return what came with those intervals open that cannot be had at an error of ``alpha``."""

    def bounded(one: Counted) -> Counted:
        return one if one.level >= 1.0 - alpha - _ROUNDING else _unbounded(one)

    return Held(
        gain=bounded(came.gain),
        groups=tuple((name, bounded(one)) for name, one in came.groups),
        untold=came.untold,
        harms=tuple(
            replace(one, worse=bounded(one.worse)) if one.worse else one for one in came.harms
        ),
        alpha=alpha,
    )


def _open(came: Came, alpha: float) -> Held:
    """Return what came with every interval open: nothing follows."""
    return Held(
        gain=_unbounded(came.gain),
        groups=tuple((name, _unbounded(one)) for name, one in came.groups),
        untold=came.untold,
        harms=tuple(Harm(row=one.row, worse=None, why_not=one.why_not) for one in came.harms),
        alpha=alpha,
    )


def groups_held(held: Held) -> tuple[tuple[str, Counted], ...]:
    """Return groups that a floor is held against: those that cannot be told too.

    One without a name where outcomes are given for no group: then a group may have lost.
    """
    nobody = ("",) if not held.groups and not held.untold else ()
    unknown = ((name, _unbounded(held.gain)) for name in (*held.untold, *nobody))
    return (*held.groups, *unknown)


def _unbounded(one: Counted) -> Counted:
    return replace(one, low=-np.inf, high=np.inf)
