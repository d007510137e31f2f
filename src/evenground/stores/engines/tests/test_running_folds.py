"""Folds get whole series, in order, however their rows lie and however many scans it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.stores.engines import scattering
from evenground.stores.engines.bucketed import fold_series, shares
from evenground.stores.engines.opening import duckdb_connection
from evenground.stores.engines.ordered import cut_where_changed, fold_batches
from evenground.stores.engines.running import run_fold


@dataclass
class Listing:
    """A fold that says what it was given, either way."""

    over: Any
    values: tuple[str, ...] = ("x", "y")
    flags: bool = False
    by: tuple[str, ...] = ("sensor",)
    order_by: tuple[str, ...] = ("time", "row")
    most_held: int = 0

    def step(self, state, batch):
        state = pa.Table.from_batches([batch] if state is None else [*state.to_batches(), batch])
        self.most_held = max(self.most_held, state.num_rows)
        return state

    def finish(self, state):
        timed = state.filter(state["time"].is_valid())
        columns = {name: timed[name].to_pylist() for name in timed.column_names if name != "sensor"}
        return self._row(state["sensor"][0].as_py(), columns, state.num_rows - timed.num_rows)

    def for_rows(self, n_rows):
        self.n_rows = n_rows
        return self

    def of_arrays(self, *, sensor, times, values, rows, arrived, arrived_known, n_without_time):
        columns = {"time": times.tolist()}
        if rows is not None:
            columns["row"] = rows.tolist()
        if arrived is not None:
            known = np.ones(times.size, dtype=bool) if arrived_known is None else arrived_known
            columns["arrived"] = [
                int(t) if k else None for t, k in zip(arrived, known, strict=True)
            ]
        for name, held in values.items():
            columns[name] = [None if np.isnan(value) else float(value) for value in held]
        return self._row(sensor, columns, n_without_time)

    def folded(self, found):
        return pa.concat_tables(found)

    def _row(self, sensor, columns, n_without_time):
        said = sorted(columns.items())
        return pa.table(
            {"sensor": [sensor], "said": [repr(said)], "n_without_time": [n_without_time]}
        )


def rows_of(rng, n, *, sensors=7, mixed=True):
    """Return rows of several sensors: late ones, equal times, no time, no value, no arrival."""
    time = np.sort(rng.integers(0, 3 * n, n)) if not mixed else rng.integers(0, 3 * n, n)
    names = [f"S{i:02d}" for i in range(sensors)]
    return pa.table(
        {
            "sensor": rng.choice(names, n).tolist(),
            "time": pa.array(time, mask=rng.random(n) < 0.05),
            "row": np.arange(n),
            "arrived": pa.array(time + 5, mask=rng.random(n) < 0.1),
            "x": pa.array(np.round(rng.normal(size=n), 2), mask=rng.random(n) < 0.2),
            "y": pa.array(rng.integers(0, 9, n), mask=rng.random(n) < 0.2),
        }
    )


@pytest.fixture
def connection() -> Iterator[Any]:
    with duckdb_connection() as opened:
        yield opened


def both(connection, table, **fast):
    """Return what a fold is given in order, and as arrays."""
    over = connection.create_table("readings", table, overwrite=True)
    over = over.mutate(x=over.x.cast("float64"), y=over.y.cast("float64"))
    fold = Listing(over=over, flags=True)
    return run_fold(fold, fast=False), fold.folded(fold_series(fold, **fast))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("working_bytes", [10**9, 4_000])
def test_arrays_hold_what_an_ordered_stream_holds(connection, seed, compiled, working_bytes):
    table = rows_of(np.random.default_rng(seed), 700, mixed=seed % 2 == 0)
    ordered, arrays = both(connection, table, compiled=compiled, working_bytes=working_bytes)
    assert ordered.num_rows == 7
    assert arrays.to_pylist() == ordered.to_pylist()


def test_without_flags_rows_are_numbered_within_their_series(connection):
    table = rows_of(np.random.default_rng(3), 300)
    over = connection.create_table("readings", table)
    fold = Listing(over=over, values=())
    seen = []
    fold.of_arrays = lambda **series: seen.append(series) or pa.table({})
    fold_series(fold)
    for series in seen:
        order = np.argsort(series["rows"])
        assert sorted(series["rows"].tolist()) == list(range(series["times"].size))
        arrived = [row for row in table.to_pylist() if row["sensor"] == series["sensor"]]
        times = [row["time"] for row in arrived if row["time"] is not None]
        assert series["times"][order].tolist() == times


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("turns", ["one after another", "by chance"])
def test_names_are_told_apart_however_they_come(connection, compiled, turns):
    names = ["", "S1", "S10", "S1é", "a rather long name of a sensor", "ä"]
    rng = np.random.default_rng(1)
    which = np.tile(np.arange(6), 50) if turns == "one after another" else rng.integers(0, 6, 300)
    table = rows_of(rng, 300).set_column(0, "sensor", pa.array([names[i] for i in which]))
    ordered, arrays = both(connection, table, compiled=compiled)
    assert arrays["sensor"].to_pylist() == names
    assert arrays.to_pylist() == ordered.to_pylist()


def test_a_few_late_rows_and_many(connection):
    table = rows_of(np.random.default_rng(2), 400, mixed=False)
    time = np.array(table["time"].to_pylist(), dtype=float)
    for late in ([5, 90, 91, 200], range(0, 400, 2)):
        held = time.copy()
        held[list(late)] -= 60
        column = pa.array(held, mask=np.isnan(held)).cast(pa.int64())
        several = [
            both(connection, table.set_column(1, "time", column), compiled=compiled)
            for compiled in (True, False)
        ]
        assert all(arrays.to_pylist() == ordered.to_pylist() for ordered, arrays in several)


def test_loops_are_compiled_where_nothing_can_be_kept():
    asked = []

    def njit(**how):
        asked.append(how)
        if how.get("cache"):
            raise RuntimeError("no locator available")
        return lambda loop: loop

    assert scattering._kept(njit, len) is len
    assert asked == [{"nogil": True, "cache": True}, {"nogil": True}]


def test_the_loops_as_they_stand_name_and_order():
    names = scattering.Names.of(["a", "ab", "b"])
    column = pa.array(["b", "a", "ab", "b", "a", "ab", "c"])
    _, offsets, text = column.buffers()
    codes = np.empty(7, dtype=np.int32)
    starts, letters = np.frombuffer(offsets, np.int32), np.frombuffer(text, np.uint8)
    # Each is searched for once, "a" being guessed before anything is known but "b" came first.
    assert scattering.name_loop(starts, letters, names, codes) == 4
    assert codes.tolist() == [2, 0, 1, 2, 0, 1, -1]
    order = np.empty(4, dtype=np.int64)
    assert scattering.order_loop(np.array([1, 3, 2, 2]), order)
    assert order.tolist() == [0, 2, 3, 1]
    assert not scattering.order_loop(np.arange(40)[::-1], np.empty(40, dtype=np.int64))


def test_rows_that_come_in_another_order_than_they_lie_are_put_right(connection):
    table = rows_of(np.random.default_rng(5), 500)
    turned = table.take(pa.array(np.random.default_rng(6).permutation(500)))
    expected, _ = both(connection, table)
    ordered, arrays = both(connection, turned)
    assert ordered.equals(expected)
    assert arrays.to_pylist() == expected.to_pylist()


def test_a_table_without_rows_sensors_or_values(connection):
    empty = rows_of(np.random.default_rng(0), 10).slice(0, 0)
    over = connection.create_table("readings", empty)
    fold = Listing(over=over)
    assert fold_series(fold) == []
    nameless = rows_of(np.random.default_rng(0), 10).set_column(
        0, "sensor", pa.nulls(10, pa.string())
    )
    over = connection.create_table("readings", nameless, overwrite=True)
    found = fold_series(Listing(over=over))
    assert [one["sensor"][0].as_py() for one in found] == [""]


def test_series_without_any_time_are_handed_over_empty(connection):
    table = rows_of(np.random.default_rng(0), 40, sensors=2)
    table = table.set_column(1, "time", pa.nulls(40, pa.int64()))
    found = fold_series(Listing(over=connection.create_table("readings", table)))
    assert [one["n_without_time"][0].as_py() for one in found] == [
        table["sensor"].to_pylist().count(name) for name in ("S00", "S01")
    ]


def test_a_state_is_finished_as_soon_as_its_key_changes(connection, monkeypatch):
    monkeypatch.setattr("evenground.stores.engines.streaming.BATCH_ROWS", 50)
    table = rows_of(np.random.default_rng(1), 4_000, sensors=40)
    fold = Listing(over=connection.create_table("readings", table))
    assert run_fold(fold, fast=False).num_rows == 40
    assert fold.most_held <= max(Counter(table["sensor"].to_pylist()).values())


def test_progress_rises_to_one_and_may_stop_the_work(connection):
    table = rows_of(np.random.default_rng(1), 900)
    fold = Listing(over=connection.create_table("readings", table))
    said = []
    run_fold(fold, working_bytes=9_000, progress=lambda part, _: said.append(part))
    assert said == sorted(said)
    assert said[-1] == 1.0

    def stop(_part, _what):
        raise KeyboardInterrupt

    for fast in (True, False):
        with pytest.raises(KeyboardInterrupt):
            run_fold(fold, fast=fast, progress=stop)


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 200))
def test_scans_take_every_series_once_and_no_more_rows_than_they_may(sizes, most):
    n_timed = np.array(sizes, dtype=np.int64)
    found = list(shares(n_timed, most=most))
    assert [i for s in found for i in range(s.first, s.first + s.starts.size)] == [
        *range(len(sizes))
    ]
    for share in found:
        part = n_timed[share.first : share.first + share.starts.size]
        assert share.total == part.sum()
        assert share.starts.tolist() == (np.cumsum(part) - part).tolist()
        assert share.total <= most or part.size == 1


@given(st.lists(st.tuples(st.sampled_from("ab"), st.one_of(st.none(), st.integers(0, 2)))))
def test_batches_are_cut_where_any_key_changes(keys):
    batch = pa.RecordBatch.from_pydict(
        {"one": [key for key, _ in keys], "two": pa.array([key for _, key in keys], pa.int64())}
    )
    parts = list(cut_where_changed(batch, ("one", "two")))
    assert [key for key, part in parts for _ in range(part.num_rows)] == keys
    assert all(one[0] != following[0] for one, following in pairwise(parts))


def test_a_series_that_spans_batches_is_one_state():
    batches = [
        pa.RecordBatch.from_pydict({"sensor": [name] * 3, "time": [1, 2, 3], "row": [1, 2, 3]})
        for name in "aabbbc"
    ]
    found = pa.concat_tables(fold_batches(Listing(over=None, values=()), batches))
    assert found["sensor"].to_pylist() == ["a", "b", "c"]
    assert found["said"].to_pylist()[1].count("3") == 6


@pytest.mark.parametrize("fast", [True, False])
def test_a_fold_may_look_at_some_series_again(connection, fast):
    table = rows_of(np.random.default_rng(1), 300)

    class Twice(Listing):
        def follow_up(self, folded):
            wanted = folded["sensor"].to_pylist()[::2]
            return Listing(over=self.over.filter(self.over.sensor.isin(wanted)), values=("x",))

    over = connection.create_table("readings", table)
    found = run_fold(Twice(over=over), fast=fast).to_pylist()
    assert [row["sensor"] for row in found] == [f"S{i:02d}" for i in range(7)]
    assert [fast and "'y'" not in row["said"] for row in found] == [
        fast and i % 2 == 0 for i in range(7)
    ]
