"""CSV on the Web metadata, in and out.

Source: W3C 2015, Metadata Vocabulary for Tabular Data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from evenground.questions.data.datasheet.model import ColumnSheet
from evenground.questions.data.metadata.table_shape import MEANS, TableShape

CONTEXT = "http://www.w3.org/ns/csvw"
_KINDS = {
    "text": "string", "integer": "integer", "number": "number", "boolean": "boolean",
    "date": "date", "datetime": "datetime", "time": "time",
}  # fmt: skip
_WHOLE = {
    "integer", "long", "int", "short", "byte", "nonnegativeinteger", "positiveinteger",
    "unsignedlong", "unsignedint", "unsignedshort", "unsignedbyte", "nonpositiveinteger",
    "negativeinteger", "gyear",
}  # fmt: skip
_NUMBER = {"number", "decimal", "double", "float"}
_SAME = {
    "string": "text", "normalizedstring": "text", "token": "text", "anyuri": "text",
    "boolean": "boolean", "date": "date", "datetime": "datetime", "datetimestamp": "datetime",
    "time": "time",
}  # fmt: skip
_ROLES = {address: role for role, address in MEANS.items()}
_WORD = r"(?:[^|()\\^$.*+?\[\]{}]|\\.)+"
_CLOSED = re.compile(rf"\^\(({_WORD}(?:\|{_WORD})*)\)\$|({_WORD}(?:\|{_WORD})+)")
"""A pattern that only lists words: ``^(A|B)$`` or ``A|B``."""
Fields = Mapping[str, Any]


def is_csvw(document: Fields) -> bool:
    """Tell whether a parsed JSON document is CSVW metadata."""
    context = document.get("@context")
    listed = cast("list[object]", context) if isinstance(context, list) else [context]
    return CONTEXT in listed


def read_csvw(document: Fields, *, url: str = "") -> TableShape:
    """Read the metadata of one table: the one at ``url``, or the first.

    Columns are called by their titles, as a header shows them, and by their names otherwise.
    """
    schema = _schema(document, url)
    columns: dict[str, ColumnSheet] = {}
    called: dict[str, str] = {}
    stands_for: dict[str, str] = {}
    listed = schema.get("columns")
    for one in cast("list[object]", listed) if isinstance(listed, list) else []:
        given = cast("Fields", one) if isinstance(one, Mapping) else {}
        title = _title(given)
        if not title or given.get("virtual") is True:
            continue
        columns[title] = _column(given)
        called[unquote(str(given.get("name") or title))] = title
        if role := _ROLES.get(str(given.get("propertyUrl", ""))):
            stands_for[title] = role
    key = tuple(called.get(unquote(name), name) for name in _texts(schema.get("primaryKey")))
    null = tuple(text for text in _texts(schema.get("null")) if text)
    return TableShape(columns=columns, primary_key=key, placeholders=null, stands_for=stands_for)


def as_csvw(shape: TableShape, *, url: str) -> dict[str, Any]:
    """Return a shape as CSVW metadata of the table at ``url``."""
    names = {title: f"c{position}" for position, title in enumerate(shape.columns, start=1)}
    schema: dict[str, Any] = {
        "columns": [_written(names[title], title, shape) for title in shape.columns],
        "null": ["", *shape.placeholders],
    }
    if shape.primary_key:
        schema["primaryKey"] = [names[title] for title in shape.primary_key if title in names]
    return {"@context": CONTEXT, "url": url, "tableSchema": schema}


def _schema(document: Fields, url: str) -> Fields:
    listed = document.get("tables")
    tables = [
        cast("Fields", one)
        for one in (cast("list[object]", listed) if isinstance(listed, list) else [document])
        if isinstance(one, Mapping)
    ]
    chosen = [one for one in tables if one.get("url") == url] or tables or [document]
    inner = chosen[0].get("tableSchema")
    return cast("Fields", inner) if isinstance(inner, Mapping) else {}


def _title(given: Fields) -> str:
    titles = given.get("titles")
    if isinstance(titles, Mapping):
        titles = next(iter(cast("Fields", titles).values()), "")
    found = _texts(titles)
    return found[0] if found else unquote(str(given.get("name") or ""))


def _column(given: Fields) -> ColumnSheet:
    datatype = given.get("datatype")
    kind: Fields = cast("Fields", datatype) if isinstance(datatype, Mapping) else {"base": datatype}
    written = kind.get("format")
    pattern = written if isinstance(written, str) else ""
    held: Fields = cast("Fields", written) if isinstance(written, Mapping) else {}
    type_of = _type_of(str(kind.get("base") or ""))
    codes = _codes(pattern) if type_of == "text" else {}
    return ColumnSheet(
        meaning=_first(given, "dc:description", "dcterms:description", "rdfs:comment"),
        unit=_first(given, "schema:unitText", "unit"),
        kind=type_of,
        format="" if codes else pattern,
        decimal="," if held.get("decimalChar") == "," else "",
        low=_number(kind, "minimum", "minInclusive"),
        high=_number(kind, "maximum", "maxInclusive"),
        placeholders=tuple(text for text in _texts(given.get("null")) if text),
        codes=codes,
        required=given.get("required") is True,
    )


def _type_of(name: str) -> str:
    plain = name.rpartition("#")[2].casefold()
    if plain in _WHOLE:
        return "integer"
    return "number" if plain in _NUMBER else _SAME.get(plain, "")


def _codes(pattern: str) -> dict[str, str]:
    found = _CLOSED.fullmatch(pattern)
    if found is None:
        return {}
    parts = re.findall(r"(?:[^|\\]|\\.)+", found[1] or found[2])
    return dict.fromkeys((re.sub(r"\\(.)", r"\1", part) for part in parts), "")


def _written(name: str, title: str, shape: TableShape) -> dict[str, Any]:
    one = shape.columns[title]
    said = {
        "name": name,
        "titles": title,
        "dc:description": one.meaning,
        "schema:unitText": one.unit,
        "datatype": _datatype(one),
        "required": one.required,
        "null": ["", *one.placeholders] if one.placeholders else None,
        "propertyUrl": MEANS.get(shape.stands_for.get(title, ""), ""),
    }
    return {key: value for key, value in said.items() if value}


def _datatype(one: ColumnSheet) -> Any:
    base = _KINDS.get(one.kind, "string" if one.codes else "")
    listed = "|".join(re.escape(code) for code in one.codes)
    said: dict[str, Any] = {
        "base": base,
        "format": f"^({listed})$" if listed and base == "string" else one.format,
        "minimum": _short(one.low),
        "maximum": _short(one.high),
    }
    if one.decimal == "," and base in {"number", "integer"}:
        said["format"] = {"decimalChar": ","}
    kept = {key: value for key, value in said.items() if value not in (None, "")}
    return base if set(kept) <= {"base"} else kept


def _short(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


def _number(kind: Fields, *names: str) -> float | None:
    for name in names:
        value = kind.get(name)
        try:
            if value is not None and not isinstance(value, bool):
                return float(str(value))
        except ValueError:
            continue  # the limit of a date
    return None


def _first(given: Fields, *names: str) -> str:
    for name in names:
        value = given.get(name)
        if isinstance(value, Mapping):
            value = cast("Fields", value).get("@value")
        if value:
            return str(value)
    return ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in cast("list[object]", value)) if isinstance(value, list) else ()
