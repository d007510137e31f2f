"""A datasheet as plain values, in the shape in which it is read; what is empty is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, cast

from evenground.questions.data.datasheet.model import Datasheet, Pair
from evenground.questions.data.measures.roles import Form, Roles

_NOT_IN_ROLES = ("zone", "crs")
"""Roles that stand at the top of a datasheet."""


def as_mapping(sheet: Datasheet) -> dict[str, Any]:
    """Return a datasheet as plain values: texts, numbers, dates, lists and tables.

    ``datasheet_of`` reads them back to an equal datasheet.
    """
    return {
        field.name: value
        for field in fields(sheet)
        if (value := _plain(getattr(sheet, field.name))) not in _NOTHING
    }


_NOTHING: tuple[Any, ...] = (None, "", [], {}, ())


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, object]", value)
        return {str(name): _plain(one) for name, one in inner.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[object, ...]", value)]
    if is_dataclass(value) and not isinstance(value, type):
        return _part(value)
    return value.value if isinstance(value, Enum) else value


def _part(value: object) -> dict[str, Any]:
    if isinstance(value, Roles):
        return _roles(value)
    if isinstance(value, Pair):
        return {"sensors": [value.first, value.second], **_filled(value, ("first", "second"))}
    return _filled(value)


def _filled(value: Any, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of a part that differ from what they are when nothing is said."""
    found: dict[str, Any] = {}
    for field in fields(value):
        plain = _plain(getattr(value, field.name))
        unsaid = plain in _NOTHING or (plain is False and field.default is False)
        if field.name not in but and not unsaid:
            found[field.name] = plain
    return found


def _roles(roles: Roles) -> dict[str, Any]:
    found = _filled(roles, _NOT_IN_ROLES)
    return {} if found == {"form": Form.ROWS.value} else found
