"""What must hold whatever the numbers: more choice never hurts, units and order play no part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.methods.accessibility import Binary, pairs_from_costs
from evenground.methods.siting import (
    Effort,
    SitingProblem,
    kolm_pollak_siting,
    lexicographic,
    maximal_coverage,
    maximin_groups,
    p_center,
    p_median,
)

OBJECTIVES = {
    "median": p_median,
    "center": p_center,
    "maximin": maximin_groups,
    "lexicographic": lexicographic,
    "kolm-pollak": lambda problem, **how: kolm_pollak_siting(problem, kappa=-0.05, **how),
    "coverage": lambda problem, **how: maximal_coverage(problem, decay=Binary(30.0), **how),
}


def city(seed, *, n=14, m=9, p=3):
    rng = np.random.default_rng(seed)
    return SitingProblem(
        weights=rng.integers(1, 20, n).astype(float),
        costs=rng.random((n, m)) * 100,
        n_units=p,
        groups=rng.integers(1, 9, (3, n)).astype(float),
    )


def plane(seed):
    """Return a problem whose costs are straight lines, which is less hard than any numbers."""
    rng = np.random.default_rng(seed)
    people, sites = rng.uniform(0, 100, (80, 2)), rng.uniform(0, 100, (30, 2))
    return SitingProblem(
        weights=rng.integers(1, 20, 80).astype(float),
        costs=np.sqrt(((people[:, None] - sites[None]) ** 2).sum(axis=2)),
        n_units=4,
        groups=rng.integers(1, 9, (3, 80)).astype(float),
    )


@pytest.mark.parametrize("name", OBJECTIVES)
@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_one_more_candidate_never_worsens(name, seed):
    problem = city(seed)
    fewer = OBJECTIVES[name](replace(problem, costs=problem.costs[:, :-1]))
    more = OBJECTIVES[name](problem)
    better, worse = (more, fewer) if name == "coverage" else (fewer, more)
    assert better.objective >= worse.objective * (1 - 1e-9)


@pytest.mark.parametrize("name", ["median", "center", "maximin", "lexicographic"])
@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), scale=st.floats(1e-3, 1e3))
def test_scaling_costs_scales_the_objective(name, seed, scale):
    problem = city(seed)
    found = OBJECTIVES[name](problem)
    scaled = OBJECTIVES[name](replace(problem, costs=problem.costs * scale))
    assert scaled.objective == pytest.approx(found.objective * scale, rel=1e-8)
    assert scaled.status == "optimal"


@pytest.mark.parametrize("name", OBJECTIVES)
@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_order_plays_no_part(name, seed):
    problem = city(seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(14), rng.permutation(9)
    moved = replace(
        problem,
        weights=problem.weights[rows],
        costs=problem.costs[np.ix_(rows, columns)],
        groups=problem.groups[:, rows],
    )
    found, again = OBJECTIVES[name](problem), OBJECTIVES[name](moved)
    assert again.objective == pytest.approx(found.objective, rel=1e-9)


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_a_point_split_in_two_is_the_same_point(seed):
    problem = city(seed)
    parts = replace(
        problem,
        weights=np.concatenate([problem.weights[:1] / 2, problem.weights[:1] / 2,
                                problem.weights[1:]]),
        costs=np.vstack([problem.costs[:1], problem.costs]),
        groups=None,
    )  # fmt: skip
    assert p_median(parts).objective == pytest.approx(p_median(problem).objective, rel=1e-9)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_same_again_to_the_last_digit(name):
    problem = plane(3)
    one, other = OBJECTIVES[name](problem), OBJECTIVES[name](problem)
    assert one.sites.tolist() == other.sites.tolist()
    assert (one.objective, one.bound, one.work) == (other.objective, other.bound, other.work)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_pairs_are_a_matrix(name):
    problem = city(4)
    near = problem.costs <= 80
    listed = pairs_from_costs(np.nonzero(near), problem.costs[near], shape=problem.costs.shape)
    gaps = np.where(near, problem.costs, np.inf)
    one = OBJECTIVES[name](replace(problem, costs=listed, beyond=200.0))
    other = OBJECTIVES[name](replace(problem, costs=gaps, beyond=200.0))
    assert one.objective == other.objective
    assert one.sites.tolist() == other.sites.tolist()


@pytest.mark.parametrize("name", OBJECTIVES)
def test_stopping_by_work_keeps_an_honest_bound(name):
    problem = plane(5)
    best = OBJECTIVES[name](problem)
    assert best.status == "optimal"
    sign = -1 if name == "coverage" else 1
    for limit in (0, 1, 40, 300):
        found = OBJECTIVES[name](problem, effort=Effort(work_limit=limit))
        if not found.sites.size:
            assert found.status == "gap"
            continue
        assert sign * found.objective >= sign * best.objective * (1 - sign * 1e-9)
        assert sign * found.bound <= sign * best.objective * (1 + sign * 1e-9)
        assert (found.status == "optimal") == (found.gap <= 1e-9)


def test_progress_is_told_and_stops():
    problem, told = plane(6), []
    p_median(problem, effort=Effort(progress=told.append))
    assert [step.bound for step in told if np.isfinite(step.bound)]
    stopped = p_median(problem, effort=Effort(should_stop=lambda: True))
    assert stopped.sites.size == 4
    assert stopped.work <= 14  # trying every candidate once is six passes, and it was asked twice
    near = p_median(problem, effort=Effort(gap=0.1))
    assert near.gap <= 0.1
