"""Faults are where the truth says, and nowhere else."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.questions.data.measures.checks import FLAG_COLUMNS
from evenground.questions.data.measures.faults.clean import (
    KINDS,
    autoregression,
    clean_network,
)
from evenground.questions.data.measures.faults.planting import (
    drift,
    missing,
    placeholders,
    plant,
    spikes,
    stuck,
    unit_step,
    zero_dropouts,
)
from evenground.questions.data.measures.faults.rows import (
    duplicates,
    inversions,
    late_arrivals,
    wall_clock,
)
from evenground.questions.data.measures.faults.stream import Stream, truth_table

HOUR = 3_600_000_000


def network(kind="temperature", sensors=3, days=20, seed=1):
    return clean_network(np.random.default_rng(seed), kind=kind, sensors=sensors, days=days)


def rng(seed=2):
    return np.random.default_rng(seed)


def places(stream: Stream, truth):
    """Return the rows of a stream that the truth names."""
    index = {key: i for i, key in enumerate(zip(stream.sensor, stream.time, strict=True))}
    return np.array([index[key] for key in zip(truth.sensor, truth.time, strict=True)])


def changed(before: Stream, after: Stream):
    same = (before.value == after.value) | (np.isnan(before.value) & np.isnan(after.value))
    return np.flatnonzero(~same)


@pytest.mark.parametrize("kind", KINDS)
def test_clean_readings_are_regular_rounded_and_repeatable(kind):
    one, other = network(kind), network(kind)
    assert np.array_equal(one.value, other.value)
    assert np.array_equal(np.round(one.value, 1), one.value)
    assert set(np.diff(one.time[one.sensor == 0]).tolist()) == {HOUR // 12}
    assert one.names[0] == f"{kind}-001"
    assert np.isfinite(one.value).all()


def test_neighbours_share_the_weather():
    values = np.stack(np.split(network(sensors=2, days=90).value, 2))
    assert np.corrcoef(values)[0, 1] > 0.9


@pytest.mark.parametrize("keeps", [0.0, 0.5, 0.99, 0.9999])
def test_an_autoregression_keeps_what_it_should(keeps):
    x = autoregression(rng(), 200_000, keeps=keeps)
    assert np.isfinite(x).all()
    assert np.corrcoef(x[1:], x[:-1])[0, 1] == pytest.approx(keeps, abs=0.01)
    if keeps < 0.999:
        assert x.std() == pytest.approx(1, abs=0.05)


def test_missing_rows_are_those_of_the_truth():
    stream = network()
    planted = missing(stream, rng(), n=10, shortest=2, longest=40)
    truth = planted.truth[0]
    kept = set(zip(planted.stream.sensor.tolist(), planted.stream.time.tolist(), strict=True))
    gone = set(zip(truth.sensor.tolist(), truth.time.tolist(), strict=True))
    assert len(kept) + len(gone) == stream.time.size
    assert kept.isdisjoint(gone)
    assert stream.taken.sum() == 0, "the clean stream is left as it was"


@pytest.mark.parametrize(
    ("fault", "value"),
    [(partial(zero_dropouts, n=6), 0.0), (partial(placeholders, n=6, value=9999.0), 9999.0)],
)
def test_a_stretch_of_one_value(fault, value):
    stream = network("particles")
    planted = fault(stream, rng())
    rows = places(planted.stream, planted.truth[0])
    assert set(planted.stream.value[rows].tolist()) == {value}
    assert set(changed(stream, planted.stream).tolist()) == set(rows.tolist())


def test_a_stuck_stretch_repeats_its_first_reading():
    stream = network()
    planted = stuck(stream, rng(), n=8, lengths=(10, 20), nulls=0.3)
    rows = places(planted.stream, planted.truth[0])
    assert np.isfinite(planted.stream.value[rows]).all()
    assert np.isnan(planted.stream.value).sum() > 5
    starts = rows[np.diff(rows, prepend=-100) > 15]
    assert np.array_equal(planted.stream.value[starts], stream.value[starts])


def test_spikes_are_as_large_as_asked():
    stream = network()
    planted = spikes(stream, rng(), n=30, sizes=(5, 20), scale=2.0)
    rows = places(planted.stream, planted.truth[0])
    off = np.abs(planted.stream.value[rows] - stream.value[rows])
    assert rows.size == 30
    assert off.min() >= 10 - 0.1
    assert off.max() <= 40 + 0.1
    assert np.array_equal(np.round(planted.stream.value, 1), planted.stream.value)


def test_counts_do_not_fall_below_zero():
    planted = spikes(network("traffic"), rng(), n=60)
    assert planted.stream.value.min() >= 0
    assert np.array_equal(np.round(planted.stream.value), planted.stream.value)


def test_a_unit_step_stays():
    stream = network(days=40)
    planted = unit_step(stream, rng(), sensors=1, factor=1.8, offset=32.0)
    row = int(places(planted.stream, planted.truth[0])[0])
    after = np.flatnonzero(
        (stream.sensor == stream.sensor[row]) & (stream.time >= stream.time[row])
    )
    assert planted.stream.value[after] == pytest.approx(stream.value[after] * 1.8 + 32)
    assert set(changed(stream, planted.stream).tolist()) == set(after.tolist())


def test_a_drift_grows_evenly():
    stream = network(days=60)
    planted = drift(stream, rng(), sensors=1, amount=3.0, days=30)
    moved = planted.stream.value - stream.value
    rows = places(planted.stream, planted.truth[0])
    steps = np.diff(moved[rows])
    assert steps == pytest.approx(steps[0], abs=1e-9)
    assert moved[rows[0]] == 0


def test_repeated_rows_stand_at_the_end():
    stream = network()
    planted = duplicates(stream, rng(), exact=20, conflicting=10)
    n = stream.time.size
    assert planted.stream.time.size == n + 30
    assert np.array_equal(planted.stream.value[:n], stream.value)
    original = places(stream, planted.truth[0])
    differs = planted.stream.value[n:] != stream.value[original]
    assert differs.sum() == 10


def test_swapped_rows_go_back_in_time():
    stream = network()
    planted = inversions(stream, rng(), n=25)
    back = 0
    for sensor in range(3):
        own = planted.stream.time[planted.stream.sensor == sensor]
        back += int((np.diff(own) < 0).sum())
    assert back == planted.truth[0].time.size == 25


def test_late_rows_arrive_late():
    planted = late_arrivals(network(), rng(), n=15)
    delay = planted.stream.arrived - planted.stream.time
    assert (delay > HOUR).sum() == 15
    assert delay.min() >= 0
    assert "arrived" in planted.stream.table().column_names


def test_a_wall_clock_shows_an_hour_twice_and_leaves_one_out():
    utc = network(sensors=1, days=366)
    planted = wall_clock(utc, rng(), zone="Europe/Stockholm")
    local = planted.stream.time
    assert np.sum(np.diff(local) == HOUR + HOUR // 12) == 1
    assert np.sum(np.diff(local) < 0) == 1
    twice = local[np.isin(local, planted.truth[0].time)]
    assert twice.size == 2 * planted.truth[0].time.size == 24


def test_a_zone_that_never_changes_leaves_all_as_it_was():
    utc = network(sensors=1)
    planted = wall_clock(utc, rng(), zone="UTC")
    assert np.array_equal(planted.stream.time, utc.time)
    assert planted.truth[0].time.size == 0


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_faults_keep_clear_of_one_another(seed):
    faults = [
        partial(missing, n=5, longest=30), partial(stuck, n=5), partial(spikes, n=10),
        partial(zero_dropouts, n=3), partial(placeholders, n=5),
    ]  # fmt: skip
    planted = plant(network(days=10), rng(seed), faults)
    named = [
        key for t in planted.truth for key in zip(t.sensor.tolist(), t.time.tolist(), strict=True)
    ]
    assert len(named) == len(set(named))


def test_truth_has_the_columns_of_flags():
    planted = plant(
        network(), rng(), [partial(stuck, n=3), partial(duplicates, exact=4, conflicting=2)]
    )
    table = truth_table(planted)
    assert tuple(table.column_names) == FLAG_COLUMNS
    assert set(table["check"].to_pylist()) == {"stuck_runs", "duplicates"}
    assert truth_table(planted._replace(truth=())).num_rows == 0


def test_where_no_more_fit_fewer_are_planted():
    planted = stuck(network(sensors=1, days=1), rng(), n=50, lengths=(40, 50))
    assert 0 < planted.truth[0].time.size < 288
    assert missing(network(sensors=1, days=0.1), rng(), n=3, shortest=400).truth[0].time.size == 0
