"""Read sheets of XLSX workbooks: stored values only, no formula is ever run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from evenground.errors import (
    FormatError,
    NotFoundError,
    Place,
    Problem,
    UntrustedInputError,
    nearest_name,
)
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.archive import DAMAGED, Budget, open_zip
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable
from evenground.stores.rows import Grid, letters, table_of

if TYPE_CHECKING:
    from openpyxl import Workbook

SUFFIXES = (".xlsx", ".xlsm")
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet as texts, with what was wrong or noticed in its cells."""

    name: str
    rows: list[list[str]]
    problems: tuple[Problem, ...] = ()


def read_spreadsheet(file: DataFile, entry: TableEntry, expected: Collection[str]) -> RawTable:
    """Read the sheet that the entry names, or the one named after the table, or the first.

    Raises
    ------
    FormatError, NotFoundError, UntrustedInputError
        If the workbook is damaged, lacks the sheet, or exceeds a reading limit.
    """
    names = sheet_names(file)
    chosen, problems = _choose(names, entry, Place(file=file.name))
    (sheet,) = read_sheets(file, (chosen,))
    grid = Grid(rows=sheet.rows, place=Place(file=file.name, sheet=chosen), marks_notes=True)
    raw = table_of(grid, entry, expected)
    return replace(raw, problems=(*problems, *sheet.problems, *raw.problems))


def _choose(names: Sequence[str], entry: TableEntry, place: Place) -> tuple[str, list[Problem]]:
    fields: dict[str, Any] = {"known": ", ".join(names), "table": entry.table}
    if entry.sheet:
        if entry.sheet in names:
            return entry.sheet, []
        near = nearest_name(entry.sheet, names)
        raise NotFoundError(say.SHEET_MISSING.at(place, value=entry.sheet, nearest=near, **fields))
    if entry.table in names:
        return entry.table, []
    several = [say.SEVERAL_LAYERS.at(place, value=names[0], **fields)] if len(names) > 1 else []
    return names[0], several


def sheet_names(file: DataFile) -> list[str]:
    """Return the names of the sheets with cells, in order.

    Raises
    ------
    FormatError, UntrustedInputError
        If the workbook is damaged or exceeds a reading limit.
    """
    if "names" not in file.kept:
        _inspect(file)
        with _opened(file, formulas=False) as workbook:
            file.kept["names"] = [sheet.title for sheet in workbook.worksheets]
    return list(file.kept["names"])


def read_sheets(file: DataFile, names: Collection[str]) -> list[Sheet]:
    """Return sheets as texts, in the order of ``names``; each sheet of a file is read once.

    Formulas show their stored value, merged cells their common one.

    Raises
    ------
    FormatError, UntrustedInputError
        If the workbook is damaged or exceeds a reading limit.
    """
    kept: dict[str, Sheet] = file.kept.setdefault("sheets", {})
    missing = [name for name in names if name not in kept]
    if missing:
        inspected = _inspect(file)
        with _opened(file, formulas=False) as workbook:
            for name in missing:
                kept[name] = _sheet(workbook, name, file, inspected)
    return [kept[name] for name in names]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inspected:
    """What the XML of each sheet says that the cell reader does not: merges, formulas."""

    merged: dict[str, list[tuple[int, int, int, int]]]
    with_formulas: frozenset[str]


def _inspect(file: DataFile) -> _Inspected:
    """Read every part of the workbook once, counted, and refuse XML entities."""
    if "inspected" in file.kept:
        return file.kept["inspected"]
    budget = Budget(file)
    merged: dict[str, list[tuple[int, int, int, int]]] = {}
    with_formulas: set[str] = set()
    with open_zip(file, wanted="XLSX") as archive:
        for member in archive.infolist():
            ranges, formulas = _inspect_member(archive, member, budget)
            if ranges:
                merged[member.filename] = ranges
            if formulas:
                with_formulas.add(member.filename)
    file.kept["inspected"] = _Inspected(merged=merged, with_formulas=frozenset(with_formulas))
    return file.kept["inspected"]


def _inspect_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> tuple[list[tuple[int, int, int, int]], bool]:
    ranges: dict[tuple[int, int, int, int], None] = {}
    formulas, tail = False, b""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    try:
        with archive.open(member) as source:
            while chunk := budget.read(source):
                seen, tail = tail + chunk, (tail + chunk)[-_OVERLAP:]
                if is_xml and _DECLARES.search(seen):
                    raise UntrustedInputError(
                        say.XML_ENTITIES.at(budget.place, value=member.filename)
                    )
                formulas = formulas or b"<f>" in seen or b"<f " in seen
                for left, top, right, bottom in _MERGED.findall(seen):
                    ranges[int(top) - 1, _column(left), int(bottom) - 1, _column(right)] = None
    except DAMAGED as error:
        reason = str(error)[:120]
        raise FormatError(say.UNREADABLE.at(budget.place, reason=reason, wanted="XLSX")) from error
    return list(ranges), formulas


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


