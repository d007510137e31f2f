"""Smoothness: published intervals, an independent optimiser, invariances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.honest import (
    Target,
    event_study,
    honest_smoothness,
    smoothness_intervals,
)
from evenground.questions.promise.measures.honest.fixed_length import (
    fixed_length,
    folded_normal_quantile,
    frontier,
)
from evenground.questions.promise.measures.honest.lasso_path import lasso_path


def some_study(seed, n_pre=4, n_post=3):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(n_pre + n_post, n_pre + n_post + 2))
    weights = tuple(rng.normal(size=n_post)) if seed % 2 else ()
    return event_study(
        rng.normal(size=n_pre + n_post),
        root @ root.T / 30,
        n_pre=n_pre,
        target=Target(weights=weights),
    )


def test_published_medicaid(medicaid):
    """README of the R package HonestDiD, M 0 to 0.05; it draws its quantile."""
    found = honest_smoothness(
        medicaid.betas, medicaid.covariance, n_pre=5, bounds=[0, 0.01, 0.02, 0.03, 0.04, 0.05]
    )
    published_low = [0.0259, 0.0132, 0.00286, -0.00714, -0.0171, -0.0271]
    published_high = [0.0607, 0.0787, 0.0907, 0.101, 0.111, 0.121]
    assert found.low == pytest.approx(published_low, abs=1e-4)
    assert found.high == pytest.approx(published_high, abs=5e-4)


def test_published_french_restaurants(french_restaurants):
    """The R package's intervals as told in the tests of HonestDiD.jl, M 0, 0.1 and 0.2."""
    data = french_restaurants
    found = honest_smoothness(data.betas, data.covariance, n_pre=4, bounds=[0, 0.1, 0.2])
    assert found.low == pytest.approx([0.131411316, 0.1194440001, 0.01944400015], abs=1e-4)
    assert found.high == pytest.approx([0.2161696482, 0.4185082143, 0.5185082143], abs=1e-4)
    assert found.usual_low == pytest.approx(0.15877494280765, abs=1e-10)
    assert found.usual_high == pytest.approx(0.233147292681241, abs=1e-10)
    study = event_study(data.betas, data.covariance, n_pre=4)
    best = fixed_length(frontier(study), 0.1, confidence=0.95)
    # Its weights at M 0.1: the last coefficient before and the first after, nothing else.
    assert best.on_betas == pytest.approx([0, 0, 0, 1, 1, 0, 0, 0], abs=1e-12)


def test_published_conditional_interval_of_a_straight_trend(french_restaurants):
    """R's method "Conditional" at M 0, told to a step of its list of 1,000 effects."""
    data = french_restaurants
    study = event_study(data.betas, data.covariance, n_pre=4)
    found = smoothness_intervals(study, bounds=[0.0], method="C-LF")
    step = 40 * study.standard_error / 999
    assert 0 < 0.2100501789 - found.low[0] < step
    assert 0 < found.high[0] - 0.3277998271 < step


def test_straight_line_by_hand():
    """One coefficient before: the line through it and 0 is drawn on, and M is added twice over."""
    found = honest_smoothness([-0.3, 1.0], np.diag([1e-18, 1e-18]), n_pre=1, bounds=[0, 0.2])
    assert found.low == pytest.approx([0.7, 0.5], abs=1e-8)
    assert found.high == pytest.approx([0.7, 0.9], abs=1e-8)


def test_straight_line_is_generalised_least_squares():
    """An identity: at M 0 the centre is the effect in a regression on a linear trend."""
    study = some_study(1)
    n = study.betas.size
    design = np.zeros((n, 1 + study.n_post))
    design[:, 0] = np.delete(np.arange(-study.n_pre, study.n_post + 1), study.n_pre)
    design[study.n_pre :, 1:] = np.eye(study.n_post)
    inverse = np.linalg.inv(study.covariance)
    spread = np.linalg.inv(design.T @ inverse @ design)
    effects = (spread @ design.T @ inverse @ study.betas)[1:]
    best = fixed_length(frontier(study), 0.0, confidence=0.95)
    assert best.centre == pytest.approx(study.weights @ effects, abs=1e-10)
    variance = study.weights @ spread[1:, 1:] @ study.weights
    assert best.standard_error == pytest.approx(np.sqrt(variance), rel=1e-10)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("bound", [0.02, 0.1, 0.5])
