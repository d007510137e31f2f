"""Synthetic difference-in-differences beside azcausal, diff-diff and mlsynth, in one run.

Peers draw placebos; here they are listed. For comparison as many sets are drawn here as well, each
solved by itself. The peers stop their search early, or not; the effects show which.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    PilotShape,
    null_distribution,
    placebo_test,
    power_curve,
    synthetic_difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.assignment_contrasts import (
    contrasts_of,
    effects_of,
    plan_of,
)
from evenground.questions.promise.measures.synthetic.treated_block import treated_block

pytestmark = pytest.mark.bench
PEERS = {"azcausal": 1, "diff_diff": 3, "mlsynth": 3}  # rounds: the first takes half a minute
N_DRAWS = 200


@pytest.fixture
def beside(peer, tmp_path):
    """Return a function that runs one peer on a panel."""

    def run(name, data, draws):
        file = tmp_path / "given.npz"
        np.savez(file, outcomes=data.outcomes, first_treated=data.first_treated)
        work = {"file": str(file), "draws": draws, "rounds": PEERS[name]}
        return peer(f"synthetic_{name}.py", **work)

    return run


@pytest.fixture
def smoking(real_data):
    """Return California's panel of cigarette packs: 39 states, 31 years, treated from 1989 on."""
    path = real_data("published") / "california_prop99.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    states = list(dict.fromkeys(row["State"] for row in rows))
    rows.sort(key=lambda row: (states.index(row["State"]), row["Year"]))
    packs = np.array([float(row["PacksPerCapita"]) for row in rows]).reshape(len(states), -1)
    return panel(packs, np.where(np.array(states) == "California", 19, packs.shape[1]))


def city(n_units=120, n_times=104, *, start=90, seed=0):
    """Return areas by weeks with two courses in common, of which the first area is treated."""
    rng = np.random.default_rng(seed)
    courses = rng.normal(size=(2, n_times)).cumsum(axis=1) * 0.3
    outcomes = rng.normal(10, 3, n_units)[:, None] + rng.normal(size=(n_units, 2)) @ courses
    outcomes += rng.normal(size=(n_units, n_times))
    return panel(outcomes, np.where(np.arange(n_units) == 0, start, n_times))


def drawn_placebos(data, n_draws):
    """Return what sets drawn with replacement find, each solved anew, as the peers do."""
    block = treated_block(data)
    rng = np.random.default_rng(1)
    members = np.zeros((n_draws, data.n_units), dtype=bool)
    members[np.arange(n_draws), rng.choice(block.donors, n_draws)] = True
    others = ~members & ~block.treated
    plan = plan_of(block, "sdid")
    return effects_of(contrasts_of(block.outcomes, members, others, plan=plan), block.outcomes)


def test_all_placebos_listed(benchmark, cpu_seconds, say, smoking):
    found = benchmark(lambda: placebo_test(smoking))
    seconds = cpu_seconds(lambda: placebo_test(smoking))
    say(
        f"SDID, Proposition 99, all 38 placebos listed: {seconds * 1e3:.1f} ms of processor time, "
        f"effect {found.ranked.effect:.6f}, standard error {found.ranked.standard_error:.3f}"
    )
    assert found.ranked.effect == pytest.approx(-15.605397916, abs=5e-10)
    assert seconds <= 0.02


def test_200_drawn_placebos(cpu_seconds, say, smoking):
    seconds = cpu_seconds(lambda: drawn_placebos(smoking, N_DRAWS))
    error = drawn_placebos(smoking, N_DRAWS).std()
    say(
        f"SDID, Proposition 99, 200 placebos drawn: {seconds * 1e3:.1f} ms of processor time in "
        f"numpy, standard error {error:.3f}"
    )
    assert seconds <= 0.09


@pytest.mark.parametrize("name", PEERS)
def test_200_drawn_placebos_of_peers(beside, cpu_seconds, say, smoking, name):
    theirs = beside(name, smoking, N_DRAWS)
    seconds = cpu_seconds(lambda: drawn_placebos(smoking, N_DRAWS))
    exact = synthetic_difference_in_differences(smoking).effect
    early = synthetic_difference_in_differences(smoking, mode="reference").effect
    ratio = theirs["seconds"] / seconds
    stops = abs(theirs["effect"] - early) < abs(theirs["effect"] - exact)
    say(
        f"  {name}: {theirs['seconds']:.2f} s, {ratio:.0f} times as long; effect "
        f"{theirs['effect']:.6f} ({'stopped early' if stops else 'the optimum'}), standard error "
        f"{theirs['standard_error']:.3f} by its draws"
    )
    assert theirs["effect"] == pytest.approx(early if stops else exact, abs=1e-8)
    assert ratio >= 5


@pytest.mark.parametrize("name", PEERS)
def test_one_fit(beside, cpu_seconds, say, name):
    data = city()
    seconds = cpu_seconds(lambda: synthetic_difference_in_differences(data), rounds=51)
    found = synthetic_difference_in_differences(data)
    theirs = beside(name, data, 0)
    off = theirs["effect"] - found.effect
    say(
        f"SDID, one fit of 120 areas x 104 weeks: evenground {seconds * 1e3:.2f} ms of processor "
        f"time, {name} {theirs['seconds'] * 1e3:.0f} ms; its effect lies {off:+.1e} from the "
        f"optimum (gap {found.gap:.0e})"
    )
    assert theirs["effect"] == pytest.approx(found.effect, abs=0.05)
    assert theirs["seconds"] > seconds


def test_one_fit_takes_a_millisecond(benchmark, cpu_seconds):
    data = city()
    benchmark(lambda: synthetic_difference_in_differences(data))
    assert cpu_seconds(lambda: synthetic_difference_in_differences(data), rounds=51) <= 1e-3


@pytest.mark.parametrize("method", ["sdid", "sc", "did", "ascm"])
def test_whole_power_curve(cpu_seconds, say, method):
    history = city(40, 104).outcomes
    shape = PilotShape(n_treated=3, n_before=52, n_after=26)

    def curve():
        rng = np.random.default_rng(1)
        null = null_distribution(history, shape, method=method, n_draws=1_000, rng=rng)
        return power_curve(null.effects, np.linspace(-2, 2, 81))

    seconds, found = cpu_seconds(curve, rounds=3), curve()
    assert found.n_assignments == 1_000
    say(
        f"power curve by {method}, 1,000 re-assignments of 3 of 40 areas, 52 weeks before and 26 "
        f"after: {seconds:.3f} s of processor time; 80 % power from {found.fall:.2f} and "
        f"{found.rise:.2f}"
    )
    assert seconds <= 2
