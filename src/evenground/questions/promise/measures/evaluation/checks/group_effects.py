"""Who benefits, by whatever method: effects on groups that add up exactly to that on everybody.

Each group's outcomes count by its share of people at the baseline. Estimators with weights that do
not look at outcomes (difference-in-differences, group-time effects, imputation, lots, an
interrupted series) are linear, so that what they find for the groups adds up; synthetic ones keep
the weights of the whole (``who_benefits``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, wrong
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.by_placebos import SYNTHETIC
from evenground.questions.promise.measures.evaluation.effect import Asked, Effect, Method
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.placebo_test import Ranked
from evenground.questions.promise.measures.synthetic.who_benefits import (
    shares_of_groups,
    who_benefits,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffect:
    """The effect on one group.

    Attributes
    ----------
    group
        Its name.
    value, low, high
        On its members, in the outcome's unit, with the interval of the method.
    level, p
        Confidence of the interval and two-sided p of no effect, 0-1.
    contribution
        What the group adds to the effect on everybody: its share times its effect.
    share
        Its share of people at the baseline, where and while treated, 0-1.
    """

    group: str
    value: float
    low: float
    high: float
    level: float
    p: float
    contribution: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffects:
    """Effects by group.

    Attributes
    ----------
    total
        On everybody, with shares fixed at the baseline, in the outcome's unit: the sum of the
        contributions.
    groups
        One for each group, in the order given.
    """

    total: float
    groups: tuple[GroupEffect, ...]


def group_effects(
    groups: Mapping[str, Panel],
    shares: ArrayLike,
    *,
    effect: Effect,
    asked: Asked,
    rng: np.random.Generator,
) -> GroupEffects:
    """Return the effect on each group, by the method and inference of the whole.

    Parameters
    ----------
    groups
        A panel for each group, of the same units, times and starts.
    shares, shape (n_groups,) or (n_groups, n_units)
        Share of each group at the baseline, above 0, adding up to 1 over groups.
    effect, asked
        The effect on everybody, and what was asked for.
    rng
        Source of chance where assignments are too many to list.

    Raises
    ------
    UsageError
        If panels or shares do not fit together.
    """
    if effect.method in SYNTHETIC and effect.method is not Method.DID:
        found = who_benefits(
            groups, shares, method=SYNTHETIC[effect.method], alpha=asked.alpha, rng=rng
        )
        return GroupEffects(
            total=found.total.effect,
            groups=tuple(
                _of_ranked(name, one, (float(added), float(share)))
                for name, one, added, share in zip(
                    found.groups, found.effects, found.contributions, found.shares, strict=True
                )
            ),
        )
    panels = tuple(groups.values())
    given = shares_of_groups(panels, shares)
    how = replace(asked, method=effect.method, inference=effect.inference)
    parts = tuple(
        _one(name, (panel, share), how, rng)
        for name, panel, share in zip(groups, panels, given, strict=True)
    )
    return GroupEffects(total=float(sum(one.contribution for one in parts)), groups=parts)


def _one(name: str, of: tuple[Panel, Vector], how: Asked, rng: np.random.Generator) -> GroupEffect:
    panel, share = of
    weighed = replace(panel, outcomes=share[:, None] * panel.outcomes)
    found = evaluate(weighed, asked=how, rng=rng)
    if isinstance(found, DesignFound):
        raise wrong("group_refused", N_("nothing can be told of group {group}"), group=name)
    cells = np.maximum(panel.n_times - panel.first_treated, 0)
    part = float(share @ cells / cells.sum())
    return GroupEffect(
        group=name,
        value=found.value / part,
        low=found.low / part,
        high=found.high / part,
        level=found.level,
        p=found.p,
        contribution=found.value,
        share=part,
    )


def _of_ranked(name: str, one: Ranked, part: tuple[float, float]) -> GroupEffect:
    return GroupEffect(
        group=name,
        value=one.effect,
        low=one.low,
        high=one.high,
        level=1 - one.level,
        p=one.p,
        contribution=part[0],
        share=part[1],
    )
