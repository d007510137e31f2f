"""Relative magnitudes: published intervals, identities, invariances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.honest import (
    Target,
    event_study,
    honest_relative_magnitudes,
)
from evenground.questions.promise.measures.honest.conditional import Hybrid, admitted
from evenground.questions.promise.measures.honest.least_favourable import (
    both_beyond,
    least_favourable_value,
)
from evenground.questions.promise.measures.honest.pieces import relative_magnitudes_pieces

GRID_STEPS = 999
"""The R package lists 1,000 effects within 20 standard errors of 0."""


def some_study(seed, n_pre=3, n_post=3):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(n_pre + n_post, n_pre + n_post + 2))
    return rng.normal(size=n_pre + n_post), root @ root.T / 30, n_pre


def intervals(betas, covariance, n_pre, **more):
    found = honest_relative_magnitudes(betas, covariance, n_pre=n_pre, **more)
    return np.stack([found.low, found.high])


# README of the R package HonestDiD (asheshrambachan/HonestDiD), M-bar 0.5, 1, 1.5, 2.
R_LOW = [0.0240, 0.0170, 0.00824, -0.000916]
R_HIGH = [0.0672, 0.0720, 0.0797, 0.0881]
# README of the Stata package (mcaceresb/stata-honestdid): mean of both years, to three decimals.
STATA_LOW = [0.041, 0.033, 0.020, 0.006, -0.008]
STATA_HIGH = [0.075, 0.080, 0.090, 0.103, 0.117]


def test_published_medicaid_first_year(medicaid):
    found = honest_relative_magnitudes(medicaid.betas, medicaid.covariance, n_pre=5)
    # A grid's interval lies inside the exact one, by less than a step at each end.
    step = 40 * np.sqrt(medicaid.covariance[5, 5]) / GRID_STEPS
    inwards = np.concatenate([R_LOW - found.low, found.high - R_HIGH])
    assert inwards.min() > -5e-5  # their rounding
    assert inwards.max() < step + 5e-5
    assert [found.usual_low, found.usual_high] == pytest.approx([0.029, 0.064], abs=5e-4)


def test_published_medicaid_mean_of_both_years(medicaid):
    found = honest_relative_magnitudes(
        medicaid.betas,
        medicaid.covariance,
        n_pre=5,
        bounds=[0, 0.5, 1, 1.5, 2],
        target=Target(weights=(0.5, 0.5)),
    )
    step = 40 * np.sqrt(medicaid.covariance[5:, 5:].sum() / 4) / GRID_STEPS
    inwards = np.concatenate([STATA_LOW - found.low, found.high - STATA_HIGH])
    assert inwards.min() > -5e-4
    assert inwards.max() < step + 5e-4


def test_published_conditional_set_on_the_grid_it_was_listed_on(french_restaurants):
    """The R package's set without a first stage, as told in the tests of HonestDiD.jl.

    computeConditionalCS_DeltaRM, M-bar 1, hybrid_flag "ARP", gridPoints 200.
    """
    given_study = french_restaurants
    study = event_study(given_study.betas, given_study.covariance, n_pre=4)
    pieces = relative_magnitudes_pieces(study, 1.0)
    grid = np.linspace(-20, 20, 200) * study.standard_error
    everywhere = np.broadcast_to(grid, (8, 200))
    test = Hybrid(pieces=pieces, critical=np.full(8, np.inf), size=0.05)
    inside = grid[admitted(test, everywhere).any(axis=0)]
    assert [inside[0], inside[-1]] == pytest.approx([0.07055244362, 0.3184394077], abs=1e-10)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_without_any_break_it_is_the_usual_interval(seed, confidence):
    """An identity: at M-bar 0 the two stages together are the two-sided normal test."""
    betas, covariance, n_pre = some_study(seed)
    target = Target(weights=(0.2, 0.3, 0.5), confidence=confidence)
    found = honest_relative_magnitudes(betas, covariance, n_pre=n_pre, bounds=[0], target=target)
    assert found.low[0] == pytest.approx(found.usual_low, abs=1e-12)
    assert found.high[0] == pytest.approx(found.usual_high, abs=1e-12)


def test_by_hand_when_nothing_is_uncertain():
    """Worst change before is 0.3, so the first effect is off by at most 0.3 M-bar."""
    found = intervals([0.1, -0.2, 0.1, 1.0, 5.0], 1e-18 * np.eye(5), 3, bounds=[1, 2])
    assert found == pytest.approx(np.array([[0.7, 0.4], [1.3, 1.6]]), abs=1e-7)
    # The mean of two effects takes one first change and half a second one.
    both = Target(weights=(0.5, 0.5))
    found = intervals([0.1, -0.2, 0.1, 1.0, 5.0], 1e-18 * np.eye(5), 3, bounds=[1], target=both)
    assert found[:, 0] == pytest.approx([3 - 0.45, 3 + 0.45], abs=1e-7)


@given(
    seed=st.integers(0, 10**6),
    scale=st.floats(1e-6, 1e6),
    turned=st.booleans(),
)
@settings(max_examples=25)
def test_units_do_not_matter(seed, scale, turned):
    betas, covariance, n_pre = some_study(seed)
    sign = -1.0 if turned else 1.0
    before = intervals(betas, covariance, n_pre)
    after = intervals(sign * scale * betas, scale**2 * covariance, n_pre) / scale
    expected = -before[::-1] if turned else before
    assert after == pytest.approx(expected, rel=1e-10, abs=1e-10)


@given(seed=st.integers(0, 10**6), shift=st.floats(-5, 5))
@settings(max_examples=25)
def test_an_effect_added_shifts_the_interval_by_it(seed, shift):
    betas, covariance, n_pre = some_study(seed)
    moved = betas + shift * (np.arange(betas.size) >= n_pre)
    whole = Target(weights=(0.25, 0.25, 0.5))
    before = intervals(betas, covariance, n_pre, target=whole)
    after = intervals(moved, covariance, n_pre, target=whole)
    assert after == pytest.approx(before + shift, abs=1e-10)


@given(seed=st.integers(0, 10**6), n_pre=st.integers(1, 5), n_post=st.integers(1, 5))
@settings(max_examples=25)
def test_a_weaker_assumption_gives_a_wider_interval(seed, n_pre, n_post):
    betas, covariance, n_pre = some_study(seed, n_pre, n_post)
    low, high = intervals(betas, covariance, n_pre, bounds=[0.25, 0.5, 1, 2, 4])
    assert np.isfinite(low).all()
    assert (high >= low).all()
    # Conditional tests do not promise it at every bound; over a doubling it holds.
    assert (np.diff(high - low) > 0).all()


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25)
def test_the_interval_holds_the_estimate(seed):
    betas, covariance, n_pre = some_study(seed)
    low, high = intervals(betas, covariance, n_pre)
    assert (low <= betas[n_pre]).all()
    assert (betas[n_pre] <= high).all()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("bound", [0.5, 2.0])
def test_critical_value_is_exceeded_as_often_as_it_says(seed, bound):
    """Draws of all vertices, where the value is computed from three normal and two joint tails."""
    betas, covariance, n_pre = some_study(seed)
    study = event_study(betas, covariance, n_pre=n_pre, target=Target(weights=(0.2, 0.3, 0.5)))
    pieces = relative_magnitudes_pieces(study, bound)
    critical = least_favourable_value(pieces, size=0.05)
    n_draws = 100_000
    draws = np.random.default_rng([seed, 7]).multivariate_normal(
        np.zeros(betas.size), covariance, n_draws
    )
    for vertices, value in zip(pieces.on_betas, critical, strict=True):
        share = float(((draws @ vertices.T).max(axis=1) > value).mean())
        assert share == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / n_draws))


@given(h=st.floats(0.01, 5), k=st.floats(0.01, 5), rho=st.floats(-0.999, 0.999))
def test_joint_tail_is_the_bivariate_normal(h, k, rho):
    found = both_beyond(np.array([h]), np.array([k]), np.array([rho]))[0]
    known = stats.multivariate_normal(cov=[[1, rho], [rho, 1]]).cdf([-h, -k])
    assert found == pytest.approx(known, abs=2e-8)  # as exact as the integral of SciPy


def test_joint_tail_at_perfect_correlation():
    at, ones = np.array([1.0]), np.array([1.0])
    assert both_beyond(at, 2 * at, ones)[0] == pytest.approx(stats.norm.sf(2), abs=1e-7)
    assert both_beyond(at, 2 * at, -ones)[0] == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("bounds", [[-0.5], [float("nan")], [[1.0]]])
def test_bad_bounds_are_refused(bounds):
    betas, covariance, n_pre = some_study(1)
    with pytest.raises(UsageError):
        honest_relative_magnitudes(betas, covariance, n_pre=n_pre, bounds=bounds)
