"""The part of a promise that came, and by how much cost and time went over.

Source: Flyvbjerg (2008), Curbing optimism bias and strategic misrepresentation in planning:
reference class forecasting in practice, European Planning Studies 16, 3-21 (actual divided by
forecast, from the date of the decision).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, vector, wrong


def delivered_shares(
    promised: ArrayLike,
    delivered: ArrayLike,
    *,
    baseline: ArrayLike | None = None,
    less: ArrayLike | None = None,
) -> Vector:
    """Return the part of each promise that came, shape (n,).

    Parameters
    ----------
    promised, delivered, shape (n,)
        Value promised and value that came, in the indicator's unit.
    baseline, shape (n,)
        Value before; missing (NaN) where nobody knows it: promised and delivered are then taken as
        amounts, counted from 0.
    less, shape (n,)
        Whether less of it was promised.

    Returns
    -------
    array
        ``(delivered - baseline) / (promised - baseline)``: 1 as promised, 0 nothing, below 0 worse
        than before, above 1 more than promised. Missing where it cannot be told: the promise is the
        baseline itself or goes the other way, or less was promised of an amount without a baseline.

    Raises
    ------
    UsageError
        If a promised or delivered value is missing, or lengths differ.
    """
    goal = vector("promised", promised, least=-np.inf)
    came = vector("delivered", delivered, size=goal.size, least=-np.inf)
    start = np.full(goal.size, np.nan)
    if baseline is not None:
        start = np.asarray(baseline, dtype=np.float64)
    fewer = np.zeros(goal.size, dtype=np.bool_) if less is None else np.asarray(less, np.bool_)
    if start.shape != goal.shape or fewer.shape != goal.shape or np.isinf(start).any():
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},), none of it infinite"),
            name="baseline or less",
            shape=(start.shape, fewer.shape),
            size=goal.size,
        )
    return _shares(goal, came, start, fewer)


def _shares(goal: Vector, came: Vector, start: Vector, fewer: Flags) -> Vector:
    counted_from = np.where(np.isnan(start), 0.0, start)
    whole = goal - counted_from
    towards = np.where(fewer, whole < 0, whole > 0) & ~(fewer & np.isnan(start))
    return np.divide(came - counted_from, whole, out=np.full(goal.size, np.nan), where=towards)


def overrun_ratios(planned: ArrayLike, actual: ArrayLike) -> Vector:
    """Return actual divided by planned, shape (n,): 1 as planned, 1.5 half as much again.

    Parameters
    ----------
    planned, actual, shape (n,)
        Costs at one year's prices, or days from the decision on; planned above 0, actual 0 or more.

    Raises
    ------
    UsageError
        If a number is missing or negative, lengths differ, or something is planned as 0.
    """
    plan = vector("planned", planned)
    came = vector("actual", actual, size=plan.size)
    if not (plan > 0).all():
        raise wrong("planned", N_("something is planned as 0; nothing can be divided by it"))
    return came / plan
