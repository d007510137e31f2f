"""What each part of a dossier is made of, read from its dataclass, for file and schema alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from evenground.evidence import Estimate, Message

PLAIN_FIELDS = frozenset({"spec", "datasets"})
"""Fields that hold plain JSON: what they hold is for a drawing program, not for sentences."""

TAGGED: Mapping[str, type[Any]] = {
    "$estimate": Estimate,
    "$message": Message,
}
"""What a sentence or a table cell may hold beside text and numbers, and how it is marked."""

DATE_TAG = "$date"
NUMBER_TAG = "$number"
INFINITE: Mapping[str, float] = {"infinity": float("inf"), "-infinity": float("-inf")}
"""How an interval without an end is written; JSON has no number for it."""


class Make(StrEnum):
    """What a field is made of."""

    RECORD = "record"
    CHOICE = "choice"
    LIST = "list"
    ROW = "row"
    MAP = "map"
    SCALAR = "scalar"
    PARAMETER = "parameter"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The make of a value: its type, the shapes of its parts, whether it may be missing."""

    make: Make
    kind: type[Any] = object
    parts: tuple[Shape, ...] = ()
    optional: bool = False


@cache
def fields_of(record: type[Any]) -> Mapping[str, Shape]:
    """Return the shape of each field of a dataclass, in order."""
    hints = get_type_hints(record, localns={"Any": Any})
    return {
        field.name: Shape(make=Make.PLAIN)
        if field.name in PLAIN_FIELDS
        else shape_of(hints[field.name])
        for field in fields(record)
    }


def shape_of(hint: Any) -> Shape:
    """Return the shape that a type hint describes.

    Raises
    ------
    TypeError
        If a dossier knows no such type.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return Shape(make=Make.PARAMETER)
    if origin in (Union, UnionType):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        known = shape_of(inner)
        return Shape(make=known.make, kind=known.kind, parts=known.parts, optional=True)
    if origin is tuple and arguments[-1] is Ellipsis:
        return Shape(make=Make.LIST, parts=(shape_of(arguments[0]),))
    if origin is tuple:
        return Shape(make=Make.ROW, parts=tuple(shape_of(argument) for argument in arguments))
    if origin is Mapping:
        return Shape(make=Make.MAP, parts=tuple(shape_of(argument) for argument in arguments))
    return _shape_of_class(hint)


def _shape_of_class(kind: type[Any]) -> Shape:
    if is_dataclass(kind):
        return Shape(make=Make.RECORD, kind=kind)
    if issubclass(kind, StrEnum):
        return Shape(make=Make.CHOICE, kind=kind)
    if kind.__name__ in {"str", "int", "float", "bool", "date"}:
        return Shape(make=Make.SCALAR, kind=kind)
    raise TypeError(f"no dossier holds a {kind.__name__}")
