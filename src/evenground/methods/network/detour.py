"""How much longer the way is than the straight line: the detour index, or circuity.

Of two places it is network distance over straight-line distance, 1 or more; over many it is summed
up as the ratio of the sums, in which near pairs do not outweigh far ones, beside its distribution.
On an endless square grid the mean over all directions is 4/π, about 1.27.

Source: Barthélemy (2011), Spatial networks, Physics Reports 499, 1-101 (route factor); Giacomin and
Levinson (2015), Road network circuity in metropolitan areas, Environment and Planning B 42,
1040-1053 (circuity as the ratio of totals).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, vector
from evenground.methods.weighted_quantile import weighted_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """The detour index of many pairs of places.

    Attributes
    ----------
    index, shape (n,)
        Way over straight line; missing where there is no way, or where both places are one.
    circuity
        All ways together over all straight lines together; missing without any.
    low, median, high
        The index that a tenth, half and nine tenths of the weight do not exceed.
    weight
        What the pairs with an index weigh together.
    """

    index: Vector
    circuity: float
    low: float
    median: float
    high: float
    weight: float


def detour_index(
    way: ArrayLike, straight: ArrayLike, *, weights: ArrayLike | None = None
) -> Detour:
    """Return how much longer ways are than straight lines.

    Parameters
    ----------
    way, shape (n,)
        Metres along the network, 0 or more; infinite where there is no way.
    straight, shape (n,)
        Metres in a straight line between the same places, 0 or more.
    weights, shape (n,)
        People, say, 0 or more; by default each pair counts once.

    Raises
    ------
    UsageError
        If shapes differ, or a value is negative or missing.
    """
    line = vector("straight", straight)
    given = np.asarray(way, dtype=np.float64)
    there_is = ~np.isposinf(given)
    metres = vector("way", np.where(there_is, given, 0.0), size=line.size)
    part = np.ones(line.size) if weights is None else vector("weights", weights, size=line.size)
    counted = there_is & (line > 0)
    index = np.full(line.size, np.nan)
    index[counted] = metres[counted] / line[counted]
    part, lines = part[counted], line[counted]
    below = float((part * lines).sum())
    above = float((part * metres[counted]).sum())
    low, median, high = (weighted_quantile(index[counted], part, at) for at in (0.1, 0.5, 0.9))
    return Detour(
        index=index,
        circuity=above / below if below > 0 else float("nan"),
        low=low,
        median=median,
        high=high,
        weight=float(part.sum()),
    )
