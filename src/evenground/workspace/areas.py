"""Which areas results are made for: one level, one edition of the boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.city import City
from evenground.workspace.assembling import Assembled, frame

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The level and edition in force."""

    level: str
    edition: str


def choose(areas: pa.Table, city: City) -> Chosen:
    """Return the level and edition at which results are made.

    What ``city.toml`` says goes first; else the level with most areas, and the edition that sorts
    last.
    """
    level = city.level or _most(areas["level"].to_pylist())
    at_level = [
        edition
        for edition, one in zip(
            areas["edition"].to_pylist(), areas["level"].to_pylist(), strict=True
        )
        if (one or "") == level
    ]
    edition = city.edition or max((e for e in at_level if e), default="")
    return Chosen(level=level, edition=edition)


def _most(levels: list[str | None]) -> str:
    found = sorted({level or "" for level in levels})
    return max(found, key=lambda level: levels.count(level or None), default="")


def in_force(assembled: Assembled, chosen: Chosen, crs: str) -> None:
    """Put the areas in force under ``areas``, sorted by code, and all of them under ``areas_all``.

    Land areas that the table does not give are worked out from the shapes.
    """
    import pyarrow as pa
    import shapely

    table = assembled.tables["areas"]
    levels, editions = table["level"].to_pylist(), table["edition"].to_pylist()
    kept = [
        position
        for position, (level, edition) in enumerate(zip(levels, editions, strict=True))
        if (level or "") == chosen.level and (edition or chosen.edition) == chosen.edition
    ]
    codes: list[str] = table["area_id"].to_pylist()
    order = pa.array(sorted(kept, key=codes.__getitem__), pa.int64())
    assembled.tables["areas_all"] = table
    assembled.tables["areas"] = table.take(order)
    places: Any = assembled.places.get("areas")
    if places is None:
        return
    geometry = places.geometry.to_numpy()
    if "areas" in assembled.places:
        square_km = shapely.area(geometry) / 1e6
        table = _with_land(table, square_km)
        assembled.tables["areas_all"] = table
        assembled.tables["areas"] = table.take(order)
    assembled.places["areas_all"] = frame(table, geometry, crs)
    assembled.places["areas"] = frame(table.take(order), geometry[order.to_numpy()], crs)


def _with_land(table: pa.Table, square_km: Any) -> pa.Table:
    import pyarrow as pa

    given = table["land_km2"].to_numpy()
    worked_out = np.where(square_km > 0, square_km, np.nan)
    land = np.where(np.isnan(given), worked_out, given)
    position = table.schema.get_field_index("land_km2")
    return table.set_column(position, "land_km2", pa.array(land, pa.float64(), mask=np.isnan(land)))
