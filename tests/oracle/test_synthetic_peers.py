"""Synthetic estimators beside synthdid, diff-diff, mlsynth and augsynth.

Where they differ, and who is right:

- synthdid (port of the authors' R package) and diff-diff stop a Frank-Wolfe search early; what they
  find is ours in ``mode="reference"`` to 1e-8, and lies off the optimum by what ``gap`` tells.
- mlsynth solves to the optimum, as ``mode="exact"`` does. Of several treated units it leaves their
  number out of the penalty, ``zeta = (n_treated n_after)^(1/4) sigma`` (Arkhangelsky and others
  2021, equation 5): it finds what is found here of one unit that is their mean.
- augsynth's quadratic programme ends within about 1e-6 of the optimum; its weights are compared to
  1e-4 of a weight, and its sum of squares may not fall below ours.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.synthetic import (
    augmented_synthetic_control,
    difference_in_differences,
    synthetic_control,
    synthetic_difference_in_differences,
)

pytestmark = pytest.mark.oracle
CASES = [(20, 1, 15, 6, 0), (30, 2, 24, 10, 1), (12, 3, 30, 5, 2)]


def study(case):
    """Return a panel with courses in common, its treated units last, and the peers' work."""
    n_donors, n_treated, start, n_after, seed = case
    rng = np.random.default_rng(seed)
    n_units, n_times = n_donors + n_treated, start + n_after
    courses = rng.normal(size=(2, n_times)).cumsum(axis=1)
    outcomes = rng.normal(50, 3, (n_units, 1)) + rng.uniform(size=(n_units, 2)) @ courses
    outcomes += rng.normal(size=(n_units, n_times)) * 0.5
    outcomes[n_donors:, start:] -= 2
    data = panel(outcomes, np.where(np.arange(n_units) < n_donors, n_times, start))
    return data, {"outcomes": outcomes.tolist(), "n_donors": n_donors, "start": start}


@pytest.mark.parametrize("case", CASES)
def test_the_authors_search(peer, case):
    data, work = study(case)
    theirs = peer("sdid_synthdid.py", **work)
    sdid = synthetic_difference_in_differences(data, mode="reference")
    sc = synthetic_control(data, mode="reference")
    assert sdid.effect == pytest.approx(theirs["sdid"], abs=1e-8)
    assert sdid.unit_weights == pytest.approx(theirs["unit_weights"], abs=1e-8)
    assert sdid.time_weights == pytest.approx(theirs["time_weights"], abs=1e-8)
    assert sc.effect == pytest.approx(theirs["sc"], abs=1e-8)
    assert sc.unit_weights == pytest.approx(theirs["sc_weights"], abs=1e-8)
    assert difference_in_differences(data).effect == pytest.approx(theirs["did"], abs=1e-8)


@pytest.mark.parametrize("case", CASES)
def test_an_early_stop_and_an_optimum(peer, case):
    data, work = study(case)
    early = synthetic_difference_in_differences(data, mode="reference").effect
    assert early == pytest.approx(peer("sdid_diff_diff.py", **work)["sdid"], abs=1e-8)
    donors, treated = data.outcomes[~data.ever_treated], data.outcomes[data.ever_treated]
    mean = np.vstack([donors, treated.mean(axis=0)])
    alone = panel(mean, np.append(np.full(len(donors), data.n_times), work["start"]))
    exact = synthetic_difference_in_differences(alone).effect
    assert exact == pytest.approx(peer("sdid_mlsynth.py", **work)["sdid"], abs=1e-8)


@pytest.mark.parametrize("case", CASES)
def test_levels_and_their_augmented_form(peer, case):
    data, work = study(case)
    donors = data.outcomes[~data.ever_treated, : work["start"]]
    ridge = float(np.linalg.norm(donors - donors.mean(axis=0), 2) ** 2) / 100
    told = peer("ascm_augsynth.py", **work, ridge=ridge)
    demeaned = data.outcomes - data.outcomes[:, : work["start"]].mean(axis=1, keepdims=True)
    for name, outcomes in (("levels", data.outcomes), ("with intercept", demeaned)):
        theirs, ours = told[name], panel(outcomes, data.first_treated)
        sc, ascm = synthetic_control(ours), augmented_synthetic_control(ours, ridge=ridge)
        assert sc.unit_weights == pytest.approx(theirs["sc_weights"], abs=1e-4), name
        assert sc.effect == pytest.approx(theirs["sc"], abs=2e-3), name
        assert ascm.unit_weights == pytest.approx(theirs["ascm_weights"], abs=1e-4), name
        assert ascm.effect == pytest.approx(theirs["ascm"], abs=2e-3), name
        before = outcomes[:, : work["start"]]
        target = before[data.ever_treated].mean(axis=0)
        left = np.array(theirs["sc_weights"]) @ before[~data.ever_treated] - target
        assert sc.pre_error**2 <= (left**2).mean() * (1 + 1e-9)
