"""Registers as files: read from CSV and XLSX, written to them, put into an initiative's folder."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.errors import (
    FormatError,
    InvalidInputError,
    NotFoundError,
    Place,
    Problem,
    WriteError,
)
from evenground.initiative.tables import PROMISES
from evenground.stores.delimited import SUFFIXES as DELIMITED
from evenground.stores.entries import TableEntry
from evenground.stores.files import read_raw
from evenground.stores.folder import DataFile, sha256_of
from evenground.stores.raw import RawTable
from evenground.stores.spreadsheet import SUFFIXES as SPREADSHEETS
from evenground.stores.spreadsheet import as_text
from evenground.workspace.benefits import messages as say
from evenground.workspace.benefits.headings import all_names, folded, headings
from evenground.workspace.benefits.register import Imported, Register, as_promises
from evenground.workspace.existing_file import existing_file
from evenground.workspace.opening import OpenInitiative, open_initiative
from evenground.workspace.writing import write_atomic

if TYPE_CHECKING:
    from evenground.stores.table import ReadTable

FILE = "promises.csv"
TABLE = PROMISES.name
LOSES = frozenset({"unnamed_column", "repeated_column", "too_many_cells"})
"""What readers leave out of a table, and a register must not lose."""
WIDEST = 48
"""Characters beyond which a column of a sheet grows no wider."""
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegister:
    """A register as read: rows, the file's hash, and what was noticed or set aside on the way."""

    register: Register
    file: str
    sha256: str
    told: tuple[Problem, ...]


