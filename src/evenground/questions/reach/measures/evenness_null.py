"""Could chance placement look like this? The dissimilarity index under random allocation of places.

Whole units at few places are never spread evenly, so an index above zero proves nothing. The
observed index is set beside those of many placements that looked at nothing but the baseline.
Source: Carrington and Troske (1997), Journal of Business & Economic Statistics 15, 402-409 (indexes
against random allocation); here places are drawn, and units at one place move together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.null_allocation import FairDraw, allocations
from evenground.methods.validation import Vector, vector
from evenground.questions.reach.measures.dissimilarity import dissimilarity_rows

_CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceBand:
    """An observed value beside what chance placement gives.

    Attributes
    ----------
    observed
        The value found.
    median, low, high
        Of chance placements: the middle, and the band that holds ``level`` of them.
    level
        0-1.
    mid_p_low, mid_p_high
        Chance of a value below (above) the observed one, plus half that of an equal one.
    exact
        Whether the distribution was computed; otherwise simulated with ``n_draws``.
    n_draws
        0 if exact.
    """

    observed: float
    median: float
    low: float
    high: float
    level: float
    mid_p_low: float
    mid_p_high: float
    exact: bool
    n_draws: int

    @property
    def looks_like_chance(self) -> bool:
        """Whether the observed value is within the band: neither tail is below (1 - level)/2."""
        return min(self.mid_p_low, self.mid_p_high) > (1 - self.level) / 2


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


def band_of_draws(observed: float, draws: Vector, *, level: float) -> ChanceBand:
    """Return an observed value beside simulated ones, shape (n_draws,).

    The observed value counts as one of the draws in both tails (Davison and Hinkley 1997, section
    4.2), so that no p-value is zero.
    """
    slack = 1e-9 * max(1.0, abs(observed))
    n = draws.size
    below = float((draws < observed - slack).sum())
    equal = float((np.abs(draws - observed) <= slack).sum())
    tail = (1 - level) / 2
    low, median, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return ChanceBand(
        observed=observed,
        median=float(median),
        low=float(low),
        high=float(high),
        level=level,
        mid_p_low=(below + equal / 2 + 0.5) / (n + 1),
        mid_p_high=(n - below - equal / 2 + 0.5) / (n + 1),
        exact=False,
        n_draws=n,
    )
