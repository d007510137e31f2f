"""Who has a working sensor near: by hand, by every state of the sensors, and at the bounds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.pairs import pairs_from_costs, straight_line_pairs
from evenground.questions.data.measures.people.coverage import (
    Residents,
    covered_by_area,
    covered_by_group,
    covered_by_point,
    working_within_reach,
)

SLACK = 1e-9
uptimes = st.lists(st.floats(0, 1), min_size=3, max_size=3)
links = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=15)
people_at = st.lists(st.integers(0, 30), min_size=5, max_size=5)


def reach(pairs, n_points=5, n_sensors=3):
    at = np.array(sorted(set(pairs)), dtype=int).reshape(-1, 2)
    return pairs_from_costs((at[:, 0], at[:, 1]), np.zeros(len(at)), shape=(n_points, n_sensors))


def test_by_hand():
    """Two sensors up nine tenths and half of the time: 0.95 if independent, 0.9 to 1 otherwise."""
    found = working_within_reach(reach([(0, 0), (0, 1), (1, 1)], 3, 2), [0.9, 0.5])
    assert found.independent == pytest.approx([0.95, 0.5, 0])
    assert found.least == pytest.approx([0.9, 0.5, 0])
    assert found.most == pytest.approx([1, 0.5, 0])
    assert found.if_all_worked.tolist() == [1, 1, 0]
    told = covered_by_point(found, [[10, 10, 20], [0, 0, 0]])
    assert told.expected[0] == pytest.approx((9.5 + 5) / 40)
    assert told.if_all_worked[0] == 0.5
    assert np.isnan(told.expected[1])


@given(links, uptimes)
def test_independence_is_the_sum_over_all_states(pairs, uptime):
    found = working_within_reach(reach(pairs), uptime)
    chance = np.zeros(5)
    for state in product([0, 1], repeat=3):
        weight = np.prod([u if up else 1 - u for u, up in zip(uptime, state, strict=True)])
        for point in range(5):
            chance[point] += weight * any(state[s] for p, s in pairs if p == point)
    assert found.independent == pytest.approx(chance, abs=SLACK)


@given(links, st.lists(st.floats(0, 1), min_size=8, max_size=8).filter(lambda w: sum(w) > 0.01))
def test_however_sensors_fail_together_the_chance_is_within_the_bounds(pairs, weights):
    """Any probabilities of the eight states of three sensors, and the uptimes that follow."""
    states = np.array(list(product([0, 1], repeat=3)))
    chance = np.array(weights) / sum(weights)
    found = working_within_reach(reach(pairs), np.clip(chance @ states, 0, 1))
    for point in range(5):
        near = sorted({s for p, s in pairs if p == point})
        works = float(chance @ states[:, near].any(axis=1)) if near else 0.0
        assert found.least[point] - SLACK <= works <= found.most[point] + SLACK


def test_both_ends_can_be_reached():
    """Sensors up half of the time: always together, or always in turn."""
    found = working_within_reach(reach([(0, 0), (0, 1)], 1, 2), [0.5, 0.5])
    assert (found.least[0], found.most[0]) == (0.5, 1.0)


@given(links, uptimes, people_at)
def test_shares_are_in_order(pairs, uptime, people):
    one = working_within_reach(reach(pairs), uptime)
    told = covered_by_point(one, [people])
    for low, high in (("least", "expected"), ("expected", "most"), ("most", "if_all_worked")):
        if sum(people):
            assert getattr(told, low)[0] <= getattr(told, high)[0] + SLACK


@given(links, uptimes, st.integers(0, 2), st.floats(0, 1))
def test_more_uptime_never_covers_fewer(pairs, uptime, which, more):
    better = list(uptime)
    better[which] += (1 - better[which]) * more
    one, other = (working_within_reach(reach(pairs), u) for u in (uptime, better))
    for name in ("independent", "least", "most"):
        assert (getattr(other, name) >= getattr(one, name) - SLACK).all()


@given(links, uptimes, people_at, st.lists(st.integers(0, 2), min_size=5, max_size=5), st.data())
def test_groups_counted_by_area_are_within_their_bounds(pairs, uptime, people, area, data):
    """Whoever of each point is of the group: only the count by area is told."""
    members = np.array([data.draw(st.integers(0, n)) for n in people], float)
    working = working_within_reach(reach(pairs), uptime)
    living = np.array(people, float)
    at = np.array(area)
    counts = np.bincount(at, members, minlength=3)
    found = covered_by_group(
        working, Residents(people=living, area=at, n_areas=3), [counts],
        everybody=np.bincount(at, living, minlength=3),
    )  # fmt: skip
    if not members.sum():
        assert np.isnan(found.expected[0])
        return
    truth = covered_by_point(working, [members])
    assert found.least[0] <= truth.least[0] + SLACK
    assert truth.most[0] <= found.most[0] + SLACK
    assert found.least[0] <= truth.expected[0] + SLACK
    assert found.least[0] - SLACK <= found.expected[0] <= found.most[0] + SLACK
    by_area = covered_by_area(working, Residents(people=living, area=at, n_areas=3))
    lived = by_area.people > 0
    alike = counts[lived] @ by_area.expected[lived] / counts.sum()
    assert found.expected[0] == pytest.approx(alike, abs=SLACK)


def test_bounds_by_area_by_hand():
    """Ten people at 0.9, ten at 0.1; five of the group: 0.1 to 0.9. Fifteen: 0.367 to 0.633."""
    working = working_within_reach(reach([(0, 0), (1, 1)], 2, 2), [0.9, 0.1])
    residents = Residents(people=[10, 10], area=[0, 0], n_areas=1)
    found = covered_by_group(working, residents, [[5], [15], [20]], everybody=[20])
    assert found.least == pytest.approx([0.1, (10 * 0.1 + 5 * 0.9) / 15, 0.5])
    assert found.most == pytest.approx([0.9, (10 * 0.9 + 5 * 0.1) / 15, 0.5])
    assert found.expected == pytest.approx([0.5, 0.5, 0.5])


def test_areas_where_nobody_is_placed_leave_all_open():
    working = working_within_reach(reach([(0, 0)], 1, 1), [1.0])
    residents = Residents(people=[10], area=[0], n_areas=2)
    found = covered_by_group(working, residents, [[5, 5]], everybody=[10, 10])
    assert (found.least[0], found.most[0], found.expected[0]) == (0.5, 1.0, 1.0)


def test_points_outside_every_area_do_not_count():
    working = working_within_reach(reach([(0, 0)], 2, 1), [0.8])
    found = covered_by_area(working, Residents(people=[10, 10], area=[0, -1], n_areas=1))
    assert (found.people[0], found.expected[0]) == (10, pytest.approx(0.8))


def test_an_unknown_uptime_is_anything():
    found = working_within_reach(reach([(0, 0), (0, 1), (1, 1)], 2, 2), [np.nan, 0.6])
    assert np.isnan(found.independent[0])
    assert found.independent[1] == pytest.approx(0.6)
    assert (found.least[0], found.most[0]) == (0.6, 1.0)
    told = covered_by_point(found, [[0, 5]])
    assert told.expected[0] == pytest.approx(0.6)  # nobody lives where it is not known


def test_from_places_on_the_ground():
    pairs = straight_line_pairs([[0, 0], [100, 0], [300, 0]], [[0, 0], [90, 0]], limit=100)
    found = working_within_reach(pairs, [0.5, 0.5])
    assert found.independent.tolist() == [0.75, 0.75, 0]


@pytest.mark.parametrize("uptime", [[0.5], [0.5, 1.5], [-0.1, 0.5]])
def test_impossible_uptimes_are_refused(uptime):
    with pytest.raises(UsageError):
        working_within_reach(reach([(0, 0)], 1, 2), uptime)


def test_other_wrong_use_is_refused():
    working = working_within_reach(reach([(0, 0)], 1, 1), [1.0])
    with pytest.raises(UsageError):
        covered_by_area(working, Residents(people=[1], area=[1], n_areas=1))
