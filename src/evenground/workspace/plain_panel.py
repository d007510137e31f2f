"""A long table of areas and years as matrices: what was placed where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import InvalidInputError, Problem, ProblemKind, Severity
from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole
from evenground.schema import Kind
from evenground.stores.listing import capped
from evenground.workspace.plain_tables import PlainTable, Wanted

_SHOWN = 5
SAME_YEAR = ProblemKind(
    code="contradicting_row",
    what=N_("Row {row} has the same area and year as row {first}: {value}."),
    rule=N_("There is one row for each area and year; adding two up might count things twice."),
    way_out=N_("Delete one of the two rows, or add them up in the file."),
)
NOT_CONSTANT = ProblemKind(
    code="not_constant",
    severity=Severity.WARNING,
    what=N_(
        "{column} differs between years (areas: {n_rows}, such as {value}); the latest row of each "
        "counts."
    ),
    rule=N_("The same people are counted in all years, so that only placement changes."),
    way_out=N_("Give one value for each area."),
)
NOT_CONSTANT_FIRST = ProblemKind(
    code="not_constant",
    severity=Severity.WARNING,
    what=N_(
        "{column} differs between years (areas: {n_rows}, such as {value}); the first row of each "
        "counts."
    ),
    rule=N_("What stood before the first year is one number for each area."),
    way_out=N_("Give one value for each area."),
)
NOT_KNOWN = ProblemKind(
    code="not_known",
    severity=Severity.NOTE,
    what=N_("no {column} in any year of the area"),
    rule=N_("Without it the area cannot be compared."),
    way_out=N_("Fill it in for one year at least."),
)
NOBODY = ProblemKind(
    code="nobody",
    severity=Severity.NOTE,
    what=N_("nobody lives in the area (units there: {value})"),
    rule=N_("Placement by people puts none there."),
    way_out=N_("Join the area to one where people live if its units are for them."),
)
NO_ROW = ProblemKind(
    code="no_row",
    severity=Severity.WARNING,
    what=N_("Areas and years without a row: {value}. Nothing is taken to have been placed there."),
    rule=N_("A table of what was placed may leave out where nothing was."),
    way_out=N_("Add rows with 0 if that is right, or the missing numbers."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPanel:
    """Years by areas.

    Attributes
    ----------
    years, shape (n_years,)
        In order, only those that have a row.
    areas
        Names, in the order of the file.
    new, shape (n_years, n_areas)
        Units newly placed.
    people, need, before, shape (n_areas,)
        One value for each area; ``need`` and ``before`` may be unknown.
    group
        The group of each area.
    public, private, shape (n_years, n_areas)
        Money, if both are known.
    """

    years: Whole
    areas: tuple[str, ...]
    new: Vector
    people: Vector
    need: Vector | None = None
    before: Vector | None = None
    group: tuple[str, ...] | None = None
    public: Vector | None = None
    private: Vector | None = None


def panel_columns(**named: str) -> dict[str, Wanted]:
    """Return the columns to read, those that are not named left out."""
    wanted = {
        "area": Wanted(column=named["area"], option="--area", kind=Kind.TEXT, names_rows=True),
        "year": Wanted(column=named["year"], option="--year", whole=True),
        "units": Wanted(column=named["units"], option="--units", low=0.0, whole=True),
        "people": Wanted(column=named["people"], option="--people", low=0.0, may_lack=True),
        "need": Wanted(column=named["need"], option="--need", may_lack=True),
        "before": Wanted(
            column=named["before"], option="--before", low=0.0, whole=True, may_lack=True
        ),
        "group": Wanted(column=named["group"], option="--group", kind=Kind.TEXT, may_lack=True),
        "public": Wanted(column=named["public"], option="--public", low=0.0),
        "private": Wanted(column=named["private"], option="--private", low=0.0),
    }
    return {name: one for name, one in wanted.items() if one.column}


def panel_of(table: PlainTable) -> tuple[PlainPanel, PlainTable]:
    """Return the table as matrices, and the rows in use.

    Rows of areas without people, need or group are set aside whole; what was assumed is noted.

    Raises
    ------
    InvalidInputError
        If an area has two rows for a year, or no row is left.
    """
    _refuse_repeated(table)
    for name in ("people", "need", "group"):
        if name in table.columns:
            table = _without_unknown(table, name)
    table = _without_people(table).with_rows().with_something("people")
    years, at_year = np.unique(table.number("year").astype(np.int64), return_inverse=True)
    areas = tuple(dict.fromkeys(table.texts("area")))
    place = {name: at for at, name in enumerate(areas)}
    at_area = np.array([place[name] for name in table.texts("area")], dtype=np.int64)
    cell = (at_year, at_area)
    shape = (years.size, len(areas))
    values, notes = _constants(table)
    n_missing = shape[0] * shape[1] - table.n_used
    if n_missing:
        notes.append(NO_ROW.at(table.place, value=n_missing))
    laid = {
        name: _laid_out(table.number(name), cell, shape)
        for name in ("units", "public", "private")
        if name in table.columns
    }
    groups = values.get("group")
    panel = PlainPanel(
        years=years.astype(np.int64),
        areas=areas,
        new=laid["units"],
        people=values["people"].astype(np.float64),
        need=values["need"].astype(np.float64) if "need" in values else None,
        before=np.nan_to_num(values["before"].astype(np.float64)) if "before" in values else None,
        group=None if groups is None else tuple(str(one) for one in groups),
        public=laid.get("public"),
        private=laid.get("private"),
    )
    return panel, table.noting(*notes)


def _laid_out(values: Vector, cell: tuple[Whole, Whole], shape: tuple[int, int]) -> Vector:
    laid = np.zeros(shape)
    laid[cell] = values
    return laid


def _refuse_repeated(table: PlainTable) -> None:
    names = [
        f"{area}, {year:g}"
        for area, year in zip(table.texts("area"), table.number("year"), strict=True)
    ]
    first: dict[str, int] = {}
    again = [at for at, name in enumerate(names) if first.setdefault(name, at) != at]
    if again:
        raise InvalidInputError(
            *capped(
                SAME_YEAR.at(table.at(at), value=names[at], first=int(table.rows[first[names[at]]]))
                for at in again
            )
        )


def _is_known(values: NDArray[Any]) -> Flags:
    if values.dtype == np.object_:
        return np.array([bool(text) for text in values], dtype=np.bool_)
    return np.isfinite(values.astype(np.float64))


def _without_unknown(table: PlainTable, name: str) -> PlainTable:
    """Set the rows of areas aside that have no value in any year."""
    known = _is_known(table.columns[name])
    areas = table.texts("area")
    has = {area for area, yes in zip(areas, known, strict=True) if yes}
    out = np.array([area not in has for area in areas], dtype=np.bool_)
    place = replace(table.place, column=table.wanted[name].column)
    return table.without(out, NOT_KNOWN.at(place))


def _without_people(table: PlainTable) -> PlainTable:
    """Set the rows of areas aside where nobody lives, by the latest number."""
    if not table.n_used:
        return table
    latest = _latest(table, "people", table.number("year"))
    out = np.array([latest[area] == 0 for area in table.texts("area")], dtype=np.bool_)
    if out.all():
        return table
    units = int(table.number("units")[out].sum())
    return table.without(out, NOBODY.at(table.place, value=units))


def _latest(table: PlainTable, name: str, order: Vector) -> dict[str, Any]:
    """Return the last known value of each area, rows taken in ``order``."""
    values, areas = table.columns[name], table.texts("area")
    known = _is_known(values)
    return {areas[at]: values[at] for at in np.argsort(order, kind="stable").tolist() if known[at]}


def _constants(table: PlainTable) -> tuple[dict[str, NDArray[Any]], list[Problem]]:
    """Return one value for each area of what does not change, and which areas' values differ."""
    areas = tuple(dict.fromkeys(table.texts("area")))
    found: dict[str, NDArray[Any]] = {}
    notes: list[Problem] = []
    for name in ("people", "need", "before", "group"):
        if name not in table.columns:
            continue
        first_counts = name == "before"
        order = -table.number("year") if first_counts else table.number("year")
        kept = _latest(table, name, order)
        nothing = np.nan if table.columns[name].dtype != np.object_ else ""
        kind = table.columns[name].dtype
        found[name] = np.array([kept.get(area, nothing) for area in areas], dtype=kind)
        differ = _differing(table, name, kept)
        if differ:
            more = ", …" if len(differ) > _SHOWN else ""
            place = replace(table.place, column=table.wanted[name].column)
            words = ", ".join(differ[:_SHOWN]) + more
            said = NOT_CONSTANT_FIRST if first_counts else NOT_CONSTANT
            notes.append(said.at(place, value=words, n_rows=len(differ)))
    return found, notes


def _differing(table: PlainTable, name: str, kept: dict[str, Any]) -> Sequence[str]:
    values, areas = table.columns[name], table.texts("area")
    known = _is_known(values)
    return list(
        dict.fromkeys(
            areas[at] for at in np.flatnonzero(known).tolist() if values[at] != kept[areas[at]]
        )
    )
