"""Maximal coverage: sites that have as many people as possible within reach, fully or in part.

Source: Church and ReVelle (1974), The maximal covering location problem, Papers of the Regional
Science Association 32, 101-118; coverage that fades with distance as in Church and Roberts (1983)
and Berman and Krass (2002), The generalized maximal covering location problem, Computers &
Operations Research 29, 563-581.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.accessibility.decay import Decay
from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.building import total_aim
from evenground.methods.siting.least import least
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.problem import SitingProblem, checked, refuse_capacities
from evenground.methods.validation import Vector


def maximal_coverage(
    problem: SitingProblem, *, decay: Decay, effort: Effort | None = None
) -> Siting:
    """Return the sites with the greatest ``Σ_i w_i max_j f(c_ij)``.

    Parameters
    ----------
    problem
        Demand, candidates and limits; ``beyond`` is not needed, as who has no site in reach counts
        as 0.
    decay
        How much people count at a cost: ``Binary(radius)`` for all or nothing.
    effort
        How long to search; ``None`` until proven.

    Returns
    -------
    Siting
        The objective is the number of people covered; ``cost`` is what each point pays to get to
        the site that covers it.

    Raises
    ------
    UsageError
        If the problem makes no sense, or capacities are given.
    """
    instance = checked(problem)
    refuse_capacities(instance, "maximal_coverage")
    everybody = float(instance.weights.sum())
    return least(
        instance,
        total_aim(1.0 - _share(instance.costs, decay), instance.weights),
        meter=Meter(effort or Effort(), told=lambda uncovered: everybody - uncovered),
    )


def _share(costs: Vector, decay: Decay) -> Vector:
    """Return how much people count at each candidate, 0 where it is out of reach."""
    share = np.zeros_like(costs)
    finite = np.isfinite(costs)
    share[finite] = decay(costs[finite])
    return share
