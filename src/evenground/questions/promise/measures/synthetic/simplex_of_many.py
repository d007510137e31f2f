"""The optimum on the simplex for many problems at once: sub-blocks of one Gram matrix, or a stack.

The primal-dual active set of ``simplex_least_squares``, each step one stacked solve. A problem that
does not end there, or whose duality gap stays open, is solved again by the safe way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    SLACK,
    duality_gap,
    safely_on_simplex,
)

STEPS = 30
GAP_BORNE = 1e-10  # as a share of the largest number of the problem
NUMBERS_AT_ONCE = 400_000
_MATRIX_AXES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """The Gram matrices of many problems.

    Attributes
    ----------
    whole, shape (n, n) or (n_problems, n, n)
        One matrix of which each problem is a sub-block, or one for each.
    less, shape (n_problems, n), or None
        What is left out of each: a row of ``A``, whose product with itself is taken off ``whole``.
    """

    whole: Vector
    less: Vector | None = None

    @property
    def is_shared(self) -> bool:
        """Whether there is one matrix for all problems."""
        return self.whole.ndim == _MATRIX_AXES

    @property
    def largest(self) -> Vector:
        """The largest number of each matrix, or one for all."""
        return np.abs(self.whole).max(axis=(-2, -1))

    def some(self, rows: Whole | slice) -> Grams:
        """Return the matrices of some problems."""
        return Grams(
            whole=self.whole if self.is_shared else self.whole[rows],
            less=None if self.less is None else self.less[rows],
        )

    def times(self, weights: Vector) -> Vector:
        """Return each matrix times its weights, shape (n_problems, n)."""
        if self.is_shared:
            found = weights @ self.whole
        else:
            found = np.matmul(self.whole, weights[:, :, None])[:, :, 0]
        if self.less is not None:
            found -= self.less * np.einsum("pn,pn->p", self.less, weights)[:, None]
        return found

    def blocks(self, at: Whole) -> Vector:
        """Return the sub-blocks at the places ``at`` of shape (n_problems, size)."""
        rows = np.arange(len(at))[:, None]
        if self.is_shared:
            held = self.whole[at[:, :, None], at[:, None, :]]
        else:
            held = self.whole[rows[:, :, None], at[:, :, None], at[:, None, :]]
        if self.less is not None:
            gone = self.less[rows, at]
            held -= gone[:, :, None] * gone[:, None, :]
        return held


def least_on_simplex_of_many(
    grams: Grams,
    targets: Vector,
    admitted: Flags,
    *,
    few: bool = False,
    begin: Flags | None = None,
) -> tuple[Vector, Vector]:
    """Return weights and duality gaps of problems that share a size.

    Parameters
    ----------
    grams
        ``H`` of each.
    targets, shape (n_problems, n)
        ``h`` of each.
    admitted, shape (n_problems, n)
        Which weights a problem has; the others are 0.
    few
        Whether few weights are likely to be positive; the result is the same.
    begin, shape (n_problems, n)
        Which weights are positive in a problem nearby, some in each; the result is the same.

    Returns
    -------
    tuple
        Weights, shape (n_problems, n), 0-1 and adding up to 1; gaps, shape (n_problems,).
    """
    n_problems, n = targets.shape
    weights, gaps = np.empty((n_problems, n)), np.empty(n_problems)
    at_once = max(1, NUMBERS_AT_ONCE // n**2)
    for first in range(0, n_problems, at_once):
        part = slice(first, first + at_once)
        some, target, free = grams.some(part), targets[part], admitted[part]
        if begin is not None:
            at_first = begin[part]
        else:
            at_first = _promising(some, target, free) if few else free
        weights[part], gaps[part] = _solved(some, target, free, at_first)
    return weights, gaps


def _promising(grams: Grams, target: Vector, admitted: Flags) -> Flags:
    """Return which weights pull more than the mean does at even weights."""
    share = admitted / admitted.sum(axis=1, keepdims=True)
    slope = grams.times(share) - target
    return admitted & (slope <= (share * slope).sum(axis=1, keepdims=True))


def _solved(grams: Grams, target: Vector, admitted: Flags, begin: Flags) -> tuple[Vector, Vector]:
    scale = np.maximum(np.abs(target).max(axis=1), grams.largest)
    weights = _by_blocks(grams, target, begin, admitted)
    slope = grams.times(weights) - target
    ceiling = slope.max(axis=1, keepdims=True)
    gaps = duality_gap(np.where(admitted, slope, ceiling), weights)
    for row in np.flatnonzero(~(gaps <= GAP_BORNE * scale)):
        free = np.flatnonzero(admitted[row])
        held = grams.some(slice(row, row + 1)).blocks(free[None, :])[0]
        found, _ = safely_on_simplex(held, target[row, free])
        weights[row] = 0.0
        weights[row, free] = found
        gaps[row] = duality_gap(held @ found - target[row, free], found)
    return weights, gaps


def _by_blocks(grams: Grams, target: Vector, free: Flags, admitted: Flags) -> Vector:
    """Return weights of all problems; nothing at all for those that do not end."""
    weights = np.full(target.shape, np.nan)
    left: Whole = np.arange(target.shape[0])
    slack = SLACK * np.maximum(np.abs(target).max(axis=1), grams.largest)
    for _ in range(STEPS):
        some = grams.some(left)
        solved = _solve(some, target[left], free)
        if solved is None:
            break
        part, level = solved
        slope = some.times(part) - target[left] - level[:, None]
        keep = (free & (part > 0)) | (admitted[left] & ~free & (slope < -slack[left, None]))
        done = (keep == free).all(axis=1)
        if done.any():
            ended = part[done]
            weights[left[done]] = ended / ended.sum(axis=1, keepdims=True)
        going = ~done & keep.any(axis=1)
        left, free = left[going], keep[going]
        if not left.size:
            break
    return weights


def _solve(grams: Grams, target: Vector, free: Flags) -> tuple[Vector, Vector] | None:
    """Return the weights held positive and the common slope of each problem.

    Those held positive are gathered first, so that systems are no larger than the longest of them.
    """
    n_held = free.sum(axis=1)
    size = int(n_held.max())
    rows = np.arange(len(free))[:, None]
    at = np.argsort(~free, axis=1, kind="stable")[:, :size]
    idle = np.arange(size) >= n_held[:, None]
    held = grams.blocks(at)
    held *= ~idle[:, :, None]
    held *= ~idle[:, None, :]
    held.reshape(len(held), -1)[:, :: size + 1] += idle
    sides = np.stack([np.where(idle, 0.0, target[rows, at]), ~idle], axis=2)
    try:
        solved = np.linalg.solve(held, sides)
    except np.linalg.LinAlgError:
        return None
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        level = (1 - solved[:, :, 0].sum(axis=1)) / solved[:, :, 1].sum(axis=1)
        part = np.zeros(free.shape)
        part[rows, at] = solved[:, :, 0] + level[:, None] * solved[:, :, 1]
    return part, level
