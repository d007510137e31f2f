"""Rows of a linear programme, packed end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evenground.methods.validation import Flags, Vector, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """``low <= A x <= high`` with the entries of ``A`` row by row.

    Attributes
    ----------
    starts, shape (n_rows + 1,)
        Where each row's entries start; the last ends all.
    column, value, shape (n_entries,)
        Entries; no column twice in a row.
    low, high, shape (n_rows,)
        Limits, infinite where there is none.
    """

    starts: Whole
    column: Whole
    value: Vector
    low: Vector
    high: Vector

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return self.low.size

    def matrix(self, n_columns: int) -> sparse.csr_array:
        """Return ``A``."""
        shape = (self.n_rows, n_columns)
        return sparse.csr_array((self.value, self.column, self.starts), shape=shape)

    def kept(self, keep: Flags) -> Rows:
        """Return the rows that are flagged."""
        size = np.diff(self.starts)
        entries = np.repeat(keep, size)
        return Rows(
            starts=np.concatenate([[0], np.cumsum(size[keep])]),
            column=self.column[entries],
            value=self.value[entries],
            low=self.low[keep],
            high=self.high[keep],
        )


def row(column: Whole, value: Vector, *, low: float = -np.inf, high: float = np.inf) -> Rows:
    """Return one row."""
    return Rows(
        starts=np.array([0, column.size]),
        column=column.astype(np.int64),
        value=value.astype(np.float64),
        low=np.array([low]),
        high=np.array([high]),
    )


def stacked(parts: Sequence[Rows]) -> Rows:
    """Return the rows of all parts, one after the other."""
    if not parts:
        none = np.empty(0)
        empty = np.empty(0, dtype=np.int64)
        return Rows(starts=np.zeros(1, np.int64), column=empty, value=none, low=none, high=none)
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    return Rows(
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        column=np.concatenate([part.column for part in parts]),
        value=np.concatenate([part.value for part in parts]),
        low=np.concatenate([part.low for part in parts]),
        high=np.concatenate([part.high for part in parts]),
    )
