"""What a distribution is made of: values, the people who have them, and many such at once.

``values`` (n,) are what people of an area have each; ``weights`` (n,) are the people. The people of
an area are all treated alike, so inequality within areas is not seen. A kernel, named ``*_rows``,
takes ``weight_rows`` (n_rows, n): the same values with other weights in each row, which is what a
bootstrap, a jackknife or draws of uncertain counts are made of. Kernels check nothing; where an
index is undefined in a row (nobody there, nothing to share) they give a missing number.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, positive_total, vector

IndexRows = Callable[[Vector, Vector], Vector]
"""A kernel: values (n,) and weight rows (n_rows, n) to an index for each row, shape (n_rows,)."""


def checked_distribution(
    values: ArrayLike, weights: ArrayLike | None = None, *, least: float = 0.0
) -> tuple[Vector, Vector]:
    """Return values and weights as arrays of shape (n,); without weights each value counts once.

    Raises
    ------
    UsageError
        If a value is missing or below ``least``, a weight is missing or negative, the lengths
        differ, or the weights add up to nothing.
    """
    x = vector("values", values, least=least)
    w = np.ones_like(x) if weights is None else vector("weights", weights, size=x.size)
    positive_total("weights", w)
    return x, w


def checked_shares(values: ArrayLike, weights: ArrayLike | None = None) -> tuple[Vector, Vector]:
    """Return values and weights of which shares can be formed: there is something to share.

    Raises
    ------
    UsageError
        As ``checked_distribution``, or if the people have nothing between them.
    """
    x, w = checked_distribution(values, weights)
    positive_total("values times weights", x * w)
    return x, w


def at_one(rows: Callable[[Vector, Vector], Vector], values: Vector, weights: Vector) -> float:
    """Return what a kernel gives for a single row of weights."""
    return float(rows(values, weights[None, :])[0])


def ranked_rows(values: Vector, weight_rows: Vector, rank_by: Vector) -> tuple[Vector, Vector]:
    """Return people and amounts in ascending order of ``rank_by``, entries of equal rank merged.

    Parameters
    ----------
    values, shape (n,)
        What each person has.
    weight_rows, shape (n_rows, n)
        People.
    rank_by, shape (n,)
        What puts them in order.

    Returns
    -------
    tuple
        People and their amounts, each of shape (n_rows, n_ranks).
    """
    order = None
    if (rank_by[1:] < rank_by[:-1]).any():
        order = np.argsort(rank_by, kind="stable")
        values, weight_rows, rank_by = values[order], weight_rows[:, order], rank_by[order]
    amounts = weight_rows * values
    first = np.flatnonzero(np.r_[True, rank_by[1:] > rank_by[:-1]])
    if first.size == rank_by.size:
        return weight_rows, amounts
    people = np.add.reduceat(weight_rows, first, axis=1)
    return people, np.add.reduceat(amounts, first, axis=1)


def divided(above: Vector, below: Vector) -> Vector:
    """Return ``above / below``, missing where ``below`` is not above 0."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
