"""Margins of error of counts: from what was published to standard errors, sums, shares and draws.

Source: U.S. Census Bureau (2018), Understanding and Using American Community Survey Data: What All
Data Users Need to Know, chapter 7 (standard error = margin / 1.645 at 90 %) and chapter 8 (sums,
shares, ratios).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong

CENSUS_FACTOR_90 = 1.645
"""The Bureau divides 90 % margins by 1.645, not by the normal quantile with all its decimals."""

_LEAST_TO_LEARN = 5
_SMALL = 0.5
_FEW_NODES = 5
_REACH = 5.0
_MOST_NODES = 100
_UNKNOWN = 1e3
"""Beyond this relative error a count says nothing, and more of it says no less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainCounts:
    """Counts with what is known of their error.

    Attributes
    ----------
    value, shape (n,)
        The counts as published.
    standard_error, shape (n,)
        From the published margins; 0 where none was published.
    rounding, shape (n,)
        The step to which a count was rounded (5: to the nearest 5); the true count lies anywhere
        within half a step, evenly. 0 where a standard error covers it.
    """

    value: Vector
    standard_error: Vector
    rounding: Vector

    @property
    def size(self) -> int:
        """How many counts there are."""
        return self.value.size

    def take(self, index: ArrayLike) -> UncertainCounts:
        """Return the counts at ``index`` (positions or flags)."""
        at = np.asarray(index)
        return UncertainCounts(
            value=self.value[at],
            standard_error=self.standard_error[at],
            rounding=self.rounding[at],
        )


def standard_error(margin: ArrayLike, *, confidence: float = 0.90) -> Vector:
    """Return the standard error that a published margin of error stands for.

    Parameters
    ----------
    margin, shape (n,)
        Margins of error, in the unit of the counts, 0 or more.
    confidence
        The level at which they were published, 0-1.

    Raises
    ------
    UsageError
        If a margin is negative or missing, or ``confidence`` is not inside 0-1.
    """
    if not 0 < confidence < 1:
        raise wrong(
            "confidence", N_("confidence is {confidence}, not within 0-1"), confidence=confidence
        )
    is_census = math.isclose(confidence, 0.90)
    factor = CENSUS_FACTOR_90 if is_census else float(special.ndtri(0.5 + confidence / 2))
    return vector("margin", margin) / factor


def counts_with_margins(
    value: ArrayLike, margin: ArrayLike, *, confidence: float = 0.90
) -> UncertainCounts:
    """Return survey counts with their published margins (both of shape (n,)).

    Raises
    ------
    UsageError
        If a value or a margin is negative or missing, or the lengths differ.
    """
    counts = vector("value", value)
    errors = standard_error(vector("margin", margin, size=counts.size), confidence=confidence)
    return UncertainCounts(value=counts, standard_error=errors, rounding=np.zeros_like(counts))


def counts_without_margins(value: ArrayLike, *, rounding: float = 1.0) -> UncertainCounts:
    """Return register counts, for which no margin is published, with their known rounding.

    A register is not free of error; with nothing else known, the rounding step is what is carried.
    The default, 1, is that of whole persons.

    Raises
    ------
    UsageError
        If a value is negative or missing, or ``rounding`` is not above 0.
    """
    counts = vector("value", value)
    if not rounding > 0:
        raise wrong("rounding", N_("rounding is {rounding}, not above 0"), rounding=rounding)
    return UncertainCounts(
        value=counts,
        standard_error=np.zeros_like(counts),
        rounding=np.full_like(counts, rounding),
    )


def total_error(counts: UncertainCounts) -> Vector:
    """Return the standard error from both parts, shape (n,): ``sqrt(se² + rounding²/12)``."""
    return np.sqrt(counts.standard_error**2 + counts.rounding**2 / 12.0)


def group_totals(counts: UncertainCounts, share: ArrayLike) -> UncertainCounts:
    """Return totals of groups of areas, with errors added as the root of the sum of squares.

    Parameters
    ----------
    counts, n areas
        Counts by area.
    share, shape (n_groups, n)
        The part of each area that belongs to each group, 0-1.

    Returns
    -------
    UncertainCounts, n_groups
        ``value = share @ value``, ``se = sqrt(share² @ error²)``. Rounding of many areas adds up to
        a near-normal error and is carried in ``standard_error``.
    """
    parts = matrix("share", share, shape=(None, counts.size))
    variance = parts**2 @ total_error(counts) ** 2
    totals = parts @ counts.value
    return UncertainCounts(
        value=totals, standard_error=np.sqrt(variance), rounding=np.zeros_like(totals)
    )


def margin_of_sum(margins: ArrayLike) -> float:
    """Return the margin of a sum: the root of the sum of squares (handbook 2018, chapter 8)."""
    return float(np.sqrt(np.sum(vector("margins", margins) ** 2)))


