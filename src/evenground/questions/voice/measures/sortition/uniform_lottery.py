"""A list of ``m`` panels, each as likely as another, whose chances are the exact ones rounded.

How often each panel by class is on the list is rounded by solving smaller and smaller programmes;
then people of a class take turns. A person's place on the list then comes up as often as the exact
chance says, rounded down or up, wherever the sums of classes could be rounded so; the largest
deviation is counted, not estimated. Source: Flanigan, Kehne and Procaccia (2021), Fair sortition
made transparent, Advances in Neural Information Processing Systems 34 (the question and the bound
that is aimed at); Lau, Ravi and Singh (2011), Iterative methods in combinatorial optimization,
Cambridge University Press (the rounding).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.voice.measures.sortition.panel_model import PanelLottery
from evenground.questions.voice.measures.sortition.panel_programme import solved, solver
from evenground.questions.voice.measures.sortition.people_classes import PeopleClasses

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
    classes: PeopleClasses, lottery: PanelLottery, *, n_panels: int
) -> UniformLottery:
    """Return ``n_panels`` panels of equal chance.

    Parameters
    ----------
    classes, lottery
        Who is in which class; the exact lottery by class.
    n_panels
        ``m``, 1 or more.

    Raises
    ------
    UsageError
        If ``n_panels`` is below 1.
    """
    if n_panels < 1:
        raise wrong("n_panels", N_("{n} panels were asked for, at least 1"), n=n_panels)
    times = rounded_times(lottery, classes.people, n_panels=n_panels)
    by_class = np.repeat(lottery.panels, times, axis=0)
    panels = _taking_turns(classes, by_class)
    counts = np.bincount(panels.reshape(-1), minlength=classes.class_of.size)
    exact = (lottery.expected / classes.people)[classes.class_of]
    deviations = counts / n_panels - exact
    return UniformLottery(
        panels=panels,
        counts=counts,
        deviations=deviations,
        largest=float(np.abs(deviations).max()),
    )


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


def _taking_turns(classes: PeopleClasses, by_class: Whole) -> Whole:
    """Return panels of people: in each class whoever was on the fewest panels comes next."""
    order = np.lexsort((classes.member_rank, classes.household_rank, classes.class_of))
    people = np.split(order, np.cumsum(classes.people)[:-1])
    counts = np.zeros(classes.class_of.size, dtype=np.int64)
    home_of = _homes(classes)
    shared = np.bincount(home_of)[home_of] > 1
    panels = np.empty((len(by_class), int(by_class[0].sum())), dtype=np.int64)
    for row, panel in enumerate(by_class):
        taken: set[int] = set()
        chosen: list[int] = []
        for at in np.flatnonzero(panel).tolist():
            free = people[at]
            if shared[free].any():
                free = _one_each(free, home_of, taken=taken, counts=counts)
            first = free[np.argsort(counts[free], kind="stable")[: panel[at]]]
            counts[first] += 1
            taken.update(home_of[first].tolist())
            chosen += first.tolist()
        panels[row] = np.sort(chosen)
    return panels


def _homes(classes: PeopleClasses) -> Whole:
    pairs = np.column_stack([classes.kind_of[classes.class_of], classes.household_rank])
    return np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1)


def _one_each(free: Whole, home_of: Whole, *, taken: set[int], counts: Whole) -> Whole:
    """Return one person of each household that is not on the panel yet: the one drawn least."""
    kept: dict[int, int] = {}
    for person in free[np.argsort(counts[free], kind="stable")].tolist():
        home = int(home_of[person])
        if home not in taken:
            kept.setdefault(home, person)
    return np.array(list(kept.values()), dtype=np.int64)
