"""Mean access by group under resampled demand: the short way equals the long one."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility import resampling
from evenground.methods.accessibility.decay import Binary, Gaussian
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.group_access import (
    access_statistic_draws,
    group_access_draws,
)
from evenground.methods.accessibility.pairs import pairs_from_costs, straight_line_pairs
from evenground.methods.accessibility.resampling import Resampling
from evenground.methods.accessibility.three_step import selection_weights
from evenground.methods.accessibility.weights import catchment_weights

SEEDS = st.integers(0, 2**32 - 1)


def town(seed, n_origins=40, n_sites=7):
    rng = np.random.default_rng(seed)
    origins, sites = rng.uniform(0, 1_000, (n_origins, 2)), rng.uniform(0, 1_000, (n_sites, 2))
    pairs = straight_line_pairs(origins, sites, limit=400)
    return SimpleNamespace(
        rng=rng,
        weights=catchment_weights(pairs, Gaussian(200)),
        people=rng.integers(0, 5, (2, n_origins)) * 10.0,
        supply=rng.integers(0, 4, n_sites) * 1.0,
        times=rng.integers(0, 3, (6, n_origins)) * 1.0,
        area=rng.integers(0, 5, n_origins) * 7,
    )


def the_long_way(place, times, weights=None):
    """Work out access of every origin in every draw, then average."""
    held = place.weights if weights is None else weights
    drawn = times[:, None, :] * place.people
    found = enhanced_two_step_access(held, supply=place.supply, demand=drawn.sum(axis=1))
    total = (drawn * found.access[:, None, :]).sum(axis=2)
    below = drawn.sum(axis=2)
    return np.divide(total, below, out=np.full(total.shape, np.nan), where=below > 0)


@given(SEEDS)
def test_given_draws_equal_the_long_way(seed):
    place = town(seed)
    found = group_access_draws(place.weights, place.supply, people=place.people, draws=place.times)
    assert found.draws == pytest.approx(
        the_long_way(place, place.times), rel=1e-11, abs=1e-15, nan_ok=True
    )
    assert found.mean == pytest.approx(
        the_long_way(place, np.ones((1, 40)))[0], rel=1e-11, abs=1e-15, nan_ok=True
    )


@pytest.mark.parametrize("by_area", [False, True])
@given(SEEDS)
def test_resamples_equal_the_long_way_with_the_same_chance(by_area, seed):
    place = town(seed)
    area = place.area if by_area else np.arange(40)
    found = group_access_draws(
        place.weights,
        place.supply,
        people=place.people,
        draws=Resampling(rng=np.random.default_rng(seed), n_draws=5, area=area),
    )
    again = np.random.default_rng(seed)
    unit = np.unique(area, return_inverse=True)[1]
    n = unit.max() + 1
    times = [np.bincount(again.integers(n, size=n), minlength=n)[unit] for _ in range(5)]
    assert found.draws == pytest.approx(
        the_long_way(place, np.array(times, float)), rel=1e-11, abs=1e-15, nan_ok=True
    )


def test_the_three_step_method_has_draws_too():
    place = town(1)
    held = selection_weights(place.weights)
    found = group_access_draws(held, place.supply, people=place.people, draws=place.times)
    assert found.draws == pytest.approx(the_long_way(place, place.times, held), rel=1e-11)


@pytest.mark.parametrize("seed", [1, 2])
def test_competitors_beside_the_groups(seed):
    place = town(seed)
    everybody = group_access_draws(
        place.weights, place.supply, people=place.people, draws=place.times
    )
    first = group_access_draws(
        place.weights,
        place.supply,
        people=place.people[:1],
        draws=place.times,
        demand=place.people.sum(axis=0),
    )
    assert first.draws[:, 0] == pytest.approx(everybody.draws[:, 0], rel=1e-12)
    assert first.mean[0] == pytest.approx(everybody.mean[0], rel=1e-12)


@pytest.mark.parametrize("seed", [3, 4])
def test_any_statistic_without_keeping_origins(seed, monkeypatch):
    monkeypatch.setattr(resampling, "_CELLS_AT_ONCE", 40)
    monkeypatch.setattr(resampling, "_FEWEST", 4)
    place = town(seed)
    demand = place.people.sum(axis=0)
    sizes = []

    def mean_and_least(access, drawn):
        sizes.append(access.shape)
        return np.stack([(access * drawn).sum(axis=0) / drawn.sum(axis=0), access.min(axis=0)])

    found = access_statistic_draws(
        place.weights, place.supply, demand=demand, draws=place.times, statistic=mean_and_least
    )
    assert sizes == [(40, 4), (40, 2)]
    long = enhanced_two_step_access(
        place.weights, supply=place.supply, demand=place.times * demand
    ).access
    drawn = place.times * demand
    assert found[:, 0] == pytest.approx((long * drawn).sum(axis=1) / drawn.sum(axis=1), rel=1e-11)
    assert found[:, 1] == pytest.approx(long.min(axis=1), rel=1e-11)
    alone = access_statistic_draws(
        place.weights,
        place.supply,
        demand=demand,
        draws=Resampling(rng=np.random.default_rng(seed), n_draws=3, area=place.area),
        statistic=lambda access, drawn: drawn.sum(axis=0),
    )
    again = Resampling(rng=np.random.default_rng(seed), n_draws=3, area=place.area)
    totals = group_access_draws(place.weights, place.supply, people=place.people, draws=again)
    assert alone.shape == (3,)
    assert totals.draws.shape == (3, 2)


def test_an_empty_draw_and_an_unvisited_site_by_hand():
    """Two origins, a site each: with both 0.2 and 0.5, alone the one or the other."""
    pairs = pairs_from_costs(([0, 1], [0, 1]), [1.0, 1.0], shape=(2, 2))
    weights = catchment_weights(pairs, Binary(2))
    found = group_access_draws(
        weights, [2, 5], people=[[10, 10], [0, 0]], draws=[[1, 1], [2, 0], [0, 0]]
    )
    assert found.mean[0] == pytest.approx(0.35)
    assert found.draws[:2, 0] == pytest.approx([0.35, 0.1])
    assert np.isnan(found.draws[2, 0])
    assert np.isnan(found.draws[:, 1]).all()
    assert np.isnan(found.mean[1])


@pytest.mark.parametrize("seed", [5, 6])
def test_only_whether_an_origin_is_drawn_matters_where_nobody_shares(seed):
    """All of an own site goes to its origin, however often that is drawn."""
    n = 400
    rng = np.random.default_rng(seed)
    pairs = pairs_from_costs((np.arange(n), np.arange(n)), np.ones(n), shape=(n, n))
    supply = rng.lognormal(0, 0.3, n)
    found = group_access_draws(
        catchment_weights(pairs, Binary(2)),
        supply,
        people=np.ones((1, n)),
        draws=Resampling(rng=rng, n_draws=4_000),
    )
    # Drawn k times, an origin has k people and supply/k each: only whether it is drawn matters.
    missed = (1 - 1 / n) ** n
    assert found.draws.mean() == pytest.approx(supply.mean() * (1 - missed), rel=0.005)


@pytest.mark.parametrize(
    ("supply", "people", "draws", "says"),
    [
        ([1, 1], [[1, 1]], [[1, -1]], "draws"),
        ([1, 1], [[1, 1]], [[1]], "draws"),
        ([1, 1], [[1, np.nan]], [[1, 1]], "people"),
        ([1], [[1, 1]], [[1, 1]], "supply"),
        ([1, 1], [[1, 1]], np.empty((0, 2)), "0 draws"),
        ([1, 1], [[1, 1]], Resampling(rng=np.random.default_rng(1), n_draws=0), "0 draws"),
        (
            [1, 1],
            [[1, 1]],
            Resampling(rng=np.random.default_rng(1), n_draws=2, area=[0.5, 1]),
            "area",
        ),
        ([1, 1], [[1, 1]], Resampling(rng=np.random.default_rng(1), n_draws=2, area=[1]), "area"),
    ],
)
def test_wrong_use_is_refused(supply, people, draws, says):
    pairs = pairs_from_costs(([0, 1], [0, 1]), [1.0, 1.0], shape=(2, 2))
    weights = catchment_weights(pairs, Binary(2))
    with pytest.raises(UsageError, match=says):
        group_access_draws(weights, supply, people=people, draws=draws)


def test_a_statistic_returns_one_value_for_each_draw():
    place = town(7)
    with pytest.raises(UsageError, match="statistic"):
        access_statistic_draws(
            place.weights,
            place.supply,
            demand=place.people[0],
            draws=place.times,
            statistic=lambda access, drawn: access.mean(),
        )
