"""Costs of each demand point in rising order, cut off where a choice no longer changes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Vector, Whole

_BLOCK_OF_ENTRIES = 4_000_000
_WIDE = 500  # beyond it, lists are kept in half the room


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedCosts:
    """The least costs of each row.

    Attributes
    ----------
    order, shape (n, width)
        Columns from the cheapest.
    cost, shape (n, width)
        Their costs, rising.
    top, shape (n,)
        What all others are taken to cost: exact if nothing dearer was cut off, else too little.
    n_columns
        How many columns there are.
    """

    order: Whole
    cost: Vector
    top: Vector
    n_columns: int


def sorted_costs(costs: Vector, *, width: int | None = None) -> SortedCosts:
    """Return each row's ``width`` least costs in order; ``None`` for all that are below its top."""
    n, m = costs.shape
    highest = costs.max(axis=1) if m else np.zeros(n)
    if width is None:
        width = max(int((costs < highest[:, None]).sum(axis=1).max(initial=0)), 1)
    width = min(width, m)
    order: Any = np.empty((n, width), dtype=np.int32 if width > _WIDE else np.int64)
    cost = np.empty((n, width))
    block = max(_BLOCK_OF_ENTRIES // max(m, 1), 1)
    for start in range(0, n, block):
        part = np.ascontiguousarray(costs[start : start + block])
        nearest = np.argsort(part, axis=1, kind="stable")[:, : width + 1]
        order[start : start + block] = nearest[:, :width]
        cost[start : start + block] = np.take_along_axis(part, nearest[:, :width], axis=1)
        if width < m:
            edge = np.take_along_axis(part, nearest[:, width:], axis=1)[:, 0]
            highest[start : start + block] = edge
    return SortedCosts(order=order, cost=cost, top=highest, n_columns=m)
