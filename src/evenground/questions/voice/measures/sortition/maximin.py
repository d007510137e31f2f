"""Maximin: the least chance is as large as it can be; then the largest is as small as it can be.

Source: Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Nature 596, 548-552 (maximin); keeping
the largest chance down as well: Baharav and Flanigan (2024), Fair, manipulation-robust, and
transparent sortition, Proceedings of the 25th ACM Conference on Economics and Computation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.voice.measures.sortition.leximin import Level, Settled
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import (
    Cut,
    panel_rows,
    solved,
    solver,
)

_DECIDES = 1e-3


def maximin(model: PanelModel, cuts: tuple[Cut, ...] = ()) -> Settled | None:
    """Return maximin chances over the relaxation; ``None`` if no panel meets the limits."""
    highs: Any = solver(solver="simplex", presolve="off")
    panel_rows(highs, model, cuts)
    n, n_limits = model.n_classes, model.n_rows + len(cuts)
    highs.addVar(0.0, 1.0)
    highs.addVar(0.0, 1.0)
    highs.changeColCost(n, -1.0)
    for at, people in enumerate(model.people.astype(np.float64)):
        highs.addRow(0.0, np.inf, 2, np.array([at, n], np.int32), np.array([1.0, -people]))
    for at, people in enumerate(model.people.astype(np.float64)):
        highs.addRow(-np.inf, 0.0, 2, np.array([at, n + 1], np.int32), np.array([1.0, -people]))
    if not solved(highs):
        return None
    solution = highs.getSolution()
    value = float(np.clip(solution.col_value[n], 0.0, 1.0))
    dual: Vector = np.array(solution.row_dual)
    people = model.people.astype(np.float64)
    weights = np.maximum(dual[n_limits : n_limits + n], 0.0) * people
    highs.changeColBounds(n, value, 1.0)
    highs.changeColCost(n, 0.0)
    highs.changeColCost(n + 1, 1.0)
    solved(highs)
    chances = np.array(highs.getSolution().col_value)[:n] / model.people
    level = Level(
        value=value,
        classes=weights > _DECIDES * weights.max(initial=0.0),
        weights=weights,
        rows=-dual[:n_limits],
    )
    return Settled(chances=np.clip(chances, value, 1.0), levels=(level,))
