"""Rates by group: units per so many of the baseline, with both errors that a rate has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from evenground.language import N_
from evenground.methods.margins_of_error import UncertainCounts, relative_error
from evenground.methods.validation import Vector, wrong
from evenground.questions.reach.measures.placed_share import PlacedShare


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRates:
    """Units per ``per`` of the baseline.

    Attributes
    ----------
    rate, shape (n_groups,)
        ``per × units / baseline``.
    margin_low, margin_high, shape (n_groups,)
        How far margins of error of the baseline alone carry the rate: the units stand as counted.
    low, high, shape (n_groups,)
        How far chance placement of the same number of places and the margins carry it together.
    per, confidence
        Denominator of the rate; level of both intervals, 0-1.
    """

    rate: Vector
    margin_low: Vector
    margin_high: Vector
    low: Vector
    high: Vector
    per: float
    confidence: float


def group_rates(
    placed: PlacedShare, n_units: float, baseline: UncertainCounts, *, per: float = 10_000.0
) -> GroupRates:
    """Return rates by group.

    Parameters
    ----------
    placed, n_groups
        Shares of units with their intervals.
    n_units
        All units, above 0.
    baseline, n_groups
        The groups' baselines, with errors; above 0.
    per
        Denominator.

    Returns
    -------
    GroupRates
        Margins alone: ``rate × exp(± z se/baseline)``. Together: logarithms combined by variance
        recovery (Zou and Donner 2008).

    Raises
    ------
    UsageError
        If a baseline is 0.
    """
    if not (baseline.value > 0).all():
        raise wrong("baseline_zero", N_("a group's baseline is {value}"), value=baseline.value)
    z = float(special.ndtri(0.5 + placed.confidence / 2))
    spread = z * relative_error(baseline)
    rate = per * n_units * placed.share / baseline.value
    with np.errstate(divide="ignore", invalid="ignore"):
        below = np.log(placed.share) - np.log(placed.low)
        above = np.log(placed.high) - np.log(placed.share)
    # A group without units has rate 0; its upper limit comes from the share's own.
    is_none = placed.share == 0
    ceiling = per * n_units * placed.high / baseline.value
    with np.errstate(invalid="ignore", over="ignore"):
        low = rate * np.exp(-np.hypot(below, spread))
        high = np.where(is_none, ceiling * np.exp(spread), rate * np.exp(np.hypot(above, spread)))
    return GroupRates(
        rate=rate,
        margin_low=rate * np.exp(-spread),
        margin_high=rate * np.exp(spread),
        low=np.where(is_none, 0.0, low),
        high=high,
        per=per,
        confidence=placed.confidence,
    )
