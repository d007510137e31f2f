"""Every objective beside all choices tried one by one, on small problems with all limits."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import linprog

from evenground.methods.accessibility import Binary, Linear
from evenground.methods.siting import (
    Floors,
    SitingProblem,
    frontier,
    kolm_pollak_siting,
    lexicographic,
    maximal_coverage,
    maximin_groups,
    p_center,
    p_median,
)

SEEDS = range(24)
FLOORS = Floors(
    district=np.arange(5) % 2,
    units=[1, 0],
    mean_cost=[30.0, np.inf, np.inf],
    covered=[0.0, 0.3, 0.0],
    radius=20,
)


def case(seed):
    """Return a problem with ties, gaps and limits that differ from seed to seed, and its parts."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(6, 14)), 5 if seed % 7 == 3 else int(rng.integers(5, 9))
    costs = rng.integers(0, 40, (n, m)).astype(float) if seed % 2 else rng.random((n, m)) * 50
    if seed % 3 == 0:
        costs[rng.random((n, m)) < 0.25] = np.inf
    weights = rng.integers(0, 9, n).astype(float)
    weights[0] = 1
    groups = rng.integers(0, 5, (3, n)).astype(float)
    groups[:, 0] += 1
    forced, forbidden = np.zeros(m, bool), np.zeros(m, bool)
    if seed % 4 == 1:
        forced[0] = forbidden[1] = True
    prices = rng.integers(1, 5, m).astype(float)
    budget = float(rng.integers(3, 12)) if seed % 5 == 0 else None
    return SimpleNamespace(
        problem=SitingProblem(
            weights=weights, costs=costs, n_units=int(rng.integers(1, 4)), groups=groups,
            forced=forced, forbidden=forbidden, floors=FLOORS if seed % 7 == 3 else None,
            prices=None if budget is None else prices, budget=budget,
        ),
        lived=(weights > 0) | (groups > 0).any(axis=0),
        people=groups.sum(axis=1),
    )  # fmt: skip


def allowed(place, *, reach):
    """Return what points pay with every choice that is allowed."""
    p, floors = place.problem, place.problem.floors
    found = []
    for size in range(1, p.n_units + 1):
        for chosen in combinations(range(p.costs.shape[1]), size):
            sites = list(chosen)
            paid = p.costs[:, sites].min(axis=1)
            refused = [
                p.forced[sites].sum() < p.forced.sum(),
                p.forbidden[sites].any(),
                p.budget is not None and p.prices[sites].sum() > p.budget,
                (reach or floors is not None) and np.isinf(paid[place.lived]).any(),
            ]
            if floors is not None and not any(refused):
                mean = p.groups[0][place.lived] @ paid[place.lived] / place.people[0]
                share = p.groups[1] @ (paid <= 20) / place.people[1]
                refused += [all(j % 2 for j in sites), mean > 30, share < 0.3]
            if not any(refused):
                found.append(paid)
    return found


def is_best(found, values, *, best=min):
    if not values:
        assert found.status == "infeasible"
        assert found.reason is not None
        return
    assert found.objective == pytest.approx(best(values), rel=1e-9, abs=1e-12)
    assert found.bound == pytest.approx(found.objective, rel=1e-9, abs=1e-12)
    assert found.status == "optimal"


@pytest.mark.parametrize("seed", SEEDS)
def test_costs(seed):
    place = case(seed)
    p, lived = place.problem, place.lived
    paid = allowed(place, reach=True)
    some = p.weights > 0
    is_best(p_median(p), [p.weights[some] @ c[some] for c in paid])
    is_best(p_center(p), [c[lived].max() for c in paid])
    equal = [np.log(p.weights[some] @ np.exp(0.1 * c[some]) / p.weights.sum()) / 0.1 for c in paid]
    is_best(kolm_pollak_siting(p, kappa=-0.1), equal)


