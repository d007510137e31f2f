"""Equal readings in a row."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.series.runs import (
    Clear,
    ZeroRule,
    longer_than,
    runs_of,
    stuck_runs,
    zero_runs,
)

EVERY = 300_000_000


def clear(values, at=None):
    values = np.asarray(values, dtype=np.float64)
    places = np.arange(values.size) if at is None else np.asarray(at)
    return Clear(places.astype(np.int64) * EVERY, values)


def lively(n=20_000, seed=1, digits=2):
    return np.round(np.random.default_rng(seed).normal(20, 1, n), digits)


def stuck(readings):
    return stuck_runs(readings, runs_of(readings, every=EVERY), every=EVERY, allowed=0.01)


def test_runs_have_a_start_a_length_and_a_value():
    runs = runs_of(clear([1, 1, 1, 2, 0, 0, 3, 0]), every=EVERY)
    assert runs.starts.tolist() == [0, 4]
    assert runs.lengths.tolist() == [3, 2]
    assert runs.values.tolist() == [1, 0]
    assert (runs.n_single, runs.single_zeros) == (3, 1)


def test_a_short_pause_does_not_end_a_run_and_a_long_one_does():
    at = [0, 1, 2, 12, 13, 26]
    runs = runs_of(clear([7] * 6, at), every=EVERY)
    # Five intervals are the least, so that ten readings may be missing and eleven may not.
    assert (runs.starts.tolist(), runs.lengths.tolist()) == ([0], [5])
    assert runs.n_single == 1


@pytest.mark.parametrize("length", [6, 12, 50])
def test_a_stuck_run_is_found(length):
    values = lively()
    values[1_000 : 1_000 + length] = values[1_000]
    found = stuck(clear(values))
    assert found.established
    assert found.starts.tolist() == [1_000]
    assert found.lengths[0] in {length, length + 1}


def test_a_stuck_run_with_holes_is_found():
    values = lively()
    values[1_000:1_012] = values[1_000]
    there = np.ones(values.size, dtype=bool)
    there[[1_002, 1_003, 1_007]] = False
    found = stuck(clear(values[there], np.flatnonzero(there)))
    assert found.lengths.tolist() == [9]


def test_a_signal_that_repeats_needs_longer_runs():
    fine, coarse = stuck(clear(lively(digits=2))), stuck(clear(lively(digits=0)))
    assert fine.limit < 6 < coarse.limit
    assert fine.starts.size == coarse.starts.size == 0


def test_low_values_that_repeat_by_nature_are_not_stuck():
    """Counts at night are often one, for hours; by day never twice the same."""
    rng = np.random.default_rng(3)
    day = np.tile(np.repeat([300.0, 0.0], 144), 60)
    values = np.where(day > 0, rng.poisson(day), 1.0 + (rng.random(day.size) < 0.15))
    assert stuck(clear(values)).starts.size == 0


def test_a_signal_that_rests_by_nature_is_not_judged():
    values = np.repeat(np.random.default_rng(4).integers(1, 9, 500), 20).astype(float)
    assert not stuck(clear(values)).established


def test_one_value_throughout_is_not_judged():
    assert not stuck(clear([5.0] * 1_000)).established


def test_runs_at_a_limit_are_not_stuck():
    values = lively()
    values[500:560] = 99.0
    readings = clear(values)
    runs = runs_of(readings, every=EVERY)
    assert stuck_runs(readings, runs, every=EVERY, allowed=0.01).starts.size == 1
    at_limit = stuck_runs(readings, runs, every=EVERY, allowed=0.01, limits=(99.0,))
    assert at_limit.starts.size == 0


def test_a_declared_length_is_the_only_rule():
    runs = runs_of(clear([1, 1, 1, 2, 2, 0, 0, 0]), every=EVERY)
    found = longer_than(runs, declared=3)
    assert (found.starts.tolist(), found.lengths.tolist()) == ([0], [3])


def test_many_stuck_runs_do_not_hide_one_another():
    values = lively(100_000)
    starts = np.arange(500, 99_000, 800)
    for start in starts.tolist():
        values[start : start + 6 + start % 40] = values[start]
    assert stuck(clear(values)).starts.size == starts.size


def zeros(values, at=None, *, otherwise=6.0, scale=1.0):
    readings = clear(values, at)
    rule = ZeroRule(every=EVERY, allowed=0.01, otherwise=otherwise, scale=scale)
    return zero_runs(readings, runs_of(readings, every=EVERY), rule=rule)


def test_zeros_that_begin_and_end_abruptly_are_found():
    values = lively(5_000)
    values[700:720] = 0
    values[900:905] = 0  # too short
    found = zeros(values)
    assert (found.starts.tolist(), found.lengths.tolist()) == ([700], [20])


def test_zeros_that_a_signal_sinks_to_are_its_own():
    day = np.maximum(np.sin(np.arange(288 * 60) * 2 * np.pi / 288), 0)
    values = np.random.default_rng(5).poisson(80 * day).astype(float)
    assert zeros(values, scale=4.0).starts.size == 0
    at_noon = 288 * 30 + 60
    values[at_noon : at_noon + 30] = 0
    found = zeros(values, scale=4.0)
    assert found.starts.tolist() == [at_noon]


def test_zeros_before_the_first_reading_and_to_the_end():
    values = np.concatenate([np.zeros(50), lively(2_000), np.zeros(40)])
    found = zeros(values)
    assert (found.starts.tolist(), found.lengths.tolist()) == ([2_050], [40])


def test_a_signal_that_is_mostly_zero_has_no_zero_runs():
    values = np.zeros(5_000)
    values[::50] = 9.0
    assert zeros(values).starts.size == 0
