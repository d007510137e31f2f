"""The readings behind an episode, and the one at which it begins."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
import pytest

from evenground.errors import UsageError
from evenground.questions.data.measures.network.conversions import conversions
from evenground.questions.data.measures.network.episodes import Episode
from evenground.questions.data.measures.network.readings import (
    Columns,
    exact_start,
    readings_within,
)

DAY = 86_400_000_000
KNOWN = {one.name: one for one in conversions()}


def episode(sensor="a", start=2, end=4, column="v"):
    return Episode(sensor=sensor, column=column, start_day=start, end_day=end, last_day=9)


def test_readings_of_the_days_and_the_sensor():
    time = np.arange(10 * 4, dtype=np.int64) * (DAY // 4)
    columns = {
        "s": ["a"] * 40 + ["b"] * 40, "t": np.tile(time, 2), "r": np.arange(80),
        "v": np.arange(80.0),
    }  # fmt: skip
    table = ibis.duckdb.connect().create_table("rows", pa.table(columns))
    where = Columns(sensor="s", time="t", row="r")
    found = readings_within(table, where, [episode(), episode("b", 9, None)]).to_pyarrow()
    assert sorted(found.column("row").to_pylist()) == [*range(8, 16), *range(76, 80)]
    wider = readings_within(table, where, [episode()], beside=1).count().to_pyarrow().as_py()
    assert wider == 16
    for wrong in ([], [episode(), episode(column="w")]):
        with pytest.raises(UsageError):
            readings_within(table, where, wrong)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["miles_to_kilometres", "celsius_to_fahrenheit", "tens_to_ones"])
def test_the_first_reading_in_the_other_unit(name, seed):
    rng = np.random.default_rng(seed)
    times = np.arange(3 * 288, dtype=np.int64) * (DAY // 288) + 4 * DAY
    t = times / DAY
    values = 20 + 5 * np.sin(2 * np.pi * t) + rng.normal(0, 0.7, times.size)
    begin = int(rng.integers(300, 560))
    values[begin:] = KNOWN[name].applied(values[begin:])
    found = exact_start(times, values, 5, KNOWN[name])
    assert abs(found - int(times[begin])) <= 2 * (DAY // 288)


def test_a_day_without_readings_begins_at_midnight():
    times = np.array([0, 2 * DAY], dtype=np.int64)
    assert exact_start(times, np.array([1.0, 10.0]), 1, KNOWN["tens_to_ones"]) == DAY
