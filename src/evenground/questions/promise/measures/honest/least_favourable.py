"""Critical value of the least favourable test: how great chance alone makes the greatest moment."""

from __future__ import annotations

import numpy as np
from scipy import special

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.honest.pieces import Pieces

_PERFECT = 1 - 1e-12
_N_HALVINGS = 60
_NO_VARIANCE = 1e-20


def least_favourable_value(pieces: Pieces, *, size: float) -> Vector:
    """Return, by piece, what its greatest vertex exceeds with the chance ``size``, all means 0.

    Exact: the vertices lie in a plane. The falling and the rising one can exceed a value together
    only where the steepest of the others does, so that the chance is three normal tails less two
    bivariate ones. The authors' programs draw 1,000 times instead.

    Parameters
    ----------
    pieces
        Vertices and their covariance.
    size
        The chance, above 0 and below 0.5.

    Returns
    -------
    array, shape (n_pieces,)
        Critical values, in the unit of the vertices.

    Source: Andrews, Roth and Pakes (2023), Review of Economic Studies 90, 2763-2791, section 5
    (the test); Owen (1956), Annals of Mathematical Statistics 27, 1075-1090 (bivariate tails).
    """
    variance = np.diagonal(pieces.covariance, axis1=1, axis2=2)
    steepest = 2 + np.argmax(variance[:, 2:], axis=1)
    three = np.stack([np.zeros_like(steepest), np.ones_like(steepest), steepest], axis=1)
    piece = np.arange(len(three))[:, None]
    sd = np.sqrt(np.maximum(variance[piece, three], 0))
    some = np.maximum(sd, 1e-300)
    between = pieces.covariance[piece, three[:, [2, 2]], three[:, :2]]
    correlation = np.clip(between / (some[:, :2] * some[:, [2]]), -1, 1)
    correlation[sd[:, 2] ** 2 <= _NO_VARIANCE * sd[:, 0] ** 2] = 0
    low, high = np.zeros(len(sd)), sd.max(axis=1) * float(special.ndtri(1 - size / 3))
    for _ in range(_N_HALVINGS):
        middle = (low + high) / 2
        beyond = _chance_beyond(middle[:, None] / some, correlation) > size
        low, high = np.where(beyond, middle, low), np.where(beyond, high, middle)
    return (low + high) / 2


def _chance_beyond(at: Vector, correlation: Vector) -> Vector:
    """Return P(any of three standard normals is beyond); the first two overlap inside the third."""
    alone = special.ndtr(-at).sum(axis=1)
    both = [both_beyond(at[:, i], at[:, 2], correlation[:, i]) for i in (0, 1)]
    return alone - both[0] - both[1]


def both_beyond(first: Vector, second: Vector, correlation: Vector) -> Vector:
    """Return the chance that two standard normals exceed ``first`` and ``second``, both above 0.

    Shapes (n,); correlation within -1 to 1. Source: Owen (1956).
    """
    rho = np.clip(correlation, -_PERFECT, _PERFECT)
    root = np.sqrt((1 - rho) * (1 + rho))
    h, k = np.maximum(first, 1e-150), np.maximum(second, 1e-150)
    with np.errstate(over="ignore"):
        chance = (
            (special.ndtr(-h) + special.ndtr(-k)) / 2
            - special.owens_t(h, (k - rho * h) / (h * root))
            - special.owens_t(k, (h - rho * k) / (k * root))
        )
    return np.clip(chance, 0, 1)
