"""How far it is to the nearest unit, in a straight line, by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.boundary_assignment import usable_geometries
from evenground.methods.group_attribution import Membership
from evenground.methods.margins_of_error import UncertainCounts, draw_counts
from evenground.methods.validation import Vector, Whole, vector, wrong
from evenground.methods.weighted_quantile import weighted_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestDistance:
    """The nearest unit of every origin.

    Attributes
    ----------
    metres, shape (n_origins,)
        Straight-line distance in the unit of the projected system, metres.
    unit, shape (n_origins,)
        Position of the nearest unit; of equally near ones the first.
    """

    metres: Vector
    unit: Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDistance:
    """Distance to the nearest unit, averaged over people.

    Attributes
    ----------
    mean, median, shape (n_groups,)
        Metres, weighted; NaN for a group without weight.
    low, high, shape (n_groups,)
        How far margins of error of the weights carry the mean; equal to it where the weights have
        none (areas counted alike).
    weight, shape (n_groups,)
        People (or areas) that the mean is over.
    confidence
        0-1.
    """

    mean: Vector
    median: Vector
    low: Vector
    high: Vector
    weight: Vector
    confidence: float


def nearest_distance(origins: ArrayLike, units: ArrayLike) -> NearestDistance:
    """Return the distance from each origin to the nearest unit.

    Parameters
    ----------
    origins, shape (n_origins,)
        Points in a projected system.
    units, shape (n_units,)
        Points, lines or polygons in the same system; the distance to a surface is 0 inside it.

    Raises
    ------
    UsageError
        If there is no unit, or a geometry is missing or empty.
    """
    start, goal = usable_geometries("origins", origins), usable_geometries("units", units)
    if not goal.size:
        raise wrong("no_units", N_("{n} places hold no units"), n=0)
    pairs, metres = shapely.STRtree(goal).query_nearest(start, return_distance=True)
    # All equally near units come back, sorted by origin; keep the first of each.
    order = np.lexsort((pairs[1], pairs[0]))
    first = np.unique(pairs[0][order], return_index=True)[1]
    return NearestDistance(
        metres=np.asarray(metres, dtype=np.float64)[order][first],
        unit=pairs[1][order][first].astype(np.int64),
    )


def group_distance(
    metres: ArrayLike,
    membership: Membership,
    *,
    weights: UncertainCounts | None = None,
    draws: tuple[np.random.Generator, int] | None = None,
    confidence: float = 0.95,
) -> GroupDistance:
    """Return weighted means and medians of a distance by group.

    Parameters
    ----------
    metres, shape (n_origins,)
        From ``nearest_distance``.
    membership, n_origins
        The part of each origin's weight that belongs to each group.
    weights, n_origins
        People at each origin with errors; ``None`` counts every origin as one.
    draws
        Source of chance and number of draws for the interval; needed with ``weights``.
    confidence
        0-1.
    """
    far = vector("metres", metres, size=membership.share.shape[1])
    people = np.ones(far.size) if weights is None else weights.value
    part = membership.share * people
    total = part.sum(axis=1)
    mean = _mean(part @ far, total)
    low = high = mean
    if weights is not None and draws is not None:
        drawn = draw_counts(weights, rng=draws[0], n_draws=draws[1])
        means = _mean(drawn @ (membership.share * far).T, drawn @ membership.share.T)
        tail = (1 - confidence) / 2
        known = total > 0
        low, high = mean.copy(), mean.copy()
        low[known], high[known] = np.nanquantile(means[:, known], [tail, 1 - tail], axis=0)
        low, high = np.fmin(low, mean), np.fmax(high, mean)
    return GroupDistance(
        mean=mean,
        median=np.array([weighted_quantile(far, row, 0.5) for row in part]),
        low=low,
        high=high,
        weight=total,
        confidence=confidence,
    )


def _mean(above: Vector, below: Vector) -> Vector:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
