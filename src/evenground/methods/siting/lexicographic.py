"""Lexicographic siting: the worst-off group first, then the next, down to the best-off.

The sum of the ``k`` largest group means is minimised for ``k = 1, 2, …``, each sum being held at
its least from then on. That is exact with ties, where holding single groups is not: which group is
the worst may differ between equally good choices.

Source: Ogryczak (1997), On the lexicographic minimax approach to location problems, European
Journal of Operational Research 100, 566-585.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.methods.siting.answer import Effort, Siting, Status, proven
from evenground.methods.siting.building import Aim
from evenground.methods.siting.least import least
from evenground.methods.siting.maximin_groups import group_shares
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.model import weighted_sums
from evenground.methods.siting.problem import SitingProblem, checked
from evenground.methods.validation import Vector


def lexicographic(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites whose group means, sorted from the worst, are least in lexicographic order.

    Parameters
    ----------
    problem
        Demand, candidates, limits and groups.
    effort
        How long to search over all levels; ``None`` until proven.

    Returns
    -------
    Siting
        ``levels`` are the group means from the worst to the best, ``bounds`` what each level could
        be at best given those above it; the objective and bound are those of the first level. A
        level that was not proven ends the search: what comes after it has no bound but 0.

    Raises
    ------
    UsageError
        If the problem makes no sense, there are no groups, or a group is empty.
    """
    instance = checked(problem)
    aim = Aim(costs=instance.costs, total=instance.weights, ordered=group_shares(instance))
    meter = Meter(effort or Effort())
    n_groups = len(instance.groups)
    sums, bounds = np.zeros(0), np.zeros(n_groups)
    best: Siting | None = None
    for k in range(1, n_groups + 1):
        locks = tuple((at + 1, float(value)) for at, value in enumerate(sums))
        start = best.sites if best is not None else None
        found = least(instance, replace(aim, goal=k, locks=locks), meter=meter, start=start)
        if not found.sites.size and best is None:
            return found
        if not found.sites.size:
            break
        best = found
        bounds[k - 1] = found.bound - (sums[-1] if k > 1 else 0.0)
        sums = np.append(sums, found.objective)
        if found.status is not Status.OPTIMAL:
            break
    return _told(best, sums, bounds, aim)


def _told(best: Siting | None, sums: Vector, bounds: Vector, aim: Aim) -> Siting:
    """Return the answer with its levels: sorted group means and what bounds each."""
    if best is None:  # only without groups, which was refused
        raise AssertionError
    paid = np.where(np.isfinite(best.cost), best.cost, 0.0)
    levels = np.sort(weighted_sums(aim.ordered, paid))[::-1]
    bounds = np.minimum(bounds, levels)
    complete = sums.size == levels.size and all(
        proven(float(sums[k]), float(sums[k] - levels[k] + bounds[k])) for k in range(levels.size)
    )
    return replace(
        best,
        objective=float(levels[0]),
        bound=float(bounds[0]),
        status=Status.OPTIMAL if complete else Status.GAP,
        levels=levels,
        bounds=bounds,
    )
