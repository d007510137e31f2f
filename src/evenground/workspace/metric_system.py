"""The projected system, in metres, that a city is measured in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.errors import ProblemKind
from evenground.stores.table import ReadTable
from evenground.workspace import coordinate_messages as say
from evenground.workspace.coordinates import (
    LARGEST_DEGREE,
    MOST,
    Points,
    Reading,
    as_crs,
    centres_of,
    in_degrees,
    is_crs,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSystem:
    """The projected system to measure in, and what is wrong with the one that the city names."""

    crs: str
    kind: ProblemKind | None = None


def metric_system(named: str, degrees: Points) -> MetricSystem:
    """Return the city's own system, or the UTM zone of its places where it names none that serves.

    Parameters
    ----------
    named
        What ``city.toml`` says.
    degrees, shape (n, 2)
        Longitude and latitude of places in the city; may be empty.
    """
    if named and not is_crs(named):
        return MetricSystem(crs=_utm_zone(degrees), kind=say.CITY_CRS_UNKNOWN)
    if named:
        crs = as_crs(named)
        if crs.is_projected and all(axis.unit_name == "metre" for axis in crs.axis_info[:2]):
            return MetricSystem(crs=named)
        return MetricSystem(crs=_utm_zone(degrees), kind=say.CITY_CRS_NOT_METRIC)
    zone = _utm_zone(degrees)
    return MetricSystem(crs=zone, kind=say.CITY_CRS_CHOSEN if zone else None)


def _utm_zone(degrees: Points) -> str:
    from pyproj.aoi import AreaOfInterest
    from pyproj.database import query_utm_crs_info

    known = degrees[np.isfinite(degrees).all(axis=1)]
    if len(known) == 0:
        return ""
    x, y = np.median(known, axis=0)
    found = query_utm_crs_info(datum_name="WGS 84", area_of_interest=AreaOfInterest(x, y, x, y))
    return f"{found[0].auth_name}:{found[0].code}" if found else ""


def degrees_of(read: ReadTable) -> Points:
    """Return longitude and latitude of a table's shapes as the file declares them, shape (n, 2)."""
    if read.geometry is None or (read.crs and not is_crs(read.crs)):
        return np.zeros((0, 2))
    centres = centres_of(read.geometry)
    if read.crs:
        return in_degrees(centres, Reading(crs=read.crs, swapped=False, kind=None))
    likely = (np.abs(centres) <= LARGEST_DEGREE).all(axis=1)
    return centres if likely.size and likely.mean() > MOST else np.zeros((0, 2))
