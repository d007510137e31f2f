"""Honest DiD, relative magnitudes: no later break in trends exceeds M-bar times the worst before.

Source: Rambachan and Roth (2023), A More Credible Approach to Parallel Trends, Review of Economic
Studies 90, 2555-2591, sections 2.4.1 and 3; the test is the hybrid of Andrews, Roth and Pakes
(2023), Review of Economic Studies 90, 2763-2791.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.questions.promise.measures.honest.conditional import Hybrid
from evenground.questions.promise.measures.honest.event_study import (
    EventStudy,
    Target,
    event_study,
)
from evenground.questions.promise.measures.honest.intervals import HonestDid, bounds_of, sizes
from evenground.questions.promise.measures.honest.inversion import outermost
from evenground.questions.promise.measures.honest.least_favourable import least_favourable_value
from evenground.questions.promise.measures.honest.pieces import relative_magnitudes_pieces


def honest_relative_magnitudes(
    betas: ArrayLike,
    covariance: ArrayLike,
    *,
    n_pre: int,
    bounds: ArrayLike = (0.5, 1.0, 1.5, 2.0),
    target: Target | None = None,
) -> HonestDid:
    """Return an interval for each M-bar.

    Parameters
    ----------
    betas, shape (n_pre + n_post,)
        Coefficients of an event study, oldest first, without the reference period, which is the
        last before the start; in the outcome's unit.
    covariance, shape (n_pre + n_post, n_pre + n_post)
        Of the coefficients.
    n_pre
        How many lie before the reference, at least 1.
    bounds, shape (n_bounds,)
        M-bar, 0 or more: 1 is "after the start, nothing worse than the worst before".
    target
        Weights of the effect and confidence.

    Returns
    -------
    HonestDid
        Deterministic: critical values are exact and no effects are listed on a grid.

    Raises
    ------
    UsageError
        As ``event_study``; if a bound is negative or missing.
    """
    study = event_study(betas, covariance, n_pre=n_pre, target=target)
    wanted = bounds_of(bounds)
    found = [relative_magnitudes_interval(study, float(bound)) for bound in wanted]
    low, high = study.usual
    return HonestDid(
        restriction="relative magnitudes",
        method="C-LF",
        bounds=wanted,
        low=np.array([ends[0] for ends in found]),
        high=np.array([ends[1] for ends in found]),
        estimate=study.estimate,
        usual_low=low,
        usual_high=high,
        confidence=study.confidence,
    )


def relative_magnitudes_interval(study: EventStudy, bound: float) -> tuple[float, float]:
    """Return the least and greatest effect that any piece of the restriction admits."""
    return outermost(relative_magnitudes_test(study, bound))


def relative_magnitudes_test(study: EventStudy, bound: float) -> Hybrid:
    """Return the test of an effect under the restriction."""
    first, second = sizes(study.confidence)
    pieces = relative_magnitudes_pieces(study, bound)
    return Hybrid(pieces=pieces, critical=least_favourable_value(pieces, size=first), size=second)
