"""From a checked problem to the model that the engine solves, and back to an answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.errors import Problem
from evenground.methods.siting.answer import Siting, Status, proven
from evenground.methods.siting.choice import choice_of
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.model import Model
from evenground.methods.siting.problem import Instance
from evenground.methods.siting.reasons import contradiction
from evenground.methods.validation import Flags, Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What to minimise; see ``Model``.

    Attributes
    ----------
    costs, shape (n, m)
        What counts for the aim; floors always count the instance's own costs.
    total, shape (n,); ordered, shape (q, n); goal; locks
        As in ``Model``.
    """

    costs: Vector
    total: Vector
    ordered: Vector
    goal: int = 0
    locks: tuple[tuple[int, float], ...] = ()


def total_aim(costs: Vector, weights: Vector) -> Aim:
    """Return the aim of the least weighted total."""
    return Aim(costs=costs, total=weights, ordered=np.empty((0, weights.size)))


def inhabited(instance: Instance) -> Flags:
    """Return where somebody lives, shape (n,): nobody else is asked about."""
    return (instance.weights > 0) | (instance.groups > 0).any(axis=0)


def model_of(instance: Instance, aim: Aim) -> Model:
    """Return the model of an aim with all limits of the instance, where somebody lives."""
    some = inhabited(instance)
    layers, caps, limits = [aim.costs if some.all() else aim.costs[some]], [], []
    groups, floors = instance.groups[:, some], instance.floors
    if floors.mean_cost is not None:
        most = np.asarray(floors.mean_cost, dtype=np.float64)
        for g in np.flatnonzero(np.isfinite(most)):
            caps.append((_own_layer(layers, instance, some, aim), groups[g]))
            limits.append(float(most[g]) * float(groups[g].sum()))
    if floors.covered is not None and floors.radius is not None:
        layers.append((instance.costs[some] > floors.radius).astype(np.float64))
        for g, share in enumerate(np.asarray(floors.covered, dtype=np.float64)):
            caps.append((len(layers) - 1, groups[g]))
            limits.append((1.0 - share) * float(groups[g].sum()))
    n, n_layers = int(some.sum()), len(layers)
    wide = np.zeros((len(caps), n_layers * n))
    for at, (layer, weights) in enumerate(caps):
        wide[at, layer * n : (layer + 1) * n] = weights
    more = (n_layers - 1) * n
    return Model(
        costs=np.asfortranarray(np.vstack(layers)) if more else layers[0],
        total=np.pad(aim.total[some], (0, more)),
        ordered=np.pad(aim.ordered[:, some], ((0, 0), (0, more))),
        goal=aim.goal,
        locks=aim.locks,
        choice=choice_of(instance),
        caps=wide,
        cap_limits=np.array(limits),
    )


def _own_layer(layers: list[Vector], instance: Instance, some: Flags, aim: Aim) -> int:
    """Return the layer with the instance's costs, adding it if the aim counts something else."""
    if aim.costs is instance.costs:
        return 0
    if len(layers) == 1:
        layers.append(instance.costs[some])
    return 1


def answered(
    instance: Instance, sites: Whole, *, values: tuple[float, float], meter: Meter
) -> Siting:
    """Return the answer of chosen sites with their objective and its bound.

    ``site`` and ``cost`` are those of the nearest site; nobody is asked where nobody lives.
    """
    if not sites.size:
        return unanswered(instance, values[1], meter)
    costs = instance.costs[:, sites]
    cost = costs.min(axis=1)
    site = np.where(np.isfinite(cost), sites[costs.argmin(axis=1)], -1)
    return Siting(
        sites=sites,
        objective=values[0],
        bound=values[1],
        status=Status.OPTIMAL if proven(*values) else Status.GAP,
        site=site,
        cost=cost,
        work=meter.work,
        n_nodes=meter.n_nodes,
        n_cuts=meter.n_cuts,
    )


def unanswered(instance: Instance, bound: float, meter: Meter) -> Siting:
    """Return that no choice was found: none exists if the bound is infinite."""
    none = np.isinf(bound)
    return Siting(
        sites=np.empty(0, dtype=np.int64),
        objective=np.nan,
        bound=np.nan if none else bound,
        status=Status.INFEASIBLE if none else Status.GAP,
        site=np.full(instance.n, -1),
        cost=np.full(instance.n, np.inf),
        work=meter.work,
        n_nodes=meter.n_nodes,
        n_cuts=meter.n_cuts,
        reason=contradiction() if none else None,
    )


def impossible(instance: Instance, reason: Problem, meter: Meter) -> Siting:
    """Return that no choice is allowed, and why."""
    empty = unanswered(instance, np.inf, meter)
    return Siting(
        sites=empty.sites,
        objective=empty.objective,
        bound=empty.bound,
        status=empty.status,
        site=empty.site,
        cost=empty.cost,
        reason=reason,
    )
