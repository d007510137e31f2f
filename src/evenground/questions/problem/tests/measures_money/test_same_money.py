"""The same money, elsewhere."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.problem.measures.catchment_overlap import catchment_overlap
from evenground.questions.problem.measures.lacks_most import LacksMost, lacks_most
from evenground.questions.problem.measures.same_money import same_money, unit_offers
from evenground.questions.problem.measures.service_coverage import residents, service_coverage
from evenground.questions.problem.measures.who_gains import who_gains


def lacking(service, uncovered):
    uncovered = np.array(uncovered, dtype=float)
    return LacksMost(
        service=np.array(service),
        shortfall=uncovered / 1_000,
        uncovered=uncovered,
        tied=np.zeros(len(service), dtype=bool),
    )


def covered(level, people, standard=10):
    return service_coverage(level, residents(people), standard=standard, side="below")


def test_lacks_most_by_hand():
    """Area 0 lacks half of taps and all of clinics, area 1 the other way round, area 2 nothing,
    area 3 has nobody."""
    people = [100, 50, 30, 0]
    taps, clinics = covered([5.0, 0, 10, 0], people), covered([0.0, 5, 12, 0], people)
    found = lacks_most([taps, clinics])
    assert found.service.tolist() == [1, 0, -1, -1]
    assert found.shortfall.tolist() == [[0.5, 1, 0, 0], [1, 0.5, 0, 0]]
    assert found.uncovered.tolist() == [[100, 50, 0, 0], [100, 50, 0, 0]]
    assert not found.tied.any()


def test_ties_go_to_more_people_then_to_the_first_listed():
    """Both fall short by a half in area 0, of 30 people by all and of 60 people by a half."""
    among = residents([30, 30, 40], area=[0, 0, 1])
    some = service_coverage([0.0, 10, 5], among, standard=10, side="below")
    all_ = service_coverage([5.0, 5, 5], among, standard=10, side="below")
    found = lacks_most([some, all_])
    assert found.tied.tolist() == [True, True]
    assert found.service.tolist() == [1, 0]
    assert lacks_most([all_, some]).service.tolist() == [0, 0]


def test_by_hand():
    """Taps (200 each, 100 people) and clinics (1,000 each, 300 people); 1,900 to spend.

    Per 1,000: a tap for 100 people covers 500, a clinic 300. Area 0 lacks taps for 250 people,
    area 1 a clinic for 400. Two full taps (400), then a clinic (1,000), then the tap for the last
    50 people (200); 300 are left, which is too little for the second clinic.
    """
    found = same_money(
        1_900,
        unit_offers([200, 1_000], [100, 300]),
        lacking=lacking([0, 1, -1], [[250, 0, 0], [0, 400, 0]]),
        membership=[[1, 0.5, 0]],
    )
    assert found.units.tolist() == [[3, 0, 0], [0, 1, 0]]
    assert found.people == found.people_low == found.people_high == 550
    assert found.by_group.tolist() == [400]
    assert (found.spent, found.left_over) == (1_600, 300)
    assert found.most_possible == pytest.approx(550 + 100 * 300 / 1_000)


def test_what_is_left_buys_the_next_that_it_pays_for():
    """The clinic that covers most per money costs more than is left; two taps are still bought."""
    found = same_money(
        1_400,
        unit_offers([200, 1_000], [100, 900]),
        lacking=lacking([1, 0], [[0, 300], [1_800, 0]]),
    )
    assert found.units.tolist() == [[0, 2], [1, 0]]
    assert (found.people, found.left_over) == (1_100, 0)
    assert found.most_possible == pytest.approx(900 + 0.4 * 900)


def test_equal_offers_go_to_the_larger_shortfall():
    found = same_money(10, unit_offers([10], [5]), lacking=lacking([0, 0, 0], [[20, 90, 50]]))
    assert found.units.tolist() == [[0, 1, 0]]


def test_a_range_of_costs_gives_a_range_of_people():
    """1,000 buy 10, 5 or 4 taps at 100, 200 or 250."""
    found = same_money(
        1_000,
        unit_offers([200], [10], cost_low=[100], cost_high=[250]),
        lacking=lacking([0], [[1_000]]),
        membership=[[0.25], [0.75]],
    )
    assert (found.people_low, found.people, found.people_high) == (40, 50, 100)
    assert found.by_group_low.tolist() == [10, 30]
    assert found.by_group_high.tolist() == [25, 75]


def test_no_money_and_nothing_lacking():
    none = same_money(0, unit_offers([5], [5]), lacking=lacking([0], [[10]]))
    assert (none.people, none.most_possible, none.left_over) == (0, 0, 0)
    full = same_money(50, unit_offers([5], [5]), lacking=lacking([-1], [[0]]))
    assert (full.people, full.spent, full.left_over) == (0, 0, 50)


def test_sums_that_fit_but_for_a_rounding_error_are_spent():
    found = same_money(0.3, unit_offers([0.1], [1]), lacking=lacking([0], [[9]]))
    assert found.people == 3


def test_who_gains_either_way():
    now = catchment_overlap(
        [100, 40], np.array([True, False]), np.array([True, True]), membership=[[0, 0.5], [1, 0.5]]
    )
    elsewhere = same_money(
        20,
        unit_offers([10], [30]),
        lacking=lacking([0, 0], [[60, 0]]),
        membership=[[0.9, 0], [0.1, 1]],
    )
    found = who_gains(now, elsewhere)
    assert (found.now, found.elsewhere) == (40, 60)
    assert found.now_by_group.tolist() == [20, 20]
    assert found.now_share.tolist() == [0.5, 0.5]
    assert found.elsewhere_share == pytest.approx([0.9, 0.1])
    nobody = catchment_overlap([1], np.array([True]), np.array([True]), membership=[[1.0], [0.0]])
    assert np.isnan(who_gains(nobody, elsewhere).now_share).all()
    with pytest.raises(UsageError):
        who_gains(catchment_overlap([1], np.array([True]), np.array([True])), elsewhere)


cities = st.lists(st.tuples(st.integers(-1, 1), st.integers(1, 60)), min_size=1, max_size=4)
costs = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(5, 40), st.integers(5, 40))


def city_of(rows):
    service = np.array([s for s, _ in rows])
    uncovered = np.array([[n if s == k else 0 for s, n in rows] for k in range(2)], float)
    return service, uncovered


@settings(max_examples=60)
@given(cities, costs, st.integers(0, 40))
def test_no_choice_of_whole_units_covers_more_than_the_bound(rows, terms, budget):
    """All choices tried: the best lies between what the rule gives and the bound."""
    service, uncovered = city_of(rows)
    cost, served = np.array(terms[:2]), np.array(terms[2:])
    found = same_money(budget, unit_offers(cost, served), lacking=lacking(service, uncovered))
    best = 0.0
    areas = np.flatnonzero(service >= 0)
    need = [uncovered[service[a], a] for a in areas]
    most = [int(np.ceil(n / served[service[a]])) for a, n in zip(areas, need, strict=True)]
    for units in product(*(range(m + 1) for m in most)):
        if sum(u * cost[service[a]] for a, u in zip(areas, units, strict=True)) <= budget:
            gains = [
                min(u * served[service[a]], n) for a, u, n in zip(areas, units, need, strict=True)
            ]
            best = max(best, float(sum(gains)))
    assert found.people <= best + 1e-9
    assert best <= found.most_possible + 1e-9
    assert found.most_possible - found.people <= served.max() + 1e-9


@given(cities, costs, st.integers(0, 200))
def test_money_and_people_are_kept(rows, terms, budget):
    service, uncovered = city_of(rows)
    offers = unit_offers(terms[:2], terms[2:])
    groups = np.stack([np.linspace(0, 1, len(rows)), 1 - np.linspace(0, 1, len(rows))])
    found = same_money(budget, offers, lacking=lacking(service, uncovered), membership=groups)
    assert found.spent + found.left_over == pytest.approx(budget)
    assert found.left_over >= -1e-9
    assert found.by_group.sum() == pytest.approx(found.people)
    assert found.people <= uncovered.sum() + 1e-9
    assert not found.units[:, service < 0].any()
    more = same_money(2 * budget, offers, lacking=lacking(service, uncovered))
    assert more.most_possible >= found.most_possible - 1e-9


@given(cities, costs, st.integers(0, 200), st.sampled_from([0.25, 4.0]))
def test_the_unit_of_money_does_not_matter(rows, terms, budget, times):
    service, uncovered = city_of(rows)
    first = same_money(
        budget, unit_offers(terms[:2], terms[2:]), lacking=lacking(service, uncovered)
    )
    other = same_money(
        times * budget,
        unit_offers(times * np.array(terms[:2]), terms[2:]),
        lacking=lacking(service, uncovered),
    )
    assert (other.units == first.units).all()
    assert other.left_over == pytest.approx(times * first.left_over)


@pytest.mark.parametrize(
    ("cost", "served", "low", "high"),
    [([0.0], [1.0], None, None), ([1.0], [0.0], None, None), ([1.0], [1.0], [2.0], None),
     ([1.0], [1.0], None, [0.5]), ([1.0, 2], [1.0], None, None), ([1.0], [np.inf], None, None)],
)  # fmt: skip
def test_bad_offers_are_refused(cost, served, low, high):
    with pytest.raises(UsageError):
        unit_offers(cost, served, cost_low=low, cost_high=high)


@pytest.mark.parametrize("budget", [-1, np.nan, np.inf])
def test_bad_budgets_are_refused(budget):
    with pytest.raises(UsageError):
        same_money(budget, unit_offers([1], [1]), lacking=lacking([0], [[1]]))


def test_offers_for_other_services_are_refused():
    with pytest.raises(UsageError):
        same_money(1, unit_offers([1, 2], [1, 1]), lacking=lacking([0], [[1]]))


def test_coverages_of_other_areas_are_refused():
    with pytest.raises(UsageError):
        lacks_most([covered([1.0], [1]), covered([1.0, 2], [1, 1])])
    with pytest.raises(UsageError):
        lacks_most([])
