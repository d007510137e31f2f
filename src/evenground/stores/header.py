"""Find the header row and the footnotes in rows of text, as spreadsheets have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

Row = Sequence[str]
_SEARCHED = 40
_LOOKED = 200
_WORDY = 12
_NUMBER = re.compile(r"[-+−]?[\d\s.,'’]*\d\s*%?")


def find_header(rows: Sequence[Row], expected: Collection[str]) -> int:
    """Return the position of the row that holds the column names.

    The row with most of the ``expected`` names wins (the first of equals); where none is met, the
    first row that is as wide as most rows are and whose cells are words, not numbers.

    Parameters
    ----------
    rows
        The first rows of the file.
    expected
        Column names that the table may have.
    """
    head = rows[:_SEARCHED]
    wanted = {name.casefold().strip() for name in expected}
    hits = [len(wanted & {cell.casefold().strip() for cell in row}) for row in head]
    if hits and max(hits) > 0:
        return hits.index(max(hits))
    widths = Counter(filled(row) for row in head if filled(row) > 0)
    if not widths:
        return 0
    usual = max(widths, key=lambda width: (widths[width], width))
    for position, row in enumerate(head):
        cells = [cell for cell in row if cell.strip()]
        numbers = sum(bool(_NUMBER.fullmatch(cell.strip())) for cell in cells)
        if len(cells) >= max(1, usual - 1) and numbers <= len(cells) // 4:
            return position
    return 0


def footnotes_from(rows: Sequence[Row], n_columns: int) -> int:
    """Return from which position on only footnotes and empty rows follow.

    A footnote fills few cells and none with a number; its first begins with a sign such as ``*`` or
    a word such as ``Source``, or is long in a table of numbers.
    """
    end = len(rows)
    numeric = _mostly_numbers(rows)
    while end > 0 and (
        filled(rows[end - 1]) == 0 or _is_footnote(rows[end - 1], n_columns, numeric=numeric)
    ):
        end -= 1
    return end if end > 0 else len(rows)


_NOTE = re.compile(
    r"\s*(\*+\s*\w|source\b|sources\b|note\b|notes\b|källa\b|anm\b|quelle\b|kilde\b|bron\b|fuente\b)",
    re.IGNORECASE,
)


def _mostly_numbers(rows: Sequence[Row]) -> bool:
    """Whether most rows hold a number besides their first cell: a table of words has no notes."""
    looked = [row for row in rows[:_LOOKED] if filled(row)]
    with_number = sum(any(_NUMBER.fullmatch(cell.strip()) for cell in row[1:]) for row in looked)
    return with_number > len(looked) // 2


def _is_footnote(row: Row, n_columns: int, *, numeric: bool) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    if not cells or len(cells) > n_columns // 2 or any(map(_NUMBER.fullmatch, cells)):
        return False
    alone = len(cells) == 1 or row[0].strip() == cells[0]
    return alone and (bool(_NOTE.match(cells[0])) or (numeric and len(cells[0]) > _WORDY))


def filled(row: Row) -> int:
    """Count the cells of a row that are not empty."""
    return sum(1 for cell in row if cell.strip())