def margin_of_share(numerator: float, denominator: float, *, margins: tuple[float, float]) -> float:
    """Return the margin of a share whose numerator is part of the denominator.

    ``sqrt(MOE_num² - share² MOE_den²) / den``; where the root would be negative the formula of a
    ratio is used, as the handbook (2018, chapter 8) directs.
    """
    share = numerator / denominator
    inside = margins[0] ** 2 - share**2 * margins[1] ** 2
    if inside < 0:
        return margin_of_ratio(numerator, denominator, margins=margins)
    return float(np.sqrt(inside) / denominator)


def margin_of_ratio(numerator: float, denominator: float, *, margins: tuple[float, float]) -> float:
    """Return the margin of a ratio: ``sqrt(MOE_num² + ratio² MOE_den²) / den`` (chapter 8)."""
    ratio = numerator / denominator
    return float(np.sqrt(margins[0] ** 2 + ratio**2 * margins[1] ** 2) / denominator)


def draw_counts(counts: UncertainCounts, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return draws of what the counts may truly be, shape (n_draws, n), none below 0.

    Normal with the standard error, plus even within half a rounding step. A draw below zero is set
    to zero, which matters only where the margin exceeds the count.
    """
    shape = (n_draws, counts.size)
    draws = counts.value + counts.standard_error * rng.standard_normal(shape)
    if counts.rounding.any():
        draws += counts.rounding * (rng.random(shape) - 0.5)
    return np.maximum(draws, 0.0, out=draws)


def draw_true_counts(counts: UncertainCounts, *, rng: np.random.Generator, n_draws: int) -> Vector:
    """Return draws of what the true counts may be, given the estimates, shape (n_draws, n).

    Estimates vary more between areas than the truth does, since their errors add to it; adding
    errors once more would make draws vary more still. So each estimate is drawn towards the mean,
    on the logarithmic scale, by the part of its variance that is error, and keeps the rest as its
    spread: empirical Bayes (Efron and Morris 1975, Journal of the American Statistical Association
    70, 311-319; Fay and Herriot 1979, the same 74, 269-277). Counts of zero are drawn as
    ``draw_counts`` does, and so are fewer than five counts, from which no spread can be learnt.
    """
    draws = draw_counts(counts, rng=rng, n_draws=n_draws)
    known = counts.value > 0
    if known.sum() < _LEAST_TO_LEARN:
        return draws
    centre = np.log(counts.value[known])
    noise = np.log1p(np.minimum(relative_error(counts)[known], _UNKNOWN) ** 2)
    between = max(float(centre.var(ddof=1) - noise.mean()), 0.0)
    kept = np.divide(between, between + noise, out=np.ones_like(noise), where=noise > 0)
    mean = centre.mean() + kept * (centre - centre.mean()) - kept * noise / 2
    normal = rng.standard_normal((n_draws, int(known.sum())))
    draws[:, known] = np.exp(mean + np.sqrt(kept * noise) * normal)
    return draws


@cache
def _hermite_nodes() -> tuple[Vector, Vector]:
    """Return Gauss-Hermite points and weights, which take far longer to find than to use."""
    at, weight = np.polynomial.hermite_e.hermegauss(_FEW_NODES)
    return at.astype(np.float64), weight.astype(np.float64) / float(weight.sum())


def normal_nodes(spread: float, *, resolution: float) -> tuple[Vector, Vector]:
    """Return points and weights that stand for a normal error in an expectation.

    Parameters
    ----------
    spread
        Standard deviation of the error, 0 or more.
    resolution
        Width over which what is averaged changes, in the same unit, above 0: the standard deviation
        of the count whose distribution is mixed. Points lie closer than that, or the mixture would
        show each of them.

    Returns
    -------
    tuple
        Shifts and weights, each of shape (n_nodes,); the weights add up to 1. Gauss-Hermite points
        for a small error, otherwise the trapezoidal rule, whose error on such functions falls
        exponentially (Trefethen and Weideman 2014, SIAM Review 56, 385-458).
    """
    if spread <= 0:
        return np.zeros(1), np.ones(1)
    if spread < _SMALL * resolution:
        at, weight = _hermite_nodes()
        return spread * at, weight
    step = max(min(spread, resolution / 1.5), _REACH * spread / _MOST_NODES)
    n_each = int(_REACH * spread / step)
    at: Vector = step * np.arange(-n_each, n_each + 1, dtype=np.float64)
    weight = np.exp(-0.5 * (at / spread) ** 2)
    return at, weight / weight.sum()


def relative_error(counts: UncertainCounts) -> Vector:
    """Return standard errors divided by counts, shape (n,); infinite where a count is zero."""
    error = total_error(counts)
    with np.errstate(over="ignore"):  # next to nothing, a count is as unknown as none
        return np.divide(
            error, counts.value, out=np.full_like(error, np.inf), where=counts.value > 0
        )
