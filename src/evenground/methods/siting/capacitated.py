"""Sites with capacities: people are assigned, split where need be, and not all to the nearest.

Pairs of a demand point and a candidate get a column each: the share of the point's people who go
there. A share is at most the site is open; such rows are added where they are violated. Exact, and
for moderate sizes: there are as many columns as pairs.

Source: Sa (1969), Branch-and-bound and approximate solutions to the capacitated plant-location
problem, Operations Research 17, 1005-1016; Daskin (1995), Network and discrete location.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.siting.answer import TOLERANCE, Effort, Siting
from evenground.methods.siting.branch_and_cut import Best, Search, Tasks
from evenground.methods.siting.building import Aim, answered, inhabited, model_of
from evenground.methods.siting.limits import Columns, columns_of
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.model import Model
from evenground.methods.siting.problem import Instance
from evenground.methods.siting.relaxation import Relaxation
from evenground.methods.siting.rows import Rows, stacked
from evenground.methods.validation import Flags, Vector, Whole

_VIOLATED = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Pairs that people may use: positions of rows and candidates, and the first column's number.

    ``people``, shape (n,), fill ``capacity``, shape (m,).
    """

    row: Whole
    site: Whole
    cost: Vector
    people: Vector
    capacity: Vector
    first: int

    @property
    def column(self) -> Whole:
        """The columns of the pairs."""
        return self.first + np.arange(self.row.size)


def least_with_capacities(instance: Instance, aim: Aim, *, meter: Meter) -> Siting:
    """Return the answer that minimises an aim, everybody assigned within capacities.

    The answer's ``cost`` is the mean that each point pays; ``site`` is where most of it goes.
    """
    some = inhabited(instance)
    model = model_of(instance, aim)
    columns, shares = _with_shares(model, instance, some)
    relaxation = Relaxation(columns.cost, (columns.low, columns.high), columns.rows)
    best = Best(sites=np.empty(0, dtype=np.int64), value=np.inf)
    assigned: dict[bytes, Vector] = {}

    def complete(sites: Whole) -> float:
        value, used = _assign(model, columns, shares, sites)
        assigned[sites.tobytes()] = used
        return value

    def target(value: float) -> float:
        return value - 0.5 * TOLERANCE * abs(value) if np.isfinite(value) else np.inf

    def improve(x: Vector) -> Whole | None:
        open_most = np.argsort(-x[: model.costs.shape[1]], kind="stable")
        sites = np.sort(open_most[: model.choice.n_units])
        new = sites.tobytes() not in assigned and model.choice.admits(sites)
        return sites if new else None

    tasks = Tasks(
        n_binary=model.costs.shape[1],
        separate=lambda x: _violated(shares, x),
        complete=complete,
        improve=improve,
        target=target,
    )
    bound = min(Search(relaxation, tasks, best).run(meter), best.value)
    told = meter.told(bound) if np.isfinite(bound) else bound
    found = answered(instance, best.sites, values=(meter.told(best.value), told), meter=meter)
    if not best.sites.size:
        return found
    return _with_assignment(found, shares, assigned[best.sites.tobytes()], np.flatnonzero(some))


def _with_shares(model: Model, instance: Instance, some: Flags) -> tuple[Columns, Shares]:
    m, n = model.costs.shape[1], model.total.size
    finite = np.isfinite(model.costs)
    highest = np.max(model.costs, axis=1, initial=0.0, where=finite)
    base = columns_of(model, np.zeros(n), highest)
    row, site = np.nonzero(finite & ~model.choice.forbidden)
    capacity = instance.capacities if instance.capacities is not None else np.full(m, np.inf)
    shares = Shares(
        row=row,
        site=site,
        cost=model.costs[row, site],
        people=instance.weights[some],
        capacity=np.minimum(capacity, instance.weights.sum()),
        first=base.cost.size,
    )
    wider = np.zeros(row.size)
    return Columns(
        cost=np.concatenate([base.cost, wider]),
        low=np.concatenate([base.low, wider]),
        high=np.concatenate([base.high, np.ones(row.size)]),
        rows=stacked([base.rows, *_share_rows(shares, (m, n))]),
    ), shares


