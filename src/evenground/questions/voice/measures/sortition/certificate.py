"""Proof in exact fractions that a lottery over panels is the fairest.

Nothing here knows how the lottery was found. Weights on people and prices on limits are claims;
what follows from them is added up in whole numbers and fractions, and holds for any weights
whatever: a weighted sum of chances cannot be larger than the priced limits allow (weak duality).
Source: Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Nature 596, 548-552, whose levels are
tested so; Neumaier and Shcherbina (2004), Mathematical Programming 99, 283-296 (safe bounds).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.voice.measures.sortition.bounding_tree import cases_that_prove
from evenground.questions.voice.measures.sortition.fair_panel import FairPanel
from evenground.questions.voice.measures.sortition.panel_model import PanelModel

PROVED = 1e-9
"""Gap of a chance that counts as none."""
PROVED_RATIO = 1e-9
"""The same for the mean ratio of other chances to those of largest Nash welfare."""
_DENOMINATOR = 10**12
_SIMPLE = 10**6
_ROUNDED = Fraction(1, 10**13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was proved.

    Attributes
    ----------
    optimal
        Whether the lottery is the fairest, to within ``PROVED``.
    gap
        For leximin and maximin: by how much the chance of anybody settled at a level could be
        larger at most, without taking from anybody at an earlier level. For Nash welfare: by how
        much the mean ratio of other chances to these could exceed 1 at most.
    gaps, shape (n_classes,)
        The same for one person of each class; NaN where the objective says nothing about it.
    valid
        Whether every panel meets every limit and weights are chances.
    n_levels, n_cuts
        Levels of the proof and limits of whole panels that it rests on.
    cuts_hold
        Whether each such limit was proved by a tree of cases in exact fractions; ``True`` if there
        is none.
    """

    optimal: bool
    gap: float
    gaps: Vector
    valid: bool
    n_levels: int
    n_cuts: int
    cuts_hold: bool


def certificate(model: PanelModel, found: FairPanel, *, n_cases: int = 20_000) -> Certificate:
    """Return what can be proved of a lottery.

    Parameters
    ----------
    model
        Classes and limits.
    found
        Lottery, and the weights and prices that are claimed to show that it is the fairest.
    n_cases
        Cases looked at for all limits of whole panels together.
    """
    total = sum((Fraction(one) for one in found.lottery.weights.tolist()), Fraction(0))
    expected = [Fraction(0)] * model.n_classes
    for weight, panel in zip(
        found.lottery.weights.tolist(), found.lottery.panels.tolist(), strict=True
    ):
        share = Fraction(weight) / total
        for at in range(model.n_classes):
            if panel[at]:
                expected[at] += share * panel[at]
    chances = [one / n for one, n in zip(expected, model.people.tolist(), strict=True)]
    gaps = _Checker(model, found).gaps(chances)
    hold = _cuts_hold(model, found, n_cases=n_cases)
    nash = found.objective == "nash"
    valid = model.admits(found.lottery.panels) and abs(float(total) - 1) < PROVED
    known = [one for one in gaps if one is not None]
    gap = float(max(known, default=Fraction(0)))
    return Certificate(
        optimal=valid and hold and gap <= (PROVED_RATIO if nash else PROVED),
        gap=gap,
        gaps=np.array([np.nan if one is None else float(one) for one in gaps]),
        valid=valid,
        n_levels=len(found.settled.levels),
        n_cuts=len(found.cuts),
        cuts_hold=hold,
    )


def _cuts_hold(model: PanelModel, found: FairPanel, *, n_cases: int) -> bool:
    for cut in found.cuts:
        used = cases_that_prove(model, cut, n_cases=n_cases)
        if used is None:
            return False
        n_cases -= used
    return True


class _Checker:
    def __init__(self, model: PanelModel, found: FairPanel) -> None:
        self.model = model
        self.objective = found.objective
        self.levels = found.settled.levels
        self._entries: list[list[tuple[int, int]]] = [[] for _ in range(model.n_classes)]
        for row, column in zip(model.row.tolist(), model.column.tolist(), strict=True):
            self._entries[column].append((row, 1))
        for at, cut in enumerate(found.cuts):
            for column in np.flatnonzero(cut.weights).tolist():
                self._entries[column].append((model.n_rows + at, int(cut.weights[column])))
        self._high = [*model.high.tolist(), *(cut.limit for cut in found.cuts)]
        self._low: list[int | None] = [*model.low.tolist(), *(None for _ in found.cuts)]

    def gaps(self, chances: Sequence[Fraction]) -> list[Fraction | None]:
        """Return the gap of each class; ``None`` where nothing is said about it."""
        if self.objective == "nash":
            return self._ratios(chances)
        found: list[Fraction | None] = [None] * len(chances)
        settled = np.zeros(len(chances), dtype=np.bool_)
        for level in self.levels:
            now = np.flatnonzero(level.classes).tolist()
            open_ = np.flatnonzero(~settled).tolist()
            least = min(chances[at] for at in open_)
            weights = [_fraction(one) for one in level.weights.tolist()]
            most = self._largest_sum(weights, level.rows)
            floor = sum((weights[at] * (least if not settled[at] else chances[at])
                         for at in range(len(chances))), Fraction(0))  # fmt: skip
            for at in now:
                trivial = 1 - chances[at]
                found[at] = trivial
                if weights[at] > 0:
                    above = least + (most - floor) / weights[at] - chances[at]
                    found[at] = max(min(above, trivial), Fraction(0))
            settled[now] = True
        return found

    def _ratios(self, chances: Sequence[Fraction]) -> list[Fraction | None]:
        (level,) = self.levels
        people = self.model.people.tolist()
        drawn = level.classes.tolist()
        weights = [
            Fraction(n) / chance if yes and chance else Fraction(0)
            for n, chance, yes in zip(people, chances, drawn, strict=True)
        ]
        weights = [one.limit_denominator(_DENOMINATOR) for one in weights]
        n = sum(n for n, yes in zip(people, drawn, strict=True) if yes)
        gap = max(self._largest_sum(weights, level.rows) / n - 1, Fraction(0))
        return [gap if yes else None for yes in drawn]

    def _largest_sum(self, weights: Sequence[Fraction], rows: Vector) -> Fraction:
        """Return what the weighted sum of chances cannot exceed."""
        prices = [_fraction(one) for one in rows.tolist()]
        bound = Fraction(0)
        for at, price in enumerate(prices):
            low = self._low[at]
            if price < 0 and low is None:
                prices[at] = Fraction(0)
            elif price:
                bound += price * (self._high[at] if price > 0 else low or 0)
        for at, entries in enumerate(self._entries):
            paid = sum((prices[row] * times for row, times in entries), Fraction(0))
            left = weights[at] / int(self.model.people[at]) - paid
            if left > 0:
                bound += left * int(self.model.most[at])
        return bound


def _fraction(value: float) -> Fraction:
    """Return a claimed weight as a fraction, a simple one if it is near: any would do."""
    exact = Fraction(value)
    simple = exact.limit_denominator(_SIMPLE)
    if abs(simple - exact) <= _ROUNDED * abs(exact):
        return simple
    return exact.limit_denominator(_DENOMINATOR)
