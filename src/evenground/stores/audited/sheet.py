"""One sheet of a workbook as rows of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from evenground.errors import EvengroundError, Problem
from evenground.stores.audited import messages as tell
from evenground.stores.audited.engine import Session, quoted_text
from evenground.stores.audited.hashing import hashed
from evenground.stores.audited.layout import unique_names
from evenground.stores.audited.listed import Listed, in_plain_words
from evenground.stores.audited.opened import ROW, AuditedFile
from evenground.stores.audited.part import Part, SourceFile
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable
from evenground.stores.spreadsheet import read_spreadsheet


def open_sheet(session: Session, source: SourceFile) -> Part:
    """Write a sheet as Parquet, every cell as text; notes and rows too wide are set aside.

    Raises
    ------
    FormatError, NotFoundError, UntrustedInputError
        If the workbook is damaged, lacks the sheet, or exceeds a reading limit.
    """
    import pyarrow as pa
    from pyarrow import parquet

    sha256, n_bytes = hashed(source.path)
    file = DataFile(path=source.path, name=source.name, sha256=sha256)
    entry = TableEntry(table="", file=source.name, sheet=source.sheet)
    try:
        raw = read_spreadsheet(file, entry, ())
    except EvengroundError as error:
        raise type(error)(*map(in_plain_words, error.problems)) from error
    listed = Listed()
    listed.extend(_in_order(raw))
    given, _ = unique_names(list(raw.columns), len(raw.columns), raw.place)
    columns: dict[str, Any] = dict(
        zip(given, map(_without_empty, raw.columns.values()), strict=True)
    )
    columns[ROW] = pa.array(raw.rows - raw.header_row - 1, pa.int64())
    path = session.path(".parquet")
    parquet.write_table(pa.table(columns), path)
    if not len(raw.rows):
        listed.add(tell.NO_DATA_ROWS.at(raw.place))
    last = int(raw.rows.max()) if len(raw.rows) else raw.header_row
    return Part(
        file=AuditedFile(
            name=f"{source.name}#{raw.place.sheet}", sha256=sha256, n_bytes=n_bytes,
            n_rows=len(raw.rows), columns=dict.fromkeys(given, "string"),
            first_row=raw.header_row + 1,
        ),
        path=path,
        columns={n: k for n, k in session.types(f"FROM {quoted_text(path)}").items() if n != ROW},
        n_positions=last - raw.header_row,
        own_rows=True,
        problems=listed.problems(),
    )  # fmt: skip


def _in_order(raw: RawTable) -> Iterable[Problem]:
    """Yield what was found; a column that is there twice is read all the same."""
    for problem in (*raw.problems, *raw.noticed, *raw.set_aside):
        told = in_plain_words(problem)
        if problem.code == "repeated_column":
            told = replace(told, severity=tell.REPEATED_NAME.severity)
        yield told


def _without_empty(values: Any) -> Any:
    """Return texts with empty ones as none."""
    import pyarrow as pa

    return pa.array([text or None for text in values.to_pylist()], pa.string())
