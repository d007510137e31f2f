"""Tables cell by cell, as they stand in their files: nothing is read into numbers or dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evenground.city import CITY_TABLES
from evenground.errors import FormatError
from evenground.initiative import INITIATIVE_TABLES
from evenground.questions import discover
from evenground.record.canonical import Json
from evenground.record.sealed_text import PLANNED, PLANNED_FOR, PlainTable
from evenground.schema import TableSchema
from evenground.stores import messages as stores_say
from evenground.stores.entries import TableEntry, as_written, parse_entries
from evenground.stores.files import read_raw
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable
from evenground.stores.spreadsheet import as_text
from evenground.workspace.declarations import Loaded, load
from evenground.workspace.sources import beside, named_after


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """One file of a table: its cells, how the folder says it is to be read, and the file."""

    plain: PlainTable
    entry: TableEntry
    file: DataFile


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFolder:
    """The tables of an initiative's or a city's folder, read when they are asked for."""

    loaded: Loaded
    schemas: Mapping[str, TableSchema]

    def tables(self, name: str) -> list[WrittenTable]:
        """Return the files of one table.

        Raises
        ------
        NotFoundError, FormatError, UntrustedInputError
            If a file that is named is not there or cannot be read.
        """
        return [self._read(name, entry) for entry in self._entries(name)]

    def planned(self, name: str) -> list[PlainTable]:
        """Return of a table what is planned (``PLANNED``): what was carried out is left out."""
        return [part for one in self.tables(name) if (part := _planned(one.plain)).rows]

    def _entries(self, name: str) -> Sequence[TableEntry]:
        known = tuple(self.schemas)
        listed = [one for one in parse_entries(self.loaded.declared, known) if one.table == name]
        in_sheets = [one for one in listed if _is_workbook(self.loaded, one)]
        spare = [] if len(listed) > len(in_sheets) else list(named_after(self.loaded, name))
        return [*listed, *spare, *([] if listed else beside(self.loaded, [name]))]

    def _read(self, name: str, entry: TableEntry) -> WrittenTable:
        file = self.loaded.folder.find(entry)
        expected = {*entry.columns.values(), *entry.wide.values(), *entry.where}
        if name in self.schemas:
            expected |= set(self.schemas[name].names) - set(entry.columns)
        try:
            raw = read_raw(file, entry, expected)
        except FormatError as error:
            if error.problems[0].code != stores_say.EMPTY_FILE.code:
                raise
            empty = PlainTable(table=name, columns=(), rows=())
            return WrittenTable(plain=empty, entry=entry, file=file)
        plain = replace(plain_table(name, raw), read_as=_read_as(entry, raw))
        return WrittenTable(plain=plain, entry=entry, file=file)


def written_folder(path: Path, stem: str) -> WrittenFolder:
    """Return the tables of a folder or workbook as they are written.

    Parameters
    ----------
    path
        The folder, its TOML file, or a workbook.
    stem
        ``initiative`` or ``city``.

    Raises
    ------
    NotFoundError, FormatError, UntrustedInputError, VersionError
        If there is nothing to read, or it cannot be read.
    """
    own = INITIATIVE_TABLES if stem == "initiative" else CITY_TABLES
    brought = [table for question in discover() for table in question.tables]
    schemas = {table.name: table for table in (*own, *brought)}
    return WrittenFolder(loaded=load(path, stem, tables=tuple(schemas)), schemas=schemas)


def plain_table(name: str, raw: RawTable) -> PlainTable:
    """Return a raw table's cells as text; typed cells are written so that they read one way."""
    columns = tuple(raw.columns)
    cells = [[as_text(cell) for cell in raw.columns[column].to_pylist()] for column in columns]
    rows = tuple(zip(*cells, strict=True)) if cells else ()
    return PlainTable(table=name, columns=columns, rows=rows)


def _is_workbook(loaded: Loaded, entry: TableEntry) -> bool:
    return loaded.workbook is not None and entry.file == loaded.workbook.name


def _planned(plain: PlainTable) -> PlainTable:
    plan = PLANNED[plain.table]
    kept = [plain.column_of(one) for one in (*PLANNED_FOR[plain.table], *plan)]
    at = [plain.columns.index(one) for one in kept if one]
    decides = zip(*(plain.texts(one) for one in plan), strict=True)
    rows = (row for row, said in zip(plain.rows, decides, strict=True) if any(said))
    return replace(
        plain,
        columns=tuple(plain.columns[place] for place in at),
        rows=tuple(tuple(row[place] for place in at) for row in rows),
    )


def _read_as(entry: TableEntry, raw: RawTable) -> dict[str, Json]:
    """Return what decides on the meaning of the cells; names of files and titles do not."""
    said: dict[str, Any] = {
        "decimal": entry.decimal,
        "date_format": entry.date_format,
        "missing": list(entry.missing),
        "zero": list(entry.zero),
        "columns": dict(entry.columns),
        "values": {name: as_written(value) for name, value in entry.values.items()},
        "where": {name: list(kept) for name, kept in entry.where.items()},
        "wide": dict(entry.wide),
        # Where nobody says, semicolons between cells make the comma the usual decimal mark.
        "semicolons": raw.delimiter == ";" and not entry.decimal,
    }
    return {name: value for name, value in said.items() if value}


def rows_of(tables: Sequence[WrittenTable], *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of some columns of the model, row by row; empty where a file lacks one."""
    for table in tables:
        yield from zip(*(table.plain.texts(column) for column in columns), strict=True)
