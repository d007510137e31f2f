"""Schemes, what they can give, and drawing again until groups are alike."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.randomised.assignments import (
    assignments_of,
    drawn_assignments,
    listed_assignments,
)
from evenground.questions.promise.measures.randomised.rerandomisation import (
    BalanceRule,
    accepted_assignments,
    balance_threshold,
    mahalanobis_imbalance,
    remaining_variance,
)
from evenground.questions.promise.measures.randomised.scheme import (
    cluster_randomisation,
    complete_randomisation,
    matched_pairs,
    scheme_data,
    scheme_of,
    stepped_wedge,
    stratified_randomisation,
)

SCHEMES = {
    "complete": (complete_randomisation(6, 2), 15),
    "strata": (stratified_randomisation(["a", "b", "a", "b", "a"], [1, 1]), 6),
    "pairs": (matched_pairs([3, 3, 1, 1, 2, 2]), 8),
    "clusters": (cluster_randomisation(["x", "x", "y", "z", "z", "z"], 1), 3),
    "stepped_wedge": (stepped_wedge([2, 1, 2]), 30),
    "all of one stratum": (stratified_randomisation([0, 0, 1, 1], [2, 1]), 2),
}


@pytest.mark.parametrize("name", SCHEMES)
def test_every_assignment_is_listed_once(name):
    scheme, n = SCHEMES[name]
    found = listed_assignments(scheme)
    assert scheme.n_assignments == found.n == n == len(np.unique(found.labels, axis=0))
    assert found.exact
    assert all(scheme.allows(row) for row in found.labels)
    every = product(range(scheme.n_labels), repeat=scheme.n_units)
    orders = {order for order in every if scheme.allows(np.array(order))}
    assert orders == {tuple(row) for row in found.labels.tolist()}


@pytest.mark.parametrize("name", SCHEMES)
def test_drawn_ones_are_possible_and_equally_likely(name):
    scheme, n = SCHEMES[name]
    drawn = drawn_assignments(scheme, rng=np.random.default_rng(3), n_draws=6_000)
    assert all(scheme.allows(row) for row in drawn.labels[:50])
    _, counts = np.unique(drawn.labels, axis=0, return_counts=True)
    assert counts.size == n
    assert np.abs(counts - 6_000 / n).max() < 5 * math.sqrt(6_000 / n)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_sealed_scheme_is_read_back(name):
    scheme, _ = SCHEMES[name]
    assert scheme_of(scheme_data(scheme)) == scheme


def test_many_are_drawn_with_the_chance_handed_in():
    scheme = complete_randomisation(40, 20)
    found = assignments_of(scheme, rng=np.random.default_rng(1), n_draws=50)
    assert (found.n, found.exact) == (50, False)
    with pytest.raises(UsageError, match="too many to list"):
        assignments_of(scheme)


def read(strata, clusters, counts):
    return scheme_of({"kind": "strata", "strata": strata, "clusters": clusters, "counts": counts})


@pytest.mark.parametrize(
    "build",
    [
        lambda: complete_randomisation(4, 4),
        lambda: complete_randomisation(4, 0),
        lambda: complete_randomisation(4, 5),
        lambda: stratified_randomisation([0, 0, 1], [1]),
        lambda: stratified_randomisation([0, 0, 1], [3, 0]),
        lambda: matched_pairs([1, 1, 2]),
        lambda: stepped_wedge([3]),
        lambda: stepped_wedge([3, 0, 2]),
        lambda: scheme_of({"kind": "complete"}),
        lambda: scheme_of({"kind": "x", "strata": [], "clusters": [], "counts": []}),
        lambda: read([0, 0, 1, 1], [0, 1, 1, 2], [[1, 1], [0, 1]]),
        lambda: read([0, 0, 1, 1], [0, 1, 2], [[1, 1], [1, 1]]),
        lambda: read([0, -1, 0, 0], [0, 1, 2, 3], [[2, 2]]),
    ],
)
def test_lots_that_are_none_are_refused(build):
    with pytest.raises(UsageError):
        build()


@pytest.mark.parametrize(
    "labels", [[0, 0, 1, 2, 0, 0], [1, 1, 1, 0, 0, 0], [0, 1, 1], [-1, 0, 0, 0, 1, 1]]
)
def test_impossible_assignments_are_known(labels):
    assert not SCHEMES["complete"][0].allows(np.array(labels))


def test_imbalance_by_hand():
    x = np.array([[0.0], [1.0], [2.0], [3.0]])
    found = mahalanobis_imbalance(x, [[0, 0, 1, 1], [0, 1, 1, 0]])
    # n_t n_c / n = 1, difference of means 2, variance 5/3
    assert found == pytest.approx([4 / (5 / 3), 0.0])


@given(st.integers(0, 10_000), st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_imbalance_is_the_same_in_any_units(seed, scale, shift):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(9, 3))
    labels = np.stack([rng.permutation([0, 0, 0, 1, 1, 1, 2, 2, 2]) for _ in range(4)])
    known = mahalanobis_imbalance(x, labels)
    turned = (x @ np.array([[1, 0.3, 0], [0, 1, -0.5], [0.2, 0, 1]])) * scale + shift * scale
    assert mahalanobis_imbalance(turned, labels) == pytest.approx(known, rel=1e-7)


def test_two_groups_agree_with_the_papers_formula():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(12, 2))
    z = rng.permutation(np.repeat([0, 1], [7, 5]))
    apart = x[z == 1].mean(axis=0) - x[z == 0].mean(axis=0)
    known = 7 * 5 / 12 * apart @ np.linalg.inv(np.cov(x.T)) @ apart
    assert mahalanobis_imbalance(x, z)[0] == pytest.approx(known, rel=1e-12)


def test_threshold_is_a_quantile_of_chi_squared():
    # With two covariates the distribution is exponential: P(chi2_2 <= a) = 1 - exp(-a / 2).
    assert balance_threshold(2, 0.1) == pytest.approx(-2 * math.log(0.9), rel=1e-12)
    assert balance_threshold(1, 1.0) == math.inf
    a = balance_threshold(2, 0.01)
    # P(chi2_4 <= a) = 1 - exp(-a / 2) (1 + a / 2)
    known = (1 - math.exp(-a / 2) * (1 + a / 2)) / 0.01
    assert remaining_variance(2, a) == pytest.approx(known, rel=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_variance_between_groups_falls_as_the_theorem_says(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(60, 2))
    scheme = complete_randomisation(60, 30)
    plain = drawn_assignments(scheme, rng=rng, n_draws=4_000).labels
    a = balance_threshold(2, 0.1)
    alike = accepted_assignments(
        scheme, BalanceRule(covariates=x, threshold=a), rng=rng, n_draws=4_000
    ).labels
    left = [((2 * z - 1) @ x[:, 0]).var() for z in (plain, alike)]
    assert left[1] / left[0] == pytest.approx(remaining_variance(2, a), rel=0.12)


def test_all_accepted_ones_are_as_balanced_as_sealed():
    x = np.arange(10.0)[:, None]
    rule = BalanceRule(covariates=x, threshold=balance_threshold(1, 0.2))
    found = accepted_assignments(complete_randomisation(10, 5), rule)
    assert found.exact
    assert 0 < found.n < 252
    assert mahalanobis_imbalance(x, found.labels).max() <= rule.threshold + 1e-9
    everyone = listed_assignments(complete_randomisation(10, 5))
    assert found.n == (mahalanobis_imbalance(x, everyone.labels) <= rule.threshold + 1e-9).sum()


def test_balance_that_nothing_reaches_is_refused():
    rule = BalanceRule(covariates=np.array([[0.0], [1], [2], [30]]), threshold=1e-6)
    with pytest.raises(UsageError, match="larger threshold"):
        accepted_assignments(complete_randomisation(4, 2), rule)
    with pytest.raises(UsageError, match="same for all"):
        mahalanobis_imbalance(np.ones((4, 1)), [[0, 0, 1, 1]])
    with pytest.raises(UsageError, match="above 0"):
        balance_threshold(2, 0.0)
    wide = BalanceRule(covariates=np.arange(40.0)[:, None], threshold=1.0)
    with pytest.raises(UsageError, match="too many"):
        accepted_assignments(complete_randomisation(40, 20), wide)
