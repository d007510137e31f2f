"""Shapes that maps share: the areas, simplified to what a page can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd

DETAIL = 1_500
"""A shape's corners are kept to about this many steps across the city."""


def shapes(places: Mapping[str, gpd.GeoDataFrame]) -> dict[str, Any]:
    """Return ``{"areas": GeoJSON}`` in the city's projection, or nothing where areas have no shape.

    Shared borders stay shared; coordinates are whole steps of the detail shown.
    """
    import shapely

    areas = places.get("areas")
    if areas is None or areas.geometry.isna().all():
        return {}
    placed = shapely.get_type_id(areas.geometry.to_numpy()) >= 0
    areas = areas[placed]
    outlines = areas.geometry.to_numpy()
    if not set(shapely.get_type_id(outlines)) <= {3, 6}:
        return {}
    west, south, east, north = shapely.total_bounds(outlines)
    step = max(east - west, north - south) / DETAIL
    decimals = max(0, -int(np.floor(np.log10(step))))
    simple = shapely.coverage_simplify(outlines, step)
    features = [
        {
            "type": "Feature",
            "id": area_id,
            "properties": {},
            "geometry": _geometry(outline, decimals),
        }
        for area_id, outline in zip(areas["area_id"], simple, strict=True)
    ]
    return {"areas": {"type": "FeatureCollection", "features": features}}


def _geometry(outline: Any, decimals: int) -> dict[str, Any]:
    import shapely

    polygons = [outline] if outline.geom_type == "Polygon" else list(outline.geoms)
    rings = [
        [_ring(shapely.get_coordinates(ring), decimals) for ring in (one.exterior, *one.interiors)]
        for one in polygons
        if not one.is_empty
    ]
    return {"type": "MultiPolygon", "coordinates": rings}


def _ring(points: Any, decimals: int) -> list[list[float]]:
    rounded = np.round(points, decimals)
    if decimals == 0:
        return rounded.astype(np.int64).tolist()
    return rounded.tolist()
