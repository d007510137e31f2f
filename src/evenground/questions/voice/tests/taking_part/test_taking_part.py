"""Turnout and located comments per 1,000 residents."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.boundary_assignment import assign_points
from evenground.questions.voice.measures.taking_part.located_rates import located_rates
from evenground.questions.voice.measures.taking_part.turnout import turnout

SQUARES = [shapely.box(x, 0, x + 10, 10) for x in (0, 10, 20)]


def rates(*places, residents=(1000, 500, 0), classes=(0, 1, 1)):
    """Return rates of comments at places over three squares."""
    return located_rates(
        assign_points([shapely.Point(place) for place in places], SQUARES), residents, classes
    )


def test_comments_by_hand():
    found = rates((1, 5), (2, 5), (10, 2), (15, 5), (20, 5), (99, 5))
    assert found.n == 6
    assert found.n_on_boundary == 2
    assert found.n_outside == 1
    assert found.comments.sum() == 5.0
    # The one at x = 10 is split between two classes; the one at x = 20 is in one class anyway.
    assert found.comments.tolist() == [2.5, 2.5]
    assert found.rate.tolist() == [2.5, 5.0]
    assert found.least.tolist() == [2.0, 4.0]
    assert found.most.tolist() == [3.0, 6.0]
    assert found.within.tolist() == [2.0, 2.0]
    assert found.counted_twice.tolist() == [3.0, 8.0]


def test_areas_of_no_class_are_counted_apart():
    found = rates((1, 5), (15, 5), classes=(-1, 0, 0))
    assert found.n_in_no_class == 1.0
    assert found.comments.tolist() == [1.0]


def test_where_nobody_lives_there_is_no_rate():
    assert np.isnan(rates((1, 5), residents=(0, 5, 5)).rate[0])


@pytest.mark.parametrize("classes", [(-1, -1, -1), (0, 0.5, 1), (0, 1)])
def test_classes_that_are_none_are_refused(classes):
    with pytest.raises(UsageError):
        rates((1, 5), classes=classes)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), min_size=1, max_size=30))
def test_each_comment_counts_once_and_the_rule_lies_within_the_range(places):
    found = rates(*places, residents=(1000, 500, 300), classes=(0, 1, 2))
    assert found.comments.sum() == pytest.approx(len(places))
    assert (found.least <= found.rate + 1e-12).all()
    assert (found.rate <= found.most + 1e-12).all()
    again = rates(*places[::-1], residents=(1000, 500, 300), classes=(0, 1, 2))
    np.testing.assert_allclose(again.rate, found.rate, rtol=1e-12)


@given(st.sampled_from([1, 10, 1000, 10**6]))
def test_rates_follow_the_unit_of_people(times):
    one = rates((1, 5), (15, 5), residents=(1000, 500, 7))
    other = rates((1, 5), (15, 5), residents=(1000 * times, 500 * times, 7 * times))
    np.testing.assert_allclose(other.rate * times, one.rate, rtol=1e-10)


def test_turnout_by_hand():
    found = turnout([10, 0], [100, 50], n_unknown=5)
    assert found.share.tolist() == [0.1, 0.0]
    assert found.most.tolist() == [0.15, 0.1]
    assert found.whole == 0.1
    # Clopper and Pearson's limits of 10 of 100, from tables of the binomial: 0.0490 to 0.1762.
    alone = turnout([10], [100])
    assert (alone.low[0], alone.high[0]) == pytest.approx((0.0490, 0.1762), abs=5e-5)


def test_nobody_who_could_is_no_turnout():
    found = turnout([0], [0])
    assert np.isnan(found.share[0])
    assert (found.low[0], found.high[0]) == (0.0, 1.0)
    assert np.isnan(found.whole)


@given(
    pairs=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8),
    unknown=st.integers(0, 20),
)
def test_bounds_hold_and_unknown_ones_widen_them(pairs, unknown):
    n = [min(pair) for pair in pairs]
    of = [max(pair) for pair in pairs]
    known, open_ = turnout(n, of), turnout(n, of, n_unknown=unknown)
    assert (open_.low <= known.low + 1e-15).all()
    assert (open_.high >= known.high - 1e-15).all()
    back = turnout(n[::-1], of[::-1], n_unknown=unknown)
    np.testing.assert_array_equal(back.low[::-1], open_.low)


@pytest.mark.parametrize(
    ("n", "of", "unknown"), [([3], [2], 0), ([1.5], [2], 0), ([1], [2], -1), ([1, 1], [2], 0)]
)
def test_turnout_that_cannot_be_is_refused(n, of, unknown):
    with pytest.raises(UsageError):
        turnout(n, of, n_unknown=unknown)
