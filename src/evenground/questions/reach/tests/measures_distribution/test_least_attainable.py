"""Whole units: Hamilton's own apportionment, and that nothing is more even."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.reach.measures.dissimilarity import dissimilarity_index
from evenground.questions.reach.measures.least_attainable import (
    largest_remainder,
    least_attainable_dissimilarity,
)

# United States, census of 1790, representative populations of the 15 states, and the 120 seats of
# the bill of 1792 by Hamilton's method (Balinski and Young 1982, chapter 2).
STATES_1790 = [
    630_560, 475_327, 432_879, 353_523, 331_589, 278_514, 236_841, 206_236,
    179_570, 141_822, 85_533, 70_835, 68_705, 68_446, 55_540,
]  # fmt: skip
SEATS_1792 = [21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2]


def test_published_apportionment():
    assert largest_remainder(120, STATES_1790).tolist() == SEATS_1792


@given(st.integers(1, 7), st.lists(st.integers(0, 40), min_size=1, max_size=5).filter(any))
def test_no_placement_of_whole_units_is_more_even(n_units, baseline):
    """Brute force over all placements."""
    found = least_attainable_dissimilarity(n_units, baseline)
    best = min(
        dissimilarity_index(np.bincount(chosen, minlength=len(baseline)), baseline)
        for chosen in combinations_with_replacement(range(len(baseline)), n_units)
    )
    assert found.units.sum() == n_units
    assert found.dissimilarity == pytest.approx(best, abs=1e-12)


@given(st.integers(1, 500), st.lists(st.integers(1, 900), min_size=1, max_size=40))
def test_units_stay_within_one_of_their_quota(n_units, baseline):
    quota = n_units * np.array(baseline) / sum(baseline)
    assert (np.abs(largest_remainder(n_units, baseline) - quota) < 1 + 1e-8).all()


@given(st.integers(1, 60), st.lists(st.integers(1, 90), min_size=2, max_size=12))
def test_the_unit_of_the_baseline_changes_nothing(n_units, baseline):
    scaled = [value * 0.1 for value in baseline]
    assert (largest_remainder(n_units, baseline) == largest_remainder(n_units, scaled)).all()


def test_sixty_docks_over_116_equal_areas():
    found = least_attainable_dissimilarity(60, np.ones(116))
    assert found.dissimilarity == pytest.approx(56 / 116)


def test_no_unit_is_refused():
    with pytest.raises(UsageError):
        least_attainable_dissimilarity(0, [1, 1])
