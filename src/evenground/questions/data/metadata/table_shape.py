"""How a table is declared to be: the same whether it was written as Table Schema or as CSVW."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evenground.questions.data.datasheet.model import ColumnSheet, Datasheet
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds, Writing
from evenground.questions.data.measures.roles import Roles

MEANS: Mapping[str, str] = {
    "sensor": "http://www.w3.org/ns/sosa/madeBySensor",
    "time": "http://www.w3.org/ns/sosa/resultTime",
    "arrived": "http://purl.org/dc/terms/dateSubmitted",
    "values": "http://www.w3.org/ns/sosa/hasSimpleResult",
    "x": "http://www.w3.org/2003/01/geo/wgs84_pos#long",
    "y": "http://www.w3.org/2003/01/geo/wgs84_pos#lat",
    "area": "http://purl.org/dc/terms/spatial",
    "row_id": "http://purl.org/dc/terms/identifier",
}
"""Addresses by which others know what a column stands for (SOSA, Dublin Core, WGS84)."""
_HELD = {
    Holds.WHOLE: "integer",
    Holds.NUMBER: "number",
    Holds.FLAG: "boolean",
    Holds.DAY: "date",
    Holds.MOMENT: "datetime",
    Holds.MOMENT_UTC: "datetime",
}
_WRITTEN = (
    ("integer", (Writing.WHOLE,)),
    ("number", (Writing.WHOLE, Writing.POINT)),
    ("boolean", (Writing.FLAG,)),
    ("date", (Writing.DAY,)),
    ("datetime", (Writing.MOMENT, Writing.MOMENT_ZONED)),
    ("time", (Writing.CLOCK,)),
)
"""Types of a text column whose cells all look like these; the first that fits is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """Columns in order, each with what it may hold.

    ``primary_key`` names the columns that together may come once; ``placeholders`` are values that
    stand for none in every column; ``stands_for`` gives roles by column, where they are declared.
    """

    columns: Mapping[str, ColumnSheet]
    primary_key: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    stands_for: Mapping[str, str] = field(default_factory=dict[str, str])


def shape_of(sheet: Datasheet, profiles: Sequence[ColumnProfile] = ()) -> TableShape:
    """Return the shape that a datasheet declares, with the types that were found in the data.

    Only types are taken from the data: ranges and codes that were merely found are no rule.
    """
    names = [profile.name for profile in profiles] or list(sheet.columns)
    found = {profile.name: _type_of(profile) for profile in profiles}
    columns = {
        name: _typed(sheet.columns.get(name, ColumnSheet()), found.get(name, "")) for name in names
    }
    row_id = sheet.roles.row_id
    stands_for = {
        name: role for role in MEANS for name in _names(sheet.roles, role) if name in columns
    }
    return TableShape(
        columns=columns, primary_key=(row_id,) if row_id else (), stands_for=stands_for
    )


def sheet_with_shape(sheet: Datasheet, shape: TableShape) -> Datasheet:
    """Return a datasheet with what a shape declares wherever it says nothing itself."""
    columns = {
        name: _merged(sheet.columns.get(name, ColumnSheet()), declared, shape.placeholders)
        for name, declared in shape.columns.items()
    }
    return replace(sheet, columns={**sheet.columns, **columns}, roles=_roles(sheet.roles, shape))


def _merged(own: ColumnSheet, declared: ColumnSheet, placeholders: tuple[str, ...]) -> ColumnSheet:
    nothing = ColumnSheet()
    taken = {
        name: getattr(declared, name)
        for name in ColumnSheet.__dataclass_fields__
        if getattr(own, name) == getattr(nothing, name)
    }
    merged = replace(own, **taken)
    return replace(merged, placeholders=merged.placeholders or placeholders)


def _roles(roles: Roles, shape: TableShape) -> Roles:
    by_role: dict[str, list[str]] = {}
    for name, role in shape.stands_for.items():
        by_role.setdefault(role, []).append(name)
    if len(shape.primary_key) == 1:
        by_role.setdefault("row_id", [shape.primary_key[0]])
    values = tuple(by_role.pop("values", ()))
    single = {role: names[0] for role, names in by_role.items() if not getattr(roles, role)}
    return replace(roles, values=roles.values or values, **single)


def _names(roles: Roles, role: str) -> tuple[str, ...]:
    named = getattr(roles, role)
    return named if isinstance(named, tuple) else (named,)


def _typed(sheet: ColumnSheet, found: str) -> ColumnSheet:
    return sheet if sheet.kind or not found else replace(sheet, kind=found)


def _type_of(profile: ColumnProfile) -> str:
    if profile.holds is not Holds.TEXT:
        return _HELD.get(profile.holds, "")
    if profile.is_empty:
        return ""
    fitting = (k for k, writings in _WRITTEN if profile.share_written(writings) == 1)
    return next(fitting, "text")
