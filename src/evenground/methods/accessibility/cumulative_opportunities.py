"""Cumulative opportunities: what lies within a threshold, or within each of many.

One threshold hides what a slightly longer walk would bring, so a curve over many is offered, by
origin or averaged over the people of each group.
Source: Wachs and Kumagai (1973), Physical accessibility as a social indicator, Socio-Economic
Planning Sciences 7, 437-456.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs, reached_by
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong


def cumulative_opportunities(pairs: Pairs, opportunities: ArrayLike, *, threshold: float) -> Vector:
    """Return the opportunities within ``threshold`` of each origin.

    Parameters
    ----------
    pairs
        Who can reach what.
    opportunities, shape (n_sites,)
        What each site offers, 0 or more; 1 each counts sites.
    threshold
        In the unit of the pairs, no more than their limit; what costs exactly this is in.

    Returns
    -------
    array, shape (n_origins,)

    Raises
    ------
    UsageError
        If the shape is another, a value is negative or missing, or the pairs end before
        ``threshold``.
    """
    return opportunity_curve(pairs, opportunities, thresholds=[threshold])[:, 0]


def opportunity_curve(pairs: Pairs, opportunities: ArrayLike, *, thresholds: ArrayLike) -> Vector:
    """Return the opportunities within each threshold of each origin.

    Parameters
    ----------
    pairs, opportunities
        As in ``cumulative_opportunities``.
    thresholds, shape (n_thresholds,)
        Rising, 0 or more, none above the limit of the pairs.

    Returns
    -------
    array, shape (n_origins, n_thresholds)
        Does not fall from one threshold to the next.

    Raises
    ------
    UsageError
        If a shape is another, a value is negative or missing, thresholds do not rise, or the pairs
        end before the last.
    """
    offered = vector("opportunities", opportunities, size=pairs.n_sites)
    ends, band = _bands(pairs, thresholds)
    cell = pairs.origin * (ends.size + 1) + band
    n_cells = pairs.n_origins * (ends.size + 1)
    in_band = np.bincount(cell, weights=offered[pairs.site], minlength=n_cells)
    by_band = in_band.reshape(pairs.n_origins, ends.size + 1)[:, :-1]
    return np.cumsum(by_band, axis=1, dtype=np.float64)


def group_opportunity_curve(
    pairs: Pairs, opportunities: ArrayLike, *, thresholds: ArrayLike, people: ArrayLike
) -> Vector:
    """Return the opportunities within each threshold of the average person of each group.

    Parameters
    ----------
    pairs, opportunities, thresholds
        As in ``opportunity_curve``; no array of origins by thresholds is made.
    people, shape (n_groups, n_origins)
        Of each group at each origin, 0 or more.

    Returns
    -------
    array, shape (n_groups, n_thresholds)
        Missing for a group without people.

    Raises
    ------
    UsageError
        As ``opportunity_curve``, or if ``people`` has another shape or a negative value.
    """
    offered = vector("opportunities", opportunities, size=pairs.n_sites)
    weight = matrix("people", people, shape=(None, pairs.n_origins))
    ends, band = _bands(pairs, thresholds)
    seen = offered[pairs.site]
    curve = np.empty((len(weight), ends.size))
    for group, of_group in enumerate(weight):
        in_band = np.bincount(band, weights=of_group[pairs.origin] * seen, minlength=ends.size + 1)
        curve[group] = np.cumsum(in_band[:-1])
    return _mean(curve, weight.sum(axis=1))


def reached_share_curve(cost: ArrayLike, *, thresholds: ArrayLike, people: ArrayLike) -> Vector:
    """Return the share of each group whose cost is within each threshold.

    Parameters
    ----------
    cost, shape (n_origins,)
        Such as ``nearest_site(...).cost``; infinite where nothing is in reach.
    thresholds, shape (n_thresholds,)
        Rising, 0 or more; shares beyond the limit of the pairs behind ``cost`` are too low.
    people, shape (n_groups, n_origins)
        Of each group at each origin, 0 or more.

    Returns
    -------
    array, shape (n_groups, n_thresholds)
        0-1; missing for a group without people.

    Raises
    ------
    UsageError
        If a shape is another, a value is negative or missing, or thresholds do not rise.
    """
    far = np.asarray(cost, dtype=np.float64)
    known = np.isfinite(far)
    price = vector("cost", np.where(far == np.inf, 0.0, far))
    weight = matrix("people", people, shape=(None, price.size))
    ends = _rising(thresholds)
    band = np.searchsorted(ends, price[known], side="left")
    reached = np.empty((len(weight), ends.size))
    for group, of_group in enumerate(weight):
        in_band = np.bincount(band, weights=of_group[known], minlength=ends.size + 1)
        reached[group] = np.cumsum(in_band[:-1])
    return np.minimum(_mean(reached, weight.sum(axis=1)), 1.0)


def _bands(pairs: Pairs, thresholds: ArrayLike) -> tuple[Vector, Whole]:
    ends = _rising(thresholds)
    reached_by(pairs, float(ends[-1]))
    return ends, np.searchsorted(ends, pairs.cost, side="left")


def _rising(thresholds: ArrayLike) -> Vector:
    ends = vector("thresholds", thresholds)
    if not ends.size or (np.diff(ends) <= 0).any():
        raise wrong(
            "thresholds_rise",
            N_("thresholds are {found}, expected one or more, each above the one before"),
            found=tuple(float(one) for one in ends[:8]),
        )
    return ends


def _mean(total: Vector, people: Vector) -> Vector:
    whole = np.broadcast_to(people[:, None], total.shape)
    return np.divide(total, whole, out=np.full(total.shape, np.nan), where=whole > 0)