@pytest.mark.parametrize("seed", SEEDS)
def test_groups(seed):
    place = case(seed)
    p, lived = place.problem, place.lived
    levels = [
        tuple(np.sort(p.groups[:, lived] @ c[lived] / place.people)[::-1].round(7))
        for c in allowed(place, reach=True)
    ]
    is_best(maximin_groups(p), [float(level[0]) for level in levels] and worst(place))
    found = lexicographic(p)
    if levels:
        assert found.status == "optimal"
        assert found.levels == pytest.approx(min(levels), abs=1e-6)
    else:
        assert found.status == "infeasible"


def worst(place):
    p, lived = place.problem, place.lived
    paid = allowed(place, reach=True)
    return [(p.groups[:, lived] @ c[lived] / place.people).max() for c in paid]


@pytest.mark.parametrize("seed", SEEDS)
def test_coverage(seed):
    place = case(seed)
    p = place.problem
    paid = allowed(place, reach=False)
    is_best(
        maximal_coverage(p, decay=Binary(12.0)), [p.weights @ (c <= 12) for c in paid], best=max
    )
    faded = [p.weights @ np.maximum(1 - np.minimum(c, 25) / 25, 0) for c in paid]
    is_best(maximal_coverage(p, decay=Linear(25.0)), faded, best=max)


@pytest.mark.parametrize("seed", [s for s in SEEDS if s % 7 != 3 and s % 5 and s % 4 != 1])
def test_goods(seed):
    p = case(seed).problem
    good = np.where(np.isinf(p.costs), 0, p.costs)
    values = [
        -np.log(p.weights @ np.exp(-0.1 * good[:, sites].max(axis=1)) / p.weights.sum()) / 0.1
        for sites in map(list, combinations(range(good.shape[1]), p.n_units))
    ]
    found = kolm_pollak_siting(p, kappa=0.1)
    is_best(found, values, best=max)
    assert found.cost == pytest.approx(good[:, found.sites].max(axis=1))


@pytest.mark.parametrize("seed", SEEDS)
def test_frontier(seed):
    place = case(seed)
    p, lived = place.problem, place.lived
    paid = allowed(place, reach=True)
    both = [(p.weights[lived] @ c[lived], w) for c, w in zip(paid, worst(place), strict=True)]
    points = frontier(p, n_points=4)
    assert bool(points) == bool(both)
    for point in points:
        within = [total for total, w in both if w <= point.limit * (1 + 1e-9)]
        assert point.siting.objective == pytest.approx(min(within))
    if points:
        assert points[0].siting.objective == pytest.approx(min(total for total, _ in both))
        assert points[-1].worst == pytest.approx(min(w for _, w in both))


def transport(weights, costs, capacity):
    """Return the least cost of bringing everybody to sites, infinite if they do not hold all."""
    n, k = costs.shape
    everybody, full = np.zeros((n, n * k)), np.zeros((k, n * k))
    for i in range(n):
        everybody[i, i * k : (i + 1) * k] = 1
        full[np.arange(k), i * k + np.arange(k)] = weights[i]
    done = linprog(
        (weights[:, None] * costs).ravel(), A_ub=full, b_ub=capacity, A_eq=everybody,
        b_eq=np.ones(n),
    )  # fmt: skip
    return done.fun if done.status == 0 else np.inf


@pytest.mark.parametrize("seed", range(8))
def test_capacities(seed):
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, 9, 10).astype(float)
    costs, capacity = rng.random((10, 6)) * 50, rng.integers(10, 30, 6) / (1 + (seed % 3 == 0))
    groups = rng.integers(1, 5, (2, 10))
    problem = SitingProblem(
        weights=weights, costs=costs, n_units=3, capacities=capacity, groups=groups
    )
    choices = [list(sites) for sites in combinations(range(6), 3)]
    values = [transport(weights, costs[:, sites], capacity[sites]) for sites in choices]
    found, fair = p_median(problem), maximin_groups(problem)
    if np.isinf(min(values)):
        assert found.status == fair.status == "infeasible"
        return
    assert found.status == fair.status == "optimal"
    assert found.objective == pytest.approx(min(values), rel=1e-8)
    assert weights @ found.cost == pytest.approx(found.objective, rel=1e-8)
    assert set(found.site) <= set(found.sites)
    means = groups @ found.cost / groups.sum(axis=1)
    assert fair.objective <= means.max() * (1 + 1e-9)
