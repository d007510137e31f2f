"""The Gini index and the Palma ratio: worked by hand, in print, and by slow independent code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.inequality import gini, gini_rows, palma, palma_rows

INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
areas = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=12
).filter(lambda rows: sum(value * people for value, people, _ in rows) > 0)


def mean_difference(values, weights):
    x, w = np.asarray(values, float), np.asarray(weights, float)
    apart = np.abs(x[:, None] - x[None, :]) * np.outer(w, w)
    return apart.sum() / (2 * w.sum() * (w @ x))


def person_by_person(values, people, rank, *, copies=10):
    """Give each person's ``copies`` parts a place in line; parts of equal rank are all average."""
    persons = []
    for at in sorted(set(rank)):
        here = [(v, n * copies) for v, n, r in zip(values, people, rank, strict=True) if r == at]
        n_here = sum(n for _, n in here)
        if n_here:
            persons += [sum(v * n for v, n in here) / n_here] * n_here
    n = len(persons)
    return sum(persons[n - n // 10 :]), sum(persons[: 4 * n // 10]), sum(persons)


def test_gini_worked_by_hand():
    # Two people, one has all: mean difference 1/2 × 2 of mean 1/2, halved. Three: 2/3.
    assert gini([0, 1]) == pytest.approx(0.5)
    assert gini([0, 0, 7]) == pytest.approx(2 / 3)
    # 30 people have 1 each and 10 have 5 each: of 80, the lower three quarters have 3/8.
    assert gini([1, 5], [30, 10]) == pytest.approx(0.75 - 0.375)
    assert gini([3, 3, 3], [1, 20, 0]) == 0.0


def test_gini_in_print():
    """The R package ineq (Zeileis 2014), example of its reference page, prints 0.4620911."""
    assert gini(INCOMES) == pytest.approx(0.4620911, abs=5e-8)


@given(areas)
def test_gini_is_half_the_relative_mean_difference(rows):
    values, people, _ = zip(*rows, strict=True)
    assert gini(values, people) == pytest.approx(mean_difference(values, people), abs=1e-12)


def test_palma_worked_by_hand():
    # 100 people: 40 have 1, 50 have 2, 10 have 6. Tops have 60 of 200, the bottom 40 of 200.
    found = palma([1, 2, 6], [40, 50, 10])
    assert (found.top_share, found.bottom_share) == pytest.approx((0.3, 0.2))
    assert (found.ratio, found.ratio_of_means) == pytest.approx((1.5, 6.0))
    # Both cuts divide an area: 60 have 1, 40 have 3. Bottom 40 of 180, top tenth 30 of 180.
    assert palma([1, 3], [60, 40]).ratio == pytest.approx(30 / 40)
    even = palma([5, 5, 5], [3, 1, 9])
    assert (even.ratio, even.ratio_of_means) == pytest.approx((0.25, 1.0))


def test_palma_by_income():
    # Those with the highest incomes (rank 3) have least of it.
    found = palma([4, 2, 1], [40, 50, 10], rank_by=[1, 2, 3])
    assert found.top_share == pytest.approx(10 / 270)
    assert found.ratio_of_means == pytest.approx(1 / 4)


@given(areas)
def test_palma_is_that_of_people_in_line(rows):
    values, people, rank = zip(*rows, strict=True)
    top, bottom, total = person_by_person(values, people, rank)
    found = palma(values, people, rank_by=rank)
    assert found.top_share == pytest.approx(top / total, abs=1e-12)
    assert found.bottom_share == pytest.approx(bottom / total, abs=1e-12)


def test_palma_when_the_bottom_has_nothing():
    assert palma([0, 0, 0, 1]).ratio == np.inf
    assert np.isnan(palma([0, 1, 0], [40, 30, 30], rank_by=[1, 2, 3]).ratio)
    assert np.isnan(palma_rows(np.array([0.0, 2.0]), np.array([[1.0, 0.0], [0.0, 0.0]]))).all()


def test_rows_without_anything_to_share_are_missing():
    rows = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    found = gini_rows(np.array([0.0, 2.0]), rows)
    assert np.isnan(found[:2]).all()
    assert found[2] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([1, np.nan], None),
        ([1, -1], None),
        ([1, 2], [1, -1]),
        ([1, 2], [1, 2, 3]),
        ([1, 2], [0, 0]),
        ([0, 0], None),
        ([0, 5], [3, 0]),
        ([[1, 2]], None),
    ],
)
def test_wrong_use_is_refused(values, weights):
    for measure in (gini, palma):
        with pytest.raises(UsageError):
            measure(values, weights)
