"""A dossier's parts as plain JSON values: typed where types are known, marked elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, cast

from evenground.dossier.problems import CANNOT_BE_WRITTEN
from evenground.dossier.shapes import (
    DATE_TAG,
    INFINITE,
    NUMBER_TAG,
    TAGGED,
    Make,
    Shape,
    fields_of,
)
from evenground.errors import Place, UsageError
from evenground.evidence import settled

_TAGS = frozenset({*TAGGED, DATE_TAG, NUMBER_TAG})
_TAG_OF = {kind: tag for tag, kind in TAGGED.items()}
_UNENDING = {value: word for word, value in INFINITE.items()}


def encode(record: Any, *, path: str = "") -> dict[str, Any]:
    """Return a dataclass of the dossier as JSON values; numbers have 10 significant digits.

    Raises
    ------
    UsageError
        If it holds not-a-number, or a value that could not be read back as it was.
    """
    return {
        name: _encoded(getattr(record, name), shape, f"{path}.{name}" if path else name)
        for name, shape in fields_of(type(record)).items()
    }


def _encoded(value: Any, shape: Shape, path: str) -> Any:
    if value is None and shape.optional:
        return None
    return _BY_MAKE[shape.make](value, shape, path)


def _record(value: Any, _shape: Shape, path: str) -> dict[str, Any]:
    return encode(value, path=path)


def _map(value: Mapping[Any, Any], shape: Shape, path: str) -> dict[str, Any]:
    return {str(key): _encoded(item, shape.parts[1], f"{path}.{key}")
            for key, item in value.items()}  # fmt: skip


def _list(value: tuple[Any, ...], shape: Shape, path: str) -> list[Any]:
    shapes = shape.parts if shape.make is Make.ROW else shape.parts * len(value)
    return [
        _encoded(item, part, f"{path}[{place}]")
        for place, (item, part) in enumerate(zip(value, shapes, strict=True))
    ]


def _typed(value: Any, _shape: Shape, path: str) -> Any:
    if isinstance(value, float) and value in _UNENDING:
        return _UNENDING[value]
    return _scalar(value, path)


def _scalar(value: Any, path: str) -> Any:
    if isinstance(value, float) and math.isfinite(value):
        return settled(value) or 0.0  # no negative zero
    if isinstance(value, StrEnum):
        return value.value
    if type(value) in (str, int, bool):
        return value
    if type(value) is date:
        return value.isoformat()
    raise _refused(value, path)


def _parameter(value: Any, shape: Shape, path: str) -> Any:
    if tag := _TAG_OF.get(type(value)):
        return {tag: encode(value, path=path)}
    if type(value) is date:
        return {DATE_TAG: value.isoformat()}
    if isinstance(value, float) and value in _UNENDING:
        return {NUMBER_TAG: _UNENDING[value]}
    if isinstance(value, Mapping) and not _TAGS.isdisjoint(cast("Mapping[Any, Any]", value)):
        raise _refused(value, path)
    return _nested(value, shape, path)


def _plain(value: Any, shape: Shape, path: str) -> Any:
    if isinstance(value, date):
        raise _refused(value, path)
    return _nested(value, shape, path)


def _nested(value: Any, shape: Shape, path: str) -> Any:
    one = _BY_MAKE[shape.make]
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).items()
        return {_key(key, path): one(item, shape, f"{path}.{key}") for key, item in items}
    if isinstance(value, (list, tuple)):
        items = cast("Sequence[Any]", value)
        return [one(item, shape, f"{path}[{place}]") for place, item in enumerate(items)]
    return None if value is None else _scalar(value, path)


def _key(key: Any, path: str) -> str:
    if not isinstance(key, str):
        raise _refused(key, path)
    return str(key)


def _refused(value: object, path: str) -> UsageError:
    return UsageError(CANNOT_BE_WRITTEN.at(Place(column=path), value=repr(value)))


_BY_MAKE: Mapping[Make, Callable[[Any, Shape, str], Any]] = {
    Make.RECORD: _record,
    Make.CHOICE: _typed,
    Make.LIST: _list,
    Make.ROW: _list,
    Make.MAP: _map,
    Make.SCALAR: _typed,
    Make.PARAMETER: _parameter,
    Make.PLAIN: _plain,
}
