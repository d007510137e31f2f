"""One siting question by any objective: the answer, its price in efficiency, and today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.decay import Binary, Decay
from evenground.methods.inequality import fitted_kappa
from evenground.methods.siting import (
    Effort,
    FrontierPoint,
    PriceOfEquity,
    Siting,
    SitingProblem,
    Status,
    frontier,
    kolm_pollak_siting,
    lexicographic,
    maximal_coverage,
    maximin_groups,
    p_center,
    p_median,
    price_of_equity,
)
from evenground.methods.validation import Flags, Vector
from evenground.workspace.siting_value import Worth, with_bound

USUAL_AVERSION = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an objective rests on, beside the problem.

    Attributes
    ----------
    objective
        From ``OBJECTIVES``.
    radius, decay
        Who counts as covered: all within the radius, or less the farther they are; ``None`` where
        nobody said.
    kappa, aversion
        Of Kolm-Pollak: aversion per unit of cost, above 0; or without a unit, to be fitted.
    n_frontier
        Points of the frontier; 0 for none.
    """

    objective: str
    radius: float | None = None
    decay: Decay | None = None
    kappa: float | None = None
    aversion: float = USUAL_AVERSION
    n_frontier: int = 0

    @property
    def coverage(self) -> Decay | None:
        """How much people count at a cost; ``None`` if nothing says who is covered."""
        if self.decay is None:
            return None if self.radius is None else Binary(self.radius)
        return self.decay if self.radius is None else Cut(decay=self.decay, radius=self.radius)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """An impedance function that ends at a radius."""

    decay: Decay
    radius: float

    @property
    def reach(self) -> float:
        """The cost beyond which the weight is 0."""
        return min(self.radius, self.decay.reach)

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return the function's weights up to the radius, 0 beyond it."""
        costs = np.asarray(cost, dtype=np.float64)
        return np.where(costs <= self.radius, self.decay(costs), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective: how it is reached, what it is called, its unit and its source.

    ``unit`` is "people_cost", "people" or "cost". ``knows`` names the options that concern it.
    """

    of: Callable[[SitingProblem, Terms, Effort], Siting]
    name: str
    unit: str
    literature: str
    knows: tuple[str, ...] = ()
    needs_groups: bool = False
    takes_capacities: bool = True
    needs_reach: bool = True
    more_is_better: bool = False


def _p_median(problem: SitingProblem, _: Terms, effort: Effort) -> Siting:
    return p_median(problem, effort=effort)


def _coverage(problem: SitingProblem, terms: Terms, effort: Effort) -> Siting:
    decay = terms.coverage
    if decay is None:  # refused before
        raise AssertionError
    return maximal_coverage(problem, decay=decay, effort=effort)


def _p_center(problem: SitingProblem, _: Terms, effort: Effort) -> Siting:
    return p_center(problem, effort=effort)


def _maximin(problem: SitingProblem, _: Terms, effort: Effort) -> Siting:
    return maximin_groups(problem, effort=effort)


def _kolm_pollak(problem: SitingProblem, terms: Terms, effort: Effort) -> Siting:
    if terms.kappa is None:  # fitted before
        raise AssertionError
    return kolm_pollak_siting(problem, kappa=-terms.kappa, effort=effort)


def _lexicographic(problem: SitingProblem, _: Terms, effort: Effort) -> Siting:
    return lexicographic(problem, effort=effort)


OBJECTIVES: Mapping[str, Objective] = {
    "p-median": Objective(
        of=_p_median,
        name=N_("Least total cost (p-median)"),
        unit="people_cost",
        literature="Hakimi 1964, Operations Research 12, 450–459",
    ),
    "max-coverage": Objective(
        of=_coverage,
        name=N_("Most people covered (maximal coverage)"),
        unit="people",
        literature="Church & ReVelle 1974, Papers of the Regional Science Association 32, 101–118",
        takes_capacities=False,
        needs_reach=False,
        more_is_better=True,
    ),
    "p-center": Objective(
        of=_p_center,
        name=N_("Least cost of those farthest away (p-center)"),
        unit="cost",
        literature="Minieka 1970, SIAM Review 12, 138–139",
        takes_capacities=False,
    ),
    "maximin": Objective(
        of=_maximin,
        name=N_("Least mean cost of the group farthest away (maximin)"),
        unit="cost",
        literature="Marsh & Schilling 1994, European Journal of Operational Research 74, 1–17",
        needs_groups=True,
    ),
    "kolm-pollak": Objective(
        of=_kolm_pollak,
        name=N_("Least equally distributed equivalent of the cost (Kolm–Pollak)"),
        unit="cost",
        literature="Horton, Logan, Murrell, Speakman & Skipper 2024, A scalable approach to "
        "optimize facility location under the Kolm–Pollak equally-distributed equivalent",
        knows=("--aversion", "--kappa"),
    ),
    "lexicographic": Objective(
        of=_lexicographic,
        name=N_("Least mean costs of groups, the farthest away first (lexicographic)"),
        unit="cost",
        literature="Ogryczak 1997, European Journal of Operational Research 100, 566–585",
        needs_groups=True,
    ),
}
"""Every objective that can be asked for, by the word that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingFound:
    """What was found.

    Attributes
    ----------
    terms
        As asked; ``kappa`` is what was used.
    siting
        The answer.
    efficient
        The p-median under the same limits but for floors, which are asked for equity's sake.
    price
        What the answer costs in efficiency; ``None`` if one of the two has no sites.
    before, shape (n,)
        What each place pays today; ``None`` if nobody says what stands today.
    today, shape (1,) or (n_groups,)
        What that is worth by the objective; ``None`` likewise.
    today_serves
        Whether the sites of today have room for everybody.
    frontier
        Points between efficiency and equity, if asked for.
    """

    terms: Terms
    siting: Siting
    efficient: Siting
    price: PriceOfEquity | None
    before: Vector | None
    today: Vector | None
    today_serves: bool
    frontier: tuple[FrontierPoint, ...] | None


def siting_found(
    problem: SitingProblem, terms: Terms, *, today: Flags | None, effort: Effort
) -> SitingFound:
    """Return the answer to a siting question, its price and what stands beside it.

    Parameters
    ----------
    problem
        With costs of shape (n, m).
    terms
        The objective and what it rests on.
    today, shape (m,)
        Which candidates stand today; ``None`` if nobody says.
    effort
        How long to search, for each of: the answer, the most efficient sites, each point of the
        frontier.

    Raises
    ------
    UsageError
        As the methods do.
    """
    objective = OBJECTIVES[terms.objective]
    is_efficient = terms.objective == "p-median" and problem.floors is None
    unequal = replace(problem, floors=None)
    before = None if today is None else _before(problem, today)
    efficient: Siting | None = None
    if terms.objective == "kolm-pollak" and terms.kappa is None:
        if before is None or not np.isfinite(before).all():
            efficient = p_median(unequal, effort=effort)
            terms = _fitted(problem, terms, efficient.cost)
        else:
            terms = _fitted(problem, terms, before)
    worth = Worth(objective=terms.objective, kappa=terms.kappa, coverage=terms.coverage)
    siting = objective.of(problem, terms, effort)
    if efficient is None:
        efficient = siting if is_efficient else p_median(unequal, effort=effort)
    efficient = with_bound(efficient, unequal, Worth())
    siting = with_bound(siting, problem, worth, least_total=efficient.bound)
    compared = bool(siting.sites.size and efficient.sites.size)
    return SitingFound(
        terms=terms,
        siting=siting,
        efficient=efficient,
        price=_price(problem, siting, efficient) if compared else None,
        before=before,
        today=None if before is None else worth.of(before, problem),
        today_serves=today is None or _serves(problem, today),
        frontier=_frontier(problem, terms.n_frontier, effort) if terms.n_frontier else None,
    )


def _frontier(problem: SitingProblem, n: int, effort: Effort) -> tuple[FrontierPoint, ...]:
    points = frontier(problem, n_points=n, effort=effort)
    return tuple(replace(one, siting=with_bound(one.siting, problem, Worth())) for one in points)


def _price(problem: SitingProblem, siting: Siting, efficient: Siting) -> PriceOfEquity:
    """Return the price: one number once proven, and no less than nothing.

    A search that ended early may have left the efficient sites dearer than the answer.
    """
    found = price_of_equity(problem, chosen=siting, efficient=efficient)
    value = max(found.value, 0.0)
    if efficient.status is Status.OPTIMAL:
        return PriceOfEquity(value=value, low=value, high=value)
    return replace(found, value=value)


def _fitted(problem: SitingProblem, terms: Terms, cost: Vector) -> Terms:
    """Return the terms with kappa fitted to a distribution of costs."""
    weights = np.asarray(problem.weights, dtype=np.float64)
    known = np.isfinite(cost) & (weights > 0)
    if not (cost[known] > 0).any():  # all at hand: any kappa gives the same equivalent, 0
        return replace(terms, kappa=terms.aversion)
    kappa = fitted_kappa(cost[known], weights[known], aversion=terms.aversion)
    return replace(terms, kappa=kappa)


def _limited_to(problem: SitingProblem, today: Flags) -> SitingProblem:
    """Return the problem with the sites of today and no others."""
    return replace(
        problem, n_units=int(today.sum()), forced=today, forbidden=~today, prices=None, budget=None,
        floors=None,
    )  # fmt: skip


def _before(problem: SitingProblem, today: Flags) -> Vector:
    """Return what each place pays today: as assigned where there are capacities that suffice."""
    costs = np.asarray(problem.costs, dtype=np.float64)
    nearest: Vector = costs[:, today].min(axis=1, initial=np.inf)
    if problem.beyond is not None:
        nearest = np.minimum(nearest, problem.beyond)
    if problem.capacities is None or not today.any():
        return nearest
    assigned = p_median(_limited_to(problem, today))
    return assigned.cost if assigned.sites.size else nearest


def _serves(problem: SitingProblem, today: Flags) -> bool:
    if problem.capacities is None:
        return True
    room = np.asarray(problem.capacities, dtype=np.float64)[today].sum()
    return bool(room >= np.asarray(problem.weights, dtype=np.float64).sum())
