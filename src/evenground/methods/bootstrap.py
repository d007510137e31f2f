"""The bootstrap of weighted means, all groups and all draws at once.

Source: Efron (1979), Annals of Statistics 7, 1-26; drawn as multinomial weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, matrix, vector


def bootstrap_weighted_means(
    values: ArrayLike, weights: ArrayLike, *, rng: np.random.Generator, n_draws: int
) -> Vector:
    """Return bootstrap draws of weighted means.

    Parameters
    ----------
    values, shape (n,)
        What is averaged.
    weights, shape (n_groups, n)
        Weight of each value in each group, 0 or more.
    rng, n_draws
        Source of chance and number of resamples; a resample draws all n entries with replacement.

    Returns
    -------
    array, shape (n_draws, n_groups)
        ``sum(w v) / sum(w)`` in each resample; missing where a resample leaves a group empty.
    """
    x = vector("values", values, least=-np.inf)
    w = matrix("weights", weights, shape=(None, x.size))
    times = rng.multinomial(x.size, np.full(x.size, 1.0 / x.size), size=n_draws).astype(np.float64)
    below = times @ w.T
    return np.divide(times @ (w * x).T, below, out=np.full_like(below, np.nan), where=below > 0)
