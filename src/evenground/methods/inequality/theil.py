"""Theil's two indices, T and L (mean log deviation).

Source: Theil (1967), Economics and Information Theory, chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.methods.inequality.distribution import at_one, checked_shares, divided
from evenground.methods.validation import Vector


def theil_t(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return ``Σ w (x/mean) ln(x/mean) / W``, 0 to ln(W / least weight).

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has, 0 or more; ``0 ln 0`` is 0.
    weights, shape (n,)
        People, 0 or more.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    return at_one(theil_t_rows, *checked_shares(values, weights))


def theil_l(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean log deviation ``Σ w ln(mean/x) / W``, 0 or more.

    Infinite as soon as one person has nothing: then use T or the Gini index.

    Parameters
    ----------
    values, weights, shape (n,)
        What each person of an area has, and people; 0 or more.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    return at_one(theil_l_rows, *checked_shares(values, weights))


def theil_t_rows(values: Vector, weight_rows: Vector) -> Vector:
    """Return T of many weightings (n_rows, n) at once, shape (n_rows,).

    Missing where a row has nothing to share.
    """
    x = _scaled(values)
    people, amount, entropy = _sums(weight_rows, (np.ones_like(x), x, special.xlogy(x, x)))
    mean = divided(amount, people)
    return np.maximum(divided(entropy, amount) - _log(mean), 0.0)


def theil_l_rows(values: Vector, weight_rows: Vector) -> Vector:
    """Return L of many weightings (n_rows, n) at once, shape (n_rows,).

    Infinite where somebody has nothing, missing where a row has nothing to share.
    """
    x = _scaled(values)
    has = values > 0
    logs = np.log(x, out=np.zeros_like(x), where=has)
    without = (~has).astype(np.float64)
    people, amount, log_sum, empty = _sums(weight_rows, (np.ones_like(x), x, logs, without))
    found = np.maximum(_log(divided(amount, people)) - divided(log_sum, people), 0.0)
    return np.where((empty > 0) & (amount > 0), np.inf, found)


def _scaled(values: Vector) -> Vector:
    """Return values over one of them, so that equal values have logarithms of just 0."""
    middle = np.sort(values)[values.size // 2]
    return values / (middle if middle > 0 else max(float(values.max()), np.finfo(float).tiny))


def _sums(weight_rows: Vector, features: Sequence[Vector]) -> Vector:
    return (weight_rows @ np.column_stack(features)).T


def _log(mean: Vector) -> Vector:
    return np.log(mean, out=np.full_like(mean, np.nan), where=mean > 0)
