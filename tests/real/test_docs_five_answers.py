"""Why five tools give five answers: every figure of that page on Proposition 99, from the data."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    difference_in_differences,
    placebo_test,
    synthetic_control,
    synthetic_difference_in_differences,
)

pytestmark = pytest.mark.real
PAGE = "explanation/why-five-tools-give-five-answers.md"
START, N_DRAWS = 19, 200


@pytest.fixture(scope="module")
def smoking(real_data):
    path = real_data("published") / "california_prop99.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    states = sorted({row["State"] for row in rows})
    rows.sort(key=lambda row: (row["State"], row["Year"]))
    packs = np.array([float(row["PacksPerCapita"]) for row in rows]).reshape(len(states), -1)
    starts = np.where(np.array(states) == "California", START, packs.shape[1])
    return panel(packs, starts, units=states, times=sorted({row["Year"] for row in rows}))


@pytest.fixture(scope="module")
def said():
    words = (Path(__file__).parents[2] / "docs" / PAGE).read_text(encoding="utf-8")
    return " ".join(words.split())


def test_effects(smoking, table_in):
    sdid, sc = synthetic_difference_in_differences, synthetic_control
    did = f"{difference_in_differences(smoking).effect:.9f}"
    assert table_in(PAGE, "| | at the optimum") == [
        ["SDID", *(f"{sdid(smoking, mode=m).effect:.9f}" for m in ("exact", "reference"))],
        ["SC", *(f"{sc(smoking, mode=m).effect:.9f}" for m in ("exact", "reference"))],
        ["DiD", did, "the same: nothing is searched"],
    ]
    exact = [difference_in_differences(smoking), sc(smoking), sdid(smoking)]
    assert [row[2] for row in table_in(PAGE, "| Method |")] == [f"{f.effect:.2f}" for f in exact]


def test_placebos_p_and_interval(smoking, said):
    test = placebo_test(smoking)
    found, names = test.ranked, np.array(smoking.units)[test.members.argmax(axis=1)]
    larger = np.abs(test.placebos) >= abs(found.effect)
    assert f"standard deviation of {found.standard_error:.3f}" in said
    assert f"instead of {found.standard_error_unbiased:.2f}" in said
    assert names[larger].tolist() == ["Rhode Island"]
    assert f"no such law came, has {test.placebos[larger][0]:.1f}" in said
    assert found.p == pytest.approx(2 / 39)
    assert f"p = 2/39 = {found.p:.3f}" in said
    assert [placebo_test(smoking, m).ranked.p * 39 for m in ("sc", "did")] == pytest.approx([3, 4])
    assert found.level == pytest.approx(1 / 39)
    assert f"1/39 = {found.level:.1%}".replace("%", " %") in said
    assert f"one of {1 - found.level:.1%}".replace("%", " %") in said
    assert f"from {found.low:.1f} to {found.high:.1f}" in said


def test_the_bell_curve(smoking, said):
    test = placebo_test(smoking)
    error, effect = test.ranked.standard_error, test.ranked.effect
    limit = float(stats.norm.ppf(0.975))
    assert f"gives {effect - limit * error:.1f} to {effect + limit * error:.1f}" in said
    far = np.abs(test.placebos).max() / error
    assert f"lies {far:.1f} such errors from zero" in said
    assert f"one in {round(1 / (2 * stats.norm.sf(far)), -2):,.0f}" in said
    assert f"error is below {abs(effect) / limit:.2f}" in said


def test_draws(smoking, said):
    placebos = placebo_test(smoking).placebos
    errors = np.array([
        np.random.default_rng(seed).choice(placebos, N_DRAWS).std() for seed in range(10_000)
    ])  # fmt: skip
    low, high = np.quantile(errors, [0.025, 0.975])
    assert f"between {errors.min():.1f} and {errors.max():.1f}" in said
    assert f"between {low:.1f} and {high:.1f} in 95 %" in said
    effect = synthetic_difference_in_differences(smoking).effect
    lucky = np.mean(errors < abs(effect) / stats.norm.ppf(0.975))
    assert f"With {lucky:.1%}".replace("%", " %") in said


def test_placebos_made_of_themselves(smoking, said):
    donors = smoking.outcomes[~smoking.ever_treated]
    starts = np.append(np.full(len(donors), donors.shape[1]), START)
    found = np.array([
        synthetic_difference_in_differences(panel(np.vstack([donors, one]), starts)).effect
        for one in donors
    ])  # fmt: skip
    error = found.std(ddof=1)
    assert f"have an error of {error:.2f}" in said
    effect = synthetic_difference_in_differences(smoking).effect
    assert 2 * stats.norm.sf(abs(effect) / error) < 0.05