def test_no_other_estimator_has_a_shorter_interval(seed, bound):
    """A general optimiser from many starts, on positive and negative parts."""
    study = some_study(seed)
    among = frontier(study)
    best = fixed_length(among, bound, confidence=0.95)

    def half(weights):
        on_betas = among.start + weights @ among.turn
        error = np.sqrt(on_betas @ study.covariance @ on_betas)
        bias = bound * (among.fixed + np.abs(weights).sum())
        return error * folded_normal_quantile(bias / error, confidence=0.95)

    rng = np.random.default_rng(seed)
    shortest = min(
        optimize.minimize(
            lambda parts: half(parts[:3] - parts[3:]),  # smooth in positive and negative parts
            rng.uniform(0, 1, 6),
            method="SLSQP",
            bounds=[(0, None)] * 6,
            options={"ftol": 1e-14, "maxiter": 500},
        ).fun
        for _ in range(3)
    )
    assert best.half <= shortest + 1e-12
    assert best.half == pytest.approx(shortest, rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_bias_is_the_worst_that_the_restriction_allows(seed):
    """The greatest bias by a linear program over trends, instead of by the formula."""
    study = some_study(seed)
    best = fixed_length(frontier(study), 0.3, confidence=0.95)
    n = study.betas.size
    bends = np.delete(np.diff(np.eye(n + 1), n=2, axis=0), study.n_pre, axis=1)
    limits = np.full(2 * len(bends), 0.3)
    solved = optimize.linprog(
        -best.on_betas, A_ub=np.r_[bends, -bends], b_ub=limits, bounds=(None, None)
    )
    assert solved.success
    assert -solved.fun == pytest.approx(best.bias, rel=1e-9)


@given(seed=st.integers(0, 10**6), n=st.integers(1, 6))
@settings(max_examples=50)
def test_path_meets_the_conditions_of_a_minimum(seed, n):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(n, n + 1))
    quadratic, linear = root @ root.T, rng.normal(size=n)
    path = lasso_path(quadratic, linear)
    assert path.prices[-1] == pytest.approx(0, abs=1e-12)
    assert (np.diff(path.prices) <= 0).all()
    for price in np.linspace(0, path.prices[0], 7):
        weights = path.at(price)
        pull = -(linear + quadratic @ weights)
        assert np.abs(pull).max() <= price + 1e-8
        used = np.abs(weights) > 1e-10
        assert pull[used] == pytest.approx(price * np.sign(weights[used]), abs=1e-8)


def test_path_through_coefficients_that_say_the_same():
    path = lasso_path(np.ones((2, 2)), np.array([-1.0, -1.0]))
    assert path.at(0.0).sum() == pytest.approx(1)
    assert path.at(0.5).sum() == pytest.approx(0.5)


@given(
    seed=st.integers(0, 10**6), scale=st.floats(1e-6, 1e6), method=st.sampled_from(["FLCI", "C-F"])
)
@settings(max_examples=30)
def test_units_do_not_matter(seed, scale, method):
    study = some_study(seed)
    scaled = event_study(
        scale * study.betas,
        scale**2 * study.covariance,
        n_pre=study.n_pre,
        target=Target(weights=tuple(study.weights)),
    )
    before = smoothness_intervals(study, bounds=[0, 0.1, 1.0], method=method)
    after = smoothness_intervals(scaled, bounds=scale * before.bounds, method=method)
    size = np.abs(before.usual_high) + 1
    assert after.low / scale == pytest.approx(before.low, abs=1e-9 * size, nan_ok=True)
    assert after.high / scale == pytest.approx(before.high, abs=1e-9 * size, nan_ok=True)


@given(seed=st.integers(0, 10**6), slope=st.floats(-3, 3), shift=st.floats(-3, 3))
@settings(max_examples=30)
def test_linear_trends_change_nothing_and_effects_shift(seed, slope, shift):
    study = some_study(seed)
    time = np.delete(np.arange(-study.n_pre, study.n_post + 1), study.n_pre)
    moved = event_study(
        study.betas + slope * time + shift * (time > 0),
        study.covariance,
        n_pre=study.n_pre,
        target=Target(weights=tuple(study.weights)),
    )
    before = smoothness_intervals(study, bounds=[0, 0.2, 2.0])
    after = smoothness_intervals(moved, bounds=[0, 0.2, 2.0])
    by = shift * study.weights.sum()
    assert after.low == pytest.approx(before.low + by, abs=1e-9)
    assert after.high == pytest.approx(before.high + by, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_hybrid_lies_in_the_wider_interval_of_its_first_stage(seed):
    study = some_study(seed)
    hybrid = smoothness_intervals(study, bounds=[0.05, 0.5], method="C-F")
    for bound, low, high in zip(hybrid.bounds, hybrid.low, hybrid.high, strict=True):
        first = fixed_length(frontier(study), bound, confidence=0.995)
        assert first.centre - first.half - 1e-12 <= low <= high
        assert high <= first.centre + first.half + 1e-12


@given(mean=st.floats(0, 50), confidence=st.floats(0.5, 0.999))
def test_folded_normal_quantile(mean, confidence):
    found = folded_normal_quantile(mean, confidence=confidence)
    assert stats.foldnorm(mean).cdf(found) == pytest.approx(confidence, abs=1e-10)


def test_what_is_refused(medicaid):
    study = event_study(medicaid.betas, medicaid.covariance, n_pre=5)
    with pytest.raises(UsageError, match="honest_method"):
        smoothness_intervals(study, bounds=[0.0], method="guess")
    with pytest.raises(UsageError, match="array_value"):
        smoothness_intervals(study, bounds=[-1.0])
