"""What no choice can beat, whatever is chosen: what all candidates together would achieve.

A search that ends early may not have found a bound; this one costs a pass over the costs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.methods.accessibility.decay import Decay
from evenground.methods.inequality import kolm_pollak
from evenground.methods.siting import Siting, SitingProblem, Status
from evenground.methods.siting.answer import proven
from evenground.methods.validation import Vector


def with_bound(
    siting: Siting,
    problem: SitingProblem,
    *,
    objective: str = "p-median",
    kappa: float | None = None,
    coverage: Decay | None = None,
) -> Siting:
    """Return an unproven answer with the nearer of its bound and that of all candidates together.

    Parameters
    ----------
    siting, problem
        An answer, and what it is for.
    objective
        By the word that asks for it.
    kappa, coverage
        Of Kolm-Pollak, above 0, and of maximal coverage.
    """
    if siting.status is not Status.GAP:
        return siting
    bound = _open_bound(problem, objective, kappa, coverage)
    nearer = min if objective == "max-coverage" else max
    if np.isfinite(siting.bound):
        bound = nearer(bound, siting.bound)
    if siting.levels.size:
        bounds = np.where(np.isfinite(siting.bounds), siting.bounds, 0.0)
        bounds[0] = min(bound, siting.levels[0])
        return replace(siting, bound=float(bounds[0]), bounds=bounds)
    if siting.sites.size and proven(siting.objective, bound):
        return replace(siting, bound=siting.objective, status=Status.OPTIMAL)
    return replace(siting, bound=bound)


def _open_bound(
    problem: SitingProblem, objective: str, kappa: float | None, coverage: Decay | None
) -> float:
    weights = np.asarray(problem.weights, dtype=np.float64)
    cost = _with_all(problem)
    if objective in {"maximin", "lexicographic"}:
        return _least_of_groups(cost, np.asarray(problem.groups, dtype=np.float64))
    reached = (weights > 0) & np.isfinite(cost)
    cost, weights = cost[reached], weights[reached]
    if objective == "max-coverage" and coverage is not None:
        return float((weights * coverage(cost)).sum())
    if objective == "p-center":
        return float(cost.max())
    if objective == "kolm-pollak" and kappa is not None:
        return kolm_pollak(cost, weights, kappa=-kappa).equally_distributed
    return float((weights * cost).sum())


def _with_all(problem: SitingProblem) -> Vector:
    """Return what each place would pay with every candidate that is allowed."""
    costs = np.asarray(problem.costs, dtype=np.float64)
    if problem.forbidden is not None:
        costs = costs[:, ~np.asarray(problem.forbidden, dtype=np.bool_)]
    cost: Vector = costs.min(axis=1, initial=np.inf)
    return cost if problem.beyond is None else np.minimum(cost, problem.beyond)


def _least_of_groups(cost: Vector, groups: Vector) -> float:
    """Return the mean of the group farthest away."""
    here = groups > 0
    means = [
        float(row[own] @ cost[own] / row[own].sum()) for row, own in zip(groups, here, strict=True)
    ]
    return max(means)
