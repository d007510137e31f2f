"""Read every table that a folder gives: the files that it names, else files named after tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evenground.declaration import Written
from evenground.errors import Place
from evenground.schema import TableSchema
from evenground.stores.draft import Locale
from evenground.stores.entries import TableEntry, parse_entries
from evenground.stores.files import SUFFIXES
from evenground.stores.folder import DataFolder
from evenground.stores.reading import read_table
from evenground.stores.table import ReadTable
from evenground.workspace.declarations import Loaded
from evenground.workspace.workbook_declaration import filled_sheets

Readings = dict[str, list[ReadTable]]
"""Table name to what each of its files gave."""


def read_sources(loaded: Loaded, schemas: Mapping[str, TableSchema], locale: Locale) -> Readings:
    """Read all tables of a folder; a table without any file is not among the readings."""
    entries = list(parse_entries(loaded.declared, tuple(schemas)))
    listed = {entry.table for entry in entries}
    in_sheets = {entry.table for entry in entries if _is_workbook(loaded, entry)}
    spare = [table for table in schemas if table not in listed - in_sheets]
    entries += [entry for table in spare for entry in named_after(loaded, table)]
    entries += beside(loaded, [table for table in schemas if table not in listed])
    readings: Readings = {}
    for entry in entries:
        read = read_table(loaded.folder, entry, schemas[entry.table], locale)
        readings.setdefault(entry.table, []).append(read)
    return readings


def _is_workbook(loaded: Loaded, entry: TableEntry) -> bool:
    return loaded.workbook is not None and entry.file == loaded.workbook.name


def beside(loaded: Loaded, tables: Sequence[str]) -> list[TableEntry]:
    """Return the tables that are filled in the workbook beside the TOML file."""
    if loaded.beside is None:
        return []
    name = loaded.beside.name
    return [
        TableEntry(table=table, file=name, sheet=table, written=_sheet_of(name, table))
        for table in filled_sheets(loaded.beside, tables)
    ]


def _sheet_of(file: str, sheet: str) -> Written:
    return Written(file=file, places={(): Place(file=file, sheet=sheet)})


def named_after(loaded: Loaded, table: str) -> Sequence[TableEntry]:
    """Return the entry for a file that is named after the table, if the folder holds one."""
    folder: DataFolder = loaded.folder
    for base in dict.fromkeys((folder.folder, folder.root)):
        for suffix in SUFFIXES:
            path = base / f"{table}{suffix}"
            if path.is_file():
                written = loaded.declared.written
                return [TableEntry(table=table, file=path.name, written=written)]
    return []
