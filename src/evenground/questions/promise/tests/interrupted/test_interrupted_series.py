"""Interrupted series: by hand, published numbers, other ways to the same numbers, invariances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.interrupted import (
    Season,
    interrupted_time_series,
    mean_effect,
)
from evenground.questions.promise.measures.interrupted.first_order_autoregression import (
    autoregression,
    correlations,
)
from evenground.questions.promise.measures.interrupted.newey_west import (
    bartlett_lag,
    newey_west_variance,
    small_sample,
    working_model,
)
from evenground.questions.promise.measures.interrupted.segmented_design import segmented_design

CALIFORNIA = (
    123.0, 121.0, 123.5, 124.4, 126.7, 127.1, 128.0, 126.4, 126.1, 121.9, 120.2, 118.6, 115.4,
    110.8, 104.8, 102.8, 99.7, 97.5, 90.1, 82.4, 77.8, 68.7, 67.5, 63.4, 58.6, 56.4, 54.5, 53.8,
    52.3, 47.2, 41.6,
)  # fmt: skip
"""Packs of cigarettes a head in California, 1970-2000 (Abadie, Diamond and Hainmueller 2010)."""
START = 19  # 1989


def some_series(seed, n=40, rho=0.4):
    rng = np.random.default_rng(seed)
    shocks = rng.normal(size=n)
    errors = np.empty(n)
    errors[0] = shocks[0] / np.sqrt(1 - rho**2)
    for t in range(1, n):
        errors[t] = rho * errors[t - 1] + shocks[t]
    return 10 + 0.1 * np.arange(n) + errors


def told(found):
    one = found.effect
    return np.array([one.value, one.low, one.high, found.prewhitened.low, found.prewhitened.high])


def test_by_hand():
    """1, 2, 3, 2 before, then 6, 8, 7, 9: lines 1.4 + 0.4 t and, from 6.3 on, 0.8 a time."""
    found = interrupted_time_series([1, 2, 3, 2, 6, 8, 7, 9], 4)
    assert found.trend == pytest.approx(0.4)
    assert found.level == pytest.approx(6.3 - 3.0)
    assert found.slope == pytest.approx(0.8 - 0.4)
    assert found.effect.value == pytest.approx(3.3 + 0.4 * 1.5)
    assert found.at_end.value == pytest.approx(3.3 + 0.4 * 3)
    assert found.counterfactual == pytest.approx(1.4 + 0.4 * np.arange(8))
    assert found.fitted[4:] == pytest.approx([6.3, 7.1, 7.9, 8.7])


def test_published_proposition_99():
    """Linden (2015), Stata Journal 15, 480-500: segmented regression of California alone.

    Coefficients and Newey's errors at lag 1 as its section on the single-group design prints them.
    """
    found = interrupted_time_series(CALIFORNIA, START)
    assert found.trend == pytest.approx(-1.779474, abs=5e-7)
    assert found.level == pytest.approx(-20.0581, abs=5e-5)
    assert found.slope == pytest.approx(-1.494652, abs=5e-7)
    regressors = segmented_design(31, START)
    on_outcome = np.linalg.pinv(regressors)
    left = CALIFORNIA - found.fitted
    errors = [
        np.sqrt(newey_west_variance(row * left, 1) * 31 / (31 - 4)) for row in on_outcome[1:3]
    ]
    assert errors == pytest.approx([0.3834188, 4.724395], rel=5e-7)


def test_the_mean_gap_to_the_line_drawn_on_is_the_effect():
    """The line fitted to the times before alone, drawn on, gives the same mean gap."""
    line = np.polyfit(np.arange(START), CALIFORNIA[:START], 1)
    gap = np.array(CALIFORNIA[START:]) - np.polyval(line, np.arange(START, 31))
    found = interrupted_time_series(CALIFORNIA, START)
    assert found.effect.value == pytest.approx(gap.mean(), rel=1e-12)
    assert found.effect.value == pytest.approx(-28.3, abs=0.05)
    alone = mean_effect(np.array(CALIFORNIA), START)
    assert alone == pytest.approx(found.effect.value, rel=1e-12)


def test_a_series_that_wanders_is_not_told_from_a_bent_line():
    found = interrupted_time_series(CALIFORNIA, START)
    assert found.autocorrelation > 0.9
    assert found.effect.low < 0 < found.effect.high


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_restricted_likelihood_by_its_formula(seed):
    """Harville's formula with full matrices, searched on a fine grid."""
    y, x = some_series(seed), segmented_design(40, 25)
    found = autoregression(y, x)

    def log_likelihood(rho):
        inverse = np.linalg.inv(correlations(rho, 40) / (1 - rho**2))
        gram = x.T @ inverse @ x
        left = y - x @ np.linalg.solve(gram, x.T @ inverse @ y)
        variance = left @ inverse @ left / 36
        logs = [np.linalg.slogdet(one)[1] for one in (inverse, gram)]
        return (logs[0] - logs[1] - 36 * np.log(variance)) / 2

    grid = np.linspace(-0.9, 0.99, 1_891)
    best = max(grid, key=log_likelihood)
    assert found.autocorrelation == pytest.approx(best, abs=1e-3)
    assert log_likelihood(found.autocorrelation) >= log_likelihood(best) - 1e-9
    gram = x.T @ np.linalg.inv(correlations(found.autocorrelation, 40)) @ x
    scale = found.innovation / (1 - found.autocorrelation**2)
    assert found.covariance == pytest.approx(scale * np.linalg.inv(gram), rel=1e-7)


