"""Errors that hold when what is left over hangs together over time (HAC), in short series too.

A plain HAC error is too small in short series: left-overs are smaller than errors and hang together
less. So it is scaled to be right on average, and given the degrees of freedom that it has, where
errors follow a first-order autoregression; other errors change the scale, not the principle.

Sources: Newey and West (1987), Econometrica 55, 703-708; Andrews (1991), Econometrica 59, 817-858,
equations 6.2 and 6.4 (lag); Bell and McCaffrey (2002), Survey Methodology 28, 169-181, and
Satterthwaite (1946), Biometrics Bulletin 2, 110-114 (scale and degrees of freedom under a working
model).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.interrupted.first_order_autoregression import (
    correlations,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallSample:
    """What a HAC variance is worth under a working model.

    Attributes
    ----------
    scale
        By what the plain variance must be multiplied to be right on average.
    degrees_of_freedom
        Of Student's t.
    """

    scale: float
    degrees_of_freedom: float


def bartlett_lag(autocorrelation: float, n: int) -> float:
    """Return Andrews's lag for Bartlett weights and first-order autoregressive errors.

    Parameters
    ----------
    autocorrelation
        Of errors one time apart, inside -1 to 1.
    n
        Times.

    Returns
    -------
    float
        0 to ``n - 1``; the weight of left-overs ``k`` apart is ``1 - k / (lag + 1)``.
    """
    rho = autocorrelation
    hangs = 4 * rho**2 / ((1 - rho) ** 2 * (1 + rho) ** 2)
    return min(1.1447 * (hangs * n) ** (1 / 3), n - 1.0)


def newey_west_variance(scores: Vector, lag: float) -> float:
    """Return the HAC variance of a sum of scores, without any correction.

    Parameters
    ----------
    scores, shape (n,)
        What each time adds: its weight in the estimate times what is left over.
    lag
        Scores farther apart count nothing; 0 or more.
    """
    total = float(scores @ scores)
    for k in range(1, min(math.ceil(lag), scores.size - 1) + 1):
        weight = max(0.0, 1 - k / (lag + 1))
        total += 2 * weight * float(scores[k:] @ scores[:-k])
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingModel:
    """Covariances of errors and of what is left over of them, up to the error's variance.

    Attributes
    ----------
    errors, left, shape (n, n)
        Of first-order autoregressive errors; of residuals.
    """

    errors: Vector
    left: Vector


def working_model(regressors: Vector, autocorrelation: float) -> WorkingModel:
    """Return the working model of a regression.

    Parameters
    ----------
    regressors, shape (n, k)
        Of full rank.
    autocorrelation
        Of errors one time apart, inside -1 to 1.
    """
    errors = correlations(autocorrelation, len(regressors))
    q = np.linalg.qr(regressors)[0]
    left = errors - q @ (q.T @ errors)
    left -= (left @ q) @ q.T
    return WorkingModel(errors=errors, left=left)


def small_sample(weights: Vector, model: WorkingModel, *, lag: float) -> SmallSample:
    """Return scale and degrees of freedom of the HAC variance of an estimate.

    Parameters
    ----------
    weights, shape (n,)
        The estimate is ``weights @ outcome``; in the space of the regressors.
    model
        How errors hang together.
    lag
        Of the HAC variance.
    """
    drawn = weights[:, None] * model.left
    moved = drawn.copy()
    for k in range(1, min(math.ceil(lag), weights.size - 1) + 1):
        share = max(0.0, 1 - k / (lag + 1))
        moved[k:] += share * drawn[:-k]
        moved[:-k] += share * drawn[k:]
    moved *= weights[:, None]
    # The variance is a quadratic form in left-overs; its mean and variance follow from traces.
    mean, half_variance = float(np.trace(moved)), float((moved * moved.T).sum())
    right = float(weights @ model.errors @ weights)
    return SmallSample(scale=right / mean, degrees_of_freedom=mean**2 / half_variance)
