"""Frictionless Table Schema, in and out.

Source: Frictionless Standards, Table Schema version 2.0 (2024); ``categories`` and field-level
``missingValues`` are of that version, everything else of version 1 as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from evenground.questions.data.datasheet.model import ColumnSheet
from evenground.questions.data.metadata.table_shape import MEANS, TableShape

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {
    "string": "text", "integer": "integer", "number": "number", "boolean": "boolean",
    "date": "date", "datetime": "datetime", "time": "time", "year": "integer",
}  # fmt: skip
_KINDS = {
    "text": "string", "integer": "integer", "number": "number", "boolean": "boolean",
    "date": "date", "datetime": "datetime", "time": "time",
}  # fmt: skip
_ROLES = {address: role for role, address in MEANS.items()}
Fields = Mapping[str, Any]


def is_table_schema(document: Fields) -> bool:
    """Tell whether a parsed JSON document is a Table Schema or a data package with one."""
    return isinstance(_schema(document).get("fields"), list)


def read_table_schema(document: Fields) -> TableShape:
    """Read a Table Schema, alone or as that of a data package's first resource.

    What it says beyond types, constraints, missing values, keys and meanings is left out.
    """
    schema = _schema(document)
    columns: dict[str, ColumnSheet] = {}
    stands_for: dict[str, str] = {}
    listed = schema.get("fields")
    for one in cast("list[object]", listed) if isinstance(listed, list) else []:
        if isinstance(one, Mapping) and cast("Fields", one).get("name"):
            given = cast("Fields", one)
            name = str(given["name"])
            columns[name] = _column(given)
            if role := _ROLES.get(str(given.get("rdfType", ""))):
                stands_for[name] = role
    return TableShape(
        columns=columns,
        primary_key=_texts(schema.get("primaryKey")),
        placeholders=tuple(text for text in _texts(schema.get("missingValues")) if text),
        stands_for=stands_for,
    )


def as_table_schema(shape: TableShape) -> dict[str, Any]:
    """Return a shape as a Table Schema."""
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "fields": [_field(name, one, shape) for name, one in shape.columns.items()],
        "missingValues": ["", *shape.placeholders],
    }
    if shape.primary_key:
        schema["primaryKey"] = list(shape.primary_key)
    return schema


def _schema(document: Fields) -> Fields:
    listed = document.get("resources")
    resources = [
        cast("Fields", one)
        for one in (cast("list[object]", listed) if isinstance(listed, list) else [])
        if isinstance(one, Mapping)
    ]
    described = resources[0] if resources else document
    inner = described.get("schema")
    return cast("Fields", inner) if isinstance(inner, Mapping) else described


def _column(given: Fields) -> ColumnSheet:
    held = given.get("constraints")
    limits: Fields = cast("Fields", held) if isinstance(held, Mapping) else {}
    title, description = str(given.get("title") or ""), str(given.get("description") or "")
    written = str(given.get("format") or "")
    return ColumnSheet(
        meaning=description or title,
        unit=str(given.get("unit") or ""),
        kind=_TYPES.get(str(given.get("type") or ""), ""),
        format="" if written in {"default", "any"} else written,
        decimal="," if given.get("decimalChar") == "," else "",
        low=_number(limits.get("minimum")),
        high=_number(limits.get("maximum")),
        placeholders=tuple(text for text in _texts(given.get("missingValues")) if text),
        codes=_codes(given, limits),
        required=limits.get("required") is True,
        unique=limits.get("unique") is True,
    )


def _codes(given: Fields, limits: Fields) -> dict[str, str]:
    listed = given.get("categories")
    if not isinstance(listed, list):
        return dict.fromkeys(_texts(limits.get("enum")), "")
    codes: dict[str, str] = {}
    for one in cast("list[object]", listed):
        if isinstance(one, Mapping):
            entry = cast("Fields", one)
            codes[str(entry.get("value"))] = str(entry.get("label") or "")
        else:
            codes[str(one)] = ""
    return codes


def _field(name: str, one: ColumnSheet, shape: TableShape) -> dict[str, Any]:
    role = shape.stands_for.get(name, "")
    limits = {
        "required": one.required or None,
        "unique": one.unique or None,
        "minimum": _short(one.low),
        "maximum": _short(one.high),
        "enum": list(one.codes) or None,
    }
    kept = {key: value for key, value in limits.items() if value is not None}
    labelled = [{"value": code, "label": label} for code, label in one.codes.items() if label]
    said = {
        "name": name,
        "type": _KINDS.get(one.kind, "any"),
        "description": one.meaning,
        "unit": one.unit,
        "format": one.format,
        "decimalChar": one.decimal,
        "rdfType": MEANS.get(role, ""),
        "missingValues": ["", *one.placeholders] if one.placeholders else None,
        "categories": labelled if len(labelled) == len(one.codes) else None,
        "constraints": kept,
    }
    return {key: value for key, value in said.items() if value or key == "name"}


def _short(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


def _number(value: object) -> float | None:
    try:
        return None if value is None or isinstance(value, bool) else float(str(value))
    except ValueError:
        return None  # the limit of a date or a text


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return ()
    found: list[str] = []
    for one in cast("list[object]", value):
        inner = cast("Fields", one).get("value") if isinstance(one, Mapping) else one
        found.append(str(inner))
    return tuple(found)
