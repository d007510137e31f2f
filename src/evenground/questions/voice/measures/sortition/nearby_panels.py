"""Write expected numbers as a lottery over whole panels that all lie next to them.

One panel after another is taken off: whole numbers next to what is left, with every sum that is at
a limit kept there; then the chances go as far away from that panel as limits allow. Each step puts
one more number or sum at a limit, so there are no more steps than classes and sums. In every panel
the number of each class, and each quota's sum, is the expected one rounded down or up. Source: the
construction in the proof of Carathéodory (1907) and, for assignments, Budish, Che, Kojima and
Milgrom (2013), American Economic Review 103, 585-623.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery, PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import (
    panel_rows,
    solved,
    solver,
)

_NEAR = 1e-7
_MOVES = 1e-9
_NOTHING_LEFT = 1e-12
_GOLDEN = 0.6180339887498949
_TILT = 1.0
_NODES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """What was written as panels.

    Attributes
    ----------
    panels, shape (n_panels, n_classes), and weights, shape (n_panels,)
        Panels taken off and their chances.
    left
        How much is left unwritten; 0 if all is written.
    expected, shape (n_classes,)
        The expected numbers, with sums that are whole up to rounding made whole.
    """

    panels: Whole
    weights: Vector
    left: float
    expected: Vector


def nearby_panels(model: PanelModel, expected: Vector, *, attempt: int = 0) -> TakenOff:
    """Return panels next to ``expected``, shape (n_classes,), with chances that add up to it.

    Where no whole panel lies next to what is left, ``left`` says how much that is. Another
    ``attempt`` takes off other panels.
    """
    at = polished = _polished(model, expected)
    search = _Nearest(model, attempt)
    left, panels, weights = 1.0, list[Vector](), list[float]()
    for _ in range(model.n_classes + model.n_rows + 1):
        at, totals = _snapped(at), _snapped(model.sums @ at)
        panel = search.panel(at, totals)
        if panel is None:
            break
        away = at - panel
        step = _step(at, away)
        step = min(step, _step(totals, model.sums @ away))
        part = 1.0 if np.isinf(step) else step / (1 + step)
        panels.append(panel)
        weights.append(left * part)
        left = 0.0 if np.isinf(step) else left * (1 - part)
        if left < _NOTHING_LEFT:
            left = 0.0
            break
        at = at + step * away
    found = np.array(panels, dtype=np.float64).reshape(-1, model.n_classes)
    return TakenOff(
        panels=found.astype(np.int64), weights=np.array(weights), left=left, expected=polished
    )


def settled_weights(panels: Whole, weights: Vector, expected: Vector) -> PanelLottery:
    """Return the lottery with chances worked out anew so that rounding does not add up."""
    from scipy.optimize import nnls

    merged, at = np.unique(panels, axis=0, return_inverse=True)
    given = np.bincount(at.reshape(-1), weights)
    given = given / given.sum()
    table = np.vstack([merged.T.astype(np.float64), np.ones(len(merged))])
    wanted = np.append(expected, 1.0)
    moved = nnls(table, wanted)[0]
    used = np.flatnonzero(moved)
    moved[used] += np.linalg.lstsq(table[:, used], wanted - table @ moved, rcond=None)[0]
    moved = np.maximum(moved, 0.0)
    if np.abs(table @ moved - wanted).max() < np.abs(table @ given - wanted).max():
        given = moved / moved.sum()
    order = np.argsort(-given, kind="stable")
    order = order[given[order] > _NOTHING_LEFT]
    return PanelLottery(panels=merged[order], weights=given[order] / given[order].sum())


def _snapped(values: Vector) -> Vector:
    whole = np.rint(values)
    return np.where(np.abs(values - whole) < _NEAR, whole, values)


def _polished(model: PanelModel, expected: Vector) -> Vector:
    """Return the point with sums that are whole up to rounding made whole."""
    at = _snapped(expected)
    free = at != np.rint(at)
    totals = model.sums @ at
    whole = np.flatnonzero(np.abs(totals - np.rint(totals)) < _NEAR)
    table = model.sums[whole].toarray()
    if free.any():
        for _ in range(2):
            off = np.rint(totals[whole]) - table @ at
            at[free] += np.linalg.lstsq(table[:, free], off, rcond=None)[0]
    return at


def _step(values: Vector, away: Vector) -> float:
    """Return how far values may go before one is at a whole number; whole ones do not count."""
    low, high = np.floor(values), np.ceil(values)
    open_ = (low < high) & (np.abs(away) > _MOVES)
    if not open_.any():
        return np.inf
    goal = np.where(away > 0, high, low)[open_]
    return float(((goal - values[open_]) / away[open_]).min())


class _Nearest:
    """Finds the whole panel nearest to a point, each number rounded down or up."""

    def __init__(self, model: PanelModel, attempt: int) -> None:
        import highspy

        steps = np.arange(1, model.n_classes + 1) * attempt * _GOLDEN
        self._tilt = _TILT * (steps % 1 - 0.5)  # spread evenly, and the same on every run

        self._model = model
        self._kinds = highspy.HighsVarType
        self._highs: Any = solver(mip_rel_gap=0.0, mip_max_nodes=_NODES)
        panel_rows(self._highs, model)
        self._columns = np.arange(model.n_classes, dtype=np.int32)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def panel(self, at: Vector, totals: Vector) -> Vector | None:
        n, columns, low = self._model.n_classes, self._columns, np.floor(at)
        self._highs.clearSolver()
        self._highs.changeColsBounds(n, columns, low, np.ceil(at))
        self._highs.changeColsCost(n, columns, at - low - 0.5 + self._tilt)
        least = np.maximum(np.floor(totals), self._model.low)
        most = np.minimum(np.ceil(totals), self._model.high)
        for row in range(self._model.n_rows):
            self._highs.changeRowBounds(row, float(least[row]), float(most[row]))
        for kind in (self._kinds.kContinuous, self._kinds.kInteger):
            self._highs.changeColsIntegrality(n, columns, [kind] * n)
            if not self._found():
                return None
            found = np.array(self._highs.getSolution().col_value)
            if np.abs(found - np.rint(found)).max() < _NEAR:
                return np.rint(found)
        return None

    def _found(self) -> bool:
        try:
            return solved(self._highs)
        except ArithmeticError:  # the search was cut short: there may be none
            return False
