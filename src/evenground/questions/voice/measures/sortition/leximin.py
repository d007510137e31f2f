"""Leximin: the chances of being drawn that lift the least first, then the next, and so on.

Source: Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting citizens'
assemblies, Nature 596, 548-552. Levels are found over classes of people rather than over panels,
from the linear relaxation; ``fair_panel`` writes the answer as a lottery over panels, or adds cuts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import (
    Cut,
    panel_rows,
    solved,
    solver,
)

_DECIDES = 1e-2
_REACHED = 1e-7
_RANK = 1e-10
_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level: which classes can have no more, and the weights that show it.

    Attributes
    ----------
    value
        Their chance of being drawn, 0-1.
    classes, shape (n_classes,)
        Which are settled here.
    weights, shape (n_classes,)
        0 or more, for one person of each class: no lottery gives a larger weighted sum of chances
        than the settled chances and ``value`` do.
    rows, shape (n_rows + n_cuts,)
        What each limit is worth in that sum: above 0 for an upper, below 0 for a lower limit.
    """

    value: float
    classes: Flags
    weights: Vector
    rows: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Chances by class and the levels in which they were settled.

    Attributes
    ----------
    chances, shape (n_classes,)
        Of one person of each class, 0-1.
    levels
        From the least.
    """

    chances: Vector
    levels: tuple[Level, ...]


def leximin(model: PanelModel, cuts: tuple[Cut, ...] = ()) -> Settled | None:
    """Return the leximin chances over the relaxation; ``None`` if no panel meets the limits.

    Parameters
    ----------
    model
        Classes and limits.
    cuts
        Further limits that hold for whole panels.
    """
    search = Levels(model, cuts)
    while not search.all_settled:
        if not search.raise_level():
            return None
    return _sharpened(model, Settled(chances=search.chances, levels=tuple(search.levels)), cuts)


def _sharpened(model: PanelModel, found: Settled, cuts: tuple[Cut, ...]) -> Settled:
    """Return the levels freed of the solver's tolerance: limits that are reached hold exactly."""
    people = model.people.astype(np.float64)
    weights = np.array([cut.weights for cut in cuts], dtype=np.float64)
    rows = np.vstack(
        [model.sums.toarray(), weights.reshape(-1, model.n_classes), np.eye(model.n_classes)]
    )
    high = np.concatenate([model.high, [cut.limit for cut in cuts], model.most])
    low = np.concatenate([model.low, np.full(len(cuts), -np.inf), np.zeros(model.n_classes)])
    levels = np.array([level.classes for level in found.levels], dtype=np.float64)
    chances = found.chances
    for _ in range(_ROUNDS):
        totals = np.array([math.fsum(row) for row in (rows * (chances * people)).tolist()])
        goal = np.where(np.abs(totals - high) < np.abs(totals - low), high, low)
        reached = np.abs(totals - goal) < _REACHED
        by_level = rows[reached] @ (levels * people).T
        move = np.linalg.lstsq(by_level, (goal - totals)[reached], rcond=_RANK)[0]
        if np.abs(move).max() > _REACHED:
            return found
        chances = np.clip(chances + move @ levels, 0.0, 1.0)
    return replace(found, chances=chances)


class Levels:
    """The programme ``max z``: open classes have ``z`` at least, settled ones what they have.

    ``chances``, shape (n_classes,), are NaN where a class is open; ``levels`` are those so far.
    """

    def __init__(self, model: PanelModel, cuts: tuple[Cut, ...]) -> None:
        self.model = model
        self.chances = np.full(model.n_classes, np.nan)
        self.levels: list[Level] = []
        self._n_limits = model.n_rows + len(cuts)
        self._highs: Any = solver(solver="simplex", presolve="off")
        panel_rows(self._highs, model, cuts)
        self._z = model.n_classes
        self._highs.addVar(0.0, 1.0)
        self._highs.changeColCost(self._z, -1.0)
        people = model.people.astype(np.float64)
        for at, n in enumerate(people):
            both = np.array([at, self._z], dtype=np.int32)
            self._highs.addRow(0.0, np.inf, 2, both, np.array([1.0, -n]))

    @property
    def all_settled(self) -> bool:
        """Whether no class is open."""
        return not np.isnan(self.chances).any()

    def raise_level(self) -> bool:
        """Settle the classes that hold the open ones down; ``False`` if there is no panel."""
        if not solved(self._highs):
            return False
        solution = self._highs.getSolution()
        value = min(max(float(solution.col_value[self._z]), 0.0), 1.0)
        if self.levels:
            value = max(value, self.levels[-1].value)
        dual = np.array(solution.row_dual)
        weights = np.maximum(dual[self._n_limits :], 0.0) * self.model.people.astype(np.float64)
        open_ = np.isnan(self.chances)
        strong = open_ & (weights >= _DECIDES * weights[open_].max(initial=0.0)) & (weights > 0)
        now = strong if value < 1.0 and strong.any() else open_
        self.chances[now] = value
        rows = -dual[: self._n_limits]
        self.levels.append(Level(value=value, classes=now, weights=weights, rows=rows))
        self._hold(now, value)
        return True

    def _hold(self, now: Flags, value: float) -> None:
        for at in np.flatnonzero(now):
            row = self._n_limits + int(at)
            self._highs.changeCoeff(row, self._z, 0.0)
            self._highs.changeRowBounds(row, value * float(self.model.people[at]), np.inf)
