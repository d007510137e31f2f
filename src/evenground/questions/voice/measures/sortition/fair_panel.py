"""The fairest lottery over whole panels: chances from the relaxation, written as panels, or cut.

Chances that are best over parts of people and can be written as a lottery over whole panels are
best over those too. Where they cannot, the limit that whole panels keep and they break is added and
the chances are found again: a cutting-plane method that ends with the exact answer. Source of the
objectives: Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Nature 596, 548-552; of the method:
Kelley (1960), Journal of the Society for Industrial and Applied Mathematics 8, 703-712.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.voice.measures.sortition.column_generation import (
    NEAR,
    Nearest,
    nearest_lottery,
)
from evenground.questions.voice.measures.sortition.leximin import Settled, leximin
from evenground.questions.voice.measures.sortition.maximin import maximin
from evenground.questions.voice.measures.sortition.nash_welfare import nash_welfare
from evenground.questions.voice.measures.sortition.nearby_panels import (
    nearby_panels,
    settled_weights,
)
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery, PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import BestPanel, Cut

Objective = Callable[[PanelModel, tuple[Cut, ...]], Settled | None]
OBJECTIVES: Mapping[str, Objective] = {
    "leximin": leximin,
    "maximin": maximin,
    "nash": nash_welfare,
}
_WHOLE = 1e-7
N_ATTEMPTS = 12
"""How often panels next to what is expected are taken off before they are looked for singly."""
N_CUTS = 500
"""How many cuts are added before the search is said to be unfinished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FairPanel:
    """A lottery over panels by class.

    Attributes
    ----------
    objective
        "leximin", "maximin" or "nash".
    settled
        Chances by class over parts of people and what shows that they are best.
    lottery
        Panels by class and their chances.
    cuts
        Limits of whole panels that were added.
    distance
        How far the lottery is from ``settled``, in people, summed over classes; above 1e-9 only
        where the search was not finished.
    """

    objective: str
    settled: Settled
    lottery: PanelLottery
    cuts: tuple[Cut, ...]
    distance: float


def fair_panel(
    model: PanelModel, *, objective: str = "leximin", n_cuts: int = N_CUTS
) -> FairPanel | None:
    """Return the fairest lottery; ``None`` if no panel meets the limits.

    Parameters
    ----------
    model
        Classes and limits.
    objective
        "leximin", "maximin" or "nash".
    n_cuts
        Where to stop.

    Raises
    ------
    UsageError
        If the objective is another.
    """
    if objective not in OBJECTIVES:
        raise wrong(
            "objective_unknown",
            N_("the objective is {objective}; known are {known}"),
            objective=objective, known=", ".join(OBJECTIVES),
        )  # fmt: skip
    settled = OBJECTIVES[objective](model, ())
    if settled is None:
        return None
    expected = settled.chances * model.people
    best, panels = BestPanel(model), np.empty((0, model.n_classes), dtype=np.int64)
    for attempt in range(N_ATTEMPTS):
        taken = nearby_panels(model, expected, attempt=attempt)
        if not taken.left:
            lottery = settled_weights(taken.panels, taken.weights, taken.expected)
            return _made(objective, settled, lottery, model=model)
        if not len(taken.panels):
            break
        panels = np.unique(np.concatenate([panels, taken.panels]), axis=0)
        near = nearest_lottery(taken.expected, panels=panels, best=best, n_rounds=0, may_cut=False)
        if near.distance <= NEAR:
            return _made(objective, settled, _used(near, taken.expected), model=model)
    return _generated(model, objective, settled, panels=panels, n_cuts=n_cuts)


def _generated(
    model: PanelModel, objective: str, settled: Settled, *, panels: Whole, n_cuts: int
) -> FairPanel | None:
    """Return the fairest lottery where panels have to be looked for one by one."""
    best, cuts = BestPanel(model), tuple[Cut, ...]()
    if len(panels):
        near = _next_to(model, settled.chances * model.people, panels, best=best)
        if near.distance <= NEAR:
            lottery = _used(near, settled.chances * model.people)
            return _made(objective, settled, lottery, model=model)
        panels = near.panels
    else:
        first = best.largest(settled.chances)
        if first is None:
            return None
        panels = first[None, :]
    while True:
        expected = settled.chances * model.people
        near = nearest_lottery(expected, panels=panels, best=best)
        if near.cut is None or len(cuts) >= n_cuts:
            return _made(objective, settled, _used(near, expected), model=model, cuts=cuts)
        cuts, panels = (*cuts, near.cut), near.panels
        again = OBJECTIVES[objective](model, cuts)
        if again is None:
            return None
        settled = again


def _next_to(model: PanelModel, expected: Vector, panels: Whole, *, best: BestPanel) -> Nearest:
    """Return the nearest lottery over panels next to what is expected.

    They keep the list of named panels short, as each class has one number or the next.
    """
    best.within(np.floor(expected + _WHOLE), np.ceil(expected - _WHOLE))
    near = nearest_lottery(expected, panels=panels, best=best, may_cut=False)
    best.within(np.zeros(model.n_classes), model.most.astype(np.float64))
    return near


def _used(near: Nearest, expected: Vector) -> PanelLottery:
    used = near.weights > 0
    return settled_weights(near.panels[used], near.weights[used], expected)


def _made(
    objective: str,
    settled: Settled,
    lottery: PanelLottery,
    *,
    model: PanelModel,
    cuts: tuple[Cut, ...] = (),
) -> FairPanel:
    off = np.abs(lottery.expected - settled.chances * model.people).sum()
    return FairPanel(
        objective=objective, settled=settled, lottery=lottery, cuts=cuts, distance=float(off)
    )