def test_scale_and_degrees_of_freedom_by_drawing():
    """Mean and variance of the HAC variance over drawn errors, against their traces."""
    n, rho, lag = 30, 0.5, 4.0
    x = segmented_design(n, 18)
    weights = np.array([0, 0, 1, 5.5]) @ np.linalg.pinv(x)
    small = small_sample(weights, working_model(x, rho), lag=lag)
    rng = np.random.default_rng(5)
    root = np.linalg.cholesky(correlations(rho, n))
    errors = rng.normal(size=(20_000, n)) @ root.T
    left = errors - errors @ np.linalg.qr(x)[0] @ np.linalg.qr(x)[0].T
    found = np.array([newey_west_variance(weights * one, lag) for one in left])
    right = (errors @ weights).var()
    assert small.scale == pytest.approx(right / found.mean(), rel=0.03)
    freedom = 2 * found.mean() ** 2 / found.var()
    assert small.degrees_of_freedom == pytest.approx(freedom, rel=0.05)


def test_without_autocorrelation_it_is_the_usual_regression():
    """At lag 0 and no correlation: White's variance, right on average, with its own freedom."""
    x = segmented_design(30, 18)
    weights = np.array([0, 0, 1, 5.5]) @ np.linalg.pinv(x)
    small = small_sample(weights, working_model(x, 0.0), lag=0.0)
    leverage = np.diag(x @ np.linalg.pinv(x))
    assert small.scale == pytest.approx(
        (weights**2).sum() / (weights**2 * (1 - leverage)).sum(), rel=1e-12
    )


def test_lag_of_andrews():
    """Equations 6.2 and 6.4 at an autocorrelation of one half and 100 times."""
    assert bartlett_lag(0.5, 100) == pytest.approx(1.1447 * (100 * 16 / 9) ** (1 / 3), rel=1e-12)
    assert bartlett_lag(0.0, 100) == 0
    assert bartlett_lag(0.99, 20) == 19


@given(seed=st.integers(0, 10**6), scale=st.floats(1e-6, 1e6), shift=st.floats(-1e3, 1e3))
@settings(max_examples=25)
def test_units_do_not_matter(seed, scale, shift):
    y = some_series(seed)
    before = told(interrupted_time_series(y, 25))
    after = told(interrupted_time_series(scale * (y + shift), 25)) / scale
    assert after == pytest.approx(before, rel=1e-6, abs=1e-6)
    assert after[0] == pytest.approx(before[0], abs=1e-9)


@given(seed=st.integers(0, 10**6), tilt=st.floats(-3, 3), effect=st.floats(-20, 20))
@settings(max_examples=25)
def test_a_trend_changes_nothing_and_an_effect_shifts(seed, tilt, effect):
    y, t = some_series(seed), np.arange(40)
    before = told(interrupted_time_series(y, 25))
    after = told(interrupted_time_series(y + tilt * t + effect * (t >= 25), 25))
    assert after == pytest.approx(before + effect, abs=1e-5)


@pytest.mark.parametrize(("period", "pairs"), [(4, 2), (7, 3), (12, 6)])
def test_all_waves_are_a_level_for_each_time_of_the_round(period, pairs):
    y = some_series(4, n=60)
    x = np.column_stack(
        [segmented_design(60, 40)[:, 1:], np.arange(60)[:, None] % period == np.arange(period)]
    ).astype(float)
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    found = interrupted_time_series(y, 40, seasons=(Season(period=period, n_pairs=pairs),))
    assert found.level == pytest.approx(beta[1], rel=1e-9)
    assert found.slope == pytest.approx(beta[2], rel=1e-9)


def test_a_season_is_taken_out():
    t = np.arange(60)
    y = some_series(4, n=60) + 50 * np.sin(2 * np.pi * t / 12)
    with_ = interrupted_time_series(y, 40, seasons=(Season(period=12),))
    plain = interrupted_time_series(some_series(4, n=60), 40, seasons=(Season(period=12),))
    assert told(with_) == pytest.approx(told(plain), abs=1e-6)


def test_wider_at_higher_confidence():
    y = some_series(3)
    one, two = (interrupted_time_series(y, 25, confidence=c).effect for c in (0.8, 0.95))
    assert two.low < one.low < one.high < two.high
    assert one.p == two.p
    half = (two.high - two.low) / 2 / two.standard_error
    assert half == pytest.approx(stats.t.ppf(0.975, two.degrees_of_freedom), rel=1e-9)


def test_nothing_left_over_gives_no_interval():
    found = interrupted_time_series(np.r_[np.zeros(10), np.ones(5)], 10)
    assert not found.has_scatter
    assert found.effect.value == pytest.approx(1)
    assert np.isinf([found.effect.low, found.effect.high, found.prewhitened.low]).all()
    assert np.isnan(found.effect.p)


@pytest.mark.parametrize(
    ("outcome", "start", "seasons", "code"),
    [
        ([1.0, np.nan, 2, 3, 4, 5], 3, (), "array_value"),
        ([1.0, 2, 3, 4, 5, 6], 1, (), "series_segments"),
        ([1.0, 2, 3, 4, 5, 6], 5, (), "series_segments"),
        ([1.0, 2, 3, 5], 2, (), "series_short"),
        ([1.0, 2, 3, 4, 5, 6], 3, (Season(period=4),), "series_short"),
        ([1.0] * 30, 15, (Season(period=4, n_pairs=3),), "season"),
        ([1.0] * 30, 15, (Season(period=1),), "season"),
    ],
)
def test_what_is_refused(outcome, start, seasons, code):
    with pytest.raises(UsageError, match=code):
        interrupted_time_series(outcome, start, seasons=seasons)


def test_confidence_is_checked():
    with pytest.raises(UsageError, match="confidence"):
        interrupted_time_series(some_series(1), 25, confidence=95)
