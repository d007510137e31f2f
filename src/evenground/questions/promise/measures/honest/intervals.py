"""What Honest DiD hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, vector

FIRST_STAGE = 0.1
"""Part of the error that the first stage of a hybrid may use, as the authors advise."""

Smooth = Literal["FLCI", "C-F", "C-LF"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HonestDid:
    """Intervals for an effect under ever weaker assumptions on trends.

    Attributes
    ----------
    restriction
        ``"relative magnitudes"`` or ``"smoothness"``.
    method
        ``"C-LF"``, ``"FLCI"`` or ``"C-F"``.
    bounds, shape (n_bounds,)
        M-bar, without unit, or M, in the outcome's unit per period.
    low, high, shape (n_bounds,)
        Ends of the interval, in the outcome's unit; NaN where the data refuse the assumption
        whatever the effect.
    estimate, usual_low, usual_high
        The effect if trends were parallel, and its usual interval.
    confidence
        Of all intervals, 0-1.
    """

    restriction: Literal["relative magnitudes", "smoothness"]
    method: Smooth
    bounds: Vector
    low: Vector
    high: Vector
    estimate: float
    usual_low: float
    usual_high: float
    confidence: float


def sizes(confidence: float) -> tuple[float, float]:
    """Return the error of the first stage and, given that it passes, that of the second."""
    alpha = 1 - confidence
    first = FIRST_STAGE * alpha
    return first, (alpha - first) / (1 - first)


def bounds_of(given: ArrayLike) -> Vector:
    """Return checked bounds, shape (n_bounds,)."""
    return vector("bounds", np.atleast_1d(np.asarray(given, dtype=np.float64)))
