"""The conditional logit of counts: which of several areas a unit goes to, year by year.

Source: McFadden (1974), Conditional logit analysis of qualitative choice behavior, in Zarembka
(ed.), Frontiers in Econometrics, 105-142; with counts per alternative, as in Guimarães, Figueiredo
and Woodward (2003), Review of Economics and Statistics 85, 201-204.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector

_FARTHEST = 300.0
_MOST_STEPS = 300
_MOST_HALVINGS = 40
_LONGEST_STEP = 2.0
_CLOSE = 1e-14


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalLogit:
    """A fitted conditional logit.

    Attributes
    ----------
    coefficients, shape (n_covariates,)
        Log odds ratios, within ±300. Where the likelihood climbs for ever, as far as it still rose
        by more than rounding.
    log_likelihood
        Without the multinomial constants.
    """

    coefficients: Vector
    log_likelihood: float


def conditional_logit(
    counts: Vector, log_weight: Vector, *, covariates: Vector
) -> ConditionalLogit:
    """Return the maximum of ``Σ n_it log p_it`` with ``p_it ∝ exp(log_weight_it + x_it θ)``.

    Parameters
    ----------
    counts, shape (n_years, n_areas)
        Units.
    log_weight, shape (n_areas,) or (n_years, n_areas)
        Finite.
    covariates, shape (n_covariates, n_years, n_areas)
        There may be none; then the likelihood is only evaluated.

    Returns
    -------
    ConditionalLogit
        Found by Newton's method. The likelihood is concave, so a shortened step always climbs.
    """
    theta = np.zeros(covariates.shape[0])
    linear = np.broadcast_to(log_weight, counts.shape)
    height = _log_likelihood(counts, linear)
    for _ in range(_MOST_STEPS if theta.size else 0):
        step, gain = _newton_step(counts, linear, covariates)
        if gain <= _CLOSE * counts.sum():
            break
        step *= min(1.0, _LONGEST_STEP / float(np.abs(step).max()))
        for _ in range(_MOST_HALVINGS):
            tried = np.clip(theta + step, -_FARTHEST, _FARTHEST)
            ahead = log_weight + np.tensordot(tried, covariates, axes=1)
            reached = _log_likelihood(counts, ahead)
            if reached >= height:
                break
            step = step / 2
        else:
            break
        is_still = bool((tried == theta).all())
        theta, linear, height = tried, ahead, reached
        if is_still:
            break
    return ConditionalLogit(coefficients=theta, log_likelihood=height)


def choice_probability(log_weight: Vector) -> Vector:
    """Return the chance of each area, shape like ``log_weight``; every year adds up to 1."""
    weight = np.exp(log_weight - log_weight.max(axis=-1, keepdims=True))
    return weight / weight.sum(axis=-1, keepdims=True)


def score_information(
    counts: Vector, chance: Vector, *, covariates: Vector
) -> tuple[Vector, Vector]:
    """Return the slope of the log-likelihood and its information.

    Parameters
    ----------
    counts, chance, shape (n_years, n_areas)
        Units, and the chance of each area.
    covariates, shape (n_covariates, n_years, n_areas)

    Returns
    -------
    slope, shape (n_covariates,)
        ``Σ_t Σ_i n_it (x_it - x̄_t)``, the mean taken by chance.
    information, shape (n_covariates, n_covariates)
        ``Σ_t n_t Cov_t(x)``.
    """
    by_year = counts.sum(axis=1)
    apart = covariates - np.einsum("kti,ti->kt", covariates, chance)[:, :, None]
    slope = np.einsum("kti,ti->k", apart, counts)
    weighted = apart * (chance * by_year[:, None])
    return slope, np.tensordot(weighted, apart, axes=([1, 2], [1, 2]))


def _newton_step(counts: Vector, linear: Vector, covariates: Vector) -> tuple[Vector, float]:
    chance = choice_probability(linear)
    slope, information = score_information(counts, chance, covariates=covariates)
    # Where covariates do not vary, or say the same, the smallest of the possible steps is taken.
    step = np.linalg.lstsq(information, slope, rcond=1e-12)[0]
    return np.asarray(step, dtype=np.float64), float(slope @ step)


def _log_likelihood(counts: Vector, linear: Vector) -> float:
    below = linear - linear.max(axis=1, keepdims=True)
    return float((counts * below).sum() - counts.sum(axis=1) @ np.log(np.exp(below).sum(axis=1)))
