"""Figures of columns are exact, and the same however rows, columns and queries lie."""

from __future__ import annotations

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.questions.data.measures.columns import column_profile
from evenground.questions.data.measures.columns.column_profile import Holds, Writing
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.stores.audited.opened import FILE, ROW

TEXTS = st.none() | st.sampled_from(["", " ", "1", "007", "2.5", "-3", "1,5", "x", "Ã©t", "N/A"])
NUMBERS = st.none() | st.sampled_from([0.0, 1.0, 100.0, -2.0, 0.5, float("inf"), float("nan")])


def profiled(columns, **how):
    plan = profile(ibis.memtable(pa.table(columns)), **how)
    found = columns_of(plan, [table.to_pyarrow() for table in plan.tables])
    return {column.name: column for column in found}


def test_positions_and_files_are_no_columns():
    assert column_profile.RESERVED == (ROW, FILE)
    assert list(profiled({"a": [1], ROW: [0], FILE: ["x"]})) == ["a"]


def test_figures_of_each_kind():
    columns = {
        "text": ["1", "2.5", None, "", "x"],
        "whole": pa.array([1, 100, None, -1, 0], pa.int32()),
        "number": [0.5, None, float("nan"), float("inf"), 2.0],
        "flag": [True, False, None, True, True],
        "when": pa.array([0, 86_400_000_000, None, 5, 5], pa.timestamp("us")),
        "list": [[1], None, [], [2], [3]],
    }
    found = profiled(columns)
    text, whole, number = found["text"], found["whole"], found["number"]
    assert [one.holds for one in found.values()] == [
        Holds.TEXT, Holds.WHOLE, Holds.NUMBER, Holds.FLAG, Holds.MOMENT, Holds.OTHER,
    ]  # fmt: skip
    assert (text.n, text.n_null, text.n_filled, text.n_distinct) == (5, 1, 3, 4)
    assert (text.low, text.high, text.n_whole, text.longest) == (1, 2.5, 1, 3)
    assert text.writings[Writing.WORDS] == 1
    assert (whole.n_null, whole.n_negative, whole.n_in_hundred, whole.n_hundred) == (1, 1, 3, 1)
    assert (number.n_null, number.n_infinite, number.low, number.high) == (2, 1, 0.5, 2)
    assert (found["flag"].n_one, found["when"].high, found["when"].n_midnight) == (
        3, 86_400_000_000, 2,
    )  # fmt: skip
    assert found["list"].n_null == 1


@settings(max_examples=8)
@given(st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=30), st.randoms())
def test_order_of_rows_and_columns_and_way_of_asking_change_nothing(rows, random):
    def columns(given_rows, names):
        held = {
            "text": pa.array([row[0] for row in given_rows], pa.string()),
            "number": pa.array([row[1] for row in given_rows], pa.float64()),
        }
        return {name: held[name] for name in names}

    found = profiled(columns(rows, ["text", "number"]))
    shuffled = random.sample(rows, len(rows))
    again = profiled(columns(shuffled, ["number", "text"]))
    apart = profiled(columns(rows, ["text", "number"]), exact_distinct=False)
    for name, column in found.items():
        skipped = {"position", "distinct_exact", "n_distinct"}
        for one in column.__dataclass_fields__.keys() - skipped:
            assert getattr(column, one) == getattr(again[name], one), one
            assert getattr(column, one) == getattr(apart[name], one), one
        assert column.n_distinct == again[name].n_distinct
    text = [row[0] for row in rows]
    assert found["text"].n_null == text.count(None)
    assert found["text"].n_distinct == len(set(text) - {None})
    assert sum(found["text"].writings.values()) == len(text) - text.count(None)


@pytest.mark.parametrize("n_columns", [1, 60, 130])
def test_wide_tables_are_asked_in_parts(n_columns):
    columns = {f"c{i}": [str(i), None] for i in range(n_columns)}
    table = ibis.memtable(pa.table(columns))
    asked = []

    def narrow(names):
        asked.append(list(names))
        return table.select(*names)

    plan = profile(table, narrow=narrow)
    found = columns_of(plan, [one.to_pyarrow() for one in plan.tables])
    assert [column.low for column in found] == list(range(n_columns))
    assert all(len(names) <= 100 for names in asked)


def test_a_table_without_rows():
    (column,) = profiled({"a": pa.array([], pa.string())}).values()
    assert (column.n, column.n_distinct, column.is_empty) == (0, 0, True)
