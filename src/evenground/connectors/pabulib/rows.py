"""Rows of one section of a ``.pb`` file: cells by column, with the line that each row stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evenground.connectors.pabulib.arrow import functions

if TYPE_CHECKING:
    import pyarrow as pa

Lines = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """PROJECTS or VOTES as they stand in a file.

    Attributes
    ----------
    names
        Column names, exactly as written.
    cells
        A column of text per name, in the same order; null where a row ends before it.
    lines, shape (n,)
        The line of the file on which each row begins, counted from 1.
    surplus
        Cells beyond the last named column, by row.
    """

    names: tuple[str, ...]
    cells: pa.Table
    lines: Lines
    surplus: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return self.cells.num_rows

    @property
    def fields(self) -> tuple[str, ...]:
        """Column names without spaces around them."""
        return tuple(name.strip() for name in self.names)

    def has(self, name: str) -> bool:
        """Return whether there is such a column."""
        return name in self.fields

    def column(self, name: str) -> pa.ChunkedArray:
        """Return a column's cells as text without spaces around them, empty where missing."""
        import pyarrow as pa

        pc = functions()

        if not self.has(name):
            return pa.chunked_array([pa.repeat("", self.n_rows)])
        cells = self.cells.column(self.fields.index(name))
        return pc.utf8_trim_whitespace(pc.fill_null(cells, ""))

    def texts(self, name: str) -> list[str]:
        """Return the same as a list."""
        return self.column(name).to_pylist()


def rows_of(names: tuple[str, ...], given: list[list[str]], lines: list[int] | None = None) -> Rows:
    """Return rows from lists of cells; a row may be shorter or longer than the names."""
    import pyarrow as pa

    width = len(names)
    columns = [
        pa.array([row[at] if at < len(row) else None for row in given], pa.string())
        for at in range(width)
    ]
    surplus = {at: tuple(row[width:]) for at, row in enumerate(given) if len(row) > width}
    return Rows(
        names=names,
        cells=pa.Table.from_arrays(columns, names=list(names)),
        lines=np.array(range(len(given)) if lines is None else lines, dtype=np.int64),
        surplus=MappingProxyType(surplus),
    )
