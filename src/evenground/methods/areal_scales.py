"""The interval of a figure over other zonings of the same map, at several scales.

Source: Openshaw and Taylor (1979), A million or so correlation coefficients, in Wrigley (ed.),
Statistical Applications in the Spatial Sciences, who told the effect of scale from that of zoning;
Fotheringham and Wong (1991), Environment and Planning A 23, 1025-1044.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse import csgraph

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.areal_units import (
    ArealUnitCheck,
    Statistic,
    areal_unit_check,
    random_zonings,
)
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Vector, Whole, matrix, wrong

LEAST_ZONINGS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoningPlan:
    """How other zonings are made.

    Attributes
    ----------
    areas_per_zone
        Scales: how many areas make a zone on average, each above 1.
    n_zonings
        Random zonings at each scale, 200 or more: a range over fewer is too narrow.
    least_zones
        With fewer zones than this, a scale is left out.
    neutral
        The value of the figure that says neither: 0 for a difference, 1 for a ratio.
    """

    areas_per_zone: tuple[float, ...] = (2.0, 4.0, 8.0)
    n_zonings: int = LEAST_ZONINGS
    least_zones: int = 5
    neutral: float = 0.0

    def __post_init__(self) -> None:
        """Refuse plans that would promise more than they hold."""
        if self.n_zonings < LEAST_ZONINGS or not min(self.areas_per_zone, default=0) > 1:
            raise wrong(
                "zoning_plan",
                N_("{n_zonings} zonings, areas per zone {scales}; at least {least}, and above 1"),
                n_zonings=self.n_zonings,
                scales=self.areas_per_zone,
                least=LEAST_ZONINGS,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A figure over random zonings into one number of zones.

    Attributes
    ----------
    n_zones
        How many zones.
    median, low, high
        The middle, and between which values 95 % of the zonings lie; NaN if none gives a figure.
    least, most
        The smallest and the largest; NaN if none gives a figure.
    same_sign
        Share of the zonings, 0-1, on the same side of the neutral value as the areas.
    n_without
        Zonings for which the figure has no value.
    """

    n_zones: int
    median: float
    low: float
    high: float
    least: float
    most: float
    same_sign: float
    n_without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoningInterval:
    """A figure at the areas as given, and what other zonings make of it.

    Attributes
    ----------
    at_areas
        The figure at the areas as given.
    low, high
        The widest of the scales' 95 % intervals, the figure at the areas included.
    least, most
        The smallest and largest over all zonings, the areas as given included.
    same_sign
        The smallest share, over scales, of zonings on the same side of the neutral value.
    scales
        From the finest.
    n_areas, n_zonings
        Areas, and zonings at each scale.
    """

    at_areas: float
    low: float
    high: float
    least: float
    most: float
    same_sign: float
    scales: tuple[Scale, ...]
    n_areas: int
    n_zonings: int

    @property
    def turns(self) -> bool:
        """Whether at some scale more than one zoning in twenty tells another story."""
        return self.same_sign < 0.95  # noqa: PLR2004 - one in twenty


def zoning_interval(
    statistic: Statistic,
    extensive: ArrayLike,
    *,
    adjacency: ArrayLike,
    rng: np.random.Generator,
    plan: ZoningPlan | None = None,
) -> ZoningInterval | CannotTell:
    """Return a figure at the given areas beside its interval over random contiguous zonings.

    Parameters
    ----------
    statistic
        From sums by zone, shape (n_zonings, n_sums, n_zones), to figures, shape (n_zonings,).
    extensive, shape (n_sums, n_areas)
        What adds up; of any sign.
    adjacency, shape (n_pairs, 2)
        Pairs of neighbouring areas.
    rng
        Source of chance.
    plan
        Scales and numbers; two, four and eight areas to a zone and 200 zonings each if not given.

    Returns
    -------
    ZoningInterval or CannotTell
        The latter where no scale leaves enough zones, or the figure has no value at the areas.

    Raises
    ------
    UsageError
        If shapes differ, a value is missing, or a pair names an area that is not there.
    """
    wanted = plan or ZoningPlan()
    sums = matrix("extensive", extensive, shape=(None, None), least=-np.inf)
    n_areas = sums.shape[1]
    counts = _zone_counts(np.asarray(adjacency, dtype=np.int64).reshape(-1, 2), n_areas, wanted)
    checks = [
        areal_unit_check(
            statistic,
            sums,
            zonings=random_zonings(
                adjacency, n_areas, n_zones=n_zones, rng=rng, n_zonings=wanted.n_zonings
            ),
            neutral=wanted.neutral,
        )
        for n_zones in counts
    ]
    told = [one for one in checks if one.n_without < one.n_zonings]
    if not told or not np.isfinite(told[0].at_areas):
        known = {"n": n_areas, "least": wanted.least_zones}
        return CannotTell(reason=Message(code="reason.zonings.too_few", parameters=known))
    return _put_together(told, n_areas=n_areas)


def _zone_counts(pairs: Whole, n_areas: int, plan: ZoningPlan) -> list[int]:
    """Return how many zones to make at each scale, the most first, each number once."""
    inside = pairs[((pairs >= 0) & (pairs < n_areas)).all(axis=1)]  # the rest is refused later
    links = sparse.coo_array(
        (np.ones(len(inside)), (inside[:, 0], inside[:, 1])), shape=(n_areas, n_areas)
    )
    n_pieces, _ = csgraph.connected_components(links, directed=False)
    wanted = {round(n_areas / scale) for scale in plan.areas_per_zone}
    least = max(plan.least_zones, n_pieces)
    return sorted((n for n in wanted if least <= n < n_areas), reverse=True)


def _put_together(checks: list[ArealUnitCheck], *, n_areas: int) -> ZoningInterval:
    scales = tuple(_scale(one) for one in checks)
    at = checks[0].at_areas
    return ZoningInterval(
        at_areas=at,
        low=min(at, *(one.low for one in scales)),
        high=max(at, *(one.high for one in scales)),
        least=min(at, *(one.least for one in scales)),
        most=max(at, *(one.most for one in scales)),
        same_sign=min(one.same_sign for one in scales),
        scales=scales,
        n_areas=n_areas,
        n_zonings=checks[0].n_zonings,
    )


def _scale(check: ArealUnitCheck) -> Scale:
    known: Vector = check.values[~np.isnan(check.values)]
    low, median, high = (float(x) for x in np.quantile(known, [0.025, 0.5, 0.975]))
    return Scale(
        n_zones=check.n_zones,
        median=median,
        low=low,
        high=high,
        least=check.low,
        most=check.high,
        same_sign=check.same_sign,
        n_without=check.n_without,
    )
