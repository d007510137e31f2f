"""Intervals from resampled areas and from given weights."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.inequality import (
    Resampling,
    bootstrap_weights,
    concentration_index_rows,
    gini,
    gini_rows,
    interval_of,
    intervals_from_rows,
    intervals_of,
    jackknife_weights,
    palma_rows,
    theil_t_rows,
)
from evenground.methods.inequality.foster_greer_thorbecke import weighted_mean_rows


def town(seed, n=60):
    rng = np.random.default_rng(seed)
    return rng.lognormal(0, 0.7, n), rng.lognormal(7, 0.4, n)


def test_resampled_weights_are_people_times_whole_numbers():
    weights = np.array([3.0, 0.0, 5.0, 2.0])
    rows = bootstrap_weights(weights, rng=np.random.default_rng(1), n_draws=500)
    times = rows[:, weights > 0] / weights[weights > 0]
    assert (rows[:, 1] == 0).all()
    assert (times == np.rint(times)).all()
    assert (times.sum(axis=1) == 3).all()
    assert times.mean(axis=0) == pytest.approx([1, 1, 1], abs=0.1)


def test_each_draw_may_have_its_own_people():
    people = np.array([[1.0, 1, 1], [10, 10, 10], [100, 100, 100]])
    rows = bootstrap_weights(people, rng=np.random.default_rng(1), n_draws=3)
    assert rows.sum(axis=1).tolist() == [3, 30, 300]


def test_left_out_one_by_one():
    rows = jackknife_weights(np.array([3.0, 0.0, 5.0]))
    assert rows.tolist() == [[0, 0, 5], [3, 0, 0]]
    many = jackknife_weights(np.ones(500))
    assert many.shape == (200, 500)
    assert (many == 0).sum() == 500
    assert (many == 0).sum(axis=0).tolist() == [1] * 500


@pytest.mark.parametrize("seed", [1, 2])
def test_same_draws_same_interval_whatever_else_is_asked(seed):
    values, people = town(seed)
    both = {"gini": gini_rows, "theil": theil_t_rows}
    found = intervals_of(both, values, people, rng=np.random.default_rng(seed))
    alone = interval_of(gini_rows, values, people, rng=np.random.default_rng(seed))
    assert found["gini"] == alone
    assert alone.value == gini(values, people)
    assert alone.low < alone.value < alone.high
    assert (alone.n_draws, alone.n_undefined, alone.confidence) == (1_000, 0, 0.95)


def test_areas_without_people_change_nothing():
    values, people = town(3)
    more = np.r_[values, 50.0], np.r_[people, 0.0]
    found = interval_of(gini_rows, values, people, rng=np.random.default_rng(1))
    other = interval_of(gini_rows, *more, rng=np.random.default_rng(1))
    assert (other.low, other.high) == pytest.approx((found.low, found.high))


def test_blocks_do_not_show(monkeypatch):
    values, people = town(4)
    whole = interval_of(gini_rows, values, people, rng=np.random.default_rng(1))
    monkeypatch.setattr("evenground.methods.inequality.replicates.BLOCK", 7 * 60)
    pieces = interval_of(gini_rows, values, people, rng=np.random.default_rng(1))
    assert (pieces.low, pieces.high) == pytest.approx((whole.low, whole.high), abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_is_that_of_scipy(seed):
    """Another implementation of the same method; with 500 equal areas Student's t is normal."""
    values = np.random.default_rng(seed).gamma(0.7, 1, 500)
    asked = Resampling(n_draws=4_000, confidence=0.9)
    ours = interval_of(
        weighted_mean_rows, values, rng=np.random.default_rng(seed), resampling=asked
    )
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=4_000, confidence_level=0.9, method="BCa",
        rng=np.random.default_rng(seed + 10),
    ).confidence_interval  # fmt: skip
    width = theirs.high - theirs.low
    assert ours.low == pytest.approx(theirs.low, abs=0.05 * width)
    assert ours.high == pytest.approx(theirs.high, abs=0.05 * width)


def test_equal_values_leave_no_doubt():
    found = interval_of(gini_rows, [2, 2, 2], [1, 5, 9], rng=np.random.default_rng(1))
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_more_confidence_is_wider_and_unequal_areas_tell_less():
    values, people = town(5)
    wide, narrow = (
        interval_of(
            gini_rows, values, people, rng=np.random.default_rng(1),
            resampling=Resampling(confidence=level),
        )
        for level in (0.99, 0.8)
    )  # fmt: skip
    assert wide.low < narrow.low < narrow.high < wide.high
    one_big = people.copy()
    one_big[0] = 100 * people.sum()
    found = interval_of(gini_rows, values, one_big, rng=np.random.default_rng(1))
    draws = gini_rows(values, bootstrap_weights(one_big, rng=np.random.default_rng(1), n_draws=999))
    assert found.high >= np.quantile(draws, 0.99)


def test_resamples_with_nothing_to_share_are_counted():
    """One area of four has it: about (3/4)^4 of the resamples leave it out."""
    found = interval_of(gini_rows, [0, 0, 0, 1], rng=np.random.default_rng(1))
    assert found.n_undefined / found.n_draws == pytest.approx(0.75**4, abs=0.05)
    assert found.low <= found.value <= found.high


def test_an_infinite_index_has_an_open_interval():
    values = [0, 0, 0, 0, 1, 2, 3, 4.0]
    found = interval_of(palma_rows, values, rng=np.random.default_rng(1))
    assert found.value == found.high == np.inf
    assert 0 < found.low < np.inf


def test_an_undefined_index_has_no_interval():
    by_rank = partial(palma_rows, rank_by=np.array([1.0, 2.0, 3.0]))
    found = interval_of(by_rank, [0, 1, 0], [40, 30, 30], rng=np.random.default_rng(1))
    assert np.isnan([found.value, found.low, found.high]).all()


def test_one_area_has_no_spread():
    found = interval_of(gini_rows, [3.0], [5.0], rng=np.random.default_rng(1))
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_from_given_rows():
    values = np.array([1.0, 2.0, 4.0])
    rows = np.array([[1.0, 1, t] for t in np.linspace(0, 2, 199)])
    rank = np.array([1.0, 2.0, 3.0])
    asked = {"gini": gini_rows, "by_rank": partial(concentration_index_rows, rank_by=rank)}
    found = intervals_from_rows(asked, values, [1, 1, 1], weight_rows=rows, confidence=0.9)
    drawn = np.sort(gini_rows(values, rows))
    assert (found["gini"].low, found["gini"].high) == (drawn[9], drawn[189])
    assert found["gini"].value == gini(values)
    assert found["by_rank"].value == pytest.approx(found["gini"].value)


def test_wrong_use_is_refused():
    rng = np.random.default_rng(1)
    for confidence in (0, 1, 1.5):
        with pytest.raises(UsageError):
            Resampling(confidence=confidence)
    with pytest.raises(UsageError):
        interval_of(gini_rows, [1, 2], [1, -2], rng=rng)
    with pytest.raises(UsageError):
        interval_of(gini_rows, [1, 2], rng=rng, resampling=Resampling(n_draws=0))
    with pytest.raises(UsageError):
        bootstrap_weights(np.ones((3, 2)), rng=rng, n_draws=4)
    with pytest.raises(UsageError):
        intervals_from_rows({}, [1, 2], weight_rows=np.ones((4, 3)))
