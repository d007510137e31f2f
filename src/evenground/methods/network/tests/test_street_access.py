from __future__ import annotations

import numpy as np
import pytest
import shapely

from evenground.errors import UsageError
from evenground.methods.accessibility import (
    nearest_site,
    pairs_from_costs,
    straight_line_pairs,
    two_step_access,
)
from evenground.methods.network import (
    FORWARD,
    StreetTerms,
    detour_index,
    network_from_lines,
    network_pairs,
    places_on_network,
    street_access,
    with_straight_lines,
)

STREETS = [
    shapely.LineString([(0, 0), (300, 0)]),
    shapely.LineString([(300, 0), (300, 400)]),
    shapely.LineString([(0, 900), (100, 900)]),  # an island
]
HOMES, PEOPLE = np.array([[0, 0], [100, 10], [50, 900], [0, -600]]), [10, 20, 30, 40]
SHOPS = np.array([[300, 400], [300, 50]])


@pytest.fixture
def streets():
    return network_from_lines(STREETS, tolerance=1)


def test_a_small_town_by_hand(streets):
    found = street_access(
        streets, HOMES, sites=SHOPS, people=PEOPLE, terms=StreetTerms(limit=500, far=100)
    )
    assert found.nearest.cost.tolist() == [350, 260, np.inf, 950]
    assert found.nearest.site.tolist() == [1, 1, -1, 1]
    assert found.pairs.cost.tolist() == [350, 260]
    assert found.nearest_straight == pytest.approx(
        np.hypot([300, 200, 250, 300], [50, 40, 500, 650])
    )
    assert found.cut_off.tolist() == [False, False, True, False]
    assert found.people_cut_off == 30
    assert found.far_origins.tolist() == [False, False, False, True]
    assert found.people_far == 40
    assert not found.straight.any()
    assert not found.lost_sites.any()
    assert found.facts.n_components == 2
    ways = np.array([350, 260, 950])
    lines = found.nearest_straight[[0, 1, 3]]
    weights = np.array([10, 20, 40])
    assert found.detour.circuity == pytest.approx((weights @ ways) / (weights @ lines))
    assert found.detour.weight == 70


def test_who_is_cut_off_may_get_a_straight_line_and_is_named(streets):
    terms = StreetTerms(limit=600, straight_for_cut_off=True)
    found = street_access(streets, HOMES, sites=SHOPS, people=PEOPLE, terms=terms)
    assert found.straight.tolist() == [False, False, True, False]
    lines = straight_line_pairs(HOMES, SHOPS, limit=600)
    assert nearest_site(found.pairs).cost[2] == nearest_site(lines).cost[2]
    assert nearest_site(found.pairs).cost[:2].tolist() == [350, 260]
    assert np.isinf(found.nearest.cost[2])


def test_sites_that_nobody_gets_to_are_named(streets):
    found = street_access(streets, HOMES[:2], sites=[*SHOPS, [80, 890]], terms=StreetTerms(limit=9))
    assert found.lost_sites.tolist() == [False, False, True]
    one_way = network_from_lines(STREETS[:2], tolerance=1, way=[FORWARD, FORWARD])
    found = street_access(
        one_way, [[200, 0]], sites=[[100, 0], [300, 0]], terms=StreetTerms(limit=9)
    )
    assert found.lost_sites.tolist() == [True, False]


def test_every_measure_takes_the_pairs(streets):
    pairs = street_access(streets, HOMES, sites=SHOPS, terms=StreetTerms(limit=700)).pairs
    access = two_step_access(pairs, threshold=700, supply=[7, 5], demand=PEOPLE).access
    assert access @ PEOPLE == pytest.approx(12)


@pytest.mark.parametrize(
    ("sites", "terms", "code"),
    [
        (np.empty((0, 2)), StreetTerms(limit=1), "no_sites"),
        (SHOPS, StreetTerms(limit=0), "pair_limit"),
        (SHOPS, StreetTerms(limit=1, far=-1), "street_terms"),
        (SHOPS, StreetTerms(limit=np.inf, straight_for_cut_off=True), "endless_straight_lines"),
    ],
)
def test_senseless_terms_are_refused(streets, sites, terms, code):
    with pytest.raises(UsageError) as caught:
        street_access(streets, HOMES, sites=sites, terms=terms)
    assert caught.value.problems[0].code == code


def test_straight_lines_replace_what_was_there():
    pairs = pairs_from_costs(([0, 1], [0, 0]), [90, 80], shape=(2, 2), limit=100, unit="m")
    ends = [[0, 0], [0, 50]], [[0, 30], [500, 0]]
    mixed = with_straight_lines(pairs, ends[0], sites=ends[1], instead=[False, True])
    assert mixed.cost.tolist() == [90, 20]
    assert (mixed.limit, mixed.unit) == (100, "m")
    with pytest.raises(UsageError):
        with_straight_lines(pairs, ends[0], sites=ends[1], instead=[True])


def test_the_route_factor_of_a_square_grid():
    """4/π over all directions: Barthélemy (2011), Physics Reports 499, section on route factors."""
    side = np.arange(-1_000, 1_001, 20.0)
    lines = [shapely.LineString([(x, y), (x + 20, y)]) for x in side[:-1] for y in side]
    lines += [shapely.LineString([(y, x), (y, x + 20)]) for x in side[:-1] for y in side]
    grid = network_from_lines(lines, tolerance=0)
    angle = (np.arange(360) + 0.5) * np.pi / 180
    ring = 900 * np.column_stack([np.cos(angle), np.sin(angle)])
    pairs = network_pairs(
        grid, places_on_network(grid, [[0, 0]]), sites=places_on_network(grid, ring), limit=np.inf
    )
    found = detour_index(pairs.cost, np.full(360, 900.0))
    assert found.circuity == pytest.approx(4 / np.pi, rel=0.005)
    assert found.index.mean() == pytest.approx(found.circuity)


def test_detours_of_nothing_are_missing():
    found = detour_index([np.inf, 5, 30, 20], [10, 0, 20, 10], weights=[1, 1, 1, 3])
    assert found.index.tolist()[2:] == [1.5, 2]
    assert np.isnan(found.index[:2]).all()
    assert (found.circuity, found.weight) == (90 / 50, 4)
    assert (found.low, found.median, found.high) == (1.5, 2, 2)
    assert np.isnan(detour_index([np.inf], [3]).circuity)
    for way, straight in (([-1], [1]), ([np.nan], [1]), ([1, 2], [1])):
        with pytest.raises(UsageError):
            detour_index(way, straight)
