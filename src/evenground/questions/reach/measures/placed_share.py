"""The share of units that falls to a group, with an interval for placement by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.acceptability import acceptability_interval
from evenground.methods.exact_allocation import lattice, mass_function
from evenground.methods.validation import Vector, matrix, vector, wrong
from evenground.questions.reach.measures.effective_size import (
    AreaDraw,
    EffectiveShare,
    effective_share,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedShare:
    """Shares of units by group.

    Attributes
    ----------
    share, low, high, shape (n_groups,)
        0-1. Exact (Blaker 2000) where every place lies wholly in or out of a group, by effective
        size (Korn and Graubard 1998) where places give fractions.
    confidence
        0-1.
    """

    share: Vector
    low: Vector
    high: Vector
    confidence: float


def placed_share(
    place_units: ArrayLike,
    place_share: ArrayLike,
    *,
    fair: AreaDraw | None = None,
    confidence: float = 0.95,
) -> PlacedShare:
    """Return the share of all units that falls to each group.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place; they were placed together. Places outside all areas are left out by
        the caller.
    place_share, shape (n_groups, n_places)
        The part of each place that falls to each group, 0-1.
    fair
        Chance of every area and shares of groups, to steady the variance of fractions.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If shapes differ, values are negative or missing, or there is no unit.
    """
    units = vector("place_units", place_units)
    parts = matrix("place_share", place_share, shape=(None, units.size))
    if not units.sum() > 0:
        raise wrong("no_units", N_("{n} places hold no units"), n=units.size)
    parts, units = parts[:, units > 0], units[units > 0]
    limits = [
        _limits(units, row, fair=_of_group(fair, group), alpha=1 - confidence)
        for group, row in enumerate(parts)
    ]
    found = np.array(limits, dtype=np.float64).reshape(-1, 2)
    share = parts @ units / units.sum()
    return PlacedShare(share=share, low=found[:, 0], high=found[:, 1], confidence=confidence)


def _of_group(fair: AreaDraw | None, group: int) -> AreaDraw | None:
    if fair is None:
        return None
    rows = np.stack([fair.share[group], np.ones(fair.probability.size)])
    return AreaDraw(probability=fair.probability, share=rows)


def _limits(
    units: Vector, part: Vector, *, fair: AreaDraw | None, alpha: float
) -> tuple[float, float]:
    if not np.isin(part, (0.0, 1.0)).all():
        found = effective_share(units, part, np.ones(units.size), fair=fair)
        return _effective_limits(found, alpha=alpha)
    grid = lattice(units)
    mass = mass_function(grid.steps)
    low, high = acceptability_interval(
        lambda logit: mass(special.expit(logit)), int(grid.steps[part == 1].sum()), alpha=alpha
    )
    return float(special.expit(low)), float(special.expit(high))


def _effective_limits(found: EffectiveShare, *, alpha: float) -> tuple[float, float]:
    x, n = found.share * found.size, found.size
    low = special.betaincinv(x, n - x + 1, alpha / 2) if x > 0 else 0.0
    high = special.betaincinv(x + 1, n - x, 1 - alpha / 2) if n > x else 1.0
    return float(low), float(high)
