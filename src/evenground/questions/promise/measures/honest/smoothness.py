"""Honest DiD, smoothness: from period to period the slope of the trend changes by at most M.

Source: Rambachan and Roth (2023), A More Credible Approach to Parallel Trends, Review of Economic
Studies 90, 2555-2591, sections 2.4.2, 3 and 4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.honest.conditional import Band, Hybrid
from evenground.questions.promise.measures.honest.event_study import (
    EventStudy,
    Target,
    event_study,
)
from evenground.questions.promise.measures.honest.fixed_length import (
    Frontier,
    fixed_length,
    frontier,
)
from evenground.questions.promise.measures.honest.intervals import (
    HonestDid,
    Smooth,
    bounds_of,
    sizes,
)
from evenground.questions.promise.measures.honest.inversion import outermost
from evenground.questions.promise.measures.honest.least_favourable import least_favourable_value
from evenground.questions.promise.measures.honest.pieces import smoothness_pieces

METHODS = ("FLCI", "C-F", "C-LF")


def honest_smoothness(
    betas: ArrayLike,
    covariance: ArrayLike,
    *,
    n_pre: int,
    bounds: ArrayLike,
    target: Target | None = None,
) -> HonestDid:
    """Return an interval of fixed length (FLCI) for each M, which the authors advise here.

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
        M, 0 or more, in the outcome's unit per period: 0 is "the trend is a straight line".
    target
        Weights of the effect and confidence.

    Returns
    -------
    HonestDid
        Deterministic.

    Raises
    ------
    UsageError
        As ``event_study``; if a bound is negative or missing.
    """
    study = event_study(betas, covariance, n_pre=n_pre, target=target)
    return smoothness_intervals(study, bounds=bounds)


def smoothness_intervals(
    study: EventStudy, *, bounds: ArrayLike, method: Smooth = "FLCI"
) -> HonestDid:
    """Return intervals by one of three methods.

    Parameters
    ----------
    study
        The event study.
    bounds, shape (n_bounds,)
        M, 0 or more, in the outcome's unit per period.
    method
        ``"FLCI"`` is of fixed length and uses all coefficients; ``"C-LF"`` inverts the conditional
        test after a least favourable first stage, with the rows that touch a period after the
        start; ``"C-F"`` does so after an interval of fixed length as first stage.

    Raises
    ------
    UsageError
        If a bound is negative or missing, or there is no such method.
    """
    if method not in METHODS:
        raise wrong("honest_method", N_("no method {method}"), method=method)
    wanted, among = bounds_of(bounds), frontier(study)
    found = [smoothness_interval(among, float(bound), method=method) for bound in wanted]
    low, high = study.usual
    return HonestDid(
        restriction="smoothness",
        method=method,
        bounds=wanted,
        low=np.array([ends[0] for ends in found]),
        high=np.array([ends[1] for ends in found]),
        estimate=study.estimate,
        usual_low=low,
        usual_high=high,
        confidence=study.confidence,
    )


def smoothness_interval(
    among: Frontier, bound: float, *, method: Smooth = "FLCI"
) -> tuple[float, float]:
    """Return the ends of one interval; two NaN if the data refuse the restriction."""
    study = among.study
    if method == "FLCI":
        best = fixed_length(among, bound, confidence=study.confidence)
        return best.centre - best.half, best.centre + best.half
    return outermost(smoothness_test(among, bound, method=method))


def smoothness_test(among: Frontier, bound: float, *, method: Smooth) -> Hybrid:
    """Return the test of an effect under the restriction, for ``"C-LF"`` or ``"C-F"``."""
    study = among.study
    first, second = sizes(study.confidence)
    pieces = smoothness_pieces(study, bound)
    if method == "C-LF":
        critical = least_favourable_value(pieces, size=first)
        return Hybrid(pieces=pieces, critical=critical, size=second)
    best = fixed_length(among, bound, confidence=1 - first)
    band = Band(
        centre=best.centre,
        half=best.half,
        covariance=pieces.on_betas @ study.covariance @ best.on_betas,
    )
    return Hybrid(pieces=pieces, critical=np.full(1, np.inf), size=second, band=band)
