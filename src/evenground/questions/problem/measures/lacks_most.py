"""Which basic service each area lacks most, each measured by its own standard.

Source: the shortfall is that of Foster, Greer and Thorbecke (1984), Econometrica 52, 761-766, with
power 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.problem.measures.service_coverage import ServiceCoverage

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class LacksMost:
    """The service that each area lacks most.

    Attributes
    ----------
    service, shape (n_areas,)
        Position of the service in the city's list; -1 where nothing falls short or nobody lives.
    shortfall, shape (n_services, n_areas)
        The mean part of the standard that people miss, 0-1; 0 where nobody lives.
    uncovered, shape (n_services, n_areas)
        People who do not have the service by its standard.
    tied, shape (n_areas,)
        Whether another service falls short as much; then the one that more people lack stands, and
        of those the first in the city's list.
    """

    service: Whole
    shortfall: Vector
    uncovered: Vector
    tied: Flags


def lacks_most(coverages: Sequence[ServiceCoverage]) -> LacksMost:
    """Return the service with the largest shortfall in each area.

    Parameters
    ----------
    coverages
        Of each basic service in the city's order, over the same areas.

    Raises
    ------
    UsageError
        If there is no service, or areas differ.
    """
    if not coverages or len({one.people_by_area.size for one in coverages}) > 1:
        raise wrong("coverages", N_("{n} services, or not over the same areas"), n=len(coverages))
    shortfall = np.nan_to_num(np.stack([one.shortfall_by_area for one in coverages]))
    uncovered = np.stack([one.people_by_area - one.covered_by_area for one in coverages])
    worst = shortfall.max(axis=0)
    candidates = (shortfall >= worst - _EQUAL) & (worst > _EQUAL)
    lacking = np.where(candidates, uncovered, -1.0)
    service = np.where(candidates.any(axis=0), lacking.argmax(axis=0), -1)
    return LacksMost(
        service=service.astype(np.int64),
        shortfall=shortfall,
        uncovered=uncovered,
        tied=candidates.sum(axis=0) > 1,
    )
