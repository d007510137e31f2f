"""Weights of which none is negative, which add up to one and come closest to a target, exactly.

``‖A w - b‖² + ridge ‖w‖²`` is least over the simplex. Which weights are positive is found by a
primal-dual active set: solve with those now held positive, drop what came out negative, take in
what would still lower the sum, and repeat; it ends where nothing changes, at the optimum. Where it
does not end, or a system has no solution, a primal active set that never raises the sum takes over.
The duality gap is computed at the end in either case, so that nobody need trust the way.

Source: Portugal, Júdice and Vicente (1994), A comparison of block pivoting and interior-point
algorithms for linear least squares problems with nonnegative variables, Mathematics of Computation
63, 625-643 (block changes with a safe single change behind them); Lawson and Hanson (1974), Solving
Least Squares Problems, chapter 23 (the safe one); Jaggi (2013), Revisiting Frank-Wolfe, ICML 28,
427-435, equation 2 (the gap).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Flags, Vector, Whole, matrix, vector

BLOCK_STEPS = 60
# A weight whose slope lies above the common one by no more than this share of the largest is
# taken to lie on the face of the optimum.
SLACK = 1e-11
_NOTHING = 1e-14
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class SimplexWeights:
    """Weights on the simplex.

    Attributes
    ----------
    weights, shape (n,)
        0-1, adding up to 1.
    gap
        By how much at most ``w' H w - 2 h' w`` lies above its least value, in the unit of ``A``
        squared; 0 at the optimum but for rounding.
    steps
        Systems that were solved.
    """

    weights: Vector
    gap: float
    steps: int


def simplex_weights(gram: ArrayLike, target: ArrayLike) -> SimplexWeights:
    """Return the weights that minimise ``w' H w - 2 h' w`` on the simplex.

    Parameters
    ----------
    gram, shape (n, n)
        ``H = A' A + ridge I``, symmetric, without negative eigenvalue.
    target, shape (n,)
        ``h = A' b``.

    Raises
    ------
    UsageError
        If shapes do not fit or a number is missing.
    """
    h = vector("target", target, least=-np.inf)
    square = matrix("gram", gram, shape=(h.size, h.size), least=-np.inf)
    return least_on_simplex(square, h)


def least_on_simplex(gram: Vector, target: Vector, *, few: bool = False) -> SimplexWeights:
    """Return what ``simplex_weights`` does, of arrays that are known to be sound.

    Where ``few`` weights are likely to be positive, the search begins with the quarter that pulls
    most at even weights, not with all. The result is the same.
    """
    free = np.arange(target.size)
    if few:
        slope = gram.mean(axis=1) - target
        most = np.partition(slope, target.size // 4)[target.size // 4]
        # Copies of one another go together, however they are rounded.
        free = np.flatnonzero(slope <= most + _ALIKE * (slope.max() - most))
    found, steps = _by_blocks(gram, target, free)
    if found is None:
        found, more = safely_on_simplex(gram, target)
        steps += more
    gap = float(duality_gap(gram @ found - target, found))
    return SimplexWeights(weights=found, gap=gap, steps=steps)


def duality_gap(slope: Vector, weights: Vector) -> Vector:
    """Return how far from the optimum weights are at most, from ``H w - h``; over the last axis."""
    # Weights add up to one, so the least slope may be taken off first, which spares digits.
    over = slope - slope.min(axis=-1, keepdims=True)
    return 2 * (over * weights).sum(axis=-1)


def tolerance(gram: Vector, target: Vector) -> float:
    """Return the slope that counts as none."""
    return SLACK * float(max(np.abs(target).max(), np.abs(gram).max()))


def _by_blocks(gram: Vector, target: Vector, free: Whole) -> tuple[Vector | None, int]:
    slack = tolerance(gram, target)
    sides = np.ones((target.size, 2))
    sides[:, 0] = target
    for step in range(1, BLOCK_STEPS + 1):
        level, part = _level_and_part(gram, sides, free)
        if part is None:
            return None, step
        slope = gram[:, free] @ part - target - level
        slope[free] = 0.0
        if part.min() > 0 and slope.min() >= -slack:
            weights = np.zeros(target.size)
            weights[free] = part
            return weights / part.sum(), step
        keep = slope < -slack
        keep[free] = part > 0
        free = np.flatnonzero(keep)
        if not free.size:
            return None, step
    return None, BLOCK_STEPS


def _level_and_part(gram: Vector, sides: Vector, free: Whole) -> tuple[float, Vector | None]:
    """Return the common slope and the weights held positive, or ``None`` without a solution."""
    whole = free.size == gram.shape[0]
    held = gram if whole else gram[free[:, None], free]
    _, solved, failed = _cholesky_solver()(held, sides if whole else sides[free], lower=1)
    if failed:
        return 0.0, None
    total = solved[:, 1].sum()
    level = (1 - solved[:, 0].sum()) / total
    return float(level), solved[:, 0] + level * solved[:, 1]


@cache
def _cholesky_solver() -> Any:
    """Return LAPACK's own, bare of checks that cost more than a small system does."""
    return import_module("scipy.linalg.lapack").dposv


def safely_on_simplex(gram: Vector, target: Vector) -> tuple[Vector, int]:
    """Return optimal weights by taking in one at a time, never raising the sum; and the steps."""
    n = target.size
    slack = tolerance(gram, target)
    weights = np.zeros(n)
    weights[int(np.argmin(np.diag(gram) - 2 * target))] = 1.0
    held: Flags = weights > 0
    steps = 0
    while steps < 10 * n:
        slope = gram @ weights - target
        new = int(np.argmin(np.where(held, np.inf, slope)))
        if held.all() or slope[new] >= float(slope @ weights) - slack:
            break
        held[new] = True
        before = weights
        weights, more = _descended(gram, target, weights, held)
        steps += more
        if _sum(gram, target, weights) >= _sum(gram, target, before):
            return before, steps  # rounding: nothing is left to win
    return weights, steps


def _descended(gram: Vector, target: Vector, weights: Vector, held: Flags) -> tuple[Vector, int]:
    """Return the optimum over ``held``, which loses, in place, what would become negative."""
    steps = 0
    while True:
        steps += 1
        free = np.flatnonzero(held)
        wanted = np.zeros_like(weights)
        wanted[free] = _with_sum_one(gram[np.ix_(free, free)], target[free])
        negative = held & (wanted <= 0)
        if not negative.any():
            return wanted, steps
        way = weights[negative] / np.maximum(weights[negative] - wanted[negative], 1e-300)
        first = float(way.min())
        weights = weights + first * (wanted - weights)
        gone = negative & (weights <= _NOTHING)
        weights[gone] = 0.0
        held &= ~gone
        if not gone.any():  # rounding kept all of them just above nothing
            held[np.flatnonzero(negative)[int(np.argmin(way))]] = False
            weights[~held] = 0.0


def _with_sum_one(gram: Vector, target: Vector) -> Vector:
    """Return the stationary point on the plane where weights add up to one, of least norm."""
    n = target.size
    scale = float(np.abs(gram).max()) or 1.0
    edge = np.zeros((n + 1, n + 1))
    edge[:n, :n] = gram / scale
    edge[n, :n] = edge[:n, n] = 1.0
    side = np.append(target / scale, 1.0)
    return np.asarray(np.linalg.lstsq(edge, side, rcond=1e-15)[0][:n], dtype=np.float64)


def _sum(gram: Vector, target: Vector, weights: Vector) -> float:
    return float(weights @ gram @ weights - 2 * target @ weights)
