"""The effect adjusted for covariates with a slope for each group (Lin).

Source: Lin (2013), Annals of Applied Statistics 7, 295-318: regression on treatment, covariates
less their means, and their products. In a test of no effect at all it is as valid as any; that it
never loses precision against the plain difference in means holds for many units.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong
from evenground.questions.promise.measures.randomised.linear_estimator import (
    LinearEstimator,
    treated_once,
)


def lin_adjusted(outcomes: ArrayLike, labels: ArrayLike, covariates: ArrayLike) -> Vector:
    """Return the effect at the covariates' mean, shape (n,).

    Parameters
    ----------
    outcomes, shape (n_units,)
        In any unit, which is that of the answer.
    labels, shape (n, n_units)
        1 for treated, 0 for untreated.
    covariates, shape (n_units, n_covariates)
        Known before the draw.

    Raises
    ------
    UsageError
        If shapes do not fit, or a group has fewer units than covariates and two.
    """
    z = np.atleast_2d(np.asarray(labels)).astype(np.float64)
    y = vector("outcomes", outcomes, size=z.shape[1], least=-np.inf)
    x = matrix("covariates", covariates, shape=(y.size, None), least=-np.inf)
    smallest = float(np.minimum(z.sum(axis=1), (1 - z).sum(axis=1)).min())
    if smallest < x.shape[1] + 2:
        raise wrong(
            "group_small",
            N_("a group has {found} units; with {n} covariates it takes {needed}"),
            found=int(smallest),
            n=x.shape[1],
            needed=x.shape[1] + 2,
        )
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return _at_mean(y, x, z) - _at_mean(y, x, 1 - z)


def lin_estimator(covariates: ArrayLike) -> LinearEstimator:
    """Return ``lin_adjusted`` for a permutation test."""
    return LinearEstimator(
        name="lin_adjusted",
        estimates=partial(lin_adjusted, covariates=covariates),
        exposure=treated_once,
        overlaps=lambda labels: np.column_stack(
            [lin_adjusted(row, labels, covariates) for row in labels]
        ),
    )


def _at_mean(y: Vector, x: Vector, inside: Vector) -> Vector:
    """Return each group's regression at covariates 0, shape (n,)."""
    n = inside.sum(axis=1)
    mean_y, mean_x = (inside @ y) / n, (inside @ x) / n[:, None]
    squares = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    k = x.shape[1]
    within = (inside @ squares).reshape(-1, k, k)
    within -= n[:, None, None] * mean_x[:, :, None] * mean_x[:, None, :]
    cross = inside @ (x * y[:, None]) - (n * mean_y)[:, None] * mean_x
    slope = np.linalg.pinv(within, rcond=1e-10, hermitian=True) @ cross[:, :, None]
    return mean_y - (slope[:, :, 0] * mean_x).sum(axis=1)
