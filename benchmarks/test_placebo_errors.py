"""Placebo errors of one study: all 38 listed, beside what four programs draw with several seeds.

Where one of 39 states is treated there are 38 placebos, which have one standard deviation. Programs
draw among them instead, so that what they print depends on the seed, and in some on the order in
which the states stand. mlsynth also leaves the state that stands in for the treated one among its
own donors, so that it can be made of itself; doing the same here gives its number.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    placebo_test,
    synthetic_difference_in_differences,
)

pytestmark = pytest.mark.bench
START, N_DRAWS = 19, 200
SEEDS = {"azcausal": [1, 2], "diff_diff": [1, 2, 3, 4, 5], "mlsynth": [1, 2, 3, 4, 5],
         "synthdid": [1, 2, 3, 4, 5]}  # fmt: skip


@pytest.fixture
def packs(real_data):
    """Return cigarette packs per head, 39 states by 31 years, and whether a state is California."""
    path = real_data("published") / "california_prop99.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    states = sorted({row["State"] for row in rows})
    rows.sort(key=lambda row: (row["State"], row["Year"]))
    outcomes = np.array([float(row["PacksPerCapita"]) for row in rows]).reshape(len(states), -1)
    return outcomes, np.array(states) == "California"


@pytest.fixture
def drawn(peer, packs, tmp_path):
    """Return a function that runs one program with several seeds."""
    outcomes, treated = packs
    file = tmp_path / "given.npz"
    np.savez(file, outcomes=outcomes, first_treated=np.where(treated, START, outcomes.shape[1]))

    def run(tool, seeds, *, turned=False):
        work = {"file": str(file), "tool": tool, "seeds": seeds, "draws": N_DRAWS}
        return peer("placebo_errors.py", **work, reversed=turned)

    return run


def spread(placebos, n_seeds):
    """Return the errors that 200 draws among the listed placebos give, seed by seed."""
    return np.array([
        np.random.default_rng(seed).choice(placebos, N_DRAWS).std() for seed in range(n_seeds)
    ])  # fmt: skip


def test_listed(packs, say):
    outcomes, treated = packs
    found = placebo_test(panel(outcomes, np.where(treated, START, outcomes.shape[1])))
    errors = spread(found.placebos, 10_000)
    say(
        f"SDID, Proposition 99, 38 placebos listed: error {found.ranked.standard_error:.3f}; "
        f"drawing 200 of them with 10,000 seeds: {errors.min():.1f} to {errors.max():.1f}, 95 % "
        f"of them {np.quantile(errors, 0.025):.1f} to {np.quantile(errors, 0.975):.1f}"
    )
    assert found.ranked.standard_error == pytest.approx(9.371, abs=5e-4)


@pytest.mark.parametrize("tool", SEEDS)
def test_drawn(drawn, say, tool):
    errors = drawn(tool, SEEDS[tool])["standard_errors"]
    turned = drawn(tool, SEEDS[tool][:1], turned=True)["standard_errors"]
    told = ", ".join(f"{error:.2f}" for error in errors)
    say(f"  {tool}, 200 draws, seeds 1 to {len(errors)}: {told}; turned round: {turned[0]:.2f}")
    assert len({round(error, 6) for error in errors}) == len(errors)


def test_a_placebo_made_of_itself(packs, say):
    outcomes, treated = packs
    donors = outcomes[~treated]
    starts = np.append(np.full(len(donors), donors.shape[1]), START)
    found = np.array([
        synthetic_difference_in_differences(panel(np.vstack([donors, one]), starts)).effect
        for one in donors
    ])  # fmt: skip
    say(f"  placebos left among their own donors, as mlsynth has them: {found.std(ddof=1):.3f}")
    assert found.std(ddof=1) == pytest.approx(7.401, abs=5e-4)
