"""Drift: planted beside a network, alone, and seasons that are none."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.language import language
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.network.daily import daily
from evenground.questions.data.measures.network.drift import drift, drift_episodes
from evenground.questions.data.measures.network.ramps import season_of, steepest
from evenground.questions.data.measures.network.reference import Places
from evenground.questions.data.wording.network import NETWORK


def drift_of(series, fold_of, places=None):
    return drift_episodes(daily(fold_of(series), "value"), [], places)


def drifting(values, start, *, per_day=24, per_30_days=1.0, until=None):
    days = np.arange(values.size) / per_day
    passed = np.clip(days - start, 0, None if until is None else until - start)
    return values + per_30_days * passed / 30


@pytest.mark.parametrize(("n", "days"), [(6, 120), (12, 200), (10, 365)])
def test_one_standard_deviation_of_noise_in_thirty_days(common, fold_of, n, days):
    hits = false = missed = 0
    for seed in range(5):
        rng = np.random.default_rng(seed)
        network = common(n, rng, days=days)
        sensor = f"s{int(rng.integers(n)):02d}"
        start = int(rng.integers(days // 4, days // 2))
        network[sensor] = drifting(network[sensor], start, per_30_days=rng.choice([-1.0, 1.0]))
        found = {one.sensor for one in drift_of(network, fold_of).episodes}
        hits, false, missed = (
            hits + (sensor in found), false + len(found - {sensor}), missed + (sensor not in found)
        )  # fmt: skip
    assert 2 * hits / (2 * hits + false + missed) >= 0.8


@pytest.mark.parametrize("seed", range(4))
def test_networks_without_drift(common, fold_of, seed):
    found = drift_of(common(12, np.random.default_rng(seed), days=300), fold_of)
    assert found.episodes == []
    assert (found.n_told, found.n_alone) == (12, 0)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("amplitude", "late"), [(1.3, 0), (1.0, 15), (1.2, 10)])
def test_a_sensor_with_seasons_of_its_own_does_not_drift(fold_of, seed, amplitude, late):
    rng = np.random.default_rng(seed)
    t = np.arange(400 * 24) / 24

    def season(a, b):
        return 12 - 10 * a * np.cos(2 * np.pi * (t - 20 - b) / 365.25)

    series = {f"s{i}": season(1, 0) + rng.normal(size=t.size) for i in range(8)}
    series["s0"] = season(amplitude, late) + rng.normal(size=t.size)
    assert drift_of(series, fold_of).episodes == []


def test_start_and_size(common, fold_of):
    network = common(10, np.random.default_rng(4), days=200)
    network["s03"] = drifting(network["s03"], 80, per_30_days=1.5)
    (one,) = drift_of(network, fold_of).episodes
    assert one.sensor == "s03"
    assert abs(one.start_day - 18_080) <= 10
    assert one.end_day is None
    assert one.figures["low"] <= 1.5 <= one.figures["high"]
    assert one.figures["low"] > 1
    assert one.figures["noise_sd_per_30_days"] == pytest.approx(1.3, abs=0.3)


def test_a_drift_that_is_put_right_ends(common, fold_of):
    network = common(10, np.random.default_rng(5), days=240)
    values = drifting(network["s01"], 60, per_30_days=2, until=140)
    values[140 * 24 :] -= 2 * 80 / 30
    network["s01"] = values
    found = drift_of(network, fold_of).episodes
    assert {one.sensor for one in found} == {"s01"}
    assert any(one.end_day is not None and one.end_day <= 18_142 for one in found)


def test_a_lone_sensors_drift_is_not_told(common, fold_of):
    network = common(5, np.random.default_rng(6), days=120)
    network["s00"] = drifting(network["s00"], 20, per_30_days=5)
    found = drift_of(network, fold_of)
    assert (found.episodes, found.n_told, found.n_alone) == ([], 0, 5)
    check = drift({"value": found})
    assert check.status is Status.NOT_ESTABLISHED
    assert check.reason.code == "reason.drift.too_few_neighbours"
    said = language("en").say(NETWORK[check.reason.code], check.reason.parameters)
    assert "reference" in said


def test_a_few_days_tell_nothing(common, fold_of):
    check = drift({"value": drift_of(common(9, np.random.default_rng(7), days=20), fold_of)})
    assert check.status is Status.NOT_ESTABLISHED
    assert check.reason.code == "reason.drift.too_few_days"


def test_neighbours_are_the_nearest(common, fold_of):
    """Two towns, far apart, of which the larger drifts as a whole: beside it nobody drifts."""
    rng = np.random.default_rng(8)
    network = common(18, rng, days=150)
    for i in range(11):
        network[f"s{i:02d}"] = drifting(network[f"s{i:02d}"], 40, per_30_days=3)
    x = np.array([i * 10.0 if i < 11 else 1e6 + i * 10.0 for i in range(18)])
    places = Places(tuple(network), x, np.zeros(18))
    near = {one.sensor for one in drift_of(network, fold_of, places).episodes}
    all_ = {one.sensor for one in drift_of(network, fold_of).episodes}
    assert not near & {f"s{i:02d}" for i in range(11)}
    assert all_ & {f"s{i:02d}" for i in range(11, 18)}


@pytest.mark.parametrize("seed", [1, 2])
def test_shift_of_units_and_order_of_sensors_are_irrelevant(common, fold_of, seed):
    network = common(8, np.random.default_rng(seed), days=150)
    network["s02"] = drifting(network["s02"], 50, per_30_days=2)
    one = drift_of(network, fold_of).episodes
    turned = {code: network[code] * 10 + 7 for code in reversed(network)}
    other = drift_of(turned, fold_of).episodes
    assert [e.sensor for e in one] == [e.sensor for e in other] == ["s02"]
    ten_times = 10 * one[0].figures["per_30_days"]
    assert other[0].figures["per_30_days"] == pytest.approx(ten_times, rel=0.02)


def test_a_ramp_without_noise_is_its_slope():
    day = np.arange(100)
    rng = np.random.default_rng(9)
    y = np.where(day > 40, (day - 40) * 0.1, 0.0) + rng.normal(0, 0.001, 100)
    season = season_of(day, np.zeros(100), np.empty((0, 100)))
    found = steepest(y, season)
    assert found.slope == pytest.approx(0.1, rel=0.01)
    assert abs(found.start - 40) <= 2
    assert steepest(y[:10], season_of(day[:10], np.zeros(10), np.empty((0, 10)))) is None
