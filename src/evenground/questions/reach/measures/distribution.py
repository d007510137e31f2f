"""Shares of units beside shares of a baseline, by area and by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.group_attribution import Membership
from evenground.methods.validation import Vector, positive_total, vector
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index
from evenground.questions.reach.measures.location_quotient import location_quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDistribution:
    """Units and a baseline side by side, by area.

    Attributes
    ----------
    units, baseline, shape (n_areas,)
        As given.
    unit_share, baseline_share, shape (n_areas,)
        Each adds up to 1.
    difference, shape (n_areas,)
        ``unit_share - baseline_share``.
    location_quotient, shape (n_areas,)
        ``unit_share / baseline_share``; NaN where the baseline has nothing.
    dissimilarity
        0-1, Duncan and Duncan (1955).
    """

    units: Vector
    baseline: Vector
    unit_share: Vector
    baseline_share: Vector
    difference: Vector
    location_quotient: Vector
    dissimilarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDistribution:
    """Units and a baseline side by side, by group.

    Attributes
    ----------
    units, baseline, shape (n_groups,)
        Units attributed to each group and its part of the baseline.
    unit_share, baseline_share, shape (n_groups,)
        Of all units and the whole baseline; they need not add up to 1 over groups.
    difference, location_quotient, shape (n_groups,)
        As for areas.
    rate, shape (n_groups,)
        Units per ``per`` of the baseline; NaN for a group without any.
    per
        The size of denominator that rates are said for, e.g. 10,000.
    ecological
        Whether units were attributed within areas in proportion to people.
    """

    units: Vector
    baseline: Vector
    unit_share: Vector
    baseline_share: Vector
    difference: Vector
    location_quotient: Vector
    rate: Vector
    per: float
    ecological: bool


def area_distribution(units: ArrayLike, baseline: ArrayLike) -> AreaDistribution:
    """Return shares of units beside shares of a baseline for areas.

    Parameters
    ----------
    units, baseline, shape (n_areas,)
        Counts (or weights), 0 or more.

    Raises
    ------
    UsageError
        If a value is negative or missing, or either adds up to nothing.
    """
    count = vector("units", units)
    weight = vector("baseline", baseline, size=count.size)
    unit_share = count / positive_total("units", count)
    baseline_share = weight / positive_total("baseline", weight)
    return AreaDistribution(
        units=count,
        baseline=weight,
        unit_share=unit_share,
        baseline_share=baseline_share,
        difference=unit_share - baseline_share,
        location_quotient=location_quotient(unit_share, baseline_share),
        dissimilarity=dissimilarity_index(count, weight),
    )


def group_distribution(
    units: ArrayLike, baseline: ArrayLike, membership: Membership, *, per: float = 10_000.0
) -> GroupDistribution:
    """Return shares and rates of groups.

    Parameters
    ----------
    units, baseline, shape (n_areas,)
        Units and baseline by area.
    membership
        The part of each area that belongs to each group.
    per
        Denominator of rates, above 0.

    Raises
    ------
    UsageError
        If shapes differ, a value is negative or missing, or either adds up to nothing.
    """
    count = vector("units", units, size=membership.share.shape[1])
    weight = vector("baseline", baseline, size=count.size)
    group_units = membership.share @ count
    group_baseline = membership.share @ weight
    unit_share = group_units / positive_total("units", count)
    baseline_share = group_baseline / positive_total("baseline", weight)
    rate = np.divide(
        per * group_units,
        group_baseline,
        out=np.full_like(group_units, np.nan),
        where=group_baseline > 0,
    )
    return GroupDistribution(
        units=group_units,
        baseline=group_baseline,
        unit_share=unit_share,
        baseline_share=baseline_share,
        difference=unit_share - baseline_share,
        location_quotient=location_quotient(unit_share, baseline_share),
        rate=rate,
        per=per,
        ecological=membership.ecological,
    )
