"""Bounds that take one pass over the costs hold for every choice."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.methods.accessibility.decay import Binary, Linear
from evenground.methods.siting import Siting, SitingProblem, Status, p_median
from evenground.workspace.siting_value import Worth, with_bound

WORTHS = (
    Worth(),
    Worth(objective="max-coverage", coverage=Binary(30.0)),
    Worth(objective="max-coverage", coverage=Linear(50.0)),
    Worth(objective="p-center"),
    Worth(objective="maximin"),
    Worth(objective="kolm-pollak", kappa=0.1),
    Worth(objective="lexicographic"),
)


def drawn(seed):
    rng = np.random.default_rng(seed)
    weights = rng.integers(0, 20, 7).astype(float)
    weights[0] = 5.0
    groups = np.vstack([weights * rng.random(7), weights, rng.integers(0, 9, 7).astype(float)])
    groups[:, 0] = 3.0
    return SitingProblem(
        weights=weights,
        costs=rng.integers(0, 90, (7, 5)).astype(float),
        n_units=2,
        groups=groups,
        forbidden=np.array([False, False, False, False, True]),
    )


def unproven(value, worth):
    """Return an answer that a search left open, without a bound."""
    levels = np.atleast_1d(value) if worth.objective == "lexicographic" else np.empty(0)
    none = np.inf if worth.objective == "max-coverage" else -np.inf
    return Siting(
        sites=np.array([0, 1]), objective=float(np.atleast_1d(value)[0]), bound=none,
        status=Status.GAP, site=np.zeros(7, dtype=np.int64), cost=np.zeros(7),
        levels=levels, bounds=np.full(levels.size, -np.inf),
    )  # fmt: skip


@given(seed=st.integers(0, 10_000), worth=st.sampled_from(WORTHS))
def test_no_choice_beats_the_bound(seed, worth):
    problem = drawn(seed)
    costs = np.asarray(problem.costs)
    values = [
        worth.of(costs[:, list(sites)].min(axis=1), problem)
        for sites in combinations(range(4), problem.n_units)
    ]
    least = p_median(problem).bound
    found = with_bound(unproven(values[0], worth), problem, worth, least_total=least)
    assert np.isfinite(found.bound)
    for value in values:
        if worth.objective == "max-coverage":
            assert value[0] <= found.bound + 1e-9
        else:
            assert value[0] >= found.bound - 1e-9
    if found.status is Status.OPTIMAL:
        assert found.bound == found.objective


def test_what_is_proven_stays_as_it_is():
    problem = drawn(1)
    found = p_median(problem)
    assert with_bound(found, problem, Worth()) is found


@pytest.mark.parametrize("worth", WORTHS)
def test_out_of_reach_is_endless_or_nothing(worth):
    problem = drawn(2)
    cost = np.full(7, 10.0)
    cost[0] = np.inf
    value = worth.of(cost, problem)[0]
    covered = worth.objective == "max-coverage"
    assert np.isfinite(value) if covered else np.isinf(value)
