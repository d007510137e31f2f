"""Would chance placement give two groups such different rates? The exact answer for fractions.

Under placement by chance the difference ``T = Σ w (first - θ both)`` over places has a distribution
that follows from the areas alone: the n-fold convolution of what one place gives, computed from its
characteristic function on a fine lattice. θ is the first group's part of the two baselines.
Source: the convolution is that of a sum of independent draws; Feller (1971), An Introduction to
Probability Theory and Its Applications II, chapter XV.
"""

from __future__ import annotations

import numpy as np
from scipy import fft

from evenground.methods.exact_allocation import lattice
from evenground.methods.margins_of_error import log_error_nodes
from evenground.methods.validation import Vector
from evenground.questions.reach.measures.effective_size import AreaDraw

_MOST_CELLS = 2**20
_FINEST, _COARSEST = 128, 4


def fair_p_value(
    place_units: Vector, place_share: Vector, fair: AreaDraw, *, relative_error: float
) -> float:
    """Return the two-sided p-value of equal rates under placement by chance.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place, above 0.
    place_share, shape (2, n_places)
        The part of each place that falls to the first and the second group.
    fair
        Chance of every area; rows of ``share``: first, second group.
    relative_error
        Standard error of the logarithm of the two baselines' ratio, integrated out.

    Returns
    -------
    float
        Twice the smaller tail, at most 1.
    """
    expected = fair.share @ fair.probability
    theta = float(expected[0] / expected.sum())
    values = fair.share[0] - theta * fair.share.sum(axis=0)
    observed = float(place_units @ (place_share[0] - theta * place_share.sum(axis=0)))
    low, step, mass = _sum_distribution(place_units, values, fair.probability)
    # An error of the baselines moves the share that even placement would give.
    shifts, weights = log_error_nodes(relative_error)
    odds = theta / max(1 - theta, 1e-300) * np.exp(shifts)
    reached = float(place_units.sum() * expected.sum())
    moved = observed - (odds / (1 + odds) - theta) * reached
    cumulative = np.cumsum(mass)
    at = (moved - low) / step
    below = weights @ _at(cumulative, np.floor(at + _SLACK))
    above = weights @ (1.0 - _at(cumulative, np.ceil(at - _SLACK) - 1))
    return float(min(1.0, 2 * min(below, above)))


_SLACK = 1e-6


def _at(cumulative: Vector, index: Vector) -> Vector:
    inside = np.clip(index, 0, cumulative.size - 1).astype(np.int64)
    return np.where(index < 0, 0.0, np.minimum(cumulative[inside], 1.0))


def _sum_distribution(
    place_units: Vector, values: Vector, probability: Vector
) -> tuple[float, float, Vector]:
    """Return the lowest value, the step and the probabilities of the sum over places.

    One place's values are put on a lattice so that their mean stays: each is split between its two
    neighbours, which can only widen the distribution.
    """
    grid = lattice(place_units)
    fineness = int(np.clip(_MOST_CELLS // grid.total, _COARSEST, _FINEST))
    low, high = float(values.min()), float(values.max())
    step = max(high - low, 1e-12) / fineness
    at = (values - low) / step
    left = np.minimum(np.floor(at).astype(np.int64), fineness - 1)
    one = np.zeros(grid.total * fineness + 1)
    np.add.at(one, left, probability * (1 - (at - left)))
    np.add.at(one, left + 1, probability * (at - left))
    length = int(fft.next_fast_len(one.size, real=True) or one.size)
    wave = np.fft.fft(one, n=length)
    half = np.arange(length // 2 + 1)
    sizes, times = np.unique(grid.steps[grid.steps > 0], return_counts=True)
    spectrum = np.ones(half.size, dtype=np.complex128)
    for size, n_places in zip(sizes, times, strict=True):
        spectrum *= wave[(half * size) % length] ** int(n_places)
    mass = np.maximum(np.fft.irfft(spectrum, n=length)[: one.size], 0.0)
    return low * grid.total * grid.step, step * grid.step, mass / mass.sum()
