"""Parquet files, read where they lie; the shapes of GeoParquet become coordinates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from evenground.errors import FormatError
from evenground.stores import messages as say
from evenground.stores.audited import messages as tell
from evenground.stores.audited.engine import Session, is_nested, quoted_text, reading
from evenground.stores.audited.hashing import hashed
from evenground.stores.audited.layout import unique_names
from evenground.stores.audited.listed import Listed
from evenground.stores.audited.opened import AuditedFile
from evenground.stores.audited.part import Part, SourceFile
from evenground.stores.audited.shapes import PointWriter, nothing_of

if TYPE_CHECKING:
    from pyarrow import parquet

SUFFIXES = (".parquet", ".geoparquet")
_DEFAULT_CRS = "OGC:CRS84"
_CELLS_HELD = 1_000_000


def open_columnar(session: Session, source: SourceFile) -> Part:
    """Open a Parquet file where it lies; one with shapes is written again with coordinates.

    Raises
    ------
    FormatError
        If it is damaged or no Parquet file.
    """
    import pyarrow as pa
    from pyarrow import parquet

    listed = Listed()
    try:
        with parquet.ParquetFile(source.path) as opened:
            names = list(opened.schema_arrow.names)
            types = {str(one.name): str(one.type) for one in opened.schema_arrow}
            n_rows = int(opened.metadata.num_rows)
            geo = _stated_shapes(opened)
            given, wrong = unique_names(names, len(names), source.place)
            listed.extend(wrong)
            written = _with_points(session, opened, geo, given) if geo or wrong else None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0][:120] if str(error).strip() else ""
        raise FormatError(
            say.UNREADABLE.at(source.place, reason=reason, wanted="Parquet")
        ) from error
    path = written.path if written else source.path
    with reading(source.name):
        columns = session.types(f"FROM {quoted_text(path)}")
    if not n_rows:
        listed.add(tell.NO_DATA_ROWS.at(source.place))
    for name, kind in columns.items():
        if is_nested(kind):
            place = replace(source.place, column=name)
            listed.add(tell.TEXT_OF_NESTED.at(place, value=kind.split("(")[0].lower()))
    sha256, n_bytes = hashed(source.path)
    return Part(
        file=AuditedFile(
            name=source.name, sha256=sha256, n_bytes=n_bytes, n_rows=n_rows,
            columns={name: kind for name, kind in types.items() if name not in geo},
        ),
        path=path,
        columns=columns,
        n_positions=n_rows,
        problems=listed.problems(),
        **(written.told(_crs(geo)) if written and geo else {}),
    )  # fmt: skip


def _stated_shapes(opened: parquet.ParquetFile) -> dict[str, Any]:
    """Return what a GeoParquet file says of its columns of shapes, the primary one first."""
    stated = (opened.schema_arrow.metadata or {}).get(b"geo")
    if not stated:
        return {}
    geo = cast("dict[str, Any]", json.loads(stated))
    columns, primary = geo.get("columns"), geo.get("primary_column")
    if not isinstance(columns, dict) or primary not in columns:
        return {}
    told = cast("dict[str, Any]", columns)
    known = set(opened.schema_arrow.names)
    return {name: told[name] for name in (str(primary), *told) if name in known}


def _crs(geo: dict[str, Any]) -> str:
    crs: Any = next(iter(geo.values())).get("crs", _DEFAULT_CRS)
    if not isinstance(crs, dict):
        return str(crs or "")
    known = cast("dict[str, Any]", crs.get("id") or {})
    if "authority" in known and "code" in known:
        return f"{known['authority']}:{known['code']}"
    return json.dumps(crs)


def _with_points(
    session: Session, opened: parquet.ParquetFile, geo: dict[str, Any], names: tuple[str, ...]
) -> PointWriter:
    """Write a file again, piece by piece: names that differ, and coordinates for shapes."""
    primary = next(iter(geo), "")
    left = [position for position, name in enumerate(opened.schema_arrow.names) if name in geo]
    writer = PointWriter(session.path(".parquet"))
    size = max(1, _CELLS_HELD // max(1, len(names)))
    with writer:
        for batch in _batches(opened, size):
            shapes = batch.column(primary) if primary else None
            renamed = batch.rename_columns(list(names))
            kept = [name for position, name in enumerate(names) if position not in left]
            writer.write(renamed.select(kept), shapes)
    return writer


def _batches(opened: parquet.ParquetFile, size: int) -> Iterator[Any]:
    """Yield the rows in pieces; one piece without rows where there are none."""
    some = False
    for batch in opened.iter_batches(batch_size=size):
        some = True
        yield batch
    if not some:
        yield nothing_of(opened.schema_arrow)
