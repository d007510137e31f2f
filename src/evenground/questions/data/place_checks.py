"""Checks of where rows are: coordinates at fault, outside, on boundaries, sites that jump."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Message
from evenground.frame.areas import Frame
from evenground.methods.boundary_assignment import assign_points
from evenground.protocol import Case
from evenground.questions.data.measures.checks import Check, Status
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.measures.space.boundary_points import boundary_points
from evenground.questions.data.measures.space.coordinate_faults import coordinate_faults
from evenground.questions.data.measures.space.coordinates import Coordinates, coordinates_of
from evenground.questions.data.measures.space.granularity import (
    SpatialGranularity,
    spatial_granularity,
)
from evenground.questions.data.measures.space.missing_coordinates import missing_coordinates
from evenground.questions.data.measures.space.moved_sites import moved_sites
from evenground.questions.data.measures.space.outside_city import OutsideSetting, outside_city
from evenground.questions.data.measures.space.region import (
    Region,
    city_region,
    region_of_data,
)
from evenground.questions.data.measures.space.repairs import coordinate_repairs
from evenground.questions.data.projecting import DEGREES, is_degrees, projected

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesFound:
    """What was found of places: checks, how fine they are, and points in metres of the city.

    ``sensors``, shape (n,), are the codes of the entries of ``places``; ``None`` without one.

    ``points``, shape (n, 2), are of the entries of ``places``, NaN where there is none or the
    coordinates are at fault; ``None`` where the city has no system that they can be put into.
    """

    checks: tuple[Check, ...]
    places: Coordinates
    sensors: NDArray[np.object_]
    granularity: SpatialGranularity | None
    points: NDArray[np.float64] | None


def places_found(table: pa.Table, roles: Roles, case: Case, frame: Frame | None) -> PlacesFound:
    """Return the checks of a table's places.

    Parameters
    ----------
    table
        Columns x, y, sensor, n (rows) and row; see ``plan``.
    roles
        Names and coordinate system of the columns.
    case, frame
        The city; without areas the data's own bulk says what is far.
    """
    places = _named(table, roles)
    there = places.present
    degrees = _in_degrees(places, roles.crs)
    region = _region(case, frame, degrees=degrees, crs=roles.crs) or region_of_data(
        places, degrees=degrees
    )
    repairs = coordinate_repairs(places, region) if region is not None else None
    at_fault = repairs.at_fault if repairs is not None else np.zeros(there.size, dtype=np.bool_)
    points = _points(places, roles, case, at_fault)
    return PlacesFound(
        checks=(
            missing_coordinates(places),
            coordinate_faults(places, region, repairs=repairs),
            _outside(places, points, frame, at_fault),
            *_boundary(places, points, frame, case),
            *_moved(table, places, points, roles),
        ),
        places=places,
        sensors=np.array(table["sensor"].to_pylist(), dtype=object),
        granularity=spatial_granularity(places, degrees=degrees) if there.any() else None,
        points=points,
    )


def _named(table: pa.Table, roles: Roles) -> Coordinates:
    by_row = table.num_rows > 0 and table["row"].null_count == 0
    found = coordinates_of(table, "x", "y", times="n", row="row" if by_row else "")
    return replace(found, x_name=roles.x, y_name=roles.y)


def _in_degrees(places: Coordinates, crs: str) -> bool:
    """Tell whether coordinates are longitude and latitude: as stated, else by their size."""
    if crs:
        return is_degrees(crs)
    found = region_of_data(places)
    if found is not None:
        return found.degrees
    there = places.present
    return bool((np.abs(places.x[there]) <= 180).all() and (np.abs(places.y[there]) <= 90).all())  # noqa: PLR2004 - degrees


def _region(case: Case, frame: Frame | None, *, degrees: bool, crs: str) -> Region | None:
    """Return the city's region in the system of the coordinates; ``None`` where that is unknown."""
    if frame is None or not frame.has_shapes or not case.city.crs:
        return None
    import geopandas as gpd

    home = gpd.GeoSeries(frame.outlines, crs=case.city.crs)
    system = crs or (DEGREES if degrees else case.city.crs)
    there, others = home.to_crs(system), (case.city.crs, DEGREES)
    return city_region(
        _bounds(there),
        degrees=degrees,
        elsewhere={name: _bounds(home.to_crs(name)) for name in others if name != system},
    )


