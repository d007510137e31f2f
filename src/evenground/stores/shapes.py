"""Shapes of a table: from the file itself, from a WKT column, or from x and y columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import ProblemKind, Severity
from evenground.language import N_
from evenground.schema import Column, Kind
from evenground.stores.cells.conversion import cells_of, convert
from evenground.stores.draft import Draft
from evenground.stores.listing import capped
from evenground.stores.rules import check_column
from evenground.stores.vector import check_vertices

BAD_WKT = ProblemKind(
    code="shape_unreadable",
    what=N_("{value} in {column} is not a shape."),
    rule=N_("Shapes in words are written as WKT, such as POINT (18.06 59.33)."),
    way_out=N_("Export the column again, or give x and y columns."),
)
WRONG_SHAPE = ProblemKind(
    code="wrong_shape",
    what=N_("Row {row} holds a {value}; the table {table} takes {known}."),
    rule=N_("The table is measured by shapes of that kind."),
    way_out=N_("Give row {row} a shape of that kind; the row is used without its shape."),
)
BROKEN_SHAPE = ProblemKind(
    code="broken_shape",
    severity=Severity.WARNING,
    what=N_("Shapes that cross themselves were repaired (rows: {n_rows}; the first is row {row})."),
    rule=N_("Such a shape has no clear inside."),
    way_out=N_("Repair it in a map program if its area looks wrong (Check validity)."),
)
HALF_A_PLACE = ProblemKind(
    code="half_a_place",
    what=N_("Only one of {column} is filled in (rows: {n_rows}; the first is row {row})."),
    rule=N_("A place needs both coordinates."),
    way_out=N_("Fill in the other one, or leave both empty."),
)
_COORDINATE = Column(name="x", kind=Kind.NUMBER, meaning="coordinate")
Shapes = NDArray[np.object_]


def shapes_of(draft: Draft) -> tuple[Shapes | None, str]:
    """Return the shapes beside the rows of the file and their coordinate system.

    The system is the file's own; the entry's ``crs`` stands in where the file does not say, and
    overrides it where both say (a defect that is listed when they differ is the caller's).
    """
    if not draft.schema.geometry:
        return None, ""
    geometry = draft.raw.geometry
    if geometry is None and draft.match.shape:
        geometry = _from_words(draft)
    if geometry is None and draft.match.x:
        geometry = _from_coordinates(draft)
    if geometry is None:
        return None, ""
    return _sound(draft, geometry), draft.entry.crs or draft.raw.crs


def _from_words(draft: Draft) -> Shapes:
    import shapely

    column = draft.match.shape
    cells = cells_of(draft.raw.columns[column])
    texts = [text if text.strip() else None for text in cells.texts]
    shapes = shapely.from_wkt(np.array(texts, dtype=object), on_invalid="ignore")
    for position, (text, shape) in enumerate(zip(texts, shapes, strict=True)):
        if text is not None and shape is None:
            rows = np.flatnonzero(cells.index == position)
            at = draft.at(int(rows[0]), column)
            draft.say(BAD_WKT.at(at, value=text, n_rows=len(rows)))
    found: Shapes = np.asarray(shapes, dtype=object)[cells.index]
    check_vertices(found, replace(draft.raw.place, column=column))
    return found


def _from_coordinates(draft: Draft) -> Shapes:
    import shapely

    names = (draft.match.x, draft.match.y)
    pair = [_coordinate(draft, name) for name in names]
    known = np.isfinite(pair[0]) & np.isfinite(pair[1])
    half = np.flatnonzero(np.isfinite(pair[0]) ^ np.isfinite(pair[1]))
    if len(half):
        at = draft.at(int(half[0]), " / ".join(names))
        draft.say(HALF_A_PLACE.at(at, n_rows=len(half)))
    shapes = np.full(len(known), None, dtype=object)
    shapes[known] = shapely.points(pair[0][known], pair[1][known])
    return shapes


def _coordinate(draft: Draft, name: str) -> NDArray[np.float64]:
    converted = convert(draft.raw.columns[name], _COORDINATE, draft.habits)
    values: Any = check_column(draft, _COORDINATE, name, converted).values.cast("float64")
    return values.to_numpy(zero_copy_only=False)


def _sound(draft: Draft, geometry: Shapes) -> Shapes:
    """Take out shapes of the wrong kind, drop heights, repair shapes that cross themselves."""
    import shapely

    geometry = shapely.force_2d(geometry)
    geometry[shapely.is_empty(geometry)] = None
    kinds = shapely.get_type_id(geometry)
    for name in np.unique(kinds[kinds >= 0]):
        label = shapely.GeometryType(name).name.title()
        known = {kind.casefold() for kind in draft.schema.geometry}
        if label.casefold() in known:
            continue
        listed = ", ".join(draft.schema.geometry)
        draft.say(
            *capped(
                WRONG_SHAPE.at(
                    draft.at(int(position), "geometry"), value=label, table=draft.schema.name,
                    known=listed,
                )
                for position in np.flatnonzero(draft.kept & (kinds == name))
            )
        )  # fmt: skip
        geometry[kinds == name] = None
    return _repaired(draft, geometry)


def _repaired(draft: Draft, geometry: Shapes) -> Shapes:
    import shapely

    present = shapely.get_type_id(geometry) >= 0
    broken = draft.kept & present & ~shapely.is_valid(geometry)
    if broken.any():
        first = int(np.flatnonzero(broken)[0])
        draft.say(BROKEN_SHAPE.at(draft.at(first, "geometry"), n_rows=int(broken.sum())))
        geometry[broken] = shapely.make_valid(geometry[broken], method="structure")
    return geometry
