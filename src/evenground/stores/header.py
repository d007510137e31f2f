"""Find the header row and the footnotes in rows of text, as spreadsheets have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

Row = Sequence[str]
_SEARCHED = 40
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

    A footnote fills one cell only (the first or second) in a table of at least three columns, or
    begins with a sign such as ``*`` or a word such as ``Source``.
    """
    end = len(rows)
    while end > 0 and (filled(rows[end - 1]) == 0 or _is_footnote(rows[end - 1], n_columns)):
        end -= 1
    return end if end > 0 else len(rows)


_NOTE = re.compile(
    r"\s*(\*+\s*\w|source\b|sources\b|note\b|notes\b|källa\b|anm\b|quelle\b|kilde\b|bron\b|fuente\b)",
    re.IGNORECASE,
)


def _is_footnote(row: Row, n_columns: int) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) != 1 or _NUMBER.fullmatch(cells[0]):
        return False
    return bool(_NOTE.match(cells[0])) or (n_columns >= 3 and len(cells[0]) > 12)  # noqa: PLR2004


def filled(row: Row) -> int:
    """Count the cells of a row that are not empty."""
    return sum(1 for cell in row if cell.strip())
