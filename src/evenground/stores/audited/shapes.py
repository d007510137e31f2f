"""Write rows with shapes as rows with coordinates, piece by piece."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet


_KINDS = (
    "Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip
"""Kinds of shapes, by the number that shapely gives them."""


def nothing_of(schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch without rows."""
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([pa.array([], one.type) for one in schema], schema=schema)


class PointWriter:
    """Takes batches of rows and of their shapes as WKB; writes Parquet with coordinates.

    A shape that is no point stands at a point inside it. ``x`` and ``y`` are the names of the
    coordinates: ``x`` and ``y`` unless the rows have such columns already.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.x = self.y = ""
        self.n_rows = 0
        self.kinds: Counter[str] = Counter()
        self._writer: parquet.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            self._writer.close()

    def write(self, rows: pa.RecordBatch, shapes: Any) -> None:
        """Write some rows; ``shapes`` is an array of WKB beside them, or ``None``."""
        from pyarrow import parquet

        if shapes is not None:
            rows = self._located(rows, shapes)
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self.path, rows.schema)
        self._writer.write_batch(rows.cast(self._writer.schema))
        self.n_rows += rows.num_rows

    def told(self, crs: str) -> dict[str, Any]:
        """Return what an opened table says about its shapes."""
        return {"x": self.x, "y": self.y, "crs": crs, "shapes": dict(sorted(self.kinds.items()))}

    def _located(self, rows: pa.RecordBatch, shapes: Any) -> pa.RecordBatch:
        import pyarrow as pa
        import shapely

        geometry = np.array(shapely.from_wkb(shapes.to_numpy(zero_copy_only=False)), dtype=object)
        kinds = shapely.get_type_id(geometry)
        for kind in np.unique(kinds[kinds >= 0]):
            self.kinds[_KINDS[int(kind)]] += int((kinds == kind).sum())
        missing = (kinds < 0) | shapely.is_empty(geometry)
        geometry[missing] = None
        inside = (kinds != shapely.GeometryType.POINT.value) & ~missing
        geometry[inside] = shapely.point_on_surface(geometry[inside])
        if not self.x:
            taken = {name.casefold() for name in rows.schema.names}
            free = not taken & {"x", "y"}
            self.x, self.y = ("x", "y") if free else ("x_of_shape", "y_of_shape")
        for name, values in ((self.x, shapely.get_x(geometry)), (self.y, shapely.get_y(geometry))):
            rows = rows.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
        return rows
