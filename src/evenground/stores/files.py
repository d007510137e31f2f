"""Read any supported file into a raw table."""

from __future__ import annotations

from collections.abc import Collection

from evenground.errors import FormatError, Place, nearest_name
from evenground.stores import columnar, delimited, spreadsheet, vector
from evenground.stores import messages as say
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable

SUFFIXES = (*delimited.SUFFIXES, *spreadsheet.SUFFIXES, *columnar.SUFFIXES, *vector.SUFFIXES)
"""Endings that can be read, the first found first when a table names no file."""


def read_raw(file: DataFile, entry: TableEntry, expected: Collection[str]) -> RawTable:
    """Read a file by its ending.

    Parameters
    ----------
    file, entry
        The file, and how the city says it is to be read.
    expected
        Column names that the table may have; they help to find the header row.

    Raises
    ------
    FormatError, NotFoundError, UntrustedInputError
        As the readers do.
    """
    suffix = file.path.suffix.lower()
    if suffix in delimited.SUFFIXES:
        return delimited.read_delimited(file, entry, expected)
    if suffix in spreadsheet.SUFFIXES:
        return spreadsheet.read_spreadsheet(file, entry, expected)
    if suffix in columnar.SUFFIXES:
        return columnar.read_columnar(file)
    if suffix in vector.SUFFIXES:
        return vector.read_vector(file, entry)
    place = Place(file=file.name)
    near = nearest_name(suffix, SUFFIXES)
    raise FormatError(
        say.UNKNOWN_FORMAT.at(
            place, value=suffix or file.name, nearest=near, known=", ".join(SUFFIXES)
        )
    )
