"""Weights on the simplex: independent optimisers, every support listed, degenerate problems."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from evenground.errors import UsageError
from evenground.questions.promise.measures.synthetic.simplex_least_squares import (
    least_on_simplex,
    safely_on_simplex,
    simplex_weights,
)
from evenground.questions.promise.measures.synthetic.simplex_of_many import (
    Grams,
    least_on_simplex_of_many,
)


def problem(seed, *, n=8, rows=12, ridge=0.5):
    rng = np.random.default_rng(seed)
    design = rng.normal(size=(rows, n))
    target = design @ rng.dirichlet(np.full(n, 0.3)) + rng.normal(size=rows) * 0.3
    return design.T @ design + ridge * np.eye(n), design.T @ target


def value(gram, target, weights):
    return weights @ gram @ weights - 2 * target @ weights


def by_every_support(gram, target):
    """Return the optimum by looking at every set of positive weights."""
    n, best, least = target.size, None, np.inf
    for free in chain.from_iterable(combinations(range(n), k) for k in range(1, n + 1)):
        rows = list(free)
        solved = np.linalg.solve(
            gram[np.ix_(rows, rows)], np.stack([target[rows], np.ones(len(rows))], axis=1)
        )
        level = (1 - solved[:, 0].sum()) / solved[:, 1].sum()
        part = solved[:, 0] + level * solved[:, 1]
        weights = np.zeros(n)
        weights[rows] = part
        if part.min() >= 0 and value(gram, target, weights) < least:
            best, least = weights, value(gram, target, weights)
    return best


def test_two_weights_by_hand():
    """Least of (w - 0.3)² + (1 - w - 0.7)²: w = 0.3; then a target outside the simplex."""
    assert simplex_weights(np.eye(2), [0.3, 0.7]).weights == pytest.approx([0.3, 0.7])
    assert simplex_weights(np.eye(2), [2.0, -1.0]).weights == pytest.approx([1.0, 0.0])
    # Least of w1² + 4 w2² with the sum 1 is at 0.8 and 0.2.
    assert simplex_weights(np.diag([1.0, 4.0]), [0.0, 0.0]).weights == pytest.approx([0.8, 0.2])


@pytest.mark.parametrize("seed", range(12))
def test_every_support_listed(seed):
    gram, target = problem(seed)
    found = simplex_weights(gram, target)
    assert found.weights == pytest.approx(by_every_support(gram, target), abs=1e-12)
    assert abs(found.gap) < 1e-12 * max(1, np.abs(gram).max())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("few", [False, True])
def test_an_independent_optimiser_does_no_better(seed, few):
    gram, target = problem(seed, n=25, rows=15, ridge=1e-3)
    found = least_on_simplex(gram, target, few=few)
    start = np.full(25, 1 / 25)
    theirs = optimize.minimize(
        lambda w: value(gram, target, w),
        start,
        jac=lambda w: 2 * (gram @ w - target),
        method="SLSQP",
        bounds=[(0, 1)] * 25,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda w: np.ones(25)},
        options={"maxiter": 1_000, "ftol": 1e-14},
    )
    ours = value(gram, target, found.weights)
    assert ours <= theirs.fun + 1e-10
    assert ours == pytest.approx(theirs.fun, abs=1e-6)
    assert found.weights.sum() == pytest.approx(1, abs=1e-14)
    assert found.weights.min() >= 0


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(2, 15), st.sampled_from([0.0, 1e-6, 1.0]))
def test_the_safe_way_finds_the_same_sum(seed, n, ridge):
    gram, target = problem(seed, n=n, rows=max(3, n // 2), ridge=ridge)
    fast = least_on_simplex(gram, target)
    safe, _ = safely_on_simplex(gram, target)
    scale = np.abs(gram).max()
    assert fast.gap <= 1e-8 * scale
    assert value(gram, target, fast.weights) == pytest.approx(
        value(gram, target, safe), abs=1e-8 * scale
    )


def test_problems_without_a_single_answer():
    """Donors that are one another's copies: any split does; the sum is least all the same."""
    rng = np.random.default_rng(1)
    design = np.repeat(rng.normal(size=(9, 3)), 2, axis=1)
    target = design @ np.array([0.2, 0.1, 0.3, 0.1, 0.2, 0.1])
    found = least_on_simplex(design.T @ design, design.T @ target)
    assert design @ found.weights == pytest.approx(target, abs=1e-7)
    assert least_on_simplex(np.zeros((3, 3)), np.zeros(3)).weights.sum() == pytest.approx(1)
    assert least_on_simplex(np.eye(1), np.zeros(1)).weights.tolist() == [1.0]


@pytest.mark.parametrize("few", [False, True])
def test_many_at_once_are_as_each_alone(few):
    rng = np.random.default_rng(3)
    design = rng.normal(size=(14, 10))
    gram = design.T @ design + 0.2 * np.eye(10)
    targets = rng.normal(size=(40, 14)) @ design
    admitted = np.ones((40, 10), dtype=bool)
    admitted[np.arange(40), rng.integers(0, 10, 40)] = False
    weights, gaps = least_on_simplex_of_many(Grams(whole=gram), targets, admitted, few=few)
    stack = Grams(whole=np.tile(gram, (40, 1, 1)))
    stacked, _ = least_on_simplex_of_many(stack, targets, admitted, few=few)
    assert stacked == pytest.approx(weights, abs=1e-12)
    assert gaps.max() < 1e-10
    for row in range(40):
        free = np.flatnonzero(admitted[row])
        alone = least_on_simplex(gram[np.ix_(free, free)], targets[row, free])
        assert weights[row, free] == pytest.approx(alone.weights, abs=1e-11)
        assert weights[row, ~admitted[row]].max() == 0


def test_a_row_is_left_out_of_each():
    rng = np.random.default_rng(4)
    design = rng.normal(size=(14, 6))
    gram, aim = design.T @ design + 0.1 * np.eye(6), rng.normal(size=14)
    targets = aim @ design - design * aim[:, None]
    admitted = np.ones((14, 6), dtype=bool)
    grams = Grams(whole=gram, less=design)
    begin = least_on_simplex(gram, aim @ design).weights > 0
    for how in ({}, {"few": True}, {"begin": np.tile(begin, (14, 1))}):
        weights, gaps = least_on_simplex_of_many(grams, targets, admitted, **how)
        assert gaps.max() < 1e-10
        for row in range(14):
            kept = np.delete(design, row, axis=0)
            alone = least_on_simplex(kept.T @ kept + 0.1 * np.eye(6), np.delete(aim, row) @ kept)
            assert weights[row] == pytest.approx(alone.weights, abs=1e-11)


def test_many_where_some_have_no_single_answer():
    grams = np.stack([np.eye(3), np.zeros((3, 3)), np.ones((3, 3))])
    targets = np.array([[0.2, 0.3, 0.5], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    admitted = np.ones((3, 3), dtype=bool)
    weights, gaps = least_on_simplex_of_many(Grams(whole=grams), targets, admitted)
    assert weights[0] == pytest.approx([0.2, 0.3, 0.5])
    assert weights.sum(axis=1) == pytest.approx(np.ones(3))
    assert np.abs(gaps).max() < 1e-12


@pytest.mark.parametrize(
    ("gram", "target"),
    [(np.eye(3), [0.0, 0.0]), ([[1.0, np.nan], [0.0, 1.0]], [0.0, 1.0]), (np.eye(2), [0, np.inf])],
)
def test_what_does_not_fit_is_refused(gram, target):
    with pytest.raises(UsageError):
        simplex_weights(gram, target)
