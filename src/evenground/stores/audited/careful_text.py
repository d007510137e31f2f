"""Read a damaged delimited text line by line, so that one fault never costs the rows after it."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.errors import FormatError, Place
from evenground.stores import limits
from evenground.stores.audited import messages as tell
from evenground.stores.audited.layout import Layout
from evenground.stores.audited.listed import Listed
from evenground.stores.audited.opened import ROW
from evenground.stores.audited.row_widths import judged

if TYPE_CHECKING:
    import pyarrow as pa

_AHEAD = 200
"""Lines that one quoted cell may reach over."""
_LONGEST = 4 * limits.MAX_CELL_CHARACTERS
_PIECE = 4 * 1024 * 1024
_CELLS_HELD = 1_000_000
_JUDGED_BY = 1_000
_AT_LEAST = 3
_CUT = 0.005


def read_carefully(
    path: Path, target: Path, layout: Layout, *, listed: Listed, place: Place
) -> tuple[Path, int, bool]:
    """Write the rows of a text in UTF-8 as Parquet with their positions.

    Parameters
    ----------
    path, target
        The text, and where the rows go.
    layout
        Its separator, names and first line of data.
    listed
        Takes what is wrong, row by row.
    place
        The file.

    Returns
    -------
    tuple
        Where the rows are, how many positions they take, and that they bear them.

    Raises
    ------
    FormatError
        If most of the first rows do not fit the column names: it is no table.
    """
    import pyarrow as pa
    from pyarrow import parquet

    names = layout.names
    kinds: list[Any] = [pa.string() for _ in names]
    schema = pa.schema(list(zip((*names, ROW), (*kinds, pa.int64()), strict=True)))
    reading = _Reading(lines=_Lines(path), layout=layout, listed=listed, place=place)
    size = max(1, _CELLS_HELD // len(names))
    before = csv.field_size_limit(_LONGEST)
    try:
        with parquet.ParquetWriter(target, schema) as writer:
            held: list[tuple[int, list[str]]] = []
            for row in reading.rows():
                held.append(row)
                if len(held) == size:
                    writer.write_batch(_batch(held, schema))
                    held.clear()
            writer.write_batch(_batch(held, schema))
    finally:
        csv.field_size_limit(before)
    return target, reading.n_positions, True


def _batch(rows: list[tuple[int, list[str]]], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    columns: list[Any] = [
        pa.array([cells[column] or None for _, cells in rows], pa.string())
        for column in range(len(schema) - 1)
    ]
    columns.append(pa.array([position for position, _ in rows], pa.int64()))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


class _Lines:
    """Lines of a text, with a look at those ahead."""

    def __init__(self, path: Path) -> None:
        self._source = self._read(path)
        self._ahead: deque[str] = deque()

    @staticmethod
    def _read(path: Path) -> Iterator[str]:
        carried = ""
        with path.open(encoding="utf-8-sig", newline="") as opened:
            while piece := opened.read(_PIECE):
                *lines, carried = (carried + piece).replace("\r\n", "\n").split("\n")
                yield from lines
                if len(carried) > 4 * _LONGEST:
                    yield carried  # no line ends at all: told as a row that is too long
                    carried = ""
        if carried:
            yield carried

    def next(self) -> str | None:
        """Take the next line; ``None`` at the end."""
        if self._ahead:
            return self._ahead.popleft()
        return next(self._source, None)

    def look(self, n_lines: int) -> list[str]:
        """Return the lines ahead without taking them."""
        while len(self._ahead) < n_lines:
            line = next(self._source, None)
            if line is None:
                break
            self._ahead.append(line)
        return list(self._ahead)[:n_lines]

    def skip(self, n_lines: int) -> None:
        """Take lines and leave them."""
        for _ in range(n_lines):
            self.next()


@dataclass(slots=True, kw_only=True)
class _Reading:
    """Rows on their way: where they stand, and how many were no rows."""

    lines: _Lines
    layout: Layout
    listed: Listed
    place: Place
    n_positions: int = 0
    n_wrong: int = 0
    n_lone: int = 0
    row: int = 0
    widths: Counter[int] = field(default_factory=Counter[int])

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield position and cells of each row that is kept."""
        self.lines.skip(self.layout.n_skipped)
        self.row = self.layout.n_skipped
        while (line := self.lines.next()) is not None:
            self.row += 1
            if not line.strip() and len(self.layout.names) > 1:
                continue
            cells = self._cells(line)
            kept = self._kept(cells) if cells is not None else None
            position, self.n_positions = self.n_positions, self.n_positions + 1
            if kept is not None:
                yield position, kept
            if self.n_positions == _JUDGED_BY:
                self._judge()
        self._judge()

    def _at(self) -> Place:
        return replace(self.place, row=self.row)

    def _cells(self, line: str) -> list[str] | None:
        """Return the cells of a row, over several lines where a quote spans them."""
        if len(line) > _LONGEST:
            self._aside(tell.LONG_ROW, len(line))
            return None
        if '"' not in line:
            return line.split(self.layout.delimiter)
        cells, n_lines = self._parsed([line, *([] if line.count('"') % 2 == 0 else self._near())])
        if n_lines == 1:
            return cells
        inside = self.lines.look(n_lines - 1)
        ended = n_lines <= _AHEAD and len(cells) == len(self.layout.names)
        if ended and not self._are_rows(inside[:-1]):
            self.lines.skip(n_lines - 1)
            return cells
        self._aside(tell.OPEN_QUOTE, line)
        return None

    def _near(self) -> list[str]:
        return self.lines.look(_AHEAD)

    def _parsed(self, lines: list[str]) -> tuple[list[str], int]:
        """Return the first row of some lines, and how many lines it takes; too many if no end."""
        fed = [*(f"{line}\n" for line in lines), "x"]
        reader = csv.reader(fed, delimiter=self.layout.delimiter)
        cells = next(reader)
        if reader.line_num > len(lines):
            return cells, _AHEAD + 2
        try:
            next(csv.reader(fed, delimiter=self.layout.delimiter, strict=True))
        except csv.Error:
            self.listed.add(tell.STRAY_QUOTE.at(self._at(), value=lines[0]))
        return cells, reader.line_num

    def _are_rows(self, lines: list[str]) -> bool:
        """Whether lines within one cell are rows of their own."""
        width = len(self.layout.names)
        alike = sum(line.count(self.layout.delimiter) == width - 1 for line in lines)
        return width >= _AT_LEAST and alike > len(lines) / 2

    def _kept(self, cells: list[str]) -> list[str] | None:
        width = len(self.layout.names)
        while len(cells) > width and not cells[-1]:
            cells.pop()
        self.widths[len(cells)] += 1
        if len(cells) == width:
            return cells
        problem, kept = judged(cells, width)
        self.listed.add(problem(self._at()))
        self.n_wrong += not kept
        self.n_lone += kept and len(cells) == 1
        return [*cells, *[""] * (width - len(cells))] if kept else None

    def _aside(self, kind: Any, value: object) -> None:
        self.listed.add(kind.at(self._at(), value=value))
        self.n_wrong += 1

    def _judge(self) -> None:
        """Refuse what is no table: no usual width, or a lone column that separators cut."""
        width = len(self.layout.names)
        most = _CUT if width == 1 else 1 / 2
        odd = self.n_wrong + self.n_lone
        alike = max(self.widths.values(), default=self.n_positions)
        if odd > self.n_positions * most or alike < self.n_positions / 2:
            raise FormatError(
                tell.LINES_DIFFER.at(
                    self.place, n_rows=self.n_positions - self.widths[width],
                    n_lines=self.n_positions,
                    n_columns=width,
                )
            )  # fmt: skip
