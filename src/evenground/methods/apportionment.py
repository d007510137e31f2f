"""Points, lines and polygons shared out over areas by length or surface, never one per area.

Source: Goodchild and Lam (1980), Areal interpolation: a variant of the traditional spatial problem,
Geo-Processing 1, 297-312 (share by overlap).
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike

from evenground.methods.boundary_assignment import (
    DEFAULT_TOLERANCE_METRES,
    Assignment,
    Geometries,
    assign_points,
    nearest_areas,
    summed,
    usable_geometries,
)
from evenground.methods.validation import Vector, Whole

_Parts = tuple[Whole, Whole, Vector]


def apportion(
    geometries: ArrayLike,
    areas: ArrayLike,
    *,
    tolerance_metres: float = DEFAULT_TOLERANCE_METRES,
) -> Assignment:
    """Share geometries out over areas; points as ``assign_points`` does.

    Parameters
    ----------
    geometries, shape (n_units,)
        Points, lines and polygons (multi-parts too), mixed, in a projected system, metres.
    areas, shape (n_areas,)
        Polygons that do not overlap.
    tolerance_metres
        As for ``assign_points``.

    Returns
    -------
    Assignment
        Shares by length for lines and by surface for polygons; what lies in no area stands in
        ``outside_share``. A stretch of line along a shared boundary goes to one area, by the rule
        for points at its middle.

    Raises
    ------
    UsageError
        If a geometry is missing or empty.
    """
    shapes, zones = usable_geometries("geometries", geometries), usable_geometries("areas", areas)
    size = _dimensions(shapes)
    tree = shapely.STRtree(zones)
    ambiguous = np.zeros(shapes.size, dtype=bool)
    parts: list[_Parts] = []
    at = np.flatnonzero(size == 0)
    if at.size:
        dots = _points(shapes[at], zones, tolerance_metres=tolerance_metres)
        parts.append((at[dots.unit], dots.area, dots.share))
        ambiguous[at] = dots.ambiguous
    at = np.flatnonzero(size == 1)
    if at.size:
        unit, area, share = _lines(shapes[at], zones, tree)
        parts.append((at[unit], area, share))
    at = np.flatnonzero(size == 2)  # noqa: PLR2004 - the dimension of a surface
    if at.size:
        unit, area, share = _polygons(shapes[at], zones, tree)
        parts.append((at[unit], area, share))
    return _gathered(shapes, zones, tree, parts=parts, ambiguous=ambiguous)


def _dimensions(shapes: Geometries) -> Whole:
    """Return 0, 1 or 2 for each shape; one without length or surface counts as a point."""
    size = shapely.get_dimensions(shapes).astype(np.int64)
    measure = np.where(size == 1, shapely.length(shapes), shapely.area(shapes))
    return np.where(measure > 0, size, 0)


def _points(shapes: Geometries, zones: Geometries, *, tolerance_metres: float) -> Assignment:
    """Assign points; one unit of several points counts at their mean."""
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    single = np.where(is_point, shapes, shapely.centroid(shapes))
    return assign_points(single, zones, tolerance_metres=tolerance_metres)


def _lines(lines: Geometries, zones: Geometries, tree: shapely.STRtree) -> _Parts:
    """Share lines out: whole where one area holds all of it, else cut at boundaries."""
    unit, area = tree.query(lines, predicate="intersects")
    whole = np.bincount(unit, minlength=lines.size)[unit] == 1
    whole[whole] = shapely.covers(zones[area[whole]], lines[unit[whole]])
    cut_unit, cut_area, cut_share = _cut(lines, zones, unit=unit[~whole], area=area[~whole])
    return (
        np.r_[unit[whole], cut_unit],
        np.r_[area[whole], cut_area],
        np.r_[np.ones(int(whole.sum())), cut_share],
    )


def _cut(lines: Geometries, zones: Geometries, *, unit: Whole, area: Whole) -> _Parts:
    """Cut each line where it meets a boundary and give each piece to the area at its middle."""
    owner: list[Whole] = []
    pieces: list[Geometries] = []
    for touched, alike in _by_areas(unit, area).items():
        edges = shapely.union_all(shapely.boundary(zones[list(touched)]))
        at = np.array(alike, dtype=np.int64)
        for part in (shapely.difference(lines[at], edges), shapely.intersection(lines[at], edges)):
            single, of = shapely.get_parts(part, return_index=True)  # parts of collections
            found, deeper = shapely.get_parts(single, return_index=True)
            kept = shapely.length(found) > 0  # touching points and empty parts drop out
            pieces.append(found[kept])
            owner.append(at[of[deeper[kept]]])
    if not pieces:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    piece, of = np.concatenate(pieces), np.concatenate(owner)
    middles = shapely.line_interpolate_point(piece, 0.5, normalized=True)
    where = assign_points(middles, zones, tolerance_metres=0.0)
    length = shapely.length(piece)[where.unit] * where.share
    return of[where.unit], where.area, length / shapely.length(lines)[of[where.unit]]


def _by_areas(unit: Whole, area: Whole) -> dict[tuple[int, ...], list[int]]:
    """Return the units that touch the same areas, by those areas."""
    touched: dict[int, list[int]] = {}
    for one, where in zip(unit.tolist(), area.tolist(), strict=True):
        touched.setdefault(one, []).append(where)
    alike: dict[tuple[int, ...], list[int]] = {}
    for one, where in touched.items():
        alike.setdefault(tuple(sorted(where)), []).append(one)
    return alike


def _polygons(shapes: Geometries, zones: Geometries, tree: shapely.STRtree) -> _Parts:
    unit, area = tree.query(shapes, predicate="intersects")
    overlap = shapely.area(shapely.intersection(shapes[unit], zones[area]))
    share = overlap / shapely.area(shapes)[unit]
    # Areas that overlap one another by slivers would count a site more than once.
    total = summed(unit, share, size=shapes.size)
    return unit, area, share / np.maximum(total, 1.0)[unit]


def _gathered(
    shapes: Geometries,
    zones: Geometries,
    tree: shapely.STRtree,
    *,
    parts: list[_Parts],
    ambiguous: np.ndarray,
) -> Assignment:
    unit = np.concatenate([p[0] for p in parts]).astype(np.int64)
    area = np.concatenate([p[1] for p in parts]).astype(np.int64)
    share = np.concatenate([p[2] for p in parts])
    pair, back = np.unique(unit * zones.size + area, return_inverse=True)
    share = summed(back, share, size=pair.size)
    unit, area = pair // zones.size, pair % zones.size
    kept = (share > 0) | ambiguous[unit]
    unit, area, share = unit[kept], area[kept], share[kept]
    covered = summed(unit, share, size=shapes.size)
    nearest, metres = nearest_areas(
        shapes, tree, outside=np.bincount(unit, minlength=shapes.size) == 0
    )
    order = np.lexsort((-area, share, unit))
    nearest[unit[order]] = area[order]
    outside = np.clip(1.0 - covered, 0.0, 1.0)
    return Assignment(
        n_units=shapes.size,
        n_areas=zones.size,
        unit=unit,
        area=area,
        share=share,
        ambiguous=ambiguous,
        outside_share=np.where(outside < 1e-9, 0.0, outside),  # noqa: PLR2004 - below rounding
        outside_metres=metres,
        nearest_area=nearest,
    )
