"""Which choice moves a result: shares of its variance, alone (first order) and in all (total).

Source: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Variance based sensitivity
analysis of model output, Computer Physics Communications 181, 259-270 (first order, their equation
b); Jansen (1999), Analysis of variance designs for model output, the same 117, 35-43 (total); as in
COINr's ``SA_estimate``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.bootstrap import resampled_counts
from evenground.methods.validation import Vector, matrix, vector, wrong

N_RESAMPLES = 500
_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SobolIndices:
    """Shares of the variance of a result by factor.

    Attributes
    ----------
    first, first_low, first_high, shape (n_factors,)
        What each factor does alone, about 0-1; an estimate may lie a little outside.
    total, total_low, total_high, shape (n_factors,)
        What it does alone and together with others, 0 or more. Where total is far above first, it
        matters only together with another.
    variance
        Of the result, in its unit squared; with 0 all indices are 0.
    n_draws
        Rows of each sample.
    """

    first: Vector
    first_low: Vector
    first_high: Vector
    total: Vector
    total_low: Vector
    total_high: Vector
    variance: float
    n_draws: int


def stratified_sample(n_draws: int, n_factors: int, *, rng: np.random.Generator) -> Vector:
    """Return numbers within 0-1, shape (n_draws, n_factors), one in each of as many even parts.

    Source: Latin hypercube, McKay, Beckman and Conover (1979), Technometrics 21, 239-245.
    """
    order = rng.permuted(np.tile(np.arange(n_draws), (n_factors, 1)), axis=1).T
    return (order + rng.random((n_draws, n_factors))) / n_draws


def sobol_design(
    model: Callable[[Vector], float], n_factors: int, *, n_draws: int, rng: np.random.Generator
) -> tuple[Vector, Vector, Vector]:
    """Return what a model makes of two samples, and of the first with one column of the second.

    Parameters
    ----------
    model
        From factors, shape (n_factors,), each within 0-1, to a result.
    n_factors, n_draws
        It is asked ``n_draws (n_factors + 2)`` times.
    rng
        Source of chance.

    Returns
    -------
    tuple
        Results of shape (n_draws,), (n_draws,) and (n_factors, n_draws).
    """
    one = stratified_sample(n_draws, n_factors, rng=rng)
    two = stratified_sample(n_draws, n_factors, rng=rng)
    mixed = np.empty((n_factors, n_draws))
    for factor in range(n_factors):
        swapped = one.copy()
        swapped[:, factor] = two[:, factor]
        mixed[factor] = [model(row) for row in swapped]
    results = [np.array([model(row) for row in sample]) for sample in (one, two)]
    return results[0], results[1], mixed


def sobol_indices(
    first: ArrayLike,
    second: ArrayLike,
    mixed: ArrayLike,
    *,
    rng: np.random.Generator,
    level: float = 0.95,
) -> SobolIndices:
    """Return first-order and total indices with intervals from resampling rows.

    Parameters
    ----------
    first, second, shape (n_draws,)
        Results of two independent samples A and B.
    mixed, shape (n_factors, n_draws)
        Results of A with one column taken from B.
    rng, level
        Source of chance for the intervals; their level, 0-1.

    Raises
    ------
    UsageError
        If shapes differ, a result is missing, or there are fewer than two rows.
    """
    a = vector("first", first, least=-np.inf)
    b = vector("second", second, size=a.size, least=-np.inf)
    ab = matrix("mixed", mixed, shape=(None, a.size), least=-np.inf)
    if a.size < _LEAST:
        raise wrong("rows_few", N_("{n} rows, at least two are needed"), n=a.size)
    centre = (a.mean() + b.mean()) / 2  # takes nothing from the indices, and rounding from sums
    a, b, ab = a - centre, b - centre, ab - centre
    at = _estimates(a, b, ab, np.ones((1, a.size)))
    counts = resampled_counts(a.size, rng=rng, n_draws=N_RESAMPLES)
    drawn = _estimates(a, b, ab, counts)
    tails = [(1 - level) / 2, (1 + level) / 2]
    first_low, first_high = np.quantile(drawn[0], tails, axis=0)
    total_low, total_high = np.quantile(drawn[1], tails, axis=0)
    return SobolIndices(
        first=at[0][0],
        first_low=first_low,
        first_high=first_high,
        total=at[1][0],
        total_low=total_low,
        total_high=total_high,
        variance=float(np.concatenate([a, b]).var()),
        n_draws=a.size,
    )


def _estimates(a: Vector, b: Vector, ab: Vector, times: Vector) -> tuple[Vector, Vector]:
    """Return first-order and total indices, each (n_rows, n_factors), with rows counted."""
    n = times.sum(axis=1, keepdims=True)
    mean = (times @ (a + b))[:, None] / (2 * n)
    variance = (times @ (a**2 + b**2))[:, None] / (2 * n) - mean**2
    alone = times @ (b * (ab - a)).T / n
    apart = times @ ((ab - a) ** 2).T / (2 * n)
    some = variance > 1e-12 * np.maximum(mean**2, 1e-300)
    first = np.divide(alone, variance, out=np.zeros_like(alone), where=some)
    return first, np.divide(apart, variance, out=np.zeros_like(apart), where=some)
