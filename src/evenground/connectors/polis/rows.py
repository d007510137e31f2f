"""The files of an export as rows, with columns by any of the names that exports give them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenground.connectors.polis import messages as say
from evenground.errors import (
    FormatError,
    InvalidInputError,
    NotFoundError,
    Place,
    UntrustedInputError,
)

MAX_BYTES = 512 * 1024 * 1024
MAX_ROWS = 20_000_000
MAX_CELL = 1_000_000

VOTES, COMMENTS, MATRIX = "votes", "comments", "participants-votes"
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    MATRIX: ("participants-votes.csv", "participant-votes.csv"),
    VOTES: ("votes.csv",),
    COMMENTS: ("comments.csv", "statements.csv"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A file of an export.

    Attributes
    ----------
    name, sha256
        Of the file.
    header
        Columns.
    rows
        Cells of each row, as many as there are columns.
    lines
        Number of each row as a spreadsheet shows it (header = 1).
    """

    name: str
    sha256: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]

    def column(self, *names: str) -> int | None:
        """Return where the first of these columns stands that there is."""
        folded = [one.strip().casefold().replace("_", "-") for one in self.header]
        return next((folded.index(name) for name in names if name in folded), None)

    def needed(self, *names: str) -> int:
        """Return where the first of these columns stands.

        Raises
        ------
        InvalidInputError
            If there is none of them.
        """
        at = self.column(*names)
        if at is None:
            known = ", ".join(self.header[:12])
            raise InvalidInputError(
                say.NO_COLUMN.at(Place(file=self.name, row=1), value=names[0], known=known)
            )
        return at

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell."""
        return Place(file=self.name, row=self.lines[row], column=self.header[column])


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of an export by what they hold; names may have something before them.

    Raises
    ------
    NotFoundError
        If there is no such folder, or no votes in it.
    InvalidInputError
        If there are two files for the same.
    """
    if not folder.is_dir():
        raise NotFoundError(say.NO_FOLDER.at(Place(), value=folder.name))
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        name = path.name.casefold().replace("_", "-")
        kind = next((kind for kind, ends in _ENDINGS.items() if name.endswith(ends)), None)
        if kind and path.is_file():
            found.setdefault(kind, []).append(path)
    twice = [path.name for paths in found.values() if len(paths) > 1 for path in paths]
    if twice:
        raise InvalidInputError(say.SEVERAL.at(Place(file=folder.name), known=", ".join(twice)))
    if not found.keys() & {VOTES, MATRIX}:
        raise NotFoundError(say.NO_VOTES.at(Place(), value=folder.name))
    return {kind: paths[0] for kind, paths in found.items()}


def read_rows(path: Path) -> Rows:
    """Return a file's rows; cells that a row lacks are empty.

    Raises
    ------
    UntrustedInputError
        If it exceeds a reading limit.
    FormatError
        If it is not CSV in UTF-8.
    """
    place = Place(file=path.name)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UntrustedInputError(
            say.TOO_LARGE.at(place, value=size, unit="bytes", limit=MAX_BYTES)
        )
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(say.TEXT_BROKEN.at(place)) from error
    header, rows, lines = _parsed(text, place)
    return Rows(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        header=header,
        rows=rows,
        lines=lines,
    )


def _parsed(text: str, place: Place) -> tuple[tuple[str, ...], list[list[str]], list[int]]:
    before = csv.field_size_limit(MAX_CELL)
    rows, lines = list[list[str]](), list[int]()
    try:
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        header = tuple(next(reader, []))
        width = len(header)
        for line, row in enumerate(reader, start=2):
            if line > MAX_ROWS:
                raise UntrustedInputError(
                    say.TOO_LARGE.at(place, value=line, unit="rows", limit=MAX_ROWS)
                )
            if any(row):
                rows.append(row if len(row) >= width else row + [""] * (width - len(row)))
                lines.append(line)
    except csv.Error as error:
        raise FormatError(say.CSV_BROKEN.at(place, value=str(error))) from error
    finally:
        csv.field_size_limit(before)
    return header, rows, lines
