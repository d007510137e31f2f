"""Read Parquet and GeoParquet files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from evenground.errors import FormatError, Place, UntrustedInputError
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable
from evenground.stores.vector import check_vertices

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIXES = (".parquet", ".geoparquet")
_DEFAULT_CRS = "OGC:CRS84"


def read_columnar(file: DataFile) -> RawTable:
    """Read a Parquet file; a ``geo`` entry in its metadata makes it GeoParquet.

    Raises
    ------
    FormatError
        If the file is damaged or no Parquet file.
    UntrustedInputError
        If it exceeds a reading limit; sizes are read from its footer before any row is.
    """
    import pyarrow as pa
    from pyarrow import parquet

    place = Place(file=file.name)
    try:
        opened = parquet.ParquetFile(file.path)
        _check(opened, place)
        table = opened.read()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        reason = str(error).splitlines()[0][:120]
        raise FormatError(say.UNREADABLE.at(place, reason=reason, wanted="Parquet")) from error
    geometry, crs, shape_columns = _geometry(table, place)
    return RawTable(
        place=place,
        columns={
            name: table[name].combine_chunks()
            for name in table.column_names
            if name not in shape_columns
        },
        rows=np.arange(table.num_rows, dtype=np.int64) + 2,
        geometry=geometry,
        crs=crs,
    )


def _check(opened: Any, place: Place) -> None:
    footer = opened.metadata
    n_bytes = sum(footer.row_group(i).total_byte_size for i in range(footer.num_row_groups))
    sizes = (
        (footer.num_rows, limits.MAX_ROWS, "rows"),
        (footer.num_columns, limits.MAX_COLUMNS, "columns"),
        (n_bytes, limits.MAX_UNPACKED_BYTES, "bytes"),
    )
    for value, limit, unit in sizes:
        if value > limit:
            raise UntrustedInputError(say.TOO_LARGE.at(place, value=value, unit=unit, limit=limit))


def _geometry(
    table: pa.Table, place: Place
) -> tuple[NDArray[np.object_] | None, str, frozenset[str]]:
    """Return shapes, their coordinate system and the columns that hold shapes (OGC GeoParquet)."""
    import shapely

    stated = (table.schema.metadata or {}).get(b"geo")
    if not stated:
        return None, "", frozenset()
    try:
        geo = cast("dict[str, Any]", json.loads(stated))
        primary = str(geo["primary_column"])
        column = geo["columns"][primary]
        crs = column.get("crs", _DEFAULT_CRS)
        shapes = shapely.from_wkb(table[primary].to_numpy(zero_copy_only=False))
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        raise FormatError(
            say.UNREADABLE.at(place, reason=str(error)[:120], wanted="GeoParquet")
        ) from error
    geometry = np.asarray(shapes, dtype=object)
    check_vertices(geometry, place)
    text = crs if isinstance(crs, str) else json.dumps(crs) if crs else ""
    return geometry, text, frozenset(geo["columns"])
