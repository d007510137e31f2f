"""Cuts that say what a demand point pays at least, from the chosen candidates nearer than a level.

With ``D`` one of its distinct costs, a point pays at least ``D - Σ_{j: c_ij < D} (D - c_ij) y_j``.
The strongest such cut at a point ``y`` is that at the cost where the sum of ``y`` from the cheapest
reaches 1, so that all are separated by prefix sums.

Source: Duran-Mateluna, Ales and Elloumi (2023), European Journal of Operational Research 308,
84-96; Cornuejols, Nemhauser and Wolsey (1980) for one variable per demand point.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.siting.rows import Rows, stacked
from evenground.methods.siting.sorted_costs import SortedCosts
from evenground.methods.validation import Vector, Whole

_VIOLATED, _VIOLATED_IF_WHOLE = 1e-7, 1e-11
_WHOLE = 1e-6
_BLOCK_OF_ENTRIES = 2_000_000


def cuts_at(costs: SortedCosts, points: Whole, level: Vector) -> Rows:
    """Return one cut for each of ``points`` at its ``level``; the point's own column is the last.

    Columns are the ``n_columns`` candidates, then one for each demand point.
    """
    most = max(_BLOCK_OF_ENTRIES // costs.cost.shape[1], 1)
    if points.size > most:
        starts = range(0, points.size, most)
        return stacked([cuts_at(costs, points[s : s + most], level[s : s + most]) for s in starts])
    near = costs.cost[points] < level[:, None]
    size = near.sum(axis=1)
    width = int(size.max(initial=0))
    at, rank = np.nonzero(near[:, :width])
    over = level[at] - costs.cost[points[at], rank]
    starts = np.concatenate([[0], np.cumsum(size + 1)])
    column = np.empty(int(starts[-1]), dtype=np.int64)
    value = np.ones(column.size)
    own = starts[1:] - 1
    others = np.ones(column.size, dtype=bool)
    others[own] = False
    column[own] = costs.n_columns + points
    column[others] = costs.order[points[at], rank]
    value[others] = over
    return Rows(
        starts=starts,
        column=column,
        value=value,
        low=level.astype(np.float64),
        high=np.full(points.size, np.inf),
    )


def cuts_around(costs: SortedCosts, price: Vector) -> Rows:
    """Return cuts at the distinct costs on both sides of ``price``, shape (n,), for every point."""
    n, width = costs.cost.shape
    every = np.arange(n)
    above = (costs.cost < price[:, None]).sum(axis=1)
    upper = np.where(above < width, costs.cost[every, above.clip(0, width - 1)], costs.top)
    below = (costs.cost < upper[:, None]).sum(axis=1) - 1
    lower = costs.cost[every, below]
    points = np.concatenate([every, every[below >= 0]])
    level = np.concatenate([upper, lower[below >= 0]])
    useful = level > costs.cost[points, 0]  # nobody pays less than the least in any case
    return cuts_at(costs, points[useful], level[useful])


def violated_cuts(costs: SortedCosts, x: Vector) -> Rows | None:
    """Return the strongest cut of every point that ``x`` violates; ``None`` if it violates none."""
    m, (n, width) = costs.n_columns, costs.cost.shape
    # A whole point is an answer, so what it is said to cost must be what it costs.
    whole = bool((np.abs(x[:m] - np.rint(x[:m])) < _WHOLE).all())
    admitted = _VIOLATED_IF_WHOLE if whole else _VIOLATED
    block = max(_BLOCK_OF_ENTRIES // width, 1)
    found = [
        _short_of(costs, x, np.arange(start, min(start + block, n)), admitted)
        for start in range(0, n, block)
    ]
    short = np.concatenate([points for points, _ in found])
    if not short.size:
        return None
    return cuts_at(costs, short, np.concatenate([level for _, level in found]))


def _short_of(
    costs: SortedCosts, x: Vector, points: Whole, admitted: float
) -> tuple[Whole, Vector]:
    """Return those of consecutive points that pay too little, and the level to cut them at."""
    block = slice(int(points[0]), int(points[-1]) + 1)
    cost, top = costs.cost[block], costs.top[block]
    share = x[: costs.n_columns][costs.order[block]]
    before = np.cumsum(share, axis=1) - share
    used = np.where(before < 1 - 1e-12, np.minimum(share, 1.0 - before), 0.0).clip(0.0)
    paid = (used * cost).sum(axis=1) + (1.0 - used.sum(axis=1)).clip(0.0) * top
    short = np.flatnonzero(paid > x[costs.n_columns + points] + admitted * np.abs(top))
    # The level is the cost at which the sum reaches 1.
    full = before[short] + share[short] >= 1 - 1e-9
    at = np.where(full.any(axis=1), full.argmax(axis=1), cost.shape[1])
    padded = np.concatenate([cost[short], top[short][:, None]], axis=1)
    return points[short], padded[np.arange(short.size), at]
