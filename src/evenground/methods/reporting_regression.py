"""Reporting rates set beside several traits of incidents and areas at once.

A Poisson regression of further reports on traits, with the logarithm of the days as offset; where
more incidents than it allows were never reported again, a part of them is taken as never to be.
Source: Liu, Bhandaram and Garg (2024), Nature Computational Science 4, 57-65; zero-inflated:
Lambert (1992), Technometrics 34, 1-14; the test at the boundary: Self and Liang (1987), Journal of
the American Statistical Association 82, 605-610; robust errors: Huber (1967), Fifth Berkeley
Symposium 1, 221-233.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.evidence import Message
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.exact_limits import tail
from evenground.methods.reporting import Incidents
from evenground.methods.validation import Vector, matrix

_MOST_STEPS = 200
_CLOSE = 1e-10
_STEP = 1e-5
_LARGEST = 30.0
_BOUNDARY = 2.705543  # 95 % quantile of half a point at 0 and half a chi-squared with one degree


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRegression:
    """How many times as readily incidents with more of a trait are reported.

    Attributes
    ----------
    coefficient, standard_error, shape (n_traits,)
        On the logarithmic scale; errors hold though incidents differ beyond the model.
    ratio, low, high, shape (n_traits,)
        Rate for one unit more of the trait, divided by the rate without, with limits.
    is_zero_inflated
        Whether the model with a part that is never reported again was needed.
    never_again
        That part, 0-1; 0 without it.
    gain
        Twice the gain in log-likelihood that it brought; needed from 2.71 on.
    n_incidents
        How many.
    confidence
        0-1.
    """

    coefficient: Vector
    standard_error: Vector
    ratio: Vector
    low: Vector
    high: Vector
    is_zero_inflated: bool
    never_again: float
    gain: float
    n_incidents: int
    confidence: float


def reporting_regression(
    incidents: Incidents, traits: ArrayLike, *, confidence: float = 0.95
) -> ReportingRegression | CannotTell:
    """Return rate ratios of traits, each with the others held alike.

    Parameters
    ----------
    incidents
        From ``incidents_from_reports``.
    traits, shape (n_incidents, n_traits)
        One column a trait, a constant column among them: group membership as 0 and 1, kinds of
        incidents, figures of the area.
    confidence
        Of the limits, 0-1.

    Returns
    -------
    ReportingRegression or CannotTell
        The latter where no incident was reported again, or traits cannot be told apart.

    Raises
    ------
    UsageError
        If the shape differs or a value is missing.
    """
    m, days = incidents.n_more, incidents.days
    x = matrix("traits", traits, shape=(m.size, None), least=-np.inf)
    z = float(-special.ndtri(tail(confidence)))
    if not m.sum():
        return CannotTell(
            reason=Message(code="reason.reporting.no_repeats", parameters={"n": m.size})
        )
    if np.linalg.matrix_rank(x) < x.shape[1] or m.size <= x.shape[1]:
        known = {"n": m.size, "n_traits": x.shape[1]}
        return CannotTell(reason=Message(code="reason.reporting.traits_alike", parameters=known))
    model = _Model(x=x, m=m, offset=np.log(days))
    start = np.linalg.lstsq(x, np.full(m.size, np.log(m.sum() / days.sum())), rcond=None)[0]
    plain = _climb(model, np.append(start, -_LARGEST), free=x.shape[1])
    half = np.append(plain[:-1] + 0.0, special.logit(0.1))
    inflated = _climb(model, half, free=x.shape[1] + 1)
    gain = 2 * float(model.log_likelihood(inflated) - model.log_likelihood(plain))
    is_inflated = gain > _BOUNDARY
    best, free = (inflated, x.shape[1] + 1) if is_inflated else (plain, x.shape[1])
    error = _robust_errors(model, best, free=free)[: x.shape[1]]
    beta = best[:-1]
    return ReportingRegression(
        coefficient=beta,
        standard_error=error,
        ratio=np.exp(beta),
        low=np.exp(beta - z * error),
        high=np.exp(beta + z * error),
        is_zero_inflated=is_inflated,
        never_again=float(special.expit(best[-1])) if is_inflated else 0.0,
        gain=max(gain, 0.0),
        n_incidents=m.size,
        confidence=confidence,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """Counts (n,), traits (n, k) and offset (n,); parameters are k coefficients and a logit."""

    x: Vector
    m: Vector
    offset: Vector

    def log_likelihood(self, parameters: Vector) -> float:
        """Up to a constant."""
        mean, never = self._parts(parameters)
        zero = self.m == 0
        again = np.log1p(-never) - mean + special.xlogy(self.m, mean)
        return float(np.where(zero, np.log(never + (1 - never) * np.exp(-mean)), again).sum())

    def scores(self, parameters: Vector) -> Vector:
        """Return the gradient of each incident, shape (n, k + 1)."""
        mean, never = self._parts(parameters)
        zero = self.m == 0
        silent = never / (never + (1 - never) * np.exp(-mean))
        of_mean = np.where(zero, -(1 - silent) * mean, self.m - mean)
        of_never = np.where(zero, silent - never, -never)
        return np.column_stack([self.x * of_mean[:, None], of_never])

    def hessian(self, parameters: Vector) -> Vector:
        """Return the second derivatives, shape (k + 1, k + 1), from central differences."""
        steps = _STEP * np.eye(parameters.size)
        gradient: Callable[[Vector], Vector] = lambda at: self.scores(at).sum(axis=0)  # noqa: E731
        rows = [(gradient(parameters + d) - gradient(parameters - d)) / (2 * _STEP) for d in steps]
        return (np.array(rows) + np.array(rows).T) / 2

    def _parts(self, parameters: Vector) -> tuple[Vector, float]:
        line = np.clip(self.x @ parameters[:-1] + self.offset, -_LARGEST, _LARGEST)
        return np.exp(line), float(special.expit(parameters[-1]))


def _climb(model: _Model, start: Vector, *, free: int) -> Vector:
    """Return the parameters of the highest likelihood, the first ``free`` of them moving."""
    at, height = start.copy(), model.log_likelihood(start)
    for _ in range(_MOST_STEPS):
        slope = model.scores(at).sum(axis=0)[:free]
        bend = -model.hessian(at)[:free, :free]
        curve, turn = np.linalg.eigh(bend)
        step = turn @ ((turn.T @ slope) / np.maximum(np.abs(curve), _CLOSE))
        moved = _uphill(model, at, step, height)
        if moved is None:
            break
        gained = moved[1] - height
        at, height = moved
        if gained < _CLOSE * (1 + abs(height)):
            break
    return at


def _uphill(model: _Model, at: Vector, step: Vector, height: float) -> tuple[Vector, float] | None:
    """Return the first of ever shorter steps that leads up, and how high; nothing at the top."""
    for shorter in 0.5 ** np.arange(30):
        there = at.copy()
        there[: step.size] += shorter * np.clip(step, -5, 5)
        there[-1] = np.clip(there[-1], -_LARGEST, _LARGEST)
        if (reached := model.log_likelihood(there)) > height:
            return there, reached
    return None


def _robust_errors(model: _Model, at: Vector, *, free: int) -> Vector:
    """Return errors that hold if incidents differ beyond the model; never less than the model's."""
    scores = model.scores(at)[:, :free]
    inverse = np.linalg.pinv(-model.hessian(at)[:free, :free])
    robust = inverse @ (scores.T @ scores) @ inverse
    return np.sqrt(np.maximum(np.diag(robust), np.diag(inverse)))
