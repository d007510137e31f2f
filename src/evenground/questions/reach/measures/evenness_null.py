"""Could chance placement look like this? The dissimilarity index under random allocation of places.

Whole units at few places are never spread evenly, so an index above zero proves nothing. The
observed index is set beside those of many placements that looked at nothing but the baseline.
Source: Carrington and Troske (1997), Journal of Business & Economic Statistics 15, 402-409 (indexes
against random allocation); here places are drawn, and units at one place move together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.chance_band import ChanceBand, band_of_draws
from evenground.methods.null_allocation import FairDraw, allocations
from evenground.methods.validation import vector
from evenground.questions.reach.measures.dissimilarity import dissimilarity_rows

_CELLS_AT_ONCE = 4_000_000


def dissimilarity_null(
    units: ArrayLike,
    fair: FairDraw,
    *,
    rng: np.random.Generator,
    n_draws: int = 9_999,
    level: float = 0.95,
) -> ChanceBand:
    """Return the dissimilarity index beside its distribution under placement by chance.

    Parameters
    ----------
    units, shape (n_areas,)
        Units found by area.
    fair
        Places, baseline with its error, candidates. The index of every draw is taken against the
        baseline as published, like the observed one.
    rng, n_draws, level
        Source of chance, number of placements, level of the band (0-1).

    Raises
    ------
    UsageError
        If shapes differ, or units are negative, missing or all zero.
    """
    found = vector("units", units, size=fair.n_areas)
    share = fair.baseline.value / fair.baseline.value.sum()
    observed = float(dissimilarity_rows(found[None, :], share)[0])
    draws = np.empty(n_draws)
    at_once = max(1, _CELLS_AT_ONCE // fair.n_areas)
    for start in range(0, n_draws, at_once):
        n = min(at_once, n_draws - start)
        draws[start : start + n] = dissimilarity_rows(allocations(fair, rng=rng, n_draws=n), share)
    return band_of_draws(observed, draws, level=level)
