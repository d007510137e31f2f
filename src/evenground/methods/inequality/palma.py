"""The Palma ratio: what the top tenth has, over what the bottom two fifths have.

Source: Palma (2011), Homogeneous middles vs. heterogeneous tails, Development and Change 42,
87-153; as a ratio of means of access by income, Pereira, Banister, Schwanen and Wessel (2019),
Distributional effects of transport policies on inequalities in access to opportunities in Rio de
Janeiro, Journal of Transport and Land Use 12, 741-764.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.inequality.distribution import checked_shares
from evenground.methods.inequality.lorenz import lorenz_rows
from evenground.methods.validation import Vector, vector

BOTTOM = 0.4
TOP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Palma:
    """The Palma ratio with what it is made of.

    Attributes
    ----------
    ratio
        ``top_share / bottom_share``, 0 or more; 0.25 when all have the same. Infinite where the
        bottom has nothing; missing where neither has anything.
    ratio_of_means
        Mean of the top tenth over mean of the bottom two fifths: 1 when all have the same.
    top_share, bottom_share
        Their shares of the total, 0-1.
    """

    ratio: float
    ratio_of_means: float
    top_share: float
    bottom_share: float


def palma(
    values: ArrayLike, weights: ArrayLike | None = None, *, rank_by: ArrayLike | None = None
) -> Palma:
    """Return the Palma ratio of ``values``.

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has, 0 or more.
    weights, shape (n,)
        People, 0 or more. An area on a cut is divided.
    rank_by, shape (n,)
        What says who is top and bottom (an income); the values themselves by default. Areas of
        equal rank on a cut are divided in the same proportion.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    x, w = checked_shares(values, weights)
    rank = x if rank_by is None else vector("rank_by", rank_by, size=x.size, least=-np.inf)
    bottom, below_top = lorenz_rows(x, w[None, :], at=(BOTTOM, 1 - TOP), rank_by=rank)[0]
    top = max(1.0 - float(below_top), 0.0)
    ratio = float(_ratio(np.array([top]), np.array([bottom]))[0])
    return Palma(
        ratio=ratio,
        ratio_of_means=ratio * BOTTOM / TOP,
        top_share=top,
        bottom_share=float(bottom),
    )


def palma_rows(values: Vector, weight_rows: Vector, *, rank_by: Vector | None = None) -> Vector:
    """Return the Palma ratio (of shares) of many weightings at once.

    Parameters
    ----------
    values, rank_by, shape (n,)
        What each person has, and what ranks them; the values themselves by default.
    weight_rows, shape (n_rows, n)
        People.

    Returns
    -------
    array, shape (n_rows,)
        As ``Palma.ratio``; missing where a row has nothing to share.
    """
    shares = lorenz_rows(values, weight_rows, at=(BOTTOM, 1 - TOP), rank_by=rank_by)
    return _ratio(np.maximum(1.0 - shares[:, 1], 0.0), shares[:, 0])


def _ratio(top: Vector, bottom: Vector) -> Vector:
    without = np.where(top > 0, np.inf, np.nan)
    return np.divide(top, bottom, out=without, where=bottom > 0)
