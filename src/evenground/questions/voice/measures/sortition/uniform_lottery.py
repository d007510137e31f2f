"""A list of ``m`` panels, each as likely as another, whose chances are the exact ones rounded.

How often each panel by class is on the list is rounded down; what is left is written as panels that
need not be in the exact lottery or, where that fails, as panels that are. Then people of a class
take turns. A person's place on the list then comes up as often as the exact chance says, rounded
down or up, wherever the sums of classes could be rounded so; the largest deviation is counted, not
estimated. Source: Flanigan, Kehne and Procaccia (2021), Fair sortition made transparent, Advances
in Neural Information Processing Systems 34 (the question and the bound that is aimed at); Lau, Ravi
and Singh (2011), Iterative methods in combinatorial optimization, Cambridge University Press (the
rounding where no other panels may come).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.voice.measures.sortition.integer_decomposition import panels_that_sum
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery, PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import solved, solver
from evenground.questions.voice.measures.sortition.people_classes import PeopleClasses
from evenground.questions.voice.measures.sortition.taking_turns import taking_turns

_NODES = 100
_WHOLE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformLottery:
    """A list of panels to draw one from.

    Attributes
    ----------
    panels, shape (m, size)
        Positions of people in the pool; the same panel may come more than once.
    counts, shape (n_people,)
        On how many of the panels each person is.
    deviations, shape (n_people,)
        ``counts / m`` less the exact chance.
    largest
        The largest deviation in size, 0-1; at most ``1 / m`` is aimed at.
    """

    panels: Whole
    counts: Whole
    deviations: Vector
    largest: float


def uniform_lottery(
    classes: PeopleClasses,
    lottery: PanelLottery,
    *,
    n_panels: int,
    model: PanelModel | None = None,
) -> UniformLottery:
    """Return ``n_panels`` panels of equal chance.

    Parameters
    ----------
    classes, lottery
        Who is in which class; the exact lottery by class.
    n_panels
        ``m``, 1 or more.
    model
        Classes and limits: panels that are not in the exact lottery may then be on the list, which
        rounds better where there are many classes.

    Raises
    ------
    UsageError
        If ``n_panels`` is below 1.
    """
    if n_panels < 1:
        raise wrong("n_panels", N_("{n} panels were asked for, at least 1"), n=n_panels)
    by_class = None if model is None else _with_others(model, lottery, n_panels)
    if by_class is None:
        times = rounded_times(lottery, classes.people, n_panels=n_panels)
        by_class = np.repeat(lottery.panels, times, axis=0)
    panels = taking_turns(classes, by_class)
    counts = np.bincount(panels.reshape(-1), minlength=classes.class_of.size)
    exact = (lottery.expected / classes.people)[classes.class_of]
    deviations = counts / n_panels - exact
    return UniformLottery(
        panels=panels,
        counts=counts,
        deviations=deviations,
        largest=float(np.abs(deviations).max()),
    )


def _with_others(model: PanelModel, lottery: PanelLottery, n_panels: int) -> Whole | None:
    """Return whole panels of the lottery, and what they leave as panels of any kind."""
    exact = lottery.weights * n_panels
    base = np.floor(exact + _WHOLE).astype(np.int64)
    known, left = np.repeat(lottery.panels, base, axis=0), n_panels - int(base.sum())
    if left <= 0:
        return None
    total = n_panels * lottery.expected - base @ lottery.panels
    others = panels_that_sum(model, total, n_panels=left)
    return None if others is None else np.vstack([known, others])


def rounded_times(lottery: PanelLottery, people: Whole, *, n_panels: int) -> Whole:
    """Return how often each panel is on the list, shape (n_panels_known,), in all ``n_panels``.

    Sums of classes are kept so that everybody's number of panels can be the exact one rounded down
    or up, or as near to that as was found.
    """
    exact = lottery.weights * n_panels
    goal = exact @ lottery.panels / people
    each = people.astype(np.float64)
    low, high = each * np.floor(goal + _WHOLE), each * np.ceil(goal - _WHOLE)
    base = np.floor(exact + _WHOLE).astype(np.int64)
    open_ = np.flatnonzero(exact - base > _WHOLE)
    left = n_panels - int(base.sum())
    if not left:
        return base
    rest = base @ lottery.panels
    search = _Rounding(lottery.panels, (low - rest, high - rest), people, n_open=left)
    return base + search.best(open_)


class _Rounding:
    """Which panels come once more (or several times), so that sums stay within windows."""

    def __init__(
        self, panels: Whole, windows: tuple[Vector, Vector], people: Whole, *, n_open: int
    ) -> None:
        self._panels, self._windows = panels, windows
        self._people, self._left = people, n_open

    def best(self, open_: Whole) -> Whole:
        """Return extra times of each panel: from panels not yet rounded, or from all if better."""
        found = self._solved(open_)
        if found is None or self._off(found) > 0:
            wider = self._solved(np.arange(len(self._panels)))
            if wider is not None and (found is None or self._off(wider) < self._off(found)):
                found = wider
        return self._plain() if found is None else found

    def _off(self, times: Whole) -> float:
        sums = times @ self._panels
        low, high = self._windows
        over = np.maximum(np.maximum(low - sums, sums - high), 0.0)
        return float((over / self._people).max())

    def _solved(self, open_: Whole) -> Whole | None:
        import highspy

        n, low, high = open_.size, *self._windows
        highs: Any = solver(
            mip_max_nodes=_NODES, mip_abs_gap=1e-7, mip_rel_gap=0.0, mip_max_stall_nodes=50
        )
        highs.addVars(n, np.zeros(n), np.full(n, float(self._left)))
        columns = np.arange(n, dtype=np.int32)
        highs.changeColsIntegrality(n, columns, [highspy.HighsVarType.kInteger] * n)
        highs.addVar(0.0, np.inf)
        highs.changeColCost(n, 1.0)
        highs.addRow(float(self._left), float(self._left), n, columns, np.ones(n))
        for at in range(self._people.size):
            used = np.flatnonzero(self._panels[open_, at])
            entries = self._panels[open_[used], at].astype(np.float64)
            where = np.append(used, n).astype(np.int32)
            size = float(self._people[at])
            highs.addRow(float(low[at]), np.inf, where.size, where, np.append(entries, size))
            highs.addRow(-np.inf, float(high[at]), where.size, where, np.append(entries, -size))
        try:
            done = solved(highs)
        except ArithmeticError:  # cut short by work: the best so far may do
            done = bool(np.isfinite(highs.getInfo().objective_function_value))
        value = np.array(highs.getSolution().col_value)
        if not done or value.size <= n:
            return None
        times = np.zeros(len(self._panels), dtype=np.int64)
        times[open_] = np.rint(value[:n]).astype(np.int64)
        return times if times.sum() == self._left else None

    def _plain(self) -> Whole:
        times = np.zeros(len(self._panels), dtype=np.int64)
        times[: self._left] = 1
        times[0] += self._left - int(times.sum())
        return times
