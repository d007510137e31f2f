"""Map files (GeoPackage, GeoJSON, FlatGeobuf, zipped Shapefile) as rows with coordinates."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.errors import FormatError, NotFoundError, Place, nearest_name
from evenground.stores import messages as say
from evenground.stores.archive import unpack_shapefile
from evenground.stores.audited import messages as tell
from evenground.stores.audited.engine import Session, quoted_text
from evenground.stores.audited.hashing import hashed
from evenground.stores.audited.layout import unique_names
from evenground.stores.audited.listed import Listed, in_plain_words
from evenground.stores.audited.opened import AuditedFile
from evenground.stores.audited.part import Part, SourceFile
from evenground.stores.audited.shapes import PointWriter, nothing_of
from evenground.stores.folder import DataFile

if TYPE_CHECKING:
    import pyarrow as pa

NAMES = {
    ".gpkg": "GeoPackage",
    ".fgb": "FlatGeobuf",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".zip": "zipped Shapefile",
}
SUFFIXES = tuple(NAMES)
_SHAPE = "wkb_geometry"
_BATCH = 20_000


def open_map_layer(session: Session, source: SourceFile) -> Part:
    """Write one layer as Parquet with the coordinates of its shapes.

    Raises
    ------
    FormatError
        If the file is damaged.
    NotFoundError
        If it has no such layer.
    UntrustedInputError
        If a zip breaks a reading limit.
    """
    sha256, n_bytes = hashed(source.path)
    path = source.path
    if path.suffix.lower() == ".zip":
        unpacked = session.path("-shapefile")
        unpacked.mkdir()
        file = DataFile(path=path, name=source.name, sha256=sha256)
        path = unpack_shapefile(file, unpacked)
    listed = Listed()
    layer, place = _layer(path, source, listed)
    written, types, crs = _written(session, path, layer, place, listed)
    if not written.n_rows:
        listed.add(tell.NO_DATA_ROWS.at(place))
    return Part(
        file=AuditedFile(
            name=f"{source.name}#{layer}" if place.sheet else source.name,
            sha256=sha256, n_bytes=n_bytes, n_rows=written.n_rows, columns=types,
        ),
        path=written.path,
        columns=session.types(f"FROM {quoted_text(written.path)}"),
        n_positions=written.n_rows,
        problems=listed.problems(),
        **written.told(crs),
    )  # fmt: skip


def _layer(path: Path, source: SourceFile, listed: Listed) -> tuple[str, Place]:
    """Return the layer to read, and where problems stand (with the layer if there are several)."""
    import pyogrio
    from pyogrio.errors import DataSourceError

    wanted = NAMES[source.path.suffix.lower()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except (DataSourceError, OSError, ValueError) as error:
        reason = _short(str(error))
        raise FormatError(say.UNREADABLE.at(source.place, reason=reason, wanted=wanted)) from error
    if not layers:
        raise FormatError(say.UNREADABLE.at(source.place, reason="no layer", wanted=wanted))
    if source.sheet and source.sheet not in layers and path.suffix.lower() == ".gpkg":
        near = nearest_name(source.sheet, layers)
        missing = say.LAYER_MISSING.at(
            source.place, value=source.sheet, nearest=near, known=", ".join(layers), table=""
        )
        raise NotFoundError(in_plain_words(missing))
    chosen = source.sheet if source.sheet in layers else layers[0]
    if len(layers) == 1:
        return chosen, source.place
    if not source.sheet:
        several = say.SEVERAL_LAYERS.at(
            source.place, value=chosen, known=", ".join(layers), table=""
        )
        listed.add(in_plain_words(several))
    return chosen, Place(file=source.name, sheet=chosen)


def _written(
    session: Session, path: Path, layer: str, place: Place, listed: Listed
) -> tuple[PointWriter, dict[str, str], str]:
    import pyarrow as pa
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError
    from shapely.errors import ShapelyError

    writer = PointWriter(session.path(".parquet"))
    try:
        with warnings.catch_warnings(record=True) as heard, writer:
            warnings.simplefilter("always")
            with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=_BATCH) as (
                meta,
                batches,
            ):
                types = _write_all(writer, meta, batches, place, listed)
    except (
        DataSourceError,
        DataLayerError,
        ShapelyError,
        pa.ArrowException,
        OSError,
        ValueError,
    ) as error:
        reason = _short(str(error))
        raise FormatError(say.UNREADABLE.at(place, reason=reason, wanted="GeoPackage")) from error
    for words in dict.fromkeys(_short(str(one.message)) for one in heard):
        listed.add(say.LIBRARY_SAID.at(place, value=words))
    return writer, types, str(meta["crs"] or "")


def _write_all(
    writer: PointWriter, meta: Any, batches: Any, place: Place, listed: Listed
) -> dict[str, str]:
    shape, key = meta["geometry_name"] or _SHAPE, meta.get("fid_column") or ""
    schema: pa.Schema = batches.schema
    kept = [name for name in schema.names if name not in (shape, key)]
    given, wrong = unique_names(kept, len(kept), place)
    listed.extend(wrong)
    some = False
    for batch in batches:
        some = True
        _write(writer, batch, kept, given, shape)
    if not some:
        _write(writer, nothing_of(schema), kept, given, shape)
    return {name: str(schema.field(name).type) for name in kept}


def _write(
    writer: PointWriter, batch: Any, kept: list[str], given: tuple[str, ...], shape: str
) -> None:
    shapes = batch.column(shape) if shape in batch.schema.names else None
    writer.write(batch.select(kept).rename_columns(list(given)), shapes)


def _short(words: str) -> str:
    """Return the library's own words without the paths that they may hold."""
    first = words.splitlines()[0] if words else ""
    return " ".join(word for word in first.split() if "/" not in word)[:120]
