"""Read what a workbook declares: key/value sheets and sheets with one thing per row.

A workbook holds what ``city.toml`` and ``initiative.toml`` hold, sheet by sheet: ``city`` and
``initiative`` have columns ``key`` and ``value`` (``decision.body`` is a key inside ``decision``),
``options``, ``problems``, ``groups``, ``baselines`` and ``levels`` one row each, ``costs`` one row
per option and year, ``settings`` keys and values. Every other sheet named after a table is that
table. Rows whose first cell begins with ``#`` are notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evenground.declaration import Declaration, Path, Written
from evenground.errors import Place, Problem, ProblemKind, nearest_name
from evenground.language import N_
from evenground.stores.folder import DataFile
from evenground.stores.rows import NOTE_MARK
from evenground.stores.spreadsheet import Sheet, read_sheets, sheet_names

ROW_SHEETS: Mapping[str, tuple[str, ...]] = {
    "city": ("groups", "baselines"),
    "initiative": ("options", "problems"),
}
"""Sheets with one thing per row, by what is declared."""
KEY_SHEETS: Mapping[str, tuple[str, ...]] = {
    "city": ("settings",),
    "initiative": ("decision", "made_by"),
}
"""Further sheets with keys and values; their keys stand inside the sheet's name."""

NO_KEY_COLUMN = ProblemKind(
    code="no_key_column",
    what=N_("The sheet {sheet} of {file} has no columns called key and value."),
    rule=N_("It says one thing per row: a key, and what it is set to."),
    way_out=N_("Write key and value into the first row."),
)
COST_OF_NO_OPTION = ProblemKind(
    code="cost_of_no_option",
    what=N_("The sheet costs names the option {value}, which is not in the sheet options."),
    rule=N_("A cost belongs to an option."),
    way_out=N_("Add the option, or use one of: {known}."),
    suggestion=N_("Write {nearest}. The options are: {known}."),
)
KEY_TWICE = ProblemKind(
    code="key_twice",
    what=N_("The key {value} stands in two rows of the sheet {sheet}."),
    rule=N_("Only one of them can hold; the first was used."),
    way_out=N_("Delete row {row}, or the other one."),
)


@dataclass(slots=True, kw_only=True)
class _Reader:
    file: DataFile
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    places: dict[Path, Place] = field(default_factory=dict[Path, Place])
    problems: list[Problem] = field(default_factory=list[Problem])

    def at(self, sheet: Sheet, row: int, column: str = "") -> Place:
        """Return the place of a cell; rows count from 0 here and from 1 in the place."""
        return Place(file=self.file.name, sheet=sheet.name, row=row + 1, column=column)

    def keys(self, sheet: Sheet, under: Path) -> None:
        """Read a sheet of keys and values into a table at ``under``."""
        self.problems += sheet.problems
        header = _header(sheet, ("key", "value"))
        if header is None:
            self.problems.append(NO_KEY_COLUMN.at(self.at(sheet, 0)))
            return
        key_column, value_column = header
        for number, row in _data(sheet):
            key, value = _cell(row, key_column), _cell(row, value_column)
            if not key or not value:
                continue
            path = (*under, *key.split("."))
            if path in self.places:
                self.problems.append(KEY_TWICE.at(self.at(sheet, number, key), value=key))
                continue
            self.places[path] = self.at(sheet, number)
            self.put(path, value)

    def rows(self, sheet: Sheet, under: str) -> None:
        """Read a sheet with one thing per row into a list of tables at ``under``."""
        self.problems += sheet.problems
        names = [cell.strip() for cell in sheet.rows[0]] if sheet.rows else []
        listed: list[dict[str, Any]] = []
        for number, row in _data(sheet):
            cells = {name: _cell(row, at) for at, name in enumerate(names) if name}
            filled = {name: text for name, text in cells.items() if text}
            if filled:
                self.places[under, len(listed)] = self.at(sheet, number)
                listed.append(filled)
        self.values[under] = listed

    def costs(self, sheet: Sheet) -> None:
        """Put the amounts of the sheet ``costs`` into the options that they belong to."""
        self.problems += sheet.problems
        header = _header(sheet, ("option", "year", "amount"))
        if header is None:
            return
        options: list[dict[str, Any]] = self.values.get("options", [])
        keys = [str(option.get("key", "")) for option in options]
        for number, row in _data(sheet):
            key, year, amount = (_cell(row, column) for column in header)
            if not key or not amount:
                continue
            if key not in keys:
                near = nearest_name(key, keys)
                at = self.at(sheet, number, "option")
                self.problems.append(
                    COST_OF_NO_OPTION.at(at, value=key, nearest=near, known=", ".join(keys))
                )
                continue
            position = keys.index(key)
            options[position].setdefault("cost", {})[year] = amount
            self.places["options", position, "cost", year] = self.at(sheet, number)

    def put(self, path: Path, value: str) -> None:
        """Set a value inside nested tables."""
        table = self.values
        for part in path[:-1]:
            inner = table.setdefault(str(part), {})
            table = inner if isinstance(inner, dict) else {}
        table[str(path[-1])] = value


