"""The JSON Schema of ``dossier.json``, made from the dataclasses; printed when run as a module."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, cast

from evenground.dossier.model import FORMAT, Dossier
from evenground.dossier.shapes import (
    DATE_TAG,
    INFINITE,
    NUMBER_TAG,
    TAGGED,
    Make,
    Shape,
    fields_of,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS: Mapping[type[Any], Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"anyOf": [{"type": "number"}, {"enum": sorted(INFINITE)}]},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
}


def dossier_schema() -> dict[str, Any]:
    """Return the schema that every ``dossier.json`` of this format satisfies."""
    records = _records(Dossier, {})
    definitions = {kind.__name__: _record(kind) for kind in records if kind is not Dossier}
    top = _record(Dossier)
    top["properties"]["format"] = {"const": FORMAT}
    return {
        "$schema": DIALECT,
        "$id": f"urn:evenground:dossier:{FORMAT}",
        "title": "Evenground dossier",
        **top,
        "$defs": {**definitions, "Parameter": _parameter()},
    }


def schema_text() -> str:
    """Return the schema as the reference keeps it."""
    return json.dumps(dossier_schema(), ensure_ascii=False, indent=2) + "\n"


def _records(kind: type[Any], found: dict[type[Any], None]) -> dict[type[Any], None]:
    """Collect every dataclass of a dossier, in the order in which they are met."""
    if kind not in found:
        found[kind] = None
        for tagged in (*TAGGED.values(), *_kinds(tuple(fields_of(kind).values()))):
            _records(tagged, found)
    return found


def _kinds(shapes: tuple[Shape, ...]) -> list[type[Any]]:
    direct = [shape.kind for shape in shapes if shape.make is Make.RECORD]
    return direct + [kind for shape in shapes for kind in _kinds(shape.parts)]


def _record(kind: type[Any]) -> dict[str, Any]:
    shapes = fields_of(kind)
    return {
        "description": " ".join(inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0].split()),
        "type": "object",
        "properties": {name: _schema(shape) for name, shape in shapes.items()},
        "required": list(shapes),
        "additionalProperties": False,
    }


def _schema(shape: Shape) -> dict[str, Any]:
    schema = _BY_MAKE[shape.make](shape)
    if not shape.optional:
        return schema
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}


def _map(shape: Shape) -> dict[str, Any]:
    key, value = shape.parts
    names = {"propertyNames": {"pattern": r"^-?\d{1,9}$"}} if key.kind is int else {}
    return {"type": "object", **names, "additionalProperties": _schema(value)}


def _row(shape: Shape) -> dict[str, Any]:
    parts = [_schema(part) for part in shape.parts]
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}


def _choice(shape: Shape) -> dict[str, Any]:
    return {"enum": [member.value for member in cast("type[StrEnum]", shape.kind)]}


def _parameter() -> dict[str, Any]:
    """Return what a sentence or a cell may hold; dates and records are marked by a tag."""
    tagged = {tag: {"$ref": f"#/$defs/{kind.__name__}"} for tag, kind in TAGGED.items()}
    marked = {DATE_TAG: _SCALARS[date], NUMBER_TAG: {"enum": sorted(INFINITE)}, **tagged}
    return {
        "description": "A value that a sentence or a table cell may hold.",
        "anyOf": [
            {"type": ["null", "boolean", "number", "string"]},
            {"type": "array", "items": {"$ref": "#/$defs/Parameter"}},
            *(
                {
                    "type": "object",
                    "properties": {tag: schema},
                    "required": [tag],
                    "additionalProperties": False,
                }
                for tag, schema in marked.items()
            ),
            {
                "type": "object",
                "propertyNames": {"not": {"enum": list(marked)}},
                "additionalProperties": {"$ref": "#/$defs/Parameter"},
            },
        ],
    }


_BY_MAKE: Mapping[Make, Callable[[Shape], dict[str, Any]]] = {
    Make.RECORD: lambda shape: {"$ref": f"#/$defs/{shape.kind.__name__}"},
    Make.CHOICE: _choice,
    Make.LIST: lambda shape: {"type": "array", "items": _schema(shape.parts[0])},
    Make.ROW: _row,
    Make.MAP: _map,
    Make.SCALAR: lambda shape: dict(_SCALARS[shape.kind]),
    Make.PARAMETER: lambda _: {"$ref": "#/$defs/Parameter"},
    Make.PLAIN: lambda _: {"type": "object"},
}

if __name__ == "__main__":
    sys.stdout.write(schema_text())
