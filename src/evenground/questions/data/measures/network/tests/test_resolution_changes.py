"""The smallest step of values, and the day from which on it is another."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.network.daily import daily
from evenground.questions.data.measures.network.lattices import lattices
from evenground.questions.data.measures.network.resolution_changes import (
    resolution_changes,
    resolution_episodes,
)
from evenground.questions.data.measures.network.unit_jumps import unit_episodes


def changes_of(series, fold_of, per_day=24):
    days = daily(fold_of(series, per_day=per_day), "value")
    return resolution_episodes(days, unit_episodes(days))


@pytest.mark.parametrize("kind", ["flat", "temperature", "particles", "gamma"])
@pytest.mark.parametrize("seed", [1, 2])
def test_values_rounded_from_some_day_on(clean, fold_of, kind, seed):
    values = clean(kind, np.random.default_rng(seed), days=120)
    values[70 * 24 :] = np.round(values[70 * 24 :])
    (found,) = changes_of({"a": values}, fold_of).episodes
    assert abs(found.start_day - 18_070) <= 1
    assert found.figures["step_after"] == 1
    before = {"temperature": 0.1, "particles": 0.1}.get(kind)
    assert found.figures["step_before"] == before


@pytest.mark.parametrize("kind", ["flat", "temperature", "particles", "counts", "gamma"])
def test_clean_series_keep_their_resolution(clean, fold_of, kind):
    rng = np.random.default_rng(3)
    found = changes_of({f"s{i}": clean(kind, rng) for i in range(20)}, fold_of)
    assert (found.episodes, found.by_nature, found.told) == ([], [], True)


def test_another_unit_is_no_change_of_resolution(clean, fold_of):
    values = clean("temperature", np.random.default_rng(4), days=150)
    values[1800:] = values[1800:] * 1.8 + 32
    days = daily(fold_of({"a": values}), "value")
    assert len(lattices(days)[0]) == 2
    assert changes_of({"a": values}, fold_of).episodes == []


def test_a_resolution_that_goes_by_the_value_is_the_sensors_nature(clean, fold_of):
    values = clean("temperature", np.random.default_rng(5), days=365)
    for day in range(0, 365, 20):
        values[day * 24 : (day + 10) * 24] = np.round(values[day * 24 : (day + 10) * 24])
    found = changes_of({"a": values}, fold_of)
    assert (found.episodes, found.by_nature) == ([], ["a"])


def test_a_few_readings_a_day_tell_nothing(clean, fold_of):
    values = clean("temperature", np.random.default_rng(6), days=200, per_day=4)
    check = resolution_changes({"value": changes_of({"a": values}, fold_of, per_day=4)})
    assert check.status is Status.NOT_ESTABLISHED
