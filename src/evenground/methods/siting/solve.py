"""The siting engine: a good choice, prices that bound it, then branch and cut on what is left.

1. Greedy addition and interchange give a choice.
2. Prices (``lagrangian``) bound the total, and rule candidates out that are in no better choice.
3. Cuts around the prices start a linear relaxation, which grows by violated cuts (``benders``).
4. ``branch_and_cut`` settles what is still open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as field_of

import numpy as np

from evenground.methods.siting.answer import TOLERANCE
from evenground.methods.siting.benders import cuts_around, violated_cuts
from evenground.methods.siting.branch_and_cut import Best, Search, Tasks
from evenground.methods.siting.interchange import Field, greedy, interchange
from evenground.methods.siting.lagrangian import Ascent, Prices
from evenground.methods.siting.limits import columns_of
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.model import Model
from evenground.methods.siting.reach import Reach
from evenground.methods.siting.relaxation import Relaxation
from evenground.methods.siting.rows import Rows, stacked
from evenground.methods.siting.sorted_costs import SortedCosts, sorted_costs
from evenground.methods.validation import Flags, Vector, Whole

_PASSES, _PASSES_BETWEEN_TRIES, _FIRST_TRY = 240, 12, 60
_LISTED = 6  # costs listed per row: so many times what one of evenly spread sites would serve
_WHOLE_SLACK = 1e-6
_MOST = 0.75
# Where a relaxation is large, passes are worth more than iterations of the simplex method.
_LARGE, _PASSES_IF_LARGE = 5_000_000, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The best choice (none if nothing was found), its value and what none can beat.

    The bound is infinite if no choice is allowed.
    """

    sites: Whole
    value: float
    bound: float


def solve(
    model: Model, meter: Meter, *, start: Whole | None = None, enough: float = -np.inf
) -> Outcome:
    """Return the best choice of a model.

    Parameters
    ----------
    model
        What to minimise.
    meter
        When to stop.
    start, shape (n_sites,)
        A choice to begin with, beside the greedy one.
    enough
        Value that no better one is wanted than, and worse ones are of no use.
    """
    goal = _Goal(whole=model.counts_whole, enough=enough)
    best = Best(sites=np.empty(0, dtype=np.int64), value=np.inf)
    field = model.field()
    pool = np.flatnonzero(~model.choice.forbidden)
    for begin in (greedy(field), start):
        if begin is not None and begin.size:
            found = np.sort(interchange(field, begin, pool=pool, meter=meter))
            best.offer(found, model.achieved(found))
    prices = _Pricing(model=model, field=field, best=best, goal=goal, meter=meter).run()
    bound = goal.rounded(_bounded(model, prices.bound))
    if not meter.stopped and bound < goal.target(best.value):
        keep = _worth_keeping(model, prices, best, goal)
        if keep.mean() > _MOST:  # a copy of nearly all costs is not worth its room
            kept = replace(model, choice=replace(model.choice, forbidden=~keep))
            keep = np.ones_like(keep)
        else:
            kept = model.restricted(keep)
        found = _branch(kept, (prices.price, bound), best, (keep, goal, meter))
        bound = max(bound, found)
    return Outcome(sites=best.sites, value=best.value, bound=min(goal.rounded(bound), best.value))


def _bounded(model: Model, prices_bound: float) -> float:
    """Return what no choice can beat, from the bound that prices put on a total.

    The ``k`` largest of ``q`` sums are at least ``k/q`` of all, however a choice is limited.
    """
    if model.plain:
        return prices_bound
    return prices_bound * model.goal / len(model.ordered) if model.goal else -np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goal:
    """When a search may end: ``whole`` if values are whole numbers, ``enough`` as in ``solve``."""

    whole: bool
    enough: float

    def target(self, value: float) -> float:
        """Return the bound from which on no choice is better than ``value``, or of use."""
        if value <= self.enough:
            return -np.inf
        beyond = self.enough + _WHOLE_SLACK if np.isfinite(self.enough) else np.inf
        if not np.isfinite(value):
            return beyond
        step = 1 - _WHOLE_SLACK if self.whole else 0.5 * TOLERANCE * abs(value)
        return min(value - step, beyond)

    def rounded(self, bound: float) -> float:
        """Return the bound, raised to the next value that there can be."""
        if self.whole and np.isfinite(bound):
            return float(np.ceil(bound - _WHOLE_SLACK))
        return bound


