"""The share of people within any distance of the nearest unit, instead of one threshold.

Source: the empirical distribution function of the distance, weighted by people (cumulative
accessibility; Wachs and Kumagai 1973, Socio-Economic Planning Sciences 7, 437-456).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.group_attribution import Membership
from evenground.methods.margins_of_error import UncertainCounts, draw_counts
from evenground.methods.validation import Vector, vector


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdCurve:
    """Shares within each threshold.

    Attributes
    ----------
    metres, shape (n_thresholds,)
        Thresholds, in the order given.
    share, low, high, shape (n_groups, n_thresholds)
        0-1; NaN for a group without weight. The interval is that of the margins of error of the
        weights; equal to the share where they have none.
    confidence
        0-1.
    """

    metres: Vector
    share: Vector
    low: Vector
    high: Vector
    confidence: float


def threshold_curve(
    metres: ArrayLike,
    thresholds: ArrayLike,
    membership: Membership,
    *,
    weights: UncertainCounts | None = None,
    draws: tuple[np.random.Generator, int] | None = None,
) -> ThresholdCurve:
    """Return the share of each group within each threshold.

    Parameters
    ----------
    metres, shape (n_origins,)
        Distance of each origin.
    thresholds, shape (n_thresholds,)
        Metres, 0 or more.
    membership, n_origins
        The part of each origin's weight that belongs to each group.
    weights, n_origins
        People at each origin with errors; ``None`` counts every origin as one.
    draws
        Source of chance and number of draws for the 95 % interval; needed with ``weights``.
    """
    far = vector("metres", metres, size=membership.share.shape[1])
    limits = vector("thresholds", thresholds)
    within = (far[:, None] <= limits[None, :]).astype(np.float64)
    people = np.ones(far.size) if weights is None else weights.value
    part = membership.share * people
    share = _share(part @ within, part.sum(axis=1))
    low = high = share
    if weights is not None and draws is not None:
        drawn = draw_counts(weights, rng=draws[0], n_draws=draws[1])
        low, high = share.copy(), share.copy()
        for group in np.flatnonzero(part.sum(axis=1) > 0):
            of_group = drawn * membership.share[group]
            ends = np.nanquantile(
                _share(of_group @ within, of_group.sum(axis=1)), [0.025, 0.975], axis=0
            )
            low[group] = np.minimum(ends[0], share[group])
            high[group] = np.maximum(ends[1], share[group])
    return ThresholdCurve(metres=limits, share=share, low=low, high=high, confidence=0.95)


def _share(inside: Vector, total: Vector) -> Vector:
    whole = np.broadcast_to(total[:, None], inside.shape)
    share = np.divide(inside, whole, out=np.full_like(inside, np.nan), where=whole > 0)
    return np.minimum(share, 1.0)
