"""The pass as a reducer over batches: where they end is no matter."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.questions.data.measures.series.fold import (
    Auditing,
    SeriesFold,
    audit_arrays,
    by_column,
    series_fold,
    series_of,
)
from evenground.questions.data.measures.series.folded import folded_schema, folded_table
from evenground.questions.data.measures.series.series import Series

MINUTE = 60_000_000


def rows(n=300, *, nulls=True):
    rng = np.random.default_rng(1)
    values = np.round(rng.normal(20, 1, n), 1)
    values[100:120] = values[100]
    other = rng.poisson(40, n).astype(float)
    empty = 50 if nulls else None
    time = [None if i == 7 and nulls else int(i) * 5 * MINUTE for i in range(n)]
    return pa.table(
        {
            "sensor": ["a"] * n,
            "time": pa.array(time, pa.int64()),
            "row": pa.array(range(n), pa.int64()),
            "arrived": pa.array([i * 5 * MINUTE + MINUTE for i in range(n)], pa.int64()),
            "v": pa.array([None if i == empty else v for i, v in enumerate(values.tolist())]),
            "w": pa.array(other),
        }
    )


def folded_by(fold, batches):
    state = None
    for batch in batches:
        state = fold.step(state, batch)
    return fold.finish(state)


FOLD = SeriesFold(over=None, values=("v", "w"), auditing=Auditing(flags=True))


def test_one_row_with_the_schema_that_was_announced():
    table = folded_by(FOLD, rows().to_batches())
    assert table.schema == folded_schema(flags=True)
    assert table.num_rows == 1
    row = table.to_pylist()[0]
    assert (row["sensor"], row["n_rows"], row["n_without_time"]) == ("a", 300, 1)
    assert (row["cadence"], row["n_missing"]) == (5 * MINUTE, 1)
    assert (row["n_inversions"], row["n_late"]) == (0, 0)
    columns = by_column(row)
    assert (columns["v"]["n"], columns["v"]["n_null"]) == (298, 1)
    assert columns["v"]["n_stuck_runs"] == 1
    assert {flag["check"] for flag in row["flags"]} >= {"stuck_runs", "nulls"}
    assert "flags" not in folded_schema().names


@settings(max_examples=20)
@given(st.lists(st.integers(1, 299), max_size=6))
def test_where_batches_end_is_no_matter(cuts):
    table = rows()
    ends = [0, *sorted(set(cuts)), table.num_rows]
    parts = [
        batch
        for first, end in pairwise(ends)
        for batch in table.slice(first, end - first).combine_chunks().to_batches()
    ]
    assert folded_by(FOLD, parts).equals(folded_by(FOLD, table.to_batches()))


def test_columns_in_another_order_find_the_same():
    turned = SeriesFold(over=None, values=("w", "v"), auditing=Auditing(flags=True))
    one, other = (folded_by(fold, rows().to_batches()).to_pylist()[0] for fold in (FOLD, turned))
    assert by_column(one) == by_column(other)


def test_arrays_find_the_same():
    table = rows(nulls=False)
    series = Series(
        sensor="a",
        times=table["time"].to_numpy(),
        values={"v": table["v"].to_numpy(), "w": table["w"].to_numpy()},
        rows=table["row"].to_numpy(),
        arrived=table["arrived"].to_numpy(),
    )
    expected = folded_by(FOLD, table.to_batches())
    assert audit_arrays(series, auditing=Auditing(flags=True)).equals(expected)
    fields = {name: getattr(series, name) for name in Series.__slots__}
    assert FOLD.folded([FOLD.of_arrays(**fields)]).equals(expected)


def test_many_rows_are_put_together_once():
    one = Auditing().audit(series_of(rows().to_batches(), ("v",)))
    together = folded_table([one] * 5)
    assert together.equals(pa.concat_tables([folded_table([one])] * 5).combine_chunks())
    assert folded_table([]).schema == folded_schema()


def test_without_sensor_and_order():
    table = rows().drop_columns(["sensor", "row", "arrived"])
    row = folded_by(FOLD, table.to_batches()).to_pylist()[0]
    assert (row["sensor"], row["n_inversions"], row["n_late"]) == ("", None, None)
    assert {flag["row"] for flag in row["flags"]} == {None}


def test_rows_without_a_place_are_ordered_by_time_alone():
    ibis = pytest.importorskip("ibis")
    schema = {"sensor": "string", "time": "int64", "row": "int64", "v": "float64"}
    assert series_fold(ibis.table(schema, name="t"), ["v"]).order_by == ("time", "row")
    del schema["row"]
    assert series_fold(ibis.table(schema, name="t"), ["v"]).order_by == ("time",)
