"""Could chance placement look like this?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenground.methods.group_attribution import area_classes, population_groups
from evenground.methods.group_units import group_units_distribution
from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.null_allocation import allocations, fair_draw
from evenground.questions.reach.measures.evenness_null import dissimilarity_null
from evenground.questions.reach.measures.group_share_null import group_share_null


def people(values, margin=0.0):
    return counts_with_margins(values, np.full(len(values), float(margin)))


def test_a_fair_placement_looks_like_chance_and_a_heap_does_not():
    fair = fair_draw(np.ones(120), people(np.full(40, 500.0)))
    rng = np.random.default_rng(1)
    placed = allocations(fair, rng=rng, n_draws=1)[0]
    found = dissimilarity_null(placed, fair, rng=rng, n_draws=999)
    assert found.looks_like_chance
    assert found.low < found.median < found.high
    heap = np.r_[np.full(10, 12.0), np.zeros(30)]
    found = dissimilarity_null(heap, fair, rng=rng, n_draws=999)
    assert found.observed == pytest.approx(0.75)
    assert found.mid_p_high < 0.001
    assert not found.looks_like_chance


def test_a_placement_more_even_than_chance_is_seen_too():
    fair = fair_draw(np.ones(120), people(np.full(40, 500.0)))
    found = dissimilarity_null(np.full(40, 3.0), fair, rng=np.random.default_rng(2), n_draws=999)
    assert found.observed == 0
    assert found.mid_p_low < 0.001


def test_units_that_move_together_are_less_even_by_chance():
    baseline = people(np.full(40, 500.0))
    rng = np.random.default_rng(3)
    apart = dissimilarity_null(np.full(40, 3.0), fair_draw(np.ones(120), baseline), rng=rng)
    together = dissimilarity_null(np.full(40, 3.0), fair_draw(np.full(12, 10.0), baseline), rng=rng)
    assert together.median > apart.median + 0.2


def test_group_share_is_the_binomials_and_agrees_with_simulation():
    weights = np.array([100.0, 200, 300, 400])
    fair = fair_draw(np.ones(50), people(weights))
    thirds = area_classes([0, 0, 1, 1], n_classes=2)
    units = np.array([12.0, 8, 15, 15])
    rng = np.random.default_rng(4)
    exact = group_share_null(units, fair, thirds, rng=rng)[0]
    assert exact.exact
    expected = (stats.binom.cdf(19, 50, 0.3) + stats.binom.cdf(20, 50, 0.3)) / 2
    assert exact.mid_p_low == pytest.approx(expected)
    drawn = allocations(fair, rng=rng, n_draws=20_000)[:, :2].sum(axis=1)
    simulated = (drawn < 20).mean() + (drawn == 20).mean() / 2
    assert exact.mid_p_low == pytest.approx(simulated, abs=0.01)
    low, high = stats.binom.ppf([0.025, 0.975], 50, 0.3) / 50
    assert (exact.low, exact.high) == pytest.approx((low, high))


def test_population_groups_are_computed_and_agree_with_simulation():
    weights = np.array([100.0, 200, 300, 400])
    groups = population_groups([[50, 20, 200, 40], [50, 180, 100, 360]], weights)
    units = np.array([10.0, 10, 20, 20])
    rng = np.random.default_rng(5)
    for margin in (0.0, 60.0):
        fair = fair_draw(np.ones(60), people(weights, margin))
        found = group_share_null(units, fair, groups, rng=rng)
        assert found[0].exact
        assert found[0].mid_p_low == pytest.approx(found[1].mid_p_high, abs=1e-3)
        drawn = allocations(fair, rng=rng, n_draws=30_000) @ groups.share[0] / 60
        low, high = np.quantile(drawn, [0.025, 0.975])
        assert found[0].median == pytest.approx(np.median(drawn), abs=0.005)
        assert (found[0].low, found[0].high) == pytest.approx((low, high), abs=0.008)
        assert found[0].mid_p_high == pytest.approx((drawn > found[0].observed).mean(), abs=0.03)


def test_population_groups_among_candidates_are_simulated():
    groups = population_groups([[5.0, 2, 1]], [10, 10, 10])
    fair = fair_draw(np.ones(6), people([10, 10, 10]), candidates=[4, 4, 4])
    found = group_share_null([4, 1, 1], fair, groups, rng=np.random.default_rng(6))[0]
    assert not found.exact
    assert found.median == pytest.approx(8 / 30, abs=0.03)


def test_imprecise_people_widen_the_band():
    thirds = area_classes(np.repeat([0, 1], 10), n_classes=2)
    units = np.full(20, 100.0)
    rng = np.random.default_rng(6)
    sure, unsure = (
        group_share_null(
            units, fair_draw(np.ones(2_000), people(np.full(20, 1_000), m)), thirds, rng=rng
        )[0]
        for m in (0, 400)
    )
    assert unsure.high - unsure.low > 1.3 * (sure.high - sure.low)


def test_listed_candidates_replace_the_baseline():
    fair = fair_draw(np.ones(10), people([1, 1]), candidates=[15, 5])
    exact = group_units_distribution(fair, [0, 1])
    assert exact.probability[:6] == pytest.approx(stats.hypergeom.pmf(range(6), 20, 5, 10))


@given(
    st.lists(st.integers(1, 8), min_size=1, max_size=12),
    st.lists(st.integers(1, 30), min_size=2, max_size=8),
)
@settings(max_examples=40)
def test_areas_split_alike_leave_a_class_its_chance(units, weights):
    baseline = people(np.array(weights, dtype=float))
    halves = people(np.repeat(np.array(weights) / 2, 2))
    inside = (np.arange(len(weights)) % 2).astype(float)
    one = group_units_distribution(fair_draw(units, baseline), inside)
    other = group_units_distribution(fair_draw(units, halves), np.repeat(inside, 2))
    assert np.allclose(one.probability, other.probability, atol=1e-12)


def test_the_same_seed_gives_the_same_band():
    fair = fair_draw([1, 2, 3], people([5, 5, 9], 2))
    one, two = (
        dissimilarity_null([1, 2, 3], fair, rng=np.random.default_rng(7), n_draws=200)
        for _ in range(2)
    )
    assert one == two
