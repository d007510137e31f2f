"""Readings by day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.measures.series.daily import by_day, day_edges, days_of

NONE = np.empty(0, dtype=np.int64)
HOUR = 3_600_000_000
DAY = 24 * HOUR


def test_a_day_has_a_lower_median_ends_and_a_smallest_step():
    at = np.array([1, 2, 3, 4, 30, 31]) * HOUR
    values = np.array([4.0, 1.0, 1.5, 9.0, 7.0, 7.0])
    days = days_of(day_edges(at), values, others=NONE, nulls=NONE)
    assert days.day.tolist() == [0, 1]
    assert days.n.tolist() == [4, 2]
    assert days.median.tolist() == [1.5, 7.0]
    assert days.low.tolist() == [1.0, 7.0]
    assert days.high.tolist() == [9.0, 7.0]
    assert days.resolution[0] == 0.5
    assert np.isnan(days.resolution[1])


def test_a_day_without_a_reading_is_there_with_what_is_missing():
    at = np.array([1, 2, 25, 49]) * HOUR
    values = np.array([1.0, np.nan, np.nan, np.inf])
    others, nulls = np.array([1, 2, 3]), np.array([1, 2])
    days = days_of(day_edges(at), values[:1], others=others, nulls=nulls)
    assert days.day.tolist() == [0, 1, 2]
    assert days.n.tolist() == [1, 0, 0]
    assert days.n_null.tolist() == [1, 1, 0]
    assert np.isnan(days.median[1:]).all()


def test_days_before_1970_and_far_apart():
    at = np.array([-1, 0, 400_000 * DAY])
    days, edges = day_edges(at)
    assert days.tolist() == [-1, 0, 400_000]
    assert edges.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("sizes", [[3, 3, 3], [1, 40, 2, 0, 5], [2, 1, 3]])
def test_values_are_ordered_within_days(sizes):
    n = np.array(sizes)
    values = np.random.default_rng(1).random(int(n.sum()))
    expected = [np.sort(part) for part in np.split(values, np.cumsum(n)[:-1])]
    assert by_day(values, n).tolist() == np.concatenate(expected).tolist()


@given(
    st.lists(
        st.tuples(st.integers(0, 5 * 24 - 1), st.sampled_from([-0.0, 0.0, 0.1, 0.3, 5.0])),
        min_size=1,
        max_size=60,
        unique_by=lambda row: row[0],
    )
)
def test_every_reading_is_in_its_day(rows):
    rows.sort()
    at = np.array([hour for hour, _ in rows]) * HOUR
    values = np.array([value for _, value in rows])
    days = days_of(day_edges(at), values, others=NONE, nulls=NONE)
    for day, n, median, low, high in zip(
        days.day, days.n, days.median, days.low, days.high, strict=True
    ):
        own = sorted(value for hour, value in rows if hour // 24 == day)
        assert n == len(own)
        assert (low, median, high) == (own[0], own[-(-n // 2) - 1], own[-1])
    assert days.n.sum() == len(rows)
