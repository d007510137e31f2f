"""Areas catch up, or only seem to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.inequality import Resampling, gini, gini_rows
from evenground.questions.reach.measures.convergence import (
    beta_convergence,
    dispersion_over_dates,
    sd_log_rows,
)

QUICK = Resampling(n_draws=399)


def slope_of(levels, dates=None, seed=1):
    when = np.arange(len(levels)) if dates is None else dates
    return beta_convergence(levels, when, rng=np.random.default_rng(seed), resampling=QUICK)


def noisy(rng, n_areas=60, n_dates=6, closing=0.0, spread=1.0):
    """Levels that differ by area, move by ``closing`` of themselves a year, and are seen amiss."""
    level = rng.normal(0, spread, n_areas) * (1 + closing * np.arange(n_dates))[:, None]
    return level + rng.normal(0, 1, (n_dates, n_areas))


def test_slopes_by_hand():
    """Every gap closes by a tenth of the first a year, seen without error.

    The early levels are 1 and 0.9 of the first, the change -0.1 of it a year, so the slope is
    (1 + 0.9)/2 × -0.1 / 0.9.
    """
    level = np.linspace(-3, 3, 40)
    found = slope_of(level * np.array([1, 0.9, 0.8, 0.7])[:, None])
    assert found.naive_slope == pytest.approx(-0.1)
    assert found.slope == pytest.approx(-0.095 / 0.9)
    assert found.low == pytest.approx(found.high) == pytest.approx(found.slope)
    assert found.verdict == "converging"
    assert found.reliability == pytest.approx(0.9)
    assert (found.n_areas, found.n_dates) == (40, 4)


@pytest.mark.parametrize("spread", [0.5, 1.0, 2.0])
def test_the_naive_slope_is_regression_to_the_mean(spread):
    """Fixed levels: the part of the variance that is error (Blomqvist 1977), with a minus sign."""
    found = slope_of(noisy(np.random.default_rng(2), 20_000, 4, spread=spread))
    assert found.naive_slope * 3 == pytest.approx(-1 / (1 + spread**2), abs=0.02)
    assert found.reliability == pytest.approx(spread**2 / (1 + spread**2), abs=0.03)
    assert found.low < 0 < found.high


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("n_areas", "n_dates"), [(30, 6), (60, 4), (60, 10)])
def test_noise_is_not_taken_for_convergence(seed, n_areas, n_dates):
    """The interval covers 0 in 93 % of runs or more, give or take chance."""
    rng, n_sims = np.random.default_rng([seed, n_areas, n_dates]), 300
    runs = [slope_of(noisy(rng, n_areas, n_dates, spread=1.5), seed=seed) for _ in range(n_sims)]
    assert np.mean([run.naive_slope for run in runs]) * (n_dates - 1) < -0.25
    told = [run for run in runs if run.verdict != "cannot_tell"]
    assert len(told) > 0.9 * n_sims
    covered = sum(run.low <= 0 <= run.high for run in told)
    assert covered >= stats.binom.ppf(0.005, len(told), 0.93)


@pytest.mark.parametrize("seed", [3, 4])
def test_counts_of_units_at_fixed_rates_do_not_converge(seed):
    """Units that fall anew each year: their luck is error, larger where more fall."""
    rng, n_sims = np.random.default_rng(seed), 200
    runs = [
        slope_of(rng.poisson(np.exp(1 + 0.8 * rng.normal(size=80)), (6, 80)), seed=seed)
        for _ in range(n_sims)
    ]
    told = [run for run in runs if run.verdict != "cannot_tell"]
    covered = sum(run.low <= 0 <= run.high for run in told)
    assert covered >= stats.binom.ppf(0.005, len(told), 0.93)


@pytest.mark.parametrize("seed", [5, 6])
def test_lasting_shocks_are_no_convergence(seed):
    rng, n_sims = np.random.default_rng(seed), 200
    runs = [
        slope_of(noisy(rng, 60, 6) + np.cumsum(rng.normal(0, 0.5, (6, 60)), axis=0), seed=seed)
        for _ in range(n_sims)
    ]
    told = [run for run in runs if run.verdict != "cannot_tell"]
    covered = sum(run.low <= 0 <= run.high for run in told)
    assert covered >= stats.binom.ppf(0.005, len(told), 0.93)


@pytest.mark.parametrize("seed", [7, 8])
def test_true_convergence_and_divergence_are_seen(seed):
    for closing, verdict in ((-0.1, "converging"), (0.1, "diverging")):
        rng = np.random.default_rng(seed)
        runs = [slope_of(noisy(rng, 120, 8, closing, spread=2)) for _ in range(60)]
        assert np.mean([run.verdict == verdict for run in runs]) > 0.8
        # Early dates 0 and 2, 1 and 3: cov(a, b) is (1 + c)(1 + 2c) of the spread.
        early = (1 + closing) * (1 + 2 * closing)
        expected = closing * (1 + 1.5 * closing) / early
        assert np.median([run.slope for run in runs]) == pytest.approx(expected, rel=0.15)


@given(st.integers(0, 2**32 - 1), st.integers(4, 7), st.integers(2, 50))
@settings(max_examples=25)
def test_units_level_and_order_of_areas_change_nothing(seed, n_dates, times):
    rng = np.random.default_rng(seed)
    levels = noisy(rng, 35, n_dates, spread=3)
    one = slope_of(levels)
    scaled = slope_of(levels * times - 7, dates=12 * np.arange(n_dates) + 5)
    for name in ("naive_slope", "slope", "low", "high"):
        expected = getattr(one, name) / 12
        assert getattr(scaled, name) == pytest.approx(expected, nan_ok=True, rel=1e-6, abs=1e-9)
    moved = slope_of(levels[:, rng.permutation(35)])
    assert moved.slope == pytest.approx(one.slope)
    assert moved.naive_slope == pytest.approx(one.naive_slope)


def test_described_and_cannot_tell():
    rng = np.random.default_rng(9)
    short = slope_of(noisy(rng, 60, 3))
    assert short.verdict == "described"
    assert short.naive_slope < 0
    assert np.isnan(short.slope)
    few = slope_of(noisy(rng, 29, 6, spread=3))
    assert few.verdict == "cannot_tell"
    assert np.isfinite(few.slope)
    alike = slope_of(rng.normal(size=(4, 60)))
    assert alike.verdict == "cannot_tell"
    assert np.isnan(alike.low)
    still = slope_of(np.ones((5, 60)))
    assert still.verdict == "cannot_tell"
    assert np.isnan(still.naive_slope)


def test_dispersion_by_hand():
    """The logarithms are -1 and 1, then -1/2 and 1/2: the spread is 1, then 1/2."""
    logs = np.repeat([-1.0, 1.0], 10)
    rates = np.exp([logs, 0.8 * logs, 0.5 * logs])
    found = dispersion_over_dates(
        rates, np.ones(20), index_rows=sd_log_rows, rng=np.random.default_rng(1)
    )
    assert found.index == pytest.approx([1, 0.8, 0.5])
    assert found.first_to_last.change == pytest.approx(-0.5)
    assert found.first_to_last.verdict == "evens_out"
    by_gini = dispersion_over_dates(
        rates, np.ones(20), index_rows=gini_rows, rng=np.random.default_rng(1)
    )
    assert by_gini.index == pytest.approx([gini(row) for row in rates])


def test_spread_of_logarithms_weighs_people_and_refuses_zero():
    values = np.array([1.0, 2.0, 4.0, 0.0])
    rows = np.array([[1.0, 1, 1, 0], [1, 2, 1, 0], [1, 1, 1, 1], [0, 0, 0, 0]])
    found = sd_log_rows(values, rows)
    assert found[0] == pytest.approx(np.log([1, 2, 4]).std())
    assert found[1] == pytest.approx(np.log([1, 2, 2, 4]).std())
    assert np.isnan(found[2:]).all()


def test_galton_and_quah():
    """Low areas gain and high ones lose, while the spread stays what it was."""
    rng = np.random.default_rng(10)
    course = rng.normal(0, 1, 4_000)
    levels = [course]
    for _ in range(5):
        levels.append(0.8 * levels[-1] + 0.6 * rng.normal(0, 1, 4_000))
    spreads = np.std(levels, axis=1)
    assert spreads == pytest.approx(np.ones(6), abs=0.05)
    assert slope_of(np.array(levels)).verdict == "converging"


def test_wrong_use_is_refused():
    rng = np.random.default_rng(1)
    for call in (
        lambda: slope_of(np.ones((4, 40)), dates=[1, 2, 3]),
        lambda: slope_of(np.ones((4, 40)), dates=[1, 2, 2, 3]),
        lambda: slope_of(np.full((4, 40), np.nan)),
        lambda: slope_of(np.ones((1, 40))),
        lambda: slope_of(np.ones((4, 1))),
        lambda: dispersion_over_dates(np.ones((1, 40)), np.ones(40), index_rows=gini_rows, rng=rng),
        lambda: dispersion_over_dates(np.ones((3, 40)), np.ones(39), index_rows=gini_rows, rng=rng),
    ):
        with pytest.raises(UsageError):
            call()
