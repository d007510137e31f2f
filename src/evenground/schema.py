"""What a table and a setting are: columns with type, unit, constraint and meaning.

The city's tables, the initiative's tables and those that a question brings are all ``TableSchema``
values; readers, ``check``, the workbook and the reference pages are generated from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Type of a column."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    GEOMETRY = "geometry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: ``choices`` closes a text column, ``low``/``high`` bound a number (both included).

    ``counts_people`` marks a column on which disclosure control works; ``unit`` is free text like
    ``m``, ``share 0-1`` or ``city currency``.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    refers_to: str = ""
    counts_people: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """A table of the data model; ``key`` columns together are unique.

    ``wide_key``/``wide_value`` name the columns that one-column-per-group layouts are turned into.
    ``geometry`` lists the admissible geometry types; empty for a table without place.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    geometry: tuple[str, ...] = ()
    wide_key: str = ""
    wide_value: str = ""
    wide_margin: str = ""

    def __getitem__(self, name: str) -> Column:
        """Return a column by name; ``KeyError`` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A threshold, weight or default that ``[settings]`` in ``city.toml`` may override."""

    key: str
    default: int | float | str | bool
    meaning: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Settings(Mapping[str, Any]):
    """The settings in force: every declared setting, with what the city overrides."""

    declared: Mapping[str, Setting]
    overrides: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __getitem__(self, key: str) -> Any:
        """Return the value in force; ``KeyError`` for a setting that nobody declares."""
        return self.overrides.get(key, self.declared[key].default)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the declared keys."""
        return iter(self.declared)

    def __len__(self) -> int:
        """Count the declared settings."""
        return len(self.declared)

    def number(self, key: str) -> float:
        """Return a numeric setting as a float."""
        return float(self[key])

    def whole(self, key: str) -> int:
        """Return a numeric setting as an int."""
        return int(self[key])

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Declared settings that differ from their default: ``{key: (default, value)}``."""
        return {
            key: (self.declared[key].default, value)
            for key, value in sorted(self.overrides.items())
            if key in self.declared and self.declared[key].default != value
        }
