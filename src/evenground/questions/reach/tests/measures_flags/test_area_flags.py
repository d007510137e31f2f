"""Flags of single areas, whether they are possible at all, and merging until they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.methods.margins_of_error import counts_with_margins
from evenground.methods.mid_p import binomial_mid_p
from evenground.methods.null_allocation import allocations, fair_draw
from evenground.questions.reach.measures.area_flags import attainable_flags, flag_areas
from evenground.questions.reach.measures.zone_merging import merge_until_attainable, zone_draw


def fair(n_places, weights, margin=0.0, **options):
    people = counts_with_margins(weights, np.full(len(weights), float(margin)))
    return fair_draw(np.ones(n_places), people, **options)


def ring(n):
    return np.c_[np.arange(n), (np.arange(n) + 1) % n]


def test_sixty_units_over_116_areas_cannot_flag_any():
    found = attainable_flags(fair(60, np.ones(116)))
    assert round(found.empty_probability, 2) == 0.59
    assert not found.can_flag_fewer
    assert not found.flags_when_empty.any()


def test_two_thousand_units_over_fifty_areas_can():
    found = attainable_flags(fair(2_000, np.ones(50)))
    assert found.can_flag_fewer
    assert found.can_flag_more
    assert found.flags_when_empty.all()


def test_planted_areas_are_flagged_each_on_its_side():
    draw = fair(1_000, np.ones(50))
    units = allocations(draw, rng=np.random.default_rng(1), n_draws=1)[0]
    units[3] += units[7] + units[8] + 20
    units[[7, 8]] = 0
    found = flag_areas(units, draw)
    assert np.flatnonzero(found.fewer).tolist() == [7, 8]
    assert np.flatnonzero(found.more).tolist() == [3]
    assert found.expected == pytest.approx(np.full(50, 20))


def test_p_values_are_mid_p_of_the_binomial():
    weights = np.array([1.0, 2, 3, 4])
    found = flag_areas([3, 10, 12, 15], fair(40, weights))
    lower, upper = binomial_mid_p([3, 10, 12, 15], 40, weights / 10)
    assert found.p_fewer == pytest.approx(lower)
    assert found.p_more == pytest.approx(upper)


def test_units_that_stand_together_are_weaker_evidence():
    people = counts_with_margins(np.ones(10), np.zeros(10))
    units = np.r_[0.0, np.full(9, 10.0)]
    apart = flag_areas(units, fair_draw(np.ones(90), people))
    together = flag_areas(units, fair_draw(np.full(9, 10.0), people))
    assert together.p_fewer[0] > 100 * apart.p_fewer[0]


def test_imprecise_people_are_weaker_evidence():
    units = np.r_[4.0, np.full(9, 19.0), 25.0]
    sure, unsure = (flag_areas(units, fair(200, np.full(11, 1e3), m)) for m in (0, 600))
    assert unsure.p_fewer[0] > 2 * sure.p_fewer[0]
    assert unsure.p_more[-1] > sure.p_more[-1]


def test_candidates_bound_what_an_area_can_hold():
    draw = fair(30, np.ones(3), candidates=[10, 30, 20])
    found = flag_areas([10, 12, 8], draw)
    assert found.p_more[0] < 0.01  # all ten candidate places of the first area are taken


def test_merging_goes_on_until_an_empty_zone_would_show():
    draw = fair(60, np.ones(116))
    zones = merge_until_attainable(draw, ring(116))
    assert zones.enough
    assert 3 <= zones.n_zones < 116
    assert attainable_flags(zone_draw(draw, zones.zone)).flags_when_empty.all()
    for zone in range(zones.n_zones):  # contiguous along the ring
        at = np.sort(np.flatnonzero(zones.zone == zone))
        assert (np.diff(at) == 1).sum() >= at.size - 2


def test_too_few_units_are_said_to_be_too_few():
    assert not merge_until_attainable(fair(5, np.ones(30)), ring(30)).enough


def test_islands_that_cannot_merge_are_too_few():
    assert not merge_until_attainable(fair(60, np.ones(116)), np.zeros((0, 2), dtype=int)).enough


def test_a_small_island_stays_apart_and_the_others_are_merged():
    weights = np.r_[np.ones(60), 0.01]
    zones = merge_until_attainable(fair(60, weights), ring(60))
    assert zones.enough
    assert zones.zone[-1] == zones.n_zones - 1
    assert not zones.reachable[-1]
    assert zones.reachable[:-1].all()


def test_enough_units_leave_the_areas_alone():
    zones = merge_until_attainable(fair(3_000, np.ones(20)), ring(20))
    assert zones.zone.tolist() == list(range(20))


@given(st.integers(20, 200), st.lists(st.integers(1, 50), min_size=4, max_size=25))
@settings(max_examples=30)
def test_merging_keeps_places_and_people(n_places, weights):
    draw = fair(n_places, np.array(weights, dtype=float))
    zones = merge_until_attainable(draw, ring(len(weights)))
    merged = zone_draw(draw, zones.zone)
    assert merged.baseline.value.sum() == pytest.approx(sum(weights))
    assert merged.place_units.sum() == n_places
    again = merge_until_attainable(draw, ring(len(weights))[::-1, ::-1])
    assert (again.zone == zones.zone).all()


@given(st.permutations(range(8)))
@settings(max_examples=20)
def test_the_order_of_rows_changes_no_flag(order):
    weights = np.array([5.0, 1, 1, 2, 3, 4, 9, 7])
    units = np.array([0.0, 20, 3, 4, 20, 9, 31, 13])
    one = flag_areas(units, fair(100, weights))
    other = flag_areas(units[order], fair(100, weights[order]))
    assert (one.fewer[order] == other.fewer).all()
    assert np.allclose(one.adjusted_more[order], other.adjusted_more)
