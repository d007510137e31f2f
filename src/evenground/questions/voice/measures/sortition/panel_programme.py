"""Linear and integer programmes over panels, solved by HiGHS on one thread and by work alone.

The same programme has the same answer on every run: no clock, no second thread, one seed.
Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10, 119-142.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.sortition.panel_model import PanelModel

PRECISE = 1e-10
"""How far HiGHS may leave a limit."""
_NODES = 5_000
_CALL = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A limit that holds for whole panels and not for their parts: ``weights c <= limit``.

    Attributes
    ----------
    weights, shape (n_classes,)
        Whole numbers.
    limit
        The largest weighted sum of a panel.
    """

    weights: Whole
    limit: int


class Work:
    """What may still be spent on programmes: a bound that is the same on every machine.

    A unit is an iteration of the simplex method; each programme costs a few more to set up.
    """

    def __init__(self, units: int) -> None:
        self.left = units

    def spend(self, highs: Any) -> None:
        """Take off what the last run of a solver cost."""
        self.take(_CALL + max(int(highs.getInfo().simplex_iteration_count), 0))

    def take(self, units: int) -> None:
        """Take off units; there are never fewer than 0 left."""
        self.left = max(self.left - units, 0)


def solver(**options: Any) -> Any:
    """Return HiGHS, quiet, on one thread."""
    import highspy

    highs = highspy.Highs()
    settings: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "primal_feasibility_tolerance": PRECISE,
        "dual_feasibility_tolerance": PRECISE,
        **options,
    }
    for name, value in settings.items():
        highs.setOptionValue(name, value)
    return highs


def panel_rows(highs: Any, model: PanelModel, cuts: tuple[Cut, ...] = ()) -> None:
    """Add classes as columns, and all limits as rows, to an empty solver."""
    highs.addVars(model.n_classes, np.zeros(model.n_classes), model.most.astype(np.float64))
    sums = model.sums
    highs.addRows(
        model.n_rows, model.low.astype(np.float64), model.high.astype(np.float64),
        int(sums.nnz), sums.indptr[:-1].astype(np.int32), sums.indices.astype(np.int32), sums.data,
    )  # fmt: skip
    for cut in cuts:
        add_row(highs, cut.weights, high=float(cut.limit))


def add_row(highs: Any, weights: Any, *, low: float = -np.inf, high: float = np.inf) -> None:
    """Add one row over the first columns."""
    at = np.flatnonzero(weights)
    highs.addRow(low, high, at.size, at.astype(np.int32), np.asarray(weights, np.float64)[at])


def solved(highs: Any) -> bool:
    """Run and return whether the optimum was found; ``False`` if there is no feasible point.

    Raises
    ------
    ArithmeticError
        If the solver stops for another reason.
    """
    import highspy

    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return True
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return False
    msg = f"the programme was not solved: {highs.modelStatusToString(status)}"
    raise ArithmeticError(msg)


class BestPanel:
    """Asks again and again for the panel of whole people with the largest weighted sum."""

    def __init__(self, model: PanelModel, work: Work) -> None:
        import highspy

        self.model, self.work = model, work
        self._columns = np.arange(model.n_classes, dtype=np.int32)
        self._highs = solver(mip_rel_gap=0.0, mip_abs_gap=1e-9, mip_max_nodes=_NODES)
        panel_rows(self._highs, model)
        whole = [highspy.HighsVarType.kInteger] * model.n_classes
        self._highs.changeColsIntegrality(model.n_classes, self._columns, whole)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def largest(self, weights: Vector) -> Whole | None:
        """Return the panel, shape (n_classes,), or ``None`` if there is no panel at all.

        Raises
        ------
        ArithmeticError
            If the search was not finished.
        """
        if not self.work.left:
            msg = "the work is used up"
            raise ArithmeticError(msg)
        self._highs.clearSolver()  # what was found before must not change what is found now
        self._highs.changeColsCost(self.model.n_classes, self._columns, weights)
        try:
            there = solved(self._highs)
        finally:
            self.work.spend(self._highs)
        if not there:
            return None
        return np.rint(self._highs.getSolution().col_value).astype(np.int64)

    def within_work(self, weights: Vector) -> Whole | None:
        """Return the same, and ``None`` also where the search was not finished."""
        try:
            return self.largest(weights)
        except ArithmeticError:
            return None

    def within(self, low: Vector, high: Vector) -> None:
        """Replace how few and how many of each class a panel takes."""
        self._highs.changeColsBounds(self.model.n_classes, self._columns, low, high)


def tight(model: PanelModel, expected: Vector) -> Flags:
    """Return which sums are at a limit in expectation, shape (n_rows,)."""
    totals = model.sums @ expected
    return (np.abs(totals - model.low) < PRECISE) | (np.abs(totals - model.high) < PRECISE)
