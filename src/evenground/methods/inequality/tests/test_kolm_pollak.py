"""The Kolm-Pollak index: worked by hand, and by what is known of a normal distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality import atkinson, fitted_kappa, kolm_pollak, kolm_pollak_rows

areas = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30)), min_size=1, max_size=12).filter(
    lambda rows: sum(value * people for value, people in rows) > 0
)


def test_worked_by_hand():
    # exp(-x) of 0 and ln 3 are 1 and 1/3, on average 2/3: ln 1.5 for all would be as good.
    found = kolm_pollak([0, math.log(3)], kappa=1)
    assert found.equally_distributed == pytest.approx(math.log(1.5))
    assert found.index == pytest.approx(math.log(3) / 2 - math.log(1.5))
    # As a burden: 1 and 3 average to 2, and ln 2 exceeds the mean.
    burden = kolm_pollak([0, math.log(3)], kappa=-1)
    assert burden.equally_distributed == pytest.approx(math.log(2))
    assert burden.index == pytest.approx(math.log(2) - math.log(3) / 2)
    assert kolm_pollak([4, 4], [1, 9], kappa=0.3).index == 0.0
    assert fitted_kappa([1, 3], [2, 1], aversion=-0.5) == pytest.approx(-0.5 * 5 / 11)


@pytest.mark.parametrize("kappa", [0.5, -0.5])
@pytest.mark.parametrize("seed", [1, 2])
def test_of_a_normal_distribution(kappa, seed):
    """Its moment generating function makes the index ``|kappa| × variance / 2``."""
    values = 3 + 2 * np.random.default_rng(seed).standard_normal(400_000)
    assert kolm_pollak(values, kappa=kappa).index == pytest.approx(abs(kappa) * 2, abs=0.02)


@given(areas, st.sampled_from([-2.0, -0.1, 0.1, 2.0]), st.integers(-20, 20))
def test_adding_to_all_changes_only_the_level(rows, kappa, more):
    values, people = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    before = kolm_pollak(values, people, kappa=kappa)
    after = kolm_pollak(values + more, people, kappa=kappa)
    assert after.index == pytest.approx(before.index, abs=1e-11)
    assert after.equally_distributed == pytest.approx(before.equally_distributed + more, abs=1e-11)
    assert (before.equally_distributed <= before.mean + 1e-11) == (
        kappa > 0
    ) or before.index < 1e-11


@given(areas, st.floats(0.1, 3), st.sampled_from([1.0, 1000.0]))
def test_fitted_to_the_data_it_follows_the_unit(rows, aversion, unit):
    values, people = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    kappa = fitted_kappa(values, people, aversion=aversion)
    scaled = fitted_kappa(unit * values, people, aversion=aversion)
    one = kolm_pollak(values, people, kappa=kappa).index
    other = kolm_pollak(unit * values, people, kappa=scaled).index
    assert other == pytest.approx(unit * one, rel=1e-9, abs=1e-9)


def test_small_differences_agree_with_atkinson():
    """To second order both are half the aversion times the squared coefficient of variation."""
    values = 100 + np.array([-1.0, 0.5, 0.5, 2, -2])
    kappa = fitted_kappa(values, aversion=0.8)
    found = kolm_pollak(values, kappa=kappa)
    assert found.index / found.mean == pytest.approx(atkinson(values, aversion=0.8), rel=0.02)


def test_far_values_do_not_overflow():
    assert kolm_pollak([0, 1e6], kappa=1).equally_distributed == pytest.approx(math.log(2))
    assert kolm_pollak([0, 1e6], kappa=-1).equally_distributed == pytest.approx(1e6 - math.log(2))


def test_many_rows():
    rows = np.array([[1.0, 1.0], [3.0, 1.0], [0.0, 0.0]])
    found = kolm_pollak_rows(np.array([0.0, 2.0]), rows, kappa=0.4)
    assert found[:2] == pytest.approx([kolm_pollak([0, 2], w, kappa=0.4).index for w in rows[:2]])
    assert np.isnan(found[2])


def test_wrong_use_is_refused():
    for kappa in (0, math.nan, math.inf):
        with pytest.raises(UsageError):
            kolm_pollak([1, 2], kappa=kappa)
    with pytest.raises(UsageError):
        kolm_pollak([1, math.nan], kappa=1)
    with pytest.raises(UsageError):
        fitted_kappa([0, 0], aversion=1)
