"""The concentration index: does what people have rise or fall with their rank in something else?

Source: Kakwani, Wagstaff and van Doorslaer (1997), Socioeconomic inequalities in health:
measurement, computation, and statistical inference, Journal of Econometrics 77, 87-103. Bounded
variables: Wagstaff (2005), Health Economics 14, 429-432; Erreygers (2009), Journal of Health
Economics 28, 504-515. Grouped data: Clarke and Van Ourti (2010), Journal of Health Economics 29,
151-157.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.inequality.distribution import (
    checked_distribution,
    divided,
    ranked_rows,
)
from evenground.methods.validation import Vector, positive_total, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcentrationIndex:
    """The concentration index and its relatives; negative: concentrated among those of low rank.

    Attributes
    ----------
    standard
        ``C = 2 cov(h, R) / mean``, -1 to 1.
    generalised
        ``mean × C``, in the unit of the values.
    corrected
        ``C`` made larger by what ranking whole areas takes away: divided by ``1 - Σ p³`` with ``p``
        the people's share of each rank, which for n ranks of equal size is the factor
        ``n² / (n² - 1)`` of Clarke and Van Ourti. It exceeds ``C`` little unless ranks are few.
    mean
        The mean value, in the unit of the values.
    erreygers, wagstaff
        For a variable bounded between ``a`` and ``b``, -1 to 1: ``4 mean C / (b - a)`` and
        ``C (b - a) mean / ((b - mean)(mean - a))``. ``None`` without bounds; Wagstaff's is missing
        where the mean is a bound.
    """

    standard: float
    generalised: float
    corrected: float
    mean: float
    erreygers: float | None = None
    wagstaff: float | None = None


def concentration_index(
    values: ArrayLike,
    rank_by: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    bounds: tuple[float, float] | None = None,
) -> ConcentrationIndex:
    """Return the concentration index of ``values`` over the rank of ``rank_by``.

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has, 0 or more.
    rank_by, shape (n,)
        What ranks people, lowest first (an income). Entries of equal rank share the mean of their
        fractional ranks.
    weights, shape (n,)
        People, 0 or more.
    bounds
        The least and the largest value that the variable can take, if it is bounded.

    Raises
    ------
    UsageError
        If values are missing, negative or outside the bounds, weights are negative or add up to
        nothing, lengths differ, or there is nothing to share.
    """
    x, w = checked_distribution(values, weights)
    rank = vector("rank_by", rank_by, size=x.size, least=-np.inf)
    mean = positive_total("values times weights", x * w) / float(w.sum())
    standard = float(concentration_index_rows(x, w[None, :], rank_by=rank)[0])
    people = ranked_rows(x, w[None, :], rank)[0][0] / w.sum()
    seen = 1.0 - float((people**3).sum())
    erreygers = wagstaff = None
    if bounds is not None:
        low, high = _checked_bounds(x, bounds)
        erreygers = 4 * mean * standard / (high - low)
        room = (high - mean) * (mean - low)
        wagstaff = standard * (high - low) * mean / room if room > 0 else float("nan")
    return ConcentrationIndex(
        standard=standard,
        generalised=mean * standard,
        corrected=standard / seen if seen > 0 else 0.0,
        mean=mean,
        erreygers=erreygers,
        wagstaff=wagstaff,
    )


def concentration_index_rows(values: Vector, weight_rows: Vector, *, rank_by: Vector) -> Vector:
    """Return the standard index of many weightings at once.

    Parameters
    ----------
    values, rank_by, shape (n,)
        What each person has, and what ranks them.
    weight_rows, shape (n_rows, n)
        People.

    Returns
    -------
    array, shape (n_rows,)
        ``2 cov(h, R) / mean``; missing where a row has nothing to share.
    """
    # The index is a covariance, so any constant may be taken off first: equal values give just 0.
    constant = values[values.size // 2]
    people, apart = ranked_rows(values - constant, weight_rows, rank_by)
    return _twice_covariance(people, apart) / _amount(values, weight_rows)


def _amount(values: Vector, weight_rows: Vector) -> Vector:
    total = weight_rows @ values
    return np.where(total > 0, total, np.nan)


def _twice_covariance(people: Vector, amounts: Vector) -> Vector:
    """Return ``Σ amount (2 R - 1)`` with ``R`` the fractional rank at the middle of each entry."""
    twice_rank = np.cumsum(people, axis=1)
    total = twice_rank[:, -1].copy()
    twice_rank *= 2.0
    twice_rank -= people
    above = np.einsum("ri,ri->r", amounts, twice_rank) - total * amounts.sum(axis=1)
    return divided(above, total)


def _checked_bounds(values: Vector, bounds: tuple[float, float]) -> tuple[float, float]:
    low, high = bounds
    if not (low < high and values.min() >= low and values.max() <= high):
        raise wrong(
            "bounds",
            N_("values lie within {least}-{largest}, the bounds are {low}-{high}"),
            least=float(values.min()),
            largest=float(values.max()),
            low=low,
            high=high,
        )
    return low, high
