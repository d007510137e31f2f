"""What the totals of a published table give away of cells that were suppressed.

Source: Fischetti and Salazar-González (2001), "Solving the cell suppression problem on tabular data
with linear constraints", Management Science 47(7), section 2: the attacker's interval of each cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.disclosure.audit import feasibility_intervals
from evenground.methods.disclosure.linear_programme import Constraints, LinearProgramme
from evenground.methods.disclosure.table_system import table_system
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.data.measures.exposure.small_cells import (
    DEFAULT_THRESHOLD,
    count_table,
    total_of,
)

_TOLERANCE = 1e-6
_Line = tuple[Whole, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAway:
    """What totals leave open of suppressed cells.

    Attributes
    ----------
    hidden, shape as the table
        Cells that are suppressed.
    low, high, shape as the table
        Least and largest value that each may have, given all totals; its value where not hidden.
    exact, narrow, shape as the table
        Hidden cells that the totals give away to the unit; and those that may take fewer than
        ``threshold`` whole values.
    threshold
        Whole values that a cell must be able to take to be safe.
    """

    hidden: Flags
    low: Vector
    high: Vector
    exact: Flags
    narrow: Flags
    threshold: int

    @property
    def definition(self) -> Message:
        """What was counted."""
        return Message(code="definition.given_away", parameters={"threshold": self.threshold})


def given_away(
    counts: ArrayLike,
    *,
    row_totals: ArrayLike | None = None,
    column_totals: ArrayLike | None = None,
    threshold: int = DEFAULT_THRESHOLD,
) -> GivenAway | None:
    """Return between which values the totals leave each suppressed cell.

    Parameters
    ----------
    counts, shape (n_rows, n_columns)
        Counts as published; not a number where suppressed.
    row_totals, shape (n_rows,); column_totals, shape (n_columns,)
        Totals as published; not a number where they are not; ``None`` for none.
    threshold
        A cell is safe if it may take at least so many whole values.

    Returns
    -------
    GivenAway or None
        ``None`` where no whole table agrees with the totals: they do not add up.

    Raises
    ------
    UsageError
        If shapes do not fit, a count is negative or no whole number.
    """
    table = count_table(counts, threshold)
    n_rows, n_columns = table.shape
    totals = [
        np.full(size, np.nan) if given is None else np.asarray(given, dtype=np.float64)
        for given, size in ((row_totals, n_rows), (column_totals, n_columns))
    ]
    if [one.shape for one in totals] != [(n_rows,), (n_columns,)]:
        raise wrong(
            "total_shape",
            N_("totals have shapes {totals}, the table {shape}"),
            totals=[one.shape for one in totals], shape=table.shape,
        )  # fmt: skip
    hidden = ~np.isfinite(table).reshape(-1)
    cell = np.arange(table.size, dtype=np.int64).reshape(table.shape)
    lines = [
        (line, float(total))
        for line, total in zip([*cell, *cell.T], np.concatenate(totals), strict=True)
        if np.isfinite(total)
    ]
    filled = _any_table(table.reshape(-1), hidden, lines)
    if filled is None:
        return None
    low, high = _intervals(filled, hidden, lines)
    shape = np.shape(counts)
    whole_values = np.floor(high + _TOLERANCE) - np.ceil(low - _TOLERANCE) + 1
    return GivenAway(
        hidden=hidden.reshape(shape),
        low=low.reshape(shape),
        high=high.reshape(shape),
        exact=(hidden & (whole_values <= 1)).reshape(shape),
        narrow=(hidden & (whole_values < threshold)).reshape(shape),
        threshold=threshold,
    )


def _any_table(table: Vector, hidden: Flags, lines: list[_Line]) -> Vector | None:
    """Return values that agree with all totals; ``None`` where there are none."""
    filled = np.where(hidden, 0.0, table)
    rests = np.array([total - filled[line].sum() for line, total in lines], dtype=np.float64)
    place = np.cumsum(hidden) - 1
    cells = [place[line[hidden[line]]] for line, _ in lines]
    shut = np.array([not one.size for one in cells], dtype=np.bool_)
    if (rests < -_TOLERANCE).any() or (np.abs(rests[shut]) > _TOLERANCE).any():
        return None
    if shut.all():
        return filled
    n_hidden = int(hidden.sum())
    programme = Constraints(
        row=np.repeat(np.arange(len(cells), dtype=np.int64), [one.size for one in cells]),
        column=np.concatenate(cells).astype(np.int64),
        coefficient=np.ones(sum(one.size for one in cells)),
        rows=(rests, rests),
        columns=(np.zeros(n_hidden), np.full(n_hidden, np.inf)),
    )
    try:
        filled[hidden] = LinearProgramme(programme).least(np.zeros(n_hidden))
    except ArithmeticError:
        return None
    return filled


def _intervals(filled: Vector, hidden: Flags, lines: list[_Line]) -> tuple[Vector, Vector]:
    """Return the attacker's interval of each cell; a total is a published cell of its own."""
    if not hidden.any():
        return filled, filled
    value = np.concatenate([filled, [total for _, total in lines]])
    n_lines = len(lines)
    gone = np.append(hidden, np.zeros(n_lines, dtype=np.bool_))
    nothing = np.zeros(0, dtype=np.int64)
    system = table_system(
        [total_of(line, filled.size + number) for number, (line, _) in enumerate(lines)],
        cells=(
            value,
            np.zeros(value.size),
            np.zeros(value.size, dtype=np.bool_),
            ~gone,
            np.zeros(value.size, dtype=np.int64),
        ),
        order=(nothing, nothing),
    )
    low, high = (ends[: filled.size] for ends in feasibility_intervals(system, gone))
    bounded = np.zeros(filled.size, dtype=np.bool_)
    for line, _ in lines:
        bounded[line] = True
    loose = hidden & ~bounded
    return np.where(loose, 0.0, low), np.where(loose, np.inf, high)
