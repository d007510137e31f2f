"""The Gini index: half the mean difference between two people, relative to the mean.

Source: Gini (1912), Variabilità e mutabilità; as twice the area between the Lorenz curve and the
diagonal, Gastwirth (1972), Review of Economics and Statistics 54, 306-316; as a covariance with the
rank, Lerman and Yitzhaki (1989), Journal of Econometrics 42, 43-47 (weights).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.inequality.concentration_index import concentration_index_rows
from evenground.methods.inequality.distribution import at_one, checked_shares
from evenground.methods.validation import Vector


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return ``Σ Σ w_i w_j |x_i - x_j| / (2 W² mean)``, 0 (all alike) to 1.

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has, 0 or more.
    weights, shape (n,)
        People, 0 or more; each value counts once without them. No correction for few values is
        made: people are counted, not sampled.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    x, w = checked_shares(values, weights)
    return at_one(gini_rows, x, w)


def gini_rows(values: Vector, weight_rows: Vector) -> Vector:
    """Return the Gini index of many weightings at once.

    Parameters
    ----------
    values, shape (n,)
        What each person has.
    weight_rows, shape (n_rows, n)
        People.

    Returns
    -------
    array, shape (n_rows,)
        The concentration index of the values ranked by themselves; missing where a row has nothing
        to share.
    """
    return np.maximum(concentration_index_rows(values, weight_rows, rank_by=values), 0.0)