@dataclass(slots=True, kw_only=True)
class _Pricing:
    """Prices: they bound the total unless other limits hold, and place cuts in any case.

    Sites that they suggest are improved now and then, each set once.
    """

    model: Model
    field: Field
    best: Best
    goal: _Goal
    meter: Meter
    total: float = np.inf
    seen: set[bytes] = field_of(default_factory=set)

    def run(self) -> Prices:
        """Return the best prices."""
        model = self.model
        n_units, m = model.choice.n_units, model.costs.shape[1]
        costs, where = filled(model.costs), self._where
        rows = sorted_costs(
            costs if where.size == m else costs[:, where], width=_LISTED * m // n_units + 20
        )
        weights = model.total if model.goal == 0 else model.ordered.sum(axis=0)
        if self.best.sites.size:
            self.total = float((weights * model.paid(self.best.sites)).sum())
        begin = rows.cost[:, min(m // n_units, rows.cost.shape[1] - 1)].copy()
        ascent = Ascent(
            rows=rows,
            weights=weights,
            n_units=n_units,
            forced=model.choice.forced[where],
            improve=self._improve,
            stops=self._stops,
        )
        large = model.costs.size > _LARGE
        found = ascent.run(begin, self.total, passes=_PASSES_IF_LARGE if large else _PASSES)
        saving = np.zeros(m)
        saving[where] = found.saving
        return Prices(price=found.price, saving=saving, bound=found.bound)

    @property
    def _where(self) -> Whole:
        return np.flatnonzero(~self.model.choice.forbidden)

    def _stops(self, bound: float) -> bool:
        self.meter.spend(1)
        known = _bounded(self.model, bound)
        if self.meter.stops(self.best.value, known):
            return True
        return self.goal.rounded(known) >= self.goal.target(self.best.value)

    def _improve(self, chosen: Whole, number: int) -> float:
        if number < _FIRST_TRY or number % _PASSES_BETWEEN_TRIES:
            return self.total
        where = self._where
        sites = np.sort(where[chosen])
        if sites.tobytes() in self.seen or not self.model.choice.admits(sites):
            return self.total
        self.seen.add(sites.tobytes())
        found = np.sort(interchange(self.field, sites, pool=where, meter=self.meter))
        self.best.offer(found, self.model.achieved(found))
        if self.model.plain:
            self.total = self.best.value
        return self.total


def _worth_keeping(model: Model, prices: Prices, best: Best, goal: _Goal) -> Flags:
    """Return which candidates may be in a choice better than the best."""
    keep = ~model.choice.forbidden
    if model.plain and np.isfinite(best.value):
        rise = prices.reduced(model.choice.n_units, model.choice.forced)
        keep &= prices.bound + rise < goal.target(best.value)
        keep[best.sites] = True
    return keep


def filled(costs: Vector) -> Vector:
    """Return costs with what is out of reach at the row's dearest finite cost."""
    finite = np.isfinite(costs)
    if finite.all():
        return costs
    highest = np.max(costs, axis=1, initial=0.0, where=finite)
    return np.where(finite, costs, highest[:, None])


def _branch(
    model: Model, known: tuple[Vector, float], best: Best, rest: tuple[Flags, _Goal, Meter]
) -> float:
    """Search the choices of the candidates kept; return what none can beat."""
    keep, goal, meter = rest
    where = np.flatnonzero(keep)
    costs = sorted_costs(filled(model.costs))
    columns = columns_of(model, costs.cost[:, 0], costs.top)
    begin = cuts_around(costs, known[0])
    meter.n_cuts += begin.n_rows
    bounds = (columns.low, columns.high)
    relaxation = Relaxation(columns.cost, bounds, stacked([columns.rows, begin]))
    local = Best(sites=np.searchsorted(where, best.sites), value=best.value)
    tasks = _tasks(model, costs, goal, meter)
    found = Search(relaxation, tasks, local).run(meter, known[1])
    best.offer(where[local.sites], local.value)
    return found


def _tasks(model: Model, costs: SortedCosts, goal: _Goal, meter: Meter) -> Tasks:
    field, reach = model.field(), Reach.of(model.costs)
    m, pool = model.costs.shape[1], np.flatnonzero(~model.choice.forbidden)
    seen: set[bytes] = set()

    def separate(x: Vector) -> Rows | None:
        parts = [part for part in (violated_cuts(costs, x), reach.violated(x[:m])) if part]
        return stacked(parts) if parts else None

    def improve(x: Vector) -> Whole | None:
        sites = np.sort(np.argsort(-x[:m], kind="stable")[: model.choice.n_units])
        if sites.tobytes() in seen or not model.choice.admits(sites):
            return None
        seen.add(sites.tobytes())
        return np.sort(interchange(field, sites, pool=pool, meter=meter))

    return Tasks(
        n_binary=m,
        separate=separate,
        complete=model.achieved,
        improve=improve,
        target=goal.target,
    )
