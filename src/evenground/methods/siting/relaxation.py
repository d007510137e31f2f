"""The linear relaxation that grows by cuts, with a bound that does not rest on the solver's word.

HiGHS finds the duals; the bound is worked out from them here, and holds for any duals whatever.
Source: Neumaier and Shcherbina (2004), Safe bounds in linear and mixed-integer linear programming,
Mathematical Programming 99, 283-296; Huangfu and Hall (2018), Mathematical Programming Computation
10, 119-142 (HiGHS).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.siting.meter import Meter
from evenground.methods.siting.rows import Rows, stacked
from evenground.methods.validation import Vector

ITERATIONS_AT_ONCE = 2_000
"""Simplex iterations between two looks at whether to stop."""


_PROOF = 1e-9  # of a ray whose largest entry is 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What the solver found.

    Attributes
    ----------
    x, shape (n_columns,)
        Values; of no use unless ``solved``.
    bound
        No point within the rows and the columns' bounds costs less; infinite if there is none.
    reduced, shape (n_columns,)
        Reduced costs from which the bound was worked out.
    solved
        Whether the solver came to its end.
    """

    x: Vector
    bound: float
    reduced: Vector
    solved: bool


class Relaxation:
    """``min cost x`` over rows that are added to and columns whose bounds change.

    Attributes
    ----------
    cost, low, high, shape (n_columns,)
        Costs and finite bounds of the columns.
    rows
        All rows so far.
    """

    def __init__(self, cost: Vector, bounds: tuple[Vector, Vector], rows: Rows) -> None:
        import highspy

        self.cost = cost
        self.low, self.high = bounds
        self.rows = stacked([])
        self._matrix = self.rows.matrix(cost.size)
        self._columns = np.arange(cost.size, dtype=np.int32)
        self._highs: Any = highspy.Highs()
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("solver", "simplex"),
            ("presolve", "off"), ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        ):  # fmt: skip
            self._highs.setOptionValue(option, value)
        self._highs.addVars(cost.size, self.low, self.high)
        self._highs.changeColsCost(cost.size, self._columns, cost)
        self.add(rows)

    def add(self, rows: Rows) -> None:
        """Add rows."""
        if not rows.n_rows:
            return
        self._highs.addRows(
            rows.n_rows, rows.low, rows.high, rows.value.size,
            rows.starts[:-1].astype(np.int32), rows.column.astype(np.int32), rows.value,
        )  # fmt: skip
        self.rows = stacked([self.rows, rows])
        self._matrix = self.rows.matrix(self.cost.size)

    def bound_columns(self, low: Vector, high: Vector) -> None:
        """Replace the bounds of all columns."""
        self.low, self.high = low, high
        self._highs.changeColsBounds(low.size, self._columns, low, high)

    def basis(self) -> Any:
        """Return where the solver stands, to begin there again later."""
        return self._highs.getBasis()

    def begin_at(self, basis: Any) -> None:
        """Begin at a basis of before; rows added since are taken as slack."""
        import highspy

        missing = self.rows.n_rows - len(basis.row_status)
        if missing:
            slack = [highspy.HighsBasisStatus.kBasic] * missing
            basis.row_status = [*basis.row_status, *slack]
        self._highs.setBasis(basis)

    def solve(self, meter: Meter, *, objective: float, floor: float) -> Point:
        """Return the least point, or what is known once the meter says stop.

        Parameters
        ----------
        meter
            Is told of simplex iterations; asked between portions of them.
        objective, floor
            The best value and the least bound of the whole search, for the meter.
        """
        import highspy

        status = highspy.HighsModelStatus
        while True:
            limit = min(ITERATIONS_AT_ONCE, max(meter.left, 1))
            self._highs.setOptionValue("simplex_iteration_limit", limit)
            self._highs.run()
            meter.spend(max(int(self._highs.getInfo().simplex_iteration_count), 1))
            found = self._highs.getModelStatus()
            if found == status.kInfeasible:
                return self._infeasible()
            if found == status.kOptimal:
                return self._point(solved=True)
            if found != status.kIterationLimit or meter.stops(objective, floor):
                return self._point(solved=False)

    def _point(self, *, solved: bool) -> Point:
        solution = self._highs.getSolution()
        dual = np.array(solution.row_dual, dtype=np.float64)
        if dual.size != self.rows.n_rows:
            dual = np.zeros(self.rows.n_rows)
        bound, reduced = self._safe_bound(self.cost, dual)
        x = np.array(solution.col_value, dtype=np.float64)
        return Point(x=x, bound=bound, reduced=reduced, solved=solved)

    def _infeasible(self) -> Point:
        """Return that there is no point if a ray proves it, otherwise that nothing is known."""
        _, has_ray, ray = self._highs.getDualRay()
        nothing = np.zeros_like(self.cost)
        if has_ray:
            weight = np.array(ray, dtype=np.float64)
            weight /= max(np.abs(weight).max(), 1e-300)
            for sign in (1.0, -1.0):
                proof, _ = self._safe_bound(nothing, sign * weight)
                if proof > _PROOF:
                    return Point(x=nothing, bound=np.inf, reduced=nothing, solved=True)
        return Point(x=nothing, bound=-np.inf, reduced=nothing, solved=False)

    def _safe_bound(self, cost: Vector, dual: Vector) -> tuple[float, Vector]:
        return safe_bound(self.rows, dual, cost=cost, bounds=(self.low, self.high))


def safe_bound(
    rows: Rows, dual: Vector, *, cost: Vector, bounds: tuple[Vector, Vector]
) -> tuple[float, Vector]:
    """Return what ``min cost x`` cannot fall below, and the reduced costs, for any ``dual``.

    ``cost x = dual (A x) + (cost - dual A) x``; the first is least at a row's limit, the second at
    a column's bound.

    Parameters
    ----------
    rows
        ``low <= A x <= high``.
    dual, shape (n_rows,)
        Any numbers; those that ask for a limit that a row does not have are taken as 0.
    cost, bounds, each of shape (n_columns,)
        Finite.
    """
    limit = np.where(dual > 0, rows.low, rows.high)
    used = np.where(np.isfinite(limit), dual, 0.0)
    reduced = cost - rows.matrix(cost.size).T @ used
    least = np.minimum(reduced * bounds[0], reduced * bounds[1])
    return float((used * np.where(used == 0, 0.0, limit)).sum() + least.sum()), reduced
