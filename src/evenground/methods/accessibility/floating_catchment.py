"""Two steps that all floating catchment methods share: supply is divided among those who compete.

First each site's supply is divided by the demand around it, then each origin adds up the ratios of
the sites around it. The methods differ in the weights of the two steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.weights import CatchmentWeights, rows
from evenground.methods.validation import Vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingCatchment:
    """Supply per person within reach.

    Where rows of supply or demand were given (dates, draws), every array has them first.

    Attributes
    ----------
    access, shape (n_origins,) or (n_rows, n_origins)
        Supply per unit of demand, 0 or more; 0 where no site is in reach.
    site_ratio, shape (n_sites,) or (n_rows, n_sites)
        Supply of each site per unit of weighted demand around it; 0 where nobody is in reach.
    site_demand, shape (n_sites,) or (n_rows, n_sites)
        Weighted demand around each site.
    supply_unreached, float or shape (n_rows,)
        Supply of the sites that nobody reaches: it serves no one and is in no origin's access.
    """

    access: Vector
    site_ratio: Vector
    site_demand: Vector
    supply_unreached: Vector | float


def floating_catchment(
    weights: CatchmentWeights,
    *,
    supply: ArrayLike,
    demand: ArrayLike,
    squared: bool = False,
) -> FloatingCatchment:
    """Return the two steps with the same weights in both.

    Parameters
    ----------
    weights
        Of the pairs.
    supply, shape (n_sites,) or (n_rows, n_sites)
        Capacity of each site, 0 or more; one row for each opening date or scenario.
    demand, shape (n_origins,) or (n_rows, n_origins)
        People at each origin, 0 or more; one row, or as many rows as ``supply``.
    squared
        Whether the second step squares the weights, so that a far site serves less, rather than
        only fewer.

    Raises
    ------
    UsageError
        If shapes differ, numbers of rows do not match, or a value is negative or missing.
    """
    given, people = supply_and_demand(weights, supply=supply, demand=demand)
    around = (weights.by_origin.T @ people.T).T
    ratio = ratio_or_zero(given, around)
    back = weights.by_origin.power(2) if squared else weights.by_origin
    access = (back @ ratio.T).T
    unreached = np.where(around > 0, 0.0, given).sum(axis=1)
    if np.ndim(supply) <= 1 and np.ndim(demand) <= 1:
        return FloatingCatchment(
            access=access[0],
            site_ratio=ratio[0],
            site_demand=around[0],
            supply_unreached=float(unreached[0]),
        )
    return FloatingCatchment(
        access=access, site_ratio=ratio, site_demand=around, supply_unreached=unreached
    )


def supply_and_demand(
    weights: CatchmentWeights, *, supply: ArrayLike, demand: ArrayLike
) -> tuple[Vector, Vector]:
    """Return both as rows, shapes (n_rows, n_sites) and (n_rows, n_origins).

    Raises
    ------
    UsageError
        If shapes differ, numbers of rows do not match, or a value is negative or missing.
    """
    given = rows("supply", supply, size=weights.n_sites)
    people = rows("demand", demand, size=weights.n_origins)
    if 1 not in (len(given), len(people)) and len(given) != len(people):
        raise wrong(
            "catchment_rows",
            N_("supply has {n_supply} rows and demand {n_demand}, expected one or as many"),
            n_supply=len(given),
            n_demand=len(people),
        )
    return given, people


def ratio_or_zero(above: Vector, below: Vector) -> Vector:
    """Return ``above / below``, broadcast, and 0 where ``below`` is 0."""
    top, bottom = np.broadcast_arrays(above, below)
    return np.divide(top, bottom, out=np.zeros(top.shape), where=bottom > 0)
