"""Plain JSON values as a dossier's parts, every type and range checked on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, cast

from evenground.dossier.model import FirstScreen
from evenground.dossier.problems import NOT_A_DOSSIER
from evenground.dossier.shapes import (
    DATE_TAG,
    INFINITE,
    NUMBER_TAG,
    TAGGED,
    Make,
    Shape,
    fields_of,
)
from evenground.errors import FormatError, Place
from evenground.initiative import Option, ProblemStatement
from evenground.language import N_

LATER: Mapping[type[Any], frozenset[str]] = {
    ProblemStatement: frozenset({"worse_when", "in_links"}),
    Option: frozenset({"acts_on"}),
    FirstScreen: frozenset({"sealed"}),
}
"""Fields that came after dossiers of this format had been written; each has a default."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def decode(record: type[Any], value: Any, *, path: str = "") -> Any:
    """Return the dataclass that ``value`` describes; ``path`` is where it stands in the file.

    Raises
    ------
    FormatError
        If a field is missing, unknown, of another type, or breaks a rule of its dataclass. What
        older dossiers could not hold yet may be missing, and is as if nobody had said it.
    """
    known = fields_of(record)
    given = _object(value, path)
    later = LATER.get(record, frozenset())
    for name in (*known, *given):
        if name not in given and name not in later:
            raise _wrong(f"{path}.{name}".strip("."), N_("given"), N_("missing"))
        if name not in known:
            raise _wrong(
                f"{path}.{name}".strip("."), N_("absent: nothing has that name"), given[name]
            )
    parts = {
        name: _decoded(given[name], shape, f"{path}.{name}".strip("."))
        for name, shape in known.items()
        if name in given
    }
    try:
        return record(**parts)
    except ValueError as broken:
        raise _wrong(path, N_("consistent"), broken) from broken


def _decoded(value: Any, shape: Shape, path: str) -> Any:
    if value is None and shape.optional:
        return None
    return _BY_MAKE[shape.make](value, shape, path)


def _plain(value: Any, _shape: Shape, _path: str) -> Any:
    return value


def _record(value: Any, shape: Shape, path: str) -> Any:
    return decode(shape.kind, value, path=path)


def _map(value: Any, shape: Shape, path: str) -> dict[Any, Any]:
    keys, values = shape.parts
    found: dict[Any, Any] = {}
    for key, item in _object(value, path).items():
        if keys.kind is int and not re.fullmatch(r"-?\d{1,9}", key):
            raise _wrong(path, N_("keyed by whole numbers"), key)
        found[keys.kind(key)] = _decoded(item, values, f"{path}.{key}")
    return found


def _list(value: Any, shape: Shape, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(path, N_("a list"), value)
    items = cast("list[Any]", value)
    shapes = shape.parts if shape.make is Make.ROW else shape.parts * len(items)
    if len(shapes) != len(items):
        raise _wrong(path, N_("as long as its schema says"), value)
    return tuple(
        _decoded(item, part, f"{path}[{place}]")
        for place, (item, part) in enumerate(zip(items, shapes, strict=True))
    )


def _choice(value: Any, shape: Shape, path: str) -> Any:
    members = {member.value: member for member in cast("type[StrEnum]", shape.kind)}
    if not isinstance(value, str) or value not in members:
        raise _wrong(path, ", ".join(members), value)
    return members[value]


def _scalar(value: Any, shape: Shape, path: str) -> Any:
    if shape.kind is float:
        if isinstance(value, str) and value in INFINITE:
            return INFINITE[value]
        if type(value) in (int, float):
            return value
        raise _wrong(path, N_("a number"), value)
    if shape.kind is date:
        return _day(value, path)
    if type(value) is not shape.kind:
        expected = {str: N_("a text"), int: N_("a whole number"), bool: N_("true or false")}
        raise _wrong(path, expected[shape.kind], value)
    return value


def _day(value: Any, path: str) -> date:
    fault = _wrong(path, N_("a day such as 2026-03-01"), value)
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise fault
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise fault from None


def _parameter(value: Any, shape: Shape, path: str) -> Any:
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return tuple(
            _parameter(item, shape, f"{path}[{place}]") for place, item in enumerate(items)
        )
    if not isinstance(value, dict):
        return value
    given = cast("dict[str, Any]", value)
    if len(given) == 1:
        ((tag, inner),) = given.items()
        if tag == DATE_TAG:
            return _day(inner, path)
        if tag == NUMBER_TAG and isinstance(inner, str) and inner in INFINITE:
            return INFINITE[inner]
        if tag in TAGGED:
            return decode(TAGGED[tag], inner, path=path)
    return {key: _parameter(item, shape, f"{path}.{key}") for key, item in given.items()}


def _object(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, N_("an object"), value)
    return cast("dict[str, Any]", value)


def _wrong(path: str, expected: str, value: object) -> FormatError:
    place = Place(column=path or N_("the dossier"))
    return FormatError(NOT_A_DOSSIER.at(place, value=value, expected=expected))


_BY_MAKE: Mapping[Make, Callable[[Any, Shape, str], Any]] = {
    Make.RECORD: _record,
    Make.CHOICE: _choice,
    Make.LIST: _list,
    Make.ROW: _list,
    Make.MAP: _map,
    Make.SCALAR: _scalar,
    Make.PARAMETER: _parameter,
    Make.PLAIN: _plain,
}
