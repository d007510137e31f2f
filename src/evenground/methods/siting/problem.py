"""What a siting question is about: demand, candidate sites, how many, and what must hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.validation import (
    Flags,
    Vector,
    Whole,
    matrix,
    positive_total,
    vector,
    wrong,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """What an answer must give to each district or group; ``None`` asks for nothing.

    Attributes
    ----------
    district, shape (n_candidates,)
        Number of each candidate's district, 0 to ``n_districts`` - 1.
    units, shape (n_districts,)
        Sites that each district must have at least, whole numbers of 0 or more.
    mean_cost, shape (n_groups,)
        What the people of each group may pay at most in the mean; infinite for no limit.
    covered, shape (n_groups,)
        Share of each group, 0-1, that must be within ``radius`` at least; 0 for no floor.
    radius
        Cost within which people count as covered; needed with ``covered``.
    """

    district: ArrayLike | None = None
    units: ArrayLike | None = None
    mean_cost: ArrayLike | None = None
    covered: ArrayLike | None = None
    radius: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingProblem:
    """Demand, candidates and limits, shared by every objective.

    Attributes
    ----------
    weights, shape (n,)
        People at each demand point, 0 or more.
    costs, shape (n, m), or ``Pairs`` of a demand point and a candidate
        What getting there costs, 0 or more, infinite (or unlisted) where out of reach.
    n_units
        How many candidates may be chosen at most, forced ones included. More is never worse, so
        exactly that many are, unless a budget does not suffice.
    beyond
        What those pay who have nothing in reach, in the unit of the costs; costs above it are cut
        to it. ``None``: everybody must have a site in reach, or the answer is "infeasible".
    forced, forbidden, shape (m,)
        Candidates that must and that may not be chosen.
    prices, shape (m,) and budget
        What each candidate costs to open, 0 or more, and what all chosen may cost together.
    capacities, shape (m,)
        People that each candidate can serve; ``None`` for no limit. The people of one demand point
        may then be split over sites and need not go to the nearest.
    groups, shape (n_groups, n)
        People of each group at each demand point; groups may overlap.
    floors
        What each district and group must have.
    """

    weights: ArrayLike
    costs: ArrayLike | Pairs
    n_units: int
    beyond: float | None = None
    forced: ArrayLike | None = None
    forbidden: ArrayLike | None = None
    prices: ArrayLike | None = None
    budget: float | None = None
    capacities: ArrayLike | None = None
    groups: ArrayLike | None = None
    floors: Floors | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A checked problem: arrays of known shape; costs are infinite where out of reach.

    Attributes
    ----------
    weights, shape (n,); costs, shape (n, m); groups, shape (n_groups, n)
        As in ``SitingProblem``; no groups are a matrix without rows.
    forced, forbidden, shape (m,)
        Flags.
    prices, shape (m,); budget
        Zeros and infinity where there is no budget.
    capacities, shape (m,) or ``None``
        As given.
    district, shape (m,); least_units, shape (n_districts,)
        One district that needs nothing where there are no such floors.
    """

    weights: Vector
    costs: Vector
    n_units: int
    forced: Flags
    forbidden: Flags
    prices: Vector
    budget: float
    capacities: Vector | None
    groups: Vector
    floors: Floors
    district: Whole
    least_units: Whole

    @property
    def n(self) -> int:
        """How many demand points there are."""
        return self.weights.size

    @property
    def m(self) -> int:
        """How many candidates there are."""
        return self.costs.shape[1]

    @property
    def only_counts(self) -> bool:
        """Whether a choice is limited by the number of units and by nothing else."""
        no_units = not self.least_units.any()
        return no_units and np.isinf(self.budget) and not self.limits_groups

    @property
    def limits_groups(self) -> bool:
        """Whether floors concern what groups pay or how many are covered."""
        return self.floors.mean_cost is not None or self.floors.covered is not None


def checked(problem: SitingProblem) -> Instance:
    """Return the problem as arrays.

    Raises
    ------
    UsageError
        If shapes differ, a value is negative or missing, nobody lives anywhere, fewer candidates
        may be chosen than must be, or more units are asked for than candidates may be chosen.
    """
    weights = vector("weights", problem.weights)
    positive_total("weights", weights)
    costs = _costs(problem, weights.size)
    m = costs.shape[1]
    forced = _flags("forced", problem.forced, m)
    forbidden = _flags("forbidden", problem.forbidden, m)
    _refuse_numbers(problem.n_units, forced, forbidden)
    prices, budget = _budget(problem, m)
    floors = problem.floors or Floors()
    groups = np.empty((0, weights.size))
    if problem.groups is not None:
        groups = matrix("groups", problem.groups, shape=(None, weights.size))
    _refuse_group_floors(floors, len(groups))
    district, least = _districts(floors, m)
    capacities = problem.capacities
    return Instance(
        weights=weights,
        costs=costs,
        n_units=int(problem.n_units),
        forced=forced,
        forbidden=forbidden,
        prices=prices,
        budget=budget,
        capacities=None if capacities is None else vector("capacities", capacities, size=m),
        groups=groups,
        floors=floors,
        district=district,
        least_units=least,
    )


