"""California's tobacco programme of 1989 (Proposition 99): the published effects, to the digit.

Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111, 4088-4118,
table 1 (-15.6, -19.6, -27.3); further digits are those of the authors' R package synthdid 0.0.9 on
the data that it hands out. Standard errors there come of 200 random draws of the placebos; here all
38 are listed, which is one number.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    augmented_synthetic_control,
    block_conformal,
    difference_in_differences,
    enumerated_did,
    in_time_placebo,
    leave_one_donor_out,
    placebo_test,
    synthetic_control,
    synthetic_difference_in_differences,
)

pytestmark = pytest.mark.real
START = 19  # 1989


@pytest.fixture(scope="module")
def smoking(real_data):
    """Return cigarette packs per head by state, 1970-2000; California is treated from 1989 on."""
    path = real_data("published") / "california_prop99.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    states = list(dict.fromkeys(row["State"] for row in rows))
    years = sorted({row["Year"] for row in rows})
    packs = np.empty((len(states), len(years)))
    for row in rows:
        at = states.index(row["State"]), years.index(row["Year"])
        packs[at] = float(row["PacksPerCapita"])
    starts = np.where(np.array(states) == "California", START, len(years))
    return panel(packs, starts, units=states, times=years)


def test_the_data_are_those_of_the_paper(smoking):
    assert (smoking.n_units, smoking.n_times) == (39, 31)
    assert smoking.times[START] == "1989"
    assert [smoking.units[i] for i in np.flatnonzero(smoking.ever_treated)] == ["California"]


def test_effects_of_the_reference_implementation(smoking):
    sdid = synthetic_difference_in_differences(smoking, mode="reference")
    assert sdid.effect == pytest.approx(-15.603827873, abs=5e-10)
    sc = synthetic_control(smoking, mode="reference")
    assert sc.effect == pytest.approx(-19.619663471, abs=5e-10)
    assert difference_in_differences(smoking).effect == pytest.approx(-27.349111084, abs=5e-10)


def test_the_exact_optimum(smoking):
    found = synthetic_difference_in_differences(smoking)
    assert found.effect == pytest.approx(-15.605397916, abs=5e-10)
    assert found.gap < 1e-14
    # The published weights rest on the three years before the start.
    years = [smoking.times[i] for i in np.flatnonzero(found.time_weights > 1e-9)]
    assert years == ["1986", "1987", "1988"]
    assert found.unit_weights.sum() == pytest.approx(1, abs=1e-14)
    early = synthetic_difference_in_differences(smoking, mode="reference")
    assert 1e-5 < early.gap < 1e-3


def test_what_stops_early_is_no_optimum_of_synthetic_control(smoking):
    exact, early = synthetic_control(smoking), synthetic_control(smoking, mode="reference")
    assert exact.unique
    assert exact.gap < 1e-14 < early.gap
    assert exact.pre_error < early.pre_error
    assert exact.effect == pytest.approx(-19.513629768, abs=5e-10)
    named = {exact_name(smoking, exact, i) for i in np.flatnonzero(exact.unit_weights > 0.05)}
    assert {"Utah", "Montana", "Nevada", "Connecticut"} <= named


def exact_name(smoking, fit, place):
    return smoking.units[fit.donors[place]]


def test_all_placebos_are_listed(smoking):
    found = placebo_test(smoking)
    assert found.placebos.size == 38
    assert found.members.sum(axis=0).tolist() == [1] * 38 + [0]
    assert found.ranked.enumerated
    assert found.ranked.monte_carlo_error == 0
    assert found.ranked.standard_error == pytest.approx(9.371, abs=5e-4)
    assert found.ranked.standard_error_unbiased == pytest.approx(9.497, abs=5e-4)
    assert found.ranked.p == pytest.approx(2 / 39, abs=1e-12)
    assert not found.ranked.cannot_tell
    # At 5 % one of 39 may be as large: the interval is that of 1/39.
    assert found.ranked.level == pytest.approx(1 / 39)
    assert found.ranked.low < 0 < found.ranked.high


def test_a_placebo_is_what_its_own_fit_finds(smoking):
    found = placebo_test(smoking, "did")
    without = smoking.outcomes[~smoking.ever_treated]
    for state in (0, 17, 37):
        alone = panel(without, np.where(np.arange(38) == state, START, 31))
        assert found.placebos[state] == pytest.approx(
            difference_in_differences(alone).effect, abs=1e-10
        )


def test_no_single_state_carries_the_effect(smoking):
    found = leave_one_donor_out(smoking)
    assert found.effects.size == 38
    assert found.high < -14
    assert found.low > -18
    assert smoking.units[found.weightiest] == "Nevada"


def test_backdated_starts_find_less(smoking):
    found = in_time_placebo(smoking)
    assert found.starts.tolist() == list(range(9, 19))
    assert found.share_as_large == 0
    assert np.abs(found.effects).max() < 7


@pytest.mark.parametrize("comparison", ["sc", "sdid", "did"])
def test_moving_blocks_tell_a_share_of_31(smoking, comparison):
    found = block_conformal(smoking, comparison)
    assert found.n_shifts == 31
    assert (found.p * 31) == pytest.approx(round(found.p * 31), abs=1e-12)
    assert found.low < difference_in_differences(smoking).effect < found.high


def test_the_augmented_form_lies_between(smoking):
    found = augmented_synthetic_control(smoking)
    assert found.pre_error < synthetic_control(smoking).pre_error
    assert -20 < found.effect < -13


def test_enumerated_difference_in_differences(smoking):
    found = enumerated_did(smoking)
    assert found.n_assignments == 39
    assert found.effect == pytest.approx(-27.349111084, abs=5e-10)
    assert found.p == pytest.approx(5 / 39, abs=1e-12)
