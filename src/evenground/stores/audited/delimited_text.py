"""Delimited text of any size: read by the engine, and what it refuses looked at again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evenground.stores import limits
from evenground.stores.audited import messages as tell
from evenground.stores.audited.careful_text import read_carefully
from evenground.stores.audited.engine import Session, quoted, quoted_text
from evenground.stores.audited.layout import Layout, layout_of
from evenground.stores.audited.listed import Listed, in_plain_words
from evenground.stores.audited.opened import ROW, AuditedFile
from evenground.stores.audited.part import Part, SourceFile
from evenground.stores.audited.row_widths import judged
from evenground.stores.audited.text_look import TextLook, look_through, rewritten

SUFFIXES = (".csv", ".tsv", ".txt")
_MENDED = 100_000
"""Rows with a wrong number of cells that are mended one by one; with more, all are read again."""
_AS_CASES = 1_000
"""So few refused rows are counted by comparisons, without a join."""
_FEW = 0.05
"""With a larger share of such rows the file may be no table."""
_SIMPLE = ("MISSING COLUMNS", "TOO MANY COLUMNS")
_CELLS_HELD = 2_000_000
_LEAST_GROUP, _MOST_GROUP = 2_048, 122_880


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    """A row that the engine did not take: its row number in the file, its text, and why."""

    row: int
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text on its way into the engine."""

    source: SourceFile
    path: Path
    look: TextLook
    layout: Layout


def open_delimited(session: Session, source: SourceFile) -> Part:
    """Write a delimited text as Parquet, every cell as text, and list what was wrong.

    Nothing is held in memory: a file of any size streams. A row with too few cells is filled up, a
    row with too many is set aside; both are listed, and every row keeps its position.

    Raises
    ------
    FormatError
        If the file is empty, no table, or not in its encoding.
    """
    look = look_through(source.path, encoding=source.encoding, place=source.place)
    listed = Listed()
    listed.extend(map(in_plain_words, look.problems(source.place)))
    path = source.path
    if not look.is_clean:
        path = rewritten(path, session.path(".csv"), look, place=source.place)
    layout = layout_of(source.path, look, delimiter=source.delimiter, place=source.place)
    listed.extend(map(in_plain_words, layout.problems))
    text = _Text(source=source, path=path, look=look, layout=layout)
    rows = _quickly(session, text, listed)
    if rows is None:
        rows = read_carefully(
            path, session.path(".parquet"), layout, listed=listed, place=source.place
        )
    if path != source.path:
        path.unlink()
    return _part(session, text, rows, listed)


def _quickly(session: Session, text: _Text, listed: Listed) -> tuple[Path, int, bool] | None:
    """Let the engine read; ``None`` if what it refused has to be looked at line by line."""
    import duckdb

    for table in ("reject_errors", "reject_scans"):
        session.run(f"DROP TABLE IF EXISTS {table}")
    group = _CELLS_HELD // max(1, len(text.layout.names))
    options = f"ROW_GROUP_SIZE {min(_MOST_GROUP, max(_LEAST_GROUP, group))}"
    try:
        path = session.keep(f"FROM {_read_csv(text)}", options)
        refused = _refused(session)
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException):
        return None
    n_rows = session.count(path)
    if _looks_doubtful(session, text, path, refused, n_rows):
        path.unlink()
        return None
    if not refused:
        return path, n_rows, False
    return _mended(session, text, path, refused, listed), n_rows + len(refused), True


def _read_csv(text: _Text) -> str:
    names = text.layout.names
    columns = ", ".join(f"{quoted_text(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({quoted_text(text.path)}, header = false, auto_detect = false, "
        f"delim = {quoted_text(text.layout.delimiter)}, quote = '\"', escape = '\"', comment = '', "
        f"skip = {text.layout.n_skipped}, columns = {{{columns}}}, store_rejects = true, "
        f"rejects_limit = {_MENDED + 1}, max_line_size = {4 * limits.MAX_CELL_CHARACTERS})"
    )


def _refused(session: Session) -> list[_Refused]:
    rows = session.rows(
        "FROM reject_errors SELECT line, any_value(csv_line), min(error_type) "
        f"GROUP BY line ORDER BY line LIMIT {_MENDED + 1}"
    )
    return [_Refused(row=int(row), text=str(text), why=str(why)) for row, text, why in rows]


def _looks_doubtful(
    session: Session, text: _Text, path: Path, refused: Sequence[_Refused], n_rows: int
) -> bool:
    """Whether the engine may have taken several rows for one, or lost count of them."""
    if len(refused) > min(_MENDED, n_rows * _FEW) or (refused and text.look.blank_lines):
        return True
    if any(one.why not in _SIMPLE or "\n" in one.text for one in refused):
        return True
    spare = text.look.n_lines - text.layout.n_skipped - n_rows - len(refused)
    return spare > 0 and not text.look.blank_lines and _holds_rows(session, text, path)


