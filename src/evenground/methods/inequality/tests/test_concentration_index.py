"""The concentration index and its relatives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality import concentration_index, concentration_index_rows, gini

areas = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=12
).filter(lambda rows: sum(value * people for value, people, _ in rows) > 0)


def by_covariance(values, rank_by, weights):
    """Return ``2 cov(h, R) / mean`` with each person's rank looked up one by one."""
    x, r, w = (np.array(a, float) for a in (values, rank_by, weights))
    rank = np.array([(w[r < one].sum() + w[r == one].sum() / 2) / w.sum() for one in r])
    mean = w @ x / w.sum()
    return 2 * (w @ ((x - mean) * (rank - 0.5))) / w.sum() / mean


def test_worked_by_hand():
    # Equal thirds at ranks 1/6, 1/2, 5/6; the last has all: 2 × (1/3)(1/3) × 3 = 2/3.
    assert concentration_index([0, 0, 1], [1, 2, 3]).standard == pytest.approx(2 / 3)
    assert concentration_index([1, 0, 0], [1, 2, 3]).standard == pytest.approx(-2 / 3)
    # All of one rank: nobody is ahead.
    assert concentration_index([1, 0, 4], [5, 5, 5]).standard == pytest.approx(0)
    tied = concentration_index([0, 1, 1], [1, 2, 2], weights=[2, 1, 1])
    assert tied.standard == pytest.approx(0.5)


def test_five_groups_by_the_sum_over_groups():
    """``C = 2/mean Σ share h R - 1``, summed group by group (Kakwani and others 1997, eq. 3)."""
    people = [29_939, 28_776, 26_528, 24_689, 19_739]
    values = [154.7, 152.9, 119.5, 86.9, 54.3]
    total, below, by_rank, mean = sum(people), 0.0, 0.0, 0.0
    for n, value in zip(people, values, strict=True):
        share = n / total
        by_rank += share * value * (below + share / 2)
        mean += share * value
        below += share
    found = concentration_index(values, range(5), weights=people)
    assert found.standard == pytest.approx(2 * by_rank / mean - 1, abs=1e-12)
    assert found.standard == pytest.approx(-0.1694, abs=5e-5)


@given(areas)
def test_is_the_covariance_with_the_fractional_rank(rows):
    values, people, rank = zip(*rows, strict=True)
    found = concentration_index(values, rank, weights=people)
    assert found.standard == pytest.approx(by_covariance(values, rank, people), abs=1e-12)
    assert found.generalised == pytest.approx(found.standard * found.mean, abs=1e-12)


@given(areas)
def test_no_rank_concentrates_more_than_the_values_themselves(rows):
    values, people, rank = zip(*rows, strict=True)
    most = gini(values, people)
    assert abs(concentration_index(values, rank, weights=people).standard) <= most + 1e-12
    own = concentration_index(values, values, weights=people).standard
    assert own == pytest.approx(most, abs=1e-12)


@given(areas)
def test_the_share_who_have_it_not_is_as_unequal(rows):
    """The mirror property: Erreygers' and Wagstaff's indices only change their sign."""
    values, people, rank = (np.array(column) for column in zip(*rows, strict=True))
    if (people @ (50 - values)) <= 0:
        return
    has = concentration_index(values / 50, rank, weights=people, bounds=(0, 1))
    lacks = concentration_index(1 - values / 50, rank, weights=people, bounds=(0, 1))
    assert lacks.erreygers == pytest.approx(-has.erreygers, abs=1e-12)
    assert lacks.wagstaff == pytest.approx(-has.wagstaff, abs=1e-9)
    assert abs(has.erreygers) <= 1 + 1e-12


def test_bounded_indices_by_hand():
    # Half at rank 1/4 without, half at rank 3/4 with: C = 1/2, mean 1/2.
    found = concentration_index([0, 1], [1, 2], bounds=(0, 1))
    assert (found.standard, found.erreygers, found.wagstaff) == pytest.approx((0.5, 1.0, 1.0))
    wide = concentration_index([0, 1], [1, 2], bounds=(0, 4))
    assert wide.erreygers == pytest.approx(4 * 0.5 / 4 * 0.5)
    assert wide.wagstaff == pytest.approx(0.5 * 4 * 0.5 / (3.5 * 0.5))
    assert concentration_index([0, 1], [1, 2]).erreygers is None
    assert np.isnan(concentration_index([1, 1], [1, 2], bounds=(0, 1)).wagstaff)


@pytest.mark.parametrize("n", [2, 5, 50])
def test_correction_for_groups_of_equal_size(n):
    """Of a straight line over people, n equal groups hide a part of which nothing is left."""
    middle = (np.arange(n) + 0.5) / n
    found = concentration_index(middle, middle, weights=np.full(n, 7.0))
    assert found.corrected == pytest.approx(found.standard * n**2 / (n**2 - 1))
    assert found.corrected == pytest.approx(1 / 3)


@pytest.mark.parametrize("seed", [1, 2])
def test_correction_for_groups_of_unequal_size(seed):
    people = np.random.default_rng(seed).integers(1, 40, 9)
    middle = (np.cumsum(people) - people / 2) / people.sum()
    found = concentration_index(middle, middle, weights=people)
    assert found.corrected == pytest.approx(1 / 3)


def test_one_rank_has_nothing_to_correct():
    assert concentration_index([3, 4], [1, 1]).corrected == 0.0


def test_rows_without_anything_to_share_are_missing():
    rows = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    found = concentration_index_rows(np.array([0.0, 2.0]), rows, rank_by=np.array([2.0, 1.0]))
    assert np.isnan(found[:2]).all()
    assert found[2] == pytest.approx(-0.5)


@pytest.mark.parametrize("bounds", [(0, 3), (2, 9), (5, 5), (9, 0)])
def test_wrong_bounds_are_refused(bounds):
    with pytest.raises(UsageError):
        concentration_index([1, 4], [1, 2], bounds=bounds)


def test_wrong_use_is_refused():
    for rank in ([1], [1, np.nan]):
        with pytest.raises(UsageError):
            concentration_index([1, 4], rank)
    with pytest.raises(UsageError):
        concentration_index([0, 0], [1, 2])
