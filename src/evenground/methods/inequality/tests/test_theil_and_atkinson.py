"""Theil's T and L with their decompositions, and the Atkinson index."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality import (
    atkinson,
    atkinson_rows,
    theil_l,
    theil_l_decomposition,
    theil_l_rows,
    theil_t,
    theil_t_between_rows,
    theil_t_decomposition,
    theil_t_rows,
)

INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
areas = st.lists(
    st.tuples(st.integers(1, 50), st.integers(0, 30), st.sampled_from("abc")),
    min_size=1,
    max_size=12,
).filter(lambda rows: sum(people for _, people, _ in rows) > 0)


def test_theil_worked_by_hand():
    # One of two has all: his share 1 of a mean share 1/2.
    assert theil_t([0, 1]) == pytest.approx(math.log(2))
    assert theil_l([0, 1]) == math.inf
    # 3 people with 1 and 1 person with 5; mean 2.
    expected = (3 * 0.5 * math.log(0.5) + 2.5 * math.log(2.5)) / 4
    assert theil_t([1, 5], [3, 1]) == pytest.approx(expected)
    assert theil_l([1, 5], [3, 1]) == pytest.approx((3 * math.log(2) + math.log(0.4)) / 4)
    assert theil_t([7, 7, 7]) == theil_l([0.1, 0.1, 0.1], [1, 2, 0]) == 0.0
    assert theil_l([1, 5, 0], [3, 1, 0]) == pytest.approx(theil_l([1, 5], [3, 1]))


@pytest.mark.parametrize("seed", [1, 2])
def test_theil_of_a_lognormal(seed):
    """T and L are both half the variance of the logarithm."""
    values = np.exp(0.6 * np.random.default_rng(seed).standard_normal(200_000))
    assert theil_t(values) == pytest.approx(0.18, abs=0.003)
    assert theil_l(values) == pytest.approx(0.18, abs=0.003)


@given(areas)
def test_parts_add_up(rows):
    values, people, groups = zip(*rows, strict=True)
    t = theil_t_decomposition(values, groups, weights=people)
    mean_log = theil_l_decomposition(values, groups, weights=people)
    assert t.total == pytest.approx(theil_t(values, people), abs=1e-12)
    assert mean_log.total == pytest.approx(theil_l(values, people), abs=1e-12)
    for parts in (t, mean_log):
        assert parts.within == pytest.approx(parts.within_by_group.sum(), abs=1e-12)
        assert parts.between == pytest.approx(parts.between_by_group.sum(), abs=1e-12)
        assert min(parts.within, parts.between) >= 0
        assert parts.people_share.sum() == pytest.approx(1)
        assert parts.value_share.sum() == pytest.approx(1)


@given(areas)
def test_within_is_each_groups_own_index(rows):
    values, people, groups = (np.array(column) for column in zip(*rows, strict=True))
    t = theil_t_decomposition(values, groups, weights=people)
    for i, name in enumerate(t.groups):
        own = groups == name
        if people[own].sum():
            share = t.value_share[i] * theil_t(values[own], people[own])
            assert t.within_by_group[i] == pytest.approx(share, abs=1e-12)
        else:
            assert t.within_by_group[i] == t.between_by_group[i] == 0.0


@given(areas)
def test_between_rows(rows):
    values, people, groups = (np.array(column) for column in zip(*rows, strict=True))
    group_of = np.unique(groups, return_inverse=True)[1]
    weights = np.vstack([people, np.ones_like(people), 0 * people]).astype(float)
    found = theil_t_between_rows(values.astype(float), weights, group_of=group_of)
    for row, one in zip(weights[:2], found, strict=False):
        parts = theil_t_decomposition(values, groups, weights=row)
        assert one == pytest.approx(parts.between, abs=1e-12)
    assert np.isnan(found[2])


def test_a_group_that_has_nothing():
    t = theil_t_decomposition([0, 0, 4], ["a", "a", "b"])
    assert (t.within, t.between) == pytest.approx((0.0, math.log(3)))
    mean_log = theil_l_decomposition([0, 0, 4], ["a", "a", "b"])
    assert (mean_log.within, mean_log.between) == (0.0, math.inf)


def test_atkinson_worked_by_hand():
    # Square roots of 1 and 9 average to 2, so 4 each would do as well as 5 on average.
    assert atkinson([1, 9], aversion=0.5) == pytest.approx(1 - 4 / 5)
    # The geometric mean is 3; the harmonic mean is 1.8.
    assert atkinson([1, 9], aversion=1) == pytest.approx(1 - 3 / 5)
    assert atkinson([1, 9], aversion=2) == pytest.approx(1 - 1.8 / 5)
    assert atkinson([1, 9, 9], [3, 2, 1], aversion=1) == pytest.approx(1 - 3 / 5)
    assert atkinson([1, 9], aversion=0) == pytest.approx(0.0, abs=1e-15)
    # With nothing for one of two, half of the square root of 4 is the root of 1.
    assert atkinson([0, 4], aversion=0.5) == pytest.approx(0.5)
    assert atkinson([0, 4], aversion=1) == atkinson([0, 4], aversion=3) == 1.0
    assert atkinson([0, 4], [0, 1], aversion=3) == 0.0


def test_atkinson_in_print():
    """The R package ineq (Zeileis 2014) on its example incomes: 0.1796591 and 0.3518251."""
    assert atkinson(INCOMES, aversion=0.5) == pytest.approx(0.1796591, abs=5e-8)
    assert atkinson(INCOMES, aversion=1) == pytest.approx(0.3518251, abs=5e-8)


@given(areas)
def test_atkinson_at_one_is_that_of_the_mean_log_deviation(rows):
    values, people, _ = zip(*rows, strict=True)
    assert atkinson(values, people, aversion=1) == pytest.approx(
        1 - math.exp(-theil_l(values, people)), abs=1e-12
    )


@given(areas, st.floats(0, 4))
def test_atkinson_grows_with_aversion_and_does_not_jump(rows, aversion):
    values, people, _ = zip(*rows, strict=True)
    found = [atkinson(values, people, aversion=aversion + more) for more in (0, 1e-9, 0.5)]
    assert found[0] <= found[1] + 1e-12
    assert found[1] <= found[2] + 1e-12
    assert found[1] == pytest.approx(found[0], abs=1e-7)
    near = [atkinson(values, people, aversion=one) for one in (1 - 1e-10, 1, 1 + 1e-10)]
    assert near == pytest.approx([near[1]] * 3, abs=1e-8)


def test_great_aversion_sees_only_the_least():
    assert atkinson([1e-3, 1, 2], aversion=400) == pytest.approx(1 - 1e-3, abs=1e-5)


def test_rows_without_anything_to_share_are_missing():
    values, rows = np.array([0.0, 2.0]), np.array([[1.0, 0.0], [0.0, 0.0]])
    for kernel in (theil_t_rows, theil_l_rows):
        assert np.isnan(kernel(values, rows)).all()
    for aversion in (0.5, 1.0, 2.0):
        assert np.isnan(atkinson_rows(values, rows, aversion=aversion)).all()


def test_wrong_use_is_refused():
    for aversion in (-1, math.nan, math.inf):
        with pytest.raises(UsageError):
            atkinson([1, 2], aversion=aversion)
    for measure in (theil_t, theil_l):
        with pytest.raises(UsageError):
            measure([1, -2])
    with pytest.raises(UsageError):
        theil_t_decomposition([1, 2], ["a"])
