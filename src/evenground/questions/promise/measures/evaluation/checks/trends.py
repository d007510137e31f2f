"""Trends before the start, and how far they may part afterwards before the effect is gone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evenground.questions.promise.measures.evaluation.checks.event_times import EventTimes
from evenground.questions.promise.measures.honest import (
    HonestDid,
    Target,
    breakdown,
    event_study,
    honest_relative_magnitudes,
    honest_smoothness,
)
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.staggered.pretrend import pretrend_test
from evenground.questions.promise.measures.synthetic.reassignments import reassignments

BOUNDS = (0.5, 1.0, 2.0)
"""M-bar: after the start, trends part by so many times the worst seen before."""
POWER = 0.8
_TOLERANCE = 1e-4
_LEAST_BEFORE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PreTrend:
    """Whether treated and others drifted apart before, and what drift would have gone unseen.

    Attributes
    ----------
    p
        Of no drift, 0-1.
    shows
        Whether drifting apart is seen at the level asked for.
    seen
        Drift per time that is seen with a chance of 80 %, in the outcome's unit; infinite where no
        drift could be.
    adds
        What such a drift, going on, would add to the effect, in the outcome's unit.
    """

    p: float
    shows: bool
    seen: float
    adds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HonestCheck:
    """An effect under one restriction on trends.

    Attributes
    ----------
    honest
        Intervals by bound. The effect is the mean of the periods from the start on against the
        last period before it.
    breakdown
        The greatest bound at which "no effect" is left out; 0 where it never is; infinite where it
        always is. M-bar has no unit, M is in the outcome's unit per period.
    is_told
        Whether "no effect" is left out at the bound 0.
    length
        Times of the panel in one period.
    """

    honest: HonestDid
    breakdown: float
    is_told: bool
    length: int


def pre_trend(given: EventTimes, *, alpha: float) -> PreTrend | None:
    """Return the joint test of effects before the start; ``None`` where clusters are too few.

    Source: Roth (2022), American Economic Review: Insights 4, 305-322.
    """
    test = pretrend_test(given.study, alpha=alpha, powers=(POWER,))
    if not test.can_tell:
        return None
    return PreTrend(
        p=test.p,
        shows=test.p <= alpha,
        seen=float(test.slope[0]) / given.length,
        adds=float(test.drift[0].mean()),
    )


def pre_trend_by_placebos(
    panel: Panel, *, alpha: float, rng: np.random.Generator
) -> PreTrend | None:
    """Return where the drift of a few treated ranks among the drifts of as many others.

    Each unit's slope before the start is compared between treated and others, for every set of as
    many units. ``None`` with fewer than three times before the start.

    Source: Fisher (1935), The Design of Experiments, section 21, of slopes before the start; a
    drift that is added moves the real difference alone, which gives the chance of seeing it.
    """
    treated, start = panel.ever_treated, int(panel.cohorts[0])
    if start < _LEAST_BEFORE:
        return None
    since = np.arange(start) - (start - 1) / 2
    before = panel.outcomes[:, :start]
    slopes = (before - before.mean(axis=0)) @ since / (since @ since)
    sets, enumerated = reassignments(treated.size, int(treated.sum()), rng=rng)
    if not enumerated:
        sets = np.vstack([treated[None, :], sets])
    n_treated = int(treated.sum())
    inside = sets @ slopes
    drifts = inside / n_treated - (slopes.sum() - inside) / (slopes.size - n_treated)
    real = float(slopes[treated].mean() - slopes[~treated].mean())
    at_least = (np.abs(drifts) >= abs(real) * (1 - 1e-12)) | (sets == treated).all(axis=1)
    p = float(at_least.mean())
    allowed = math.floor(alpha * drifts.size * (1 + 1e-12)) - 1
    seen = math.inf
    if allowed >= 0:
        # Larger than all but as many as the level allows, with the chance asked for.
        least = float(np.sort(np.abs(drifts))[::-1][allowed])
        seen = least - float(np.quantile(drifts, 1 - POWER))
    # The middle of the times from the start on lies half of all times after that of those before.
    return PreTrend(p=p, shows=p <= alpha, seen=seen, adds=seen * panel.n_times / 2)


def magnitudes(given: EventTimes, *, alpha: float) -> HonestCheck:
    """Return intervals where later breaks are at most M-bar times the worst before.

    Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591, section 2.4.1.
    """
    study, target = given.study, _mean_after(given, alpha)
    honest = honest_relative_magnitudes(
        study.betas, study.covariance, n_pre=study.n_pre, bounds=BOUNDS, target=target
    )
    checked = event_study(study.betas, study.covariance, n_pre=study.n_pre, target=target)
    broken = breakdown(checked, tolerance=_TOLERANCE)
    return HonestCheck(
        honest=honest, breakdown=broken.value, is_told=broken.excluded, length=given.length
    )


def smoothness(given: EventTimes, *, alpha: float) -> HonestCheck:
    """Return the interval for a straight trend, and how far it may bend.

    Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591, section 2.4.2.
    """
    study, target = given.study, _mean_after(given, alpha)
    honest = honest_smoothness(
        study.betas, study.covariance, n_pre=study.n_pre, bounds=(0.0,), target=target
    )
    checked = event_study(study.betas, study.covariance, n_pre=study.n_pre, target=target)
    broken = breakdown(checked, restriction="smoothness", tolerance=_TOLERANCE)
    return HonestCheck(
        honest=honest, breakdown=broken.value, is_told=broken.excluded, length=given.length
    )


def _mean_after(given: EventTimes, alpha: float) -> Target:
    n_post = given.study.n_post
    return Target(weights=(1 / n_post,) * n_post, confidence=1 - alpha)
