"""From a test to an interval: the least and the greatest effect that any piece admits."""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.promise.measures.honest.conditional import Hybrid, admitted

_N_ALONG = 201
_N_FINER = 17
_N_ZOOMS = 11


def outermost(test: Hybrid) -> tuple[float, float]:
    """Return the least and greatest effect admitted by any piece; two NaN if none is.

    Beyond the first stage nothing is admitted, so that every piece is searched between known ends:
    201 effects over all, 201 more near each end, and then, eleven times over, 17 between the last
    admitted and the first refused: to the last digits of a float.
    """
    low, high = _ends(test)
    some = low <= high
    if not some.any():
        return float("nan"), float("nan")
    low, high = np.where(some, low, 0), np.where(some, high, 0)
    return -_farthest(test, some, high, low), _farthest(test, some, low, high)


def _ends(test: Hybrid) -> tuple[Vector, Vector]:
    """Return between what the first stage leaves effects, by piece."""
    pieces = test.pieces
    low = (pieces.at_zero[:, 0] - test.critical) / pieces.on_effect[:, 0]
    high = (pieces.at_zero[:, 1] - test.critical) / pieces.on_effect[:, 1]
    if test.band is not None:
        low = np.maximum(low, test.band.centre - test.band.half)
        high = np.minimum(high, test.band.centre + test.band.half)
    refused = (pieces.at_zero[:, 2:] > test.critical[:, None]).any(axis=1)
    return np.where(refused, np.inf, low), np.where(refused, -np.inf, high)


def _farthest(test: Hybrid, some: Flags, near: Vector, far: Vector) -> float:
    """Return the farthest admitted effect from ``near`` to ``far``; minus it on the way down."""
    outwards = 1.0 if (far[some] >= near[some]).all() else -1.0
    effects = near[:, None] + (far - near)[:, None] * _along(test, near, far)
    step = np.linspace(0, 1, _N_FINER)
    row = np.arange(len(near))
    best = -np.inf
    for _ in range(_N_ZOOMS + 1):
        inside = admitted(test, effects) & some[:, None]
        some = np.asarray(inside.any(axis=1))
        last = effects.shape[1] - 1 - inside[:, ::-1].argmax(axis=1)
        here = effects[row, last]
        there = effects[row, np.minimum(last + 1, effects.shape[1] - 1)]
        best = max(best, float((outwards * here)[some].max(initial=-np.inf)))
        effects = here[:, None] + (there - here)[:, None] * step
    return best if np.isfinite(best) else float("nan")


def _along(test: Hybrid, near: Vector, far: Vector) -> Vector:
    """Return steps of the way, 0-1: even ones, and finer ones near both ends."""
    unit = 1 / np.abs(test.pieces.on_effect[:, :2]).min(axis=1)
    near_end = np.where(np.isfinite(test.critical), 2 * test.critical * unit, 0)
    way = np.abs(far - near)
    close = (near_end / np.maximum(way, near_end + np.finfo(float).tiny))[:, None]
    step = np.linspace(0, 1, _N_ALONG)[None]
    even = np.broadcast_to(step, (len(near), _N_ALONG))
    return np.sort(np.concatenate([even, close * step, 1 - close * step], axis=1), axis=1)