def refuse_capacities(instance: Instance, objective: str) -> None:
    """Raise if capacities are given where they have no meaning yet.

    Raises
    ------
    UsageError
        If they are: they would be passed over in silence otherwise.
    """
    if instance.capacities is not None:
        raise wrong(
            "siting_capacities",
            N_("capacities are given, and {objective} does not know them"),
            objective=objective,
        )


def group_totals(instance: Instance) -> Vector:
    """Return the people of each group, shape (n_groups,).

    Raises
    ------
    UsageError
        If there are no groups, or nobody is in one.
    """
    if not len(instance.groups):
        raise wrong("siting_groups", N_("no groups are given, and this objective compares them"))
    totals = instance.groups.sum(axis=1)
    empty = np.flatnonzero(totals <= 0)
    if empty.size:
        raise wrong("siting_empty_group", N_("nobody is in group {group}"), group=int(empty[0]))
    return totals


def _costs(problem: SitingProblem, n: int) -> Vector:
    given = problem.costs
    if isinstance(given, Pairs):
        if given.n_origins != n:
            raise wrong(
                "array_shape",
                N_("{name} has shape {shape}, expected ({size},)"),
                name="weights",
                shape=(n,),
                size=given.n_origins,
            )
        costs = np.full((n, given.n_sites), np.inf, order="F")
        costs[given.origin, given.site] = given.cost
    else:
        # By candidate, as most of the work goes through one candidate after the other.
        costs = np.array(given, dtype=np.float64, order="F")
        gaps = costs == np.inf
        matrix("costs", np.where(gaps, 0.0, costs) if gaps.any() else costs, shape=(n, None))
    if problem.beyond is not None:
        if not 0 <= problem.beyond < np.inf:
            raise wrong(
                "siting_beyond",
                N_("beyond is {beyond}, expected a number of 0 or more"),
                beyond=problem.beyond,
            )
        np.minimum(costs, problem.beyond, out=costs)
    return costs


def _flags(name: str, given: ArrayLike | None, size: int) -> Flags:
    flags = np.zeros(size, dtype=bool) if given is None else np.asarray(given)
    if flags.shape != (size,) or flags.dtype != bool:
        raise wrong(
            "siting_flags",
            N_("{name} has shape {shape} of {kind}, expected {size} values true or false"),
            name=name,
            shape=flags.shape,
            kind=str(flags.dtype),
            size=size,
        )
    return flags


def _refuse_numbers(n_units: int, forced: Flags, forbidden: Flags) -> None:
    both = np.flatnonzero(forced & forbidden)
    if both.size:
        raise wrong(
            "siting_forced_forbidden",
            N_("candidate {candidate} is both forced and forbidden"),
            candidate=int(both[0]),
        )
    open_to_choice = int((~forbidden).sum())
    if not 1 <= n_units <= open_to_choice:
        raise wrong(
            "siting_units",
            N_("{n_units} units are asked for, expected 1 to {most}, the candidates allowed"),
            n_units=n_units,
            most=open_to_choice,
        )
    if forced.sum() > n_units:
        raise wrong(
            "siting_units_forced",
            N_("{n_forced} candidates are forced, and only {n_units} units are asked for"),
            n_forced=int(forced.sum()),
            n_units=n_units,
        )


def _budget(problem: SitingProblem, m: int) -> tuple[Vector, float]:
    if (problem.budget is None) != (problem.prices is None):
        raise wrong("siting_budget", N_("budget and prices go together, and only one is given"))
    if problem.budget is None or problem.prices is None:
        return np.zeros(m), np.inf
    if not problem.budget >= 0:
        raise wrong(
            "siting_budget_number",
            N_("budget is {budget}, expected a number of 0 or more"),
            budget=problem.budget,
        )
    return vector("prices", problem.prices, size=m), float(problem.budget)


def _districts(floors: Floors, m: int) -> tuple[Whole, Whole]:
    if floors.units is None and floors.district is None:
        return np.zeros(m, dtype=np.int64), np.zeros(1, dtype=np.int64)
    if floors.units is None or floors.district is None:
        raise wrong("siting_districts", N_("district and units go together in floors"))
    least = vector("units", floors.units)
    district = vector("district", floors.district, size=m)
    whole = (least % 1 == 0).all() and (district % 1 == 0).all()
    if not whole or (m and district.max() >= least.size):
        raise wrong(
            "siting_district_numbers",
            N_("district and units must be whole numbers, and districts 0 to {last}"),
            last=least.size - 1,
        )
    return district.astype(np.int64), least.astype(np.int64)


def _refuse_group_floors(floors: Floors, n_groups: int) -> None:
    if floors.mean_cost is not None:
        limits = np.asarray(floors.mean_cost, dtype=np.float64)
        vector("mean_cost", np.where(limits == np.inf, 0.0, limits), size=n_groups)
    if floors.covered is not None:
        share = vector("covered", floors.covered, size=n_groups)
        if (share > 1).any() or floors.radius is None or not floors.radius >= 0:
            raise wrong(
                "siting_covered",
                N_("covered must be shares, 0 to 1, with a radius of 0 or more"),
            )
