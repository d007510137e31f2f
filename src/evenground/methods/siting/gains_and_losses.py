"""Who gains and who loses against today, by group and place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.siting.model import weighted_sums
from evenground.methods.siting.problem import SitingProblem, checked
from evenground.methods.validation import Vector, Whole, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class GainsAndLosses:
    """Costs with today's sites and with others, everybody going to the nearest.

    Attributes
    ----------
    before, after, change, shape (n,)
        Cost at each demand point; ``change`` below 0 is a gain. Infinite where out of reach.
    gaining, losing, same, shape (n_groups + 1,)
        People of each group, everybody last, whose cost falls, rises and stays.
    mean_before, mean_after, shape (n_groups + 1,)
        Mean cost of each group, everybody last; missing where nobody is in a group.
    """

    before: Vector
    after: Vector
    change: Vector
    gaining: Vector
    losing: Vector
    same: Vector
    mean_before: Vector
    mean_after: Vector


def gains_and_losses(
    problem: SitingProblem, *, today: ArrayLike, proposed: ArrayLike
) -> GainsAndLosses:
    """Return what changes for whom between two sets of sites.

    Parameters
    ----------
    problem
        Demand, costs and groups; the other limits play no part.
    today, proposed, shape (any,)
        Positions of candidates; today's may be none.

    Raises
    ------
    UsageError
        If the problem makes no sense or a position is not that of a candidate.
    """
    instance = checked(problem)
    before = _paid(instance.costs, _positions("today", today, instance.m))
    after = _paid(instance.costs, _positions("proposed", proposed, instance.m))
    with np.errstate(invalid="ignore"):
        change = np.where(before == after, 0.0, after - before)
    people = np.vstack([instance.groups, instance.weights[None, :]])
    return GainsAndLosses(
        before=before,
        after=after,
        change=change,
        gaining=weighted_sums(people, (change < 0).astype(np.float64)),
        losing=weighted_sums(people, (change > 0).astype(np.float64)),
        same=weighted_sums(people, (change == 0).astype(np.float64)),
        mean_before=_means(people, before),
        mean_after=_means(people, after),
    )


def _paid(costs: Vector, sites: Whole) -> Vector:
    return costs[:, sites].min(axis=1, initial=np.inf)


def _means(people: Vector, cost: Vector) -> Vector:
    """Return the mean cost of each row of people; infinite if some have nothing in reach."""
    finite = np.isfinite(cost)
    total = people.sum(axis=1)
    paid = weighted_sums(people[:, finite], cost[finite])
    paid[people[:, ~finite].sum(axis=1) > 0] = np.inf
    return np.divide(paid, total, out=np.full(total.size, np.nan), where=total > 0)


def _positions(name: str, given: ArrayLike, m: int) -> Whole:
    sites = np.atleast_1d(np.asarray(given))
    if not sites.size:
        return np.empty(0, dtype=np.int64)
    whole = sites.ndim == 1 and np.issubdtype(sites.dtype, np.integer)
    if not whole or sites.min() < 0 or sites.max() >= m:
        raise wrong(
            "siting_positions",
            N_("{name} holds {found}, expected positions of candidates, 0 to {last}"),
            name=name,
            found=sites.tolist()[:5],
            last=m - 1,
        )
    return sites.astype(np.int64)
