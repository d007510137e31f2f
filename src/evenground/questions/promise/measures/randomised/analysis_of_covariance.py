"""The effect adjusted for covariates that have one slope for all (ANCOVA).

Source: Fisher (1932), Statistical Methods for Research Workers, 4th edition, section 49.1; with a
baseline of the outcome as covariate, McKenzie (2012), Journal of Development Economics 99, 210-221.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, wrong
from evenground.questions.promise.measures.randomised.linear_estimator import (
    LinearEstimator,
    treated_once,
)


def ancova_weights(labels: ArrayLike, covariates: ArrayLike) -> Vector:
    """Return what each outcome counts in the estimate, shape (n, n_units).

    ``M z / (z' M z)``, where ``M`` takes constant and covariates out (Frisch and Waugh 1933).

    Raises
    ------
    UsageError
        If shapes do not fit, or covariates tell treated from untreated units altogether.
    """
    z = np.atleast_2d(np.asarray(labels)).astype(np.float64)
    x = matrix("covariates", covariates, shape=(z.shape[1], None), least=-np.inf)
    left, size, _ = np.linalg.svd(
        np.column_stack([np.ones(len(x)), _standardised(x)]), full_matrices=False
    )
    span = left[:, size > 1e-10 * size[0]]
    rest = z - (z @ span) @ span.T
    below = (rest * z).sum(axis=1)
    if (below <= 1e-9 * len(x)).any():
        raise wrong(
            "treatment_told_by_covariates",
            N_("covariates tell who is treated: {n} assignments leave nothing to compare"),
            n=int((below <= 1e-9 * len(x)).sum()),
        )
    return rest / below[:, None]


def analysis_of_covariance(outcomes: ArrayLike, labels: ArrayLike, covariates: ArrayLike) -> Vector:
    """Return the coefficient of treatment in a regression on it and covariates, shape (n,).

    Parameters
    ----------
    outcomes, shape (n_units,)
        In any unit, which is that of the answer.
    labels, shape (n, n_units)
        1 for treated, 0 for untreated.
    covariates, shape (n_units, n_covariates)
        Known before the draw: the outcome's baseline, say. Constant and repeated ones do no harm.

    Raises
    ------
    UsageError
        As ``ancova_weights``.
    """
    return ancova_weights(labels, covariates) @ np.asarray(outcomes, dtype=np.float64)


def ancova_estimator(covariates: ArrayLike) -> LinearEstimator:
    """Return ``analysis_of_covariance`` for a permutation test."""
    return LinearEstimator(
        name="analysis_of_covariance",
        estimates=partial(analysis_of_covariance, covariates=covariates),
        exposure=treated_once,
        overlaps=lambda labels: ancova_weights(labels, covariates) @ labels.T,
    )


def _standardised(x: Vector) -> Vector:
    spread = x.std(axis=0)
    return (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
