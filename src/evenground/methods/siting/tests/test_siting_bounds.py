"""Bounds checked by code that shares nothing with the engine, and the engine's own parts."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from evenground.methods.siting import Effort, SitingProblem, p_median
from evenground.methods.siting.answer import proven, relative_gap
from evenground.methods.siting.benders import cuts_around, cuts_at, violated_cuts
from evenground.methods.siting.choice import choice_of
from evenground.methods.siting.interchange import Field, greedy, interchange
from evenground.methods.siting.lagrangian import Ascent
from evenground.methods.siting.problem import checked
from evenground.methods.siting.relaxation import safe_bound
from evenground.methods.siting.rows import Rows
from evenground.methods.siting.sorted_costs import sorted_costs


def town(seed, *, n=20, m=10):
    rng = np.random.default_rng(seed)
    return rng.integers(1, 20, n).astype(float), rng.random((n, m)) * 100


def least_total(weights, costs, units):
    choices = combinations(range(costs.shape[1]), units)
    return min(float(weights @ costs[:, list(sites)].min(axis=1)) for sites in choices)


def classical_relaxation(weights, costs, units):
    """Return the linear relaxation of ReVelle and Swain (1970), with a column for every pair."""
    n, m = costs.shape
    cost = np.concatenate([np.zeros(m), (weights[:, None] * costs).ravel()])
    served, opened = np.zeros((n, m + n * m)), np.zeros((n * m, m + n * m))
    for i in range(n):
        served[i, m + i * m : m + (i + 1) * m] = 1
        for j in range(m):
            opened[i * m + j, m + i * m + j], opened[i * m + j, j] = 1, -1
    sites = np.concatenate([np.ones(m), np.zeros(n * m)])[None]
    done = linprog(
        cost, A_ub=opened, b_ub=np.zeros(n * m), A_eq=np.vstack([served, sites]),
        b_eq=np.append(np.ones(n), units), bounds=(0, 1),
    )  # fmt: skip
    return done.fun


@given(seed=st.integers(0, 10_000), units=st.integers(1, 4))
def test_prices_bound_the_total_and_the_plain_sum_agrees(seed, units):
    weights, costs = town(seed)
    rows = sorted_costs(costs, width=10)
    ascent = Ascent(
        rows=rows, weights=weights, n_units=units, forced=np.zeros(10, bool),
        improve=lambda sites, number: 1e4, stops=lambda bound: False,
    )  # fmt: skip
    found = ascent.run(rows.cost[:, 2].copy(), 1e4, passes=60)
    savings = (weights[:, None] * np.maximum(found.price[:, None] - costs, 0)).sum(axis=0)
    plain = weights @ found.price - np.sort(savings)[::-1][:units].sum()
    assert found.bound == pytest.approx(plain, rel=1e-12, abs=1e-9)
    assert found.bound <= classical_relaxation(weights, costs, units) * (1 + 1e-9)


@pytest.mark.parametrize("units", [1, 3])
@pytest.mark.parametrize("seed", range(4))
def test_the_root_is_no_better_than_the_classical_relaxation_allows(seed, units):
    weights, costs = town(seed)
    relaxed, best = classical_relaxation(weights, costs, units), least_total(weights, costs, units)
    for limit in (1, 20, 60, 300):
        problem = SitingProblem(weights=weights, costs=costs, n_units=units)
        found = p_median(problem, effort=Effort(work_limit=limit))
        if found.n_nodes <= 1 and found.status == "gap":
            assert found.bound <= relaxed * (1 + 1e-9)
        assert found.bound <= best * (1 + 1e-9)
        assert found.objective >= best * (1 - 1e-9)


@given(seed=st.integers(0, 10_000))
def test_a_bound_from_any_duals_is_below_the_least(seed):
    rng = np.random.default_rng(seed)
    dense = rng.normal(size=(4, 6))
    cost, inside = rng.normal(size=6), rng.uniform(0, 1, 6)
    held = dense @ inside
    low = np.where(rng.random(4) < 0.5, held - 0.1, -np.inf)
    high = np.where(rng.random(4) < 0.5, held + 0.1, np.inf)
    rows = Rows(
        starts=np.arange(0, 25, 6), column=np.tile(np.arange(6), 4), value=dense.ravel(),
        low=low, high=high,
    )  # fmt: skip
    limits = np.vstack([dense[np.isfinite(high)], -dense[np.isfinite(low)]])
    right = np.concatenate([high[np.isfinite(high)], -low[np.isfinite(low)]])
    least = linprog(cost, A_ub=limits, b_ub=right, bounds=(0, 1)).fun
    bounds = (np.zeros(6), np.ones(6))
    for scale in (0.0, 0.5, 3.0):
        found, _ = safe_bound(rows, scale * rng.normal(size=4), cost=cost, bounds=bounds)
        assert found <= least + 1e-9


@given(seed=st.integers(0, 10_000), units=st.integers(1, 5))
def test_cuts_hold_for_every_choice_and_are_tight_at_theirs(seed, units):
    weights, costs = town(seed)
    rng = np.random.default_rng(seed)
    rows, n = sorted_costs(costs), weights.size
    sites = rng.choice(10, units, replace=False)
    paid = costs[:, sites].min(axis=1)
    point = np.concatenate([np.isin(np.arange(10), sites).astype(float), paid])
    for cuts in (cuts_around(rows, rng.uniform(0, 100, n)), cuts_at(rows, np.arange(n), paid)):
        assert (cuts.matrix(10 + n) @ point >= cuts.low - 1e-9).all()
    assert violated_cuts(rows, point) is None
    point[10:] -= 1.0
    cuts = violated_cuts(rows, point)
    assert cuts is not None
    assert cuts.n_rows == n
    assert cuts.matrix(10 + n) @ point == pytest.approx(cuts.low - 1.0)


@given(seed=st.integers(0, 10_000), units=st.integers(1, 4))
def test_interchange_ends_where_no_exchange_helps(seed, units):
    weights, costs = town(seed)
    problem = checked(SitingProblem(weights=weights, costs=costs, n_units=units))
    field = Field(
        columns=costs.T.copy(), weights=weights[None], score=lambda totals: totals[0],
        choice=choice_of(problem),
    )  # fmt: skip

    def total(sites):
        return float(weights @ costs[:, sites].min(axis=1))

    begin = greedy(field)
    found = interchange(field, begin, pool=np.arange(10))
    assert len(set(found.tolist())) == units
    assert total(found) <= total(begin)
    for k in range(units):
        for j in set(range(10)) - set(found.tolist()):
            other = found.copy()
            other[k] = j
            assert total(other) >= total(found) * (1 - 1e-9)


def test_what_is_proven():
    assert proven(100.0, 100.0 - 1e-8)
    assert not proven(100.0, 100.0 - 1e-6)
    assert proven(0.0, 0.0)
    assert relative_gap(0.0, -1.0) == np.inf
