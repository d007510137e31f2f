"""Falling short of a line: how many, by how much, how severely.

Source: Foster, Greer and Thorbecke (1984), A class of decomposable poverty measures, Econometrica
52, 761-766.
"""

from __future__ import annotations

from enum import StrEnum
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.inequality.distribution import at_one, checked_distribution, divided
from evenground.methods.validation import Vector, wrong


class Side(StrEnum):
    """On which side of the line it is bad to be."""

    BELOW = "below"
    ABOVE = "above"


def foster_greer_thorbecke(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    line: float,
    power: float = 0.0,
    side: Side | str = Side.BELOW,
) -> float:
    """Return ``Σ w (gap / line)^power / W`` over those strictly beyond the line.

    Parameters
    ----------
    values, shape (n,)
        What each person of an area has (or bears), 0 or more.
    weights, shape (n,)
        People, 0 or more.
    line
        Above 0, in the unit of the values. Being on the line is enough.
    power
        0: share of people beyond the line. 1: their shortfall as a share of the line, averaged over
        all people. 2: severity, in which large gaps count more.
    side
        ``below``: too little is bad (a good). ``above``: too much is bad (a distance, a cost); then
        gaps may exceed the line, and with a power above 0 the result may exceed 1.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, nobody lives there, the line is
        not above 0, the power is negative, or the side is neither.
    """
    if not 0 < line < np.inf:
        raise wrong("line", N_("line is {line}, not above 0"), line=line)
    if not 0 <= power < np.inf:
        raise wrong("power", N_("power is {power}, not 0 or more"), power=power)
    if side not in set(Side):
        raise wrong("side", N_("side is {side}, expected below or above"), side=side)
    x, w = checked_distribution(values, weights)
    gaps = gaps_to_line(x, line, power=power, side=Side(side))
    return at_one(weighted_mean_rows, gaps, w)


def gaps_to_line(values: Vector, line: float, *, power: float, side: Side) -> Vector:
    """Return ``(gap / line)^power`` where a value is strictly beyond the line, else 0; shape (n,).

    Handed as values to ``weighted_mean_rows`` it gives the measure in many weightings.
    """
    gap = (line - values if Side(side) is Side.BELOW else values - line) / line
    return np.power(gap, power, out=np.zeros_like(gap), where=gap > 0)


def foster_greer_thorbecke_rows(
    values: Vector,
    weight_rows: Vector,
    *,
    line: float,
    power: float = 0.0,
    side: Side = Side.BELOW,
) -> Vector:
    """Return the measure in many weightings (n_rows, n) at once, shape (n_rows,).

    Missing where nobody lives. ``line``, ``power`` and ``side`` as in ``foster_greer_thorbecke``.
    """
    return weighted_mean_rows(gaps_to_line(values, line, power=power, side=side), weight_rows)


def weighted_mean_rows(values: Vector, weight_rows: Vector) -> Vector:
    """Return the weighted mean in many weightings (n_rows, n), shape (n_rows,)."""
    features = np.column_stack([np.ones_like(values), values])
    people, amount = cast("tuple[Vector, Vector]", tuple((weight_rows @ features).T))
    return divided(amount, people)
