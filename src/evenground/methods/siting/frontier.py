"""The frontier between efficiency and equity: how little the worst-off group can pay, at what price.

Source: Haimes, Lasdon and Wismer (1971), IEEE Transactions on Systems, Man, and Cybernetics 1,
296-297 (the constraint method).
"""

from __future__ import annotations

from dataclasses import dataclass

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.problem import SitingProblem


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
    raise NotImplementedError
