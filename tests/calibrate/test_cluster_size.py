"""Few treated areas, a true null: how often errors by cluster and the wild bootstrap mislead.

The areas are those of the re-assignment tests: forty, each remembering half of the month before.
Clustered errors reject a true null in three of four cases with one treated area (Conley and Taber
2011, Review of Economics and Statistics 93, 113-125; MacKinnon and Webb 2017, Journal of Applied
Econometrics 32, 233-254); the restricted wild bootstrap all but never does there, and holds its
level with ten.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.did_regression import (
    did_regression,
    wild_cluster_bootstrap,
)
from evenground.questions.promise.measures.staggered.wild_bootstrap import Draws

pytestmark = pytest.mark.calibrate
N_AREAS, N_TIMES, START = 40, 20, 12
TITLE = "Few treated of 40 areas, nominal 5 %: errors by cluster"
KNOWN = {1: (0.70, 0.80), 2: (0.27, 0.35), 3: (0.15, 0.22), 5: (0.08, 0.13), 10: (0.05, 0.09)}


def areas(rng, memory=0.5):
    course = rng.normal(size=(N_AREAS, N_TIMES))
    course[:, 0] /= np.sqrt(1 - memory**2)
    for t in range(1, N_TIMES):
        course[:, t] += memory * course[:, t - 1]
    return course + rng.normal(0, 2, (N_AREAS, 1))


def panels(n_sims, n_treated, seed):
    rng = np.random.default_rng([seed, n_treated])
    starts = np.where(np.arange(N_AREAS) < n_treated, START, N_TIMES)
    for _ in range(n_sims):
        yield panel(areas(rng), starts), rng


@pytest.mark.parametrize("n_treated", KNOWN)
def test_clustered_errors(tables, n_treated):
    n_sims = 10_000
    size = np.mean([did_regression(data).p <= 0.05 for data, _ in panels(n_sims, n_treated, 1)])
    tables.add(TITLE, method="CR1", treated=n_treated, replicates=n_sims, size=size)
    low, high = KNOWN[n_treated]
    assert low <= size <= high


@pytest.mark.parametrize("errors", ["CR2", "CR3"])
@pytest.mark.parametrize("n_treated", [2, 3, 5, 10])
def test_errors_for_few_clusters(tables, errors, n_treated):
    n_sims = 2_000
    found = [
        did_regression(data, errors=errors).p <= 0.05 for data, _ in panels(n_sims, n_treated, 2)
    ]
    size = np.mean(found)
    tables.add(TITLE, method=errors, treated=n_treated, replicates=n_sims, size=size)
    assert size <= 0.25
    if n_treated == 10:
        assert 0.03 <= size <= 0.07


@pytest.mark.parametrize("n_treated", KNOWN)
def test_wild_bootstrap(tables, n_treated):
    n_sims, draws = 4_000, Draws(n=399)
    found = [
        wild_cluster_bootstrap(data, rng=rng, draws=draws).p <= 0.05
        for data, rng in panels(n_sims, n_treated, 3)
    ]
    size = np.mean(found)
    tables.add(TITLE, method="wild, restricted", treated=n_treated, replicates=n_sims, size=size)
    if n_treated == 1:
        assert size <= 0.01
    assert size <= 0.065
    if n_treated == 10:
        assert size >= 0.035


@pytest.mark.parametrize("n_treated", [10, 20])
def test_coverage_of_a_planted_effect(tables, n_treated):
    n_sims, held = 2_000, []
    rng = np.random.default_rng([4, n_treated])
    starts = np.where(np.arange(N_AREAS) < n_treated, START, N_TIMES)
    for _ in range(n_sims):
        outcomes = areas(rng)
        outcomes[:n_treated, START:] += 1.0
        found = wild_cluster_bootstrap(panel(outcomes, starts), rng=rng, draws=Draws(n=399))
        held.append(found.low <= 1.0 <= found.high)
    coverage = np.mean(held)
    tables.add(
        "An effect planted in some of 40 areas: 95 % intervals of the wild bootstrap",
        treated=n_treated, replicates=n_sims, coverage=coverage,
    )  # fmt: skip
    assert 0.93 <= coverage <= 0.97
