"""The ratio of two groups' rates, with an interval.

Places are taken as placed independently, each carrying its units; the interval says how far the
ratio could differ had chance placed them with the same rates. It is not a sampling error: a plan is
not a sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.margins_of_error import UncertainCounts, relative_error
from evenground.methods.validation import Vector, matrix, vector, wrong
from evenground.questions.reach.measures.conditional_exact import exact_rate_ratio
from evenground.questions.reach.measures.effective_size import (
    AreaDraw,
    effective_rate_ratio,
    effective_share,
)
from evenground.questions.reach.measures.fair_test import fair_p_value

EXACT, EFFECTIVE_SIZE = "exact", "effective size"
MOST_SIZES = 64
"""Places of more sizes than this, such as sums of money, are no lattice to go through exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRatio:
    """A ratio of rates, first group to second.

    Attributes
    ----------
    ratio, low, high
        Above 0; 0 or infinite where a group has no unit. ``ratio`` is NaN where neither has.
    confidence
        0-1.
    p_value
        Of equal rates, two-sided.
    method
        ``exact`` (conditional, every place in one of the groups) or ``effective size`` (fractions).
    n_places, n_units
        Places that give anything to either group, and the units that they give to both.
    effective_places
        Independent single units that the places are worth.
    """

    ratio: float
    low: float
    high: float
    confidence: float
    p_value: float
    method: str
    n_places: int
    n_units: float
    effective_places: float

    @property
    def differs(self) -> bool:
        """Whether the interval leaves out 1."""
        return not self.low <= 1.0 <= self.high


def rate_ratio(
    place_units: ArrayLike,
    place_share: ArrayLike,
    *,
    baseline: UncertainCounts,
    fair: AreaDraw | None = None,
    confidence: float = 0.95,
) -> RateRatio:
    """Return the ratio of units per baseline of the first group to the second's.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place; they were placed together.
    place_share, shape (2, n_places)
        The part of each place that falls to the first and the second group. All 0 or 1 (classes of
        areas): the exact method. Fractions (population groups, lines, ties), or places of more than
        64 sizes (sums of money): the effective size.
    baseline, two groups
        Their people, need or surface, with errors; above 0.
    fair
        For fractions: chance and shares of every area (rows: first, second group), which steadies
        the variance when places are few and makes the test of equal rates exact.
    confidence
        0-1.

    Raises
    ------
    UsageError
        If shapes differ, values are negative or missing, a baseline is 0, or no place gives
        anything to either group.
    """
    units = vector("place_units", place_units)
    share = matrix("place_share", place_share, shape=(2, units.size))
    if not (baseline.value > 0).all() or baseline.size != 2:  # noqa: PLR2004 - two groups
        raise wrong("baseline_zero", N_("a group's baseline is {value}"), value=baseline.value)
    counted = (units > 0) & (share.sum(axis=0) > 0)
    if not counted.any():
        raise wrong("no_units", N_("{n} places hold no units"), n=units.size)
    units, share = units[counted], share[:, counted]
    given = share @ units
    is_whole = bool((np.isin(share, (0.0, 1.0)) & (share.sum(axis=0) == 1)).all())
    is_whole &= np.unique(units).size <= MOST_SIZES
    alpha = 1 - confidence
    if is_whole:
        low, high, p = exact_rate_ratio(units, share[0] == 1, baseline=baseline, alpha=alpha)
        size = float(units.sum() ** 2 / (units @ units))
    else:
        low, high, p, size = _by_effective_size(units, share, baseline, fair=fair, alpha=alpha)
    rates = given / baseline.value
    return RateRatio(
        ratio=float(rates[0] / rates[1]) if rates[1] > 0 else np.inf,
        low=low,
        high=high,
        confidence=confidence,
        p_value=p,
        method=EXACT if is_whole else EFFECTIVE_SIZE,
        n_places=int(counted.sum()),
        n_units=float(given.sum()),
        effective_places=size,
    )


def _by_effective_size(
    units: Vector,
    share: Vector,
    baseline: UncertainCounts,
    *,
    fair: AreaDraw | None,
    alpha: float,
) -> tuple[float, float, float, float]:
    within = None
    if fair is not None:
        both = np.stack([fair.share[0], fair.share.sum(axis=0)])
        within = AreaDraw(probability=fair.probability, share=both)
    found = effective_share(units, share[0], share.sum(axis=0), fair=within)
    error = float(np.hypot(*relative_error(baseline)))
    log_lambda = float(np.log(baseline.value[0] / baseline.value[1]))
    low, high, p = effective_rate_ratio(
        found, log_lambda=log_lambda, relative_error=error, alpha=alpha
    )
    if fair is not None:
        p = fair_p_value(units, share, fair, relative_error=error)
        if p > alpha:  # equal rates are not rejected, so the interval holds them
            low, high = min(low, 1.0), max(high, 1.0)
    return low, high, p, found.size
