"""A band that holds all effects at once, by the multiplier bootstrap.

Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225, 200-230, algorithm 1: signs
drawn by cluster, errors scaled by the draws' interquartile range.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Vector, matrix, vector, wrong

_BLOCK = 4_000_000
N_DRAWS = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class SimultaneousBand:
    """Limits within which all effects lie together.

    Attributes
    ----------
    low, high, shape (n_effects,)
        In the outcome's unit; the effect itself where its error is 0.
    critical_value
        Errors to either side; at least the normal quantile for one effect.
    critical_value_error
        Monte-Carlo standard error of the level that it holds, 0-1.
    """

    low: Vector
    high: Vector
    critical_value: float
    critical_value_error: float


def simultaneous_band(
    effects: ArrayLike,
    influence: ArrayLike,
    *,
    rng: np.random.Generator,
    level: float = 0.95,
    n_draws: int = N_DRAWS,
) -> SimultaneousBand:
    """Return a band for all effects together.

    Parameters
    ----------
    effects, shape (n_effects,)
        Estimates.
    influence, shape (n_clusters, n_effects)
        What each cluster adds to their errors; its sum of squares is the variance.
    rng
        Source of chance for the signs.
    level, n_draws
        Chance that all effects lie inside, 0-1; how often signs are drawn.

    Raises
    ------
    UsageError
        If shapes do not fit, a number is missing, or no effect has an error.
    """
    found = vector("effects", effects, least=-np.inf)
    added = matrix("influence", influence, shape=(None, found.size), least=-np.inf)
    tail(level)
    drawn = _drawn(added, rng=rng, n_draws=n_draws)
    spread = np.quantile(drawn, 0.75, axis=0) - np.quantile(drawn, 0.25, axis=0)
    error = spread / (2 * float(special.ndtri(0.75)))
    some = error > 0
    if not some.any():
        raise wrong("no_error", N_("no effect has an error to draw from"))
    largest = np.abs(drawn[:, some] / error[some]).max(axis=1)
    single = float(special.ndtri((1 + level) / 2))
    critical = max(single, float(np.quantile(largest, level)))
    return SimultaneousBand(
        low=found - critical * error,
        high=found + critical * error,
        critical_value=critical,
        critical_value_error=float(np.sqrt(level * (1 - level) / n_draws)),
    )


def _drawn(added: Vector, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return sums with random signs, (n_draws, n_effects), a block at a time against memory."""
    n_clusters = added.shape[0]
    rows = max(1, _BLOCK // max(1, n_clusters))
    blocks: list[Vector] = []
    for start in range(0, n_draws, rows):
        size = (min(rows, n_draws - start), n_clusters)
        blocks.append((2.0 * rng.integers(0, 2, size, dtype=np.int8) - 1.0) @ added)
    return np.concatenate(blocks)
