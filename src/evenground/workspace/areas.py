"""Which areas results are made for: one level, one edition of the boundaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.city import City
from evenground.declaration import Declaration
from evenground.errors import Problem, nearest_name
from evenground.stores.table import ReadTable
from evenground.workspace import messages as say
from evenground.workspace.assembling import Assembled, frame

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The level and edition in force; empty where the areas name none."""

    level: str
    edition: str


def with_defaults(parts: Sequence[ReadTable], city: City) -> list[ReadTable]:
    """Return the files of areas with level and edition filled in where nobody names them.

    A table of areas without any level is of the city's level, one without any edition of the city's
    edition: with one level and one edition there is nothing to say.
    """
    filled = list(parts)
    for column, value in (("level", city.level), ("edition", city.edition)):
        if value and not any(any(part.texts(column)) for part in filled):
            filled = [part.with_column(column, [value] * part.table.num_rows) for part in filled]
    return filled


def choose(parts: Sequence[ReadTable], city: City, declared: Declaration) -> Chosen:
    """Return the level and edition at which results are made.

    What ``city.toml`` says goes first; else the level with most areas, and the edition that sorts
    last among its areas. What is chosen for the city is said.
    """
    pairs = [
        pair
        for part in parts
        for pair in zip(part.texts("level"), part.texts("edition"), strict=True)
    ]
    levels = Counter(level for level, _ in pairs)
    level = _one(declared, "level", city.level, levels)
    editions = Counter(edition for at, edition in pairs if at == level)
    edition = _one(declared, "edition", city.edition, editions)
    return Chosen(level=level, edition=edition)


def _one(declared: Declaration, key: str, named: str, found: Counter[str]) -> str:
    """Return the level or edition that is named, if areas have it; else choose one and say so."""
    known = ", ".join(sorted(value for value in found if value))
    if named in found or not found:
        return named
    if named:
        kind = say.LEVEL_NOT_THERE if key == "level" else say.EDITION_NOT_THERE
        declared.add(kind, key, value=named, nearest=nearest_name(named, found), known=known)
    most = key == "level"
    chosen = max(found, key=lambda value: (found[value] if most else 0, value))
    if len(found) > 1 and not named:
        kind = say.LEVEL_CHOSEN if key == "level" else say.EDITION_CHOSEN
        declared.add(kind, key, value=chosen, known=known)
    return chosen


def zeros_lost(part: ReadTable, chosen: Chosen) -> list[Problem]:
    """Say if codes at the level in force look like numbers that lost their leading zeros.

    They do when all are digits, some are one digit shorter than the others, and none that is
    longer begins with a zero.
    """
    pairs = zip(part.texts("area_id"), part.texts("level"), strict=True)
    codes = {n: code for n, (code, level) in enumerate(pairs) if level == chosen.level}
    lengths = {len(code) for code in codes.values()}
    if len(lengths) != 2 or not all(code.isdecimal() for code in codes.values()):  # noqa: PLR2004
        return []
    short, long = sorted(lengths)
    padded = any(code.startswith("0") for code in codes.values())
    first = next(n for n, code in codes.items() if len(code) == short)
    if long != short + 1 or padded:
        return []
    at = part.at(first, "area_id")
    return [say.ZEROS_LOST_IN_AREAS.at(at, value=f"{short} / {long}")]


def in_force(assembled: Assembled, chosen: Chosen, crs: str) -> None:
    """Put the areas in force under ``areas``, sorted by code, and all of them under ``areas_all``.

    Land areas that the table does not give are worked out from the shapes.
    """
    import pyarrow as pa

    table, places = assembled.tables["areas"], assembled.places.get("areas")
    geometry: Any = None if places is None else places.geometry.to_numpy()
    if geometry is not None:
        table = _with_land(table, geometry)
    pairs = zip(table["level"].to_pylist(), table["edition"].to_pylist(), strict=True)
    kept = [
        position
        for position, (level, edition) in enumerate(pairs)
        if (level or "") == chosen.level and (edition or "") == chosen.edition
    ]
    codes: list[str] = table["area_id"].to_pylist()
    order = pa.array(sorted(kept, key=codes.__getitem__), pa.int64())
    assembled.tables["areas_all"] = table
    assembled.tables["areas"] = table.take(order)
    if geometry is not None:
        assembled.places["areas_all"] = frame(table, geometry, crs)
        assembled.places["areas"] = frame(table.take(order), geometry[order.to_numpy()], crs)


def _with_land(table: pa.Table, geometry: Any) -> pa.Table:
    import pyarrow as pa
    import shapely

    square_km = shapely.area(geometry) / 1e6
    given = table["land_km2"].to_numpy()
    worked_out = np.where(square_km > 0, square_km, np.nan)
    land = np.where(np.isnan(given), worked_out, given)
    position = table.schema.get_field_index("land_km2")
    return table.set_column(position, "land_km2", pa.array(land, pa.float64(), mask=np.isnan(land)))
