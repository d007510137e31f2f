"""Missing values filled in, in one of several ways, to see whether the way matters.

Source: Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD/JRC, step 3;
nearest neighbours as in Troyanskaya et al. (2001), Missing value estimation methods for DNA
microarrays, Bioinformatics 17, 520-525.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, wrong

N_NEIGHBOURS = 5
_AT_ONCE = 2**22
_SHAPE = 2


class Imputation(StrEnum):
    """How a missing value is filled in."""

    MEAN = "mean"
    MEDIAN = "median"
    NEAREST = "nearest neighbours"
    REGRESSION = "regression"


def imputed(values: ArrayLike, *, method: Imputation | str = Imputation.MEDIAN) -> Vector:
    """Return the values with missing ones filled in.

    Parameters
    ----------
    values, shape (n_areas, n_indicators)
        NaN where missing; every area and every indicator has at least one value.
    method
        ``mean``, ``median``: of the indicator. ``nearest neighbours``: the mean of the five areas
        that have the value and are nearest in what both have (Euclidean distance in standard
        deviations, made up for what is missing; equally near ones all count). ``regression``:
        least squares on the other indicators, whose missing values take their means, kept within
        what was found elsewhere.

    Returns
    -------
    array, shape (n_areas, n_indicators)
        Known values as they were.

    Raises
    ------
    UsageError
        If there is no matrix, a value is infinite, or an area or an indicator has none at all.
    """
    x = checked_gaps(values)
    if method not in set(Imputation):
        raise wrong("imputation", N_("imputation {method} is not known"), method=method)
    gaps = np.isnan(x)
    if not gaps.any():
        return x
    match Imputation(method):
        case Imputation.MEAN:
            return np.where(gaps, np.nanmean(x, axis=0), x)
        case Imputation.MEDIAN:
            return np.where(gaps, np.nanmedian(x, axis=0), x)
        case Imputation.NEAREST:
            return _nearest(x, gaps)
        case Imputation.REGRESSION:
            return _regression(x, gaps)


def checked_gaps(values: ArrayLike) -> Vector:
    """Return values as a matrix of floats in which NaN stands for missing.

    Raises
    ------
    UsageError
        As ``imputed``.
    """
    x = np.array(values, dtype=np.float64)
    if x.ndim != _SHAPE or not x.size:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected {expected}"),
            name="values",
            shape=x.shape,
            expected=("any", "any"),
        )
    gaps = np.isnan(x)
    if np.isinf(x).any():
        raise wrong("indicator_infinite", N_("{n} values are infinite"), n=int(np.isinf(x).sum()))
    if gaps.all(axis=0).any() or gaps.all(axis=1).any():
        raise wrong(
            "nothing_known",
            N_("{n_areas} areas and {n_indicators} indicators have no value at all"),
            n_areas=int(gaps.all(axis=1).sum()),
            n_indicators=int(gaps.all(axis=0).sum()),
        )
    return x


def _standardised(x: Vector) -> Vector:
    spread = np.nanstd(x, axis=0)
    apart = x - np.nanmean(x, axis=0)
    return np.divide(apart, spread, out=np.where(np.isnan(x), np.nan, 0.0), where=spread > 0)


def _nearest(x: Vector, gaps: Flags) -> Vector:
    filled, z, known = x.copy(), _standardised(x), ~gaps
    z = np.where(gaps, 0.0, z)
    lacking = np.flatnonzero(gaps.any(axis=1))
    step = max(1, _AT_ONCE // len(x))
    means = np.nanmean(x, axis=0)
    for start in range(0, lacking.size, step):
        rows = lacking[start : start + step]
        apart = _squared_distances(z, known, rows)
        for column in np.flatnonzero(gaps[rows].any(axis=0)):
            asking = gaps[rows, column]
            to_known = np.where(known[:, column], apart[asking], np.inf)
            filled[rows[asking], column] = _mean_of_nearest(
                to_known, x[:, column], otherwise=float(means[column])
            )
    return filled


def _squared_distances(z: Vector, known: Flags, rows: np.ndarray) -> Vector:
    """Return mean squared distances in what both areas have, shape (n_rows, n_areas)."""
    have = known.astype(np.float64)
    shared = have[rows] @ have.T
    square = (z[rows] ** 2) @ have.T + have[rows] @ (z**2).T - 2.0 * z[rows] @ z.T
    return np.divide(
        np.maximum(square, 0.0), shared, out=np.full_like(square, np.inf), where=shared > 0
    )


def _mean_of_nearest(apart: Vector, column: Vector, *, otherwise: float) -> Vector:
    n = min(N_NEIGHBOURS, apart.shape[1])
    limit = np.partition(apart, n - 1, axis=1)[:, n - 1]
    limit = np.where(np.isfinite(limit), limit * (1 + 1e-9) + 1e-12, np.finfo(np.float64).max)
    near = (apart <= limit[:, None]).astype(np.float64)
    count = near.sum(axis=1)
    total = near @ np.where(np.isnan(column), 0.0, column)
    return np.divide(total, count, out=np.full_like(total, otherwise), where=count > 0)


def _regression(x: Vector, gaps: Flags) -> Vector:
    filled = x.copy()
    z = np.where(gaps, 0.0, _standardised(x))
    for column in np.flatnonzero(gaps.any(axis=0)):
        others = np.column_stack([np.ones(len(x)), np.delete(z, column, axis=1)])
        have = ~gaps[:, column]
        slope = np.linalg.lstsq(others[have], x[have, column], rcond=None)[0]
        told = others[~have] @ slope
        filled[~have, column] = np.clip(told, x[have, column].min(), x[have, column].max())
    return filled
