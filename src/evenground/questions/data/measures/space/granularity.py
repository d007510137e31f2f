"""How finely a place is known: digits that coordinates keep, piles that they are moved to."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong
from evenground.questions.data.measures.space.coordinates import Coordinates, distinct

METRES_IN_DEGREE = 111_320.0
"""Along a meridian, and along the equator; 0.3 % off at most."""
COARSEST, FINEST = -4, 9
"""Powers of ten between which digits are looked for: 10 km to a billionth of a unit."""
MOST_OFF = 0.01
"""This share of coordinates may keep more digits than the others."""
PILE = 5
"""So many rows at one place are a pile."""
_ROUNDING = 1e-6
MOST_LOOKED_AT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialGranularity:
    """How finely places are known.

    Attributes
    ----------
    n_rows, n_distinct
        Rows with a place, and distinct coordinates among them.
    share_distinct
        ``n_distinct / n_rows``, 0-1.
    decimals_x, decimals_y
        Decimals that 99 % of coordinates do with; negative for tens, hundreds.
    rounding_metres
        Half the diagonal of what is rounded to one point.
    share_piled, largest_pile
        Share of rows at places that hold five rows or more, 0-1; most rows at one place.
    spacing_metres
        Median distance of a place to the nearest other one; ``None`` with one place.
    low_metres, high_metres
        Bounds of how far a row's true place may be from the one written: rounding alone, and, where
        rows are piled, the spacing of the piles to which they were moved. Errors of measurement
        come on top, and only a reference tells them.
    """

    n_rows: int
    n_distinct: int
    share_distinct: float
    decimals_x: int
    decimals_y: int
    rounding_metres: float
    share_piled: float
    largest_pile: int
    spacing_metres: float | None
    low_metres: float
    high_metres: float

    @property
    def is_piled(self) -> bool:
        """Whether most rows stand at places that hold five or more."""
        return self.share_piled > 0.5  # noqa: PLR2004 - most


def spatial_granularity(places: Coordinates, *, degrees: bool) -> SpatialGranularity | None:
    """Return how finely places are known; ``None`` where no row has one.

    Parameters
    ----------
    places, n
        Coordinates as written, not projected: projecting hides how they were rounded.
    degrees
        Whether they are longitude and latitude; else metres.
    """
    found, _ = distinct(places)
    if found.x.size == 0:
        return None
    decimals = decimals_of(found.x), decimals_of(found.y)
    metres = _metres_in_unit(found, degrees=degrees)
    rounding = 0.5 * hypot(10.0 ** -decimals[0] * metres[0], 10.0 ** -decimals[1] * metres[1])
    piled = float(found.times[found.times >= PILE].sum() / found.n_rows)
    spacing = _spacing(found, metres)
    moved = spacing is not None and piled > 0.5  # noqa: PLR2004 - most
    return SpatialGranularity(
        n_rows=found.n_rows,
        n_distinct=found.x.size,
        share_distinct=found.x.size / found.n_rows,
        decimals_x=decimals[0],
        decimals_y=decimals[1],
        rounding_metres=rounding,
        share_piled=piled,
        largest_pile=int(found.times.max()),
        spacing_metres=spacing,
        low_metres=rounding,
        high_metres=max(rounding, spacing) if moved and spacing is not None else rounding,
    )


def decimals_of(values: ArrayLike) -> int:
    """Return how many decimals all but one value in a hundred do with; negative for tens.

    Parameters
    ----------
    values, shape (n,)
        Numbers, at least one.

    Raises
    ------
    UsageError
        If there is none, or one is missing.
    """
    numbers = vector("values", values, least=-np.inf)
    if numbers.size == 0:
        raise wrong("no_values", N_("{n} values"), n=0)
    for decimals in range(COARSEST, FINEST):
        scaled = numbers * 10.0**decimals
        slack = _ROUNDING + np.abs(scaled) * 4 * np.finfo(np.float64).eps
        if float((np.abs(scaled - np.rint(scaled)) > slack).mean()) <= MOST_OFF:
            return decimals
    return FINEST


def area_granularity(
    square_metres: ArrayLike, rows: ArrayLike | None = None
) -> tuple[float, float]:
    """Return bounds of how far a row's true place may be from its area's middle, in metres.

    Parameters
    ----------
    square_metres, shape (n_areas,)
        Land of each area, above 0.
    rows, shape (n_areas,)
        Rows in each area; ``None`` takes one in each.

    Returns
    -------
    tuple
        Radius of a circle as large as the smallest and the largest area that holds rows. A long
        thin area reaches further than its circle.

    Raises
    ------
    UsageError
        If no area holds a row, or an area has no land.
    """
    land = vector("square_metres", square_metres)
    held = np.ones(land.size) if rows is None else vector("rows", rows, size=land.size)
    used = land[held > 0]
    if not used.size or not (used > 0).all():
        raise wrong("no_land", N_("{n} areas hold rows, not all of them have land"), n=used.size)
    radius = np.sqrt(used / np.pi)
    return float(radius.min()), float(radius.max())


def _metres_in_unit(places: Coordinates, *, degrees: bool) -> tuple[float, float]:
    if not degrees:
        return 1.0, 1.0
    latitude = np.deg2rad(np.clip(np.median(places.y), -90, 90))
    return METRES_IN_DEGREE * float(np.cos(latitude)), METRES_IN_DEGREE


def _spacing(places: Coordinates, metres: tuple[float, float]) -> float | None:
    """Return the median distance of distinct places to the nearest other one."""
    if places.x.size < 2:  # noqa: PLR2004 - a neighbour
        return None
    from scipy.spatial import KDTree

    points: Vector = np.column_stack([places.x * metres[0], places.y * metres[1]])
    step = -(-len(points) // MOST_LOOKED_AT)  # every so many, in the order of coordinates
    apart, _ = KDTree(points).query(points[::step], k=2)
    return float(np.median(apart[:, 1]))
