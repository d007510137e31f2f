"""Rows of the table of sites as plain values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa


class Site(NamedTuple):
    """One row: geometry (``None`` if empty), area code, option key, units, capacity, its dates."""

    shape: Any
    area_id: str
    option: str
    units: float | None
    capacity: float | None
    installed: date | None
    removed: date | None
    observed: date | None
    candidate: bool

    @property
    def is_located(self) -> bool:
        """Whether anything says where it is."""
        return self.shape is not None or bool(self.area_id)

    def stands(self, today: date) -> bool:
        """Whether it is installed and not yet removed on a day; unknown dates do not exclude it."""
        return (self.installed is None or self.installed <= today) and (
            self.removed is None or self.removed > today
        )


COLUMNS = tuple(name for name in Site._fields if name != "shape")
"""Columns of the table of sites that are read here."""


def sites_of(places: gpd.GeoDataFrame | None, table: pa.Table | None) -> tuple[Site, ...]:
    """Read the rows of ``places["sites"]``, or of a table that gives area codes and no shapes."""
    if places is None and table is None:
        return ()
    if places is None:
        columns = [table[name].to_pylist() for name in COLUMNS] if table else []
        shapes = [None] * (table.num_rows if table else 0)
    else:
        columns = [places[name].tolist() for name in COLUMNS]
        shapes = places.geometry.tolist()
    return tuple(
        Site(
            None if shape is None or shape.is_empty else shape,
            _text(area_id),
            _text(option),
            _number(units),
            _number(capacity),
            *(_day(value) for value in days),
            candidate=bool(present(candidate) and candidate),
        )
        for shape, (area_id, option, units, capacity, *days, candidate) in zip(
            shapes, zip(*columns, strict=True), strict=True
        )
    )


def present(value: Any) -> bool:
    """Tell whether a cell holds anything: missing numbers and dates differ from themselves."""
    if value is None:
        return False
    same = value == value  # noqa: PLR0124
    return same is True or bool(same is not False and type(same).__name__ != "NAType")


def _text(value: Any) -> str:
    return str(value) if present(value) else ""


def _number(value: Any) -> float | None:
    return float(value) if present(value) else None


def _day(value: Any) -> date | None:
    if not present(value):
        return None
    return value if type(value) is date else value.date()
