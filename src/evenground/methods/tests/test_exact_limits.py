"""Limits of shares and counts: published ones, and the guarantee that gives them their name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.exact_limits import count_limits, share_limits


def test_published_shares():
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81/263, 15/148, 0/20, 1/29."""
    low, high = share_limits([81, 15, 0, 1], [263, 148, 20, 29])
    assert low == pytest.approx([0.2527, 0.0578, 0.0, 0.0009], abs=5e-5)
    assert high == pytest.approx([0.3676, 0.1617, 0.1684, 0.1776], abs=5e-5)


def test_published_counts():
    """Garwood (1936), table: 95 % limits for 0, 1, 5, 10 and 50."""
    low, high = count_limits([0, 1, 5, 10, 50])
    assert low == pytest.approx([0, 0.0253, 1.62, 4.80, 37.11], abs=5e-3)
    assert high == pytest.approx([3.69, 5.57, 11.67, 18.39, 65.92], abs=5e-3)


@given(st.integers(1, 60), st.floats(0.01, 0.99), st.floats(0.5, 0.99))
def test_a_share_is_covered_at_least_as_often_as_promised(n, share, confidence):
    count = np.arange(n + 1)
    low, high = share_limits(count, n, confidence=confidence)
    covered = stats.binom.pmf(count, n, share)[(low <= share) & (share <= high)].sum()
    assert covered >= confidence - 1e-9


@given(st.floats(0.05, 40), st.floats(0.5, 0.99))
def test_a_mean_is_covered_at_least_as_often_as_promised(mean, confidence):
    count = np.arange(200)
    low, high = count_limits(count, confidence=confidence)
    covered = stats.poisson.pmf(count, mean)[(low <= mean) & (mean <= high)].sum()
    assert covered >= confidence - 1e-9


def test_nothing_known_of_nobody():
    low, high = share_limits([0], [0])
    assert (low[0], high[0]) == (0, 1)


@pytest.mark.parametrize(("count", "n"), [(-1, 3), (4, 3), (np.nan, 3)])
def test_impossible_counts_are_refused(count, n):
    with pytest.raises(UsageError):
        share_limits([count], [n])


def test_other_wrong_use_is_refused():
    with pytest.raises(UsageError):
        count_limits([-1])
    with pytest.raises(UsageError):
        share_limits([1], [2], confidence=1.0)
