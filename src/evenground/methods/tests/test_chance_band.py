"""A value beside what chance gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.chance_band import band_of_distribution, band_of_draws
from evenground.methods.exact_allocation import compound_binomial
from evenground.methods.group_units import group_units_distribution
from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.null_allocation import allocations, fair_draw


def people(values, margin=0.0):
    return counts_with_margins(values, np.full(len(values), float(margin)))


def test_draws_by_hand():
    """Of 0, 1, 2, 3 one equals 2 and two are below; the value itself counts as one more."""
    band = band_of_draws(2.0, np.array([0.0, 1, 2, 3]), level=0.5)
    assert band.mid_p_low == pytest.approx((2 + 0.5 + 0.5) / 5)
    assert band.mid_p_high == pytest.approx((1 + 0.5 + 0.5) / 5)
    assert (band.low, band.median, band.high) == (0.75, 1.5, 2.25)
    assert band.two_sided_p == pytest.approx(0.8)
    assert (band.exact, band.n_draws) == (False, 4)


def test_a_binomial_by_hand():
    law = compound_binomial(np.ones(4), 0.5)
    band = band_of_distribution(0.75, law, scale=4, level=0.95)
    assert band.mid_p_high == pytest.approx(1 / 16 + 4 / 16 / 2)
    assert band.two_sided_p == pytest.approx(2 * (1 / 16 + 4 / 16 / 2))
    assert (band.low, band.median, band.high) == (0, 0.5, 1)
    assert band.exact
    assert band.looks_like_chance


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30), st.integers(-6, 6))
def test_tails_add_up_and_no_p_is_zero(draws, observed):
    band = band_of_draws(float(observed), np.array(draws, float), level=0.9)
    assert band.mid_p_low + band.mid_p_high == pytest.approx(1)
    assert 0 < band.two_sided_p <= 1


def test_units_of_a_class_of_a_group_and_of_candidates():
    fair = fair_draw(np.ones(20), people([100.0, 300]))
    of_class = group_units_distribution(fair, [1, 0])
    assert of_class.probability == pytest.approx(stats.binom.pmf(range(21), 20, 0.25))
    of_group = group_units_distribution(fair, [0.5, 0.1])
    assert of_group.mean == pytest.approx(20 * (0.25 * 0.5 + 0.75 * 0.1))
    listed = fair_draw(np.ones(10), people([1.0, 1]), candidates=[15, 5])
    found = group_units_distribution(listed, [0, 1])
    assert found.probability[:6] == pytest.approx(stats.hypergeom.pmf(range(6), 20, 5, 10))
    with pytest.raises(UsageError):
        group_units_distribution(listed, [0.5, 0.5])


def test_the_error_of_people_is_that_of_simulation():
    fair = fair_draw(np.ones(300), people([100.0, 200, 300, 400], margin=50))
    law = group_units_distribution(fair, [1, 1, 0, 0])
    drawn = allocations(fair, rng=np.random.default_rng(1), n_draws=40_000)[:, :2].sum(axis=1)
    assert law.mean == pytest.approx(drawn.mean(), abs=1.0)
    spread = np.sqrt(law.probability @ (law.support - law.mean) ** 2)
    assert spread == pytest.approx(drawn.std(), rel=0.05)
