"""What given costs are worth by each objective: of today's sites, and of all candidates together.

What all candidates together achieve no choice can beat: a bound that takes one pass over the costs,
for a search that ended before it found one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.accessibility.decay import Decay
from evenground.methods.inequality import kolm_pollak
from evenground.methods.siting import Siting, SitingProblem, Status
from evenground.methods.siting.answer import proven
from evenground.methods.validation import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """How costs are valued: by which objective, with which kappa (above 0) or coverage."""

    objective: str = "p-median"
    kappa: float | None = None
    coverage: Decay | None = None

    def of(self, cost: Vector, problem: SitingProblem) -> Vector:
        """Return the value of what each place pays: one number, or one for each group.

        Parameters
        ----------
        cost, shape (n,)
            Infinite out of reach.
        problem
            Who lives where; its limits play no part.

        Returns
        -------
        array, shape (1,), or (n_groups,) of lexicographic, falling
            Infinite if somebody has nothing in reach, unless the objective counts them as 0.
        """
        weights = np.asarray(problem.weights, dtype=np.float64)
        if self.objective in {"maximin", "lexicographic"}:
            means = np.sort(_means(np.asarray(problem.groups, dtype=np.float64), cost))[::-1]
            return means[:1] if self.objective == "maximin" else means
        lived = weights > 0
        cost, weights = cost[lived], weights[lived]
        if self.objective == "max-coverage" and self.coverage is not None:
            near = np.isfinite(cost)
            return np.array([(weights[near] * self.coverage(cost[near])).sum()])
        if not np.isfinite(cost).all():
            return np.array([np.inf])
        if self.objective == "p-center":
            return np.array([cost.max()])
        if self.objective == "kolm-pollak" and self.kappa is not None:
            found = kolm_pollak(cost, weights, kappa=-self.kappa)
            return np.array([found.equally_distributed])
        return np.array([(weights * cost).sum()])


def with_bound(
    siting: Siting, problem: SitingProblem, worth: Worth, *, least_total: float = -np.inf
) -> Siting:
    """Return an unproven answer with the nearest of what is known to bound it.

    That is its own bound, what all candidates together achieve, and for the group farthest away
    what the least total implies: it has no less than a mean of the groups.

    Parameters
    ----------
    siting, problem
        An answer, and what it is for.
    worth
        What it was sought for.
    least_total
        What people times cost is at least, with any choice allowed; ``-inf`` if not known.
    """
    if siting.status is not Status.GAP:
        return siting
    bound = float(worth.of(_with_all(problem), problem)[0])
    if worth.objective in {"maximin", "lexicographic"}:
        bound = max(bound, _mean_of_groups(problem, least_total))
    nearer = min if worth.objective == "max-coverage" else max
    if np.isfinite(siting.bound):
        bound = nearer(bound, siting.bound)
    if siting.levels.size:
        bounds = np.where(np.isfinite(siting.bounds), siting.bounds, 0.0)
        bounds[0] = min(bound, siting.levels[0])
        return replace(siting, bound=float(bounds[0]), bounds=bounds)
    if siting.sites.size and proven(siting.objective, bound):
        return replace(siting, bound=siting.objective, status=Status.OPTIMAL)
    return replace(siting, bound=bound)


def _with_all(problem: SitingProblem) -> Vector:
    """Return what each place would pay with every candidate that is allowed."""
    costs = np.asarray(problem.costs, dtype=np.float64)
    barred = np.asarray(problem.forbidden, dtype=np.bool_)
    cost: Vector = costs.min(axis=1, initial=np.inf, where=~barred)
    return cost if problem.beyond is None else np.minimum(cost, problem.beyond)


def _mean_of_groups(problem: SitingProblem, least_total: float) -> float:
    """Return what the mean of all groups, each counted by its people, is at least."""
    weights = np.asarray(problem.weights, dtype=np.float64)
    members = np.asarray(problem.groups, dtype=np.float64).sum(axis=0)
    lived = weights > 0
    counted = float((members[lived] / weights[lived]).min())  # how often each person is counted
    return counted * max(least_total, 0.0) / float(members.sum())


def _means(groups: Vector, cost: Vector) -> Vector:
    """Return the mean of each group, shape (n_groups,); infinite if some have nothing in reach."""
    found = [float((row[row > 0] * cost[row > 0]).sum() / row.sum()) for row in groups]
    return np.array(found)