@contextmanager
def _opened(file: DataFile, *, formulas: bool) -> Generator[Workbook]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    place = Place(file=file.name)
    try:
        workbook = openpyxl.load_workbook(
            file.path, read_only=True, data_only=not formulas, keep_links=False
        )
    except (InvalidFileException, KeyError, ValueError, SyntaxError, *DAMAGED) as error:
        reason = str(error)[:120]
        raise FormatError(say.UNREADABLE.at(place, reason=reason, wanted="XLSX")) from error
    try:
        yield workbook
    except (KeyError, ValueError, TypeError, SyntaxError, *DAMAGED) as error:
        reason = str(error)[:120]
        raise FormatError(say.UNREADABLE.at(place, reason=reason, wanted="XLSX")) from error
    finally:
        workbook.close()


def _sheet(workbook: Workbook, name: str, file: DataFile, inspected: _Inspected) -> Sheet:
    place = Place(file=file.name, sheet=name)
    cells = _Cells(place)
    source: Any = workbook[name]
    source.reset_dimensions()
    for row in source.iter_rows():
        cells.take(row)
    path = str(getattr(source, "_worksheet_path", "")).lstrip("/")
    problems = list(cells.problems())
    if path in inspected.with_formulas:
        problems += _formulas_without_values(file, name, cells.rows)
    filled = _fill_merged(cells.rows, inspected.merged.get(path, []), place)
    return Sheet(name=name, rows=cells.rows, problems=(*problems, *filled))


class _Cells:
    """Cells as texts, row by row; remembers error cells."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.rows: list[list[str]] = []
        self._errors: dict[tuple[str, int], list[int]] = {}

    def take(self, row: Sequence[Any]) -> None:
        number = len(self.rows) + 1
        if number > limits.MAX_ROWS or len(row) > limits.MAX_COLUMNS:
            too_many, unit = (number, "rows") if number > limits.MAX_ROWS else (len(row), "columns")
            limit = limits.MAX_ROWS if unit == "rows" else limits.MAX_COLUMNS
            raise UntrustedInputError(
                say.TOO_LARGE.at(self.place, value=too_many, unit=unit, limit=limit)
            )
        self.rows.append([self._text(cell, number) for cell in row])

    def _text(self, cell: Any, number: int) -> str:
        value = cell.value
        if isinstance(value, str) and cell.data_type == "e":
            self._errors.setdefault((value, cell.column - 1), []).append(number)
            return ""
        return as_text(value)

    def problems(self) -> Iterator[Problem]:
        for (value, column), rows in self._errors.items():
            place = replace(self.place, row=rows[0], column=letters(column))
            yield say.CELL_ERROR.at(place, value=value, n_rows=len(rows))


def as_text(value: object) -> str:
    """Write a cell's value so that it reads back in only one way.

    A number with three decimals gets a fourth, since ``1.234`` is also how some write 1234.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _float_text(value: float) -> str:
    if value.is_integer() and abs(value) < limits.MAX_NUMBER:
        return str(int(value))
    text = repr(value)
    return text + "0" if re.fullmatch(r"-?\d+\.\d{3}", text) else text


def _fill_merged(
    rows: list[list[str]], ranges: Sequence[tuple[int, int, int, int]], place: Place
) -> Iterator[Problem]:
    """Give every row of a merged block the block's value; blocks within one row stay."""
    for top, left, bottom, right in ranges:
        if bottom == top or top >= len(rows) or left >= len(rows[top]) or left != right:
            continue
        value = rows[top][left]
        last = min(bottom, len(rows) - 1)
        for row in rows[top + 1 : last + 1]:
            row.extend([""] * (left + 1 - len(row)))
            row[left] = value
        if value.strip() and last > top:
            where = replace(place, row=top + 1, column=letters(left))
            yield say.MERGED_FILLED.at(where, value=value, n_rows=last - top)


def _formulas_without_values(
    file: DataFile, name: str, rows: Sequence[Sequence[str]]
) -> Iterator[Problem]:
    """Find cells that hold a formula and no stored value, column by column."""
    empty: dict[int, list[int]] = {}
    with _opened(file, formulas=True) as workbook:
        source: Any = workbook[name]
        source.reset_dimensions()
        for number, (row, stored) in enumerate(zip(source.iter_rows(), rows, strict=False), 1):
            for column, cell in enumerate(row):
                value = cell.value
                shown = column < len(stored) and stored[column]
                if value is not None and not shown and cell.data_type == "f":
                    empty.setdefault(column, []).append(number)
    for column, numbers in empty.items():
        place = Place(file=file.name, sheet=name, row=numbers[0], column=letters(column))
        yield say.FORMULA_WITHOUT_VALUE.at(place, n_rows=len(numbers))
