"""What a unit of money counts for to people with different incomes.

Source: HM Treasury (2018), The Green Book, A3.12-A3.21: the median income divided by the group's
median income, to the power of the elasticity of the marginal utility of income (1.3, after Layard,
Mayraz and Nickell 2008, Journal of Public Economics 92, 1846-1857). With an elasticity of 1, a
pound to someone with 20,000 counts twice as much as to someone with 40,000 (A3.13).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong

GREEN_BOOK_ELASTICITY = 1.3
SENSITIVITY = (0.8, 2.0)
"""Elasticities that a result is told with beside the default."""


def welfare_weights(
    incomes: ArrayLike, median_income: float, *, elasticity: float = GREEN_BOOK_ELASTICITY
) -> Vector:
    """Return the weight of a unit of money to each group, shape (n_groups,), above 0.

    Parameters
    ----------
    incomes, shape (n_groups,)
        Median income of each group, made comparable between households, above 0.
    median_income
        That of all, above 0, in the same unit; its weight is 1.
    elasticity
        0 or more; 0 weighs all alike.

    Raises
    ------
    UsageError
        If an income is missing or not above 0, or the elasticity is negative.
    """
    given = vector("incomes", incomes)
    if not (given > 0).all() or not 0 < median_income < np.inf:
        raise wrong("incomes", N_("an income is not above 0; a weight divides by it"))
    if not 0 <= elasticity < np.inf:
        raise wrong("elasticity", N_("elasticity is {found}, not 0 or more"), found=elasticity)
    return (median_income / given) ** elasticity
