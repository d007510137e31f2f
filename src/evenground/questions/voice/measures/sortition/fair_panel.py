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
from evenground.questions.voice.measures.sortition.lottery_weights import (
    completed,
    settled_weights,
)
from evenground.questions.voice.measures.sortition.maximin import maximin
from evenground.questions.voice.measures.sortition.nash_welfare import nash_welfare
from evenground.questions.voice.measures.sortition.nearby_panels import nearby_panels
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery, PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import BestPanel, Cut, Work

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
N_UNITS = 400_000
"""How much work is done before the search is said to be unfinished: some minutes."""


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
        How far the lottery is from ``settled``, in people, summed over classes.
    finished
        Whether the search came to its end; if not, the lottery is the nearest to ``settled`` that
        was found within the work allowed.
    """

    objective: str
    settled: Settled
    lottery: PanelLottery
    cuts: tuple[Cut, ...]
    distance: float
    finished: bool


def fair_panel(
    model: PanelModel, *, objective: str = "leximin", n_cuts: int = N_CUTS, n_units: int = N_UNITS
) -> FairPanel | None:
    """Return the fairest lottery; ``None`` if no panel meets the limits.

    Parameters
    ----------
    model
        Classes and limits.
    objective
        "leximin", "maximin" or "nash".
    n_cuts, n_units
        Where to stop: limits of whole panels, and units of work (see ``Work``).

    Raises
    ------
    UsageError
        If the objective is another, or the work was used up before any panel was found.
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
    search = _Search(model, objective, Work(n_units))
    lottery = search.taken_off(settled.chances * model.people)
    if lottery is not None:
        return search.made(settled, lottery)
    return search.generated(settled, n_cuts=n_cuts)


class _Search:
    """Writes chances as a lottery over whole panels; ``panels`` are those met on the way."""

    def __init__(self, model: PanelModel, objective: str, work: Work) -> None:
        self.model, self.objective, self.work = model, objective, work
        self.best = BestPanel(model, work)
        self.panels: Whole = np.empty((0, model.n_classes), dtype=np.int64)

    def taken_off(self, expected: Vector) -> PanelLottery | None:
        """Return the lottery over panels next to ``expected``, taken off one after another."""
        for attempt in range(N_ATTEMPTS):
            taken = nearby_panels(self.model, expected, attempt=attempt, work=self.work)
            if not taken.left:
                return settled_weights(taken.panels, taken.weights, expected)
            if not len(taken.panels):
                return None
            self.panels = np.unique(np.concatenate([self.panels, taken.panels]), axis=0)
            near = nearest_lottery(
                taken.expected, panels=self.panels, best=self.best, n_rounds=0, may_cut=False
            )
            if near.distance <= NEAR:
                return _used(near, expected)
        return None

    def generated(self, settled: Settled, *, n_cuts: int) -> FairPanel | None:
        """Return the fairest lottery where panels have to be looked for one by one."""
        expected = settled.chances * self.model.people
        if len(self.panels):
            near = self._next_to(expected)
            if near.distance <= NEAR:
                return self.made(settled, _used(near, expected))
            self.panels = near.panels
        elif not self._first(settled.chances):
            return None
        cuts: tuple[Cut, ...] = ()
        while True:
            expected = settled.chances * self.model.people
            near = nearest_lottery(expected, panels=self.panels, best=self.best)
            if near.cut is None or len(cuts) >= n_cuts:
                finished = near.distance <= NEAR
                return self.made(settled, _used(near, expected), cuts=cuts, finished=finished)
            cuts, self.panels = (*cuts, near.cut), near.panels
            again = OBJECTIVES[self.objective](self.model, cuts)
            self.work.take(self.model.n_classes)
            if again is None:
                return None
            settled = again

    def _first(self, worth: Vector) -> bool:
        try:
            first = self.best.largest(worth)
        except ArithmeticError as error:
            raise wrong(
                "panel_unsettled",
                N_("no panel was found within the work allowed, nor that there is none"),
            ) from error
        if first is None:
            return False
        self.panels = first[None, :]
        return True

    def _next_to(self, expected: Vector) -> Nearest:
        """Return the nearest lottery over panels next to what is expected.

        They keep the list of named panels short, as each class has one number or the next.
        """
        self.best.within(np.floor(expected + _WHOLE), np.ceil(expected - _WHOLE))
        near = nearest_lottery(expected, panels=self.panels, best=self.best, may_cut=False)
        self.best.within(np.zeros(self.model.n_classes), self.model.most.astype(np.float64))
        return near

    def made(
        self,
        settled: Settled,
        lottery: PanelLottery,
        *,
        cuts: tuple[Cut, ...] = (),
        finished: bool = True,
    ) -> FairPanel:
        """Return the lottery, nearer still where rounding allows, with what it rests on."""
        expected = settled.chances * self.model.people
        if finished:
            lottery = completed(lottery, expected, best=self.best)
        return FairPanel(
            objective=self.objective,
            settled=settled,
            lottery=lottery,
            cuts=cuts,
            distance=float(np.abs(lottery.expected - expected).sum()),
            finished=finished,
        )


def _used(near: Nearest, expected: Vector) -> PanelLottery:
    used = near.weights > 0
    return settled_weights(near.panels[used], near.weights[used], expected)
