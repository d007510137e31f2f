"""The siting engine: a good choice, prices that bound it, then branch and cut on what is left.

1. Greedy addition and interchange give a choice.
2. Prices (``lagrangian``) bound the total, and rule candidates out that are in no better choice.
3. Cuts around the prices start a linear relaxation, which grows by violated cuts (``benders``).
4. ``branch_and_cut`` settles what is still open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.siting.answer import TOLERANCE
from evenground.methods.siting.benders import cuts_around, violated_cuts
from evenground.methods.siting.branch_and_cut import Best, Search, Tasks
from evenground.methods.siting.interchange import Field, greedy, interchange
from evenground.methods.siting.lagrangian import Prices, ascend
from evenground.methods.siting.limits import columns_of
from evenground.methods.siting.meter import Meter
from evenground.methods.siting.model import Model
from evenground.methods.siting.reach import Reach
from evenground.methods.siting.relaxation import Relaxation
from evenground.methods.siting.rows import Rows, stacked
from evenground.methods.siting.sorted_costs import SortedCosts, sorted_costs
from evenground.methods.validation import Flags, Vector, Whole

_PASSES, _PASSES_BETWEEN_TRIES, _FIRST_TRY = 240, 12, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The best choice (none if nothing was found), its value and what none can beat.

    The bound is infinite if no choice is allowed.
    """

    sites: Whole
    value: float
    bound: float


def solve(model: Model, meter: Meter, *, start: Whole | None = None) -> Outcome:
    """Return the best choice of a model.

    Parameters
    ----------
    model
        What to minimise.
    meter
        When to stop.
    start, shape (n_sites,)
        A choice to begin with, beside the greedy one.
    """
    best = Best(sites=np.empty(0, dtype=np.int64), value=np.inf)
    field = model.field()
    pool = np.flatnonzero(~model.choice.forbidden)
    for begin in (greedy(field), start):
        if begin is not None and begin.size:
            found = interchange(field, begin, pool=pool)
            best.offer(np.sort(found), model.achieved(found))
    prices = _priced(model, meter, (field, best))
    whole = model.counts_whole
    bound = _rounded_up(prices.bound, whole=whole) if model.plain else -np.inf
    if not meter.stopped and bound < target(best.value, whole=whole):
        keep = _worth_keeping(model, prices, best, whole=whole)
        bound = max(bound, _branch(model, meter, prices.price, (keep, best, bound)))
    bound = min(_rounded_up(bound, whole=whole), best.value)
    return Outcome(sites=best.sites, value=best.value, bound=bound)


def target(value: float, *, whole: bool) -> float:
    """Return the bound from which on no choice is better than ``value``."""
    if not np.isfinite(value):
        return np.inf
    return value - 1 + 1e-6 if whole else value - 0.5 * TOLERANCE * abs(value)


def _rounded_up(bound: float, *, whole: bool) -> float:
    return float(np.ceil(bound - 1e-6)) if whole and np.isfinite(bound) else bound


