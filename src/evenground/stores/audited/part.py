"""One file made ready to be read by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evenground.errors import Place, Problem
from evenground.stores.audited.opened import AuditedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to be opened: where it lies, what it is called, and what is said about it.

    ``sheet`` names a sheet or layer, ``encoding`` and ``delimiter`` how a text is written; empty
    where that is to be found out.
    """

    path: Path
    name: str
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""

    @property
    def place(self) -> Place:
        """Where its problems stand."""
        return Place(file=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of one file as Parquet on disk.

    Attributes
    ----------
    file
        The file as an audit tells it.
    path
        Where the rows lie: the file itself, or what was written of it.
    columns
        Column to the engine's type.
    own_rows
        Whether ``path`` has the position of each row in a column of its own (``ROW``); else it is
        the order in the file.
    n_positions
        Positions that the file takes: its rows, and those that were set aside.
    x, y, crs, shapes
        As in ``Audited``.
    """

    file: AuditedFile
    path: Path
    columns: Mapping[str, str]
    n_positions: int
    own_rows: bool = False
    problems: tuple[Problem, ...] = ()
    x: str = ""
    y: str = ""
    crs: str = ""
    shapes: Mapping[str, int] = field(default_factory=dict[str, int])
