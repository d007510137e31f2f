"""A linear programme that is solved again and again with other costs and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evenground.methods.disclosure.table_system import Interval, Vector, Whole

if TYPE_CHECKING:
    import highspy


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """``row_low <= A x <= row_high`` and ``low <= x <= high``, ``A`` as coordinates."""

    row: Whole
    column: Whole
    coefficient: Vector
    rows: Interval
    columns: Interval


class LinearProgramme:
    """A programme that keeps its last basis, so that a like one is solved at once.

    HiGHS runs on one thread without a clock, so that the same programme has the same solution.
    Source: Huangfu and Hall (2018), "Parallelizing the dual revised simplex method", Mathematical
    Programming Computation 10.
    """

    def __init__(self, constraints: Constraints) -> None:
        import highspy

        self.n_columns = constraints.columns[0].size
        self._positions = np.arange(self.n_columns, dtype=np.int32)
        self._highs = highspy.Highs()
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("solver", "simplex"),
        ):  # fmt: skip
            self._highs.setOptionValue(option, value)
        self._highs.passModel(_model(constraints))

    def least(self, cost: Vector) -> Vector:
        """Return a point, shape (n_columns,), that minimises ``cost``.

        Raises
        ------
        ArithmeticError
            If there is no such point: a constraint contradicts another.
        """
        import highspy

        self._highs.changeColsCost(self.n_columns, self._positions, cost)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            status = self._highs.modelStatusToString(self._highs.getModelStatus())
            msg = f"the linear programme has no solution: {status}"
            raise ArithmeticError(msg)
        return np.array(self._highs.getSolution().col_value, dtype=np.float64)

    def bound(self, low: Vector, high: Vector) -> None:
        """Replace the bounds of all columns."""
        self._highs.changeColsBounds(self.n_columns, self._positions, low, high)


def nearest(known: Constraints, guess: Vector, *, cost: tuple[Vector, Vector]) -> Vector:
    """Return the point within ``known`` whose costed absolute distance from ``guess`` is least.

    Parameters
    ----------
    guess, shape (n_columns,)
        Where to be near.
    cost, two of shape (n_columns,)
        What each unit above and each unit below costs, at least 0.
    """
    size, (low, high) = guess.size, known.columns
    reached = np.bincount(known.row, known.coefficient * guess[known.column], known.rows[0].size)
    zero = np.zeros(size)
    # The point is the guess, plus what each column goes up, less what it goes down.
    up_and_down = Constraints(
        row=np.tile(known.row, 2),
        column=np.concatenate([known.column, known.column + size]),
        coefficient=np.concatenate([known.coefficient, -known.coefficient]),
        rows=(known.rows[0] - reached, known.rows[1] - reached),
        columns=(
            np.concatenate([np.maximum(zero, low - guess), np.maximum(zero, guess - high)]),
            np.concatenate([np.maximum(zero, high - guess), np.maximum(zero, guess - low)]),
        ),
    )
    moved = LinearProgramme(up_and_down).least(np.concatenate(cost))
    return guess + moved[:size] - moved[size:]


def _model(constraints: Constraints) -> highspy.HighsLp:
    import highspy
    from scipy.sparse import csc_array

    shape = (constraints.rows[0].size, constraints.columns[0].size)
    matrix = csc_array(
        (constraints.coefficient, (constraints.row, constraints.column)), shape=shape
    )
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = shape
    model.col_cost_ = np.zeros(shape[1])
    model.col_lower_, model.col_upper_ = constraints.columns
    model.row_lower_, model.row_upper_ = constraints.rows
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = np.asarray(matrix.data, dtype=np.float64)
    return model
