"""Read map files (GeoPackage, GeoJSON, FlatGeobuf, zipped Shapefile) with the library GDAL."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import (
    FormatError,
    NotFoundError,
    Place,
    Problem,
    UntrustedInputError,
    nearest_name,
)
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.archive import unpack_shapefile
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable

if TYPE_CHECKING:
    import pyarrow as pa

_BEGINNINGS = {
    ".gpkg": (b"SQLite format 3\x00",),
    ".fgb": (b"fgb\x03fgb",),
    ".geojson": (b"{",),
    ".json": (b"{",),
    ".zip": (b"PK\x03\x04",),
}
_NAMES = {
    ".gpkg": "GeoPackage",
    ".fgb": "FlatGeobuf",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".zip": "zipped Shapefile",
}
SUFFIXES = tuple(_BEGINNINGS)
_SHAPE = "wkb_geometry"
"""What the reader calls the column of shapes where a layer does not name it."""


def read_vector(file: DataFile, entry: TableEntry) -> RawTable:
    """Read one layer of a map file.

    Raises
    ------
    FormatError
        If the file is damaged or not what its name says.
    NotFoundError
        If the layer that the entry names is not there.
    UntrustedInputError
        If it exceeds a reading limit.
    """
    _check_beginning(file)
    if file.path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory() as folder:
            return _read(unpack_shapefile(file, Path(folder)), file, entry)
    return _read(file.path, file, entry)


def _check_beginning(file: DataFile) -> None:
    suffix = file.path.suffix.lower()
    with file.path.open("rb") as opened:
        head = opened.read(64).removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if not head.startswith(_BEGINNINGS[suffix]):
        raise FormatError(
            say.NOT_WHAT_IT_SAYS.at(Place(file=file.name), wanted=_NAMES[suffix], value=suffix)
        )


def _read(path: Path, file: DataFile, entry: TableEntry) -> RawTable:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError
    from shapely.errors import ShapelyError

    place, problems = Place(file=file.name), list[Problem]()
    wanted = _NAMES[file.path.suffix.lower()]
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            layer, place = _layer(path, file, entry, problems)
            meta, table = pyogrio.read_arrow(path, layer=layer)
            geometry = _shapes(table, meta["geometry_name"] or _SHAPE)
    except (DataSourceError, DataLayerError, ShapelyError, OSError, ValueError) as error:
        reason = _short(str(error))
        raise FormatError(say.UNREADABLE.at(place, reason=reason, wanted=wanted)) from error
    _check_size(table.num_rows, table.num_columns, place)
    if geometry is not None:
        check_vertices(geometry, place)
    skipped = {meta["geometry_name"] or _SHAPE, meta.get("fid_column") or ""}
    names = [name for name in table.column_names if name not in skipped]
    said = dict.fromkeys(_short(str(warning.message)) for warning in heard)
    return RawTable(
        place=place,
        columns={name: table[name].combine_chunks() for name in names},
        rows=np.arange(table.num_rows, dtype=np.int64) + 2,
        geometry=geometry,
        crs=meta["crs"] or "",
        problems=tuple(problems),
        noticed=tuple(say.LIBRARY_SAID.at(place, value=words) for words in said),
    )


def _shapes(table: pa.Table, column: str) -> NDArray[np.object_] | None:
    import shapely

    if column not in table.column_names:
        return None
    shapes = shapely.from_wkb(table[column].to_numpy(zero_copy_only=False))
    return np.asarray(shapes, dtype=object)


def _layer(
    path: Path, file: DataFile, entry: TableEntry, problems: list[Problem]
) -> tuple[str, Place]:
    """Return the layer to read and its place: named by the entry, like the table, or the first."""
    import pyogrio

    layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    place, suffix = Place(file=file.name), file.path.suffix.lower()
    if not layers:
        raise FormatError(say.UNREADABLE.at(place, reason="no layer", wanted=_NAMES[suffix]))
    if suffix != ".gpkg":
        return layers[0], place
    fields: dict[str, Any] = {"known": ", ".join(layers), "table": entry.table}
    if entry.layer and entry.layer not in layers:
        near = nearest_name(entry.layer, layers)
        raise NotFoundError(say.LAYER_MISSING.at(place, value=entry.layer, nearest=near, **fields))
    chosen = entry.layer or (entry.table if entry.table in layers else layers[0])
    if len(layers) > 1 and not entry.layer and entry.table not in layers:
        problems.append(say.SEVERAL_LAYERS.at(place, value=chosen, **fields))
    return chosen, Place(file=file.name, sheet=chosen)


def check_vertices(geometry: NDArray[np.object_], place: Place) -> None:
    """Refuse shapes with more corners than ``limits.MAX_VERTICES``.

    Raises
    ------
    UntrustedInputError
        If there are more.
    """
    import shapely

    n_vertices = int(shapely.get_num_coordinates(geometry).sum())
    if n_vertices > limits.MAX_VERTICES:
        raise UntrustedInputError(
            say.TOO_LARGE.at(place, value=n_vertices, unit="corners", limit=limits.MAX_VERTICES)
        )


def _check_size(n_rows: int, n_columns: int, place: Place) -> None:
    sizes = ((n_rows, limits.MAX_ROWS, "rows"), (n_columns, limits.MAX_COLUMNS, "columns"))
    for value, limit, unit in sizes:
        if value > limit:
            raise UntrustedInputError(say.TOO_LARGE.at(place, value=value, unit=unit, limit=limit))


def _short(words: str) -> str:
    """Return the library's own words without the paths that they may hold."""
    first = words.splitlines()[0] if words else ""
    return " ".join(word for word in first.split() if "/" not in word)[:120]
