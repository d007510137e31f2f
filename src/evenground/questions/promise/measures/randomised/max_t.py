"""Several sealed outcomes over the same lots: the step-down maximum of their statistics.

Sources: Westfall and Young (1993), Resampling-Based Multiple Testing, algorithm 4.1; Romano and
Wolf (2005), Econometrica 73, 1237-1282, algorithm 3.1. Over a randomisation's own assignments it is
exact for the hypotheses of no effect on anybody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, wrong


def max_t(estimates: ArrayLike, came: int) -> Vector:
    """Return adjusted two-sided p-values, shape (n_outcomes,).

    Parameters
    ----------
    estimates, shape (n_outcomes, n_assignments)
        Of each outcome under each assignment, the same assignments for all; each outcome in its
        own unit, since each is divided by its spread over the assignments.
    came
        Column of the assignment that came.

    Raises
    ------
    UsageError
        If an estimate is missing, or ``came`` is no column.
    """
    found = matrix("estimates", estimates, shape=(None, None), least=-np.inf)
    n_outcomes, n = found.shape
    if not 0 <= came < n:
        raise wrong("column_unknown", N_("came is {came}; there are {n} columns"), came=came, n=n)
    centred = found - found.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
    noise = 1e-12 * np.abs(found).max(axis=1, keepdims=True)
    size = np.where(spread > noise, np.abs(found) / np.where(spread > noise, spread, 1.0), 0.0)
    order = np.argsort(-size[:, came], kind="stable")
    # From the least striking outcome upwards, the largest statistic among it and all below it.
    largest = np.maximum.accumulate(size[order][::-1], axis=0)[::-1]
    reached = largest >= size[order, came][:, None] * (1 - 1e-9)
    adjusted = np.empty(n_outcomes)
    adjusted[order] = np.maximum.accumulate(reached.mean(axis=1))
    return adjusted
