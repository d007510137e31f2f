"""The dissimilarity index: the share of units that would have to move for an even distribution.

Source: Duncan and Duncan (1955), A methodological analysis of segregation indexes, American
Sociological Review 20, 210-217.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, positive_total, vector


def dissimilarity_index(units: ArrayLike, baseline: ArrayLike) -> float:
    """Return ``½ Σ |units/U - baseline/B|`` over areas, 0 (even) to 1.

    Parameters
    ----------
    units, baseline, shape (n_areas,)
        Counts, 0 or more.

    Raises
    ------
    UsageError
        If a value is negative or missing, or either adds up to nothing.
    """
    first = vector("units", units)
    second = vector("baseline", baseline, size=first.size)
    share = second / positive_total("baseline", second)
    positive_total("units", first)
    return float(dissimilarity_rows(first[None, :], share)[0])


def dissimilarity_rows(units: Vector, baseline_share: Vector) -> Vector:
    """Return the index of many allocations at once.

    Parameters
    ----------
    units, shape (n_draws, n_areas)
        Allocations; each row has a total above 0.
    baseline_share, shape (n_areas,)
        Adds up to 1.

    Returns
    -------
    array, shape (n_draws,)
        ``Σ max(0, u/U - b)``, which equals half the sum of absolute differences.
    """
    total = units.sum(axis=1, keepdims=True)
    apart = units / total
    apart -= baseline_share
    np.maximum(apart, 0.0, out=apart)
    return apart.sum(axis=1)
