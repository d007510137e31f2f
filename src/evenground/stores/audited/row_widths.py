"""What to do with a row that has not as many cells as there are columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from evenground.errors import Place, Problem
from evenground.stores.audited import messages as tell

Told: TypeAlias = Callable[[Place], Problem]
_TWO = 2


def judged(cells: Sequence[str], width: int) -> tuple[Told, bool]:
    """Return the problem of a row with a wrong number of cells, and whether it is kept.

    A row with too few is kept, unless it is a lone text in a table of three or more columns, which
    is a note; a row with too many is set aside.
    """
    n_cells = len(cells)
    if n_cells > width:
        return lambda place: tell.WIDE_ROW.at(place, value=n_cells, n_columns=width), False
    if n_cells == 1 and width > _TWO:
        return lambda place: tell.NOTE_LINE.at(place, value=cells[0]), False
    return lambda place: tell.SHORT_ROW.at(place, value=n_cells, n_columns=width), True
