"""The difference in means, within strata.

Source: Neyman (1923), translated in Statistical Science 5 (1990), 465-472; within strata, Imbens
and Rubin (2015), Causal Inference, section 9.3.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
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
        there.

    Raises
    ------
    UsageError
        If an assignment leaves nothing to compare.
    """
    return difference_in_means_weights(labels, strata) @ np.asarray(outcomes, dtype=np.float64)


def difference_in_means_weights(labels: ArrayLike, strata: ArrayLike | None = None) -> Vector:
    """Return what each outcome counts in the difference, shape (n, n_units).

    Arguments and ``Raises`` as for ``difference_in_means``.
    """
    z = np.atleast_2d(np.asarray(labels)).astype(np.float64)
    of = np.zeros(z.shape[1], np.int64) if strata is None else _numbered(strata)
    weights, counted = np.zeros_like(z), np.zeros((len(z), 1))
    for stratum in range(int(of.max()) + 1):
        inside = of == stratum
        part = z[:, inside]
        size, n = part.shape[1], part.sum(axis=1, keepdims=True)
        both = (n > 0) & (n < size)
        apart = part / np.maximum(n, 1) - (1 - part) / np.maximum(size - n, 1)
        weights[:, inside] = np.where(both, size * apart, 0.0)
        counted += np.where(both, size, 0)
    if (counted == 0).any():
        raise wrong("nothing_to_compare", N_("an assignment treats all or none everywhere"))
    return weights / counted


def difference_in_means_estimator(strata: ArrayLike | None = None) -> LinearEstimator:
    """Return ``difference_in_means`` for a permutation test."""
    return LinearEstimator(
        name="difference_in_means",
        estimates=partial(difference_in_means, strata=strata),
        exposure=treated_once,
        overlaps=lambda labels: difference_in_means_weights(labels, strata) @ labels.T,
    )


def _numbered(values: ArrayLike) -> Whole:
    return np.unique(np.asarray(values), return_inverse=True)[1].astype(np.int64)
