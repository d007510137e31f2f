"""When a gap would be closed, and when nothing can be said about it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.reach.measures.time_to_parity import fieller_ratio, time_to_parity

YEARS = np.arange(2015.0, 2025)


def is_admitted(gap, dates, ahead, confidence=0.95):
    """Invert the t test by itself: does a regression on time to that date have intercept zero?"""
    design = np.column_stack([np.ones(dates.size), dates - dates.max() - ahead])
    found, *_ = np.linalg.lstsq(design, gap, rcond=None)
    left = gap - design @ found
    variance = left @ left / (dates.size - 2) * np.linalg.inv(design.T @ design)[0, 0]
    return abs(found[0]) / np.sqrt(variance) <= stats.t.ppf((1 + confidence) / 2, dates.size - 2)


def test_a_straight_line_by_hand():
    """12, 10, 8, 6 points in 2018 to 2021: 2 a year, so level 3 years after."""
    found = time_to_parity([12, 10, 8, 6], [2018, 2019, 2020, 2021])
    assert found.verdict == "at_this_rate"
    assert (found.gap_now, found.slope, found.time) == pytest.approx((6, -2, 3))
    assert (found.time_low, found.time_high) == pytest.approx((3, 3))


def test_a_small_regression_by_hand():
    """Gaps 9, 8, 6, 5 at 0 to 3: mean 7, slope -7/5, left 0.2 in squares, 0.1 each."""
    found = time_to_parity([9, 8, 6, 5], [0, 1, 2, 3])
    assert found.slope == pytest.approx(-1.4)
    assert found.gap_now == pytest.approx(7 - 1.4 * 1.5)
    t = 4.302653
    assert found.slope_high - found.slope == pytest.approx(t * np.sqrt(0.1 / 5), rel=1e-6)
    half = t * np.sqrt(0.1 * (1 / 4 + 1.5**2 / 5))
    assert found.gap_high - found.gap_now == pytest.approx(half, rel=1e-6)
    assert found.time == pytest.approx(3.5)


@pytest.mark.parametrize("seed", range(40))
def test_interval_is_the_inverted_test(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 12))
    dates = np.sort(rng.choice(30, n, replace=False)).astype(float)
    gap = rng.normal(0, 3) + rng.normal(0, 0.5) * dates + rng.normal(0, 2, n)
    found = time_to_parity(gap, dates)
    for ahead in np.r_[0, np.geomspace(0.01, 1e4, 60)]:
        inside = found.time_low <= ahead <= found.time_high
        if is_admitted(gap, dates, ahead):
            assert inside
        elif inside:  # only where the set has two parts ahead, and the gap now is not told from 0
            assert found.time_low == 0
            assert np.isinf(found.time_high)
    for end in (found.time_low, found.time_high):
        if 0 < end < np.inf:
            assert is_admitted(gap, dates, end * (1 + 1e-6)) != is_admitted(
                gap, dates, end * (1 - 1e-6)
            )


def test_in_the_limit_it_is_the_delta_method():
    estimates, covariance, t = (3.0, 2.0), np.array([[1e-8, 3e-9], [3e-9, 2e-8]]), 1.96
    found = fieller_ratio(estimates, covariance, t=t)
    gradient = np.array([1 / 2.0, -3.0 / 4])
    half = t * np.sqrt(gradient @ covariance @ gradient)
    assert found.bounded
    assert found.low == pytest.approx(1.5 - half, abs=1e-7)
    assert found.high == pytest.approx(1.5 + half, abs=1e-7)


@pytest.mark.parametrize("x", [0.0, 0.3, 2.0, -5.0])
@pytest.mark.parametrize("y", [-4.0, -0.5, 0.1, 1.0])
def test_the_set_holds_what_the_inequality_holds(x, y):
    covariance = np.array([[0.5, 0.2], [0.2, 0.3]])
    found = fieller_ratio((x, y), covariance, t=2.0)
    for r in np.r_[-np.geomspace(1e3, 1e-3, 80), 0, np.geomspace(1e-3, 1e3, 80)]:
        apart = (x - r * y) ** 2
        noise = 4 * (0.5 - 2 * r * 0.2 + r**2 * 0.3)
        assert found.holds(r) == (apart <= noise)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("slope", [-0.5, -0.05, 0.0, 0.3])
def test_coverage(seed, slope):
    """The set holds the true crossing in 95 % of runs, whatever the slope."""
    rng, n_sims, held = np.random.default_rng(seed), 1_500, 0
    truth = 4 + slope * (YEARS - YEARS[-1])
    for _ in range(n_sims):
        gap = truth + rng.normal(0, 1, YEARS.size)
        found = time_to_parity(gap, YEARS)
        time = -4 / slope if slope else np.inf
        if slope < 0:
            held += found.time_low <= time <= found.time_high
        else:  # parity never lies ahead: no finite upper end may be claimed
            held += not np.isfinite(found.time_high)
    assert held >= stats.binom.ppf(0.001, n_sims, 0.95)
    if slope == -0.5:
        assert held <= stats.binom.ppf(0.999, n_sims, 0.975)


def noisy(start, slope, seed=3):
    return start + slope * np.arange(10) + np.random.default_rng(seed).normal(0, 0.3, 10)


def test_every_verdict():
    said = {
        "closing": time_to_parity(noisy(10, -0.8), YEARS),
        "still": time_to_parity(noisy(10, 0.0), YEARS),
        "opening": time_to_parity(noisy(10, 0.8), YEARS),
        "crossed": time_to_parity(noisy(5, -5.25 / 9), YEARS),
        "passed": time_to_parity(noisy(5, -1.5), YEARS),
        "noise": time_to_parity(noisy(0, 0.0), YEARS),
    }
    assert {name: found.verdict for name, found in said.items()} == {
        "closing": "at_this_rate",
        "still": "not_at_this_rate",
        "opening": "widening",
        "crossed": "reached",
        "passed": "widening",  # the other way round
        "noise": "cannot_tell",
    }
    assert np.isinf(said["still"].time_high)
    assert said["still"].time_low > 0
    assert np.isnan(said["opening"].time_low)
    assert said["passed"].time < 0
    assert said["crossed"].time_low == 0


def test_tolerance_and_few_dates():
    assert time_to_parity(noisy(0, 0.0), YEARS, tolerance=1.0).verdict == "reached"
    assert time_to_parity(noisy(10, 0.0), YEARS, tolerance=1.0).verdict == "not_at_this_rate"
    few = time_to_parity([3, 2, 1], [1, 2, 3])
    assert (few.verdict, few.n_dates) == ("cannot_tell", 3)
    assert np.isnan(few.time_high)


def test_level_gaps():
    found = time_to_parity([0.3] * 7, np.arange(7))
    assert (found.verdict, found.slope) == ("not_at_this_rate", 0)
    assert (found.time, found.time_low, found.time_high) == (np.inf, np.inf, np.inf)
    assert time_to_parity([0.0] * 7, np.arange(7)).verdict == "reached"


gaps = st.lists(st.integers(-50, 50), min_size=5, max_size=9, unique=True)


@given(gaps, st.integers(2, 60), st.integers(2, 9), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_units_order_and_sign_change_nothing(values, scale, months, random):
    gap, dates = np.array(values, dtype=float), np.arange(len(values), dtype=float)
    one = time_to_parity(gap, dates)
    assume(abs(one.slope) > 1e-6)
    order = list(range(len(values)))
    random.shuffle(order)
    other = time_to_parity(-scale * gap[order], months * dates[order] + 7)
    assert other.verdict == one.verdict
    for name in ("time", "time_low", "time_high"):
        expected = months * getattr(one, name)
        assert getattr(other, name) == pytest.approx(expected, rel=1e-6, abs=1e-6, nan_ok=True)


def test_wrong_use_is_refused():
    for call in (
        lambda: time_to_parity([1, 2, 3], [1, 2]),
        lambda: time_to_parity([1, 2, 3, np.nan], [1, 2, 3, 4]),
        lambda: time_to_parity([1, 2, 3, 4], [2, 2, 2, 2]),
        lambda: time_to_parity([1, 2, 3, 4], [1, 2, 3, 4], tolerance=-1),
        lambda: time_to_parity([1, 2, 3, 4], [1, 2, 3, 4], confidence=1.0),
    ):
        with pytest.raises(UsageError):
            call()
