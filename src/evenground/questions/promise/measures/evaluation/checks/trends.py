"""Trends before the start, and how far they may part afterwards before the effect is gone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.evaluation.checks.event_times import EventTimes
from evenground.questions.promise.measures.honest import (
    Breakdown,
    HonestDid,
    Target,
    breakdown,
    event_study,
    honest_relative_magnitudes,
    honest_smoothness,
)
from evenground.questions.promise.measures.panel import Panel
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
    """Return the test of a linear drift before the start; ``None`` where clusters are too few.

    One slope through the effects before the start and the reference, by Student's t with one
    degree of freedom less than there are treated clusters (or untreated ones, if fewer). The joint
    test that all effects before are 0 needs the inverse of their covariance: of 8 effects and 20
    treated units it rejects in 12 % of draws without any drift, with 6 treated in 70 %, at 5 %.

    Source: Roth (2022), American Economic Review: Insights 4, 305-322 (power against linear drift);
    Donald and Lang (2007), Review of Economics and Statistics 89, 221-233 (degrees of freedom).
    """
    study, freedom = given.study, given.n_least - 1
    n_pre = study.n_pre
    times = np.append(study.times[:n_pre], study.reference).astype(np.float64)
    away = times - times.mean()
    weights = (away / (away @ away))[:n_pre]
    variance = float(weights @ study.covariance[:n_pre, :n_pre] @ weights)
    if freedom < 1 or not variance > 0:
        return None
    error, slope = math.sqrt(variance), float(weights @ study.betas[:n_pre])
    p = float(2 * special.stdtr(freedom, -abs(slope) / error))
    quantiles = special.stdtrit(freedom, np.array([1 - alpha / 2, POWER]))
    seen = float(quantiles.sum()) * error
    later = study.times[n_pre:] - study.reference
    return PreTrend(
        p=p, shows=p <= alpha, seen=seen / given.length, adds=seen * float(later.mean())
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
    study, covariance, target = given.study, _widened(given, alpha), _mean_after(given, alpha)
    honest = honest_relative_magnitudes(
        study.betas, covariance, n_pre=study.n_pre, bounds=BOUNDS, target=target
    )
    checked = event_study(study.betas, covariance, n_pre=study.n_pre, target=target)
    return _checked(given, honest, breakdown(checked, tolerance=_TOLERANCE))


def smoothness(given: EventTimes, *, alpha: float) -> HonestCheck:
    """Return the interval for a straight trend, and how far it may bend.

    Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591, section 2.4.2.
    """
    study, covariance, target = given.study, _widened(given, alpha), _mean_after(given, alpha)
    honest = honest_smoothness(
        study.betas, covariance, n_pre=study.n_pre, bounds=(0.0,), target=target
    )
    checked = event_study(study.betas, covariance, n_pre=study.n_pre, target=target)
    broken = breakdown(checked, restriction="smoothness", tolerance=_TOLERANCE)
    return _checked(given, honest, broken)


def _checked(given: EventTimes, honest: HonestDid, broken: Breakdown) -> HonestCheck:
    return HonestCheck(
        honest=honest, breakdown=broken.value, is_told=broken.excluded, length=given.length
    )


def _widened(given: EventTimes, alpha: float) -> Vector:
    """Return the covariance with errors as wide as Student's t asks; bounds know normal ones."""
    wide = special.stdtrit(given.n_least - 1, 1 - alpha / 2) / special.ndtri(1 - alpha / 2)
    return given.study.covariance * float(wide) ** 2


def _mean_after(given: EventTimes, alpha: float) -> Target:
    n_post = given.study.n_post
    return Target(weights=(1 / n_post,) * n_post, confidence=1 - alpha)
