"""The bootstrap: how often each entry is drawn, and what that does to weighted means.

Source: Efron (1979), Annals of Statistics 7, 1-26; drawn as multinomial weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong


def resampled_counts(n: int, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return how often each of ``n`` entries is drawn in each resample, shape (n_draws, n).

    Every row adds up to ``n``: a multinomial draw with equal chances.

    Raises
    ------
    UsageError
        If there is nothing to draw from, or no draw is asked for.
    """
    if n < 1 or n_draws < 1:
        raise wrong(
            "nothing_to_draw",
            N_("{n_draws} draws of {n} entries; both must be at least 1"),
            n=n,
            n_draws=n_draws,
        )
    drawn = rng.integers(0, n, size=(n_draws, n))
    # Entries drawn are counted for all rows at once: far quicker than a multinomial draw per row.
    drawn += n * np.arange(n_draws, dtype=np.int64)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=n * n_draws)
    return counts.reshape(n_draws, n).astype(np.float64)


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

    Raises
    ------
    UsageError
        If a value is missing, a weight is negative or missing, the lengths differ, or there is
        nothing to draw from.
    """
    x = vector("values", values, least=-np.inf)
    w = matrix("weights", weights, shape=(None, x.size))
    times = resampled_counts(x.size, rng=rng, n_draws=n_draws)
    below = times @ w.T
    return np.divide(times @ (w * x).T, below, out=np.full_like(below, np.nan), where=below > 0)
