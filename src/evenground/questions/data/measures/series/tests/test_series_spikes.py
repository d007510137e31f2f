"""Readings that stand off, and those that change too fast."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.series.runs import Clear
from evenground.questions.data.measures.series.spikes import (
    SpikeRule,
    departures,
    fast_changes,
    local_scales,
    spikes,
)

EVERY = 300_000_000


def clear(values, at=None):
    values = np.asarray(values, dtype=np.float64)
    places = np.arange(values.size) if at is None else np.asarray(at)
    return Clear(places.astype(np.int64) * EVERY, values)


def found_in(values, *, declared=None, resolution=0.01):
    rule = SpikeRule(resolution=resolution, allowed=0.01, declared=declared)
    return spikes(departures(clear(values), every=EVERY), rule=rule)


def noise(n=20_000, seed=1):
    return np.round(np.random.default_rng(seed).normal(20, 1, n), 2)


def test_a_reading_departs_from_the_middle_of_its_neighbours():
    found = departures(clear([1.0, 2, 9, 4, 3]), every=EVERY)
    # Neighbours 1 2 3 4: the middle ones are 2 and 3.
    assert found.places(np.arange(1)).tolist() == [2]
    assert found.off.tolist() == [9 - 2.5]
    assert found.lone(np.arange(1)).tolist() == [True]


def test_neither_a_step_nor_the_neighbour_of_spikes_is_alone():
    step = departures(clear([0.0, 0, 0, 0, 9, 9, 9, 9]), every=EVERY)
    assert not step.lone(np.flatnonzero(step.off)).any()
    between = departures(clear([0.0, 9, 0, 9, 0]), every=EVERY)
    assert not between.lone(np.arange(between.off.size)).any()


def test_neighbours_must_be_near():
    at = [0, 1, 2, 3, 4, 9, 10, 11, 12, 13]
    found = departures(clear(np.arange(10.0), at), every=EVERY)
    assert found.places(np.arange(2)).tolist() == [2, 7]
    assert found.far.tolist() == [3, 4, 5, 6]


def test_spikes_are_found_and_noise_is_not():
    values = noise()
    assert found_in(values).places.size == 0
    values[[500, 900, 7_000]] += [12, -15, 20]
    found = found_in(values)
    assert found.places.tolist() == [500, 900, 7_000]
    assert found.scale == pytest.approx(1.14, rel=0.05)
    assert 4 < found.limit < 7


def test_a_declared_number_of_scales_is_the_only_rule():
    values = noise()
    values[500] = values.max() + 6
    assert found_in(values, declared=5.0).places.tolist() == [500]
    assert found_in(values, declared=20.0).places.size == 0


def test_noise_that_grows_with_the_signal_is_no_spike():
    day = 1.2 + np.sin(np.arange(20_000) * 2 * np.pi / 288)
    values = np.random.default_rng(2).normal(20, 1, day.size) * day**2
    assert found_in(np.round(values, 2)).places.size == 0


def test_a_signal_that_rests_has_no_usual_distance():
    values = np.zeros(5_000)
    values[::100] = 3
    assert not found_in(values, resolution=3.0).established
    assert not found_in(np.full(5_000, 7.0), resolution=np.nan).established
    assert not found_in(noise(40)).established, "too few"


def test_the_scale_around_leaves_the_place_itself_out():
    size = np.zeros(101)
    size[50] = 1.0
    scales = local_scales(size, most=1.0)
    assert scales[50] == 0
    assert scales[44] == pytest.approx(np.sqrt(np.pi / 2) / 12, rel=1e-5)
    assert scales[30] == scales[70] == pytest.approx(np.sqrt(np.pi / 2) / 24, rel=1e-5)
    assert scales[20] == 0


def test_fast_changes_are_told_per_hour():
    values = [0.0, 1, 2, 10, 11]
    assert fast_changes(clear(values), every=EVERY, per_hour=60.0).tolist() == [3]
    # After an hour without readings nothing can be told.
    assert fast_changes(clear(values, [0, 1, 2, 14, 15]), every=EVERY, per_hour=6.0).tolist() == [
        1,
        2,
        4,
    ]
