"""Proof that no whole panel exceeds a limit: cases, each closed by priced limits in fractions.

A case says how few and how many of each class there may be. It is closed when priced limits show
in exact fractions that no panel in it has a larger sum; otherwise it is split in two at a number
that is not whole. Prices come from HiGHS, but the proof does not rest on them. Source: Land and
Doig (1960), Econometrica 28, 497-520; Cook, Koch, Steffy and Wolter (2013), A hybrid
branch-and-bound approach for exact rational mixed-integer programming, Mathematical Programming
Computation 5, 305-344.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import Cut, solved, solver

_DENOMINATOR = 10**9


def cases_that_prove(model: PanelModel, cut: Cut, *, n_cases: int) -> int | None:
    """Return how many cases prove ``cut`` for all whole panels; ``None`` if ``n_cases`` do not."""
    cases: list[tuple[Vector, Vector]] = [(np.zeros(model.n_classes), model.most.astype(float))]
    relaxed = _Relaxed(model, cut)
    for used in range(n_cases):
        low, high = cases.pop()
        at, prices = relaxed.solve(low, high)
        if _bound(model, cut, prices, bounds=(low, high)) >= cut.limit + 1:
            split = int(np.argmax(np.abs(at - np.rint(at)) * (low < high)))
            if low[split] == high[split]:
                return None
            middle = min(np.floor(at[split] + 1e-9), high[split] - 1)
            below, above = high.copy(), low.copy()
            below[split], above[split] = middle, middle + 1
            cases += [(above, high), (low, below)]
        if not cases:
            return used + 1
    return None


def _bound(
    model: PanelModel, cut: Cut, prices: Vector, *, bounds: tuple[Vector, Vector]
) -> Fraction:
    """Return what the sum cannot exceed in a case, for any prices."""
    exact = [Fraction(one).limit_denominator(_DENOMINATOR) for one in prices.tolist()]
    left = [Fraction(int(one)) for one in cut.weights.tolist()]
    for row, column in zip(model.row.tolist(), model.column.tolist(), strict=True):
        left[column] -= exact[row]
    total = Fraction(0)
    for price, low, high in zip(exact, model.low.tolist(), model.high.tolist(), strict=True):
        total += price * (high if price > 0 else low)
    for worth, low, high in zip(left, bounds[0].tolist(), bounds[1].tolist(), strict=True):
        total += worth * int(high if worth > 0 else low)
    return total


class _Relaxed:
    """The largest sum over parts of people, where breaking a limit costs more than it can bring."""

    def __init__(self, model: PanelModel, cut: Cut) -> None:
        n, n_rows = model.n_classes, model.n_rows
        self._n, self._n_rows = n, n_rows
        dear = 2.0 * float(np.abs(cut.weights).max()) * (model.size + 1)
        sums = model.sums
        self._highs: Any = solver(solver="simplex", presolve="off")
        self._highs.addVars(n, np.zeros(n), model.most.astype(np.float64))
        self._columns = np.arange(n, dtype=np.int32)
        self._highs.changeColsCost(n, self._columns, -cut.weights.astype(np.float64))
        self._highs.addRows(
            n_rows, model.low.astype(np.float64), model.high.astype(np.float64), int(sums.nnz),
            sums.indptr[:-1].astype(np.int32), sums.indices.astype(np.int32), sums.data,
        )  # fmt: skip
        for row in range(n_rows):
            for sign in (1.0, -1.0):
                at = np.array([row], dtype=np.int32)
                self._highs.addCol(dear, 0.0, np.inf, 1, at, np.array([sign]))

    def solve(self, low: Vector, high: Vector) -> tuple[Vector, Vector]:
        """Return the point and what each limit is worth, shape (n_rows,)."""
        self._highs.changeColsBounds(self._n, self._columns, low, high)
        solved(self._highs)
        solution = self._highs.getSolution()
        return np.array(solution.col_value)[: self._n], -np.array(solution.row_dual)
