"""An event study as Honest DiD wants it: coefficients before and after, and their covariance."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong

_SAME = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked of an event study, and how surely.

    Attributes
    ----------
    weights, shape (n_post,)
        The effect is the sum of weights times the effects after the start; ``()`` is the first
        period alone.
    confidence
        Level of every interval, 0-1.
    """

    weights: tuple[float, ...] = ()
    confidence: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """Checked coefficients of an event study; the period before the start is the reference.

    Attributes
    ----------
    betas, shape (n_pre + n_post,)
        In the outcome's unit, oldest first; the reference, which is 0, is left out.
    covariance, shape (n_pre + n_post, n_pre + n_post)
        Symmetric, positive semi-definite, in the unit squared.
    n_pre
        Coefficients before the reference, at least 1.
    weights, shape (n_post,)
        The effect is ``weights @ betas[n_pre:]``.
    confidence
        Level of every interval, 0-1.
    """

    betas: Vector
    covariance: Vector
    n_pre: int
    weights: Vector
    confidence: float

    @property
    def n_post(self) -> int:
        """Coefficients after the reference."""
        return self.betas.size - self.n_pre

    @property
    def on_effect(self) -> Vector:
        """The weights with a 0 for each coefficient before, shape (n_pre + n_post,)."""
        return np.concatenate([np.zeros(self.n_pre), self.weights])

    @property
    def estimate(self) -> float:
        """The effect if trends were parallel."""
        return float(self.weights @ self.betas[self.n_pre :])

    @property
    def standard_error(self) -> float:
        """Of the estimate."""
        return math.sqrt(float(self.on_effect @ self.covariance @ self.on_effect))

    @property
    def usual(self) -> tuple[float, float]:
        """The interval that takes trends to be parallel: estimate and normal quantiles."""
        half = float(special.ndtri(0.5 + self.confidence / 2)) * self.standard_error
        return self.estimate - half, self.estimate + half


def event_study(
    betas: ArrayLike, covariance: ArrayLike, *, n_pre: int, target: Target | None = None
) -> EventStudy:
    """Return a checked event study.

    Parameters
    ----------
    betas, shape (n_pre + n_post,)
        Coefficients, oldest first, without the reference.
    covariance, shape (n_pre + n_post, n_pre + n_post)
        Of the coefficients.
    n_pre
        How many lie before the reference.
    target
        Weights of the effect and confidence; the first period and 95 % if left out.

    Raises
    ------
    UsageError
        If shapes do not fit, a number is missing, the covariance is none, there is no coefficient
        before or after, the weights are all 0, or the confidence is not inside 0-1.
    """
    asked = Target() if target is None else target
    coefficients = vector("betas", betas, least=-np.inf)
    n = coefficients.size
    if not 1 <= n_pre < n:
        raise wrong(
            "event_study_periods",
            N_("n_pre is {n_pre} of {n} coefficients; at least one before and one after"),
            n_pre=n_pre,
            n=n,
        )
    if not 0 < asked.confidence < 1:
        raise wrong(
            "confidence",
            N_("confidence is {confidence}, not within 0-1"),
            confidence=asked.confidence,
        )
    study = EventStudy(
        betas=coefficients,
        covariance=_covariance(covariance, n),
        n_pre=n_pre,
        weights=_weights(asked.weights, n - n_pre),
        confidence=asked.confidence,
    )
    scale = float(np.abs(study.weights).max()) ** 2 * float(np.diag(study.covariance).max())
    if study.standard_error**2 <= np.finfo(float).eps * scale:
        raise wrong("effect_without_error", N_("the covariance gives the effect no error"))
    return study


def _covariance(given: ArrayLike, n: int) -> Vector:
    found = matrix("covariance", given, shape=(n, n), least=-np.inf)
    scale = float(np.abs(found).max())
    if np.abs(found - found.T).max() > _SAME * scale:
        raise wrong("covariance_asymmetric", N_("covariance is not symmetric"))
    even = (found + found.T) / 2
    least = float(np.linalg.eigvalsh(even)[0])
    if least < -_SAME * scale or scale == 0:
        raise wrong(
            "covariance_none",
            N_("covariance is no covariance: its least eigenvalue is {least}"),
            least=least,
        )
    return even


def _weights(given: tuple[float, ...], n_post: int) -> Vector:
    if not given:
        return np.eye(n_post)[0]
    found = vector("weights", given, size=n_post, least=-np.inf)
    if not found.any():
        raise wrong("weights_zero", N_("the weights of the effect are all 0"))
    return found
