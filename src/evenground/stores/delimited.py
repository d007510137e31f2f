"""Read CSV and other delimited text, as spreadsheets, portals and statistical offices write it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from evenground.errors import FormatError, Place, Problem, UntrustedInputError
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.encoding import decode
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFile
from evenground.stores.raw import RawTable
from evenground.stores.rows import Grid, table_of

SUFFIXES = (".csv", ".tsv", ".txt")
_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 60


def read_delimited(file: DataFile, entry: TableEntry, expected: Collection[str]) -> RawTable:
    """Read a delimited text file; encoding, delimiter and header row are found where not given.

    Parameters
    ----------
    file, entry
        The file, and how the city says it is to be read.
    expected
        Column names that the table may have; they help to find the header row.

    Raises
    ------
    FormatError
        If the text cannot be decoded or holds no rows.
    UntrustedInputError
        If it exceeds a reading limit.
    """
    place = Place(file=file.name)
    decoded = decode(file.path.read_bytes(), entry=entry, place=place)
    text, noticed, problems = decoded.text, list(decoded.noticed), list[Problem]()
    if "\0" in text:
        problems.append(_zero_bytes(text, place, entry))
        text = text.replace("\0", "")
    lines = text.splitlines()[:_SNIFFED]
    delimiter = entry.delimiter or find_delimiter(lines)
    if not entry.delimiter and delimiter != ",":
        n_columns = _usual_width(lines, delimiter)
        named = {"\t": "tab"}.get(delimiter, delimiter)
        noticed.append(
            say.DELIMITER_SAID.at(place, value=named, n_columns=n_columns, table=entry.table)
        )
    grid = Grid(rows=list(_rows(text, delimiter, place)), place=place)
    raw = table_of(grid, entry, expected)
    return replace(
        raw,
        delimiter=delimiter,
        noticed=(*noticed, *raw.noticed),
        problems=(*problems, *raw.problems),
    )


def find_delimiter(lines: Sequence[str]) -> str:
    """Return the character that cuts most lines into the same number (at least two) of cells."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        if widths:
            width, n_lines = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (n_lines, width) > best_score:
                best, best_score = delimiter, (n_lines, width)
    return best


def _usual_width(lines: Sequence[str], delimiter: str) -> int:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    return max(widths, key=lambda width: widths[width], default=0)


def _rows(text: str, delimiter: str, place: Place) -> Iterator[list[str]]:
    """Yield the rows, a quoted line break counted as part of its row, as spreadsheets do."""
    before = csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        for n_rows, row in enumerate(reader, start=1):
            if n_rows > limits.MAX_ROWS:
                raise UntrustedInputError(
                    say.TOO_LARGE.at(place, value=n_rows, unit="rows", limit=limits.MAX_ROWS)
                )
            yield row
    except csv.Error as error:
        raise FormatError(say.UNREADABLE.at(place, reason=str(error), wanted="CSV")) from error
    finally:
        csv.field_size_limit(before)


def _zero_bytes(text: str, place: Place, entry: TableEntry) -> Problem:
    rows = [number for number, line in enumerate(text.splitlines(), start=1) if "\0" in line]
    return say.NUL_BYTES.at(replace(place, row=rows[0]), n_rows=len(rows), table=entry.table)
