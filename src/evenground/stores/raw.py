"""A table as it stands in a file: source column names, values as written, row numbers, shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, Problem

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Rows of one file, sheet or layer before anything is known about their meaning.

    Attributes
    ----------
    place
        File (its name inside the data folder) and sheet or layer.
    columns
        Source name to values: texts where the file holds texts, typed arrays where it is typed;
        all have as many entries as ``rows``.
    rows
        Row number of each entry as a spreadsheet program shows it (the header is row 1 unless it
        stands lower); features of map files count the same way.
    geometry
        Shapes as an array of shapely geometries (``None`` where a row has none), if the file has
        any.
    crs
        Coordinate system as the file states it, in any form that pyproj reads; empty if it does
        not.
    header_row
        Row of the column names.
    set_aside
        Rows that are no data (footnotes, rows with too many cells), with the reason; they were
        counted as read.
    """

    place: Place
    columns: Mapping[str, pa.Array[Any]]
    rows: NDArray[np.int64]
    geometry: NDArray[np.object_] | None = None
    crs: str = ""
    header_row: int = 1
    delimiter: str = ""
    set_aside: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    noticed: tuple[Problem, ...] = ()

    @property
    def n_read(self) -> int:
        """Rows read, those set aside included."""
        return len(self.rows) + sum(problem.n_rows for problem in self.set_aside)
