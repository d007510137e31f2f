"""At which elasticity of the marginal utility of income an option starts or ceases to be worth it.

Source: switching values as in HM Treasury (2018), The Green Book, A3.22: the value that a weight
would have to take for the balance to turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong
from evenground.questions.promise.measures.worth.welfare_weights import welfare_weights

MOST = 5.0
"""Elasticities above this are looked at no more: no estimate comes near it."""
_STEPS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenElasticity:
    """Where the weighted balance turns.

    Attributes
    ----------
    at, shape (n_turns,)
        Elasticities between 0 and ``most`` at which the balance is 0, in order; none where it never
        turns.
    positive_unweighted
        Whether the balance is above 0 with elasticity 0.
    most
        The largest elasticity looked at.
    """

    at: Vector
    positive_unweighted: bool
    most: float = MOST


def break_even_elasticity(
    by_group: ArrayLike, cost: float, *, incomes: ArrayLike, median_income: float
) -> BreakEvenElasticity:
    """Return where ``sum of weight * benefit`` equals the cost.

    Parameters
    ----------
    by_group, shape (n_groups,)
        Present value of benefits to each group, unweighted; below 0 for those who lose.
    cost
        Present value of costs.
    incomes, shape (n_groups,); median_income
        As for ``welfare_weights``.

    Raises
    ------
    UsageError
        If a number is missing, lengths differ, or an income is not above 0.
    """
    benefits = vector("by_group", by_group, least=-np.inf)
    given = vector("incomes", incomes, size=benefits.size)
    if not np.isfinite(cost):
        raise wrong("cost", N_("the cost is {found}, not a number"), found=cost)

    # A weight is its value at elasticity 1, to the power of the elasticity.
    log_weights = np.log(welfare_weights(given, median_income, elasticity=1.0))

    def balance(elasticity: float) -> float:
        return float(np.exp(elasticity * log_weights) @ benefits) - cost

    grid = np.linspace(0, MOST, _STEPS + 1)
    values = np.exp(np.outer(grid, log_weights)) @ benefits - cost
    turns = np.flatnonzero(values[:-1] * values[1:] < 0)
    between = [
        cast("float", optimize.brentq(balance, grid[at], grid[at + 1], xtol=1e-13))
        for at in turns.tolist()
    ]
    on_grid = [] if not values.any() else grid[values == 0].tolist()
    return BreakEvenElasticity(
        at=np.array(sorted((*between, *on_grid)), dtype=np.float64),
        positive_unweighted=bool(values[0] > 0),
    )
