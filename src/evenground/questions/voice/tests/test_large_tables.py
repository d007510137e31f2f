"""Columns of large tables as arrays: empty cells, missing columns, equal texts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.voice.large_tables import (
    listed,
    named,
    numbers,
    places_of,
    texts,
    where,
)

VOTES = pa.table(
    {
        "vote": ["a", "b", "a", None],
        "way": ["web", None, "", "paper"],
        "choices": ["2, 1", None, " ,3 ,", ""],
        "value": pa.array([1, None, -1, 0], pa.int64()),
    }
)
IN_PIECES = pa.concat_tables([VOTES.slice(0, 1), VOTES.slice(1)])
each = pytest.mark.parametrize("table", [VOTES, IN_PIECES], ids=["whole", "in pieces"])


@each
def test_texts_have_places_in_order_and_empty_cells_have_none(table):
    known, places = named(table, "way")
    assert known == ["paper", "web"]
    assert places.tolist() == [1, -1, -1, 0]
    assert texts(table, "way") == ["web", None, None, "paper"]


@each
def test_items_between_commas_keep_their_row(table):
    items, rows = listed(table, "choices")
    assert items.to_pylist() == ["2", "1", "3"]
    assert rows.tolist() == [0, 0, 2]
    assert places_of(items, ["1", "2"]).tolist() == [1, 0, -1]


@each
def test_rows_and_numbers(table):
    assert where(table, "vote", "a")["value"].to_pylist() == [1, -1]
    np.testing.assert_array_equal(numbers(table, "value"), [1.0, np.nan, -1.0, 0.0])


def test_a_column_that_is_not_there_is_empty():
    assert texts(VOTES, "age") == [None] * 4
    assert np.isnan(numbers(VOTES, "age")).all()
    assert listed(VOTES, "age")[1].size == 0
    assert listed(VOTES.slice(0, 0), "choices")[1].size == 0
    assert texts(VOTES.slice(0, 0), "way") == []
