"""Interrupted series: how often an effect is found where there is none, and how often it is held.

Errors are normal and follow a first-order autoregression; series are short, as a city's are. Plain
HAC errors (Newey and West) and least squares stand beside, at the same level of 5 %.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from evenground.questions.promise.measures.interrupted import Season, interrupted_time_series
from evenground.questions.promise.measures.interrupted.newey_west import (
    bartlett_lag,
    newey_west_variance,
)
from evenground.questions.promise.measures.interrupted.segmented_design import (
    mean_after,
    segmented_design,
)

pytestmark = pytest.mark.calibrate
N_SERIES = 1_000
LEVEL = 0.05
ERROR = (LEVEL * (1 - LEVEL) / N_SERIES) ** 0.5


def errors(rng, n, rho, n_series=N_SERIES):
    found = rng.normal(size=(n_series, n))
    found[:, 0] /= np.sqrt(1 - rho**2)
    for t in range(1, n):
        found[:, t] += rho * found[:, t - 1]
    return found


def usual(outcome, start, series):
    """Return whether least squares and plain HAC errors call the mean effect one, at 5 %."""
    n = outcome.size
    regressors = segmented_design(n, start)
    k = regressors.shape[1]
    on_outcome = mean_after(n, start, k) @ np.linalg.pinv(regressors)
    left = outcome - series.fitted
    beyond = abs(series.effect.value) / float(special.stdtrit(n - k, 1 - LEVEL / 2))
    least = np.sqrt((on_outcome @ on_outcome) * (left @ left) / (n - k))
    lag = bartlett_lag(series.autocorrelation, n)
    plain = np.sqrt(newey_west_variance(on_outcome * left, lag) * n / (n - k))
    return beyond > least, beyond > plain


@pytest.mark.parametrize("n", [24, 48, 120])
@pytest.mark.parametrize("rho", [0.0, 0.2, 0.4, 0.6])
def test_size(n, rho, tables):
    start = 2 * n // 3
    rng = np.random.default_rng([31, n, int(10 * rho)])
    found = []
    for outcome in errors(rng, n, rho):
        series = interrupted_time_series(outcome, start)
        told = (series.effect.p <= LEVEL, series.prewhitened.p <= LEVEL)
        found.append((*told, *usual(outcome, start, series)))
    hac, prewhitened, least, plain = (float(x) for x in np.mean(found, axis=0))
    tables.add(
        "Interrupted series: found where there is nothing, at 5 %",
        times=n, autocorrelation=rho, ours_hac=hac, ours_prewhitened=prewhitened,
        least_squares=least, plain_newey_west=plain,
    )  # fmt: skip
    # 24 times and strong autocorrelation leave too little to learn its strength from.
    most = 0.08 if n == 24 and rho >= 0.4 else 0.0625
    assert hac <= most + 2 * ERROR
    assert prewhitened <= most + 2 * ERROR
    assert hac >= 0.03 - 2 * ERROR
    assert prewhitened >= 0.03 - 2 * ERROR


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_coverage_with_a_season(rho, tables):
    n, start, effect = 72, 48, 1.7
    t = np.arange(n)
    rng = np.random.default_rng([32, int(10 * rho)])
    season = 3 * np.cos(2 * np.pi * t / 12) + np.sin(2 * np.pi * t / 6) + 0.05 * t
    held = []
    for error in errors(rng, n, rho):
        outcome = error + season + effect * (t >= start)
        series = interrupted_time_series(outcome, start, seasons=(Season(period=12),))
        held.append([one.low <= effect <= one.high for one in (series.effect, series.prewhitened)])
    hac, prewhitened = (float(x) for x in np.mean(held, axis=0))
    tables.add(
        "Interrupted series of 72 months with a season: share of intervals that hold the effect",
        autocorrelation=rho, ours_hac=hac, ours_prewhitened=prewhitened,
    )  # fmt: skip
    for share in (hac, prewhitened):
        assert 0.93 - 2 * ERROR <= share <= 0.97 + 2 * ERROR
