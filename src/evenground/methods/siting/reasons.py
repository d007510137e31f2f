"""Why no choice of sites can meet what is asked, as far as it shows before any search."""

from __future__ import annotations

import numpy as np

from evenground.errors import Problem
from evenground.language import N_
from evenground.methods.siting.problem import Instance


def why_impossible(instance: Instance, *, must_reach: bool) -> Problem | None:
    """Return the first reason found, ``None`` if none shows.

    Parameters
    ----------
    instance
        A checked problem.
    must_reach
        Whether everybody must have a site in reach.
    """
    found = _districts(instance) or _budget(instance) or _capacity(instance)
    return found or (_out_of_reach(instance) if must_reach else None)


def contradiction() -> Problem:
    """Return that the limits cannot all be met, which the search has shown."""
    return Problem(
        code="siting_infeasible",
        what=N_("No choice of sites meets all limits together."),
        way_out=N_("Allow more units, a larger budget or capacity, or lower floors."),
    )


def _out_of_reach(instance: Instance) -> Problem | None:
    lives = (instance.weights > 0) | (instance.groups > 0).any(axis=0)
    stranded = lives & ~np.isfinite(instance.costs[:, ~instance.forbidden]).any(axis=1)
    if not stranded.any():
        return None
    return Problem(
        code="siting_out_of_reach",
        what=N_(
            "{n_points} demand points with {n_people} people have no allowed candidate in reach; "
            "the first is number {first}."
        ),
        way_out=N_(
            "Add candidates there, or say in 'beyond' what people pay who have nothing in reach."
        ),
        parameters={
            "n_points": int(stranded.sum()),
            "n_people": float(instance.weights[stranded].sum()),
            "first": int(np.flatnonzero(stranded)[0]),
        },
    )


def _districts(instance: Instance) -> Problem | None:
    allowed = np.bincount(
        instance.district[~instance.forbidden], minlength=instance.least_units.size
    )
    short = np.flatnonzero(allowed < instance.least_units)
    if short.size:
        return Problem(
            code="siting_district_short",
            what=N_("District {district} must have {least} sites and has {n} candidates allowed."),
            way_out=N_("Add candidates there, or lower the district's floor."),
            parameters={
                "district": int(short[0]),
                "least": int(instance.least_units[short[0]]),
                "n": int(allowed[short[0]]),
            },
        )
    forced = np.bincount(instance.district[instance.forced], minlength=instance.least_units.size)
    needed = int(np.maximum(forced, instance.least_units).sum())
    if needed <= instance.n_units:
        return None
    return Problem(
        code="siting_districts_exceed_units",
        what=N_("Districts and forced sites need {needed} units, and {n_units} are to be had."),
        way_out=N_("Allow more units, or lower the districts' floors."),
        parameters={"needed": needed, "n_units": instance.n_units},
    )


def _budget(instance: Instance) -> Problem | None:
    least = float(instance.prices[instance.forced].sum())
    for d in np.flatnonzero(instance.least_units):
        here = (instance.district == d) & ~instance.forbidden
        more = int(instance.least_units[d]) - int((here & instance.forced).sum())
        cheapest = np.sort(instance.prices[here & ~instance.forced])
        least += float(cheapest[: max(more, 0)].sum())
    if not instance.forced.any() and not instance.least_units.any():
        least = float(instance.prices[~instance.forbidden].min(initial=np.inf))
    if least <= instance.budget:
        return None
    return Problem(
        code="siting_budget_short",
        what=N_("What must be opened costs {least} at least, and the budget is {budget}."),
        way_out=N_("Raise the budget, or force and demand fewer sites."),
        parameters={"least": least, "budget": instance.budget},
    )


def _capacity(instance: Instance) -> Problem | None:
    if instance.capacities is None:
        return None
    given = instance.capacities[~instance.forbidden & ~instance.forced]
    room = instance.n_units - int(instance.forced.sum())
    most = float(np.sort(given)[::-1][:room].sum() + instance.capacities[instance.forced].sum())
    people = float(instance.weights.sum())
    if most >= people:
        return None
    return Problem(
        code="siting_capacity_short",
        what=N_("The largest choice serves {most} people, and there are {people}."),
        way_out=N_("Allow more units, or candidates with more capacity."),
        parameters={"most": most, "people": people},
    )
