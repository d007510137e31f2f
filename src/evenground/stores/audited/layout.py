"""How a delimited text is laid out: its separator, where its names stand, what its columns are."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evenground.errors import FormatError, Place, Problem
from evenground.stores import messages as say
from evenground.stores.audited import messages as tell
from evenground.stores.audited.opened import FILE, ROW
from evenground.stores.audited.text_look import TextLook
from evenground.stores.delimited import find_delimiter
from evenground.stores.header import find_header

_SAMPLE = 1024 * 1024
_LINES = 400
_SNIFFED = 60
_VALUE = re.compile(
    r"[+-]?\d[\d\s.,'’]*%?|\d{4}-\d{2}(-\d{2}.*)?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.*"
)
_BREAKS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the first lines of a delimited text show.

    Attributes
    ----------
    delimiter
        Character between cells.
    names
        A name for each column, all different whatever their capitals.
    n_skipped
        Lines before the first row of data.
    """

    delimiter: str
    names: tuple[str, ...]
    n_skipped: int
    problems: tuple[Problem, ...] = ()


def layout_of(path: Path, look: TextLook, *, delimiter: str = "", place: Place) -> Layout:
    """Find the layout of a delimited text from its first lines.

    Raises
    ------
    FormatError
        If the file holds nothing.
    """
    text, whole = _beginning(path, look)
    lines = _BREAKS.split(text)
    lines = lines if whole else lines[:-1]
    if not any(line.strip() for line in lines):
        raise FormatError(replace_empty(place))
    chosen = delimiter or find_delimiter(lines[:_SNIFFED])
    rows = list(_rows(lines[:_LINES], chosen))
    cells = [row for row, _ in rows]
    head = find_header(cells, ())
    noticed: list[Problem] = []
    named = not _begins_with_values(cells, head)
    if head > 0 and named:
        noticed.append(
            say.HEADER_SAID.at(replace(place, row=rows[head][1]), value=rows[head][1], table="")
        )
    if not named:
        head = next(position for position, row in enumerate(cells) if any(row))
    if not delimiter and chosen != ",":
        shown = {"\t": "tab"}.get(chosen, chosen)
        noticed.append(
            say.DELIMITER_SAID.at(place, value=shown, n_columns=len(cells[head]), table="")
        )
    width = _width(cells[head:], named=named)
    names, wrong = unique_names(
        cells[head] if named else [], width, replace(place, row=rows[head][1])
    )
    if not named:
        wrong = [tell.NO_COLUMN_NAMES.at(place)]
    skipped = rows[head][1] if named else rows[head][1] - 1
    return Layout(
        delimiter=chosen, names=names, n_skipped=skipped, problems=(*noticed, *wrong)
    )  # fmt: skip


def replace_empty(place: Place) -> Problem:
    """Return the problem of a file without any row."""
    return say.EMPTY_FILE.at(place, table="")


def _beginning(path: Path, look: TextLook) -> tuple[str, bool]:
    """Return the first text of a file, and whether that is all of it."""
    with path.open("rb") as opened:
        head = opened.read(_SAMPLE)
    decoder = codecs.getincrementaldecoder(look.encoding)("replace")
    text = decoder.decode(head).replace("\0", "")
    return text, look.n_bytes <= len(head)


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Yield rows of cells, each with the number of its last line."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    try:
        for row in reader:
            yield [cell.strip() for cell in row], reader.line_num
    except csv.Error:
        return


def _begins_with_values(rows: Sequence[Sequence[str]], head: int) -> bool:
    """Whether the first row holds values: some are numbers or days, and none names its column."""
    if head > 0 or not rows:
        return False
    first, others = rows[0], rows[1:_SNIFFED]
    held = [
        (_is_value(cell), _mostly_values(others, column))
        for column, cell in enumerate(first)
        if cell
    ]
    return any(mine and theirs for mine, theirs in held) and not any(
        theirs and not mine for mine, theirs in held
    )


def _is_value(cell: str) -> bool:
    return _VALUE.fullmatch(cell) is not None


def _mostly_values(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column] for row in rows if len(row) > column and row[column]]
    return bool(cells) and sum(map(_is_value, cells)) > len(cells) / 2


def _width(rows: Sequence[Sequence[str]], *, named: bool) -> int:
    """Return the number of columns: the names', or what most rows have where that is more."""
    body = rows[1:] if named else rows
    widths = Counter(len(row) for row in body if any(row))
    usual = max(widths, key=lambda width: (widths[width], width)) if widths else 0
    if not named:
        return usual
    while usual > len(rows[0]) and not any(len(r) >= usual and r[usual - 1] for r in body):
        usual -= 1  # a separator at the end of each line, and nothing after it
    return max(len(rows[0]), usual)


def unique_names(
    given: Sequence[str], width: int, place: Place
) -> tuple[tuple[str, ...], list[Problem]]:
    """Return a name for each column, all different whatever their capitals, and what was wrong.

    Parameters
    ----------
    given
        Names as they stand in the file.
    width
        How many columns there are.
    """
    taken = {ROW, FILE}
    wrong: list[Problem] = []
    names: list[str] = []
    for position in range(width):
        wanted = given[position].strip() if position < len(given) else ""
        name = wanted or f"column_{position + 1}"
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{wanted or f'column_{position + 1}'}_{count}"
        taken.add(name.casefold())
        names.append(name)
        where = replace(place, column=name)
        if not wanted and given:
            wrong.append(tell.UNNAMED.at(where, value=position + 1, known=name))
        elif wanted in (ROW, FILE):
            wrong.append(tell.RESERVED_NAME.at(where, value=wanted, known=name))
        elif wanted and name != wanted:
            wrong.append(tell.REPEATED_NAME.at(where, value=wanted, known=name))
    return tuple(names), wrong


def listed_names(names: Iterable[str], most: int = 40) -> str:
    """Return names for a sentence, the first ones of many."""
    known = list(names)
    return ", ".join(known[:most]) + (", …" if len(known) > most else "")
