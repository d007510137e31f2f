"""Values in another unit: planted for good, for some days, for one day, and not at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.language import language
from evenground.questions.data.measures.faults.planting import unit_step
from evenground.questions.data.measures.faults.stream import Stream
from evenground.questions.data.measures.network.conversions import conversions
from evenground.questions.data.measures.network.daily import daily
from evenground.questions.data.measures.network.unit_jumps import unit_episodes, unit_jumps
from evenground.questions.data.wording.network import NETWORK

UNITS = (
    (1.609344, 0, "miles_to_kilometres"), (1000, 0, "thousands_to_ones"),
    (10, 0, "tens_to_ones"), (0.001, 0, "ones_to_thousands"),
    (1.8, 32, "celsius_to_fahrenheit"), (3.6, 0, "metres_per_second_to_kilometres_per_hour"),
    (0.3048, 0, "feet_to_metres"), (1 / 2.54, 0, "centimetres_to_inches"),
)  # fmt: skip


def planted(values, rng, unit, *, per_day, lasts):
    """Return values of which some come in another unit, and the day on which that begins."""
    n = values.size
    length = n if lasts is None else int(lasts * per_day)
    start = int(rng.integers(n // 4, n // 2))
    out = values.copy()
    part = slice(start, min(start + length, n))
    out[part] = out[part] * unit[0] + unit[1]
    return out, start // per_day


def found_in(clean, fold_of, kind, seed, *, lasts, n=16):
    """Return hits, false alarms and misses of unit steps planted into every series."""
    rng = np.random.default_rng(seed)
    series, truth = {}, {}
    for i in range(n):
        values = clean(kind, rng, days=200)
        unit = UNITS[i % len(UNITS)]
        series[f"s{i}"], truth[f"s{i}"] = planted(values, rng, unit, per_day=24, lasts=lasts)
    episodes = unit_episodes(daily(fold_of(series), "value"))
    right = {e.sensor for e in episodes if abs(e.start_day - 18_000 - truth[e.sensor]) <= 1}
    return len(right), len(episodes) - len(right), n - len(right)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("lasts", [None, 9.4])
@pytest.mark.parametrize("kind", ["flat", "temperature", "particles", "counts", "gamma"])
def test_units_for_good_and_for_some_days(clean, fold_of, kind, lasts, seed):
    hits, false, missed = found_in(clean, fold_of, kind, seed, lasts=lasts)
    assert 2 * hits / (2 * hits + false + missed) >= 0.9


@pytest.mark.parametrize("seed", [3, 4])
def test_a_single_day_where_days_are_alike(clean, fold_of, seed):
    rng = np.random.default_rng(seed)
    values = clean("flat", rng, days=120)
    values[50 * 24 : 51 * 24] *= 3.6
    (episode,) = unit_episodes(daily(fold_of({"a": values}), "value"))
    assert (episode.start_day, episode.end_day) == (18_050, 18_051)
    assert episode.figures["conversion"] == "metres_per_second_to_kilometres_per_hour"


@pytest.mark.parametrize("kind", ["flat", "temperature", "particles", "counts", "gamma"])
def test_clean_series_stay_clean(clean, fold_of, kind):
    rng = np.random.default_rng(5)
    series = {f"s{i}": clean(kind, rng) for i in range(25)}
    assert unit_episodes(daily(fold_of(series), "value")) == []


@pytest.mark.parametrize("seed", [6, 7])
def test_other_changes_are_no_units(clean, fold_of, seed):
    rng = np.random.default_rng(seed)
    series = {f"s{i}": clean("flat", rng, days=200) for i in range(9)}
    series["s0"][2000:] += 9  # a shift
    series["s1"][2000:] *= 1.42  # a gain that is no unit's
    series["s2"][2000:2400] = series["s2"][2000]  # stuck
    series["s3"][2000:2200] = 0  # out
    series["s4"][2000:] = np.round(series["s4"][2000:])  # a resolution
    series["s5"][::700] = 900  # spikes
    series["s6"][2000:] += np.arange(2800) / 100  # drift
    series["s7"][2000:2300] = np.nan
    assert unit_episodes(daily(fold_of(series), "value")) == []


def test_the_conversion_is_named(clean, fold_of):
    rng = np.random.default_rng(8)
    series = {}
    for i, (factor, offset, name) in enumerate(UNITS):
        values = clean("flat", rng, days=100)
        values[1500 + 24 * i :] = values[1500 + 24 * i :] * factor + offset
        series[name] = values
    check = unit_jumps(unit_episodes(daily(fold_of(series), "value")))
    assert check.count == len(UNITS)
    assert {one["sensor"]: one["conversion"] for one in check.detail["stretches"]} == {
        name: name for *_, name in UNITS
    }
    assert all(one["end"] is None for one in check.detail["stretches"])
    # One flag a day from the first that is affected on, and none before.
    assert check.flags.num_rows == sum(100 - 62 - i for i in range(len(UNITS)))


def test_a_whole_network_may_change(common, fold_of):
    network = common(8, np.random.default_rng(9), days=120)
    for values in network.values():
        values[1600:] = values[1600:] * 1.8 + 32
    assert len(unit_episodes(daily(fold_of(network), "value"))) == 8


@pytest.mark.parametrize("seed", [10, 11])
def test_planted_by_another_hand(clean, fold_of, seed):
    rng = np.random.default_rng(seed)
    series = [clean("temperature", rng, days=150) for _ in range(6)]
    n = series[0].size
    stream = Stream(
        names=tuple("abcdef"), sensor=np.repeat(np.arange(6), n),
        time=np.tile(np.arange(n) * 3_600_000_000, 6), value=np.concatenate(series),
    )  # fmt: skip
    made = unit_step(stream, rng, sensors=3, factor=1.8, offset=32)
    after = {made.stream.names[i]: v for i, v in enumerate(made.stream.value.reshape(6, n))}
    found = unit_episodes(daily(fold_of(after), "value"))
    assert {one.sensor for one in found} == {made.stream.names[i] for i in made.truth[0].sensor}


@given(st.sampled_from(conversions()), st.floats(-500, 500))
def test_what_is_undone_is_as_before(conversion, value):
    values = np.array([value])
    back = conversion.undone(conversion.applied(values))
    assert back[0] == pytest.approx(value, rel=1e-9, abs=1e-6)


def test_published_factors():
    """NIST Special Publication 811 (2008), appendix B.8, and table 8 for temperatures."""
    known = {one.name: one for one in conversions()}
    assert known["inches_of_mercury_to_hectopascals"].factor == pytest.approx(33.86389, rel=1e-7)
    assert known["miles_to_kilometres"].factor == 1.609344
    assert known["metres_per_second_to_miles_per_hour"].factor == pytest.approx(2.236936, rel=1e-6)
    hundred = np.array([100.0])
    assert known["celsius_to_fahrenheit"].applied(hundred)[0] == pytest.approx(212)
    assert known["fahrenheit_to_kelvin"].applied(np.array([212.0]))[0] == pytest.approx(373.15)


def test_every_conversion_is_said():
    assert {f"conversion.{one.name}" for one in conversions()} <= set(NETWORK)
    message = unit_jumps([]).definition
    assert "56" in language("en").say(NETWORK[message.code], message.parameters)
