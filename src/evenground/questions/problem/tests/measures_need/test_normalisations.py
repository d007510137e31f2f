"""Indicators without units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.problem.measures.normalisations import (
    Normalisation,
    normalised,
    on_one_to_hundred,
)

tables = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 8), st.integers(1, 4)),
    elements=st.integers(-50, 50).map(float),
)
every = pytest.mark.parametrize("method", list(Normalisation))


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("min-max", [0, 0.25, 0.25, 1]),
        ("rank", [1, 2.5, 2.5, 4]),
        ("percentile", [0.125, 0.5, 0.5, 0.875]),
        ("distance to best", [0, 0.2, 0.2, 0.8]),
        ("z-score", [-1.5 / np.sqrt(3), -0.5 / np.sqrt(3), -0.5 / np.sqrt(3), 2.5 / np.sqrt(3)]),
    ],
)
def test_by_hand(method, expected):
    """2, 4, 4, 10: mean 5, squares 9 + 1 + 1 + 25 = 36, divided by 3 is 12, so sd = 2 sqrt 3."""
    found = normalised([[2.0], [4], [4], [10]], method=method)[:, 0]
    assert found == pytest.approx(expected)


def test_less_can_be_more_need():
    found = normalised([[2.0, 2.0], [4, 4], [10, 10]], [1, -1], method="min-max")
    assert found[:, 1] == pytest.approx(1 - found[:, 0])


def test_stretched_for_geometric_means():
    assert on_one_to_hundred(np.array([[0.0], [1], [3]]))[:, 0].tolist() == [1, 34, 100]


@given(tables)
def test_as_scipy_has_it(table):
    ranks = normalised(table, method="rank")
    assert ranks == pytest.approx(stats.rankdata(table, axis=0))
    spread = np.ptp(table, axis=0) > 0
    z = normalised(table, method="z-score")
    assert z[:, spread] == pytest.approx(stats.zscore(table[:, spread], ddof=1, axis=0))
    assert not z[:, ~spread].any()


@every
@given(table=tables, power=st.integers(-3, 3), random=st.randoms(use_true_random=False))
def test_neither_unit_nor_order_of_rows_matters(method, table, power, random):
    first = normalised(table, method=method)
    assert normalised(table * 2.0**power, method=method) == pytest.approx(first)
    order = random.sample(range(len(table)), len(table))
    assert normalised(table[order], method=method) == pytest.approx(first[order])


@every
@given(table=tables)
def test_more_is_never_less_need(method, table):
    found = normalised(table, method=method)
    for column in range(table.shape[1]):
        order = np.argsort(table[:, column], kind="stable")
        assert (np.diff(found[order, column]) >= -1e-12).all()
        turned = normalised(table, -np.ones(table.shape[1]), method=method)
        assert (np.diff(turned[order, column]) <= 1e-12).all()


@pytest.mark.parametrize(
    ("values", "directions", "method"),
    [([[1.0], [np.nan]], None, "rank"), ([[1.0], [2]], [0], "rank"), ([[1.0], [2]], [1, 1], "rank"),
     ([[1.0], [2]], None, "borda"), ([1.0, 2], None, "rank")],
)  # fmt: skip
def test_bad_input_is_refused(values, directions, method):
    with pytest.raises(UsageError):
        normalised(values, directions, method=method)
