"""How often a series speaks, and what is missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.data.measures.series.rhythm import cadence, rhythm

MINUTE = 60_000_000


def every(*minutes):
    return np.cumsum(np.array([0, *minutes], dtype=np.int64)) * MINUTE


def test_cadence_is_the_most_frequent_difference():
    found = cadence(every(*[5] * 9, 20, 7))
    assert (found.every, found.share) == (5 * MINUTE, 9 / 11)


def test_ten_differences_are_needed():
    assert cadence(every(*[5] * 10)).every == 5 * MINUTE
    assert cadence(every(*[5] * 9)).every == 0


def test_half_of_the_differences_must_agree():
    assert cadence(every(*[5] * 6, *[30, 61, 93, 141, 205, 333])).every == 5 * MINUTE
    assert cadence(every(*[5] * 6, *[30, 61, 93, 141, 205, 333, 477])).every == 0


def test_of_two_halves_the_smaller_is_the_cadence():
    assert cadence(every(*[7] * 6, *[5] * 6)).every == 5 * MINUTE
    assert cadence(every(*[5] * 6, *[7] * 6)).every == 5 * MINUTE


def test_a_half_above_all_others_is_the_cadence():
    assert cadence(every(*[9] * 6, 1, 2, 3, 4, 5, 6)).every == 9 * MINUTE


def test_a_jittering_clock_has_a_cadence():
    rng = np.random.default_rng(1)
    at = np.arange(1_000) * 5 * MINUTE + rng.integers(-15, 15, 1_000) * 1_000_000
    found = cadence(at)
    assert found.every == pytest.approx(5 * MINUTE, rel=0.01)
    gone = np.delete(at, slice(100, 150))
    missing = rhythm(gone, every=cadence(gone).every)
    assert missing.gaps.n_missing.tolist() == [50]


def test_happenings_have_no_cadence():
    rng = np.random.default_rng(2)
    assert cadence(np.cumsum(rng.exponential(5 * MINUTE, 1_000).astype(np.int64) + 1)).every == 0


def test_months_have_a_cadence():
    months = np.arange("2015-01", "2025-01", dtype="datetime64[M]").astype("datetime64[us]")
    at = months.astype(np.int64)
    assert rhythm(at, every=cadence(at).every).gaps.n_missing.size == 0
    without = np.delete(at, 40)
    assert rhythm(without, every=cadence(without).every).gaps.n_missing.tolist() == [1]


def test_a_gap_counts_the_readings_that_fit_in():
    found = rhythm(every(5, 5, 20, 5, 12), every=5 * MINUTE)
    # 20 minutes have room for three readings, 12 (two cadences and a bit) for one.
    assert found.gaps.n_missing.tolist() == [3, 1]
    assert found.gaps.start.tolist() == [10 * MINUTE, 35 * MINUTE]
    assert found.gaps.end.tolist() == [30 * MINUTE, 47 * MINUTE]
    assert found.n_expected == 1 + 1 + 1 + 4 + 1 + 2


def test_an_instant_off_the_grid_is_not_expected():
    found = rhythm(every(5, 1, 4, 5), every=5 * MINUTE)
    assert (found.n_expected, found.gaps.n_missing.size) == (4, 0)


def test_half_a_cadence_is_rounded_up():
    assert rhythm(np.array([0, 15]), every=10).gaps.n_missing.tolist() == [1]
    assert rhythm(np.array([0, 14]), every=10).gaps.n_missing.size == 0


@given(st.sets(st.integers(1, 198), max_size=90))
def test_what_is_taken_out_is_missing(gone):
    at = np.delete(np.arange(200), sorted(gone)) * MINUTE
    found = rhythm(at, every=MINUTE)
    assert found.n_expected == 200
    assert found.gaps.n_missing.sum() == len(gone)
    named = {
        int(start // MINUTE) + i
        for start, n in zip(found.gaps.start, found.gaps.n_missing, strict=True)
        for i in range(1, n + 1)
    }
    assert named == gone
