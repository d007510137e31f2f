"""Which of two kinds of money comes first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.reach.measures.lead_lag import lead_lag


def as_it_is(values):
    return values


def panel(seed, n_areas=60, n_years=9, lag=1, pull=0.8):
    """Private money goes with public money of ``lag`` years before, each with a course of its own.

    Areas differ in size by far more than any year changes, and some years are good for all.
    """
    rng = np.random.default_rng(seed)
    of_public, of_private = rng.normal(size=(2, n_areas, n_years + 6))
    at = np.arange(3, n_years + 3)
    size = rng.normal(10, 2, (2, n_areas, 1))
    year = rng.normal(0, 1, (2, 1, n_years))
    return (
        np.exp(size[0] + year[0] + of_public[:, at]),
        np.exp(size[1] + year[1] + of_private[:, at] + pull * of_public[:, at - lag]),
    )


def correlation_by_hand(x, y, lag):
    """Loop over areas and years."""
    x, y = (
        a - a.mean(axis=1, keepdims=True) - a.mean(axis=0, keepdims=True) + a.mean() for a in (x, y)
    )
    pairs = [
        (x[i, t], y[i, t + lag])
        for i in range(x.shape[0])
        for t in range(x.shape[1])
        if 0 <= t + lag < x.shape[1]
    ]
    a, b = np.array(pairs).T
    return (a * b).sum() / np.sqrt((a**2).sum() * (b**2).sum())


def test_correlations_are_those_of_a_loop():
    rng = np.random.default_rng(1)
    x, y = rng.random((2, 12, 7))
    found = lead_lag(x, y, rng=rng, max_lag=4, transform=as_it_is)
    assert found.lags.tolist() == [-4, -3, -2, -1, 0, 1, 2, 3, 4]
    expected = [correlation_by_hand(x, y, lag) for lag in range(-4, 5)]
    assert found.correlation == pytest.approx(expected)
    after, before = np.array(expected[5:]), np.array(expected[:4])
    assert found.asymmetry == pytest.approx(after.mean() - before.mean())


def test_a_copy_two_years_later_by_hand():
    """Ten areas, each with one good year; private money does the same two years later."""
    public = np.zeros((12, 9))
    for area in range(12):
        public[area, 1 + area % 6] = 100.0
    private = np.roll(public, 2, axis=1)
    found = lead_lag(public, private, rng=np.random.default_rng(1))
    assert found.verdict == "after"
    assert found.peak_lag == 2
    assert (found.n_areas, found.n_years) == (12, 9)
    assert found.p_any == found.p_by_lag.min() == 1 / 1000


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("lag", "verdict", "peak"), [(1, "after", 1), (-1, "before", -1), (0, "together", 0)]
)
def test_the_order_is_found_behind_size_and_good_years(seed, lag, verdict, peak):
    found = lead_lag(*panel(seed, lag=lag), rng=np.random.default_rng(seed))
    assert (found.verdict, found.peak_lag) == (verdict, peak)


@pytest.mark.parametrize("seed", [1, 2])
def test_money_that_stays_away_after_is_after(seed):
    found = lead_lag(*panel(seed, lag=1, pull=-0.8), rng=np.random.default_rng(seed))
    assert found.verdict == "after"
    assert found.correlation[found.lags == 1][0] < 0
    assert found.asymmetry < 0


@pytest.mark.parametrize("seed", [4, 5])
def test_size_and_good_years_alone_are_nothing(seed):
    rng = np.random.default_rng(seed)
    size, year = rng.normal(10, 2, (40, 1)), rng.normal(0, 1, (1, 8))
    common = np.exp(size + year)
    noise = rng.lognormal(0, 0.5, (2, 40, 8))
    found = lead_lag(common * noise[0], common * noise[1], rng=rng)
    assert found.verdict == "none_seen"
    assert found.p_any > 0.05


@given(st.integers(0, 2**32 - 1), st.integers(5, 8))
@settings(max_examples=20)
def test_exchanging_the_two_turns_the_lags_around(seed, n_years):
    x, y = np.random.default_rng(seed).random((2, 11, n_years)) + 0.1
    one = lead_lag(x, y, rng=np.random.default_rng(1))
    other = lead_lag(y, x, rng=np.random.default_rng(1))
    backwards = lead_lag(x[:, ::-1], y[:, ::-1], rng=np.random.default_rng(1))
    for turned in (other, backwards):
        assert turned.correlation == pytest.approx(one.correlation[::-1])
        assert turned.asymmetry == pytest.approx(-one.asymmetry)
    # The signs drawn are the same ones, so is the p-value.
    assert other.p_asymmetry == one.p_asymmetry


@given(st.integers(0, 2**32 - 1), st.integers(2, 99))
@settings(max_examples=20)
def test_neither_units_nor_idle_areas_nor_row_order_matter(seed, times):
    rng = np.random.default_rng(seed)
    x, y = rng.random((2, 11, 6)) + 0.1
    one = lead_lag(x, y, rng=np.random.default_rng(1), transform=np.log)
    scaled = lead_lag(x * times, y / times, rng=np.random.default_rng(1), transform=np.log)
    assert scaled.correlation == pytest.approx(one.correlation)
    order = rng.permutation(11)
    moved = lead_lag(x[order], y[order], rng=np.random.default_rng(1), transform=np.log)
    assert moved.correlation == pytest.approx(one.correlation)
    idle = np.zeros((1, 6))
    only_public = np.vstack([x, idle + 5]), np.vstack([y, idle])
    found = lead_lag(*only_public, rng=np.random.default_rng(1), transform=np.log)
    assert found.n_areas == 11
    assert found.correlation == pytest.approx(one.correlation)
    assert found.p_by_lag == pytest.approx(one.p_by_lag)


def test_cannot_tell():
    rng = np.random.default_rng(1)
    x, y = rng.random((2, 30, 8)) + 0.1
    short = lead_lag(x[:, :4], y[:, :4], rng=rng)
    assert (short.verdict, short.n_years) == ("cannot_tell", 4)
    few = x * (np.arange(30) < 9)[:, None]
    found = lead_lag(few, y, rng=rng)
    assert (found.verdict, found.n_areas) == ("cannot_tell", 9)
    still = np.tile(x[:, :1], 8)
    assert lead_lag(still, y, rng=rng).verdict == "cannot_tell"
    assert found.correlation.size == 0
    assert np.isnan(found.p_any)


def test_lags_leave_three_years_in_common_and_the_seed_decides():
    x, y = np.random.default_rng(1).random((2, 20, 5)) + 0.1
    one, two = (lead_lag(x, y, rng=np.random.default_rng(7), max_lag=9) for _ in range(2))
    assert one.lags.tolist() == [-2, -1, 0, 1, 2]
    assert (one.p_any, one.p_asymmetry) == (two.p_any, two.p_asymmetry)


def test_wrong_use_is_refused():
    good, rng = np.ones((12, 6)), np.random.default_rng(1)
    for call in (
        lambda: lead_lag(good, good[:, :5], rng=rng),
        lambda: lead_lag(-good, good, rng=rng),
        lambda: lead_lag(good * np.nan, good, rng=rng),
        lambda: lead_lag(good, good, rng=rng, max_lag=0),
        lambda: lead_lag(good, good, rng=rng, transform=lambda v: v * np.inf),
        lambda: lead_lag(good[0], good[0], rng=rng),
    ):
        with pytest.raises(UsageError):
            call()
