"""The nearest site, cumulative opportunities and their curves, and gravity access."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.cumulative_opportunities import (
    cumulative_opportunities,
    group_opportunity_curve,
    opportunity_curve,
    reached_share_curve,
)
from evenground.methods.accessibility.decay import Binary, Exponential, InversePower
from evenground.methods.accessibility.gravity import gravity_access
from evenground.methods.accessibility.nearest import nearest_site
from evenground.methods.accessibility.pairs import pairs_from_costs, straight_line_pairs
from evenground.methods.accessibility.weights import catchment_weights

# Three origins, three sites; the last origin reaches nothing.
PAIRS = pairs_from_costs(
    ([0, 0, 0, 1, 1], [0, 1, 2, 1, 2]), [4.0, 2.0, 2.0, 9.0, 10.0], shape=(3, 3), limit=10
)


def random_town(seed, n_origins=30, n_sites=12, limit=400.0):
    rng = np.random.default_rng(seed)
    origins, sites = rng.uniform(0, 1_000, (n_origins, 2)), rng.uniform(0, 1_000, (n_sites, 2))
    return straight_line_pairs(origins, sites, limit=limit), rng


def test_nearest_by_hand():
    first, second, third = (nearest_site(PAIRS, k=k) for k in (1, 2, 3))
    assert first.cost.tolist() == [2, 9, np.inf]
    assert first.site.tolist() == [1, 1, -1]
    assert second.cost.tolist() == [2, 10, np.inf]
    assert second.site.tolist() == [2, 2, -1]
    assert third.cost.tolist() == [4, np.inf, np.inf]
    assert third.site.tolist() == [0, -1, -1]
    with pytest.raises(UsageError, match="k is 0"):
        nearest_site(PAIRS, k=0)


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_nearest_is_the_kth_of_the_sorted_costs(seed, k):
    pairs, _ = random_town(seed)
    found = nearest_site(pairs, k=k)
    for origin in range(pairs.n_origins):
        costs = np.sort(pairs.cost[pairs.origin == origin])
        assert found.cost[origin] == (costs[k - 1] if costs.size >= k else np.inf)


def test_nobody_near_anything():
    pairs = straight_line_pairs([[0, 0]], [[9, 9]], limit=1)
    assert nearest_site(pairs).cost.tolist() == [np.inf]
    assert cumulative_opportunities(pairs, [1], threshold=1).tolist() == [0]


def test_curves_by_hand():
    curve = opportunity_curve(PAIRS, [5, 1, 1], thresholds=[2, 4, 9, 10])
    assert curve.tolist() == [[2, 7, 7, 7], [0, 0, 1, 2], [0, 0, 0, 0]]
    people = [[1, 1, 0], [0, 1, 3], [0, 0, 0]]
    average = group_opportunity_curve(PAIRS, [5, 1, 1], thresholds=[2, 4, 9, 10], people=people)
    assert average[0].tolist() == [1, 3.5, 4, 4.5]
    assert average[1].tolist() == [0, 0, 0.25, 0.5]
    assert np.isnan(average[2]).all()
    share = reached_share_curve(nearest_site(PAIRS).cost, thresholds=[2, 9], people=people)
    assert share[:2].tolist() == [[0.5, 1], [0, 0.25]]
    assert np.isnan(share[2]).all()


@given(st.integers(0, 2**32 - 1))
def test_a_curve_holds_what_single_thresholds_give_and_never_falls(seed):
    pairs, rng = random_town(seed)
    offered = rng.integers(0, 9, pairs.n_sites)
    ends = [50.0, 200.0, 399.0, 400.0]
    curve = opportunity_curve(pairs, offered, thresholds=ends)
    assert (np.diff(curve, axis=1) >= 0).all()
    for at, end in enumerate(ends):
        near = pairs.within(end)
        direct = np.bincount(near.origin, weights=offered[near.site], minlength=pairs.n_origins)
        assert np.array_equal(curve[:, at], direct)
        weights = catchment_weights(pairs, Binary(end))
        assert gravity_access(weights, offered) == pytest.approx(direct, rel=1e-12)
    people = rng.integers(0, 5, (2, pairs.n_origins)) + np.eye(2, pairs.n_origins)
    average = group_opportunity_curve(pairs, offered, thresholds=ends, people=people)
    assert average == pytest.approx(people @ curve / people.sum(axis=1)[:, None], rel=1e-12)


def test_thresholds_rise_and_end_where_the_pairs_do():
    for thresholds in ([], [2, 2], [3, 2]):
        with pytest.raises(UsageError, match="each above the one before"):
            opportunity_curve(PAIRS, [1, 1, 1], thresholds=thresholds)
    with pytest.raises(UsageError, match="listed up to 10"):
        opportunity_curve(PAIRS, [1, 1, 1], thresholds=[5, 11])
    with pytest.raises(UsageError, match="opportunities"):
        cumulative_opportunities(PAIRS, [1, 1], threshold=5)
    with pytest.raises(UsageError, match="cost"):
        reached_share_curve([np.nan], thresholds=[1], people=[[1]])


def test_gravity_by_hand_and_by_date():
    weights = catchment_weights(PAIRS, InversePower(exponent=2.0, least=1.0))
    now = gravity_access(weights, [16, 4, 8])
    assert now == pytest.approx([1 + 1 + 2, 4 / 81 + 8 / 100, 0])
    dates = gravity_access(weights, [[16, 4, 8], [16, 0, 0]])
    assert dates == pytest.approx(np.array([now, [1, 0, 0]]))
    with pytest.raises(UsageError, match="opportunities"):
        gravity_access(weights, [-1, 0, 0])


@pytest.mark.parametrize(
    ("rate", "published", "digits"),
    [(0.1, [27_292.2, 27_292.2, 2_240.4], 0.05), (0.6, [12.343, 12.343, 1.234], 0.0005)],
)
def test_gravity_as_published(shen, rate, published, digits):
    """Soukhov et al. (2023), PLOS ONE 18(1), e0278468, table 1, rows S_i."""
    weights = catchment_weights(shen.pairs, Exponential(rate))
    assert gravity_access(weights, shen.jobs) == pytest.approx(published, abs=digits)
