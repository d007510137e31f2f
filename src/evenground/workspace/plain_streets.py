"""Streets of a plain file: lines, and the names of their ends and the ways they go if asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground.errors import InvalidInputError, Place, UsageError
from evenground.methods.network import (
    BACKWARD,
    BOTH,
    FORWARD,
    StreetNetwork,
    network_from_lines,
    network_from_named_ends,
)
from evenground.methods.validation import Flags
from evenground.schema import Kind
from evenground.stores.listing import capped
from evenground.workspace import street_messages as say
from evenground.workspace.coordinates import as_crs
from evenground.workspace.plain_points import PlainPoints, in_one_system, located, stated_system
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

SNAP_METRES = 1.0
"""How far apart ends may lie that meet: what is usual among hand-drawn lines."""
ELSEWHERE_METRES = 5_000.0
"""Where most places lie farther than this from any street, the streets are another town's."""
WAYS: Mapping[str, int] = {
    **dict.fromkeys(("", "0", "no", "n", "false", "both", "b"), BOTH),
    **dict.fromkeys(("1", "yes", "y", "true", "forward", "ft"), FORWARD),
    **dict.fromkeys(("-1", "reverse", "backward", "tf"), BACKWARD),
}
"""What files call the way a street goes, capitals aside: OpenStreetMap, road authorities."""
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetColumns:
    """What the file of streets calls its columns, empty where none is asked for.

    Attributes
    ----------
    one_way
        Which way a street goes.
    start, end
        Names of the nodes where it starts and ends.
    snap
        Metres within which ends without names meet; ``None`` for the usual.
    """

    one_way: str = ""
    start: str = ""
    end: str = ""
    snap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStreets:
    """Streets, with the places of other tables in the same system.

    Attributes
    ----------
    table
        Rows of the file of streets.
    network
        In metres.
    places
        Other tables with a place for each row, in the order given.
    crs
        The system; empty where no file says one.
    """

    table: PlainTable
    network: StreetNetwork
    places: tuple[PlainPoints, ...]
    crs: str


def read_streets(path: Path, named: StreetColumns, *, layout: Layout) -> PlainTable:
    """Return the streets of a file: rows with a line that has a length.

    Raises
    ------
    UsageError
        If one of the columns of nodes is named without the other, or with a distance to snap.
    InvalidInputError
        If the file holds no shapes, or some that are no lines (each is listed).
    EvengroundError
        As ``read_plain_table`` does.
    """
    if bool(named.start) != bool(named.end):
        raise UsageError(say.ONE_END.at(Place(), value=named.start or named.end))
    if named.start and named.snap is not None:
        raise UsageError(say.NAMED_AND_SNAPPED.at(Place(), value=f"{named.snap:g}"))
    asked = {"one_way": ("--one-way", named.one_way), "start": ("--from-node", named.start),
             "end": ("--to-node", named.end)}  # fmt: skip
    wanted = {
        name: Wanted(column=column, option=option, kind=Kind.TEXT, may_lack=True)
        for name, (option, column) in asked.items()
        if column
    }
    table = read_plain_table(path, wanted, layout=layout)
    if table.geometry is None:
        raise InvalidInputError(say.NO_STREETS.at(table.place, known=table.known))
    return _with_lines(table, table.geometry)


def streets_with(
    streets: PlainTable, tables: tuple[PlainTable, ...], *, named: StreetColumns, crs: str = ""
) -> PlainStreets:
    """Return the network of streets and the places of other tables, all in one system.

    Parameters
    ----------
    streets
        From ``read_streets``.
    tables
        With shapes, or with columns asked for as ``x`` and ``y``.
    named
        What the file of streets calls its columns.
    crs
        The system to measure in; by default the first one in metres that a file says.

    Raises
    ------
    UsageError, InvalidInputError
        As ``points_in_metres`` does; or if a way is not understood (each is listed).
    """
    ways = _ways(streets)
    streets = replace(streets, columns={**streets.columns, "way": ways})
    start = _starts(streets)
    stated = stated_system(start)
    *places, moved = in_one_system((*map(located, tables), start), crs=crs)
    table, lines = _moved_lines(moved.table, stated, moved.crs)
    way = table.columns["way"] if named.one_way else None
    if named.start:
        names = (table.texts("start"), table.texts("end"))
        network = network_from_named_ends(lines, names, way=way)
    else:
        snap = SNAP_METRES if named.snap is None else named.snap
        network = network_from_lines(lines, tolerance=snap, way=way)
    return PlainStreets(table=table, network=network, places=tuple(places), crs=moved.crs)


def _with_lines(table: PlainTable, shapes: NDArray[np.object_]) -> PlainTable:
    """Return the rows whose lines have a length.

    Raises
    ------
    InvalidInputError
        If a shape is no line; or if no row is left.
    """
    kinds = shapely.get_type_id(shapes)
    nothing: Flags = np.asarray(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    others = np.flatnonzero(~nothing & ~np.isin(kinds, _LINES))
    if others.size:
        raise InvalidInputError(
            *capped(say.NO_LINE.at(table.at(int(at)), value=shapes[at].geom_type) for at in others)
        )
    without: Flags = np.asarray(nothing | (shapely.length(shapes) == 0), dtype=np.bool_)
    return table.without(without, say.NO_LENGTH.at(table.place)).with_rows()


def _starts(table: PlainTable) -> PlainPoints:
    """Return streets with a place for each: its first corner, as the file has it."""
    corners, line = shapely.get_coordinates(table.geometry, return_index=True)
    first = np.unique(line, return_index=True)[1]
    return PlainPoints(table=table, xy=corners[first], crs=table.crs)


def _moved_lines(
    table: PlainTable, stated: str, target: str
) -> tuple[PlainTable, NDArray[np.object_]]:
    """Return streets with lines in the target system; those that it does not hold are set aside."""
    from pyproj import Transformer

    lines: Any = shapely.force_2d(table.geometry)
    if stated and as_crs(stated) != as_crs(target):
        move = Transformer.from_crs(stated, target, always_xy=True)
        corners, line = shapely.get_coordinates(lines, return_index=True)
        moved = np.column_stack(move.transform(corners[:, 0], corners[:, 1]))
        lines = shapely.set_coordinates(lines, moved)
        lost = np.bincount(line[~np.isfinite(moved).all(axis=1)], minlength=lines.size) > 0
        table, lines = table.without(lost, say.NO_LENGTH.at(table.place)).with_rows(), lines[~lost]
    return table, np.asarray(lines, dtype=np.object_)


def _ways(table: PlainTable) -> NDArray[np.int8]:
    """Return the way each street goes.

    Raises
    ------
    InvalidInputError
        If a word is not understood; each is listed once.
    """
    if "one_way" not in table.columns:
        return np.full(table.n_used, BOTH, dtype=np.int8)
    texts = [text.strip().casefold().removesuffix(".0") for text in table.texts("one_way")]
    odd = {text: at for at, text in reversed(list(enumerate(texts))) if text not in WAYS}
    if odd:
        shown = table.texts("one_way")
        raise InvalidInputError(
            *capped(
                say.UNKNOWN_WAY.at(
                    table.at(at, "one_way"), value=shown[at], n_rows=texts.count(texts[at])
                )
                for at in sorted(odd.values())
            )
        )
    return np.array([WAYS[text] for text in texts], dtype=np.int8)
