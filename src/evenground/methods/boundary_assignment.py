"""Which area a point belongs to, counted once, with every other area that it might belong to.

A point strictly inside one area belongs there. A point on a boundary that several areas share goes
to the one whose representative point is nearest; equal distances split it evenly. The rule looks at
geometry only, so neither the order of rows nor a name decides. Coordinates are rounded when they
are published, so a point very near to a boundary might belong to the neighbour as well: such areas
are kept as admissible, and the lowest and highest value of a statistic run over them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong

TOUCHING_METRES = 0.01
"""Nearer than this a point lies on the boundary: what projecting straight edges can shift."""

DEFAULT_TOLERANCE_METRES = 0.15
"""Nearer than this a neighbour is admissible. Six-decimal longitudes and latitudes are rounded by
up to 0.07 m, points and boundary corners both, which makes 0.14 m."""

_TIE_METRES = 1e-6

Geometries = NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Units (points, lines, polygons) and the areas that they fall in.

    Attributes
    ----------
    n_units, n_areas
        How many of each.
    unit, area, share, shape (n_pairs,)
        Every admissible pair of a unit and an area (positions, sorted by unit, then area) and the
        share of the unit that geometry puts there: 1 for a point inside, 0 for a neighbour that is
        admissible but lost, a fraction for ties, lines and polygons.
    ambiguous, shape (n_units,)
        Whether more than one area is admissible for a point. Lines and polygons are divided, not
        ambiguous.
    outside_share, shape (n_units,)
        The share of the unit that lies in no area, 0-1.
    outside_metres, shape (n_units,)
        Distance to the nearest area; 0 for all that touch one.
    nearest_area, shape (n_units,)
        Position of the area that holds the largest share; for units outside, of the nearest one.
    """

    n_units: int
    n_areas: int
    unit: Whole
    area: Whole
    share: Vector
    ambiguous: Flags
    outside_share: Vector
    outside_metres: Vector
    nearest_area: Whole

    @property
    def area_of_unit(self) -> Whole:
        """The area that holds most of each unit; -1 for units wholly outside; shape (n_units,)."""
        return np.where(self.outside_share >= 1.0, -1, self.nearest_area)

    @property
    def n_ambiguous(self) -> int:
        """How many units lie on a boundary, within the tolerance."""
        return int(self.ambiguous.sum())

    @property
    def n_outside(self) -> int:
        """How many units lie wholly outside all areas."""
        return int((self.outside_share >= 1.0).sum())


def assign_points(
    points: ArrayLike,
    areas: ArrayLike,
    *,
    tolerance_metres: float = DEFAULT_TOLERANCE_METRES,
    representative: ArrayLike | None = None,
) -> Assignment:
    """Assign points to areas, each once.

    Parameters
    ----------
    points, shape (n_units,)
        Shapely points in a projected system, metres.
    areas, shape (n_areas,)
        Polygons or multipolygons in the same system.
    tolerance_metres
        How near a neighbour must be to be admissible.
    representative, shape (n_areas,)
        A point for each area that decides on shared boundaries; ``None`` takes a point on the
        area's surface.

    Returns
    -------
    Assignment
        One unit of share for every point that touches an area, none for those outside.

    Raises
    ------
    UsageError
        If a geometry is missing or empty, or ``tolerance_metres`` is negative.
    """
    where, zones = usable_geometries("points", points), usable_geometries("areas", areas)
    if not tolerance_metres >= 0:
        raise wrong("tolerance", N_("tolerance_metres is {metres}"), metres=tolerance_metres)
    tree = shapely.STRtree(zones)
    reach = max(tolerance_metres, TOUCHING_METRES)
    unit, area = tree.query(where, predicate="dwithin", distance=reach)
    order = np.lexsort((area, unit))
    unit, area = unit[order].astype(np.int64), area[order].astype(np.int64)
    metres = shapely.distance(where[unit], zones[area])
    kept = (metres <= tolerance_metres) | (metres <= TOUCHING_METRES)
    unit, area, metres = unit[kept], area[kept], metres[kept]
    anchors = (
        shapely.point_on_surface(zones) if representative is None else np.asarray(representative)
    )
    share = _shares(unit, metres, shapely.distance(where[unit], anchors[area]))
    return _assignment(where, zones, tree, pairs=(unit, area, share))


