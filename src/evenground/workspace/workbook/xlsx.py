"""Write sheets as an XLSX workbook: styles, notes, drop-downs, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from evenground.language import N_, Language
from evenground.schema import Column, Kind
from evenground.workspace.declared_keys import LIST, NAMES
from evenground.workspace.workbook.sheets import AnySheet, KeySheet, RowSheet, TextSheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

ROWS_WITH_HELP = 2000
"""Rows below the heading that have drop-downs and formats."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every part of the archive; a zip archive knows no earlier one."""
DARK, LIGHT, GREY, INK = "FF1F3A5F", "FFD9E2EC", "FF5F6B7A", "FF1B1F24"
_FORMATS = {
    Kind.TEXT: "@",
    Kind.INTEGER: "0",
    Kind.NUMBER: "General",
    Kind.DATE: "yyyy-mm-dd",
    Kind.BOOLEAN: "@",
}
Value = str | int | float | bool
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_LIST = 255
_LONGEST_CELL = 32_000


def workbook_bytes(sheets: Iterable[AnySheet], *, speaks: Language, title: str) -> bytes:
    """Return the workbook as XLSX; the same sheets give the same bytes.

    No text ever becomes a formula, whatever it begins with.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page: Worksheet = book.create_sheet(sheet.name)
        if isinstance(sheet, TextSheet):
            _write_text(page, sheet)
        elif isinstance(sheet, KeySheet):
            _write_keys(page, sheet, speaks)
        else:
            _write_rows(page, sheet, speaks)
        _print_well(page)
    return saved(book, title=title)


def saved(book: Workbook, *, title: str) -> bytes:
    """Return a workbook as XLSX, without the moment of saving."""
    book.properties.creator = "Evenground"
    book.properties.title = title
    book.properties.created = book.properties.modified = datetime(*EPOCH)  # noqa: DTZ001 - no zone in XLSX
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _timeless(data: bytes) -> bytes:
    """Return the archive with one date for all parts, and without the moment of saving."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                stamp = datetime(*EPOCH).isoformat() + "Z"  # noqa: DTZ001 - written as UTC
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), content
                )
            entry = zipfile.ZipInfo(part.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return stream.getvalue()


def put(cell: Cell, value: Value | None) -> None:
    """Put a value into a cell; text stays text, also when it begins like a formula."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str):
        value = _CONTROL.sub(" ", value)[:_LONGEST_CELL]
        cell.value = value
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@", "\t", "\r")):
            cell.quotePrefix = True
    elif value is not None:
        cell.value = value


def _font(**look: Any) -> Font:
    """Return a font that every spreadsheet program has or replaces well."""
    from openpyxl.styles import Font

    named: dict[str, Any] = {"name": "Calibri", "size": 11, **look}
    return Font(**named)


def _at(page: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", page.cell(row, column))


def _write_text(page: Worksheet, sheet: TextSheet) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.hyperlink import Hyperlink

    title = _at(page, 1, 1)
    put(title, sheet.title)
    title.font = _font(bold=True, size=16, color=DARK)
    page.row_dimensions[1].height = 26
    for number, line in enumerate(sheet.lines, start=2):
        for column, text in enumerate(line, start=1):
            cell = _at(page, number, column)
            put(cell, text.removeprefix("**"))
            cell.font = _font(bold=text.startswith("**"), color=INK)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column == 1 and text in sheet.links:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{text}'!A1")
                cell.font = _font(color=DARK, underline="single")
        if len(line) == 1 and len(sheet.widths) > 1:
            page.merge_cells(None, number, 1, number, len(sheet.widths))
        page.row_dimensions[number].height = _height(line, sheet.widths)
    _widths(page, sheet.widths)
    page.sheet_view.showGridLines = False


def _print_well(page: Worksheet) -> None:
    """Print all columns on one page in width, and the heading on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _height(line: Sequence[str], widths: Sequence[int]) -> float:
    """Height in points that the longest cell of a line needs, wrapped."""
    room = (sum(widths),) if len(line) == 1 else widths
    rows = max((-(-len(text) // width) for text, width in zip(line, room, strict=False)), default=1)
    return 15.5 * max(rows, 1)


def _write_keys(page: Worksheet, sheet: KeySheet, speaks: Language) -> None:
    from openpyxl.styles import Alignment

    _heading(page, ("key", "value", "note"), required=(True, False, False))
    for number, key in enumerate(sheet.keys, start=2):
        put(_at(page, number, 1), key.name)
        _at(page, number, 1).font = _font(bold=key.required, color=INK)
        value = _at(page, number, 2)
        put(value, sheet.filled.get(key.name))
        value.number_format = _FORMATS.get(key.kind, "General")
        value.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        value.font = _font(color=INK)
        note = _at(page, number, 3)
        put(note, explained(key, speaks))
        note.font = _font(italic=True, color=GREY)
        note.alignment = Alignment(wrap_text=True, vertical="top")
        _guard(page, key, f"B{number}", speaks)
    _widths(page, (26, 48, 90))
    page.freeze_panes = "B2"


def _write_rows(page: Worksheet, sheet: RowSheet, speaks: Language) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    _heading(
        page,
        [column.name for column in sheet.columns],
        required=[column.required for column in sheet.columns],
    )
    last = 2 + ROWS_WITH_HELP
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        told = explained(column, speaks)
        comment = Comment(told, "Evenground", width=340, height=120)
        _at(page, 1, place).comment = comment
        note = _at(page, 2, place)
        put(note, f"# {told}" if place == 1 else told)
        note.font = _font(italic=True, size=9, color=GREY)
        note.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "General")
        _guard(page, column, f"{letter}3:{letter}{last}", speaks)
    for number, row in enumerate(sheet.rows, start=3):
        for place, column in enumerate(sheet.columns, start=1):
            if column.name in row:
                value = row[column.name]
                put(
                    _at(page, number, place),
                    speaks.text(value) if isinstance(value, str) else value,
                )
                _at(page, number, place).font = _font(color=INK)
                _at(page, number, place).number_format = _FORMATS.get(column.kind, "General")
    _widths(page, [_width(column) for column in sheet.columns])
    page.row_dimensions[2].height = 78
    page.freeze_panes = "A3"


def explained(column: Column, speaks: Language) -> str:
    """Say what a column or key means, its unit, its choices, an example, whether it is needed."""
    parts = [speaks.text(column.meaning)]
    if column.required:
        parts.append(speaks.text(N_("must be filled")))
    if column.unit in {LIST, NAMES}:
        parts.append(speaks.text(N_("several, parted by semicolons")))
    elif column.unit:
        parts.append(speaks.text(N_("in {unit}")).format(unit=column.unit))
    if column.choices:
        listed = ", ".join(column.choices)
        among = N_("some of: {choices}") if column.unit == LIST else N_("one of: {choices}")
        parts.append(speaks.text(among).format(choices=listed))
    if column.example:
        parts.append(speaks.text(N_("for example: {example}")).format(example=column.example))
    return "; ".join(parts)


def _guard(page: Worksheet, column: Column, cells: str, speaks: Language) -> None:
    """Offer choices and warn of what cannot be; a warning lets marks such as '..' pass."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule: DataValidation | None = None
    if column.unit in {LIST, NAMES}:
        return
    if column.choices or column.kind is Kind.BOOLEAN:
        listed = ",".join(column.choices or ("yes", "no"))
        if len(listed) < _LONGEST_LIST:
            rule = DataValidation(type="list", formula1=f'"{listed}"')
    elif column.refers_to == "options.key":
        rule = DataValidation(type="list", formula1="options!$A$3:$A$202")
    elif column.kind is Kind.DATE:
        rule = DataValidation(type="date", operator="greaterThan", formula1="1")
    elif column.kind in {Kind.NUMBER, Kind.INTEGER} and column.low is not None:
        kind = "whole" if column.kind is Kind.INTEGER else "decimal"
        if column.high is None:
            rule = DataValidation(
                type=kind, operator="greaterThanOrEqual", formula1=f"{column.low:g}"
            )
        else:
            rule = DataValidation(
                type=kind,
                operator="between",
                formula1=f"{column.low:g}",
                formula2=f"{column.high:g}",
            )
    if rule is None:
        return
    rule.errorStyle = "warning"
    rule.errorTitle = column.name
    rule.error = explained(column, speaks)[:220]
    rule.showErrorMessage = True
    rule.allowBlank = True
    rule.add(cells)
    page.add_data_validation(rule)


def _heading(page: Worksheet, names: Sequence[str], *, required: Sequence[bool]) -> None:
    from openpyxl.styles import Alignment, PatternFill

    for place, (name, needed) in enumerate(zip(names, required, strict=True), start=1):
        cell = _at(page, 1, place)
        put(cell, name)
        cell.font = _font(bold=True, color="FFFFFFFF" if needed else INK)
        cell.fill = PatternFill("solid", fgColor=DARK if needed else LIGHT)
        cell.alignment = Alignment(vertical="center")
    page.row_dimensions[1].height = 20


def _width(column: Column) -> int:
    """Width in characters: names and notes are readable without dragging."""
    if column.kind is Kind.TEXT and not column.choices:
        long = column.name in {"text", "words", "name", "meaning", "title", "summary", "terms"}
        return 42 if long else 26
    return max(16, *(len(word) + 4 for word in (column.name, *column.choices)))


def _widths(page: Worksheet, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for place, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