def read_register(path: Path, *, sheet: str = "") -> ReadRegister:
    """Read a benefits register from CSV or XLSX.

    Raises
    ------
    NotFoundError
        If there is no such file or sheet.
    FormatError, UntrustedInputError
        If it is neither, cannot be read, or exceeds a reading limit.
    """
    _refuse_suffix(existing_file(path))
    name = str(path)
    file = DataFile(path=path, name=name, sha256=sha256_of(path, name=name))
    raw = read_raw(file, TableEntry(table="", file=path.name, sheet=sheet), all_names())
    return ReadRegister(
        register=_register(raw, path.name),
        file=name,
        sha256=file.sha256,
        told=(*raw.problems, *raw.set_aside, *raw.noticed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to import: whether an earlier import gives way, the decimal mark, whether to write."""

    replace: bool = False
    decimal: str = ""
    dry_run: bool = False


def import_register(read: ReadRegister, into: Path, *, how: How | None = None) -> Imported:
    """Write a register into an initiative's folder as its table of promises.

    Nothing is written unless all of it can be, and nothing at all in a dry run.

    Raises
    ------
    FormatError
        If no heading is known.
    InvalidInputError
        If a benefit has no description, two have one code, or cells stand in a column without a
        name of its own.
    WriteError
        If the initiative has promises already (and they are not those of an earlier import, to be
        replaced), is a single workbook, or the disk refuses.
    NotFoundError
        If there is no initiative.
    """
    how = how or How()
    imported = as_promises(read.register, decimal=how.decimal)
    _refuse_unusable(imported, read)
    opened = open_initiative(into)
    if opened.workbook is not None or not into.is_dir():
        raise WriteError(say.A_WORKBOOK.at(Place(), value=into))
    there = [one for one in opened.readings if one.schema.name == TABLE]
    earlier = all(one.file == FILE for one in there) and how.replace
    if (there or (into / FILE).exists()) and not earlier:
        files = ", ".join(dict.fromkeys(one.file for one in there)) or FILE
        raise WriteError(say.PROMISES_THERE.at(Place(), value=files))
    if not how.dry_run:
        write_atomic(into / FILE, csv_text(imported.promises), overwrite=earlier)
    return imported


def promises_of(opened: OpenInitiative, *, name: str) -> Register:
    """Return an initiative's promises as text, with the columns that its files hold beside.

    Raises
    ------
    NotFoundError
        If it has none.
    """
    parts = [one for one in opened.readings if one.schema.name == TABLE and one.table.num_rows]
    if not parts:
        raise NotFoundError(say.NO_PROMISES.at(Place(), value=name))
    rows: list[dict[str, str]] = []
    for part in parts:
        beside = _beside(part, opened)
        for at, row in enumerate(part.table.to_pylist()):
            own = {key: unguarded(_text(value)) for key, value in row.items() if value is not None}
            rows.append(own | beside.get(int(part.rows[at]), {}))
    own = [column for column in PROMISES.names if any(column in row for row in rows)]
    kept = dict.fromkeys(key for row in rows for key in row if key not in PROMISES.names)
    names = (*own, *kept)
    return Register(
        names=names,
        rows=tuple(tuple(row.get(key, "") for key in names) for row in rows),
        numbers=tuple(range(2, len(rows) + 2)),
    )


def write_register(register: Register, path: Path) -> Path:
    """Write a register as CSV or XLSX, by the ending of its name; no file is ever replaced.

    Raises
    ------
    FormatError
        If it ends otherwise.
    WriteError
        If the name is taken, or the disk refuses.
    """
    _refuse_suffix(path)
    spread = path.suffix.lower() in SPREADSHEETS
    return write_atomic(path, workbook(register) if spread else csv_text(register), overwrite=False)


def csv_text(register: Register) -> str:
    """Return a register as comma-separated text; no cell of it is run as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([guarded(cell) for cell in row] for row in (register.names, *register.rows))
    return stream.getvalue()


def guarded(cell: str) -> str:
    """Return a cell of text with a mark before it where a spreadsheet program would run it."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) and not _is_number(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell of text without that mark."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


def workbook(register: Register) -> bytes:
    """Return a register as XLSX with one sheet; numbers are numbers, text never a formula.

    Raises
    ------
    FormatError
        If a cell holds what XLSX cannot: too much text, or control characters.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    from evenground.workspace.workbook.xlsx import put, saved

    book = Workbook()
    page: Any = book.active
    page.title = TABLE
    for column, name in enumerate(register.names, start=1):
        cells = [_typed(row[column - 1]) for row in register.rows]
        for number, value in enumerate((name, *cells), start=1):
            cell = page.cell(number, column)
            if value != "":
                put(cell, value)
            if cell.value != (value if value != "" else None):
                at = Place(row=number, column=name)
                raise FormatError(say.NOT_FOR_XLSX.at(at, value=name))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        page.cell(1, column).font = Font(bold=True)
        widest = max(len(str(value)) for value in (name, *cells))
        page.column_dimensions[get_column_letter(column)].width = min(widest, WIDEST) + 2
    page.freeze_panes = "A2"
    return saved(book, title=TABLE)


def _typed(cell: str) -> str | float:
    """Return a number where it reads back as the very text that it was."""
    if not _is_number(cell):
        return cell
    number = float(cell)
    return number if isfinite(number) and as_text(number) == cell else cell


def _is_number(cell: str) -> bool:
    return _PLAIN_NUMBER.fullmatch(cell) is not None


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else as_text(value)


def _register(raw: RawTable, file: str) -> Register:
    plain = unguarded if Path(file).suffix.lower() in DELIMITED else str
    columns = [[plain(cell or "") for cell in found.to_pylist()] for found in raw.columns.values()]
    names = tuple(map(plain, raw.columns))
    rows: Sequence[tuple[str, ...]] = list(zip(*columns, strict=True))
    # A heading that is merged over two rows, or repeated on each page, is no benefit.
    kept = [at for at, row in enumerate(rows) if row != names]
    return Register(
        names=names,
        rows=tuple(rows[at] for at in kept),
        numbers=tuple(int(raw.rows[at]) for at in kept),
    )


def _beside(part: ReadTable, opened: OpenInitiative) -> dict[int, dict[str, str]]:
    """Return what a file holds beside the model's columns, by row number."""
    if opened.folder is None:
        return {}
    raw = read_raw(opened.folder.find(part.entry), part.entry, all_names())
    used = {name for _, name in part.sources} | {*part.entry.where}
    register = _register(raw, part.file)
    spare = [at for at, name in enumerate(raw.columns) if name not in used]
    return {
        number: {register.names[at]: row[at] for at in spare}
        for number, row in zip(register.numbers, register.rows, strict=True)
    }


def _refuse_suffix(path: Path) -> None:
    if path.suffix.lower() not in {*DELIMITED, *SPREADSHEETS}:
        raise FormatError(say.NOT_A_REGISTER.at(Place(), value=path.name))


def _refuse_unusable(imported: Imported, read: ReadRegister) -> None:
    """Refuse a register that cannot become promises; every benefit with a fault is named."""
    lost = [problem for problem in read.told if problem.code in LOSES]
    if lost:
        raise InvalidInputError(*lost)
    place = Place(file=read.file)
    promises = imported.promises
    if "words" not in promises.names:
        if not any(folded(name) in headings() for name in read.register.names):
            known = ", ".join(read.register.names)
            raise FormatError(say.NO_HEADING.at(place, value=read.file, known=known))
        silent = list(promises.numbers)
    else:
        cells = zip(promises.numbers, promises.column("words"), strict=True)
        silent = [number for number, words in cells if not words.strip()]
    problems: list[Problem] = []
    if silent:
        at = Place(file=read.file, row=silent[0])
        problems.append(say.NO_WORDS.at(at, n_rows=len(silent)))
    seen: set[str] = set()
    for number, code in zip(promises.numbers, promises.column("promise_id"), strict=True):
        if code.strip() in seen:
            problems.append(say.SAME_CODE.at(Place(file=read.file, row=number), value=code))
        seen.add(code.strip())
    if problems:
        raise InvalidInputError(*problems)
