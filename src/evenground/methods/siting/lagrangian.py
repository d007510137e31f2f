"""A lower bound without a solver: people may be assigned to several sites or none, at a price.

For any prices ``λ`` the total cost of the best ``p`` sites is at least ``Σ w_i λ_i`` less the
``p`` greatest savings ``s_j = Σ_i w_i max(λ_i - c_ij, 0)``. The prices are moved along subgradients.
They also say where to cut first, and which candidates cannot be in any better choice.

Source: Cornuejols, Fisher and Nemhauser (1977), Management Science 23, 789-810; Held, Wolfe and
Crowder (1974), Mathematical Programming 6, 62-88 (the steps).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evenground.methods.siting.meter import Meter
from evenground.methods.siting.sorted_costs import SortedCosts
from evenground.methods.validation import Flags, Vector, Whole

_PATIENCE = 10
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
    value
        The least total cost known.
    """

    price: Vector
    saving: Vector
    bound: float
    value: float

    def reduced(self, n_units: int, forced: Flags) -> Vector:
        """Return how much the bound rises at least if a candidate is chosen, shape (m,)."""
        free = np.sort(self.saving[~forced])[::-1]
        room = n_units - int(forced.sum())
        if room <= 0:
            return np.where(forced, 0.0, np.inf)
        edge = free[room - 1] if room <= free.size else 0.0
        return np.where(forced, 0.0, np.maximum(edge - self.saving, 0.0))


def ascend(
    rows: SortedCosts,
    weights: Vector,
    *,
    limits: tuple[int, Flags],
    start: tuple[Vector, float],
    improve: Callable[[Whole, int], float],
) -> Callable[[Meter, int], Prices]:
    """Return a function that moves prices for so many passes, and again from there.

    Parameters
    ----------
    rows, weights
        Costs (cut to ``top``) and people, shape (n,).
    limits
        How many sites, and which are forced.
    start
        Prices to begin with, shape (n,), and the least total cost known.
    improve
        Called with the sites of each pass and its number; returns the least total cost known.
    """
    state = Prices(price=start[0], saving=np.zeros(rows.n_columns), bound=-np.inf, value=start[1])
    scale = _Scale(price=start[0].copy())

    def go(meter: Meter, passes: int) -> Prices:
        for number in range(passes):
            if scale.step < _SHORTEST or meter.stops(state.value, state.bound):
                break
            _one_pass(rows, weights, limits, (state, scale))
            meter.spend(1)
            state.value = improve(scale.sites, number)
        return state

    return go


@dataclass(slots=True)
class _Scale:
    """Where the prices are now, and how far the next step goes."""

    price: Vector
    sites: Whole = None  # pyright: ignore[reportAssignmentType]
    step: float = 1.0
    idle: int = 0


def _one_pass(
    rows: SortedCosts,
    weights: Vector,
    limits: tuple[int, Flags],
    both: tuple[Prices, _Scale],
) -> None:
    state, scale = both
    price = scale.price
    saving, width = savings(rows, weights, price)
    ranked = np.where(limits[1], np.inf, saving)
    sites = np.argsort(-ranked, kind="stable")[: limits[0]]
    bound = float((weights * price).sum()) - float(saving[sites].sum())
    chosen = np.zeros(rows.n_columns, dtype=bool)
    chosen[sites] = True
    served = (chosen[rows.order[:, :width]] & (rows.cost[:, :width] < price[:, None])).sum(axis=1)
    scale.sites = sites
    if bound > state.bound + 1e-7 * abs(bound):
        scale.idle = 0
    else:
        scale.idle += 1
    if bound > state.bound:
        state.bound, state.price, state.saving = bound, price, saving
    slope = 1.0 - served
    if scale.idle >= _PATIENCE:
        scale.step /= _SHORTER
        scale.idle = 0
    length = float((weights * slope * slope).sum())
    if length == 0:
        scale.step = 0.0
        return
    ahead = 1.02 * state.value - bound if np.isfinite(state.value) else 0.05 * abs(bound)
    scale.price = np.clip(price + scale.step * ahead / length * slope, rows.cost[:, 0], rows.top)


def savings(rows: SortedCosts, weights: Vector, price: Vector) -> tuple[Vector, int]:
    """Return ``Σ_i w_i max(λ_i - c_ij, 0)``, shape (m,), and how many columns of rows matter."""
    width = int((rows.cost < price[:, None]).sum(axis=1).max(initial=0))
    width = max(width, 1)
    over = price[:, None] - rows.cost[:, :width]
    np.maximum(over, 0.0, out=over)
    over *= weights[:, None]
    found = np.bincount(rows.order[:, :width].ravel(), over.ravel(), rows.n_columns)
    return found, width
