"""The conditional logit of counts, beside closed forms and a general optimiser."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from evenground.questions.reach.measures.conditional_logit import (
    choice_probability,
    conditional_logit,
    score_information,
)
from evenground.questions.reach.measures.persistence_interval import persistence_interval

NO_OTHER = np.empty((0, 1, 2))


def invented(seed, n_covariates=2, n_years=4, n_areas=6):
    rng = np.random.default_rng(seed)
    covariates = rng.normal(size=(n_covariates, n_years, n_areas))
    log_weight = rng.normal(size=n_areas)
    chance = choice_probability(log_weight + np.tensordot([0.7, -0.4], covariates, axes=1))
    counts = np.stack([rng.multinomial(15, row) for row in chance]).astype(float)
    return counts, log_weight, covariates


def test_two_areas_are_a_binomial():
    """One covariate, 1 in the first area and 0 in the second: the odds are those of the counts."""
    counts, covariates = np.array([[9.0, 3.0]]), np.array([[[1.0, 0.0]]])
    found = conditional_logit(counts, np.log([1.0, 2.0]), covariates=covariates)
    assert np.exp(found.coefficients[0]) == pytest.approx(9 / 3 * 2)
    assert found.log_likelihood == pytest.approx(9 * np.log(0.75) + 3 * np.log(0.25))


def test_the_likelihood_interval_of_a_binomial():
    counts, earlier = np.array([[9.0, 3.0]]), np.array([[1.0, 0.0]])
    found = persistence_interval(
        counts, np.zeros(2), earlier=earlier, tilt=NO_OTHER, confidence=0.9
    )
    assert found.best == pytest.approx(3)
    for odds in (found.low, found.high):
        part = odds / (1 + odds)
        deviance = 2 * np.diff(stats.binom.logpmf(9, 12, [part, 0.75]))[0]
        assert deviance == pytest.approx(stats.chi2.ppf(0.9, 1), rel=1e-6)
    assert found.low < 3 < found.high


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_poisson_regression_with_an_effect_for_each_year_agrees(seed):
    """Guimarães, Figueiredo and Woodward (2003): the two have the same slopes."""
    counts, log_weight, covariates = invented(seed)
    n_years = counts.shape[0]

    def against(free):
        years, slopes = free[:n_years, None], free[n_years:]
        linear = years + log_weight + np.tensordot(slopes, covariates, axes=1)
        rest = np.exp(linear) - counts
        slope = np.r_[rest.sum(axis=1), np.einsum("ti,kti->k", rest, covariates)]
        return (np.exp(linear) - counts * linear).sum(), slope

    poisson = optimize.minimize(against, np.zeros(n_years + 2), jac=True, options={"gtol": 1e-9})
    found = conditional_logit(counts, log_weight, covariates=covariates)
    assert found.coefficients == pytest.approx(poisson.x[n_years:], abs=1e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_the_slope_is_zero_at_the_top_and_weights_have_no_unit(seed):
    counts, log_weight, covariates = invented(seed)
    found = conditional_logit(counts, log_weight, covariates=covariates)
    chance = choice_probability(log_weight + np.tensordot(found.coefficients, covariates, axes=1))
    slope, information = score_information(counts, chance, covariates=covariates)
    assert np.abs(slope).max() < 1e-5
    assert np.linalg.eigvalsh(information).min() > 0
    again = conditional_logit(counts, log_weight + 5, covariates=covariates)
    assert again.coefficients == pytest.approx(found.coefficients, abs=1e-6)


def test_covariates_that_say_the_same_share_the_effect():
    counts, log_weight, covariates = invented(7)
    twice = np.stack([covariates[0], covariates[0]])
    one = conditional_logit(counts, log_weight, covariates=covariates[:1])
    both = conditional_logit(counts, log_weight, covariates=twice)
    assert both.coefficients.sum() == pytest.approx(one.coefficients[0])
    assert both.log_likelihood == pytest.approx(one.log_likelihood)
