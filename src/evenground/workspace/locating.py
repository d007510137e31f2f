"""Find the area of each place where a table does not name it, and places far outside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.errors import Problem
from evenground.stores.table import ReadTable
from evenground.workspace import coordinate_messages, messages

if TYPE_CHECKING:
    import geopandas as gpd

FAR_METRES = 10_000.0
_SHOWN_ROWS = 10


def located(read: ReadTable, areas: gpd.GeoDataFrame) -> ReadTable:
    """Return the table with the area of each row that names none, by its place's inner point.

    A place on a border goes to the area whose inner point is nearest, so that it counts once.
    """
    import shapely

    if read.geometry is None or not _are_polygons(areas):
        return read
    codes = read.texts("area_id")
    present = shapely.get_type_id(read.geometry) >= 0
    wanted = np.flatnonzero(np.array([not code for code in codes], dtype=bool) & present)
    if len(wanted) == 0:
        return read
    inner = shapely.point_on_surface(read.geometry[wanted])
    found = _area_of(inner, areas)
    for position, area in zip(wanted, found, strict=True):
        codes[position] = area
    lost = wanted[np.array([not area for area in found], dtype=bool)]
    problems = [
        messages.LOCATED.at(read.at(int(wanted[0]), "geometry"), n_rows=len(wanted) - len(lost))
    ]
    if len(lost):
        first = read.at(int(lost[0]), "geometry")
        problems.append(messages.IN_NO_AREA.at(first, n_rows=len(lost)))
    read = read.with_column("area_id", [code or None for code in codes]).saying(*problems)
    if not read.schema["area_id"].required:
        return read
    nowhere = np.array([not code for code in codes], dtype=bool)
    return read.without(nowhere, messages.IN_NO_AREA.at(read.place))


def _area_of(points: Any, areas: gpd.GeoDataFrame) -> list[str]:
    """Return the code of the area that each point lies in, empty where it lies in none."""
    import shapely

    shapes: Any = areas.geometry.to_numpy()
    centres = shapely.point_on_surface(shapes)
    names: list[str] = areas["area_id"].tolist()
    found, best = [""] * len(points), np.full(len(points), np.inf)
    pairs = shapely.STRtree(shapes).query(points, predicate="intersects")
    away = shapely.distance(points[pairs[0]], centres[pairs[1]])
    for point, area, distance in zip(pairs[0], pairs[1], away, strict=True):
        if distance < best[point]:
            found[point], best[point] = names[area], distance
    return found


def _are_polygons(areas: gpd.GeoDataFrame) -> bool:
    import shapely

    return bool((shapely.get_dimensions(areas.geometry.to_numpy()) == 2).any())  # noqa: PLR2004 - surfaces


def far_outside(read: ReadTable, areas: gpd.GeoDataFrame) -> list[Problem]:
    """Say which places lie more than 10 km from the box around all areas."""
    import shapely

    if read.geometry is None or len(areas) == 0:
        return []
    box = shapely.box(*shapely.total_bounds(areas.geometry.to_numpy()))
    away = shapely.distance(read.geometry, box)
    far = np.flatnonzero(np.nan_to_num(away, nan=0.0) > FAR_METRES)
    if len(far) == 0:
        return []
    rows = [str(int(row)) for row in read.rows[far]]
    shown = ", ".join(rows[:_SHOWN_ROWS]) + (" …" if len(rows) > _SHOWN_ROWS else "")
    at = replace(read.at(int(far[0])), column="geometry")
    kind = coordinate_messages.FAR_OUTSIDE
    return [kind.at(at, value=len(far), n_rows=len(far), rows=shown, km=round(FAR_METRES / 1000))]
