"""Margins of error carried through everything, by drawing what the counts may truly be.

The units stand as counted; people (or need) are drawn from their published errors, and where
classes of areas were cut from an indicator that has errors of its own, the classes are cut anew in
each draw.
Source: JCGM 101:2008, Propagation of distributions using a Monte Carlo method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.group_attribution import Membership
from evenground.methods.margins_of_error import UncertainCounts, draw_counts
from evenground.methods.validation import Vector, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagatedGroups:
    """What groups' figures may be, given the margins of error of what they rest on.

    Attributes
    ----------
    units, baseline, rate, shape (n_draws, n_groups)
        Units and baseline of each group and units per ``per`` of the baseline (NaN without any).
    unit_share, baseline_share, shape (n_draws, n_groups)
        Parts of all units and of the whole baseline.
    per
        Denominator of the rates.
    """

    units: Vector
    baseline: Vector
    rate: Vector
    unit_share: Vector
    baseline_share: Vector
    per: float

    def ratio(self, first: int, second: int) -> Vector:
        """Return draws of the first group's rate divided by the second's, shape (n_draws,)."""
        below = self.rate[:, second]
        return np.divide(
            self.rate[:, first], below, out=np.full_like(below, np.inf), where=below > 0
        )


def interval(draws: Vector, *, confidence: float = 0.95) -> tuple[Vector, Vector]:
    """Return the middle ``confidence`` of draws along the first axis, missing ones left out."""
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(draws, [tail, 1 - tail], axis=0)
    return low, high


def propagate_margins(
    units: ArrayLike,
    baseline: UncertainCounts,
    membership: Membership,
    *,
    rng: np.random.Generator,
    n_draws: int = 2_000,
) -> PropagatedGroups:
    """Return draws of groups' figures when only the baseline is uncertain.

    Parameters
    ----------
    units, shape (n_areas,)
        Units by area, as counted.
    baseline, n_areas
        People, need or surface with errors.
    membership
        Groups of areas, held fixed.
    rng, n_draws
        Source of chance and number of draws.
    """
    count = vector("units", units, size=baseline.size)
    drawn = draw_counts(baseline, rng=rng, n_draws=n_draws)
    group_units = np.broadcast_to(membership.share @ count, (n_draws, membership.n_groups))
    return _figures(
        group_units, drawn @ membership.share.T, totals=(count.sum(), drawn.sum(axis=1))
    )


def propagate_class_margins(
    units: ArrayLike,
    baseline: UncertainCounts,
    indicator: UncertainCounts,
    *,
    n_classes: int,
    draws: tuple[np.random.Generator, int],
) -> PropagatedGroups:
    """Return draws of classes' figures when the indicator that cuts the classes is uncertain too.

    Areas near a cut change class from draw to draw. Noise is added to an estimate that already
    holds noise, so that differences between classes come out somewhat smaller than they are: the
    draws say how much the classes can be trusted, the figures themselves come from the published
    values.

    Parameters
    ----------
    units, shape (n_areas,)
        Units by area, as counted.
    baseline, n_areas
        People, need or surface with errors.
    indicator, n_areas
        What the classes are cut from, with errors, all known.
    n_classes
        How many, as in ``quantile_classes``.
    draws
        Source of chance and number of draws.
    """
    count = vector("units", units, size=baseline.size)
    if n_classes < 2:  # noqa: PLR2004 - one class divides nothing
        raise wrong(
            "classes", N_("{n} classes from {known} known values"), n=n_classes, known=count.size
        )
    rng, n_draws = draws
    drawn = draw_counts(baseline, rng=rng, n_draws=n_draws)
    values = indicator.value + indicator.standard_error * rng.standard_normal(drawn.shape)
    values += indicator.rounding * (rng.random(drawn.shape) - 0.5)
    cuts = np.quantile(values, np.arange(1, n_classes) / n_classes, axis=1)
    label = (values[None, :, :] > cuts[:, :, None]).sum(axis=0)
    group_units = np.empty((n_draws, n_classes))
    group_baseline = np.empty((n_draws, n_classes))
    for k in range(n_classes):
        inside = label == k
        group_units[:, k] = inside @ count
        group_baseline[:, k] = (drawn * inside).sum(axis=1)
    return _figures(group_units, group_baseline, totals=(count.sum(), drawn.sum(axis=1)))


def _figures(
    units: Vector, baseline: Vector, *, totals: tuple[float, Vector], per: float = 10_000.0
) -> PropagatedGroups:
    rate = np.divide(per * units, baseline, out=np.full_like(baseline, np.nan), where=baseline > 0)
    return PropagatedGroups(
        units=units,
        baseline=baseline,
        rate=rate,
        unit_share=units / totals[0],
        baseline_share=baseline / totals[1][:, None],
        per=per,
    )
