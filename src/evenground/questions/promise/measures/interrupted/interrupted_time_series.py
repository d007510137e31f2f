"""Interrupted time series: what came after the start, against the line drawn on from before it.

It takes the course before to have gone on as it was: whatever else changed at the start, or bent
the trend since, counts as effect. Nothing in the series can tell them apart.

Sources: Wagner, Soumerai, Zhang and Ross-Degnan (2002), Journal of Clinical Pharmacy and
Therapeutics 27, 299-309; Bernal, Cummins and Gasparrini (2017), International Journal of
Epidemiology 46, 348-355; Turner, Forbes, Karahalios, Taljaard and McKenzie (2021), BMC Medical
Research Methodology 21, 181.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, vector, wrong
from evenground.questions.promise.measures.interrupted.first_order_autoregression import (
    Autoregression,
    autoregression,
)
from evenground.questions.promise.measures.interrupted.newey_west import (
    WorkingModel,
    bartlett_lag,
    newey_west_variance,
    small_sample,
    working_model,
)
from evenground.questions.promise.measures.interrupted.segmented_design import (
    Season,
    at_end,
    mean_after,
    segmented_design,
)

_NO_SCATTER = 1e-20


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEstimate:
    """An effect from one series.

    Attributes
    ----------
    value, standard_error
        In the outcome's unit.
    low, high
        Confidence interval by Student's t; infinite where there is no scatter to judge by.
    p
        Of no effect, two-sided, 0-1; NaN where there is no scatter.
    degrees_of_freedom
        Of Student's t; they need not be whole.
    """

    value: float
    standard_error: float
    low: float
    high: float
    p: float
    degrees_of_freedom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptedSeries:
    """What one series shows.

    Attributes
    ----------
    effect, at_end
        Mean effect from the start on, and effect at the last time; least squares, HAC errors.
    prewhitened
        Mean effect from the start on by generalised least squares, errors following a first-order
        autoregression.
    trend, level, slope
        Slope before, change of level at the start, change of slope, in the outcome's unit (per
        time).
    counterfactual, fitted, shape (n_times,)
        The line before drawn on with its seasons, and what is fitted.
    autocorrelation
        Of errors one time apart, -1 to 1.
    lag
        Of the HAC errors, in times.
    has_scatter
        False where what is fitted leaves nothing over: then no interval is given.
    """

    effect: SeriesEstimate
    at_end: SeriesEstimate
    prewhitened: SeriesEstimate
    trend: float
    level: float
    slope: float
    counterfactual: Vector
    fitted: Vector
    autocorrelation: float
    lag: float
    has_scatter: bool


def interrupted_time_series(
    outcome: ArrayLike,
    start: int,
    *,
    seasons: Sequence[Season] = (),
    confidence: float = 0.95,
) -> InterruptedSeries:
    """Return the effect of what began at ``start``, from one series alone.

    Parameters
    ----------
    outcome, shape (n_times,)
        Finite, in time order, equally spaced.
    start
        First column (from 0) after the start; 2 or more before it, and from it on.
    seasons
        Taken to be the same before and after.
    confidence
        Of the intervals, 0-1.

    Raises
    ------
    UsageError
        If too few times are there for the lines and seasons, or a value is missing.
    """
    tail(confidence)
    given = vector("outcome", outcome, least=-np.inf)
    regressors = segmented_design(given.size, start, seasons)
    n, k = regressors.shape
    if n <= k or np.linalg.matrix_rank(regressors) < k:
        raise wrong(
            "series_short",
            N_("{n} times cannot tell {k} coefficients apart; take fewer seasons"),
            n=n,
            k=k,
        )
    size = float(np.abs(given - given.mean()).max()) or 1.0
    y = (given - given.mean()) / size  # spares digits; undone below
    onto: Vector = np.asarray(np.linalg.pinv(regressors), np.float64)
    beta = onto @ y
    left = y - regressors @ beta
    has_scatter = float(left @ left) > _NO_SCATTER * n
    model = autoregression(y, regressors) if has_scatter else None
    rho = model.autocorrelation if model else 0.0
    lag = bartlett_lag(rho, n)
    series = _Series(onto, left, working_model(regressors, rho), lag, (size, confidence))
    mean, end = mean_after(n, start, k), at_end(n, start, k)
    before = beta.copy()
    before[2:4] = 0.0
    return InterruptedSeries(
        effect=series.estimate(beta, mean, has_scatter=has_scatter),
        at_end=series.estimate(beta, end, has_scatter=has_scatter),
        prewhitened=_prewhitened(model, mean, size, confidence=confidence)
        if model
        else series.estimate(beta, mean, has_scatter=False),
        trend=float(size * beta[1]),
        level=float(size * beta[2]),
        slope=float(size * beta[3]),
        counterfactual=size * (regressors @ before) + given.mean(),
        fitted=size * (regressors @ beta) + given.mean(),
        autocorrelation=rho,
        lag=lag,
        has_scatter=has_scatter,
    )


def mean_effect(outcome: Vector, start: int, seasons: Sequence[Season] = ()) -> float:
    """Return the mean effect from ``start`` on alone, without an error; quick on long series.

    Parameters
    ----------
    outcome, start, seasons
        As in ``interrupted_time_series``.

    Raises
    ------
    UsageError
        If fewer than two times lie before the start or after it, or a season is none.
    """
    regressors = segmented_design(outcome.size, start, seasons)
    beta = np.linalg.lstsq(regressors, outcome - outcome.mean(), rcond=None)[0]
    return float(mean_after(outcome.size, start, beta.size) @ beta)


@dataclass(frozen=True, slots=True)
class _Series:
    """What the errors of a regression need; ``scale`` is the outcome's size and the confidence."""

    onto: Vector
    left: Vector
    model: WorkingModel
    lag: float
    scale: tuple[float, float]

    def estimate(self, beta: Vector, weights: Vector, *, has_scatter: bool) -> SeriesEstimate:
        """Return ``weights @ beta`` with its HAC error."""
        size, confidence = self.scale
        value = size * float(weights @ beta)
        if not has_scatter:
            return _estimate(value, 0.0, math.nan, confidence=confidence)
        on_outcome = weights @ self.onto
        plain = newey_west_variance(on_outcome * self.left, self.lag)
        small = small_sample(on_outcome, self.model, lag=self.lag)
        error = size * math.sqrt(plain * small.scale)
        return _estimate(value, error, small.degrees_of_freedom, confidence=confidence)


def _prewhitened(
    model: Autoregression, weights: Vector, size: float, *, confidence: float
) -> SeriesEstimate:
    error = size * math.sqrt(float(weights @ model.covariance @ weights))
    value = size * float(weights @ model.coefficients)
    freedom = model.degrees_of_freedom(weights)
    return _estimate(value, error, freedom, confidence=confidence)


def _estimate(value: float, error: float, freedom: float, *, confidence: float) -> SeriesEstimate:
    if error <= 0:
        low, high, p = -math.inf, math.inf, math.nan
    else:
        reach = float(special.stdtrit(freedom, 1 - tail(confidence))) * error
        low, high = value - reach, value + reach
        p = float(2 * special.stdtr(freedom, -abs(value) / error))
    return SeriesEstimate(
        value=value, standard_error=error, low=low, high=high, p=p, degrees_of_freedom=freedom
    )
