"""The hybrid conditional test: is an effect admitted by a piece of a restriction?

Source: Andrews, Roth and Pakes (2023), Inference for Linear Conditional Moment Inequalities, Review
of Economic Studies 90, 2763-2791, sections 4 and 5; Rambachan and Roth (2023), section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.promise.measures.honest.pieces import Pieces

_FLAT = 1e-9
_NO_VARIANCE = 1e-20


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A first-stage interval: effects that lie more than ``half`` from ``centre`` are refused.

    Attributes
    ----------
    centre, half
        In the outcome's unit.
    covariance, shape (n_pieces, n_vertices)
        Of its centre with the vertices of each piece.
    """

    centre: float
    half: float
    covariance: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Hybrid:
    """A conditional test after a first stage.

    Attributes
    ----------
    pieces
        Vertices.
    critical, shape (n_pieces,)
        First stage: a greatest vertex beyond it refuses; infinite for none.
    size
        Of the second stage, 0-1.
    band
        First stage by an interval.
    """

    pieces: Pieces
    critical: Vector
    size: float
    band: Band | None = None


def admitted(test: Hybrid, effects: Vector) -> Flags:
    """Return which effects each piece admits.

    Parameters
    ----------
    test
        What to test with.
    effects, shape (n_pieces, n_effects)
        In the outcome's unit.

    Returns
    -------
    flags, shape (n_pieces, n_effects)
        True where the piece does not refuse the effect.
    """
    pieces = test.pieces
    values = pieces.at_zero[:, None] - pieces.on_effect[:, None] * effects[:, :, None]
    best = values.argmax(axis=2)
    top = np.take_along_axis(values, best[:, :, None], axis=2)[:, :, 0]
    piece = np.arange(len(values))[:, None]
    covariance = pieces.covariance[piece, best]
    variance = np.take_along_axis(covariance, best[:, :, None], axis=2)[:, :, 0]
    greatest = np.diagonal(pieces.covariance, axis1=1, axis2=2).max(axis=1)
    certain = variance <= _NO_VARIANCE * greatest[:, None]
    known = np.where(certain, 1.0, variance)
    slopes = covariance / known[:, :, None]
    low, high = _range(slopes - 1, slopes * top[:, :, None] - values)
    high = np.minimum(high, test.critical[:, None])
    inside = np.ones(top.shape, dtype=bool)
    if test.band is not None:
        low, high, inside = _with_band(test.band, (piece, best, known, top), effects, (low, high))
    sd = np.sqrt(known)
    chance = truncated_tail(top / sd, low / sd, high / sd)
    passes = (top <= 0) | (~certain & (chance >= test.size))
    return passes & inside & (top <= test.critical[:, None])


def _range(steeper: Vector, behind: Vector) -> tuple[Vector, Vector]:
    """Return between what the greatest vertex may lie without another overtaking it.

    ``steeper * top <= behind`` keeps a vertex below, for each on the last axis.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = behind / steeper
    low = np.where(steeper < -_FLAT, bound, -np.inf).max(axis=2)
    high = np.where(steeper > _FLAT, bound, np.inf).min(axis=2)
    return low, high


def _with_band(
    band: Band,
    best: tuple[Whole, Whole, Vector, Vector],
    effects: Vector,
    found: tuple[Vector, Vector],
) -> tuple[Vector, Vector, Flags]:
    piece, which, variance, top = best
    slope = band.covariance[piece, which] / variance
    away = band.centre - effects
    with np.errstate(divide="ignore", invalid="ignore"):
        one = top + (-band.half - away) / slope
        two = top + (band.half - away) / slope
    moves = slope != 0
    low = np.where(moves, np.minimum(one, two), -np.inf)
    high = np.where(moves, np.maximum(one, two), np.inf)
    inside = np.abs(away) <= band.half
    return np.maximum(found[0], low), np.minimum(found[1], high), inside


def truncated_tail(at: Vector, low: Vector, high: Vector) -> Vector:
    """Return P(Z >= at | low <= Z <= high) of a standard normal Z; 1 where rounding leaves nothing.

    Shapes equal; the result within 0-1. Logarithms keep what lies far out.
    """
    at = np.clip(at, low, high)
    to_low, to_at, to_high = (special.log_ndtr(-x) for x in (low, at, high))
    over = np.exp(to_high - to_low)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (np.exp(to_at - to_low) - over) / (1 - over)
    return np.where(np.isfinite(chance), np.clip(chance, 0, 1), 1.0)
