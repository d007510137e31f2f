"""All that is tried against an effect, and why the rest is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evenground.errors import UsageError
from evenground.methods.validation import Vector
from evenground.questions.promise.measures.design import Design
from evenground.questions.promise.measures.evaluation.by_clusters import FEWEST_TREATED_CLUSTERS
from evenground.questions.promise.measures.evaluation.checks.donors import (
    WithoutDonors,
    backdated,
    without_donors,
)
from evenground.questions.promise.measures.evaluation.checks.event_times import (
    EventTimes,
    event_times,
)
from evenground.questions.promise.measures.evaluation.checks.group_effects import (
    GroupEffects,
    group_effects,
)
from evenground.questions.promise.measures.evaluation.checks.near_units import (
    NearUnits,
    near_units,
)
from evenground.questions.promise.measures.evaluation.checks.trends import (
    HonestCheck,
    PreTrend,
    magnitudes,
    pre_trend,
    pre_trend_by_placebos,
    smoothness,
)
from evenground.questions.promise.measures.evaluation.checks.which import (
    CHECKS,
    NOT_WITH,
    Check,
    tried_as,
)
from evenground.questions.promise.measures.evaluation.effect import Asked, Effect
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.in_time_placebo import InTimePlacebo

DOES_NOT_GO = "data_do_not_allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known beside the panel; what is empty is not known.

    Attributes
    ----------
    distance, shape (n_units,)
        To the nearest unit treated at some time, 0 or more.
    rings, shape (n_rings,)
        Outer edges of rings, rising, in the unit of distance.
    groups
        A panel for each group, of the same units, times and starts.
    shares, shape (n_groups,) or (n_groups, n_units)
        Share of each group at the baseline, above 0, adding up to 1 over groups.
    """

    distance: Vector | None = None
    rings: Vector | None = None
    groups: Mapping[str, Panel] = field(default_factory=dict[str, Panel])
    shares: Vector | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What was tried against an effect.

    Attributes
    ----------
    tried_as
        Design whose checks were taken.
    pre_trend
        Whether treated and others drifted apart before, and what drift would have gone unseen.
    magnitudes, smoothness
        The effect where trends part afterwards (Honest DiD).
    donors
        The effect without single donors.
    backdated
        What starts before the real one find.
    spillover
        Changes next to what is treated.
    groups
        Who benefits; contributions add up to their total.
    not_tried
        For each check that is ``None``, why: ``by_lot``, ``few_treated``, ``no_comparison``,
        ``not_of_this_design``, ``short_before``, ``few_clusters``, ``few_donors``,
        ``no_distances``, ``no_groups``, ``no_shares``, ``data_do_not_allow``.
    """

    tried_as: Design
    pre_trend: PreTrend | None = None
    magnitudes: HonestCheck | None = None
    smoothness: HonestCheck | None = None
    donors: WithoutDonors | None = None
    backdated: InTimePlacebo | None = None
    spillover: NearUnits | None = None
    groups: GroupEffects | None = None
    not_tried: Mapping[Check, str]


def checks_of(
    panel: Panel,
    effect: Effect,
    *,
    asked: Asked | None = None,
    around: Around | None = None,
    rng: np.random.Generator | None = None,
) -> Checks:
    """Return what was tried against an effect; about two seconds for 500 units and 120 times.

    Parameters
    ----------
    panel
        What the effect was found in.
    effect
        From ``evaluate``.
    asked
        What was asked for there.
    around
        Distances and groups, where they are known.
    rng
        Source of chance where assignments are too many to list; one with a fixed seed otherwise.
    """
    given = _Given(
        panel=panel,
        effect=effect,
        asked=asked or Asked(),
        around=around or Around(),
        rng=rng or np.random.default_rng(0),
    )
    design = tried_as(effect)
    found: dict[str, Any] = {}
    reasons: dict[Check, str] = {}
    study = _study(given) if Check.MAGNITUDES in CHECKS[design] else None
    for check in Check:
        if check not in CHECKS[design]:
            reasons[check] = NOT_WITH.get((design, check), "not_of_this_design")
            continue
        result = _tried(check, given, study)
        if isinstance(result, str):
            reasons[check] = result
        else:
            found[check.value] = result
    return Checks(tried_as=design, not_tried=reasons, **found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    panel: Panel
    effect: Effect
    asked: Asked
    around: Around
    rng: np.random.Generator


def _study(given: _Given) -> EventTimes | str:
    try:
        found = event_times(given.panel, clusters=given.asked.clusters)
    except UsageError:
        return DOES_NOT_GO
    return found or "short_before"


def _tried(check: Check, given: _Given, study: EventTimes | str | None) -> object:
    """Return what a check found, or a word for why it could not be tried."""
    try:
        if check in (Check.PRE_TREND, Check.MAGNITUDES, Check.SMOOTHNESS):
            return _of_trends(check, given, study)
        return _OTHERS[check](given)
    except UsageError:
        # What a check needs is more than what an effect needs; that it is not there is a result.
        return DOES_NOT_GO


def _of_trends(check: Check, given: _Given, study: EventTimes | str | None) -> object:
    alpha = given.asked.alpha
    if study is None:
        found = pre_trend_by_placebos(given.panel, alpha=alpha, rng=given.rng)
        return found or "short_before"
    if isinstance(study, str):
        return study
    tested = pre_trend(study, alpha=alpha)
    if tested is None:
        return "few_clusters"
    if check is Check.PRE_TREND:
        return tested
    if study.n_least < FEWEST_TREATED_CLUSTERS:
        return "few_clusters"
    return (magnitudes if check is Check.MAGNITUDES else smoothness)(study, alpha=alpha)


def _donors(given: _Given) -> object:
    return without_donors(given.panel, given.effect) or "few_donors"


def _backdated(given: _Given) -> object:
    return backdated(given.panel, given.effect) or "short_before"


def _spillover(given: _Given) -> object:
    around = given.around
    if around.distance is None or around.rings is None:
        return "no_distances"
    return near_units(
        given.panel,
        around.distance,
        rings=around.rings,
        clusters=given.asked.clusters,
        how=(given.asked.alpha, given.rng),
    )


def _groups(given: _Given) -> object:
    around = given.around
    if not around.groups:
        return "no_groups"
    if around.shares is None:
        return "no_shares"
    return group_effects(
        around.groups, around.shares, effect=given.effect, asked=given.asked, rng=given.rng
    )


_OTHERS: dict[Check, Callable[[_Given], object]] = {
    Check.DONORS: _donors,
    Check.BACKDATED: _backdated,
    Check.SPILLOVER: _spillover,
    Check.GROUPS: _groups,
}