def units_by_area(assignment: Assignment, units: ArrayLike | None = None) -> Vector:
    """Return how many units each area holds, shape (n_areas,).

    Parameters
    ----------
    assignment
        From ``assign_points`` or ``apportion``.
    units, shape (n_units,)
        What each located thing counts for (sites, cans, capacity); ``None`` counts each as one.
    """
    size = assignment.n_units
    weight = np.ones(size) if units is None else vector("units", units, size=size)
    worth = assignment.share * weight[assignment.unit]
    return summed(assignment.area, worth, size=assignment.n_areas)


def summed(index: Whole, values: Vector, *, size: int) -> Vector:
    """Return the sums of ``values`` by ``index``, shape (size,)."""
    return np.bincount(index, weights=values, minlength=size).astype(np.float64)


def usable_geometries(name: str, geometries: ArrayLike) -> Geometries:
    """Return geometries as an array, none missing or empty.

    Raises
    ------
    UsageError
        If one is missing or empty.
    """
    array = np.atleast_1d(np.asarray(geometries, dtype=object))
    bad = shapely.is_missing(array) | shapely.is_empty(array)
    if bad.any():
        raise wrong(
            "geometry_missing",
            N_("{name}[{index}] has no geometry; {n_bad} such entries"),
            name=name,
            index=int(np.argmax(bad)),
            n_bad=int(bad.sum()),
        )
    return array


def _shares(unit: Whole, metres: Vector, to_anchor: Vector) -> Vector:
    """Give each unit to the touching area with the nearest anchor, ties evenly."""
    if not unit.size:
        return np.zeros(0)
    starts = np.flatnonzero(np.r_[True, np.diff(unit) > 0])
    group = np.cumsum(np.r_[False, np.diff(unit) > 0])
    inside_of_one = np.where(metres <= TOUCHING_METRES, to_anchor, np.inf)
    # A point outside every area but within the tolerance of some: all of those compete.
    nobody = np.isinf(np.minimum.reduceat(inside_of_one, starts))
    rank = np.where(nobody[group], to_anchor, inside_of_one)
    wins = rank <= np.minimum.reduceat(rank, starts)[group] + _TIE_METRES
    return wins / np.add.reduceat(wins.astype(np.float64), starts)[group]


def _assignment(
    where: Geometries,
    zones: Geometries,
    tree: shapely.STRtree,
    *,
    pairs: tuple[Whole, Whole, Vector],
) -> Assignment:
    unit, area, share = pairs
    n_pairs = np.bincount(unit, minlength=where.size)
    nearest, metres = nearest_areas(where, tree, outside=n_pairs == 0)
    order = np.lexsort((-area, share, unit))  # the largest share comes last, ties to the first area
    nearest[unit[order]] = area[order]
    return Assignment(
        n_units=where.size,
        n_areas=zones.size,
        unit=unit,
        area=area,
        share=share,
        ambiguous=n_pairs > 1,
        outside_share=(n_pairs == 0).astype(np.float64),
        outside_metres=metres,
        nearest_area=nearest,
    )


def nearest_areas(
    where: Geometries, tree: shapely.STRtree, *, outside: Flags
) -> tuple[Whole, Vector]:
    """Return the nearest area and its distance for units outside all; -1 and 0 for the others."""
    nearest = np.full(where.size, -1, dtype=np.int64)
    metres = np.zeros(where.size)
    if outside.any():
        pairs, apart = tree.query_nearest(where[outside], return_distance=True, all_matches=False)
        at = np.flatnonzero(outside)[pairs[0]]
        nearest[at], metres[at] = pairs[1], apart
    return nearest, metres
