"""Maximin: the least chance is as large as it can be; then the largest is as small as it can be.

Who can be on no panel at all has the chance 0, and the least is that of the others.
Source: Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Nature 596, 548-552 (maximin); keeping
the largest chance down as well: Baharav and Flanigan (2024), Fair, manipulation-robust, and
transparent sortition, Proceedings of the 25th ACM Conference on Economics and Computation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.voice.measures.sortition.leximin import Levels, Settled
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import (
    Cut,
    panel_rows,
    solved,
    solver,
)

_NONE = 1e-9
_ROOM = (0.0, 1e-10, 1e-8)


def maximin(model: PanelModel, cuts: tuple[Cut, ...] = ()) -> Settled | None:
    """Return maximin chances over the relaxation; ``None`` if no panel meets the limits."""
    search = Levels(model, cuts)
    while not search.all_settled and (not search.levels or search.levels[-1].value <= _NONE):
        if not search.raise_level():
            return None
    value = search.levels[-1].value
    never = np.isfinite(search.chances) & (search.chances <= _NONE)
    least = np.where(never, 0.0, value)
    chances = _kept_down(model, cuts, least)
    return Settled(chances=np.clip(chances, least, 1.0), levels=tuple(search.levels))


def _kept_down(model: PanelModel, cuts: tuple[Cut, ...], least: Vector) -> Vector:
    """Return chances, none below ``least``, of which the largest is as small as it can be."""
    highs: Any = solver(solver="simplex", presolve="off")
    panel_rows(highs, model, cuts)
    n, people = model.n_classes, model.people.astype(np.float64)
    highs.addVar(0.0, 1.0)
    highs.changeColCost(n, 1.0)
    for at, size in enumerate(people.tolist()):
        highs.addRow(-np.inf, 0.0, 2, np.array([at, n], np.int32), np.array([1.0, -size]))
    columns, most = np.arange(n, dtype=np.int32), model.most.astype(np.float64)
    for room in _ROOM:
        highs.changeColsBounds(n, columns, np.maximum(least - room, 0.0) * people, most)
        if solved(highs):
            break
    return np.array(highs.getSolution().col_value)[:n] / people
