"""The city as ``city.toml`` states it: names, currency, projection, groups, baselines; no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class GroupKind(StrEnum):
    """How a grouping is made: areas sorted into classes, or people counted within areas."""

    CLASSES = "classes"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One grouping by which results are broken down.

    ``classes``: every area falls into one of ``labels`` by ``indicator`` (``classes`` equal-count
    quantile classes of areas from low to high, or ``breaks``, or the values themselves when
    ``by_value``). ``counts``: ``members`` are the population table's groups, each set against
    ``against`` (a population group; the rest of the people when empty).
    ``compare`` names the (focus, reference) pair that sentences speak of: class labels or members.
    """

    key: str
    name: str
    kind: GroupKind
    indicator: str = ""
    period: str = ""
    classes: int = 3
    breaks: tuple[float, ...] = ()
    by_value: bool = False
    labels: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    against: str = ""
    compare: tuple[str, str] | None = None
    stands_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineChoice:
    """Against what "even" is measured: ``people`` (a population group), ``need`` or ``area``.

    The lead baseline is the city's own choice, with who chose it, when and why.
    """

    key: str
    name: str
    kind: str
    group: str = "total"
    indicator: str = ""
    period: str = ""
    unit: str = ""
    lead: bool = False
    reason: str = ""
    chosen_by: str = ""
    chosen_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLevel:
    """A level of areas and its name, singular and plural (``tract``, ``census tract``, …)."""

    key: str
    name: str
    plural: str


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """All of ``city.toml`` that is not a table; ``level`` is the level of the results."""

    name: str
    language: str
    currency: str
    crs: str
    time_zone: str
    level: str = ""
    edition: str = ""
    levels: tuple[AreaLevel, ...] = ()
    questions: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    baselines: tuple[BaselineChoice, ...] = ()
    overrides: Mapping[str, Any] = field(default_factory=dict[str, Any])
    made_by: str = ""

    def level_named(self, key: str) -> AreaLevel:
        """Return the level with that key, or one named after the key itself."""
        for level in self.levels:
            if level.key == key:
                return level
        return AreaLevel(key=key, name=key or "area", plural=f"{key or 'area'}s")
