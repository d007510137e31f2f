"""Size, coverage and power of the ratio between two groups of whole places, without simulation.

Every possible outcome is put through ``rate_ratio`` and weighted by its binomial probability, so
that what is asserted holds exactly, not within a simulation's error.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evenground.methods.margins_of_error import counts_with_margins
from evenground.questions.reach.measures.rate_ratio import rate_ratio

UNITS = (20, 50, 100, 200, 500, 1_000, 2_000)
SHARES = (0.1, 0.25, 1 / 3, 0.5, 0.8)
RATIOS = (0.5, 2 / 3, 0.8, 1.0, 1.25, 1.5, 2.0)
NEGLIGIBLE = 1e-7

pytestmark = pytest.mark.calibrate


def outcomes(n: int, share: float) -> np.ndarray:
    """Return (first, differs, usual test differs, low, high) for each outcome that may occur."""
    people = counts_with_margins([share, 1 - share], [0, 0])
    chances = [r * share / (r * share + 1 - share) for r in RATIOS]
    masses = np.array([stats.binom.pmf(np.arange(n + 1), n, c) for c in chances])
    rows = []
    for x in np.flatnonzero(masses.max(axis=0) > NEGLIGIBLE):
        inside = (np.arange(n) < x).astype(float)
        found = rate_ratio(np.ones(n), np.vstack([inside, 1 - inside]), baseline=people)
        usual = stats.binomtest(int(x), n, share).pvalue <= 0.05
        rows.append((x, found.differs, usual, found.low, found.high))
    return np.array(rows, dtype=float)


@pytest.mark.parametrize("n", UNITS)
@pytest.mark.parametrize("share", SHARES)
def test_size_coverage_and_power(n, share, tables):
    x, differs, usual, low, high = outcomes(n, share).T
    for ratio in RATIOS:
        chance = ratio * share / (ratio * share + 1 - share)
        mass = stats.binom.pmf(x, n, chance)
        power, reference = float(mass @ differs), float(mass @ usual)
        covered = float(mass[(low <= ratio * (1 + 1e-9)) & (high >= ratio * (1 - 1e-9))].sum())
        tables.add(
            "Ratio of two groups, single units: exact",
            units=n, share=float(share), ratio=float(ratio), power=power, binom_test=reference,
            coverage=covered,
        )  # fmt: skip
        if ratio == 1:
            assert power <= 0.05
        assert abs(power - reference) <= 0.02
        assert covered >= 0.95 - 1e-4
        if n * min(chance, 1 - chance, share, 1 - share) >= 100:
            assert covered <= 0.97
        if (n, share, ratio) == (200, 0.5, 1.5):
            assert round(power, 2) == 0.79