def _share_rows(shares: Shares, sizes: tuple[int, int]) -> list[Rows]:
    """Return: everybody goes somewhere, no site is overfull, and what that costs each point."""
    m, n = sizes
    column = shares.column
    ends = np.concatenate([[0], np.cumsum(np.bincount(shares.row, minlength=n))])
    everybody = Rows(
        starts=ends,
        column=column,
        value=np.ones(column.size),
        low=np.ones(n),
        high=np.ones(n),
    )
    own = ends[1:] + np.arange(n)
    place = np.arange(column.size) + shares.row
    pays = Rows(
        starts=ends + np.arange(n + 1),
        column=np.empty(column.size + n, dtype=np.int64),
        value=np.ones(column.size + n),
        low=np.zeros(n),
        high=np.full(n, np.inf),
    )
    pays.column[place], pays.value[place] = column, -shares.cost
    pays.column[own] = m + np.arange(n)
    order = np.argsort(shares.site, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(shares.site, minlength=m))])
    own = ends[1:] + np.arange(m)
    place = np.arange(column.size) + shares.site[order]
    full = Rows(
        starts=ends + np.arange(m + 1),
        column=np.empty(column.size + m, dtype=np.int64),
        value=np.empty(column.size + m),
        low=np.full(m, -np.inf),
        high=np.zeros(m),
    )
    full.column[place], full.value[place] = column[order], shares.people[shares.row[order]]
    full.column[own], full.value[own] = np.arange(m), -shares.capacity
    return [everybody, pays, full]


def _violated(shares: Shares, x: Vector) -> Rows | None:
    """Return ``share <= open`` for every pair that violates it."""
    over = np.flatnonzero(x[shares.column] > x[shares.site] + _VIOLATED)
    if not over.size:
        return None
    column = np.stack([shares.column[over], shares.site[over]], axis=1).ravel()
    return Rows(
        starts=np.arange(0, column.size + 1, 2),
        column=column,
        value=np.tile([1.0, -1.0], over.size),
        low=np.full(over.size, -np.inf),
        high=np.zeros(over.size),
    )


def _assign(model: Model, columns: Columns, shares: Shares, sites: Whole) -> tuple[float, Vector]:
    """Return what a choice achieves with people assigned as well as can be, and the shares."""
    nothing = np.zeros(shares.row.size)
    if not model.choice.admits(sites):
        return np.inf, nothing
    m, low, high = model.costs.shape[1], columns.low.copy(), columns.high.copy()
    chosen = np.zeros(m)
    chosen[sites] = 1.0
    low[:m] = high[:m] = chosen
    high[shares.column] = chosen[shares.site]
    point = Relaxation(columns.cost, (low, high), columns.rows).solve(
        Meter(Effort()), objective=np.inf, floor=-np.inf
    )
    if not point.solved or np.isinf(point.bound):
        return np.inf, nothing
    used = point.x[shares.column].clip(0.0)
    used /= np.bincount(shares.row, used, model.total.size)[shares.row]
    paid = np.bincount(shares.row, used * shares.cost, model.total.size).astype(np.float64)
    return model.worth(paid), used


def _with_assignment(found: Siting, shares: Shares, used: Vector, where: Whole) -> Siting:
    """Return the answer with where people go and what they pay in the mean."""
    n = where.size
    cost, site = found.cost.copy(), found.site.copy()
    cost[where] = np.bincount(shares.row, used * shares.cost, n)
    order = np.lexsort((-shares.site, used, shares.row))
    last = np.cumsum(np.bincount(shares.row, minlength=n)) - 1
    site[where] = shares.site[order][last]
    return replace(found, cost=cost, site=site)
