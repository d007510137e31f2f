"""A point inside all limits that can be kept with room to spare, and which cannot.

Source: Freund, Roundy and Todd (1985), Identifying the set of always-active constraints in a system
of linear inequalities by a single linear program, MIT Sloan working paper 1674-85.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.sortition.panel_programme import solved, solver

_ROOM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A point and the limits that every point touches.

    Attributes
    ----------
    at, shape (n,)
        A point with room at every other limit.
    tight, shape (n_limits,)
        Limits that every point touches.
    """

    at: Vector
    tight: Flags


def relative_interior(table: Vector, limit: Vector, *, equal: Flags) -> Inside | None:
    """Return a point of ``table x <= limit`` (``=`` where ``equal``); ``None`` if there is none.

    Parameters
    ----------
    table, shape (n_limits, n), and limit, shape (n_limits,)
        The limits.
    equal, shape (n_limits,)
        Which hold as equations.
    """
    from scipy.sparse import csr_array, hstack

    n_limits, n = table.shape
    open_ = np.flatnonzero(~equal)
    room = csr_array((np.ones(open_.size), (open_, np.arange(open_.size))),
                     shape=(n_limits, open_.size))  # fmt: skip
    rows: Any = csr_array(hstack([csr_array(table), csr_array(-limit[:, None]), room]))
    rows.sort_indices()
    highs: Any = solver(solver="simplex")
    ends = np.full(n, np.inf)
    highs.addVars(n, -ends, ends)
    highs.addVar(1.0, np.inf)
    highs.addVars(open_.size, np.zeros(open_.size), np.ones(open_.size))
    columns = np.arange(n + 1, n + 1 + open_.size, dtype=np.int32)
    highs.changeColsCost(open_.size, columns, -np.ones(open_.size))
    low = np.where(equal, 0.0, -np.inf)
    highs.addRows(
        n_limits, low, np.zeros(n_limits), int(rows.nnz), rows.indptr[:-1].astype(np.int32),
        rows.indices.astype(np.int32), rows.data.astype(np.float64),
    )  # fmt: skip
    if not solved(highs):
        return None
    found = np.array(highs.getSolution().col_value)
    tight = equal.copy()
    tight[open_] = found[n + 1 :] < _ROOM
    return Inside(at=found[:n] / found[n], tight=tight)
