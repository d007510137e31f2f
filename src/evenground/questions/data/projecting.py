"""Coordinates of a dataset in the metres of the city."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.protocol import Case

DEGREES = "EPSG:4326"


def is_degrees(crs: str) -> bool:
    """Tell whether a coordinate system is of longitudes and latitudes; unknown ones are not."""
    import pyproj
    from pyproj.exceptions import CRSError

    try:
        return pyproj.CRS.from_user_input(crs).is_geographic
    except CRSError:
        return False


def projected(x: ArrayLike, y: ArrayLike, crs: str, case: Case) -> NDArray[np.float64] | None:
    """Return points in the city's coordinate system.

    Parameters
    ----------
    x, y, shape (n,)
        Coordinates; longitude and latitude unless ``crs`` says otherwise.
    crs
        Their system; empty for degrees where they can be degrees, else for the city's own.
    case
        Says the city's system.

    Returns
    -------
    array, shape (n, 2), or None
        Metres, NaN where there is none; ``None`` where the city or the data name no system that
        can be used.
    """
    if not case.city.crs:
        return None
    import pyproj
    from pyproj.exceptions import CRSError

    xs, ys = np.asarray(x, np.float64), np.asarray(y, np.float64)
    known = np.isfinite(xs) & np.isfinite(ys)
    degrees = bool((np.abs(xs[known]) <= 180).all() and (np.abs(ys[known]) <= 90).all())  # noqa: PLR2004 - degrees
    stated = crs or (DEGREES if degrees else case.city.crs)
    try:
        transformer = pyproj.Transformer.from_crs(stated, case.city.crs, always_xy=True)
    except CRSError:
        return None
    found = np.full((xs.size, 2), np.nan)
    if known.any():
        found[known] = np.column_stack(transformer.transform(xs[known], ys[known]))
    return np.where(np.isfinite(found), found, np.nan)
