"""The optimum on the simplex for many problems at once: sub-blocks of one Gram matrix, or a stack.

The primal-dual active set of ``simplex_least_squares``, each step one stacked solve. A problem that
does not end there, or whose duality gap stays open, is solved again by the safe way.
"""

from __future__ import annotations

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


def least_on_simplex_of_many(
    grams: Vector, targets: Vector, admitted: Flags, *, few: bool = False
) -> tuple[Vector, Vector]:
    """Return weights and duality gaps of problems that share a size.

    Parameters
    ----------
    grams, shape (n, n) or (n_problems, n, n)
        One matrix of which each problem is a sub-block, or one for each.
    targets, shape (n_problems, n)
        ``h`` of each.
    admitted, shape (n_problems, n)
        Which weights a problem has; the others are 0.
    few
        Whether few weights are likely to be positive; the result is the same.

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
        gram = grams if grams.ndim == 2 else grams[part]  # noqa: PLR2004 - a matrix
        weights[part], gaps[part] = _solved(gram, targets[part], admitted[part], few)
    return weights, gaps


def _solved(
    gram: Vector,
    target: Vector,
    admitted: Flags,
    few: bool,  # noqa: FBT001 - handed through
) -> tuple[Vector, Vector]:
    scale = np.maximum(np.abs(target).max(axis=1), np.abs(gram).max(axis=(-2, -1)))
    weights = _by_blocks(gram, target, _beginning(gram, target, admitted, few), admitted)
    slope = _times(gram, weights) - target
    ceiling = slope.max(axis=1, keepdims=True)
    gaps = duality_gap(np.where(admitted, slope, ceiling), weights)
    for row in np.flatnonzero(~(gaps <= GAP_BORNE * scale)):
        free = np.flatnonzero(admitted[row])
        held = (gram if gram.ndim == 2 else gram[row])[np.ix_(free, free)]  # noqa: PLR2004
        found, _ = safely_on_simplex(held, target[row, free])
        weights[row] = 0.0
        weights[row, free] = found
        gaps[row] = duality_gap(held @ found - target[row, free], found)
    return weights, gaps


def _times(gram: Vector, weights: Vector) -> Vector:
    if gram.ndim == 2:  # noqa: PLR2004 - one matrix for all
        return weights @ gram
    return np.matmul(gram, weights[:, :, None])[:, :, 0]


def _beginning(gram: Vector, target: Vector, admitted: Flags, few: bool) -> Flags:  # noqa: FBT001
    if not few:
        return admitted
    share = admitted / admitted.sum(axis=1, keepdims=True)
    slope = _times(gram, share) - target
    return admitted & (slope <= (share * slope).sum(axis=1, keepdims=True))


def _by_blocks(gram: Vector, target: Vector, free: Flags, admitted: Flags) -> Vector:
    """Return weights of all problems; nothing at all for those that do not end."""
    weights = np.full(target.shape, np.nan)
    left: Whole = np.arange(target.shape[0])
    slack = SLACK * np.maximum(np.abs(target).max(axis=1), np.abs(gram).max(axis=(-2, -1)))
    for _ in range(STEPS):
        some = gram if gram.ndim == 2 else gram[left]  # noqa: PLR2004 - one matrix for all
        solved = _solve(some, target[left], free)
        if solved is None:
            break
        part, level = solved
        slope = _times(some, part) - target[left] - level[:, None]
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


def _solve(gram: Vector, target: Vector, free: Flags) -> tuple[Vector, Vector] | None:
    """Return the weights held positive and the common slope of each problem.

    Those held positive are gathered first, so that systems are no larger than the longest of them.
    """
    n_held = free.sum(axis=1)
    size = int(n_held.max())
    rows = np.arange(len(free))[:, None]
    at = np.argsort(~free, axis=1, kind="stable")[:, :size]
    idle = np.arange(size) >= n_held[:, None]
    if gram.ndim == 2:  # noqa: PLR2004 - one matrix for all
        held = gram[at[:, :, None], at[:, None, :]]
    else:
        held = gram[rows[:, :, None], at[:, :, None], at[:, None, :]]
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