def _priced(model: Model, meter: Meter, both: tuple[Field, Best]) -> Prices:
    """Return prices; they bound the total unless other limits hold, and place cuts in any case."""
    field, best = both
    n_units, m = model.choice.n_units, model.costs.shape[1]
    costs = filled(model.costs)
    allowed = ~model.choice.forbidden
    allowed_costs = costs if allowed.all() else costs[:, allowed]
    rows = sorted_costs(allowed_costs, width=min(m, 6 * m // n_units + 20))
    weights = _price_weights(model)
    begin = rows.cost[:, min(m // n_units, rows.cost.shape[1] - 1)].copy()
    where = np.flatnonzero(allowed)
    total = float((weights * model.paid(best.sites)).sum()) if best.sites.size else np.inf
    tries = _Tries(model=model, field=field, best=best, where=where, total=total)
    go = ascend(
        rows, weights,
        limits=(n_units, model.choice.forced[where]),
        start=(begin, total),
        improve=tries.improve,
    )  # fmt: skip
    state = go(meter, _PASSES)
    saving = np.zeros(m)
    saving[where] = state.saving
    return Prices(price=state.price, saving=saving, bound=state.bound, value=state.value)


def _price_weights(model: Model) -> Vector:
    return model.total if model.goal == 0 else model.ordered.sum(axis=0)


@dataclass(slots=True)
class _Tries:
    """Improves sites that prices suggest, now and then, each set once."""

    model: Model
    field: Field
    best: Best
    where: Whole
    total: float
    seen: set[bytes] | None = None

    def improve(self, chosen: Whole, number: int) -> float:
        """Try the sites of a pass; return the least total known."""
        if number < _FIRST_TRY or number % _PASSES_BETWEEN_TRIES:
            return self.total
        sites = np.sort(self.where[chosen])
        self.seen = self.seen or set()
        if sites.tobytes() in self.seen or not self.model.choice.admits(sites):
            return self.total
        self.seen.add(sites.tobytes())
        found = np.sort(interchange(self.field, sites, pool=self.where))
        self.best.offer(found, self.model.achieved(found))
        if self.model.plain:
            self.total = self.best.value
        return self.total


def _worth_keeping(model: Model, prices: Prices, best: Best, *, whole: bool) -> Flags:
    """Return which candidates may be in a choice better than the best."""
    keep = ~model.choice.forbidden
    if model.plain and np.isfinite(best.value):
        rise = prices.reduced(model.choice.n_units, model.choice.forced)
        keep &= prices.bound + rise < target(best.value, whole=whole)
        keep[best.sites] = True
    return keep


def filled(costs: Vector) -> Vector:
    """Return costs with what is out of reach at the row's dearest finite cost."""
    finite = np.isfinite(costs)
    if finite.all():
        return costs
    highest = np.max(costs, axis=1, initial=0.0, where=finite)
    return np.where(finite, costs, highest[:, None])


def _branch(model: Model, meter: Meter, price: Vector, state: tuple[Flags, Best, float]) -> float:
    keep, best, floor = state
    where = np.flatnonzero(keep)
    fewer = model.restricted(keep)
    costs = sorted_costs(filled(fewer.costs))
    reach = Reach.of(fewer.costs)
    lowest = costs.cost[:, 0]
    columns = columns_of(fewer, lowest, costs.top)
    begin = cuts_around(costs, price)
    meter.n_cuts += begin.n_rows
    relaxation = Relaxation(
        columns.cost, (columns.low, columns.high), stacked([columns.rows, begin])
    )
    local = Best(sites=_positions(where, best.sites), value=best.value)
    tasks = _tasks(fewer, (costs, reach))
    found = Search(relaxation, tasks, local).run(meter, floor)
    best.offer(where[local.sites], local.value)
    return found


def _positions(where: Whole, sites: Whole) -> Whole:
    return np.searchsorted(where, sites)


def _tasks(model: Model, both: tuple[SortedCosts, Reach]) -> Tasks:
    costs, reach = both
    field, whole = model.field(), model.counts_whole
    m = model.costs.shape[1]
    seen: set[bytes] = set()

    def separate(x: Vector) -> Rows | None:
        parts = [part for part in (violated_cuts(costs, x), reach.violated(x[:m])) if part]
        return stacked(parts) if parts else None

    def improve(x: Vector) -> Whole | None:
        ranked = np.argsort(-x[:m], kind="stable")[: model.choice.n_units]
        sites = np.sort(ranked)
        if sites.tobytes() in seen or not model.choice.admits(sites):
            return None
        seen.add(sites.tobytes())
        return np.sort(interchange(field, sites, pool=np.arange(m)))

    return Tasks(
        n_binary=m,
        separate=separate,
        complete=model.achieved,
        improve=improve,
        target=lambda value: target(value, whole=whole),
    )
