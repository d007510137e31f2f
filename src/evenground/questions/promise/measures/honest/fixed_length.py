"""The shortest interval of fixed length for an effect whose trend bends by no more than a bound.

Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591, section 4; Armstrong
and Kolesar (2018), Optimal inference in a class of regression models, Econometrica 86, 655-683.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, special

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.honest.event_study import EventStudy
from evenground.questions.promise.measures.honest.lasso_path import LassoPath, lasso_path
from evenground.questions.promise.measures.honest.pieces import bend_weights

_TIGHT = 1e-14
_NO_ERROR = 1e-12
"""Part of the usual error below which an estimator is as good as certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedLength:
    """An interval ``centre`` plus and minus ``half``.

    Attributes
    ----------
    centre, half
        In the outcome's unit.
    on_betas, shape (n_pre + n_post,)
        The centre is their sum of products with the coefficients.
    bias
        The greatest bias of the centre, in the outcome's unit.
    standard_error
        Of the centre.
    """

    centre: float
    half: float
    on_betas: Vector
    bias: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Estimators that trade bias for variance, whatever the bound.

    Attributes
    ----------
    study
        The event study.
    path
        Weights on changes of slope before the start, by price.
    start, shape (n_pre + n_post,)
        What an estimator takes of each coefficient if it puts no weight on them.
    turn, shape (n_pre - 1, n_pre + n_post)
        What a unit of each weight adds.
    fixed
        The bias that no estimator escapes, for a bound of 1.
    """

    study: EventStudy
    path: LassoPath
    start: Vector
    turn: Vector
    fixed: float


def frontier(study: EventStudy) -> Frontier:
    """Return all estimators that may be best: any linear trend leaves them unbiased.

    An estimator's greatest bias is the bound times the sum of its absolute weights on changes of
    slope. Those after the start are given; those before are free, and to have the least variance
    for a given sum of absolute values is a lasso.
    """
    n_pre = study.n_pre
    ago = np.arange(n_pre, 0, -1)  # how long before the reference each coefficient lies
    bends = np.maximum(ago[None, :] - np.arange(n_pre)[:, None], 0)
    back = np.linalg.inv(bends)  # from (level, weights on bends) to what is taken of coefficients
    level = float(study.weights @ np.arange(1, study.n_post + 1))
    start = np.concatenate([back[:, 0] * level, study.weights])
    turn = np.concatenate([back[:, 1:].T, np.zeros((n_pre - 1, study.n_post))], axis=1)
    quadratic = turn @ study.covariance @ turn.T
    linear = turn @ study.covariance @ start
    fixed = float(np.abs(bend_weights(study.weights)).sum())
    return Frontier(
        study=study, path=lasso_path(quadratic, linear), start=start, turn=turn, fixed=fixed
    )


def fixed_length(among: Frontier, bound: float, *, confidence: float) -> FixedLength:
    """Return the shortest interval that holds the effect with ``confidence``.

    Parameters
    ----------
    among
        Estimators.
    bound
        How much the slope of the trend may change from period to period, 0 or more, in the
        outcome's unit per period.
    confidence
        0-1.
    """
    greatest = float(among.path.prices[0])

    def slope(price: float) -> float:
        found = _interval(among, price, bound, confidence)
        ratio = found.bias / found.standard_error
        wide = found.half / found.standard_error
        tilt = math.tanh(wide * ratio)
        return price * (wide - ratio * tilt) - bound * found.standard_error * tilt

    if bound == 0 or greatest == 0:
        return _interval(among, 0.0, bound, confidence)
    if slope(greatest) <= 0:
        return _interval(among, greatest, bound, confidence)
    return _interval(among, _root(slope, 0.0, greatest), bound, confidence)


def _interval(among: Frontier, price: float, bound: float, confidence: float) -> FixedLength:
    weights = among.path.at(price) if among.path.prices.size > 1 else among.path.weights[0]
    study = among.study
    on_betas = among.start + weights @ among.turn
    error = math.sqrt(max(float(on_betas @ study.covariance @ on_betas), 0.0))
    error = max(error, _NO_ERROR * study.standard_error)
    bias = bound * (among.fixed + float(np.abs(weights).sum()))
    return FixedLength(
        centre=float(on_betas @ study.betas),
        half=error * folded_normal_quantile(bias / error, confidence=confidence),
        on_betas=on_betas,
        bias=bias,
        standard_error=error,
    )


def folded_normal_quantile(mean: float, *, confidence: float) -> float:
    """Return what ``|N(mean, 1)|`` stays below with the chance ``confidence``; mean 0 or more."""
    least = mean + float(special.ndtri(confidence))
    most = mean + float(special.ndtri(0.5 + confidence / 2))

    def short(x: float) -> float:
        return float(special.ndtr(x - mean) - special.ndtr(-x - mean)) - confidence

    if short(least) >= 0:  # the other tail is lost to rounding
        return least
    if short(most) <= 0:
        return most
    return _root(short, least, most)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that is negative at ``low`` and positive at ``high`` is 0."""
    found: Any = optimize.brentq(rising, low, high, xtol=_TIGHT * high)
    return float(found)
