"""The sum, over places, of what each gives to a group: its exact distribution by convolution.

Every place falls in an area by chance and gives its units times what that area is worth. The
distribution of the sum is the convolution of the places' own, computed from its characteristic
function on a fine lattice.
"""

from __future__ import annotations

import numpy as np
from scipy import fft

from evenground.methods.exact_allocation import ExactDistribution, lattice
from evenground.methods.validation import Vector

_MOST_CELLS = 2**20
_FINEST, _COARSEST = 128, 4


def sum_distribution(place_units: Vector, values: Vector, probability: Vector) -> ExactDistribution:
    """Return the distribution of ``Σ units × value`` over places that fall in areas by chance.

    One place's values are put on a lattice so that their mean stays: each is split between its two
    neighbours, which can only widen the distribution, by less than a hundredth of their range.

    Parameters
    ----------
    place_units, shape (n_places,)
        Units at each place, above 0.
    values, shape (n_areas,)
        What a unit in each area is worth; any sign.
    probability, shape (n_areas,)
        Chance of each area, adding up to 1.
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
    support = grid.step * (low * grid.total + step * np.arange(mass.size, dtype=np.float64))
    return ExactDistribution(support=support, probability=mass / mass.sum(), is_exact=grid.is_exact)
