"""The Atkinson index: what share of the total is lost if inequality is disliked so much.

Source: Atkinson (1970), On the measurement of inequality, Journal of Economic Theory 2, 244-263.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.inequality.distribution import at_one, checked_shares, divided
from evenground.methods.validation import Vector, wrong


def atkinson(values: ArrayLike, weights: ArrayLike | None = None, *, aversion: float) -> float:
    """Return ``1 - EDE / mean``, 0 (all alike) to 1.

    ``EDE``, the equally distributed equivalent, is the weighted power mean with exponent
    ``1 - aversion``; the geometric mean for an aversion of 1.

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has, 0 or more. With an aversion of 1 or more, one person who
        has nothing makes the index 1.
    weights, shape (n,)
        People, 0 or more.
    aversion
        0 (indifferent) or more; the larger, the more the lowest values count.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, there is nothing to share, or
        the aversion is negative.
    """
    if not 0 <= aversion < np.inf:
        raise wrong("aversion", N_("aversion is {aversion}, not 0 or more"), aversion=aversion)
    x, w = checked_shares(values, weights)
    return at_one(lambda a, b: atkinson_rows(a, b, aversion=aversion), x, w)


def atkinson_rows(values: Vector, weight_rows: Vector, *, aversion: float) -> Vector:
    """Return the Atkinson index of many weightings at once.

    Parameters
    ----------
    values, shape (n,)
        What each person has.
    weight_rows, shape (n_rows, n)
        People.
    aversion
        0 or more.

    Returns
    -------
    array, shape (n_rows,)
        0-1; missing where a row has nothing to share.
    """
    has = values > 0
    # The value that counts most is the unit, so that no power overflows; equal values give just 0.
    unit = values[has].min(initial=np.inf) if aversion > 1 else values.max(initial=0.0)
    logs = np.log(values / unit, out=np.zeros_like(values), where=has)
    power = 1.0 - aversion
    # Moments are counted from 1, which keeps their digits when the aversion is nearly 1.
    moment = logs if power == 0 else np.where(has, np.expm1(power * logs), -1.0)
    features = np.column_stack([np.ones_like(values), values / unit, moment, ~has])
    people, amount, moment_sum, empty = (weight_rows @ features).T
    mean = divided(moment_sum, people)
    if power == 0:
        equal = np.exp(mean)
    else:
        log_mean = np.log1p(mean, out=np.full_like(mean, -np.inf), where=mean > -1)
        equal = np.exp(log_mean / power)
    if aversion >= 1:
        equal = np.where(empty > 0, 0.0, equal)
    return np.clip(1.0 - divided(equal, divided(amount, people)), 0.0, 1.0)
