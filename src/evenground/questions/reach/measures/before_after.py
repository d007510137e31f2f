"""Does it even out or widen? One inequality index of the same people before and after.

The index is computed twice over the same people and areas, and areas are resampled together: what
an area had before and what it has after stay paired, so that differences that both share cancel.
Source: the paired bootstrap of Efron and Tibshirani (1993), An Introduction to the Bootstrap,
chapters 8 and 13; for inequality indices, Mills and Zandvakili (1997), Journal of Applied
Econometrics 12, 133-150; ends set wider for few areas as in Hesterberg (2015), The American
Statistician 69, 371-386.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.methods.inequality.distribution import IndexRows
from evenground.methods.inequality.interval import THOUSAND_AT_95, Resampling
from evenground.methods.inequality.replicates import bootstrap_blocks
from evenground.methods.validation import Vector, matrix, positive_total, vector

LEAST_AREAS = 10
"""With fewer inhabited areas a resample says too little of how far the index rests on a few."""

_MOST_UNDEFINED = 0.05

Change = Literal["evens_out", "widens", "no_change_told", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """An inequality index before and after, over the same people.

    Attributes
    ----------
    before, after
        The index, in its own unit and range; NaN where it has no value.
    change
        ``after - before``: below 0 if less unequal after.
    low, high
        Interval of the change; NaN with the verdict ``cannot_tell``.
    verdict
        ``evens_out`` or ``widens`` if the interval lies below or above 0, ``no_change_told`` if it
        holds 0 (which is not the same as no change), ``cannot_tell`` if too few areas are inhabited
        or the index has no value.
    n_areas, n_draws, n_undefined
        Inhabited areas, resamples, and resamples in which the index has no value.
    confidence
        Of the interval, 0-1.
    """

    before: float
    after: float
    change: float
    low: float
    high: float
    verdict: Change
    n_areas: int
    n_draws: int
    n_undefined: int
    confidence: float


def before_after(
    rates: ArrayLike,
    people: ArrayLike,
    *,
    index_rows: IndexRows,
    rng: np.random.Generator,
    resampling: Resampling = THOUSAND_AT_95,
) -> BeforeAfter:
    """Return the change of an inequality index between two allocations over the same people.

    Parameters
    ----------
    rates, shape (2, n_areas)
        What each person of an area has, before and after: units per person, euros, minutes. In any
        unit if the index is relative.
    people, shape (n_areas,)
        Everybody, 0 or more; the same people in both.
    index_rows
        From values, shape (n_areas,), and weightings, shape (n_draws, n_areas), to the index of
        each, shape (n_draws,); such as ``evenground.methods.inequality.gini_rows``.
    rng, resampling
        Source of chance; how many resamples and which confidence.

    Returns
    -------
    BeforeAfter
        The interval says how far the change rests on a few areas, as if they had been drawn from
        many like them. It knows nothing of error in the rates themselves.

    Raises
    ------
    UsageError
        If shapes differ, a rate is missing, or people are negative, missing or all zero.
    """
    weights = vector("people", people)
    positive_total("people", weights)
    values = matrix("rates", rates, shape=(2, weights.size), least=-np.inf)
    before, after = (float(index_rows(row, weights[None, :])[0]) for row in values)
    draws = _changes(values, weights, index_rows=index_rows, rng=rng, resampling=resampling)
    known = draws[np.isfinite(draws)]
    area = np.arange(weights.size) if resampling.area is None else resampling.area
    n_areas = int(np.unique(area[weights > 0]).size)
    undefined = draws.size - known.size
    is_known = np.isfinite(after - before) and undefined <= _MOST_UNDEFINED * draws.size
    low = high = np.nan
    if is_known and n_areas >= LEAST_AREAS:
        low, high = widened_percentiles(known, n_areas, confidence=resampling.confidence)
    return BeforeAfter(
        before=before,
        after=after,
        change=after - before,
        low=low,
        high=high,
        verdict=_verdict(low, high),
        n_areas=n_areas,
        n_draws=draws.size,
        n_undefined=undefined,
        confidence=resampling.confidence,
    )


def widened_percentiles(draws: Vector, n: int, *, confidence: float) -> tuple[float, float]:
    """Return the ends of a percentile interval, set wider for few observations.

    Parameters
    ----------
    draws, shape (n_draws,)
        Bootstrap draws.
    n
        How many observations were resampled, 2 or more. The normal quantile that a percentile
        stands for is replaced by ``sqrt(n/(n-1))`` times Student's (Hesterberg 2015).
    confidence
        0-1.
    """
    wide = np.sqrt(n / (n - 1)) * special.stdtrit(n - 1, (1 + confidence) / 2)
    low, high = np.quantile(draws, special.ndtr([-wide, wide]))
    return float(low), float(high)


def _changes(
    values: Vector,
    weights: Vector,
    *,
    index_rows: IndexRows,
    rng: np.random.Generator,
    resampling: Resampling,
) -> Vector:
    """Return the change in each resample; both indices see the same resamples."""
    return np.concatenate(
        [
            index_rows(values[1], rows) - index_rows(values[0], rows)
            for rows in bootstrap_blocks(
                weights, rng=rng, n_draws=resampling.n_draws, area=resampling.area
            )
        ]
    )


def _verdict(low: float, high: float) -> Change:
    if np.isnan(low):
        return "cannot_tell"
    if high < 0:
        return "evens_out"
    return "widens" if low > 0 else "no_change_told"
