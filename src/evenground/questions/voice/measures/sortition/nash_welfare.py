"""Nash welfare: chances whose product over people is largest.

Source: Flanigan, Gölz, Gupta, Hennig and Procaccia (2021), Nature 596, 548-552 (the objective);
Boyd and Vandenberghe (2004), Convex optimization, Cambridge University Press, chapters 10 and 11
(Newton's method along a barrier).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.voice.measures.sortition.leximin import Level, Settled
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.panel_programme import (
    Cut,
    panel_rows,
    solved,
    solver,
)
from evenground.questions.voice.measures.sortition.relative_interior import relative_interior

_STEPS = 60
_BARRIERS = 10.0 ** -np.arange(0, 13)
_CONVERGED = 1e-22
_NEAR_CENTRE = 1e-6
_TOUCHES = 1e-7
_KEPT = 1e-9
_SUFFICIENT = 0.25
_INSIDE = 0.99


def nash_welfare(model: PanelModel, cuts: tuple[Cut, ...] = ()) -> Settled | None:
    """Return the chances of largest Nash welfare; ``None`` if no panel meets the limits.

    Who can be on no panel at all has the chance 0 and is left out of the product.
    """
    table, limit, equal = _limits(model, cuts)
    inside = relative_interior(table, limit, equal=equal)
    if inside is None:
        return None
    people = model.people.astype(np.float64)
    drawn = ~inside.tight[-model.n_classes :]
    n = limit.size - model.n_classes  # above 0 they are by their logarithms
    search = _Barrier(people[drawn], table[:n, drawn], limit[:n], inside.tight[:n])
    at = np.zeros(model.n_classes)
    at[drawn] = search.polished(search.best(inside.at[drawn]))
    chances = np.clip(at / people, 0.0, 1.0)
    weights = np.zeros(model.n_classes)
    weights[drawn] = people[drawn] / chances[drawn]
    mean = np.exp((people[drawn] @ np.log(chances[drawn])) / people[drawn].sum())
    rows = _prices(model, cuts, weights / people)
    level = Level(value=float(mean), classes=drawn, weights=weights, rows=rows)
    return Settled(chances=chances, levels=(level,))


def _limits(model: PanelModel, cuts: tuple[Cut, ...]) -> tuple[Vector, Vector, Flags]:
    """Return all limits as ``table c <= limit``; the last are ``-c <= 0``, one for each class."""
    sums, same = model.sums.toarray(), model.low == model.high
    one = np.eye(model.n_classes)
    weights = np.array([cut.weights for cut in cuts], dtype=np.float64)
    parts = [
        (sums, model.high),
        (-sums[~same], -model.low[~same]),
        (weights.reshape(-1, model.n_classes), [cut.limit for cut in cuts]),
        (one, model.most),
        (-one, np.zeros(model.n_classes)),
    ]
    table = np.vstack([rows for rows, _ in parts])
    limit = np.concatenate([np.asarray(high, np.float64) for _, high in parts])
    equal = np.zeros(limit.size, dtype=np.bool_)
    equal[: same.size] = same
    return table, limit, equal


def _prices(model: PanelModel, cuts: tuple[Cut, ...], worth: Vector) -> Vector:
    """Return what limits are worth in the programme that shows the optimum."""
    highs: Any = solver(solver="simplex", presolve="off")
    panel_rows(highs, model, cuts)
    columns = np.arange(model.n_classes, dtype=np.int32)
    highs.changeColsCost(model.n_classes, columns, -worth)
    solved(highs)
    return -np.array(highs.getSolution().row_dual)


@dataclass
class _Barrier:
    """``max Σ people log c`` over ``table c <= limit``, equations where ``tight``."""

    people: Vector
    table: Vector
    limit: Vector
    tight: Flags

    def best(self, at: Vector) -> Vector:
        """Follow the barrier from a point inside."""
        scale = float(self.people.sum())
        for part in _BARRIERS.tolist():
            for _ in range(_STEPS):
                at, decrease = self._newton(at, scale * part / max(len(self.limit), 1))
                if decrease < _NEAR_CENTRE:
                    break
        return at

    def _newton(self, at: Vector, mu: float) -> tuple[Vector, float]:
        table, open_ = self.table, ~self.tight
        room = (self.limit - table @ at)[open_]
        steep = -self.people / at + table[open_].T @ (mu / room)
        scaled = table[open_] / room[:, None]
        curve = np.diag(self.people / at**2) + mu * scaled.T @ scaled
        move = _onto(curve, -steep, table[self.tight])
        decrease = float(-steep @ move)
        fall = table[open_] @ move
        falls, sinks = fall > 0, move < 0
        ends = np.concatenate([
            room[falls] / fall[falls], at[sinks] / -move[sinks], [1 / _INSIDE],
        ])  # fmt: skip
        step = _INSIDE * float(ends.min())
        now = self._value(at, mu)
        while step > _KEPT and self._value(at + step * move, mu) > now - _SUFFICIENT * step * max(
            decrease, 0.0
        ):
            step /= 2
        return (at + step * move, decrease) if step > _KEPT else (at, 0.0)

    def _value(self, at: Vector, mu: float) -> float:
        room = (self.limit - self.table @ at)[~self.tight]
        if (room <= 0).any() or (at <= 0).any():
            return np.inf
        return float(-self.people @ np.log(at) - mu * np.log(room).sum())

    def polished(self, at: Vector) -> Vector:
        """Return the optimum with the limits that are touched as equations, if that is better."""
        room = self.limit - self.table @ at
        touched = self.tight | (room < _TOUCHES)
        table, goal, now = self.table[touched], self.limit[touched], at
        for _ in range(_STEPS):
            now = now + np.linalg.lstsq(table, goal - table @ now, rcond=None)[0]
            if (now <= 0).any():
                return at
            steep = -self.people / now
            move = _onto(np.diag(self.people / now**2), -steep, table)
            now = now + move
            if (now <= 0).any():
                return at
            if -steep @ move < _CONVERGED * self.people.sum():
                break
        kept = (self.table @ now <= self.limit + _KEPT).all()
        near = np.abs(now - at).max() < np.sqrt(_TOUCHES)
        return now if kept and near else at


def _onto(curve: Vector, pull: Vector, table: Vector) -> Any:
    """Return Newton's move that stays on ``table c``."""
    whole = np.linalg.solve(curve, np.column_stack([pull[:, None], table.T]))
    free, along = whole[:, 0], whole[:, 1:]
    if not table.size:
        return free
    price = np.linalg.lstsq(table @ along, table @ free, rcond=1e-13)[0]
    return free - along @ price
