"""Maximin over groups: sites from which the group that is worst off in the mean is best off.

Source: Rawls (1971), A theory of justice, applied to group means; Marsh and Schilling (1994), Equity
measurement in facility location analysis, European Journal of Operational Research 74, 1-17.
"""

from __future__ import annotations

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.problem import SitingProblem


def maximin_groups(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites with the least ``max_g Σ_i w_gi cost_i / W_g``; everybody goes to the nearest.

    Returns
    -------
    Siting
        The objective is the mean cost of the group that is worst off.

    Raises
    ------
    UsageError
        If the problem makes no sense, there are no groups, or a group is empty.
    """
    raise NotImplementedError
