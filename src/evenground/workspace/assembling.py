"""Put what each file gave together: one table per name, shapes beside the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Source
from evenground.stores.table import ReadTable, arrow_schema
from evenground.workspace.sources import Readings

if TYPE_CHECKING:
    import geopandas as gpd
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """Tables, places, sources and whether counts are published, by table name."""

    tables: dict[str, pa.Table]
    places: dict[str, gpd.GeoDataFrame]
    sources: dict[str, tuple[Source, ...]]
    published: dict[str, bool]


def assemble(readings: Readings, crs: str) -> Assembled:
    """Put the readings together; tables of which no row is left stand empty.

    A table that could not be read at all is not among the tables: it is missing, and its problems
    say why.
    """
    tables: dict[str, pa.Table] = {}
    places: dict[str, gpd.GeoDataFrame] = {}
    for name, parts in readings.items():
        table = joined(parts)
        if table.num_rows == 0 and not any(part.sha256 for part in parts):
            continue
        tables[name] = table
        if any(part.geometry is not None for part in parts):
            places[name] = frame(table, shapes(parts), crs)
    return Assembled(
        tables=tables,
        places=places,
        sources={name: tuple(p.source() for p in parts) for name, parts in readings.items()},
        published={
            name: all(part.entry.published for part in parts) for name, parts in readings.items()
        },
    )


def joined(parts: Sequence[ReadTable]) -> pa.Table:
    """Return the rows of several files below one another."""
    import pyarrow as pa

    schema = arrow_schema(parts[0].schema)
    return pa.concat_tables([part.table.cast(schema) for part in parts]).combine_chunks()


def shapes(parts: Sequence[ReadTable]) -> Any:
    """Return the shapes of several files below one another, ``None`` where a row has none."""
    blocks = [
        np.full(part.table.num_rows, None, dtype=object) if part.geometry is None else part.geometry
        for part in parts
    ]
    return np.concatenate(blocks)


def frame(table: pa.Table, geometry: Any, crs: str) -> gpd.GeoDataFrame:
    """Return a table beside its shapes as a GeoDataFrame."""
    import geopandas as gpd
    import pandas as pd

    columns: Mapping[str, Any] = {
        name: pd.Series(table[name].to_numpy(zero_copy_only=False)) for name in table.column_names
    }
    return gpd.GeoDataFrame(dict(columns), geometry=geometry, crs=crs or None)
