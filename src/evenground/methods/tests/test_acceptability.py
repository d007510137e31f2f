"""Blaker's test and interval: exact, within Clopper and Pearson's, never less powerful."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from evenground.methods.acceptability import acceptability, acceptability_interval
from evenground.methods.exact_allocation import mass_function


def interval(x, n, alpha=0.05):
    mass = mass_function(np.ones(n, dtype=np.int64))
    low, high = acceptability_interval(lambda t: mass(special.expit(t)), x, alpha=alpha)
    return special.expit(low), special.expit(high)


def p_value(x, n, chance):
    return acceptability(stats.binom.pmf(np.arange(n + 1), n, chance)[None, :], x)[0]


@given(st.integers(1, 120), st.data())
@settings(max_examples=60)
def test_interval_lies_within_clopper_and_pearson(n, data):
    x = data.draw(st.integers(0, n))
    low, high = interval(x, n)
    outer = stats.binomtest(x, n).proportion_ci(0.95, method="exact")
    assert outer.low - 1e-9 <= low <= x / n <= high <= outer.high + 1e-9


@pytest.mark.parametrize("shift", [70.0, -70.0])
def test_limits_beyond_where_it_looks_are_left_open(shift):
    """Seen where nearly nothing or nearly all was due: the interval grows, and stays one."""
    mass = mass_function(np.ones(5, dtype=np.int64))
    low, high = acceptability_interval(lambda t: mass(special.expit(t + shift)), 3, alpha=0.05)
    assert (low, high) == ((-np.inf, -40.0) if shift > 0 else (40.0, np.inf))
    near_low, near_high = acceptability_interval(lambda t: mass(special.expit(t)), 3, alpha=0.05)
    assert low <= near_low - shift < near_high - shift <= high


@pytest.mark.parametrize("n", [5, 20, 57])
def test_interval_covers_every_probability_at_least_as_often_as_it_says(n):
    limits = np.array([interval(x, n) for x in range(n + 1)])
    for chance in np.linspace(0.003, 0.997, 313):
        covered = (limits[:, 0] <= chance) & (chance <= limits[:, 1])
        assert stats.binom.pmf(np.arange(n + 1), n, chance)[covered].sum() >= 0.95 - 1e-9


@given(st.integers(1, 80), st.data(), st.floats(0.02, 0.98))
@settings(max_examples=60)
def test_interval_and_p_value_agree(n, data, chance):
    x = data.draw(st.integers(0, n))
    low, high = interval(x, n)
    if p_value(x, n, chance) > 0.05 + 1e-9:
        assert low - 1e-9 <= chance <= high + 1e-9


@given(st.integers(1, 150), st.data(), st.floats(0.02, 0.98))
@settings(max_examples=80)
def test_rejects_whatever_the_usual_exact_test_rejects(n, data, chance):
    """Never more cautious than R's binom.test, which SciPy follows, at the 5 % level."""
    x = data.draw(st.integers(0, n))
    if stats.binomtest(x, n, chance).pvalue < 0.05 - 1e-9:
        assert p_value(x, n, chance) <= 0.05 + 1e-9


@given(st.integers(1, 100), st.data())
@settings(max_examples=40)
def test_swapping_the_groups_mirrors_the_interval(n, data):
    x = data.draw(st.integers(0, n))
    low, high = interval(x, n)
    other_low, other_high = interval(n - x, n)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1e-9)


def test_the_ends_are_open_where_nothing_or_everything_was_seen():
    assert interval(0, 10)[0] == 0
    assert interval(10, 10)[1] == 1
