"""Kolm-Pollak siting: the equally distributed equivalent of what people pay (or get) is the goal.

Source: Horton, Logan, Murrell, Speakman and Skipper (2024), A scalable approach to optimize
facility location under the Kolm-Pollak equally-distributed equivalent. As exponentials add up, the
choice that is best is the p-median of the exponentials of the costs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.language import N_
from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.building import model_of, total_aim
from evenground.methods.siting.interchange import greedy, interchange
from evenground.methods.siting.least import least
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.problem import Instance, SitingProblem, checked
from evenground.methods.validation import Vector, Whole, wrong

_LARGEST_POWER = 600.0


def kolm_pollak_siting(
    problem: SitingProblem, *, kappa: float, effort: Effort | None = None
) -> Siting:
    """Return the sites whose Kolm-Pollak equivalent ``-ln(Σ w exp(-kappa x) / W) / kappa`` is best.

    Parameters
    ----------
    problem
        Demand, candidates and limits. ``costs`` are burdens if ``kappa`` is below 0, and goods
        (more is better; 0 where unlisted or infinite) if it is above 0: people use the site that
        gives them most. ``beyond``, capacities and floors of groups are for burdens only.
    kappa
        Aversion per unit, as ``fitted_kappa`` gives; not 0.
    effort
        How long to search; ``None`` until proven.

    Returns
    -------
    Siting
        The objective is the equivalent, in the unit of the costs: least for burdens, greatest for
        goods. With goods, ``cost`` and ``site`` are what people get and where.

    Raises
    ------
    UsageError
        If the problem makes no sense, or kappa is 0 or not a number.
    """
    if not (np.isfinite(kappa) and kappa != 0):
        raise wrong("kappa", N_("kappa is {kappa}, expected a number that is not 0"), kappa=kappa)
    instance = checked(problem)
    return _burdens(instance, kappa, effort) if kappa < 0 else _goods(problem, kappa, effort)


def _goods(problem: SitingProblem, kappa: float, effort: Effort | None) -> Siting:
    """Return the answer for goods, which are burdens below 0."""
    floors = problem.floors
    limited = floors is not None and (floors.mean_cost is not None or floors.covered is not None)
    if limited or problem.beyond is not None or problem.capacities is not None:
        raise wrong(
            "siting_goods",
            N_("kappa is {kappa}, which says that more is better; costs cannot be limited then"),
            kappa=kappa,
        )
    instance = checked(problem)
    good = np.where(np.isfinite(instance.costs), instance.costs, 0.0)
    found = _burdens(replace(instance, costs=-good), -kappa, effort)
    return replace(found, objective=-found.objective, bound=-found.bound, cost=-found.cost)


def _burdens(instance: Instance, kappa: float, effort: Effort | None) -> Siting:
    rate, people = -kappa, float(instance.weights.sum())
    start, level = _near_choice(instance, rate)

    def told(total: float) -> float:
        return level + float(np.log(total / people)) / rate if total > 0 else -np.inf

    with np.errstate(divide="ignore"):
        # Who alone would make a choice worse than the one at hand need not be told how much worse.
        cap = np.log(2.0 * people) - np.log(instance.weights)
    power = rate * (instance.costs - level)
    burden = np.exp(np.minimum(power, np.minimum(cap, _LARGEST_POWER)[:, None]))
    burden[~np.isfinite(instance.costs)] = np.inf
    aim = total_aim(np.asfortranarray(burden), instance.weights)
    return least(instance, aim, meter=Meter(effort or Effort(), told), start=start)


def _near_choice(instance: Instance, rate: float) -> tuple[Whole, float]:
    """Return a choice with a low total cost and its equivalent, the level that others are near."""
    field = model_of(instance, total_aim(instance.costs, instance.weights)).field()
    pool = np.flatnonzero(~instance.forbidden)
    sites = np.sort(interchange(field, greedy(field), pool=pool))
    cost = instance.costs[:, sites].min(axis=1, initial=np.inf)
    lived = (instance.weights > 0) & np.isfinite(cost)
    if not lived.any():
        return sites, 0.0
    return sites, _equivalent(cost[lived], instance.weights[lived], rate)


def _equivalent(cost: Vector, weights: Vector, rate: float) -> float:
    highest = float(cost.max())
    mean = float((weights * np.exp(rate * (cost - highest))).sum()) / float(weights.sum())
    return highest + float(np.log(mean)) / rate
