"""Who gains and who loses against today, by group and place."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from evenground.methods.siting.problem import SitingProblem
from evenground.methods.validation import Vector


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
    raise NotImplementedError
