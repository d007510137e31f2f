"""The one way from a problem and an aim to an answer, with or without capacities."""

from __future__ import annotations

import numpy as np

from evenground.methods.siting.answer import Siting
from evenground.methods.siting.building import Aim, answered, impossible, model_of
from evenground.methods.siting.capacitated import least_with_capacities
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.problem import Instance
from evenground.methods.siting.reasons import why_impossible
from evenground.methods.siting.solve import solve
from evenground.methods.validation import Whole


def least(
    instance: Instance,
    aim: Aim,
    *,
    meter: Meter,
    start: Whole | None = None,
) -> Siting:
    """Return the answer that minimises an aim.

    Parameters
    ----------
    instance, aim
        What to minimise under which limits.
    meter
        When to stop, and how a value is told: the answer's objective and bound are.
    start, shape (n_sites,)
        A choice to begin with.
    """
    counts_cost = aim.costs is instance.costs or instance.floors.mean_cost is not None
    must_reach = counts_cost or bool(np.isinf(aim.costs).any())
    reason = why_impossible(instance, must_reach=must_reach)
    if reason is not None:
        return impossible(instance, reason, meter)
    if instance.capacities is not None:
        return least_with_capacities(instance, aim, meter=meter)
    found = solve(model_of(instance, aim), meter, start=start)
    bound = meter.told(found.bound) if np.isfinite(found.bound) else found.bound
    values = (meter.told(found.value), bound)
    return answered(instance, found.sites, values=values, meter=meter)