def _holds_rows(session: Session, text: _Text, path: Path) -> bool:
    """Whether a cell holds lines that are rows of their own: a quote was left open."""
    width = len(text.layout.names)
    mark = text.layout.delimiter.replace("|", "\\|")
    cell = f"[^{text.layout.delimiter}\\n]*"
    row = quoted_text(f"\\n({cell}{mark}){{{min(width, 500) - 1}}}{cell}\\n")
    tests = " OR ".join(
        f"(contains({quoted(name)}, chr(10)) AND regexp_matches({quoted(name)}, {row}))"
        for name in text.layout.names
    )
    found = session.rows(f"FROM {quoted_text(path)} SELECT 1 WHERE {tests} LIMIT 1")
    return width > 1 and bool(found)


def _mended(
    session: Session, text: _Text, path: Path, refused: Sequence[_Refused], listed: Listed
) -> Path:
    """Put rows with too few cells where they belong, and give every row its position."""
    import pyarrow as pa
    from pyarrow import parquet

    names = text.layout.names
    filled = list(_filled_up(text, refused, listed))
    columns = {
        name: pa.array([cells[column] or None for _, cells in filled], pa.string())
        for column, name in enumerate(names)
    }
    columns[ROW] = pa.array([position for position, _ in filled], pa.int64())
    more = session.path(".parquet")
    parquet.write_table(pa.table(columns), more)
    positions = [one.row - text.layout.n_skipped - 1 for one in refused]
    begins = [position - before for before, position in enumerate(positions)]
    cells = ", ".join(quoted(name) for name in names)
    source, shift = _shifted(session, path, begins)
    mended = session.keep(
        f"FROM {source} SELECT {cells}, file_row_number + {shift} AS {ROW} "  # noqa: S608 - quoted
        f"UNION ALL FROM {quoted_text(more)} SELECT {cells}, {ROW}"
    )
    for one in (path, more):
        one.unlink()
    return mended


def _shifted(session: Session, path: Path, begins: Sequence[int]) -> tuple[str, str]:
    """Return a source of rows and the expression of how many refused rows stand before each.

    ``begins`` are the rows (as the engine counts those that it took) before which one was refused.
    """
    import pyarrow as pa
    from pyarrow import parquet

    if len(begins) <= _AS_CASES:
        return quoted_text(path), _cases(begins, 0)
    gaps = session.path(".parquet")
    shift = pa.array(range(1, len(begins) + 1), pa.int64())
    parquet.write_table(pa.table({"begins": begins, "shift": shift}), gaps)
    source = (
        f"{quoted_text(path)} ASOF LEFT JOIN (FROM {quoted_text(gaps)} "
        "SELECT begins, max(shift) AS shift GROUP BY begins) ON file_row_number >= begins"
    )
    return source, "coalesce(shift, 0)"


def _cases(begins: Sequence[int], before: int) -> str:
    """Return nested cases that halve the rows, so that each row is compared a few times only."""
    if not begins:
        return str(before)
    middle = len(begins) // 2
    low, high = _cases(begins[:middle], before), _cases(begins[middle + 1 :], before + middle + 1)
    return f"CASE WHEN file_row_number < {begins[middle]} THEN {low} ELSE {high} END"


def _filled_up(
    text: _Text, refused: Sequence[_Refused], listed: Listed
) -> Iterator[tuple[int, list[str]]]:
    """Yield position and cells of each row that is only too short; list all of them."""
    width = len(text.layout.names)
    for one in refused:
        place = replace(text.source.place, row=one.row)
        cells = next(csv.reader([one.text], delimiter=text.layout.delimiter), [])
        problem, kept = judged(cells, width)
        listed.add(problem(place))
        if kept:
            yield one.row - text.layout.n_skipped - 1, [*cells, *[""] * (width - len(cells))]


def _part(session: Session, text: _Text, rows: tuple[Path, int, bool], listed: Listed) -> Part:
    path, n_positions, own_rows = rows
    n_rows = session.count(path)
    if not n_rows:
        listed.add(tell.NO_DATA_ROWS.at(text.source.place))
    return Part(
        file=AuditedFile(
            name=text.source.name,
            sha256=text.look.sha256,
            n_bytes=text.look.n_bytes,
            n_rows=n_rows,
            columns=dict.fromkeys(text.layout.names, "string"),
            first_row=text.layout.n_skipped + 1,
        ),
        path=path,
        columns=dict.fromkeys(text.layout.names, "VARCHAR"),
        n_positions=n_positions,
        own_rows=own_rows,
        problems=listed.problems(),
    )
