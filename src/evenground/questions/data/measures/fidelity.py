"""How far readings are from what they are held against.

Sources: Bland and Altman (1986), The Lancet 327, 307-310 (bias and limits of agreement); Lin
(1989), Biometrics 45, 255-268, with the corrections of 2000 (concordance correlation); Künsch
(1989), Annals of Statistics 17, 1217-1241 (blocks of the bootstrap).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong

LEAST_PAIRS = 10
"""Fewer pairs tell nothing of how far readings are from a reference."""
DRAWS = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """Readings beside a reference, in the unit of both.

    Attributes
    ----------
    n_pairs, n_blocks
        Pairs, and blocks (days, sensors, areas) that are drawn together.
    bias, spread
        Mean of reading minus reference, and the standard deviation of these differences.
    agreement
        Between which differences 95 % of pairs lie: bias ± 1.96 spread.
    mean_absolute_error, root_mean_square_error
        Of the differences.
    slope
        Of readings over the reference by least squares; NaN if the reference does not vary.
    concordance
        Lin's concordance correlation, -1 to 1; NaN if neither varies.
    relative_error, low, high, confidence
        Mean absolute error divided by the mean of the reference's absolute values, with the limits
        of a bootstrap over blocks; NaN if the reference is 0 throughout.
    """

    n_pairs: int
    n_blocks: int
    bias: float
    spread: float
    agreement: tuple[float, float]
    mean_absolute_error: float
    root_mean_square_error: float
    slope: float
    concordance: float
    relative_error: float
    low: float
    high: float
    confidence: float


def fidelity(
    measured: ArrayLike,
    reference: ArrayLike,
    block: ArrayLike,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
) -> Fidelity | None:
    """Return how far readings are from a reference; ``None`` with fewer than ``LEAST_PAIRS`` pairs.

    Parameters
    ----------
    measured, reference, shape (n,)
        Readings and what they are held against, in one unit; pairs with a NaN are left out.
    block, shape (n,)
        Whole number of the day, sensor or area of each pair: pairs of one block are alike, so they
        are drawn together.
    rng
        Source of chance.
    confidence
        Of the limits, 0-1.

    Raises
    ------
    UsageError
        If the lengths differ, a number is infinite, or ``confidence`` is not inside 0-1.
    """
    x, y = np.asarray(measured, np.float64), np.asarray(reference, np.float64)
    group = np.asarray(block, np.int64)
    if not (x.shape == y.shape == group.shape) or x.ndim != 1:
        raise wrong("array_shape", N_("measured has shape {shape}"), shape=x.shape)
    if not 0 < confidence < 1:
        raise wrong("confidence", N_("confidence is {confidence}"), confidence=confidence)
    known = ~(np.isnan(x) | np.isnan(y))
    x = vector("measured", x[known], least=-np.inf)
    y = vector("reference", y[known], least=-np.inf)
    if x.size < LEAST_PAIRS:
        return None
    apart = x - y
    bias, spread = float(apart.mean()), float(apart.std(ddof=1))
    low, high, n_blocks = _limits(np.abs(apart), np.abs(y), group[known], rng, confidence)
    size = float(np.abs(y).mean())
    return Fidelity(
        n_pairs=x.size,
        n_blocks=n_blocks,
        bias=bias,
        spread=spread,
        agreement=(bias - 1.96 * spread, bias + 1.96 * spread),
        mean_absolute_error=float(np.abs(apart).mean()),
        root_mean_square_error=float(np.sqrt((apart**2).mean())),
        slope=_slope(x, y),
        concordance=concordance(x, y),
        relative_error=float(np.abs(apart).mean()) / size if size > 0 else np.nan,
        low=low,
        high=high,
        confidence=confidence,
    )


def concordance(x: ArrayLike, y: ArrayLike) -> float:
    """Return Lin's concordance correlation of two arrays of one length; NaN if neither varies.

    ``2 cov(x, y) / (var(x) + var(y) + (mean(x) - mean(y))²)``, variances divided by n.
    """
    a, b = np.asarray(x, np.float64), np.asarray(y, np.float64)
    whole = a.var() + b.var() + (a.mean() - b.mean()) ** 2
    shared = ((a - a.mean()) * (b - b.mean())).mean()
    return float(2 * shared / whole) if whole > 0 else np.nan


def _slope(x: Vector, y: Vector) -> float:
    varies = float(((y - y.mean()) ** 2).sum())
    return float(((y - y.mean()) * (x - x.mean())).sum()) / varies if varies > 0 else np.nan


def _limits(
    error: Vector, size: Vector, group: NDArray[np.int64], rng: np.random.Generator, level: float
) -> tuple[float, float, int]:
    """Return percentile limits of the ratio of two sums over blocks drawn with replacement."""
    _, which = np.unique(group, return_inverse=True)
    n_blocks = int(which.max()) + 1
    above = np.bincount(which, error, minlength=n_blocks)
    below = np.bincount(which, size, minlength=n_blocks)
    drawn = rng.integers(0, n_blocks, size=(DRAWS, n_blocks))
    total = below[drawn].sum(axis=1)
    if n_blocks == 1 or not (total > 0).any():
        return np.nan, np.nan, n_blocks
    ratio = above[drawn].sum(axis=1)[total > 0] / total[total > 0]
    low, high = np.quantile(ratio, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high), n_blocks
