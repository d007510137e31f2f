"""The same money, elsewhere: who would gain if it bought what each area lacks most.

Rule: only whole units, each area offered only the service that it lacks most. Units are bought in
the order of people newly covered per money; of equal ones first that which covers more people, then
that of the area with the larger shortfall, then the first in the list of areas. What is left buys
the next that it still pays for.
Source: greedy by value for cost, Dantzig (1957), Discrete-variable extremum problems, Operations
Research 5, 266-288, whose relaxed solution bounds what any choice of units could reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong
from evenground.questions.problem.measures.lacks_most import LacksMost

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOffers:
    """What a unit of each basic service costs and whom it serves.

    Attributes
    ----------
    cost_low, cost, cost_high, shape (n_services,)
        Money for a unit over the same years as the budget, above 0: lowest, usual, highest.
    people_per_unit, shape (n_services,)
        People whom a unit covers, above 0.
    """

    cost_low: Vector
    cost: Vector
    cost_high: Vector
    people_per_unit: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class SameMoney:
    """What a budget buys of the basic services that areas lack most.

    Attributes
    ----------
    units, shape (n_services, n_areas)
        Whole units at the usual cost.
    people, people_low, people_high
        People newly covered at the usual cost, and the least and the most over all costs at their
        highest, usual and lowest.
    by_group, by_group_low, by_group_high, shape (n_groups,)
        The same by group, area by area in proportion to people: within an area the group is assumed
        to gain like everybody else.
    most_possible
        At the usual cost no choice of units covers more people than this; what the rule covers
        falls short of it by no more than the people whom one unit serves.
    spent, left_over
        Of the budget, at the usual cost.
    """

    units: Whole
    people: float
    people_low: float
    people_high: float
    by_group: Vector
    by_group_low: Vector
    by_group_high: Vector
    most_possible: float
    spent: float
    left_over: float


def unit_offers(
    cost: ArrayLike,
    people_per_unit: ArrayLike,
    *,
    cost_low: ArrayLike | None = None,
    cost_high: ArrayLike | None = None,
) -> UnitOffers:
    """Return checked offers; without a range the usual cost is all there is.

    Raises
    ------
    UsageError
        If a number is missing or not above 0, lengths differ, or a cost lies outside its range.
    """
    usual = vector("cost", cost)
    low = usual if cost_low is None else vector("cost_low", cost_low, size=usual.size)
    high = usual if cost_high is None else vector("cost_high", cost_high, size=usual.size)
    served = vector("people_per_unit", people_per_unit, size=usual.size)
    if not ((low > 0) & (low <= usual) & (usual <= high) & (served > 0)).all():
        raise wrong(
            "unit_offers", N_("costs and people must be above 0, and costs within their range")
        )
    return UnitOffers(cost_low=low, cost=usual, cost_high=high, people_per_unit=served)


def same_money(
    budget: float,
    offers: UnitOffers,
    *,
    lacking: LacksMost,
    membership: ArrayLike | None = None,
) -> SameMoney:
    """Return what a budget would buy of the basic services that areas lack most.

    Parameters
    ----------
    budget
        Money, 0 or more: the initiative's cost over the years that offers are told for.
    offers
        One for each service, in the order of ``lacking``.
    lacking
        The service that each area lacks most and the people who lack it.
    membership, shape (n_groups, n_areas)
        The part of each area's people that belongs to each group, 0-1.

    Raises
    ------
    UsageError
        If the budget is negative or missing, or shapes differ.
    """
    n_services, n_areas = lacking.uncovered.shape
    if not 0 <= budget < np.inf:
        raise wrong("budget", N_("budget is {budget}, not 0 or more"), budget=budget)
    vector("cost", offers.cost, size=n_services)
    parts = np.empty((0, n_areas)) if membership is None else membership
    groups = matrix("membership", parts, shape=(None, n_areas))
    blocks = _Blocks(lacking, offers.people_per_unit)
    cases = [
        blocks.bought(budget, cost) for cost in (offers.cost_high, offers.cost, offers.cost_low)
    ]
    covered = np.stack([gained for _, gained in cases])
    people, by_group = covered.sum(axis=1), covered @ groups.T
    units = np.zeros((n_services, n_areas), dtype=np.int64)
    some = lacking.service >= 0
    units[lacking.service[some], np.flatnonzero(some)] = cases[1][0][some]
    spent = float(units.sum(axis=1) @ offers.cost)
    return SameMoney(
        units=units,
        people=float(people[1]),
        people_low=float(people.min()),
        people_high=float(people.max()),
        by_group=by_group[1],
        by_group_low=by_group.min(axis=0),
        by_group_high=by_group.max(axis=0),
        most_possible=blocks.most_possible(budget, offers.cost),
        spent=spent,
        left_over=budget - spent,
    )


class _Blocks:
    """Units on offer: for each area those that are filled, then the one that covers the rest."""

    def __init__(self, lacking: LacksMost, people_per_unit: Vector) -> None:
        self.n_areas = lacking.service.size
        area = np.flatnonzero(lacking.service >= 0)
        service = lacking.service[area]
        lack, served = lacking.uncovered[service, area], people_per_unit[service]
        filled = np.floor(lack / served + _ROUNDING)
        rest = np.maximum(lack - filled * served, 0.0)
        self.area = np.concatenate([area, area])
        self.service = np.concatenate([service, service])
        self.gain = np.concatenate([served, rest])
        self.count = np.concatenate([filled, (rest > _ROUNDING * served).astype(np.float64)])
        self.shortfall = lacking.shortfall[self.service, self.area]

    def order(self, cost: Vector) -> Whole:
        """Return blocks in the order in which they are bought."""
        value = self.gain / cost[self.service]
        return np.lexsort((self.area, -self.shortfall, -self.gain, -value))

    def bought(self, budget: float, cost: Vector) -> tuple[Whole, Vector]:
        """Return units and people newly covered by area, each of shape (n_areas,)."""
        units, gained = np.zeros(self.n_areas, dtype=np.int64), np.zeros(self.n_areas)
        left, slack = budget, _ROUNDING * budget
        for block in self.order(cost):
            price = cost[self.service[block]]
            n = min(self.count[block], np.floor((left + slack) / price))
            left -= n * price
            units[self.area[block]] += int(n)
            gained[self.area[block]] += n * self.gain[block]
        return units, gained

    def most_possible(self, budget: float, cost: Vector) -> float:
        """Return the people covered if the last unit could be bought in part."""
        order = self.order(cost)
        prices = np.cumsum((self.count * cost[self.service])[order])
        gains = np.cumsum((self.count * self.gain)[order])
        return float(np.interp(budget, np.r_[0.0, prices], np.r_[0.0, gains]))
