"""Whole numbers by class as a sum of ``n`` whole panels, each next to the average of what is left.

A panel that lies next to the average, with sums of classes next to theirs, leaves numbers whose
average is as near: so one panel after another can be taken off, and where sums of classes nest the
last one always comes out whole. Source: Baum and Trotter (1981), Integer rounding for polymatroid
and branching optimization problems, SIAM Journal on Algebraic and Discrete Methods 2, 416-425 (when
every whole point of a polytope ``n`` times as large is a sum of ``n`` whole points).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.methods.validation import Vector, Whole
from evenground.questions.voice.measures.sortition.nearby_panels import NearestPanel
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import Work

N_ATTEMPTS = 6
"""How many roundings are tried."""
N_UNITS = 60_000
"""How much work is done (see ``Work``)."""


def panels_that_sum(
    model: PanelModel, total: Vector, *, n_panels: int, n_attempts: int = N_ATTEMPTS
) -> Whole | None:
    """Return whole panels whose sum is ``total`` rounded down or up; ``None`` if none were found.

    Parameters
    ----------
    model
        Classes and limits.
    total, shape (n_classes,)
        How often each class is to be drawn in all; ``total / n_panels`` is within the limits.
    n_panels
        How many panels, 1 or more.
    n_attempts
        How many roundings are tried.

    Returns
    -------
    Whole panels, shape (n_panels, n_classes).
    """
    work = Work(N_UNITS)
    wide = replace(
        model, most=n_panels * model.most, low=n_panels * model.low, high=n_panels * model.high
    )
    for attempt in range(n_attempts):
        whole = NearestPanel(wide, attempt, work).next_to(total)
        if whole is None:
            return None
        panels = _taken_off(model, whole.astype(np.int64), n_panels, attempt=attempt, work=work)
        if panels is not None:
            return panels
    return None


def _taken_off(
    model: PanelModel, total: Whole, n_panels: int, *, attempt: int, work: Work
) -> Whole | None:
    search, left = NearestPanel(model, attempt, work), total
    panels = np.empty((n_panels, model.n_classes), dtype=np.int64)
    for row in range(n_panels):
        panel = search.next_to(left / (n_panels - row))
        if panel is None:
            return None
        panels[row] = panel
        left = left - panels[row]
    return panels if not left.any() and model.admits(panels) else None
