"""What a permutation test needs of an estimator: its value under any assignment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenground.methods.validation import Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearEstimator:
    """An estimator that is linear in the outcomes, whatever the assignment.

    Linear, so that taking a constant effect off the outcomes moves it along a straight line, and an
    interval can be had exactly. It is not divided by a standard error.

    Attributes
    ----------
    name
        As the literature calls it; a code for words.
    estimates
        From outcomes, shape (n_units,) or (n_units, n_times), and assignments, shape
        (n, n_units), to estimates, shape (n,), in the outcome's unit.
    exposure
        From one assignment, shape (n_units,), to what an effect of 1 adds to the outcomes, in the
        outcomes' shape.
    overlaps
        From assignments, shape (n, n_units), to what the estimate of each (row) makes of an effect
        of 1 under each (column), shape (n, n); 1 along the diagonal.
    """

    name: str
    estimates: Callable[[Vector, Whole], Vector]
    exposure: Callable[[Whole], Vector]
    overlaps: Callable[[Whole], Vector]


def treated_once(labels: Whole) -> Vector:
    """Return what an effect of 1 adds where units are treated (label 1) or not (label 0)."""
    return labels.astype(float)
