"""Exact distributions of units in a group, checked by enumeration and simulation."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.exact_allocation import (
    compound_binomial,
    compound_hypergeometric,
    lattice,
    mass_function,
)

small = st.lists(st.integers(1, 6), min_size=1, max_size=7)


def enumerated(units, chance):
    """Go through every way that places can fall."""
    mass = np.zeros(sum(units) + 1)
    for inside in product((0, 1), repeat=len(units)):
        k = sum(inside)
        mass[int(np.dot(inside, units))] += chance**k * (1 - chance) ** (len(units) - k)
    return mass


@given(small, st.floats(0, 1))
def test_compound_binomial_is_what_enumeration_gives(units, chance):
    grid = lattice(units)
    step = round(grid.step)
    exact = mass_function(grid.steps)(chance)[0]
    assert np.allclose(exact, enumerated(units, chance)[::step], atol=1e-13)


@given(st.integers(1, 400), st.floats(1e-9, 1 - 1e-9))
def test_single_units_are_binomial(n, chance):
    found = compound_binomial(np.ones(n), chance)
    assert np.allclose(found.probability, stats.binom.pmf(np.arange(n + 1), n, chance), atol=1e-12)


def test_large_binomials_keep_their_precision():
    found = compound_binomial(np.ones(2_000), 0.3)
    assert found.upper(700) == pytest.approx(stats.binom.sf(699, 2_000, 0.3), rel=1e-9)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=5), st.integers(0, 6))
def test_compound_hypergeometric_is_what_enumeration_gives(units, inside):
    seats = 6
    mass = np.zeros(sum(units) + 1)
    for chosen in permutations(range(seats), len(units)):
        mass[sum(u for u, seat in zip(units, chosen, strict=True) if seat < inside)] += 1
    found = compound_hypergeometric(units, n_candidates=seats, n_candidates_inside=inside)
    expected = mass / mass.sum()
    at = np.rint(found.support).astype(int)
    assert np.allclose(found.probability, expected[at], atol=1e-12)


def test_many_candidates_keep_their_precision():
    found = compound_hypergeometric(np.ones(300), n_candidates=900, n_candidates_inside=90)
    x = np.arange(301)
    assert np.allclose(found.probability, stats.hypergeom.pmf(x, 900, 90, 300), atol=1e-11)


@given(small, st.floats(0.01, 0.99))
def test_mean_follows_the_chance_and_tails_add_up(units, chance):
    found = compound_binomial(units, chance)
    assert found.mean == pytest.approx(chance * sum(units))
    for value in found.support:
        assert found.mid_p_lower(value) + found.mid_p_upper(value) == pytest.approx(1)
        assert found.lower(value) + found.upper(value) >= 1 - 1e-9


@given(small, st.floats(0.05, 0.95), st.sampled_from([0.5, 2.0, 12.5]))
def test_the_unit_of_measurement_changes_nothing(units, chance, factor):
    one = compound_binomial(units, chance)
    other = compound_binomial(np.array(units) * factor, chance)
    assert np.allclose(one.support * factor, other.support)
    assert np.allclose(one.probability, other.probability)


def test_units_without_a_common_step_are_rounded_and_said_so():
    units = np.random.default_rng(1).uniform(1, 9, 40)
    found = compound_binomial(units, 0.4)
    assert not found.is_exact
    assert found.mean == pytest.approx(0.4 * units.sum(), rel=1e-3)
    spread = np.sqrt(found.probability @ (found.support - found.mean) ** 2)
    assert spread == pytest.approx(np.sqrt(0.24 * (units**2).sum()), rel=1e-3)


def test_simulation_agrees():
    rng = np.random.default_rng(3)
    units = rng.integers(1, 12, 60)
    found = compound_binomial(units, 0.3)
    drawn = (rng.random((40_000, 60)) < 0.3) @ units
    for value in (80, 110, 140):
        assert found.lower(value) == pytest.approx((drawn <= value).mean(), abs=0.01)
    assert found.quantile(0.5) == pytest.approx(np.median(drawn), abs=2)


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        compound_binomial([1, 2], 1.2)
    with pytest.raises(UsageError):
        compound_binomial([0, 0], 0.5)
    with pytest.raises(UsageError):
        compound_hypergeometric([1, 1, 1], n_candidates=2, n_candidates_inside=1)
