"""Simulated placements: totals, chances, places that stay together, candidates used once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.errors import UsageError
from evenground.methods.alias_sampling import alias_table
from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.null_allocation import allocations, fair_draw


def people(values, margin=0.0):
    return counts_with_margins(values, np.full(len(values), margin))


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=30),
    st.lists(st.integers(1, 1000), min_size=1, max_size=20),
)
@settings(max_examples=50)
def test_every_allocation_holds_all_units(units, weights):
    drawn = allocations(fair_draw(units, people(weights)), rng=np.random.default_rng(0), n_draws=20)
    assert drawn.shape == (20, len(weights))
    assert (drawn.sum(axis=1) == sum(units)).all()


def test_places_fall_by_the_baseline_and_stay_together():
    fair = fair_draw([3] * 50 + [1] * 20, people([100, 300, 600]))
    drawn = allocations(fair, rng=np.random.default_rng(1), n_draws=20_000)
    assert drawn.mean(axis=0) == pytest.approx([17, 51, 102], rel=0.01)
    # 50 places of three and 20 of one: the variance is that of places, not of single units.
    assert drawn[:, 0].var() == pytest.approx((50 * 9 + 20) * 0.09, rel=0.05)


def test_candidates_are_used_once():
    fair = fair_draw([1] * 8, people([1, 1, 1]), candidates=[2, 3, 5])
    drawn = allocations(fair, rng=np.random.default_rng(2), n_draws=4_000)
    assert (drawn <= [2, 3, 5]).all()
    expected = stats.hypergeom(10, 5, 8)
    assert drawn[:, 2].mean() == pytest.approx(expected.mean(), rel=0.02)
    assert drawn[:, 2].var() == pytest.approx(expected.var(), rel=0.1)


def test_candidates_with_places_of_different_size():
    fair = fair_draw([1] * 4 + [5] * 2, people([1, 1, 1]), candidates=[2, 3, 5])
    drawn = allocations(fair, rng=np.random.default_rng(3), n_draws=3_000)
    assert (drawn.sum(axis=1) == 14).all()
    assert drawn.mean(axis=0) == pytest.approx(14 * np.array([0.2, 0.3, 0.5]), rel=0.06)


def test_imprecise_baselines_widen_the_distribution():
    weights = np.linspace(300.0, 1_700, 40)
    sure, unsure = (
        allocations(
            fair_draw(np.ones(8_000), people(weights, margin)),
            rng=np.random.default_rng(4),
            n_draws=2_000,
        )
        for margin in (0.0, 400.0)
    )
    assert unsure[:, -1].std() > 1.5 * sure[:, -1].std()


def test_the_same_seed_gives_the_same_draws():
    fair = fair_draw([1, 2, 3], people([5, 5]))
    one, two = (allocations(fair, rng=np.random.default_rng(9), n_draws=50) for _ in range(2))
    assert (one == two).all()


def test_wrong_use_is_refused():
    with pytest.raises(UsageError):
        fair_draw([], people([1, 1]))
    with pytest.raises(UsageError):
        fair_draw([1], people([0, 0]))
    with pytest.raises(UsageError):
        fair_draw([1, 1, 1], people([1, 1]), candidates=[1, 1])


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
@settings(max_examples=50)
def test_an_alias_table_holds_the_distribution(weights):
    chance = np.array(weights) / sum(weights)
    table = alias_table(chance)
    held = table.own / chance.size
    np.add.at(held, table.other, (1 - table.own) / chance.size)
    assert np.allclose(held, chance)
    assert ((table.own >= 0) & (table.own <= 1 + 1e-12)).all()


def test_few_places_over_many_areas_fall_by_the_baseline():
    weights = np.array([1.0, 2, 3, 4, 0, 10] * 20)
    drawn = allocations(
        fair_draw(np.ones(60), people(weights)), rng=np.random.default_rng(5), n_draws=20_000
    )
    assert (drawn.sum(axis=1) == 60).all()
    expected = 60 * weights / weights.sum()
    assert np.abs(drawn.mean(axis=0) - expected).max() < 0.05
    chance = weights[5] / weights.sum()
    assert drawn[:, 5].var() == pytest.approx(60 * chance * (1 - chance), rel=0.05)
