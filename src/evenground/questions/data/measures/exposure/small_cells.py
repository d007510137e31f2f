"""Small cells of a table of counts, and what else must go with them so that totals do not tell.

Source: Hundepool and others (2012), Statistical Disclosure Control, chapter 4; Fischetti and
Salazar-González (2001), Management Science 47(7), section 2 (``methods.disclosure``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.disclosure.suppression import suppress
from evenground.methods.disclosure.table_system import Equality, TableSystem, table_system
from evenground.methods.validation import Flags, Vector, Whole, wrong

DEFAULT_THRESHOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionNeed:
    """What of a table of counts would have to go.

    Attributes
    ----------
    small, shape as the table
        Cells from 1 to below the threshold: primary suppression.
    further, shape as the table
        Cells that have to go with them, so that totals do not give them away: secondary.
    n_exposed
        Small cells that nothing can protect, because totals must stay; 0 as a rule.
    threshold
        Counts from 1 to below it are small.
    """

    small: Flags
    further: Flags
    n_exposed: int
    threshold: int

    @property
    def n_small(self) -> int:
        """How many cells are small."""
        return int(self.small.sum())

    @property
    def n_further(self) -> int:
        """How many further cells have to go."""
        return int(self.further.sum())

    @property
    def definition(self) -> Message:
        """What was counted."""
        return Message(code="definition.suppression_need", parameters={"threshold": self.threshold})


def suppression_need(counts: ArrayLike, *, threshold: int = DEFAULT_THRESHOLD) -> SuppressionNeed:
    """Return which cells would have to go from a table that is published with its totals.

    Parameters
    ----------
    counts, shape (n_rows, n_columns) or (n,)
        People in each cell; totals of rows, of columns and of all are taken as public.
    threshold
        Counts from 1 to ``threshold - 1`` are small, at least 2.

    Raises
    ------
    UsageError
        If a count is missing, negative or no whole number, or the threshold is below 2.
    """
    table = count_table(counts, threshold)
    if not np.isfinite(table).all():
        raise wrong("count_missing", N_("{n} cells are empty"), n=int((~np.isfinite(table)).sum()))
    system = _system(table, threshold=threshold)
    shape, size = np.shape(counts), table.size
    small = system.primary[:size].reshape(shape)
    if not small.any():
        return SuppressionNeed(
            small=small, further=np.zeros_like(small), n_exposed=0, threshold=threshold
        )
    found = suppress(system, threshold=threshold)
    gone = found.suppressed[:size].reshape(shape)
    return SuppressionNeed(
        small=small, further=gone & ~small, n_exposed=int(found.exposed.size), threshold=threshold
    )


def count_table(counts: ArrayLike, threshold: int) -> Vector:
    """Return a table of counts, not a number where a cell is empty; a list is a single row.

    Raises
    ------
    UsageError
        If a count is negative or no whole number, there are more than two dimensions, or the
        threshold is below 2.
    """
    table = np.asarray(counts, dtype=np.float64)
    table = table[None, :] if table.ndim == 1 else table
    there = table[np.isfinite(table)]
    is_count = bool(((there >= 0) & (there == np.rint(there))).all())
    if table.ndim != 2 or not is_count or threshold < 2:  # noqa: PLR2004 - rows and columns
        raise wrong(
            "count_table",
            N_("a table of shape {shape} holds counts that are none, or the threshold is {least}"),
            shape=table.shape, least=threshold,
        )  # fmt: skip
    return table


def _system(table: Vector, *, threshold: int) -> TableSystem:
    """Return cells, row totals, column totals and the total of all, with what ties them."""
    n_rows, n_columns = table.shape
    cell = np.arange(table.size).reshape(table.shape)
    row, column = table.size + np.arange(n_rows), table.size + n_rows + np.arange(n_columns)
    value = np.concatenate([table.reshape(-1), table.sum(axis=1), table.sum(axis=0)])
    # In a single row the totals of columns are the cells themselves: there are none.
    equalities = [
        *(total_of(cell[number], int(row[number])) for number in range(n_rows) if n_columns > 1),
        *(
            total_of(cell[:, number], int(column[number]))
            for number in range(n_columns)
            if n_rows > 1
        ),
    ]
    is_cell = np.arange(value.size) < table.size
    small = is_cell & (value > 0) & (value < threshold)
    nothing = np.zeros(0, dtype=np.int64)
    return table_system(
        equalities,
        # A suppressed cell is known to be at least 1: zeros stay.
        cells=(
            value,
            np.ones(value.size),
            small,
            ~is_cell | (value == 0),
            np.zeros(value.size, dtype=np.int64),
        ),
        order=(nothing, nothing),
    )


def total_of(parts: Whole, whole: int) -> Equality:
    """Return that the cells ``parts`` add up to the cell ``whole``."""
    return Equality(cells=np.append(parts, whole), sign=np.append(np.ones(parts.size), -1.0))
