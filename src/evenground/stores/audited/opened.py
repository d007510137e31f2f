"""A table that was opened to be audited, and what it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from evenground.errors import Problem

if TYPE_CHECKING:
    import ibis

ROW = "__row"
"""Column with the position of a row in the data as stored, 0 first, over all files in order."""
FILE = "__file"
"""Column with the name of the file that a row is from, where there are several."""


def _nothing() -> None:
    """Close nothing."""


def _as_it_is(table: ibis.Table) -> ibis.Table:
    """Keep nothing."""
    return table


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedFile:
    """One file (or sheet, layer, table of a database) that rows come from.

    Attributes
    ----------
    name
        Its name, inside the folder where one was opened; with ``#`` and the sheet or layer.
    sha256, n_bytes
        Of its bytes; empty and 0 for a table of a database.
    n_rows
        Rows that are in the table.
    columns
        Column to type as stored, in plain words of the engine (``string``, ``int64``,
        ``timestamp('UTC')`` …), in order.
    first_row
        Number that a spreadsheet program shows beside the first row of data.
    """

    name: str
    n_rows: int
    columns: Mapping[str, str]
    sha256: str = ""
    n_bytes: int = 0
    first_row: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """An opened table; a context manager that closes its engine and removes what it wrote.

    Attributes
    ----------
    name
        What was opened, as it was named.
    table
        The rows: columns as in the file (texts where the file holds texts), then ``ROW`` if
        ``has_row`` and ``FILE`` if ``has_file``.
    files
        What the rows come from, in order.
    problems
        Everything wrong or noticed on opening: broken lines, encodings, repeated names.
    engine
        ``duckdb``, ``postgres``.
    has_row, has_file
        Whether the table has a position for each row, and whether it has the file of each row.
    x, y, crs, shapes
        Columns of coordinates made from the file's shapes (empty without shapes), their system as
        the file states it, and how many shapes there are of each kind, such as ``Point``.
    close
        Closes the engine; done by ``with``.
    keep
        Writes the rows of a lazy table beside the data once and returns them as another, so that
        what was worked out is not worked out by every later question (not in a database).
    cut
        Gives a table with some of the columns (and position and file of each row): what to use of a
        table of hundreds of columns; ``None`` where that is not worth while.
    """

    name: str
    table: ibis.Table
    files: tuple[AuditedFile, ...]
    problems: tuple[Problem, ...] = ()
    engine: str = "duckdb"
    has_row: bool = True
    has_file: bool = False
    x: str = ""
    y: str = ""
    crs: str = ""
    shapes: Mapping[str, int] = field(default_factory=dict[str, int])
    close: Callable[[], None] = field(default=_nothing, repr=False, compare=False)
    keep: Callable[[ibis.Table], ibis.Table] = field(default=_as_it_is, repr=False, compare=False)
    cut: Callable[[Sequence[str]], ibis.Table] | None = field(
        default=None, repr=False, compare=False
    )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
