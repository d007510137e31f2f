"""Siting beside PySAL's `spopt` with HiGHS: the same optima where the peer comes to its end.

Where they differ:

- The peer says "Optimal" also of the best that its solver had when a limit of time ended it; the
  instances below are small enough for it to end by itself.
- Its p-center with the objective of the farthest is compared on costs without ties.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.accessibility import Binary
from evenground.methods.siting import SitingProblem, maximal_coverage, p_center, p_median

pytestmark = pytest.mark.oracle


def town(seed):
    rng = np.random.default_rng(seed)
    people, sites = rng.uniform(0, 100, (60, 2)), rng.uniform(0, 100, (25, 2))
    costs = np.sqrt(((people[:, None] - sites[None]) ** 2).sum(axis=2))
    return rng.integers(1, 30, 60), costs


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("units", [2, 5])
def test_the_same_optima(seed, units, peer, tmp_path):
    weights, costs = town(seed)
    file = str(tmp_path / "given.npz")
    np.savez(file, weights=weights, costs=costs)
    theirs = peer("spopt_small.py", file=file, units=units, radius=20.0)
    problem = SitingProblem(weights=weights, costs=costs, n_units=units)
    ours = {
        "median": p_median(problem),
        "coverage": maximal_coverage(problem, decay=Binary(20.0)),
        "center": p_center(problem),
    }
    for name, found in ours.items():
        assert theirs[name]["status"] == "Optimal"
        assert found.status == "optimal"
        assert found.objective == pytest.approx(theirs[name]["objective"], rel=1e-6), name
