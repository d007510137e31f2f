"""The restricted wild cluster bootstrap: every sign re-estimated, its interval turned round."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.staggered.did_regression import (
    did_regression,
    wild_cluster_bootstrap,
)
from evenground.questions.promise.measures.staggered.wild_bootstrap import Draws


def study(seed, *, n_units=8, n_treated=4, effect=0.0):
    rng = np.random.default_rng(seed)
    starts = np.where(np.arange(n_units) < n_treated, 3, 6)
    outcomes = rng.normal(size=(n_units, 6)) + rng.normal(size=(n_units, 1))
    outcomes[:n_treated, 3:] += effect
    return panel(outcomes, starts)


def p_by_hand(data, null=0.0):
    """Return the share of signs whose statistic is at least as large, each fitted anew."""
    treated = np.where((np.arange(6) >= 3) & data.ever_treated[:, None], 1.0, 0.0)
    bare = data.outcomes - null * treated
    fitted = bare.mean(axis=1, keepdims=True) + bare.mean(axis=0) - bare.mean()
    left = bare - fitted  # the null imposed

    def statistic(outcomes):
        found = did_regression(panel(outcomes, data.first_treated))
        return abs(found.effect) / found.standard_error

    real, reached, n = statistic(bare), 0, data.n_units
    for number in range(2**n):
        signs = 1.0 - 2 * ((number >> np.arange(n)) & 1)
        reached += statistic(fitted + signs[:, None] * left) >= real * (1 - 1e-9)
    return reached / 2**n


@pytest.mark.parametrize("seed", range(3))
def test_every_sign_fitted_anew(seed):
    data = study(seed, effect=0.7)
    found = wild_cluster_bootstrap(data)
    assert found.enumerated
    assert found.p_error == 0
    assert found.n_draws == 2**7  # opposite signs give the same
    assert found.p == pytest.approx(p_by_hand(data))
    assert found.effect == pytest.approx(did_regression(data).effect)


def test_the_interval_holds_what_is_not_rejected():
    data = study(4, n_units=7, n_treated=3, effect=1.0)
    found = wild_cluster_bootstrap(data, alpha=0.1)
    assert found.confidence == pytest.approx(0.9)
    for end, outwards in ((found.low, -1), (found.high, 1)):
        assert p_by_hand(data, end - outwards * 1e-6) > 0.1
        assert p_by_hand(data, end + outwards * 1e-6) <= 0.1


def test_too_few_clusters_for_the_level():
    found = wild_cluster_bootstrap(study(1, n_units=4, n_treated=2))
    assert not found.can_tell
    assert found.least_p == pytest.approx(1 / 8)
    assert found.confidence == pytest.approx(7 / 8)


@pytest.mark.parametrize("weights", ["rademacher", "webb"])
def test_drawn_signs_come_near_to_listed_ones(weights):
    data = study(6, n_units=20, n_treated=9, effect=0.4)
    with pytest.raises(UsageError) as raised:
        wild_cluster_bootstrap(data)
    assert raised.value.problems[0].code == "chance_needed"
    draws = Draws(weights=weights, n=2_999)
    one, two = (
        wild_cluster_bootstrap(data, rng=np.random.default_rng(seed), draws=draws)
        for seed in (1, 2)
    )
    assert one.p == pytest.approx(two.p, abs=4 * (one.p_error + two.p_error))
    assert one.low == pytest.approx(two.low, abs=0.1)
    assert one.least_p == pytest.approx(1 / 3_000)


def test_one_treated_cluster_is_all_but_never_told():
    """MacKinnon and Webb (2017): the reason why enumerated re-assignment is used there."""
    told = [
        wild_cluster_bootstrap(study(seed, n_units=10, n_treated=1, effect=1.5)).p
        for seed in range(20)
    ]
    assert np.mean(np.array(told) <= 0.05) <= 0.05
    clustered = [
        did_regression(study(seed, n_units=10, n_treated=1, effect=1.5)).p for seed in range(20)
    ]
    assert np.mean(np.array(clustered) <= 0.05) > 0.8


def test_measurement_plays_no_part():
    data = study(8, n_units=9, effect=1.0)
    found = wild_cluster_bootstrap(data)
    other = wild_cluster_bootstrap(panel(data.outcomes * 1e5 + 3e6, data.first_treated))
    assert other.p == found.p
    assert other.low / 1e5 == pytest.approx(found.low, abs=1e-8)


def test_an_effect_without_error_is_refused():
    outcomes = np.zeros((6, 4))
    outcomes[:3, 2:] = 1.0
    with pytest.raises(UsageError):
        wild_cluster_bootstrap(panel(outcomes, [2, 2, 2, 4, 4, 4]))
    with pytest.raises(UsageError):
        wild_cluster_bootstrap(study(1), alpha=0.0)
