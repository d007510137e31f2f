"""The limits of a model as rows over its columns: candidates, rows' costs, ordered sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.siting.model import Model, weighted_sums
from evenground.methods.siting.rows import Rows, row, stacked
from evenground.methods.validation import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of a linear programme with the rows that are known before any cut.

    Attributes
    ----------
    cost, low, high, shape (n_columns,)
        Candidates first, then what each row pays, then those of ordered sums.
    rows
        Limits.
    """

    cost: Vector
    low: Vector
    high: Vector
    rows: Rows


def columns_of(model: Model, lowest: Vector, highest: Vector) -> Columns:
    """Return columns and rows of a model whose rows pay between ``lowest`` and ``highest``."""
    m, n = model.costs.shape[1], model.total.size
    cost = [np.zeros(m), model.total if model.goal == 0 else np.zeros(n)]
    low = [model.choice.forced.astype(np.float64), lowest]
    high = [(~model.choice.forbidden).astype(np.float64), highest]
    rows = [*_choice_rows(model), *_cap_rows(model)]
    wanted = [*model.locks, *([(model.goal, np.inf)] if model.goal else [])]
    n_before = m + n
    for k, limit in wanted:
        made = _largest_rows(model, k, limit, n_before)
        rows += made
        width = 1 if k == 1 else 1 + len(model.ordered)
        is_goal = k == model.goal and np.isinf(limit)
        cost.append(np.concatenate([[float(k)], np.ones(width - 1)]) * is_goal)
        low.append(np.zeros(width))
        high.append(np.full(width, float(weighted_sums(model.ordered, highest).max())))
        n_before += width
    return Columns(
        cost=np.concatenate(cost),
        low=np.concatenate(low),
        high=np.concatenate(high),
        rows=stacked(rows),
    )


def _choice_rows(model: Model) -> list[Rows]:
    choice, m = model.choice, model.costs.shape[1]
    every = np.arange(m)
    rows = [row(every, np.ones(m), high=float(choice.n_units))]
    if np.isfinite(choice.budget):
        rows.append(row(every, choice.prices, high=choice.budget))
    for d in np.flatnonzero(choice.least_units):
        here = np.flatnonzero(choice.district == d)
        rows.append(row(here, np.ones(here.size), low=float(choice.least_units[d])))
    return rows


def _cap_rows(model: Model) -> list[Rows]:
    m = model.costs.shape[1]
    made: list[Rows] = []
    for weights, limit in zip(model.caps, model.cap_limits, strict=True):
        some = np.flatnonzero(weights)
        made.append(row(m + some, weights[some], high=float(limit)))
    return made


def _largest_rows(model: Model, k: int, limit: float, first: int) -> list[Rows]:
    """Return ``t + d_g >= sum_g`` for every ordered sum, and ``k t + Σ d <= limit``.

    The sum of the ``k`` largest is the least ``k t + Σ d``: Ogryczak and Tamir (2003), Minimizing
    the sum of the k largest functions in linear time, Information Processing Letters 85, 117-122.
    """
    m, q = model.costs.shape[1], len(model.ordered)
    own = np.arange(first + 1, first + 1 + (0 if k == 1 else q))
    made: list[Rows] = []
    for g, weights in enumerate(model.ordered):
        some = np.flatnonzero(weights)
        extra = np.array([first] if k == 1 else [first, own[g]])
        column = np.concatenate([m + some, extra])
        value = np.concatenate([-weights[some], np.ones(extra.size)])
        made.append(row(column, value, low=0.0))
    if np.isfinite(limit):
        column = np.concatenate([[first], own])
        value = np.concatenate([[float(k)], np.ones(own.size)])
        made.append(row(column, value, high=limit))
    return made
