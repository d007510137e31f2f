"""A lower bound without a solver: people may be assigned to several sites or none, at a price.

For any prices ``λ`` the total cost of the best ``p`` sites is at least ``Σ w_i λ_i`` less the
``p`` greatest savings ``s_j = Σ_i w_i max(λ_i - c_ij, 0)``. The prices move along subgradients.
They also say where to cut first, and which candidates cannot be in any better choice.

Source: Cornuejols, Fisher and Nemhauser (1977), Management Science 23, 789-810; Held, Wolfe and
Crowder (1974), Mathematical Programming 6, 62-88 (the steps).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evenground.methods.siting.sorted_costs import SortedCosts
from evenground.methods.validation import Flags, Vector, Whole

_PATIENCE, _GAIN = 10, 1e-7
_SHORTER = 1.6
_SHORTEST = 2e-3


@dataclass(slots=True)
class Prices:
    """The best prices so far with what they prove.

    Attributes
    ----------
    price, shape (n,)
        ``λ``.
    saving, shape (m,)
        ``s``.
    bound
        No choice costs less in total.
    """

    price: Vector
    saving: Vector
    bound: float

    def reduced(self, n_units: int, forced: Flags) -> Vector:
        """Return how much the bound rises at least if a candidate is chosen, shape (m,)."""
        free = np.sort(self.saving[~forced])[::-1]
        room = n_units - int(forced.sum())
        if room <= 0:
            return np.where(forced, 0.0, np.inf)
        edge = free[room - 1] if room <= free.size else 0.0
        return np.where(forced, 0.0, np.maximum(edge - self.saving, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascent:
    """What prices are moved over.

    Attributes
    ----------
    rows, weights, shape (n,)
        Costs (cut to ``top``) and people.
    n_units, forced, shape (m,)
        How many sites, and which are forced.
    improve
        Called with the sites of each pass and its number; returns the least total cost known.
    stops
        Called with the bound after each pass.
    """

    rows: SortedCosts
    weights: Vector
    n_units: int
    forced: Flags
    improve: Callable[[Whole, int], float]
    stops: Callable[[float], bool]

    def run(self, price: Vector, value: float, *, passes: int) -> Prices:
        """Return the best prices of so many passes at most, from these and a total cost known."""
        best = Prices(price=price, saving=np.zeros(self.rows.n_columns), bound=-np.inf)
        now = _Step(price=price, value=value)
        for number in range(passes):
            sites = self._one_pass(best, now)
            now.value = self.improve(sites, number)
            if now.length < _SHORTEST or self.stops(best.bound):
                break
        return best

    def _one_pass(self, best: Prices, now: _Step) -> Whole:
        """Bound at the prices of now, keep them if they are the best, move on."""
        rows, price = self.rows, now.price
        row, column, saving = self._savings(price)
        ranked = np.argsort(-np.where(self.forced, np.inf, saving), kind="stable")
        sites = ranked[: self.n_units]
        bound = float((self.weights * price).sum()) - float(saving[sites].sum())
        now.idle = 0 if bound > best.bound + _GAIN * abs(bound) else now.idle + 1
        if bound > best.bound:
            best.bound, best.price, best.saving = bound, price, saving
        if now.idle >= _PATIENCE:
            now.length, now.idle = now.length / _SHORTER, 0
        chosen = np.zeros(rows.n_columns, dtype=bool)
        chosen[sites] = True
        slope = 1.0 - np.bincount(row[chosen[column]], minlength=price.size)
        steep = float((self.weights * slope * slope).sum())
        if steep == 0:
            now.length = 0.0
            return sites
        ahead = 1.02 * now.value - bound if np.isfinite(now.value) else 0.05 * abs(bound)
        moved = price + now.length * ahead / steep * slope
        now.price = np.clip(moved, rows.cost[:, 0], rows.top)
        return sites

    def _savings(self, price: Vector) -> tuple[Whole, Whole, Vector]:
        """Return pairs of a row and a column cheaper than its price, and ``s``, shape (m,)."""
        rows = self.rows
        cheap = np.flatnonzero(rows.cost < price[:, None])
        row = cheap // rows.cost.shape[1]
        column = rows.order.ravel()[cheap]
        over = (price[row] - rows.cost.ravel()[cheap]) * self.weights[row]
        saving = np.bincount(column, over, rows.n_columns).astype(np.float64)
        return row, column, saving


@dataclass(slots=True)
class _Step:
    """Where the prices are, the least total cost known, and how far the next step goes."""

    price: Vector
    value: float
    length: float = 1.0
    idle: int = 0
