"""The lottery over whole panels nearest to expected numbers, or a cut that shows why not.

Panels are added one by one: each is the best there is for the prices that the nearest lottery so
far puts on classes. When none is better and a distance is left, those prices are a limit that every
whole panel keeps and the expected numbers break. Source: Dantzig and Wolfe (1960), Operations
Research 8, 101-111; as in Flanigan et al. (2021), Nature 596, 548-552, there over people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.sortition.panel_programme import (
    BestPanel,
    Cut,
    solved,
    solver,
)

NEAR = 1e-9
"""Distance, in people, that counts as none."""
_BETTER = 1e-9
_DENOMINATORS = (60, 2_520, 100_000)
_LARGEST = 10**7


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The nearest lottery.

    Attributes
    ----------
    panels, shape (n_panels, n_classes), and weights, shape (n_panels,)
        The lottery; weights may be 0.
    distance
        Sum over classes of how far it is off, in people.
    cut
        What parts of people break and whole panels do not; ``None`` where nothing is left.
    """

    panels: Whole
    weights: Vector
    distance: float
    cut: Cut | None


def nearest_lottery(
    expected: Vector,
    *,
    panels: Whole,
    best: BestPanel,
    may_cut: bool = True,
    n_rounds: int = 2_000,
) -> Nearest:
    """Return the lottery nearest to ``expected``, shape (n_classes,).

    Parameters
    ----------
    panels, shape (n, n_classes)
        Panels to begin with, at least one.
    best
        Finds panels.
    may_cut
        Whether a cut is looked for; ``best`` must know of all panels then.
    n_rounds
        How many panels are added at most.
    """
    master = _Master(expected)
    for panel in panels:
        master.add(panel)
    prices, level = master.solve()
    for _ in range(n_rounds):
        if master.distance <= NEAR:
            break
        panel = best.within_work(prices)
        if panel is None or prices @ panel <= level + _BETTER:
            break
        master.add(panel)
        prices, level = master.solve()
    done = master.distance <= NEAR or not may_cut
    cut = None if done else _cut(prices, expected, best)
    return Nearest(
        panels=np.array(master.panels), weights=master.weights, distance=master.distance, cut=cut
    )


def _cut(prices: Vector, expected: Vector, best: BestPanel) -> Cut | None:
    """Return the prices as whole numbers with the largest sum of a panel, if that cuts."""
    for denominator in _DENOMINATORS:
        parts = [Fraction(one).limit_denominator(denominator) for one in prices.tolist()]
        scale = math.lcm(*(one.denominator for one in parts))
        if scale > _LARGEST:
            scale = denominator
        weights = np.array([round(one * scale) for one in parts], dtype=np.int64)
        panel = best.within_work(weights.astype(np.float64))
        if panel is None:
            return None
        limit = int(weights @ panel)
        if weights @ expected > limit + _BETTER * scale:
            return Cut(weights=weights, limit=limit)
    return None


class _Master:
    """``min Σ|Σ_j λ_j c_j - expected|`` over chances ``λ`` that add up to 1."""

    def __init__(self, expected: Vector) -> None:
        self.panels: list[Whole] = []
        self.distance = np.inf
        self.weights = np.empty(0)
        n = expected.size
        self._n = n
        self._highs: Any = solver(solver="simplex", presolve="off")
        self._highs.addVars(2 * n, np.zeros(2 * n), np.full(2 * n, np.inf))
        columns = np.arange(2 * n, dtype=np.int32)
        self._highs.changeColsCost(2 * n, columns, np.ones(2 * n))
        for at, goal in enumerate(expected.tolist()):
            pair = np.array([at, n + at], dtype=np.int32)
            self._highs.addRow(goal, goal, 2, pair, np.array([1.0, -1.0]))
        self._highs.addRow(1.0, 1.0, 0, np.empty(0, np.int32), np.empty(0))

    def add(self, panel: Whole) -> None:
        at = np.append(np.flatnonzero(panel), self._n).astype(np.int32)
        values = np.append(panel[panel != 0].astype(np.float64), 1.0)
        self._highs.addCol(0.0, 0.0, np.inf, at.size, at, values)
        self.panels.append(panel)

    def solve(self) -> tuple[Vector, float]:
        """Return what one more of each class is worth, and what a panel must be worth to help."""
        solved(self._highs)
        solution = self._highs.getSolution()
        self.weights = np.maximum(np.array(solution.col_value)[2 * self._n :], 0.0)
        self.distance = float(self._highs.getInfo().objective_function_value)
        dual = np.array(solution.row_dual)
        return dual[: self._n], -float(dual[self._n])
