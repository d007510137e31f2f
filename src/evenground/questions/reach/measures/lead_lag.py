"""Which comes first, public or private money? Correlations of the two at each lag, over areas.

What an area always has and what a year brings to all are taken out first. Then private money is set
beside public money of the same area some years earlier and some years later. Coming first is not
causing: both may answer to a third thing, one sooner than the other.
Source: cross-correlation at lags, Box, Jenkins, Reinsel and Ljung (2016), Time Series Analysis,
chapter 12; largest statistic over lags under permutation, Westfall and Young (1993),
Resampling-Based Multiple Testing, chapter 2; random signs, Fisher (1935), The Design of
Experiments, section 21.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, wrong

LEAST_YEARS = 5
LEAST_AREAS = 10
N_DRAWS = 999
_LEAST_OVERLAP = 3
_LEVEL = 0.05
_CELLS_AT_ONCE = 2_000_000
_ROUNDING = 1e-12

Order = Literal["after", "before", "together", "none_seen", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLag:
    """How private money goes with public money of earlier and later years.

    Attributes
    ----------
    verdict
        ``after``: private money goes with public money and follows it; ``before``: it comes first;
        ``together``: they go together and neither is told to come first; ``none_seen``: no
        correlation beyond chance; ``cannot_tell``: fewer than five years, fewer than ten areas that
        have both, or nothing that varies.
    lags, shape (n_lags,)
        Years by which private money comes after public money; negative, before.
    correlation, shape (n_lags,)
        At each lag, -1 to 1. Empty with too few years or areas.
    p_by_lag, shape (n_lags,)
        p-value of each, adjusted for looking at all of them.
    p_any
        The smallest: whether there is any correlation beyond chance.
    peak_lag
        The lag that stands out most from chance.
    asymmetry
        Mean correlation at lags after minus that at the same lags before, -2 to 2.
    p_asymmetry
        p-value of the asymmetry, given that the two may go together.
    n_areas, n_years
        Areas that have both kinds of money in some year, the only ones used; years.
    """

    verdict: Order
    lags: Whole
    correlation: Vector
    p_by_lag: Vector
    p_any: float
    peak_lag: int
    asymmetry: float
    p_asymmetry: float
    n_areas: int
    n_years: int


def lead_lag(
    public: ArrayLike,
    private: ArrayLike,
    *,
    rng: np.random.Generator,
    max_lag: int = 3,
    transform: Callable[[Vector], Vector] = np.log1p,
) -> LeadLag:
    """Return whether private money comes after public money, before it, or along with it.

    Parameters
    ----------
    public, private, shape (n_areas, n_years)
        Money by area and year, 0 or more, years in order without a gap.
    rng
        Source of chance, for 999 permutations and as many draws of signs.
    max_lag
        The longest lag in years, 1 or more; cut to what leaves three years in common.
    transform
        Of the money before anything else. ``log1p`` compares relative changes and depends on the
        unit: in thousands, small sums count less than in single euros.

    Returns
    -------
    LeadLag
        *Any correlation*: private series are handed to other areas at random, each keeping its own
        course in time, and the largest correlation over lags, each in units of its own spread under
        permutation, is compared. Areas count as independent: neighbours that share their ups and
        downs make the p-value too small. *Asymmetry*: the sign of what each area adds to it is
        drawn anew, which is fair if an area's joint course would be as likely backwards in time.

    Raises
    ------
    UsageError
        If shapes differ, money is negative or missing, ``max_lag`` is below 1 or the transform does
        not return finite numbers.
    """
    first = matrix("public", public, shape=(None, None))
    second = matrix("private", private, shape=first.shape)
    if max_lag < 1:
        raise wrong("max_lag", N_("max_lag is {max_lag}, not 1 or more"), max_lag=max_lag)
    has_both = first.any(axis=1) & second.any(axis=1)
    n_areas, n_years = int(has_both.sum()), first.shape[1]
    if n_years < LEAST_YEARS or n_areas < LEAST_AREAS:
        return _cannot_tell(n_areas, n_years)
    x = _own_course(transform(first[has_both]))
    y = _own_course(transform(second[has_both]))
    if not x.any() or not y.any():
        return _cannot_tell(n_areas, n_years)
    lags = _lags(min(max_lag, n_years - _LEAST_OVERLAP))
    norm = _norms(x, y, lags)
    found = _lagged(_products(x, y[None]), lags)[0] / norm
    by_chance = _permuted(x, y, lags, rng=rng) / norm
    p_by_lag, stand_out = _p_of_largest(found, by_chance)
    asymmetry, p_asymmetry = _asymmetry(x, y, lags, rng=rng)
    peak = int(np.argmax(stand_out))
    p_any = float(p_by_lag[peak])
    direction = asymmetry * np.sign(found[peak]) if p_asymmetry <= _LEVEL else 0.0
    return LeadLag(
        verdict=_verdict(p_any, direction),
        lags=lags,
        correlation=found,
        p_by_lag=p_by_lag,
        p_any=p_any,
        peak_lag=int(lags[peak]),
        asymmetry=asymmetry,
        p_asymmetry=p_asymmetry,
        n_areas=n_areas,
        n_years=n_years,
    )


def _own_course(values: Vector) -> Vector:
    """Return what is left when the means of areas and years are taken out."""
    kept = matrix("transformed money", values, shape=(None, None), least=-np.inf)
    size = float(np.abs(kept).max())
    left = kept - kept.mean(axis=1, keepdims=True) - kept.mean(axis=0) + kept.mean()
    return np.where(np.abs(left) <= _ROUNDING * size, 0.0, left)


def _lags(longest: int) -> Whole:
    return np.arange(-longest, longest + 1)


def _products(x: Vector, many_y: Vector) -> Vector:
    """Return sums over areas of ``x[i, s] y[i, t]``, shape (n_draws, n_years, n_years)."""
    return np.matmul(x.T, many_y)


def _lagged(products: Vector, lags: Whole) -> Vector:
    """Return sums over years at each lag (private minus public year), lags on the last axis."""
    sums = [np.trace(products, offset=int(k), axis1=-2, axis2=-1) for k in lags]
    return np.stack(sums, axis=-1)


def _norms(x: Vector, y: Vector, lags: Whole) -> Vector:
    """Return the root of the product of both sums of squares over the years that each lag uses."""
    of_x, of_y, n = (x**2).sum(axis=0), (y**2).sum(axis=0), x.shape[1]
    squares = [
        of_x[max(0, -k) : n - max(0, k)].sum() * of_y[max(0, k) : n - max(0, -k)].sum()
        for k in lags.tolist()
    ]
    norm = np.sqrt(squares)
    return np.where(norm > 0, norm, np.inf)


def _permuted(x: Vector, y: Vector, lags: Whole, *, rng: np.random.Generator) -> Vector:
    """Return lagged sums when private series are handed to other areas, (n_draws, n_lags)."""
    at_once = max(1, _CELLS_AT_ONCE // y.size)
    drawn: list[Vector] = []
    for start in range(0, N_DRAWS, at_once):
        n = min(at_once, N_DRAWS - start)
        order = rng.permuted(np.tile(np.arange(y.shape[0]), (n, 1)), axis=1)
        drawn.append(_lagged(_products(x, y[order]), lags))
    return np.concatenate(drawn)


def _p_of_largest(found: Vector, by_chance: Vector) -> tuple[Vector, Vector]:
    """Return p-values by lag, adjusted by the largest of each draw, and how far each stands out."""
    centre, spread = by_chance.mean(axis=0), by_chance.std(axis=0)
    spread = np.where(spread > 0, spread, np.inf)
    stand_out = np.abs(found - centre) / spread
    largest = (np.abs(by_chance - centre) / spread).max(axis=1)
    n_beyond = (largest[:, None] >= stand_out * (1 - _ROUNDING)).sum(axis=0)
    return (1.0 + n_beyond) / (1.0 + N_DRAWS), stand_out


def _asymmetry(
    x: Vector, y: Vector, lags: Whole, *, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the mean correlation after minus that before, and its p-value under random signs."""
    by_area = x[:, :, None] * y[:, None, :]
    parts = _lagged(by_area, lags) / _norms(x, y, lags)
    each = parts[:, lags > 0].mean(axis=1) - parts[:, lags < 0].mean(axis=1)
    found = float(each.sum())
    signs = 2.0 * rng.integers(0, 2, (N_DRAWS, each.size)) - 1.0
    n_beyond = (np.abs(signs @ each) >= abs(found) * (1 - _ROUNDING)).sum()
    return found, float((1.0 + n_beyond) / (1.0 + N_DRAWS))


def _verdict(p_any: float, direction: float) -> Order:
    if p_any > _LEVEL:
        return "none_seen"
    if direction == 0:
        return "together"
    return "after" if direction > 0 else "before"


def _cannot_tell(n_areas: int, n_years: int) -> LeadLag:
    nothing = np.zeros(0)
    return LeadLag(
        verdict="cannot_tell",
        lags=np.zeros(0, dtype=np.int64),
        correlation=nothing,
        p_by_lag=nothing,
        p_any=np.nan,
        peak_lag=0,
        asymmetry=np.nan,
        p_asymmetry=np.nan,
        n_areas=n_areas,
        n_years=n_years,
    )
