"""The difference in means, within strata.

Source: Neyman (1923), translated in Statistical Science 5 (1990), 465-472; within strata, Imbens
and Rubin (2015), Causal Inference, section 9.3.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, Whole
from evenground.questions.promise.measures.randomised.linear_estimator import (
    LinearEstimator,
    treated_once,
)


def difference_in_means(
    outcomes: ArrayLike, labels: ArrayLike, *, strata: ArrayLike | None = None
) -> Vector:
    """Return treated less untreated means, weighted by the sizes of strata, shape (n,).

    Parameters
    ----------
    outcomes, shape (n_units,)
        In any unit, which is that of the answer. Changes since a baseline make it a difference in
        differences.
    labels, shape (n, n_units)
        1 for treated, 0 for untreated.
    strata, shape (n_units,)
        Stratum of each unit. A stratum in which an assignment treats all or none carries no weight
        there; missing where that leaves no stratum.
    """
    y = np.asarray(outcomes, dtype=np.float64)
    z = np.atleast_2d(np.asarray(labels)).astype(np.float64)
    of = np.zeros(y.size, np.int64) if strata is None else _numbered(strata)
    top, weight = np.zeros(len(z)), np.zeros(len(z))
    for stratum in range(int(of.max()) + 1):
        inside = of == stratum
        part, values = z[:, inside], y[inside]
        n = part.sum(axis=1)
        both = (n > 0) & (n < values.size)
        n_1, n_0 = np.where(both, n, 1), np.where(both, values.size - n, 1)
        apart = (part @ values) / n_1 - ((1 - part) @ values) / n_0
        top += np.where(both, values.size * apart, 0.0)
        weight += np.where(both, values.size, 0.0)
    return np.divide(top, weight, out=np.full(len(z), np.nan), where=weight > 0)


def difference_in_means_estimator(strata: ArrayLike | None = None) -> LinearEstimator:
    """Return ``difference_in_means`` for a permutation test."""
    return LinearEstimator(
        name="difference_in_means",
        estimates=partial(difference_in_means, strata=strata),
        exposure=treated_once,
    )


def _numbered(values: ArrayLike) -> Whole:
    return np.unique(np.asarray(values), return_inverse=True)[1].astype(np.int64)
