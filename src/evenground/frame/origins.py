"""Where ways to a unit start: the city's population points, else the centres of the areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.frame.areas import Frame, Grouping
from evenground.methods.margins_of_error import UncertainCounts, counts_without_margins
from evenground.protocol import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where distances start: points, their areas, their people (``None``: each counts as one)."""

    points: NDArray[np.object_]
    area: NDArray[np.int64]
    people: UncertainCounts | None
    kind: str


def origins_of(case: Case, frame: Frame) -> Origins:
    """Return the finest points that hold somebody of every group."""
    points = case.places.get("points")
    if points is not None and len(points):
        finest = _population_points(frame, points)
        if all(reaches_all(finest, grouping) for grouping in frame.groupings):
            return finest
    import shapely

    people = frame.people
    known = people.known if people else np.ones(len(frame.area_ids), dtype=bool)
    area = np.flatnonzero(known)
    return Origins(
        points=shapely.centroid(frame.outlines[area]),
        area=area,
        people=people.counts.take(area) if people else None,
        kind="centroids" if frame.has_shapes else "given",
    )


def reaches_all(origins: Origins, grouping: Grouping) -> bool:
    """Tell whether there is somebody of each group at the points that distances start from."""
    people = np.ones(len(origins.points)) if origins.people is None else origins.people.value
    return bool((grouping.membership.share[:, origins.area] @ people > 0).all())


def _population_points(frame: Frame, points: Any) -> Origins:
    """Use the city's own points; those of areas that nobody knows stand outside every group."""
    import shapely

    order = {area_id: row for row, area_id in enumerate(frame.area_ids)}
    area = np.array([order.get(str(code), -1) for code in points["area_id"]], dtype=np.int64)
    placed = shapely.get_type_id(points.geometry.to_numpy()) >= 0
    inside = np.flatnonzero((area >= 0) & placed)
    counts = points["count"].to_numpy(dtype=float, na_value=np.nan)
    # In an order of their own, so that rows in another order draw the same chances.
    x, y = shapely.get_coordinates(shapely.centroid(points.geometry.to_numpy()[inside])).T
    inside = inside[np.lexsort((np.nan_to_num(counts[inside], nan=-1.0), y, x, area[inside]))]
    count = counts[inside]
    counted = np.isfinite(count).any()
    return Origins(
        points=shapely.centroid(points.geometry.to_numpy()[inside]),
        area=area[inside],
        people=counts_without_margins(np.nan_to_num(count)) if counted else None,
        kind="points",
    )
