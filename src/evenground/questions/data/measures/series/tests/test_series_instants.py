"""Rows at the same time, out of order and late."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.measures.series.instants import (
    instants_of,
    inversions,
    lateness,
    stretches,
)

NAN = np.nan


def times(*values):
    return np.array(values, dtype=np.int64)


def test_rows_that_repeat_exactly_are_told_from_those_that_conflict():
    at = times(1, 1, 1, 1, 2, 3, 3)
    found = instants_of(at, [np.array([5.0, 5, 6, 5, 7, NAN, NAN])])
    # At 1 there are four rows and two different ones; at 3 two that both say nothing.
    assert (found.n_exact, found.n_conflicting) == (2 + 1, 1)
    assert found.times.tolist() == [1, 2, 3]
    assert found.repeats.tolist() == [1, 2, 3, 6]


def test_a_value_and_no_value_conflict_and_the_value_is_the_reading():
    found = instants_of(times(1, 1), [np.array([NAN, 4.0])])
    assert (found.n_exact, found.n_conflicting) == (0, 1)
    assert found.readings[0].tolist() == [4.0]
    assert found.conflicts == (None,), "nothing contradicts the one value"


def test_the_reading_is_the_lowest_value_whatever_the_order():
    values = np.array([9.0, 2, 5])
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        found = instants_of(times(1, 1, 1), [values[order]])
        assert found.readings[0].tolist() == [2.0]
        assert found.conflicts[0].tolist() == [True]


def test_rows_are_alike_only_if_all_columns_are():
    found = instants_of(times(1, 1), [np.array([1.0, 1]), np.array([2.0, 3])])
    assert (found.n_exact, found.n_conflicting) == (0, 1)


def test_without_columns_every_repeated_row_is_exact():
    found = instants_of(times(1, 1, 1, 2), [])
    assert (found.n_exact, found.n_conflicting) == (2, 0)


def test_minus_zero_is_zero():
    found = instants_of(times(1, 1), [np.array([0.0, -0.0])])
    assert (found.n_exact, found.n_conflicting) == (1, 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([1.0, 2.0, NAN]), st.sampled_from([0.0, NAN])),
        min_size=1,
        max_size=30,
    )
)
def test_counts_are_those_of_plain_sets(rows):
    rows = sorted(rows, key=lambda row: row[0])
    at = times(*(row[0] for row in rows))
    columns = [np.array([row[i] for row in rows]) for i in (1, 2)]
    found = instants_of(at, columns)
    kinds = {(t, str(a), str(b)) for t, a, b in rows}
    instants = {t for t, _, _ in rows}
    assert found.n_exact == len(rows) - len(kinds)
    assert found.n_conflicting == len(kinds) - len(instants)
    assert found.repeats.size == len(rows) - len(instants)


def test_inversions_are_rows_earlier_than_the_row_before():
    # By time 1 2 3 4; in the file they lie as 2 1 4 3.
    assert inversions(times(1, 2, 3, 4), times(1, 0, 3, 2)).tolist() == [0, 2]
    assert inversions(times(1, 2, 3, 4), times(0, 1, 2, 3)).size == 0


def test_the_sensor_beside_is_no_matter_to_order():
    # Two sensors by turns, each in order: looked at together, every second row would be earlier.
    together = times(10, 1, 11, 2, 12, 3)
    for rows in (times(0, 2, 4), times(1, 3, 5)):
        assert inversions(together[rows], rows).size == 0
    assert inversions(np.sort(together), np.argsort(together)).size > 0


def test_lateness_is_counted_beyond_the_tolerance():
    at = times(0, 10, 20, 30)
    found = lateness(at, times(1, 15, 100, 31), None, tolerance=20)
    assert found.late.tolist() == [2]
    assert (found.median, found.high) == (1, 80)


def test_rows_whose_arrival_is_unknown_are_left_out():
    known = np.array([True, False])
    found = lateness(times(0, 0), times(5, 0), known, tolerance=1)
    assert (found.late.tolist(), found.median) == ([0], 5)
    assert lateness(times(0), times(0), np.array([False]), tolerance=1) is None


@pytest.mark.parametrize(
    ("starts", "sizes", "rows"), [([2, 7], [2, 3], [2, 3, 7, 8, 9]), ([], [], [])]
)
def test_stretches_name_their_places(starts, sizes, rows):
    assert stretches(times(*starts), times(*sizes)).tolist() == rows
