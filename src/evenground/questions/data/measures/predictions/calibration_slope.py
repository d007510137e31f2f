"""Calibration in the large, and the calibration slope, of probabilities.

Sources: Cox (1958), "Two further applications of a model for binary regression", Biometrika 45,
562-565; Van Calster, McLernon, van Smeden, Wynants and Steyerberg (2019), "Calibration: the
Achilles heel of predictive analytics", BMC Medicine 17, 230, for how both are read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, wrong
from evenground.questions.data.measures.predictions.calibration import scores_and_outcomes

LEAST_EVENTS = 10
"""Fewer rows that came, or that did not, carry no line."""
NEAREST = 1e-6
"""Probabilities nearer to 0 or 1 are taken as this near: their logit is infinite."""
_ROUNDS = 50
_CLOSE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSlope:
    """How outcomes follow the logit of the score.

    Attributes
    ----------
    intercept, intercept_low, intercept_high
        Calibration in the large: log odds of what came less those that were predicted, with the
        slope held at 1; 0 if predictions are right on average, above 0 if they are too low.
    slope, slope_low, slope_high
        1 if scores are spread as they should be, below 1 if they are too extreme.
    confidence
        Level of the intervals (Wald), 0-1.
    n, n_events, n_at_ends
        Rows, those that came, and scores so near to 0 or 1 that they were moved.
    """

    intercept: float
    intercept_low: float
    intercept_high: float
    slope: float
    slope_low: float
    slope_high: float
    confidence: float
    n: int
    n_events: int
    n_at_ends: int


def calibration_slope(
    scores: ArrayLike, came: ArrayLike, *, confidence: float = 0.95
) -> CalibrationSlope | CannotTell:
    """Return calibration in the large and the calibration slope.

    Parameters
    ----------
    scores, came, shape (n,)
        Probabilities, 0-1, and outcomes, 0 or 1.
    confidence
        0-1.

    Returns
    -------
    CalibrationSlope or CannotTell
        Cannot be told with fewer than ten rows that came or that did not, with one score only, or
        where scores part what came from what did not wholly.

    Raises
    ------
    UsageError
        If lengths differ, a score is no probability, or an outcome neither 0 nor 1.
    """
    value, seen = scores_and_outcomes(scores, came)
    if ((value < 0) | (value > 1)).any():
        raise wrong(
            "not_probability", N_("A score of {score} is no probability"), score=float(value.max())
        )
    n_events = int(seen.sum())
    least = min(n_events, value.size - n_events)
    if least < LEAST_EVENTS:
        return _cannot("few", n=least, least=LEAST_EVENTS)
    held = np.clip(value, NEAREST, 1 - NEAREST)
    logit = np.asarray(special.logit(held), dtype=np.float64)
    if np.ptp(logit) <= _CLOSE:
        return _cannot("one_score")
    ones = np.ones((value.size, 1))
    large = _fitted(ones, seen, offset=logit)
    line = _fitted(np.column_stack([np.ones(value.size), logit]), seen, offset=np.zeros(value.size))
    if large is None or line is None:
        return _cannot("parted")
    z = float(special.ndtri(1 - tail(confidence)))
    (intercept, error), (slope, spread) = large[-1], line[-1]
    return CalibrationSlope(
        intercept=intercept,
        intercept_low=intercept - z * error,
        intercept_high=intercept + z * error,
        slope=slope,
        slope_low=slope - z * spread,
        slope_high=slope + z * spread,
        confidence=confidence,
        n=value.size,
        n_events=n_events,
        n_at_ends=int((held != value).sum()),
    )


def _cannot(why: str, **parameters: int) -> CannotTell:
    return CannotTell(reason=Message(code=f"reason.calibration_slope.{why}", parameters=parameters))


def _fitted(design: Vector, seen: Vector, *, offset: Vector) -> list[tuple[float, float]] | None:
    """Return coefficients and their standard errors by damped Newton steps; ``None`` if none."""
    weights = np.zeros(design.shape[1])
    likely = _log_likelihood(design @ weights + offset, seen)
    for _ in range(_ROUNDS):
        chance = special.expit(design @ weights + offset)
        information = design.T @ (design * (chance * (1 - chance))[:, None])
        if not np.isfinite(information).all() or np.linalg.cond(information) > 1 / _CLOSE:
            return None
        step = np.linalg.solve(information, design.T @ (seen - chance))
        if float(np.abs(step).max()) < _CLOSE:
            errors = np.sqrt(np.diag(np.linalg.inv(information)))
            return [(float(one), float(error)) for one, error in zip(weights, errors, strict=True)]
        better = _log_likelihood(design @ (weights + step) + offset, seen)
        while better < likely - _CLOSE:
            step = step / 2
            better = _log_likelihood(design @ (weights + step) + offset, seen)
        weights, likely = weights + step, better
    return None


def _log_likelihood(log_odds: Vector, seen: Vector) -> float:
    return float(-np.logaddexp(0.0, np.where(seen == 1, -log_odds, log_odds)).sum())
