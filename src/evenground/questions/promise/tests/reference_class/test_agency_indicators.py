from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.exact_limits import share_limits
from evenground.questions.promise.measures.reference_class.indicator_ratings import (
    CANNOT,
    FULLY,
    NOT,
    PARTLY,
    delivery_records,
    indicator_ratings,
    ratings_compared,
)
from evenground.questions.promise.measures.reference_class.published_amounts import (
    published_amounts,
)

NONE = math.nan


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("90", 90),
        (" 95.5 % ", 95.5),
        ("95 per cent", 95),
        ("$1,250,000", 1_250_000),
        ("1 250 000 €", 1_250_000),
        ("12'500.5", 12_500.5),
        ("$1.2 million", 1_200_000),
        ("3k", 3_000),
        ("(12)", -12),
        ("($1,000)", -1_000),
        ("-4.87", -4.87),
        ("−5%", -5),
        ("+7", 7),
        ("$-3", -3),
        (".5", 0.5),
        ("67.230000000000004", 67.230000000000004),
        ("1.5E-2", 0.015),
        ("N/A", NONE),
        ("", NONE),
        ("about 5", NONE),
        ("5 of 8", NONE),
        ("1,2", NONE),
        ("12,34", NONE),
        ("(5", NONE),
        ("5)", NONE),
        ("%", NONE),
        (None, NONE),
    ],
)
def test_cells_are_read_as_they_stand(cell, value):
    found = published_amounts([cell])
    assert found.value == pytest.approx([value], nan_ok=True)


def test_marks_are_kept():
    found = published_amounts(["5%", "5", "$5", "5 £", "N/A"])
    assert found.per_cent.tolist() == [True, False, False, False, False]
    assert found.money.tolist() == [False, False, True, True, False]


@given(st.floats(-1e15, 1e15, allow_subnormal=False))
def test_a_number_comes_back(number):
    assert published_amounts([repr(number)]).value[0] == number


def test_ratings_by_hand():
    found = indicator_ratings(
        [100, 100, 100, 100, 10, 10, 10, 0, NONE, 100, -5, -5, 5],
        [100, 75, 74, -1, 10, 12, 20, 3, 3, 99, -6, -4, -3],
        better=["more"] * 4 + ["less"] * 3 + ["more", "more", ""] + ["less"] * 3,
    )
    assert found.rating.tolist() == [
        FULLY, PARTLY, NOT, NOT, FULLY, PARTLY, NOT, CANNOT, CANNOT, CANNOT, FULLY, PARTLY, FULLY,
    ]  # fmt: skip
    assert found.achieved == pytest.approx(
        [1, 0.75, 0.74, NONE, 1, 10 / 12, 0.5, NONE, NONE, NONE, 1.2, 0.8, NONE], nan_ok=True
    )
    assert found.has_target.sum() == 11


def test_a_target_of_nought_may_be_one():
    found = indicator_ratings(
        [0, 0, 0], [0, 2, 0], better=["less", "less", "more"], zero_is_none=False
    )
    assert found.rating.tolist() == [FULLY, NOT, FULLY]


def test_nothing_reached_is_a_share_of_nought():
    found = indicator_ratings([10, 10], [0, 0], better=["more", "less"])
    assert found.rating.tolist() == [NOT, FULLY]
    assert found.achieved[0] == 0


@given(
    st.lists(st.tuples(st.floats(0.1, 1e3), st.floats(0, 1e3), st.booleans()), min_size=1),
    st.floats(1e-6, 1e6),
)
def test_units_do_not_matter(rows, unit):
    target, actual = (np.array([row[at] for row in rows]) for at in (0, 1))
    better = ["more" if row[2] else "less" for row in rows]
    one = indicator_ratings(target, actual, better=better)
    other = indicator_ratings(target * unit, actual * unit, better=better)
    near = np.isclose(one.achieved, 1) | np.isclose(one.achieved, 0.75)
    assert (one.rating[~near] == other.rating[~near]).all()
    assert other.achieved == pytest.approx(one.achieved, rel=1e-10, nan_ok=True)


@given(st.floats(1, 100), st.floats(0, 100), st.floats(0.1, 50))
def test_more_of_what_is_better_is_never_rated_lower(target, actual, more):
    up = indicator_ratings([target] * 2, [actual, actual + more], better=["more"] * 2).rating
    down = indicator_ratings([target] * 2, [actual, actual + more], better=["less"] * 2).rating
    assert up[1] >= up[0]
    assert down[1] <= down[0]


def test_the_record_by_group_adds_up():
    ratings = indicator_ratings([10, 10, 10, 10, NONE], [10, 8, 1, 12, 3], better=["more"] * 5)
    everybody, first, second = delivery_records(ratings, ["2012", "2012", "2012", "2013", "2013"])
    assert [one.name for one in (everybody, first, second)] == ["", "2012", "2013"]
    assert (everybody.n, everybody.n_with_target, everybody.n_rated) == (5, 4, 4)
    assert (everybody.n_fully, everybody.n_partly, everybody.n_not) == (2, 1, 1)
    for count in ("n", "n_rated", "n_fully", "n_partly", "n_not"):
        assert getattr(first, count) + getattr(second, count) == getattr(everybody, count)
    low, high = share_limits(2, 4)
    assert (everybody.fully.value, everybody.fully.low, everybody.fully.high) == (0.5, low, high)


def test_a_group_without_ratings_has_no_share():
    nobody = delivery_records(indicator_ratings([NONE], [1], better=["more"]), ["x"])[1]
    assert math.isnan(nobody.fully.value)
    assert (nobody.fully.low, nobody.fully.high) == (0, 1)


def test_ratings_side_by_side():
    found = ratings_compared(
        [FULLY, PARTLY, PARTLY, NOT, CANNOT, FULLY, NOT],
        [FULLY, FULLY, PARTLY, PARTLY, FULLY, CANNOT, NOT],
    )
    assert found.table.tolist() == [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
    assert (found.n_same, found.n_published_better, found.n_published_worse) == (3, 2, 0)
    assert (found.n_only_published, found.n_only_computed) == (1, 1)
    assert found.differ.tolist() == [1, 3]


def test_wrong_use_is_refused():
    for target, actual, better in (
        ([1], [1, 2], ["more"]),
        ([1], [1], ["up"]),
        ([1], [math.inf], ["more"]),
        ([[1]], [[1]], [["more"]]),
    ):
        with pytest.raises(UsageError):
            indicator_ratings(target, actual, better=better)
    with pytest.raises(UsageError):
        indicator_ratings([1], [1], better=["more"], partly_from=1)
    with pytest.raises(UsageError):
        delivery_records(indicator_ratings([1], [1], better=["more"]), [])
    for computed, published in (([1], [1, 2]), ([3], [1]), ([1], [-2])):
        with pytest.raises(UsageError):
            ratings_compared(computed, published)
