"""Kolm-Pollak siting: the equally distributed equivalent of what people pay (or get) is the goal.

Source: Horton, Logan, Murrell, Speakman and Skipper (2024), A scalable approach to optimize facility
location under the Kolm-Pollak equally-distributed equivalent.
"""

from __future__ import annotations

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.problem import SitingProblem


def kolm_pollak_siting(
    problem: SitingProblem, *, kappa: float, effort: Effort | None = None
) -> Siting:
    """Return the sites whose Kolm-Pollak equivalent ``-ln(Σ w exp(-kappa x) / W) / kappa`` is best.

    Parameters
    ----------
    problem
        Demand, candidates and limits. ``costs`` are burdens if ``kappa`` is below 0, and goods
        (more is better; 0 where unlisted) if it is above 0: people use what gives them most.
    kappa
        Aversion per unit, as ``fitted_kappa`` gives; not 0.
    effort
        How long to search; ``None`` until proven.

    Returns
    -------
    Siting
        The objective is the equivalent, in the unit of the costs.

    Raises
    ------
    UsageError
        If the problem makes no sense, or kappa is 0 or not a number.
    """
    raise NotImplementedError
