"""The frontier between efficiency and equity: how little the worst-off group pays, at what price.

Source: Haimes, Lasdon and Wismer (1971), IEEE Transactions on Systems, Man, and Cybernetics 1,
296-297 (the constraint method).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.language import N_
from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.building import Aim
from evenground.methods.siting.least import least
from evenground.methods.siting.maximin_groups import group_shares
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.model import weighted_sums
from evenground.methods.siting.problem import Instance, SitingProblem, checked
from evenground.methods.validation import Vector, wrong

_ENDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierPoint:
    """One point: the most efficient sites of those that keep the worst-off group within a limit.

    Attributes
    ----------
    limit
        What the worst-off group may pay at most in the mean; infinite at the efficient end.
    worst
        What it pays with these sites.
    siting
        The sites; objective and bound are the total, people times cost.
    """

    limit: float
    worst: float
    siting: Siting


def frontier(
    problem: SitingProblem, *, n_points: int = 5, effort: Effort | None = None
) -> tuple[FrontierPoint, ...]:
    """Return points from the most efficient sites to those best for the worst-off group.

    Parameters
    ----------
    problem
        Demand, candidates, limits and groups.
    n_points
        How many limits to try, evenly spaced, both ends included; 2 or more. Points that another
        one beats or equals in both respects are left out.
    effort
        How long to search, for each point.

    Returns
    -------
    tuple of FrontierPoint
        From the least total to the least cost of the worst-off group; empty if nothing is feasible.

    Raises
    ------
    UsageError
        If the problem makes no sense, there are no groups, or a group is empty.
    """
    if n_points < _ENDS:
        raise wrong("frontier_points", N_("n_points is {n}, expected 2 or more"), n=n_points)
    instance = checked(problem)
    effort = effort or Effort()
    aim = Aim(costs=instance.costs, total=instance.weights, ordered=group_shares(instance))
    efficient = least(instance, aim, meter=Meter(effort))
    fairest = least(instance, replace(aim, goal=1), meter=Meter(effort))
    if not (efficient.sites.size and fairest.sites.size):
        return ()
    ends = (_worst(aim, efficient), fairest.objective)
    points = [FrontierPoint(limit=np.inf, worst=ends[0], siting=efficient)]
    if ends[1] < ends[0]:
        limits = np.linspace(ends[0], ends[1], n_points)[1:].tolist()
        points += [_point(instance, aim, (limit, effort), fairest) for limit in limits]
    return tuple(_undominated(points))


def _point(
    instance: Instance, aim: Aim, asked: tuple[float, Effort], fairest: Siting
) -> FrontierPoint:
    limit, effort = asked
    locked = replace(aim, locks=((1, limit),))
    found = least(instance, locked, meter=Meter(effort), start=fairest.sites)
    return FrontierPoint(limit=limit, worst=_worst(aim, found), siting=found)


def _worst(aim: Aim, found: Siting) -> float:
    if not found.sites.size:
        return np.nan
    paid = np.where(np.isfinite(found.cost), found.cost, 0.0)
    means: Vector = weighted_sums(aim.ordered, paid)
    return float(means.max())


def _undominated(points: list[FrontierPoint]) -> list[FrontierPoint]:
    """Return the points that no other beats in one respect without losing in the other."""
    kept: list[FrontierPoint] = []
    found = [point for point in points if point.siting.sites.size]
    for point in sorted(found, key=lambda p: (p.siting.objective, p.worst)):
        if not kept or point.worst < kept[-1].worst:
            kept.append(point)
    return kept
