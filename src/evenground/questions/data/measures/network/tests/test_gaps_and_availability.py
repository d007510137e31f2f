"""Whether gaps come regardless of hour, weekday and area, and which share of readings is there."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.network.availability import availability
from evenground.questions.data.measures.network.gap_clusters import gap_clusters
from evenground.questions.data.measures.series.folded import folded_schema

DAY = 86_400_000_000
EVERY = 300_000_000


def gap(time, n=2):
    return {"start": int(time), "end": int(time) + EVERY * (n + 1), "n_missing": n}


def folded(gaps, missing=None):
    n = 365 * DAY // EVERY
    rows = [
        {
            "sensor": f"s{i}", "first": 0, "last": 365 * DAY, "cadence": EVERY, "n_expected": n,
            "n_missing": sum(one["n_missing"] for one in some) if missing is None else missing[i],
            "gaps": some, "values": [], "days": [],
        }
        for i, some in enumerate(gaps)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=folded_schema())


def bursts(rng, n_sensors=10):
    """Return gaps at random times, each followed by more of them within hours."""
    found = []
    for _ in range(n_sensors):
        some = []
        for begin in rng.integers(0, 365 * DAY, rng.poisson(8)):
            now = int(begin)
            for _ in range(rng.geometric(0.4)):
                now += int(rng.integers(3e8, 3e9))
                some.append(gap(now))
        found.append(some)
    return found


def test_gaps_in_bursts_are_no_clusters():
    """With bursts counted one by one, most would seem to cluster; the test keeps its 5 %."""
    areas = {f"s{i}": "ab"[i % 2] for i in range(10)}
    p_values = []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        table = folded(bursts(rng), [int(n) for n in rng.gamma(0.5, 500, size=10)])
        p_values.append([one.p_value for one in gap_clusters(table, areas)])
    below = (np.array(p_values) < 0.05).mean(axis=0)
    assert (below <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_gaps_at_three_in_the_morning_and_on_mondays(seed):
    rng = np.random.default_rng(seed)
    nightly = [
        [gap(day * DAY + 3 * 3_600_000_000 + rng.integers(0, 3e9)) for day in range(0, 365, 9)]
        for _ in range(4)
    ]
    hour, week = gap_clusters(folded(nightly))
    assert (hour.clusters, hour.where, hour.share) == (True, "3", 1)
    assert hour.said().parameters["from"] == "03:00"
    assert hour.low > 0.9
    assert week.clusters is False
    mondays = [[gap(day * DAY + rng.integers(0, DAY)) for day in range(4, 365, 7)]]
    hour, week = gap_clusters(folded(mondays))
    assert hour.clusters is False
    assert (week.clusters, week.where) == (True, "0")  # 1970-01-05 was a Monday
    assert week.said().parameters["day"].code == "weekday.monday"


def test_areas_whose_sensors_miss_more():
    missing = [100, 140, 120, 90, 8_000, 9_000, 7_000, 9_500]
    areas = {f"s{i}": "south" if i >= 4 else "north" for i in range(8)}
    table = folded([[] for _ in range(8)], missing)
    *_, plain = gap_clusters(table, areas)
    assert plain.where == "south"
    assert plain.low > 0.05
    assert plain.p_value == pytest.approx(2 / 70)  # 2 of 70 ways to deal out 8 sensors
    assert plain == gap_clusters(table, areas, rng=np.random.default_rng(1))[-1]
    # One of 70 ways is more than 1 %, so that nothing could set chance aside.
    assert (plain.clusters, plain.reason.code) == (None, "reason.gap_clusters.area.few")


def test_little_tells_nothing():
    hour, week, area = gap_clusters(folded([[gap(DAY)]]), {"s0": "a"})
    assert {hour.clusters, week.clusters, area.clusters} == {None}
    assert [one.said() for one in (hour, week, area)] == [None] * 3
    assert hour.shown()["p_value"] is None
    assert (sum(hour.counts), sum(week.counts), area.counts) == (1, 1, ())


@pytest.mark.parametrize("hours", [3, 6, 24, 24 * 7])
def test_readings_that_are_seldom_due_tell_no_hour(hours):
    """Their gaps begin when a reading is due, at these hours and no others."""
    every = hours * 3_600_000_000
    begins = np.random.default_rng(hours).choice(2_000, 300, replace=False)
    gaps = [gap(begin * every, 1) for begin in np.sort(begins)]
    table = folded([gaps])
    seldom = table.set_column(
        table.schema.get_field_index("cadence"), table.schema.field("cadence"), pa.array([every])
    )
    hour, week = gap_clusters(seldom)
    assert hour.clusters is None
    assert week.clusters is (None if hours > 24 else False)


def test_shares_by_day(clean, fold_of):
    values = clean("flat", np.random.default_rng(1), days=5)
    values[30:48] = np.nan
    found = availability(fold_of({"a": values, "b": values[: 3 * 24]}))
    assert found.sensors == ("a", "b")
    assert found.share[0] == pytest.approx([1, 0.25, 1, 1, 1])
    assert found.share[1] == pytest.approx([1, 0.25, 1, 0, 0])
    assert found.expected[0] == pytest.approx([24] * 5)
    assert availability(fold_of({})).share.shape == (0, 0)
