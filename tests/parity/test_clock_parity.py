"""Suspicious times, courses of the day and readings of an episode, the same from every engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.clocks.clock_checks import clock_checks
from evenground.questions.data.measures.clocks.clock_shifts import hourly_profile
from evenground.questions.data.measures.clocks.suspicious import Times, suspicious_times
from evenground.questions.data.measures.network.episodes import Episode
from evenground.questions.data.measures.network.readings import Columns, readings_within
from evenground.stores.engines.streaming import collected

pytestmark = [
    pytest.mark.parity,
    # Spark leaves closing the sockets that results came through to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001 - a clock on the wall
TODAY = date(2024, 6, 1)


def wall(*when):
    return (datetime(*when) - BEGINNING) // timedelta(microseconds=1)  # noqa: DTZ001


@pytest.fixture
def rows():
    rng = np.random.default_rng(1)
    hours = wall(2023, 3, 20) + np.arange(24 * 300, dtype=np.int64) * 3_600_000_000
    odd = [wall(1969, 12, 31, 20), 0, wall(1899, 12, 30), wall(1, 1, 1), wall(2030, 1, 1), None]
    times = [*hours.tolist(), *hours[-50:].tolist(), *odd]
    value = rng.normal(size=len(times)).round(3)
    return pa.table(
        {
            "s": pa.array([f"s{i % 3}" for i in range(len(times))]),
            "t": pa.array(times, pa.int64()),
            "r": pa.array(range(len(times)), pa.int64()),
            "v": pa.array(value, pa.float64()),
        }
    )


def ordered(expression):
    table = collected(expression)
    return sorted(map(tuple, (row.values() for row in table.to_pylist())), key=str)


def test_the_same_from_every_engine(duckdb_load, other_load, rows):
    here, there = duckdb_load("clock_rows", rows), other_load("clock_rows", rows)
    times = Times(column="t", zone="Europe/Stockholm", sensor="s")
    found = [suspicious_times(table, times, TODAY) for table in (here, there)]
    assert ordered(found[0]) == ordered(found[1])
    checks = [clock_checks(collected(one), times, TODAY) for one in found]
    assert [c.detail for c in checks[0]] == [c.detail for c in checks[1]]
    assert checks[0][-1].detail["kinds"]["epoch_zero"] == 2
    profiles = [ordered(hourly_profile(table, "s", "t", "v")) for table in (here, there)]
    assert [row[:3] for row in profiles[0]] == [row[:3] for row in profiles[1]]
    assert [row[3] for row in profiles[0]] == pytest.approx([row[3] for row in profiles[1]])
    day = wall(2023, 4, 1) // 86_400_000_000
    episode = Episode(sensor="s1", column="v", start_day=day, end_day=day + 2, last_day=day + 9)
    where = Columns(sensor="s", time="t", row="r")
    readings = [ordered(readings_within(table, where, [episode])) for table in (here, there)]
    assert readings[0] == readings[1]
    assert len(readings[0]) == 16
