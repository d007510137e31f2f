"""Turn a grid of text cells (a CSV file, a sheet) into a table: header, rows, footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.errors import FormatError, Place, Problem, UntrustedInputError
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.entries import TableEntry
from evenground.stores.header import filled, find_header, footnotes_from
from evenground.stores.raw import RawTable

if TYPE_CHECKING:
    import pyarrow as pa

NOTE_MARK = "#"
"""A row whose first cell begins so is a note to whoever fills the sheet in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells as texts, row by row from row 1 on; in sheets, rows marked ``#`` are notes."""

    rows: Sequence[Sequence[str]]
    place: Place
    marks_notes: bool = False


@dataclass(slots=True, kw_only=True)
class _Body:
    """The rows below the header, sorted into data and what is none."""

    names: list[str]
    place: Place
    positions: list[int]
    rows: list[Sequence[str]]
    aside: list[Problem]


def table_of(grid: Grid, entry: TableEntry, expected: Collection[str]) -> RawTable:
    """Return the grid as a table.

    Raises
    ------
    FormatError
        If there is no header row.
    UntrustedInputError
        If there are too many columns or a cell is too long.
    """
    head = _header_position(grid, entry, expected)
    body = _body(grid, head)
    used, problems = _named_columns(body, head)
    noticed: tuple[Problem, ...] = ()
    if head > 0 and entry.header_row is None:
        place = replace(grid.place, row=head + 1)
        noticed = (say.HEADER_SAID.at(place, value=head + 1, table=entry.table),)
    return RawTable(
        place=grid.place,
        columns={body.names[column]: _texts(body, column) for column in used},
        rows=np.asarray(body.positions, dtype=np.int64) + 1,
        header_row=head + 1,
        set_aside=tuple(body.aside),
        problems=tuple(problems),
        noticed=noticed,
    )


def _header_position(grid: Grid, entry: TableEntry, expected: Collection[str]) -> int:
    if not any(filled(row) for row in grid.rows):
        raise FormatError(say.EMPTY_FILE.at(grid.place, table=entry.table))
    if entry.header_row is None:
        return find_header(grid.rows, expected)
    if not 1 <= entry.header_row <= len(grid.rows):
        raise FormatError(
            say.HEADER_BEYOND.at(
                grid.place, value=entry.header_row, n_lines=len(grid.rows), table=entry.table
            )
        )
    return entry.header_row - 1


def _body(grid: Grid, head: int) -> _Body:
    """Sort the rows below the header into data, footnotes and rows that are too wide."""
    names = [cell.strip() for cell in grid.rows[head]]
    widest = max((_width(row) for row in grid.rows[head + 1 :]), default=0)
    named = _width(names)
    _check_columns(max(named, min(widest, limits.MAX_COLUMNS + 1)), grid.place)
    names = names[:named]
    body = _Body(names=names, place=grid.place, positions=[], rows=[], aside=[])
    end = head + 1 + footnotes_from(grid.rows[head + 1 :], named)
    wide = _too_wide(grid.rows[head + 1 : end], named)
    for position in range(head + 1, end):
        row = grid.rows[position]
        if filled(row) == 0 or (grid.marks_notes and row[0].startswith(NOTE_MARK)):
            continue
        if wide and _width(row) > named:
            place = replace(grid.place, row=position + 1)
            body.aside.append(say.TOO_MANY_CELLS.at(place, value=_width(row), n_columns=named))
            continue
        body.positions.append(position)
        body.rows.append(row)
    _add_footnotes(body, grid, end)
    return body


def _too_wide(rows: Sequence[Sequence[str]], named: int) -> bool:
    """Whether rows wider than the header are the exception (else a column has no name)."""
    widths = Counter(_width(row) for row in rows if filled(row))
    wider = sum(n for width, n in widths.items() if width > named)
    return 0 < wider <= sum(widths.values()) // 2


def _add_footnotes(body: _Body, grid: Grid, end: int) -> None:
    notes = [p for p in range(end, len(grid.rows)) if filled(grid.rows[p])]
    if notes:
        words = next(cell for cell in grid.rows[notes[0]] if cell.strip()).strip()
        place = replace(grid.place, row=notes[0] + 1)
        body.aside.append(say.FOOTNOTES.at(place, value=words, n_rows=len(notes)))


def _named_columns(body: _Body, head: int) -> tuple[list[int], list[Problem]]:
    """Return the columns that have a name of their own, and what is wrong with the others."""
    place, problems = replace(body.place, row=head + 1), list[Problem]()
    seen: set[str] = set()
    used: list[int] = []
    widest = max((_width(row) for row in body.rows), default=0)
    for column in range(max(len(body.names), widest)):
        name = body.names[column] if column < len(body.names) else ""
        if not name:
            if any(len(row) > column and row[column].strip() for row in body.rows):
                problems.append(say.UNNAMED_COLUMN.at(place, value=letters(column)))
        elif name in seen:
            problems.append(say.REPEATED_COLUMN.at(replace(place, column=name), value=name))
        else:
            seen.add(name)
            used.append(column)
    return used, problems


def _texts(body: _Body, column: int) -> pa.Array[Any]:
    import pyarrow as pa

    cells = [row[column] if column < len(row) else "" for row in body.rows]
    longest = max(map(len, cells), default=0)
    if longest > limits.MAX_CELL_CHARACTERS:
        raise UntrustedInputError(
            say.TOO_LARGE.at(
                replace(body.place, column=body.names[column]), value=longest, unit="characters",
                limit=limits.MAX_CELL_CHARACTERS,
            )
        )  # fmt: skip
    return pa.array(cells, pa.string())


def _check_columns(n_columns: int, place: Place) -> None:
    if n_columns > limits.MAX_COLUMNS:
        raise UntrustedInputError(
            say.TOO_LARGE.at(place, value=n_columns, unit="columns", limit=limits.MAX_COLUMNS)
        )


def _width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to its last filled one."""
    for column in range(len(row), 0, -1):
        if row[column - 1].strip():
            return column
    return 0


def letters(column: int) -> str:
    """Return the letters of a column as a spreadsheet shows them: 0 is ``A``, 26 is ``AA``."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
