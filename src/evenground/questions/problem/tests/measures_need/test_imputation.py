"""Missing values filled in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.problem.measures.imputation import Imputation, imputed

every = pytest.mark.parametrize("method", list(Imputation))


@st.composite
def gappy(draw):
    """Return a table in which each area and each indicator has a value."""
    n, p = draw(st.integers(4, 9)), draw(st.integers(2, 4))
    table = np.array(draw(st.lists(st.integers(-20, 20), min_size=n * p, max_size=n * p)), float)
    gaps = np.array(draw(st.lists(st.booleans(), min_size=n * p, max_size=n * p))).reshape(n, p)
    gaps[np.arange(n), np.arange(n) % p] = False
    return np.where(gaps, np.nan, table.reshape(n, p))


def test_mean_and_median_by_hand():
    table = [[1.0, 5], [2, 5], [9, 6], [np.nan, 7]]
    assert imputed(table, method="mean")[3, 0] == 4
    assert imputed(table, method="median")[3, 0] == 2


def test_nearest_neighbours_by_hand():
    """Ten areas in two heaps; the five that are like the last one have 10, the others 90."""
    like = np.r_[np.zeros(5), np.full(5, 8.0), 0.1]
    asked = np.r_[np.full(5, 10.0), np.full(5, 90.0), np.nan]
    table = np.column_stack([like, asked])
    assert imputed(table, method="nearest neighbours")[10, 1] == 10


def test_nearest_neighbours_are_those_of_a_plain_search():
    rng = np.random.default_rng(3)
    table = rng.normal(size=(60, 4))
    table[rng.random(table.shape) < 0.15] = np.nan
    table[np.isnan(table).all(axis=1), 0] = 0.0
    found = imputed(table, method="nearest neighbours")
    z = (table - np.nanmean(table, axis=0)) / np.nanstd(table, axis=0)
    for i, j in np.argwhere(np.isnan(table)):
        apart = np.array([np.nanmean((z[i] - row) ** 2) if (~np.isnan(z[i] - row)).any()
                          else np.inf for row in z])  # fmt: skip
        apart[np.isnan(table[:, j])] = np.inf
        assert found[i, j] == pytest.approx(table[np.argsort(apart)[:5], j].mean())


def test_regression_finds_a_line():
    table = np.array([[0.0, 1], [1, 3], [2, 5], [3, np.nan], [4, 9]])
    assert imputed(table, method="regression")[3, 1] == pytest.approx(7)


def test_regression_stays_within_what_was_found_elsewhere():
    table = np.array([[0.0, 1], [1, 3], [2, 5], [90, np.nan]])
    assert imputed(table, method="regression")[3, 1] == 5


@every
@given(table=gappy())
def test_known_values_stay_and_others_lie_among_them(method, table):
    found = imputed(table, method=method)
    known = ~np.isnan(table)
    assert (found[known] == table[known]).all()
    assert (found >= np.nanmin(table, axis=0) - 1e-9).all()
    assert (found <= np.nanmax(table, axis=0) + 1e-9).all()


@every
@given(table=gappy(), random=st.randoms(use_true_random=False))
def test_neither_unit_nor_order_of_rows_matters(method, table, random):
    first = imputed(table, method=method)
    order = random.sample(range(len(table)), len(table))
    assert imputed(table[order], method=method) == pytest.approx(first[order], abs=1e-7)
    times = 2.0 ** np.arange(table.shape[1])
    assert imputed(table * times, method=method) == pytest.approx(first * times, abs=1e-6)


@pytest.mark.parametrize(
    "table",
    [[[1.0, np.nan], [2, np.nan]], [[np.nan, np.nan], [2, 3]], [[np.inf, 1], [2, 3]], [1.0, 2],
     np.empty((0, 2))],
)  # fmt: skip
def test_bad_input_is_refused(table):
    with pytest.raises(UsageError):
        imputed(table)


def test_an_unknown_way_is_refused():
    with pytest.raises(UsageError):
        imputed([[1.0, 2]], method="hope")
