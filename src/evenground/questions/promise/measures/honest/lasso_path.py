"""All solutions of a small problem: least variance for every price of the weights' size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector

_SAME = 1e-12
_MOST_KNOTS_EACH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LassoPath:
    """Solutions between which others lie on straight lines.

    Attributes
    ----------
    prices, shape (n_knots,)
        From the greatest, at and above which all weights are 0, down to 0.
    weights, shape (n_knots, n)
        The solution at each price.
    """

    prices: Vector
    weights: Vector

    def at(self, price: float) -> Vector:
        """Return the solution at a price, shape (n,)."""
        up = self.prices[::-1]
        return np.array([np.interp(price, up, column[::-1]) for column in self.weights.T])


def lasso_path(quadratic: Vector, linear: Vector) -> LassoPath:
    """Return the minimisers ``c`` of ``c' Q c / 2 + q' c + price * sum |c|`` for all prices >= 0.

    Parameters
    ----------
    quadratic, shape (n, n)
        Q, positive semi-definite.
    linear, shape (n,)
        q.

    Source: Osborne, Presnell and Turlach (2000), A new approach to variable selection in least
    squares problems, IMA Journal of Numerical Analysis 20, 389-403 (the homotopy).
    """
    n = linear.size
    weights, price = np.zeros(n), float(np.abs(linear).max(initial=0.0))
    prices, found = [price], [weights]
    active = np.zeros(n, dtype=bool)
    signs = np.zeros(n)
    least = _SAME * price
    barred = -1
    for _ in range(_MOST_KNOTS_EACH * n):
        if price <= least:
            break
        pull = -(linear + quadratic @ weights)
        joins = ~active & (np.abs(pull) >= price * (1 - 1e-9))
        joins[barred] &= barred < 0
        signs = np.where(joins, np.sign(pull), np.where(active, signs, 0.0))
        active = active | joins
        direction = _direction(quadratic, active, signs)
        step, barred = _step(active, weights, (direction, pull, quadratic @ direction), price)
        weights = weights + step * direction
        price = price - step
        if barred >= 0:
            weights[barred], active[barred] = 0.0, False
        prices.append(price)
        found.append(weights)
    prices[-1] = min(prices[-1], 0.0) if prices[-1] <= least else prices[-1]
    return LassoPath(prices=np.array(prices), weights=np.array(found))


def _direction(quadratic: Vector, active: Flags, signs: Vector) -> Vector:
    """Return how the weights move as the price falls by one."""
    moves = np.zeros(signs.size)
    if active.any():
        block = quadratic[np.ix_(active, active)]
        moves[active] = np.linalg.lstsq(block, signs[active], rcond=None)[0]
    return moves


def _step(
    active: Flags, weights: Vector, moving: tuple[Vector, Vector, Vector], price: float
) -> tuple[float, int]:
    """Return how far the price falls until a weight joins or leaves, and the one that leaves."""
    direction, pull, drift = moving
    with np.errstate(divide="ignore", invalid="ignore"):
        up = (price - pull) / (1 - drift)  # pull falls by drift, the price by one
        down = (price + pull) / (1 + drift)
        leave = -weights / direction
    least = _SAME * price
    joining = np.where(~active, np.minimum(_ahead(up, least), _ahead(down, least)), np.inf)
    leaving = np.where(active & (direction != 0), _ahead(leave, least), np.inf)
    join, leave_at = joining.min(initial=np.inf), leaving.min(initial=np.inf)
    if leave_at < min(join, price):
        return float(leave_at), int(leaving.argmin())
    return float(min(join, price)), -1


def _ahead(steps: Vector, least: float) -> Vector:
    return np.where(np.isfinite(steps) & (steps > least), steps, np.inf)
