"""Middle, ends, smallest step, placeholders, limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.measures.series.rules import ColumnRules
from evenground.questions.data.measures.series.spread import (
    body,
    bounds,
    n_kinds,
    resolution,
    saturation_values,
    spread,
    without_values,
)

NOTHING = ColumnRules()


def readings(n=2_000, seed=1):
    return np.sort(np.round(np.random.default_rng(seed).normal(20, 5, n), 1))


def with_values(*values):
    return np.sort(np.concatenate([readings(), np.array(values, dtype=float)]))


def limits(ascending, rules=NOTHING):
    return bounds(ascending, body(ascending), rules=rules)


def test_figures_of_an_example():
    found = spread(np.array([1.0, 2, 4, 7]))
    assert (found.median, found.low, found.high, found.resolution) == (2, 1, 7, 1)
    assert found.scale == pytest.approx(1.4826 * 1)
    assert np.isnan(spread(np.empty(0)).median)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60))
def test_median_and_scale_are_order_statistics(values):
    ascending = np.sort(np.array(values, dtype=float))
    found = spread(ascending)
    rank = -(-len(values) // 2) - 1
    assert found.median == ascending[rank]
    away = np.sort(np.abs(ascending - found.median))[rank]
    assert found.scale == pytest.approx(1.4826 * away)


def test_rounding_is_no_step():
    assert resolution(np.sort(np.array([0.1 + 0.2, 0.3, 0.4, 0.7]))) == 0.1
    assert np.isnan(resolution(np.array([3.0, 3.0])))


def test_limits_lie_far_beyond_most_readings():
    found = limits(readings())
    assert found.least < -400
    assert found.most > 400
    assert found.placeholders == ()


def test_declared_limits_hold():
    found = limits(with_values(-999), ColumnRules(low=-10, high=60))
    assert (found.least, found.most, found.placeholders) == (-10, 60, (-999,))


@pytest.mark.parametrize("value", [-999.0, -9999.0, 9999.0, 65535.0, 999999.0, 1e20, -3.4e38])
def test_placeholders_far_off_are_told(value):
    assert limits(with_values(value, value)).placeholders == (value,)


def test_a_value_among_others_is_no_placeholder():
    counts = np.sort(np.random.default_rng(2).poisson(950, 3_000)).astype(float)
    assert 999.0 in counts
    assert limits(counts).placeholders == ()


def test_minus_one_is_a_placeholder_only_of_what_cannot_be_negative():
    counts = np.sort(np.random.default_rng(3).poisson(2, 3_000)).astype(float)
    assert limits(np.sort(np.append(counts, -1.0))).placeholders == (-1.0,)
    frost = np.sort(np.round(np.random.default_rng(3).normal(4, 2.5, 3_000)))
    assert -1.0 in frost
    assert limits(frost).placeholders == ()


def test_a_placeholder_does_not_widen_what_is_usual():
    assert limits(with_values(*[-999.0] * 300)).most == pytest.approx(
        limits(readings()).most, rel=0.02
    )


def test_readings_that_are_all_alike_have_no_limits():
    found = limits(np.full(50, 3.0))
    assert (found.least, found.most) == (-np.inf, np.inf)


def heaped(value, n, *others):
    return np.sort(np.concatenate([readings(), np.full(n, value), np.array(others, dtype=float)]))


def test_readings_heap_up_at_a_limit():
    assert saturation_values(readings()) == ()
    assert saturation_values(heaped(40.0, 80)) == (40.0,)
    assert saturation_values(heaped(2.0, 80)[saturated_from(heaped(2.0, 80), 2.0) :]) == (2.0,)
    assert saturation_values(heaped(40.0, 9)) == ()


def saturated_from(ascending, value):
    return int(np.searchsorted(ascending, value))


def test_a_few_spikes_above_do_not_hide_a_limit():
    assert saturation_values(heaped(40.0, 80, 44, 47, 52.3)) == (40.0,)


def test_zeros_are_no_limit_and_small_counts_are_many_by_nature():
    counts = np.sort(np.random.default_rng(4).poisson(3, 5_000) + 0.0)
    wide = np.sort(np.concatenate([counts, np.arange(40.0)]))
    assert 0.0 not in saturation_values(wide)
    assert saturation_values(np.sort(np.append(wide + 1, 1.0))) == ()


def test_a_hundred_per_cent_is_a_limit():
    humidity = np.sort(np.concatenate([np.arange(40.0, 101), np.repeat([97.0, 98, 99, 100], 15)]))
    assert saturation_values(humidity) == (100.0,)
    assert saturation_values(np.append(humidity, 101.0)) == ()


def test_values_can_be_left_out_and_kinds_counted():
    ascending = np.array([1.0, 2, 2, 3, 9])
    assert without_values(ascending, (2.0, 9.0)).tolist() == [1, 3]
    assert without_values(ascending, ()).tolist() == ascending.tolist()
    assert n_kinds(ascending, 20) == 4
    assert n_kinds(np.repeat(np.arange(30.0), 3), 20) == 20
    assert n_kinds(np.empty(0), 20) == 0
