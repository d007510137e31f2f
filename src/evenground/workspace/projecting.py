"""Bring the shapes of every table into the city's coordinate system."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from evenground.stores.table import ReadTable
from evenground.workspace import messages as say


def project(read: ReadTable, crs: str) -> ReadTable:
    """Return the table with its shapes in the coordinate system ``crs``."""
    if read.geometry is None or not crs or read.crs == crs:
        return read
    if not read.crs:
        return replace(read, geometry=None).saying(say.NO_CRS.at(read.place))
    return replace(read, geometry=transformed(read.geometry, read.crs, crs), crs=crs)


def transformed(geometry: Any, source: str, target: str) -> Any:
    """Return shapes moved from one coordinate system to another (x before y in both)."""
    import shapely
    from pyproj import CRS, Transformer

    if CRS.from_user_input(source) == CRS.from_user_input(target):
        return geometry
    move = Transformer.from_crs(source, target, always_xy=True)

    def moved(points: Any) -> Any:
        return np.column_stack(move.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, moved)
