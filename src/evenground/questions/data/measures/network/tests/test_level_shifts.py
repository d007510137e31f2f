"""Levels that shift at once; slopes, seasons and units are something else."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.measures.network.daily import daily
from evenground.questions.data.measures.network.level_shifts import level_shifts, shift_episodes
from evenground.questions.data.measures.network.unit_jumps import unit_episodes


def shifts_of(series, fold_of):
    days = daily(fold_of(series), "value")
    return shift_episodes(days, unit_episodes(days))


@pytest.mark.parametrize("kind", ["flat", "counts", "gamma"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_shift_is_found_on_its_day(clean, fold_of, kind, seed):
    rng = np.random.default_rng(seed)
    values = clean(kind, rng, days=200)
    values[100 * 24 :] += 1.2 * values.std()
    (found,) = shifts_of({"a": values}, fold_of)
    assert abs(found.start_day - 18_100) <= 1
    assert found.figures["median_after"] > found.figures["median_before"]


@pytest.mark.parametrize("kind", ["flat", "temperature", "particles", "counts", "gamma"])
def test_clean_series_keep_their_level(clean, fold_of, kind):
    rng = np.random.default_rng(3)
    assert shifts_of({f"s{i}": clean(kind, rng) for i in range(25)}, fold_of) == []


def test_a_slope_and_another_unit_are_no_shift(clean, fold_of):
    rng = np.random.default_rng(4)
    slope, unit = clean("flat", rng), clean("flat", rng)
    slope[3000:] += np.minimum(np.arange(slope.size - 3000) / 24 / 60, 1) * 10
    unit[3000:] *= 1.609344
    assert shifts_of({"slope": slope, "unit": unit}, fold_of) == []


def test_beside_a_network_a_small_shift_shows(common, fold_of):
    network = common(9, np.random.default_rng(5), days=200)
    alone = {"s04": network["s04"].copy()}
    network["s04"][100 * 24 :] += 3
    alone["s04"][100 * 24 :] += 3
    (found,) = shifts_of(network, fold_of)
    assert found.sensor == "s04"
    assert abs(found.start_day - 18_100) <= 1
    assert shifts_of(alone, fold_of) == []
    check = level_shifts([found])
    assert (check.count, check.flags.num_rows) == (1, 1)
    assert check.detail["shifts"][0]["start"] == "2019-07-23"
