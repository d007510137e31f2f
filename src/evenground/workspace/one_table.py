"""One table of the data model from one file, without a folder that declares it."""

from __future__ import annotations

from pathlib import Path

from evenground.errors import InvalidInputError, Place, ProblemKind, Severity
from evenground.schema import TableSchema
from evenground.stores.draft import Locale
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFolder
from evenground.stores.reading import read_table
from evenground.stores.table import ReadTable
from evenground.workspace.existing_file import existing_file


def read_alone(
    path: Path, schema: TableSchema, *, nothing: ProblemKind, sheet: str = ""
) -> ReadTable:
    """Read a file as a table of the data model.

    Parameters
    ----------
    path
        CSV, XLSX, Parquet … with columns that have the model's names.
    schema
        The table that it is to be.
    nothing
        What to say where no row can be used; it is given ``file``.
    sheet
        Sheet of a workbook; the first when empty.

    Raises
    ------
    NotFoundError
        If there is no such file.
    InvalidInputError
        If no row of it can be used; what is missing is listed.
    """
    home = existing_file(path).resolve().parent
    entry = TableEntry(table=schema.name, file=path.name, sheet=sheet)
    read = read_table(DataFolder(folder=home, root=home), entry, schema, Locale())
    if read.table.num_rows:
        return read
    errors = [one for one in read.problems if one.severity is Severity.ERROR]
    place = Place(file=path.name, sheet=sheet)
    raise InvalidInputError(*errors, nothing.at(place, file=path.name))
