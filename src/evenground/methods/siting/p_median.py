"""The p-median: sites from which all people together are least far.

Source: Hakimi (1964), Optimum locations of switching centers and the absolute centers and medians
of a graph, Operations Research 12, 450-459; solved by cuts on distinct costs as in Duran-Mateluna,
Ales and Elloumi (2023), An efficient Benders decomposition for the p-median problem, European
Journal of Operational Research 308, 84-96.
"""

from __future__ import annotations

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.building import total_aim
from evenground.methods.siting.least import least
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.problem import SitingProblem, checked


def p_median(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites with the least ``Σ_i w_i min_j c_ij``.

    Parameters
    ----------
    problem
        Demand, candidates and limits. With capacities, people are assigned where the total is
        least, which may not be their nearest site.
    effort
        How long to search; ``None`` until proven.

    Returns
    -------
    Siting
        The objective is the total: people times cost.

    Raises
    ------
    UsageError
        If the problem makes no sense; see ``checked``.
    """
    instance = checked(problem)
    aim = total_aim(instance.costs, instance.weights)
    return least(instance, aim, meter=Meter(effort or Effort()))
