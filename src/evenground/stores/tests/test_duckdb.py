from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from evenground.stores import duckdb
from evenground.stores.duckdb import collect

PEOPLE = pa.table(
    {
        "area_id": ["b", "a", "a", "c"],
        "group": ["total", "young", "total", "total"],
        "count": [2.0, 1.0, None, 4.0],
    }
)


def test_expressions_give_sorted_rows():
    def prepare(tables, _case):
        people = tables["people"]
        return {"known": people.filter(people["count"].notnull()).select("area_id", "count")}

    found = collect({"people": PEOPLE}, prepare, None)
    assert found["known"].to_pylist() == [
        {"area_id": "a", "count": 1.0},
        {"area_id": "b", "count": 2.0},
        {"area_id": "c", "count": 4.0},
    ]


def test_the_same_rows_in_any_order_give_the_same_table():
    def prepare(tables, _case):
        people = tables["people"]
        total = people["count"].sum()
        return {"sums": people.group_by("group").agg(total=total, n=people.count())}

    rng = np.random.default_rng(1)
    numbers = pa.table(
        {"group": rng.choice(["x", "y"], 50_000), "count": rng.normal(size=50_000) * 1e6}
    )
    first = collect({"people": numbers}, prepare, None)["sums"]
    again = collect({"people": numbers}, prepare, None)["sums"]
    assert first.equals(again)
    assert first["group"].to_pylist() == ["x", "y"]


def test_tables_may_be_joined_and_the_input_is_left_alone():
    areas = pa.table({"area_id": ["a", "b"], "name": ["A", "B"]})
    before = PEOPLE.slice(0)

    def prepare(tables, _case):
        return {"both": tables["areas"].join(tables["people"], "area_id")}

    found = collect({"people": PEOPLE, "areas": areas}, prepare, None)["both"]
    assert found.num_rows == 3
    assert PEOPLE.equals(before)


def test_an_empty_result_keeps_its_columns():
    def prepare(tables, _case):
        return {"none": tables["people"].filter(tables["people"].group == "nobody")}

    found = collect({"people": PEOPLE}, prepare, None)["none"]
    assert found.num_rows == 0
    assert found.column_names == ["area_id", "group", "count"]


@dataclass
class Runs:
    """Count runs of rising numbers within each group: an answer that needs the rows in order."""

    over: Any
    by: tuple[str, ...] = ("group",)
    order_by: tuple[str, ...] = ("at",)
    seen: list[int] = field(default_factory=list)

    def step(self, state, batch):
        last, runs = state or (None, 0)
        for value in batch.column("value").to_pylist():
            runs += last is None or value < last
            last = value
        self.seen.append(batch.num_rows)
        return last, runs

    def finish(self, state):
        return pa.table({"runs": [0 if state is None else state[1]]})


@pytest.mark.parametrize("batch", [3, 100_000])
def test_a_fold_gets_its_rows_in_order_with_a_state_for_each_group(monkeypatch, batch):
    monkeypatch.setattr("evenground.stores.engines.streaming.BATCH_ROWS", batch)
    table = pa.table(
        {
            "group": ["y"] * 4 + ["x"] * 5,
            "at": [4, 3, 2, 1, 1, 2, 3, 4, 5],
            "value": [1, 2, 3, 4, 1, 2, 1, 2, 0],
        }
    )

    def prepare(tables, _case):
        return {"runs": Runs(over=tables["series"])}

    found = collect({"series": table}, prepare, None)["runs"]
    assert found.to_pylist() == [{"group": "x", "runs": 3}, {"group": "y", "runs": 4}]


def test_a_fold_over_nothing_finishes_once():
    def prepare(tables, _case):
        series = tables["series"]
        return {"runs": Runs(over=series.filter(series.at > 99))}

    table = pa.table({"group": ["x"], "at": [1], "value": [1]})
    assert collect({"series": table}, prepare, None)["runs"].to_pylist() == [{"runs": 0}]


def test_only_tables_that_are_looked_at_are_handed_over(monkeypatch):
    opened = []

    def prepare(tables, _case):
        assert ("ballots" in tables, [*tables], len(tables)) == (True, ["people", "ballots"], 2)
        return {"people": tables["people"], "again": tables["people"]}

    def noted(connection, name, table, opens=duckdb._opened):
        opened.append(name)
        return opens(connection, name, table)

    monkeypatch.setattr(duckdb, "_opened", noted)
    found = collect({"people": PEOPLE, "ballots": PEOPLE}, prepare, None)
    assert (sorted(found), opened) == (["again", "people"], ["people"])