def holds(file: DataFile, stem: str, tables: Sequence[str]) -> bool:
    """Whether a workbook says anything about a city or an initiative: a sheet of theirs is filled.

    Raises
    ------
    FormatError, UntrustedInputError
        If the workbook is damaged or exceeds a reading limit.
    """
    return bool(filled_sheets(file, (stem, *KEY_SHEETS[stem], *ROW_SHEETS[stem], *tables)))


def declared_in(file: DataFile, stem: str, tables: Sequence[str]) -> Declaration:
    """Return what a workbook declares of a city or an initiative.

    Parameters
    ----------
    file
        The workbook.
    stem
        ``city`` or ``initiative``.
    tables
        Names of the tables that may stand in sheets of their own.

    Raises
    ------
    FormatError, UntrustedInputError
        If the workbook is damaged or exceeds a reading limit.
    """
    names = sheet_names(file)
    reader = _Reader(file=file)
    known = [stem, *KEY_SHEETS[stem], *ROW_SHEETS[stem], "levels", "costs"]
    sheets = {sheet.name: sheet for sheet in read_sheets(file, [n for n in known if n in names])}
    if stem in sheets:
        reader.keys(sheets[stem], ())
    for name in KEY_SHEETS[stem]:
        if name in sheets:
            reader.keys(sheets[name], (name,))
    for name in ROW_SHEETS[stem]:
        if name in sheets:
            reader.rows(sheets[name], name)
    if stem == "initiative" and "costs" in sheets:
        reader.costs(sheets["costs"])
    if stem == "city" and "levels" in sheets:
        _levels(reader, sheets["levels"])
    _table_sheets(reader, filled_sheets(file, tables))
    place = Place(file=file.name, sheet=stem if stem in names else "")
    written = Written(file=file.name, places={(): place, **reader.places})
    return Declaration(reader.values, written=written, problems=reader.problems)


def filled_sheets(file: DataFile, tables: Sequence[str]) -> list[str]:
    """Return the tables that have a sheet with rows in it; a sheet still empty is no table.

    Raises
    ------
    FormatError, UntrustedInputError
        If the workbook is damaged or exceeds a reading limit.
    """
    names = sheet_names(file)
    sheets = read_sheets(file, [name for name in tables if name in names])
    return [sheet.name for sheet in sheets if any(any(row) for _, row in _data(sheet))]


def _levels(reader: _Reader, sheet: Sheet) -> None:
    reader.rows(sheet, "levels")
    listed: list[dict[str, Any]] = reader.values.pop("levels")
    reader.values["levels"] = {}
    for position, level in enumerate(listed):
        key = str(level.pop("key", ""))
        if key:
            reader.places["levels", key] = reader.places["levels", position]
            reader.values["levels"][key] = level


def _table_sheets(reader: _Reader, tables: Sequence[str]) -> None:
    """Let every sheet that is named after a table be that table, unless the workbook says else."""
    listed = reader.values.setdefault("tables", {})
    for table in tables:
        entry = listed.setdefault(table, {})
        if isinstance(entry, dict) and "file" not in entry:
            entry.update({"file": reader.file.name, "sheet": table})
        reader.places.setdefault(
            ("tables", table), Place(file=reader.file.name, sheet=table, row=1)
        )


def _header(sheet: Sheet, wanted: Sequence[str]) -> list[int] | None:
    """Return the columns of the wanted names, ``None`` unless all are there."""
    names = [cell.strip().casefold() for cell in sheet.rows[0]] if sheet.rows else []
    return [names.index(name) for name in wanted] if set(wanted) <= set(names) else None


def _data(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Return the rows below the header that are no notes, with their positions."""
    return [
        (number, row)
        for number, row in enumerate(sheet.rows[1:], start=1)
        if row and not row[0].startswith(NOTE_MARK)
    ]


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
