"""The test of trends before, with its power, and units near to what is treated."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evenground.errors import UsageError
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.did_regression import did_regression
from evenground.questions.promise.measures.staggered.event_study import EventStudy, event_study
from evenground.questions.promise.measures.staggered.pretrend import pretrend_test
from evenground.questions.promise.measures.staggered.spillover_ring import spillover_ring


def study_of(betas, covariance, *, n_pre, freedom=np.inf):
    n = len(betas)
    times = np.concatenate([np.arange(-n_pre - 1, -1), np.arange(n - n_pre)])
    return EventStudy(
        times=times, betas=np.asarray(betas, float), covariance=np.asarray(covariance, float),
        n_pre=n_pre, n_post=n - n_pre, reference=-1, degrees_of_freedom=np.full(n, freedom),
        n_clusters=50,
    )  # fmt: skip


def test_a_joint_test_by_hand():
    """Two independent effects of 2 and 1 with errors 1: chi-square 5 with two degrees."""
    found = pretrend_test(study_of([2.0, 1.0, 3.0], np.eye(3), n_pre=2))
    assert found.statistic == pytest.approx(5 / 2)
    assert found.p == pytest.approx(np.exp(-5 / 2))
    # A slope s makes -2 s and -s: noncentrality 5 s².
    for power, slope in zip(found.power, found.slope, strict=True):
        critical = stats.chi2.isf(0.05, 2)
        assert stats.ncx2.sf(critical, 2, 5 * slope**2) == pytest.approx(power, abs=1e-9)
    assert found.drift == pytest.approx(found.slope[:, None])  # one time after: slope times 1


def test_few_clusters_take_fishers_f():
    found = pretrend_test(study_of([2.0, 1.0, 3.0], np.eye(3), n_pre=2, freedom=10))
    assert found.p == pytest.approx(stats.f.sf(2.5, 2, 10))
    critical = stats.f.isf(0.05, 2, 10)
    assert stats.ncf.sf(critical, 2, 10, 5 * found.slope[1] ** 2) == pytest.approx(0.8, abs=1e-6)
    many = pretrend_test(study_of([2.0, 1.0, 3.0], np.eye(3), n_pre=2))
    assert (found.slope > many.slope).all()


def test_power_is_what_simulation_tells():
    rng = np.random.default_rng(1)
    root = rng.normal(size=(4, 4)) / 3
    covariance = root @ root.T + np.eye(4) * 0.1
    found = pretrend_test(study_of(np.zeros(4), covariance, n_pre=3))
    drift = found.slope[1] * np.array([-3.0, -2, -1])
    drawn = rng.multivariate_normal(drift, covariance[:3, :3], size=20_000)
    wald = np.einsum("ri,ij,rj->r", drawn, np.linalg.inv(covariance[:3, :3]), drawn)
    assert (wald > stats.chi2.isf(0.05, 3)).mean() == pytest.approx(0.8, abs=0.012)


def test_nothing_before_cannot_tell():
    found = pretrend_test(study_of([1.0], np.eye(1), n_pre=0))
    assert not found.can_tell
    assert np.isnan(found.p)
    assert not pretrend_test(study_of([1.0, 1], np.zeros((2, 2)), n_pre=1)).can_tell
    assert not pretrend_test(study_of([1.0, 1, 1], np.eye(3), n_pre=2, freedom=1)).can_tell


@pytest.mark.parametrize("how", [{"alpha": 0.0}, {"powers": [1.0]}])
def test_shares_that_are_none_are_refused(how):
    with pytest.raises(UsageError):
        pretrend_test(study_of([1.0, 1], np.eye(2), n_pre=1), **how)


def test_a_drift_is_found_in_a_panel(roll_out):
    data = roll_out(1, n_units=60, cohorts=(4,), n_times=8)
    drifting = data.outcomes + 0.8 * np.arange(8) * data.ever_treated[:, None]
    assert pretrend_test(event_study(data)).p > 0.01
    assert pretrend_test(event_study(panel(drifting, data.first_treated))).p < 1e-4


def around(seed, *, near=0.0):
    """Return a panel of 40 units, six treated from time 3 on, and distances to the nearest."""
    rng = np.random.default_rng(seed)
    away = np.concatenate([np.zeros(6), rng.uniform(50, 1_000, 34)])
    outcomes = rng.normal(size=(40, 6)) * 0.5 + rng.normal(size=(40, 1))
    outcomes[:6, 3:] += 3
    outcomes[6:, 3:] += near * (away[6:, None] <= 300)
    return panel(outcomes, np.where(np.arange(40) < 6, 3, 6)), away


@pytest.mark.parametrize("seed", range(2))
def test_neighbours_that_gain_are_seen_and_hide_a_part_of_the_effect(seed):
    data, away = around(seed, near=1.5)
    found = spillover_ring(data, away, rings=[300, 600])
    assert found.n_units.tolist() == [
        (away[6:] <= 300).sum(), ((away[6:] > 300) & (away[6:] <= 600)).sum()
    ]  # fmt: skip
    assert found.effect[0] == pytest.approx(1.5, abs=0.6)
    assert 0 < found.low[0] < found.effect[0] < found.high[0]
    assert found.low[1] < 0 < found.high[1]
    assert found.all_donors.effect < found.far_donors.effect
    assert found.all_donors.effect == pytest.approx(did_regression(data).effect)
    far = (away > 600) | data.ever_treated
    alone = did_regression(panel(data.outcomes[far], data.first_treated[far]))
    assert found.far_donors == alone
    assert found.n_far == (away > 600).sum()
    # With one date a ring's effect is its own difference-in-differences with those beyond.
    ring = (away > 0) & (away <= 300)
    kept = ring | (away > 600)
    own = did_regression(panel(data.outcomes[kept], np.where(ring, 3, 6)[kept]))
    assert found.effect[0] == pytest.approx(own.effect, abs=1e-10)


def test_an_empty_ring_says_nothing():
    data, away = around(1)
    found = spillover_ring(data, away, rings=[10, 600])
    assert found.n_units[0] == 0
    assert np.isnan([found.effect[0], found.low[0], found.high[0]]).all()
    clustered = spillover_ring(data, away, rings=[600], clusters=np.arange(40) // 2)
    assert clustered.all_donors.n_clusters == 20


@pytest.mark.parametrize("rings", [[], [0.0, 100.0], [200.0, 100.0], [5_000.0]])
def test_rings_that_leave_nobody_are_refused(rings):
    data, away = around(1)
    with pytest.raises(UsageError):
        spillover_ring(data, away, rings=rings)
