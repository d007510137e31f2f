"""Write a ``.pb`` file: every field of every section, in the order in which it was read."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from evenground.connectors.pabulib.arrow import functions
from evenground.connectors.pabulib.document import MetaLine, PabulibFile
from evenground.connectors.pabulib.rows import Rows
from evenground.connectors.pabulib.text import encoded

if TYPE_CHECKING:
    import pyarrow as pa

_NEEDS_QUOTES = '[;"\r\n]'


def pabulib_bytes(file: PabulibFile) -> bytes:
    """Return the bytes of a file.

    A cell is quoted only where it holds a semicolon, a quote or a line break. A file read from
    bytes that follow the same custom comes out byte for byte; any other comes out field for field.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows(_meta_cells(line) for line in file.meta)
    for marker, rows in (("PROJECTS", file.projects), ("VOTES", file.votes)):
        writer.writerow([marker])
        writer.writerow(rows.names)
        _write_rows(text, rows)
    return encoded(text.getvalue(), file.layout)


def _meta_cells(line: MetaLine) -> list[str]:
    return [line.key] if line.value is None else [line.key, line.value, *line.surplus]


def _write_rows(text: StringIO, rows: Rows) -> None:
    if rows.n_rows == 0:
        return
    if _plain(rows):
        pc = functions()

        columns = [column.combine_chunks() for column in rows.cells.columns]
        lines: pa.Array = pc.binary_join_element_wise(*columns, ";")
        text.write("\n".join(lines.to_pylist()) + "\n")
        return
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    columns = [column.to_pylist() for column in rows.cells.columns]
    for at, row in enumerate(zip(*columns, strict=True)):
        cells = [cell for cell in row if cell is not None]
        writer.writerow([*cells, *rows.surplus.get(at, ())])


def _plain(rows: Rows) -> bool:
    """Return whether every row has every cell, and none needs quotes."""
    pc = functions()

    if rows.surplus or len(rows.names) < 2:  # noqa: PLR2004 - an only cell, if empty, is quoted
        return False
    return not any(
        column.null_count or pc.any(pc.match_substring_regex(column, _NEEDS_QUOTES)).as_py()
        for column in rows.cells.columns
    )
