"""A siting question in one form: what is minimised, what is limited, what may be chosen.

Every objective here comes down to what demand points pay, each at its cheapest chosen site: their
total, or the sum of the ``k`` largest of several weighted sums ("ordered" rows, such as group
means), with caps on other weighted sums.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.siting.choice import Choice
from evenground.methods.siting.interchange import Field, weighted_sums
from evenground.methods.validation import Flags, Vector, Whole

_EXACT = 2.0**52
KEPT = 1e-9
"""How far, relative to it, a limit may be exceeded by rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What to minimise over choices of candidates.

    Attributes
    ----------
    costs, shape (n, m)
        What each row pays at each candidate; infinite where out of reach.
    total, shape (n,)
        Weights of the total.
    ordered, shape (q, n)
        Weights of the sums that are ordered from the largest.
    goal
        0 to minimise the total; ``k`` to minimise the sum of the ``k`` largest ordered sums.
    locks
        Pairs of a ``k`` and what the sum of the ``k`` largest may be at most.
    caps, shape (l, n), and cap_limits, shape (l,)
        Weighted sums and what each may be at most.
    choice
        What may be chosen.
    """

    costs: Vector
    total: Vector
    choice: Choice
    ordered: Vector
    goal: int
    locks: tuple[tuple[int, float], ...]
    caps: Vector
    cap_limits: Vector

    @property
    def plain(self) -> bool:
        """Whether only the total matters and only the number of units is limited."""
        limited = bool(self.locks) or self.cap_limits.size > 0
        return self.goal == 0 and not limited and self.choice.only_counts

    @property
    def counts_whole(self) -> bool:
        """Whether the objective is a whole number for every choice, exactly."""
        if self.goal:
            return False
        highest = 0.0
        for weight, row in zip(self.total, self.costs, strict=True):
            if weight > 0:
                finite = row[np.isfinite(row)]
                if weight % 1 or (finite % 1).any():
                    return False
                highest = max(highest, float(finite.max(initial=0.0)))
        return float(self.total.sum()) * highest < _EXACT

    def paid(self, sites: Whole) -> Vector:
        """Return what each row pays, shape (n,)."""
        if not sites.size:
            return np.full(len(self.costs), np.inf)
        return self.costs[:, sites].min(axis=1)

    def achieved(self, sites: Whole) -> float:
        """Return what a choice achieves; infinite if it is not allowed."""
        paid = self.paid(sites)
        if not (self.choice.admits(sites) and np.isfinite(paid).all()):
            return np.inf
        return self.worth(paid)

    def worth(self, paid: Vector) -> float:
        """Return what it achieves that rows pay so much; infinite if a limit is exceeded."""
        levels = np.cumsum(np.sort(weighted_sums(self.ordered, paid))[::-1])
        kept = all(levels[k - 1] <= limit + KEPT * abs(limit) for k, limit in self.locks)
        slack = KEPT * np.abs(self.cap_limits)
        if not kept or (weighted_sums(self.caps, paid) > self.cap_limits + slack).any():
            return np.inf
        return float(levels[self.goal - 1]) if self.goal else float((self.total * paid).sum())

    def restricted(self, keep: Flags) -> Model:
        """Return the model with the flagged candidates only."""
        choice = self.choice
        fewer = replace(
            choice,
            forced=choice.forced[keep],
            forbidden=choice.forbidden[keep],
            prices=choice.prices[keep],
            district=choice.district[keep],
        )
        return replace(self, costs=self.costs.T[keep].T, choice=fewer)

    def field(self) -> Field:
        """Return what a heuristic sees: what is not allowed costs much instead."""
        finite = self.costs
        if not np.isfinite(finite).all():
            dear = 10.0 * float(np.max(finite, initial=0.0, where=np.isfinite(finite))) + 1.0
            finite = np.where(np.isfinite(finite), finite, dear * finite.shape[0])
        columns = np.ascontiguousarray(finite.T)
        rows = np.vstack([self.total[None, :], self.ordered, self.caps])
        needed = self._needs_rows
        return Field(
            columns=columns,
            weights=rows if needed else rows[:1],
            score=self._score if needed else _first_row,
            choice=self.choice,
        )

    @property
    def _needs_rows(self) -> bool:
        return self.goal > 0 or bool(self.locks) or self.cap_limits.size > 0

    def _score(self, totals: Vector) -> Vector:
        q = len(self.ordered)
        levels = self._levels(totals[1 : q + 1])
        value = levels[self.goal - 1] if self.goal else totals[0]
        if not (self.locks or self.cap_limits.size):
            return value
        excess = np.zeros_like(value)
        for k, limit in self.locks:
            excess += np.maximum(levels[k - 1] - limit, 0.0) / max(abs(limit), 1e-9)
        limits = self.cap_limits[:, None]
        over = np.maximum(totals[q + 1 :] - limits, 0.0) / np.maximum(limits, 1.0)
        # Any excess outweighs all else, yet less of it is better.
        size = float(np.abs(value).max(initial=1.0))
        return value + 1e3 * size * (excess + over.sum(axis=0))

    def _levels(self, sums: Vector) -> Vector:
        """Return the sums of the largest one, two, … of each column, as far as they matter."""
        if self.goal <= 1 and all(k == 1 for k, _ in self.locks):
            return sums.max(axis=0, keepdims=True, initial=-np.inf)
        return np.cumsum(np.sort(sums, axis=0)[::-1], axis=0)


def _first_row(totals: Vector) -> Vector:
    return totals[0]
