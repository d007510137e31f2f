"""Weights on the simplex as the reference implementation finds them: Frank-Wolfe, stopped early.

Every step moves towards the one unit (or time) that lowers the sum fastest, as far as pays, and the
search ends once a step lowers the penalised mean squared error by no more than a set amount. What
comes out depends on where it stopped; it is here so that an auditor finds the published digits.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic difference-in-
differences, American Economic Review 111, 4088-4118, and the settings of their R package synthdid
0.0.9: least decrease ``(1e-5 sigma)²``, 100 steps, then all weights up to a quarter of the largest
are set to nothing and up to 10,000 steps follow.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Vector

FIRST_STEPS = 100
STEPS = 10_000
LEAST_DECREASE = 1e-5  # times the noise level, squared
KEPT_ABOVE = 0.25


def early_stopped_weights(
    design: Vector, target: Vector, *, penalty: float, noise: float
) -> Vector:
    """Return the weights of the reference implementation, both rounds.

    Parameters
    ----------
    design, shape (n_rows, n)
        ``A``, its rows demeaned over ``n_rows`` where there is an intercept.
    target, shape (n_rows,)
        ``b``, demeaned likewise.
    penalty
        ``zeta``: its square is the weight of ``‖w‖²`` beside the mean squared error.
    noise
        ``sigma``: standard deviation of the donors' first differences before the start.

    Returns
    -------
    array, shape (n,)
        0-1, adding up to 1.
    """
    n = design.shape[1]
    stop = (LEAST_DECREASE * noise) ** 2
    first = _rounds(design, target, np.full(n, 1 / n), (penalty, stop, FIRST_STEPS))
    kept = np.where(first <= first.max() * KEPT_ABOVE, 0.0, first)
    return _rounds(design, target, kept / kept.sum(), (penalty, stop, STEPS))


def _rounds(
    design: Vector, target: Vector, weights: Vector, how: tuple[float, float, int]
) -> Vector:
    penalty, stop, most = how
    n_rows = design.shape[0]
    ridge = n_rows * penalty**2
    columns = np.ascontiguousarray(design.T)
    fitted = design @ weights
    last = np.inf
    for step in range(most):
        slope = columns @ (fitted - target) + ridge * weights
        best = int(np.argmin(slope))
        move = -weights
        move[best] += 1.0
        if not move.any():
            return weights
        shift = columns[best] - fitted
        length = -float(slope @ move) / float(shift @ shift + ridge * (move @ move))
        length = min(1.0, max(0.0, length))
        weights = weights + length * move
        fitted = design @ weights
        error = fitted - target
        value = penalty**2 * float(weights @ weights) + float(error @ error) / n_rows
        if step >= 1 and last - value <= stop:
            return weights
        last = value
    return weights
