"""Bring shapes into the city's coordinate system, and notice when they are said to be elsewhere.

The city's own coordinate system says for which part of the world it is meant (its area of use). A
file whose shapes fall outside it in the system that it declares, and inside it in another reading
(degrees for metres, latitude for longitude), is read that other way, and this is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Problem, ProblemKind
from evenground.stores.listing import capped
from evenground.stores.table import ReadTable
from evenground.workspace import coordinate_messages as say

if TYPE_CHECKING:
    from pyproj import CRS

Points = NDArray[np.float64]
DEGREES = "EPSG:4326"
SLACK_DEGREES = 0.5
"""How far beyond the area of use of the city's system a place still counts as inside."""
LARGEST_DEGREE = 180
MOST = 0.5
"""A reading stands when more than this share of the shapes falls inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The city's coordinate system, and the degrees west, south, east and north that it is for."""

    crs: str
    bounds: tuple[float, float, float, float] | None

    def holds(self, degrees: Points) -> NDArray[np.bool_]:
        """Return for each (longitude, latitude), shape (n, 2), whether it lies inside."""
        if self.bounds is None:
            return np.asarray(np.isfinite(degrees).all(axis=1), dtype=np.bool_)
        west, south, east, north = self.bounds
        x, y = degrees[:, 0], degrees[:, 1]
        across = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
        return np.asarray(across & (y >= south) & (y <= north), dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read coordinates: in a system, perhaps with x and y swapped."""

    crs: str
    swapped: bool
    kind: ProblemKind | None


def home_of(crs: str) -> Home:
    """Return where a coordinate system is meant to be used."""
    area = as_crs(crs).area_of_use if crs else None
    if area is None:
        return Home(crs=crs, bounds=None)
    west, south, east, north = area.bounds
    bounds = (
        west - SLACK_DEGREES, south - SLACK_DEGREES, east + SLACK_DEGREES, north + SLACK_DEGREES,
    )  # fmt: skip
    return Home(crs=crs, bounds=bounds)


def as_crs(text: str) -> CRS:
    """Return the coordinate system that a text names.

    Raises
    ------
    pyproj.exceptions.CRSError
        If it names none.
    """
    from pyproj import CRS

    return CRS.from_user_input(text)


def is_crs(text: str) -> bool:
    """Whether a text names a coordinate system."""
    from pyproj.exceptions import CRSError

    try:
        as_crs(text)
    except CRSError:
        return False
    return True


def settle(read: ReadTable, home: Home) -> ReadTable:
    """Return the table with its shapes in the city's system, and what was noticed about them."""
    if read.geometry is None or not home.crs:
        return read
    if read.crs and not is_crs(read.crs):
        unknown = say.CRS_UNKNOWN.at(read.entry.at("crs"), value=read.crs)
        return replace(read, geometry=None, crs="").saying(unknown)
    read = _without_zero_island(read)
    centres = centres_of(read.geometry)
    present = np.isfinite(centres).all(axis=1)
    if not present.any():
        return replace(read, crs=home.crs)
    reading = _best(read.crs, centres[present], home)
    if reading is None:
        return replace(read, geometry=None).saying(say.NO_CRS.at(read.place))
    problems = _said(read, reading)
    read, more = _rows_swapped(read, centres, reading, home)
    geometry = _moved(read.geometry, reading, home.crs)
    return replace(read, geometry=geometry, crs=home.crs).saying(*problems, *more)


def centres_of(geometry: Any) -> Points:
    """Return the middle of each shape's bounding box, not a number where there is no shape."""
    import shapely

    box = shapely.bounds(geometry)
    return np.column_stack([(box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2])


def in_degrees(points: Points, reading: Reading) -> Points:
    """Return longitude and latitude of points, shape (n, 2), read in one way."""
    from pyproj import Transformer

    x, y = (points[:, 1], points[:, 0]) if reading.swapped else (points[:, 0], points[:, 1])
    move = Transformer.from_crs(reading.crs, DEGREES, always_xy=True)
    return np.column_stack(move.transform(x, y))


def _plausible(points: Points, reading: Reading, home: Home) -> float:
    """Return the share of points that fall inside when read this way."""
    return float(home.holds(in_degrees(points, reading)).mean())


def _best(declared: str, points: Points, home: Home) -> Reading | None:
    """Return the way to read the coordinates; ``None`` where none is declared and none fits."""
    stated = Reading(crs=declared, swapped=False, kind=None) if declared else None
    if stated is not None and (home.bounds is None or _plausible(points, stated, home) > MOST):
        return stated
    for way in _other_ways(declared, points, home):
        if home.bounds is not None and _plausible(points, way, home) > MOST:
            return way
    return stated


def _other_ways(declared: str, points: Points, home: Home) -> list[Reading]:
    """Return readings other than the declared one, the likeliest first."""
    degrees_like = (np.abs(points) <= LARGEST_DEGREE).all(axis=1).mean() > MOST
    crs = DEGREES if degrees_like else home.crs
    kind = say.CRS_ASSUMED
    if declared:
        geographic = as_crs(declared).is_geographic
        kind = say.DEGREES_SAID_METRES if degrees_like else say.METRES_SAID_DEGREES
        kind = say.OTHER_SYSTEM if geographic == degrees_like else kind
    systems = dict.fromkeys([declared, crs] if declared else [crs])
    swapped = [Reading(crs=system, swapped=True, kind=say.SWAPPED) for system in systems]
    return [Reading(crs=crs, swapped=False, kind=kind), *swapped]


def _said(read: ReadTable, reading: Reading) -> list[Problem]:
    if reading.kind is not None:
        column = "geometry"
        place = replace(read.place, column=column)
        return [reading.kind.at(place, value=read.crs, crs=reading.crs)]
    return []


def _rows_swapped(
    read: ReadTable, centres: Points, reading: Reading, home: Home
) -> tuple[ReadTable, list[Problem]]:
    """Turn round single rows that lie far away as they are and at home with x and y swapped."""
    import shapely

    present = np.flatnonzero(np.isfinite(centres).all(axis=1))
    points = centres[present]
    inside = home.holds(in_degrees(points, reading))
    other = replace(reading, swapped=not reading.swapped)
    turned = present[~inside & home.holds(in_degrees(points, other))]
    away = present[~inside & ~home.holds(in_degrees(points, other))]
    problems = capped(say.ROW_SWAPPED.at(read.at(int(row), "geometry")) for row in turned)
    problems += capped(say.FAR_AWAY.at(read.at(int(row), "geometry")) for row in away)
    if len(turned) == 0 or read.geometry is None:
        return read, problems
    geometry = read.geometry.copy()
    geometry[turned] = shapely.transform(geometry[turned], lambda xy: xy[:, ::-1])
    return replace(read, geometry=geometry), problems


def _without_zero_island(read: ReadTable) -> ReadTable:
    """Take shapes at exactly (0, 0) for "no place": programs write it when none was entered."""
    if read.geometry is None:
        return read
    centres = centres_of(read.geometry)
    zero = np.flatnonzero((centres == 0).all(axis=1))
    if len(zero) == 0:
        return read
    geometry = read.geometry.copy()
    geometry[zero] = None
    first = read.at(int(zero[0]), "geometry")
    return replace(read, geometry=geometry).saying(say.ZERO_ISLAND.at(first, n_rows=len(zero)))


def _moved(geometry: Any, reading: Reading, target: str) -> Any:
    """Return shapes moved to another coordinate system (x before y in both)."""
    import shapely
    from pyproj import Transformer

    same = as_crs(reading.crs) == as_crs(target)
    if same and not reading.swapped:
        return geometry
    move = Transformer.from_crs(reading.crs, target, always_xy=True)

    def moved(points: Points) -> Points:
        x, y = (points[:, 1], points[:, 0]) if reading.swapped else (points[:, 0], points[:, 1])
        return np.column_stack(move.transform(x, y))

    return shapely.transform(geometry, moved)
