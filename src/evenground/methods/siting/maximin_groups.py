"""Maximin over groups: sites from which the group that is worst off in the mean is best off.

Source: Rawls (1971), A theory of justice, applied to group means; Marsh and Schilling (1994),
Equity measurement in facility location analysis, European Journal of Operational Research 74, 1-17.
"""

from __future__ import annotations

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.building import Aim
from evenground.methods.siting.least import least
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.problem import Instance, SitingProblem, checked, group_totals
from evenground.methods.validation import Vector


def maximin_groups(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites with the least ``max_g Σ_i w_gi cost_i / W_g``.

    Returns
    -------
    Siting
        The objective is the mean cost of the group that is worst off. Without capacities
        everybody goes to the nearest site.

    Raises
    ------
    UsageError
        If the problem makes no sense, there are no groups, or a group is empty.
    """
    instance = checked(problem)
    aim = Aim(
        costs=instance.costs,
        total=instance.weights,
        ordered=group_shares(instance),
        goal=1,
    )
    return least(instance, aim, meter=Meter(effort or Effort()))


def group_shares(instance: Instance) -> Vector:
    """Return weights whose sums are group means, shape (n_groups, n).

    Raises
    ------
    UsageError
        If there are no groups, or nobody is in one.
    """
    totals = group_totals(instance)
    return instance.groups / totals[:, None]