def _bounds(shapes: Any) -> tuple[float, float, float, float]:
    west, south, east, north = (float(edge) for edge in shapes.total_bounds)
    return west, south, east, north


def _points(
    places: Coordinates, roles: Roles, case: Case, at_fault: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    x, y = (np.where(at_fault, np.nan, one) for one in (places.x, places.y))
    return projected(x, y, roles.crs, case)


def _outside(
    places: Coordinates,
    points: NDArray[np.float64] | None,
    frame: Frame | None,
    at_fault: NDArray[np.bool_],
) -> Check:
    if points is None or frame is None or not frame.has_shapes:
        return outside_city(places, None)
    moved = replace(places, x=points[:, 0], y=points[:, 1])
    return outside_city(moved, frame.outlines, setting=OutsideSetting(at_fault=at_fault))


def _boundary(
    places: Coordinates,
    points: NDArray[np.float64] | None,
    frame: Frame | None,
    case: Case,
) -> tuple[Check, ...]:
    tolerance = case.settings.number("tolerance_metres")
    definition = Message(code="definition.boundary_points", parameters={"metres": tolerance})
    if points is None or frame is None or not frame.has_shapes:
        reason = Message(code="reason.boundary_points.no_city")
        return (
            Check.not_established(
                "boundary_points", unit="rows", definition=definition, reason=reason
            ),
        )
    import shapely

    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    repeated = np.repeat(known, places.times[known])
    found = boundary_points(
        np.asarray(shapely.points(points[repeated]), dtype=object),
        frame.outlines,
        tolerance_metres=tolerance,
        row=None if places.row is None else places.row[repeated],
    )
    # Projecting shifts points and boundaries by a hair, so what lies on one is told by nearness.
    near = int(found.detail["within_tolerance"])
    return (replace(found, count=near, status=Status.FOUND if near else Status.NONE),)


def _moved(
    table: pa.Table, places: Coordinates, points: NDArray[np.float64] | None, roles: Roles
) -> tuple[Check, ...]:
    """Look for jumps of what has a name and comes more than once."""
    if not roles.sensor or points is None or roles.form is Form.EVENTS:
        return ()
    sites: NDArray[Any] = np.array(table["sensor"].to_pylist(), dtype=object)
    known = np.array([one is not None for one in sites.tolist()]) & np.isfinite(points).all(axis=1)
    if not known.any():
        return ()
    where = replace(places, x=points[:, 0], y=points[:, 1]).take(known)
    check = moved_sites(sites[known], where)
    if check.status is Status.NOT_ESTABLISHED and roles.form is Form.STREAM:
        # Many readings of each sensor were put together, and each stands at one place only.
        check = replace(check, status=Status.NONE, count=0, reason=None)
    return (check,)


def sensors_of(found: PlacesFound) -> dict[str, NDArray[np.float64]]:
    """Return where each named sensor stands, in metres: where most of its rows are."""
    if found.points is None:
        return {}
    stands: dict[str, tuple[int, NDArray[np.float64]]] = {}
    for at in np.flatnonzero(np.isfinite(found.points).all(axis=1)).tolist():
        if found.sensors[at] is None:
            continue
        name, n = str(found.sensors[at]), int(found.places.times[at])
        if name not in stands or n > stands[name][0]:
            stands[name] = (n, found.points[at])
    return {name: where for name, (_, where) in stands.items()}


def areas_of(found: PlacesFound, frame: Frame | None) -> dict[str, str]:
    """Return the code of the area that each named sensor stands in; those outside are left out."""
    stands = sensors_of(found)
    if frame is None or not frame.has_shapes or not stands:
        return {}
    import shapely

    points = np.asarray(shapely.points(np.array(list(stands.values()))), dtype=object)
    rows = assign_points(points, frame.outlines).area_of_unit.tolist()
    return {name: frame.area_ids[row] for name, row in zip(stands, rows, strict=True) if row >= 0}
