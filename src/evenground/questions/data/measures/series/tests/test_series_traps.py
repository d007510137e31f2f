"""Traps that others fall into: a check that cannot fire, and one that looks across sensors."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.faults.clean import KINDS, clean_network
from evenground.questions.data.measures.series.rules import SeriesRules
from evenground.questions.data.measures.series.series import Series, audit_series

NOTHING = SeriesRules()
EVERY = 300_000_000


def audited(times, values, rows=None):
    return audit_series(Series(times=times, values={"v": values}, rows=rows), rules=NOTHING)


@pytest.mark.parametrize("kind", KINDS)
def test_the_flat_line_test_fires_without_being_told_anything(kind):
    """A default that no data can reach would say that all is well."""
    network = clean_network(np.random.default_rng(1), kind=kind, sensors=1, days=10)
    values = network.value.copy()
    at_noon = 5 * 288 + 144
    values[at_noon : at_noon + 60] = values[at_noon]
    assert audited(network.time, values).columns[0].n_stuck_runs == 1


@pytest.mark.parametrize("hours", [1 / 60, 1 / 12, 0.5, 1, 24])
def test_the_flat_line_test_fires_at_any_cadence(hours):
    rng = np.random.default_rng(2)
    values = np.round(rng.normal(10, 2, 2_000), 1)
    values[500:600] = values[500]
    times = np.arange(values.size) * round(hours * 3_600_000_000)
    assert audited(times, values).columns[0].n_stuck_runs == 1


def test_order_is_looked_at_sensor_by_sensor():
    """Rows of many sensors go back in time wherever one follows another, and nothing is wrong."""
    n, sensors = 50, 4
    time = np.tile(np.arange(n) * EVERY, sensors)  # one sensor's rows after another's
    rows = np.arange(time.size)
    assert (np.diff(time) < 0).sum() == sensors - 1, "looked at together, they go back"
    for sensor in range(sensors):
        own = slice(sensor * n, (sensor + 1) * n)
        assert audited(time[own], np.arange(n, dtype=float), rows[own]).n_inversions == 0
    swapped = rows[:n].copy()
    swapped[[10, 11]] = swapped[[11, 10]]
    assert audited(time[:n], np.arange(n, dtype=float), swapped).n_inversions == 1


def test_order_is_seen_after_the_rows_were_sorted():
    """Sorting by time before the test would find every file in order."""
    values = np.arange(100, dtype=float)
    rows = np.random.default_rng(3).permutation(100)
    backwards = int((np.diff(np.argsort(rows)) < 0).sum())
    assert audited(np.arange(100) * EVERY, values, rows).n_inversions == backwards > 0


def test_a_repeated_row_is_not_a_stuck_reading():
    values = np.round(np.random.default_rng(4).normal(10, 2, 500), 1)
    times = np.concatenate([np.arange(500), np.repeat(250, 40)]) * EVERY
    found = audited(times, np.concatenate([values, np.repeat(values[250], 40)]))
    assert (found.n_exact, found.columns[0].n_stuck_runs) == (40, 0)


def test_not_a_number_is_nothing_and_does_not_spread():
    values = np.round(np.random.default_rng(5).normal(10, 2, 500), 1)
    values[100] = np.nan
    column = audited(np.arange(500) * EVERY, values).columns[0]
    assert column.n_null == 1
    assert np.isfinite([column.median, column.scale, column.low, column.high]).all()
    assert np.isfinite(column.days.median).all()
