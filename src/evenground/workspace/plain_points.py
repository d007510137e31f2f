"""Points of plain files in one projected system in metres, so that distances can be measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenground.errors import InvalidInputError, Place, Problem, UsageError
from evenground.methods.validation import Flags, Vector
from evenground.workspace import plain_messages as say
from evenground.workspace.coordinates import (
    DEGREES,
    LARGEST_DEGREE,
    MOST,
    Reading,
    as_crs,
    home_of,
    in_degrees,
    is_crs,
)
from evenground.workspace.metric_system import metric_system
from evenground.workspace.plain_tables import PlainTable

X, Y = "x", "y"
"""Names that the columns of coordinates are asked for by."""
_POINT = 0
_LARGEST_LATITUDE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPoints:
    """A table whose rows all have a place.

    Attributes
    ----------
    table
        Its rows.
    xy, shape (n_rows, 2)
        Coordinates in ``crs``.
    crs
        A projected system in metres; empty where no file says one.
    """

    table: PlainTable
    xy: Vector
    crs: str


def points_in_metres(tables: Sequence[PlainTable], *, crs: str = "") -> tuple[PlainPoints, ...]:
    """Return the places of several tables in one projected system.

    Parameters
    ----------
    tables
        With shapes, or with columns asked for as ``x`` and ``y``.
    crs
        The system to measure in; by default the first one in metres that a file says.

    Returns
    -------
    tuple of PlainPoints
        Rows without a place are set aside; what was assumed is noted.

    Raises
    ------
    UsageError
        If ``crs`` is no projected system in metres.
    InvalidInputError
        If a file has no places, is in degrees or another unit and no system to measure in is known,
        or lies in another part of the world.
    """
    return in_one_system([located(table) for table in tables], crs=crs)


def in_one_system(points: Sequence[PlainPoints], *, crs: str = "") -> tuple[PlainPoints, ...]:
    """Return places that are in the systems of their files in one projected system.

    Raises
    ------
    UsageError, InvalidInputError
        As ``points_in_metres`` does.
    """
    if crs:
        _refuse_unless_metric(crs, Place(), kind=UsageError)
    stated = [stated_system(one) for one in points]
    target = crs or next((one for one in stated if one and _is_metric(one)), "")
    return tuple(_moved(one, system, target) for one, system in zip(points, stated, strict=True))


def located(table: PlainTable) -> PlainPoints:
    """Return the rows that have a place, with coordinates as the file has them."""
    xy, table = _coordinates(table)
    nowhere: Flags = np.asarray(~np.isfinite(xy).all(axis=1), dtype=np.bool_)
    table, xy = table.without(nowhere, say.NO_PLACE.at(table.place)), xy[~nowhere]
    zero = (xy == 0).all(axis=1)
    table, xy = table.without(zero, say.ZERO_PLACE.at(table.place)), xy[~zero]
    return PlainPoints(table=table.with_rows(), xy=xy, crs=table.crs)


def _coordinates(table: PlainTable) -> tuple[Vector, PlainTable]:
    import shapely

    if X in table.columns and Y in table.columns:
        return np.column_stack([table.number(X), table.number(Y)]), replace(table, crs="")
    if table.geometry is None:
        raise InvalidInputError(say.NO_SHAPES.at(table.place, known=table.known))
    shapes: Any = shapely.force_2d(table.geometry)
    kinds = shapely.get_type_id(shapes)
    n_others = int((kinds > _POINT).sum())
    if n_others:
        table = table.noting(say.MIDDLES_TAKEN.at(table.place, n_rows=n_others))
    middles = shapely.centroid(shapes)
    return np.column_stack([shapely.get_x(middles), shapely.get_y(middles)]), table


def stated_system(points: PlainPoints) -> str:
    """Return the system that coordinates are in, as the file says or as their size shows.

    Raises
    ------
    InvalidInputError
        If the file says one that is not known, or degrees that cannot be.
    """
    place = points.table.place
    like_degrees = bool(
        (np.abs(points.xy) <= [LARGEST_DEGREE, _LARGEST_LATITUDE]).all(axis=1).mean() > MOST
    )
    if not points.crs:
        return DEGREES if like_degrees else ""
    if not is_crs(points.crs):
        raise InvalidInputError(say.SYSTEM_UNKNOWN.at(place, value=points.crs))
    if as_crs(points.crs).is_geographic and not like_degrees:
        raise InvalidInputError(say.DEGREES_NOT_METRES.at(place))
    return points.crs


def _is_metric(crs: str) -> bool:
    system = as_crs(crs)
    return system.is_projected and all(axis.unit_name == "metre" for axis in system.axis_info[:2])


def _refuse_unless_metric(
    crs: str, place: Place, *, kind: type[UsageError | InvalidInputError], nearest: str = ""
) -> None:
    if not is_crs(crs):
        raise kind(say.SYSTEM_UNKNOWN.at(place, value=crs))
    if not _is_metric(crs):
        named = as_crs(crs).name
        raise kind(say.NOT_METRES.at(place, value=named, nearest=nearest))


def _moved(points: PlainPoints, stated: str, target: str) -> PlainPoints:
    """Return points in the target system; one that a file does not say is taken to be it."""
    from pyproj import Transformer

    table, xy = points.table, points.xy
    if not stated:
        kind = say.SYSTEM_TAKEN if target else say.METRES_TAKEN
        return PlainPoints(
            table=table.noting(kind.at(table.place, value=target)), xy=xy, crs=target
        )
    degrees = in_degrees(xy, Reading(crs=stated, swapped=False, kind=None))
    if not target:
        fits = metric_system("", degrees).crs
        if as_crs(stated).is_geographic:
            raise InvalidInputError(say.IN_DEGREES.at(table.place, nearest=fits))
        _refuse_unless_metric(stated, table.place, kind=InvalidInputError, nearest=fits)
    table = table.noting(*_elsewhere(table, degrees, target))
    if as_crs(stated) != as_crs(target):
        move = Transformer.from_crs(stated, target, always_xy=True)
        xy = np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    lost: Flags = np.asarray(~np.isfinite(xy).all(axis=1), dtype=np.bool_)
    table, xy = table.without(lost, say.NO_PLACE.at(table.place)), xy[~lost]
    return PlainPoints(table=table.with_rows(), xy=xy, crs=target)


def _elsewhere(table: PlainTable, degrees: Vector, target: str) -> list[Problem]:
    """Return what to say of places outside the part of the world that the system is for.

    Raises
    ------
    InvalidInputError
        If most places are there: then it is the columns or the system, not a slip.
    """
    outside = ~home_of(target).holds(degrees)
    if outside.mean() > MOST:
        raise InvalidInputError(say.ELSEWHERE.at(table.place, value=target))
    if not outside.any():
        return []
    first = table.at(int(np.flatnonzero(outside)[0]))
    return [say.SOME_ELSEWHERE.at(first, value=target, n_rows=int(outside.sum()))]
