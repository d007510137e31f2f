"""Branch and cut: a tree of relaxations, each tightened by cuts, until no better choice is left.

Source: Land and Doig (1960), Econometrica 28, 497-520; Padberg and Rinaldi (1991), SIAM Review 33,
60-100.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

import numpy as np

from evenground.methods.siting.meter import Meter
from evenground.methods.siting.relaxation import Point, Relaxation
from evenground.methods.siting.rows import Rows
from evenground.methods.validation import Vector, Whole

_WHOLE, _HALF = 1e-6, 0.5
_ROUNDS_AT_ROOT, _ROUNDS_BELOW = 60, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What the search asks of a problem.

    Attributes
    ----------
    n_binary
        How many of the first columns are 0 or 1.
    separate
        From a point to rows that it violates and all solutions meet, or ``None``.
    complete
        From the chosen of the first columns to what that choice achieves, infinite if it is not
        allowed.
    improve
        From a point to a choice that may be good, or ``None``.
    target
        From the best value known to the bound from which on nothing better can be.
    """

    n_binary: int
    separate: Callable[[Vector], Rows | None]
    complete: Callable[[Whole], float]
    improve: Callable[[Vector], Whole | None]
    target: Callable[[float], float]


@dataclass(slots=True)
class Best:
    """The best choice so far and its value; no choice and infinity at first."""

    sites: Whole
    value: float

    def offer(self, sites: Whole, value: float) -> None:
        """Keep the choice if it is better."""
        if value < self.value:
            self.sites, self.value = sites, value


@dataclass(order=True, slots=True)
class _Node:
    bound: float
    number: int
    low: Vector = field(compare=False)
    high: Vector = field(compare=False)
    basis: Any = field(compare=False, default=None)


class Search:
    """A tree over a relaxation; ``run`` returns what no choice can beat."""

    def __init__(self, relaxation: Relaxation, tasks: Tasks, best: Best) -> None:
        self.relaxation = relaxation
        self.tasks = tasks
        self.best = best
        self._open: list[_Node] = []
        self._unsettled = np.inf  # the least bound of nodes that could be neither split nor closed
        self._n_made = 0

    def run(self, meter: Meter, floor: float = -np.inf) -> float:
        """Search until done or stopped; ``floor`` is a bound known before."""
        low, high = self.relaxation.low, self.relaxation.high
        self._push(floor, low, high)
        ahead: _Node | None = None
        while self._open or ahead:
            node = ahead or heappop(self._open)
            if node.bound >= self._target:
                ahead = None
                continue
            if meter.stops(self.best.value, self._floor(node)):
                heappush(self._open, node)
                break
            meter.n_nodes += 1
            ahead = self._explore(node, meter)
        self.relaxation.bound_columns(low, high)
        return min(self._floor(None), self.best.value)

    @property
    def _target(self) -> float:
        return self.tasks.target(self.best.value)

    def _floor(self, node: _Node | None) -> float:
        bounds = [self._unsettled]
        if self._open:
            bounds.append(self._open[0].bound)
        if node is not None:
            bounds.append(node.bound)
        return min(bounds)

    def _push(self, bound: float, low: Vector, high: Vector, basis: Any = None) -> None:
        self._n_made += 1
        heappush(self._open, _Node(bound, self._n_made, low, high, basis))

    def _explore(self, node: _Node, meter: Meter) -> _Node | None:
        """Close the node or split it; return the child to go on with."""
        self.relaxation.bound_columns(node.low, node.high)
        if node.basis is not None:
            self.relaxation.begin_at(node.basis)
        point = self._tightened(node, meter)
        if node.bound >= self._target:
            return None
        if point is None:
            if meter.stopped:
                heappush(self._open, node)
            else:
                self._unsettled = min(self._unsettled, node.bound)
            return None
        self._fix(node, point)
        n = self.tasks.n_binary
        x = point.x[:n]
        loose = np.flatnonzero((node.low[:n] < node.high[:n]) & (np.abs(x - np.rint(x)) > _WHOLE))
        if not loose.size:
            return self._settle(node, x)
        return self._split(node, int(loose[np.abs(x[loose] - _HALF).argmin()]))

    def _tightened(self, node: _Node, meter: Meter) -> Point | None:
        """Solve and cut until no cut is found or the node is closed; raise the node's bound."""
        rounds = _ROUNDS_AT_ROOT if meter.n_nodes == 1 else _ROUNDS_BELOW
        for number in range(10_000):
            point = self.relaxation.solve(meter, objective=self.best.value, floor=self._floor(node))
            node.bound = max(node.bound, point.bound)
            if node.bound >= self._target:
                return point
            if not point.solved:
                return None
            self._try(point, meter)
            whole = bool((np.abs(point.x - np.rint(point.x))[: self.tasks.n_binary] < _WHOLE).all())
            if number >= rounds and not whole:
                return point
            cuts = self.tasks.separate(point.x)
            if cuts is None or node.bound >= self._target:
                return point
            meter.n_cuts += cuts.n_rows
            self.relaxation.add(cuts)
            if meter.stops(self.best.value, self._floor(node)):
                return None
        return None

    def _try(self, point: Point, meter: Meter) -> None:
        sites = self.tasks.improve(point.x)
        if sites is not None:
            meter.spend(1)
            self.best.offer(sites, self.tasks.complete(sites))

    def _fix(self, node: _Node, point: Point) -> None:
        """Fix what cannot differ in a better choice below this node, by reduced costs."""
        n = self.tasks.n_binary
        reduced = point.reduced[:n]
        out = (node.high[:n] > 0) & (node.low[:n] == 0) & (point.bound + reduced >= self._target)
        into = (node.low[:n] < 1) & (node.high[:n] == 1) & (point.bound - reduced >= self._target)
        node.low, node.high = node.low.copy(), node.high.copy()
        node.high[:n][out & (reduced > 0)] = 0.0
        node.low[:n][into & (reduced < 0)] = 1.0

    def _settle(self, node: _Node, x: Vector) -> _Node | None:
        """Take a whole point as a choice; what its value leaves open stays unsettled."""
        sites = np.flatnonzero(x > _HALF)
        value = self.tasks.complete(sites)
        self.best.offer(sites, value)
        n = self.tasks.n_binary
        loose = np.flatnonzero(node.low[:n] < node.high[:n])
        if node.bound < self._target and not loose.size:
            self._unsettled = min(self._unsettled, node.bound)
        elif node.bound < self._target:
            return self._split(node, int(loose[0]))
        return None

    def _split(self, node: _Node, column: int) -> _Node:
        low, high = node.low.copy(), node.high.copy()
        high[column] = 0.0
        self._push(node.bound, low, high, self.relaxation.basis())
        low, high = node.low.copy(), node.high.copy()
        low[column] = 1.0
        self._n_made += 1
        return _Node(node.bound, self._n_made, low, high)
