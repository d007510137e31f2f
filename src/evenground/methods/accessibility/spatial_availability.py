"""Spatial availability: each opportunity is given out once, in proportion to people and nearness.

Source: Soukhov, Páez, Higgins and Mohamed (2023), Introducing spatial availability, a
singly-constrained measure of competitive accessibility, PLOS ONE 18(1), e0278468.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.floating_catchment import floating_catchment
from evenground.methods.accessibility.weights import CatchmentWeights
from evenground.methods.validation import Vector, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialAvailability:
    """Opportunities allotted to origins.

    Attributes
    ----------
    available, shape (n_origins,)
        V: opportunities given to each origin, 0 or more; they add up to those that can be reached.
    per_person, shape (n_origins,)
        v = V / population; NaN where nobody lives.
    unreached
        Opportunities that nobody reaches.
    """

    available: Vector
    per_person: Vector
    unreached: float


def spatial_availability(
    weights: CatchmentWeights,
    *,
    opportunities: ArrayLike,
    population: ArrayLike,
    alpha: float = 1.0,
) -> SpatialAvailability:
    """Return ``V_i = Σ_j O_j P_i^α f_ij / Σ_k P_k^α f_kj``.

    Parameters
    ----------
    weights
        ``f`` of all pairs, by ``catchment_weights``.
    opportunities, shape (n_sites,)
        At each site, 0 or more.
    population, shape (n_origins,)
        Who seeks them, 0 or more.
    alpha
        How strongly numbers pull, above 0; with 1, V per person is the enhanced two-step measure.

    Raises
    ------
    UsageError
        If shapes differ, a value is negative or missing, or ``alpha`` is not above 0.
    """
    people = vector("population", population, size=weights.n_origins)
    given = vector("opportunities", opportunities, size=weights.n_sites)
    if not 0 < alpha < np.inf:
        raise wrong("availability_alpha", N_("alpha is {alpha}, expected above 0"), alpha=alpha)
    pull = people**alpha
    found = floating_catchment(weights, supply=given, demand=pull)
    available = pull * found.access
    return SpatialAvailability(
        available=available,
        per_person=np.divide(
            available, people, out=np.full(people.shape, np.nan), where=people > 0
        ),
        unreached=float(found.supply_unreached),
    )
