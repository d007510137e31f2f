"""A table of the data model as read from one file: typed rows, shapes, and what became of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, Problem, Severity
from evenground.evidence import Source
from evenground.schema import Kind, TableSchema
from evenground.stores.entries import TableEntry

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """What one file gave for one table.

    Attributes
    ----------
    table
        The model's columns without geometry, in the model's order, nulls where there is no value.
    rows
        Row number in the file for each row of ``table`` (several rows share one where groups stood
        side by side).
    geometry
        Shapes beside the rows in the coordinate system ``crs``, or ``None``.
    problems, noticed
        What is wrong; what was assumed or repaired.
    set_aside
        Why rows were not used; ``n_rows`` counts rows of the file.
    n_read
        Rows of data in the file.
    """

    schema: TableSchema
    entry: TableEntry
    file: str
    sha256: str
    sheet: str
    table: pa.Table
    rows: NDArray[np.int64]
    geometry: NDArray[np.object_] | None = None
    crs: str = ""
    problems: tuple[Problem, ...] = ()
    noticed: tuple[Problem, ...] = ()
    set_aside: tuple[Problem, ...] = ()
    n_read: int = 0
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def n_used(self) -> int:
        """Rows of the file that are in use."""
        return self.n_read - sum(problem.n_rows for problem in self.set_aside)

    @property
    def place(self) -> Place:
        """The file and sheet."""
        return Place(file=self.file, sheet=self.sheet)

    def column_in_file(self, name: str) -> str:
        """Return what the file calls a column of the model."""
        return dict(self.sources).get(name, name)

    def column_of(self, position: int) -> str:
        """Return what the file calls the value of one row: in a wide file, its group's column."""
        if self.entry.wide:
            group = self.table[self.schema.wide_key][position].as_py()
            return self.entry.wide.get(group, group)
        return self.column_in_file(self.schema.wide_value)

    def at(self, position: int, column: str = "") -> Place:
        """Return the place of one row, and of one of its columns as the file calls it."""
        return replace(self.place, row=int(self.rows[position]), column=self.column_in_file(column))

    def without(self, out: NDArray[np.bool_], reason: Problem) -> ReadTable:
        """Return the table without some rows, set aside for one reason.

        Rows of the file count as set aside when nothing of them is left (several rows of the table
        may come from one row of the file). ``reason`` gets its number of rows and the first row.
        """
        if not out.any():
            return self
        gone = np.setdiff1d(self.rows[out], self.rows[~out])
        aside = self.set_aside
        if len(gone):
            place = replace(reason.place, row=int(gone[0]))
            aside = (*aside, replace(reason, n_rows=len(gone), place=place))
        return replace(self.where(~out), set_aside=aside)

    def where(self, kept: NDArray[np.bool_]) -> ReadTable:
        """Return the table with only some rows, accounting for nothing."""
        import pyarrow as pa

        return replace(
            self,
            table=self.table.filter(pa.array(kept)),
            rows=self.rows[kept],
            geometry=None if self.geometry is None else self.geometry[kept],
        )

    def texts(self, name: str) -> list[str]:
        """Return a text column, empty where there is no value."""
        return [text or "" for text in self.table[name].to_pylist()]

    def with_column(self, name: str, values: Sequence[Any]) -> ReadTable:
        """Return the table with one column replaced."""
        import pyarrow as pa

        position = self.table.schema.get_field_index(name)
        field = self.table.schema.field(position)
        column = pa.array(values, field.type)
        return replace(self, table=self.table.set_column(position, field, column))

    def saying(self, *problems: Problem) -> ReadTable:
        """Return the table with more problems; notes go to what was noticed."""
        notes = tuple(p for p in problems if p.severity is Severity.NOTE)
        others = tuple(p for p in problems if p.severity is not Severity.NOTE)
        return replace(self, problems=(*self.problems, *others), noticed=(*self.noticed, *notes))

    def source(self) -> Source:
        """Return where the rows came from."""
        return Source(
            table=self.schema.name,
            file=self.file,
            sha256=self.sha256,
            rows_read=self.n_read,
            rows_used=self.n_used,
            title=self.entry.title,
            licence=self.entry.licence,
            vintage=self.entry.vintage,
        )


def arrow_schema(schema: TableSchema) -> pa.Schema:
    """Return the Arrow types of a table of the model, geometry left out."""
    import pyarrow as pa

    kinds: dict[Kind, pa.DataType] = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.BOOLEAN: pa.bool_(),
    }
    return pa.schema(
        [(c.name, kinds[c.kind]) for c in schema.columns if c.kind is not Kind.GEOMETRY]
    )


def empty_table(schema: TableSchema) -> pa.Table:
    """Return a table of the model without rows."""
    return arrow_schema(schema).empty_table()
