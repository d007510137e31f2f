"""Few treated areas, a true null: how often re-assignment and placebos tell an effect of nothing.

Forty areas that remember half of the month before, each with a level of its own; the first of them
are treated in the last eight of twenty months. The nominal level is 5 %. The 95 % interval must
hold the truth as often as it says, nothing or an effect planted in a sixth of the runs.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import enumerated_did, placebo_test

pytestmark = pytest.mark.calibrate
N_AREAS, N_TIMES, START = 40, 20, 12
EFFECT = 1.0


def remembering(rng, memory, *, n_areas=N_AREAS, n_times=N_TIMES):
    """Return areas by times, each a stationary series with the given memory."""
    course = rng.normal(size=(n_areas, n_times))
    course[:, 0] /= np.sqrt(1 - memory**2)
    for t in range(1, n_times):
        course[:, t] += memory * course[:, t - 1]
    return course + rng.normal(0, 2, (n_areas, 1))


def replicates(n_null, n_treated, memory, seed):
    """Yield panels without an effect, then a fifth as many with one planted; and the effect."""
    rng = np.random.default_rng([seed, n_treated, int(10 * memory)])
    starts = np.where(np.arange(N_AREAS) < n_treated, START, N_TIMES)
    for sim in range(n_null + n_null // 5):
        effect = EFFECT * (sim >= n_null)
        outcomes = remembering(rng, memory)
        outcomes[:n_treated, START:] += effect
        yield panel(outcomes, starts), effect, rng


def told(found, effect):
    """Return whether the truth is rejected, and whether the interval holds it."""
    return found.p <= 0.05, found.low <= effect <= found.high


def within(rate, n_sims, low, high):
    """Say whether a rate is compatible with lying between two others."""
    slack = 3 * np.sqrt(np.array([low, high]) * (1 - np.array([low, high])) / n_sims)
    return low - slack[0] <= rate <= high + slack[1]


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("n_treated", [1, 2, 3, 5, 10])
def test_enumerated_reassignment(tables, n_treated, memory):
    rejected, held = [], []
    n_null = 10_000 if memory == 0.5 else 1_000
    for data, effect, rng in replicates(n_null, n_treated, memory, seed=1):
        no, inside = told(enumerated_did(data, rng=rng), effect)
        held.append(inside)
        if effect == 0:
            rejected.append(no)
    size, coverage = np.mean(rejected), np.mean(held)
    tables.add(
        "Few treated of 40 areas, nominal 5 %: DiD with enumerated re-assignment",
        treated=n_treated, memory=memory, replicates=len(rejected), size=size, coverage=coverage,
    )  # fmt: skip
    if memory == 0.5:
        assert 0.035 <= size <= 0.06
        assert 0.93 <= coverage <= 0.97
    assert within(size, len(rejected), 0.035, 0.06)
    assert within(coverage, len(held), 0.93, 0.97)


@pytest.mark.parametrize(
    ("method", "n_treated", "n_null"),
    [("sdid", 1, 10_000), ("did", 1, 10_000), ("sc", 1, 1_000), ("sdid", 2, 500)],
)
def test_placebos_in_space(tables, method, n_treated, n_null):
    """The treated stay away from the placebos' donors, so that the test is exact only nearly."""
    rejected, held = [], []
    for data, effect, _ in replicates(n_null, n_treated, 0.5, seed=2):
        no, inside = told(placebo_test(data, method).ranked, effect)
        held.append(inside)
        if effect == 0:
            rejected.append(no)
    size, coverage = np.mean(rejected), np.mean(held)
    tables.add(
        "Few treated of 40 areas, nominal 5 %: placebos in space, all listed",
        method=method, treated=n_treated, replicates=len(rejected), size=size, coverage=coverage,
    )  # fmt: skip
    assert within(size, len(rejected), 0.035, 0.06)
    assert within(coverage, len(held), 0.93, 0.97)


@pytest.mark.parametrize("alpha", [0.02, 0.05])
def test_what_cannot_be_told_is_never_told(alpha):
    """Of fifteen areas one is treated: no result could be significant, and none is."""
    rng = np.random.default_rng(3)
    starts = np.where(np.arange(15) == 0, START, N_TIMES)
    for _ in range(300):
        data = panel(remembering(rng, 0.5, n_areas=15), starts)
        found = enumerated_did(data, alpha=alpha)
        assert found.cannot_tell
        assert found.p > alpha
        assert found.level == pytest.approx(1 / 15)
