"""A group's share of units less its share of the baseline, with an interval.

Source: the two intervals are combined by variance recovery (Zou and Donner 2008, Statistics in
Medicine 27, 1693-1702).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.methods.margins_of_error import UncertainCounts, total_error
from evenground.methods.validation import Vector
from evenground.questions.reach.measures.placed_share import PlacedShare


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDifference:
    """Share of units less share of the baseline.

    Attributes
    ----------
    difference, low, high, shape (n_groups,)
        -1 to 1; in shares, not per cent.
    confidence
        0-1.
    """

    difference: Vector
    low: Vector
    high: Vector
    confidence: float


def share_difference(
    placed: PlacedShare, baseline: UncertainCounts, rest: UncertainCounts
) -> ShareDifference:
    """Return differences of shares.

    Parameters
    ----------
    placed, n_groups
        Shares of units with their intervals.
    baseline, n_groups
        The groups' baselines, with errors.
    rest, n_groups
        The baseline of all who are not in each group, with errors.

    Returns
    -------
    ShareDifference
        ``p - b``; low ``= p - b - sqrt((p - p_low)² + (z se_b)²)``, high likewise.
    """
    z = float(special.ndtri(0.5 + placed.confidence / 2))
    share, error = baseline_share(baseline, rest)
    difference = placed.share - share
    below = np.hypot(placed.share - placed.low, z * error)
    above = np.hypot(placed.high - placed.share, z * error)
    return ShareDifference(
        difference=difference,
        low=np.maximum(difference - below, -1.0),
        high=np.minimum(difference + above, 1.0),
        confidence=placed.confidence,
    )


def baseline_share(baseline: UncertainCounts, rest: UncertainCounts) -> tuple[Vector, Vector]:
    """Return shares ``b / (b + rest)`` and their linearised standard errors, each (n_groups,)."""
    total = baseline.value + rest.value
    share = baseline.value / total
    error = np.hypot((1 - share) * total_error(baseline), share * total_error(rest)) / total
    return share, error


def other_groups(share: ArrayLike) -> Vector:
    """Return the part of each area that is in no way of each group: ``1 - share``, same shape."""
    return 1.0 - np.asarray(share, dtype=np.float64)
