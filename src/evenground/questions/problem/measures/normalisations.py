"""Indicators of different units brought to scales without unit, more being more need.

Source: Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD/JRC, step 5;
Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022), COINr: An R package for
developing composite indicators, Journal of Open Source Software 7(78), 4567.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong


class Normalisation(StrEnum):
    """How an indicator loses its unit."""

    MIN_MAX = "min-max"
    Z_SCORE = "z-score"
    RANK = "rank"
    PERCENTILE = "percentile"
    DISTANCE_TO_BEST = "distance to best"


def normalised(
    values: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    method: Normalisation | str = Normalisation.MIN_MAX,
) -> Vector:
    """Return indicators without units, more being more need.

    Parameters
    ----------
    values, shape (n_areas, n_indicators)
        Of any unit and sign.
    directions, shape (n_indicators,)
        1: more is more need; -1: more is less need. Without, all are 1.
    method
        ``min-max``: ``(x - min) / (max - min)``, 0-1. ``z-score``: ``(x - mean) / sd``, with the
        standard deviation of a sample. ``rank``: 1 (least need) to n; equal values share the mean
        of their ranks. ``percentile``: the share of areas below, equal ones counted half, 0-1.
        ``distance to best``: ``|x - best| / max |x|``, 0-2, with the least need found as best; an
        indicator that hardly varies for its size then hardly counts. An indicator that is the same
        everywhere is 0 everywhere (its mean rank, or a half, for ranks).

    Returns
    -------
    array, shape (n_areas, n_indicators)

    Raises
    ------
    UsageError
        If a value is missing, shapes differ, a direction is neither 1 nor -1, or the method is not
        known.
    """
    x = matrix("values", values, shape=(None, None), least=-np.inf)
    if method not in set(Normalisation):
        raise wrong("normalisation", N_("normalisation {method} is not known"), method=method)
    return NORMALISATIONS[Normalisation(method)](x * checked_directions(directions, x.shape[1]))


def checked_directions(directions: ArrayLike | None, n_indicators: int) -> Vector:
    """Return the direction of each indicator, shape (n_indicators,).

    Raises
    ------
    UsageError
        If one is neither 1 nor -1, or there are more or fewer than indicators.
    """
    if directions is None:
        return np.ones(n_indicators)
    signs = vector("directions", directions, size=n_indicators, least=-1.0)
    if not np.isin(signs, (-1.0, 1.0)).all():
        raise wrong("directions", N_("a direction is neither 1 nor -1"))
    return signs


def on_one_to_hundred(values: Vector) -> Vector:
    """Return each column stretched to 1-100, as geometric means need; equal values give 1."""
    return 1.0 + 99.0 * _min_max(values)


def _min_max(x: Vector) -> Vector:
    low = x.min(axis=0)
    return _over(x - low, x.max(axis=0) - low)


def _z_score(x: Vector) -> Vector:
    apart = x - x.mean(axis=0)
    spread = np.sqrt((apart**2).sum(axis=0) / max(len(x) - 1, 1))
    # A sum of squares leaves a rounding error of equal values, which must not pass for a spread.
    return _over(apart, np.where(np.ptp(x, axis=0) > 0, spread, 0.0))


def _rank(x: Vector) -> Vector:
    columns = np.ascontiguousarray(x.T)
    order = np.argsort(columns, axis=1)
    if (np.diff(np.take_along_axis(columns, order, axis=1), axis=1) == 0).any():
        from scipy import stats  # takes longer to load than most commands to run

        return np.asarray(stats.rankdata(x, axis=0), dtype=np.float64)
    ranks = np.empty_like(columns)
    np.put_along_axis(ranks, order, np.arange(1.0, len(x) + 1)[None, :], axis=1)
    return ranks.T


def _percentile(x: Vector) -> Vector:
    return (_rank(x) - 0.5) / len(x)


def _distance_to_best(x: Vector) -> Vector:
    return _over(x - x.min(axis=0), np.abs(x).max(axis=0))


def _over(above: Vector, below: Vector) -> Vector:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


NORMALISATIONS: Mapping[Normalisation, Callable[[Vector], Vector]] = MappingProxyType(
    {
        Normalisation.MIN_MAX: _min_max,
        Normalisation.Z_SCORE: _z_score,
        Normalisation.RANK: _rank,
        Normalisation.PERCENTILE: _percentile,
        Normalisation.DISTANCE_TO_BEST: _distance_to_best,
    }
)
"""Each takes oriented values (n_areas, n_indicators) and returns as many."""
