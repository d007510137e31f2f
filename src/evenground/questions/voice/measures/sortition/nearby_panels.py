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
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import (
    Work,
    panel_rows,
    solved,
    solver,
)

_NEAR = 1e-7
_MOVES = 1e-9
_NOTHING_LEFT = 1e-15
_NEXT_TO_NOTHING = 1e-10
_GOLDEN = 0.6180339887498949
_TILT = 1.0
_NODES = 200
_MANY = 150
_CLOSE = 100


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


def nearby_panels(model: PanelModel, expected: Vector, *, attempt: int = 0, work: Work) -> TakenOff:
    """Return panels next to ``expected``, shape (n_classes,), with chances that add up to it.

    Where no whole panel lies next to what is left, or ``work`` is used up, ``left`` says how much
    that is. Another ``attempt`` takes off other panels.
    """
    at = polished = _polished(model, expected)
    search = NearestPanel(model, attempt, work)
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
        panels=found.astype(np.int64),
        weights=np.array(weights),
        left=0.0 if left < _NEXT_TO_NOTHING else left,
        expected=polished,
    )


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


class NearestPanel:
    """Finds the whole panel nearest to a point, each number rounded down or up, or ``None``.

    Another ``attempt`` finds others.
    """

    def __init__(self, model: PanelModel, attempt: int, work: Work) -> None:
        import highspy

        steps = np.arange(1, model.n_classes + 1) * attempt * _GOLDEN
        self._tilt = _TILT * (steps % 1 - 0.5)  # spread evenly, and the same on every run

        self._model, self._work = model, work
        self._kinds = highspy.HighsVarType
        self._highs: Any = solver(mip_rel_gap=0.0, mip_max_nodes=_NODES)
        panel_rows(self._highs, model)
        self._columns = np.arange(model.n_classes, dtype=np.int32)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def next_to(self, expected: Vector) -> Vector | None:
        """Return the panel, shape (n_classes,), with sums next to the expected ones as well."""
        return self.panel(_snapped(expected), _snapped(self._model.sums @ expected))

    def panel(self, at: Vector, totals: Vector) -> Vector | None:
        """Return the same where numbers and sums that are whole up to rounding are whole."""
        low, high = np.floor(at), np.ceil(at)
        least = np.maximum(np.floor(totals), self._model.low)
        most = np.minimum(np.ceil(totals), self._model.high)
        for row in range(self._model.n_rows):
            self._highs.changeRowBounds(row, float(least[row]), float(most[row]))
        worth = at - low - 0.5 + self._tilt
        self._highs.clearSolver()
        self._highs.changeColsCost(self._model.n_classes, self._columns, worth)
        parts = self._solved(self._kinds.kContinuous, (low, high))
        if parts is None or np.abs(parts - np.rint(parts)).max() < _NEAR:
            return None if parts is None else np.rint(parts)
        found = None
        if at.size > _MANY:
            found = self._solved(self._kinds.kInteger, self._close(parts, low, high))
        if found is None:
            found = self._solved(self._kinds.kInteger, (low, high))
        return None if found is None else np.rint(found)

    def _close(self, parts: Vector, low: Vector, high: Vector) -> tuple[Vector, Vector]:
        """Return limits that leave open what is in parts, and what costs least to change."""
        costs = np.abs(np.array(self._highs.getSolution().col_dual))
        costs[np.abs(parts - np.rint(parts)) >= _NEAR] = 0.0
        held = np.argsort(costs, kind="stable")[_CLOSE:]
        low, high = low.copy(), high.copy()
        low[held] = high[held] = np.rint(parts[held])
        return low, high

    def _solved(self, kind: Any, limits: tuple[Vector, Vector]) -> Vector | None:
        n = self._model.n_classes
        self._highs.changeColsBounds(n, self._columns, *limits)
        self._highs.changeColsIntegrality(n, self._columns, [kind] * n)
        if not self._work.left:
            return None
        try:
            there = solved(self._highs)
        except ArithmeticError:  # the search was cut short: there may be none
            there = False
        self._work.spend(self._highs)
        return np.array(self._highs.getSolution().col_value) if there else None
