"""Does it act on a cause of the problem, how far upstream, or on a symptom only?"""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.methods.cause_map import Link, Sign, cause_map
from evenground.methods.upstream import Relation, upstream


def link(cause, effect, sign="+", delay=None):
    return Link(cause=cause, effect=effect, sign=Sign(sign), delay_months=delay)


LITTER = cause_map(
    [
        link("Small budget", "Few vans", "+", 12),
        link("Few vans", "Rare collection", "+", 1),
        link("Rare collection", "Litter", "+", 2),
        link("Tourists", "Litter", "+", 0),
        link("Litter", "Rats", "+", 3),
        link("Rats", "Complaints", "+"),
        link("Litter", "Complaints", "+"),
        link("Sensor alarms", "Complaints", "-"),
        link("Rare collection", "Overtime", "-"),
        link("Rain", "Floods", "+"),
    ]
)
names = st.sampled_from("abcdef")
links = st.lists(st.builds(link, names, names, st.sampled_from("+-?")), min_size=1, max_size=14)


def test_a_cause_two_links_upstream():
    found = upstream(LITTER, ["few_vans"], problem="LITTER")
    assert found.relation is Relation.CAUSE
    assert not found.only_by_feedback
    assert found.distance == 2
    assert found.path == ("Few vans", "Rare collection", "Litter")
    assert found.n_further_paths == 0
    assert found.all_counted
    assert found.sign is Sign.MORE
    assert found.delay_months == 3
    assert found.roots == ("Small budget", "Tourists")
    assert found.n_roots_touched == 0
    assert [(e.name, e.sign) for e in found.other_effects] == [
        ("Complaints", Sign.MORE),
        ("Overtime", Sign.LESS),
        ("Rare collection", Sign.MORE),
        ("Rats", Sign.MORE),
    ]
    assert found.loops == ()


def test_the_problem_itself():
    found = upstream(LITTER, ["Rats", "Litter"], problem="Litter")
    assert found.relation is Relation.IS_PROBLEM
    assert found.relations == (Relation.SYMPTOM, Relation.IS_PROBLEM)
    assert (found.distance, found.delay_months, found.path) == (0, 0, ("Litter",))
    assert found.sign is Sign.MORE


def test_a_symptom_and_what_only_eases_a_symptom():
    rats = upstream(LITTER, ["Rats"], problem="Litter")
    assert rats.relation is Relation.SYMPTOM
    assert (rats.distance, rats.delay_months, rats.sign, rats.path) == (None, None, None, ())
    alarms = upstream(LITTER, ["Sensor alarms"], problem="Litter")
    assert alarms.relation is Relation.SYMPTOM
    assert [e.name for e in alarms.other_effects] == ["Complaints"]


def test_apart_and_unknown():
    assert upstream(LITTER, ["Rain"], problem="Litter").relation is Relation.APART
    assert upstream(LITTER, ["Drones"], problem="Litter").relation is Relation.UNKNOWN
    assert upstream(LITTER, [], problem="Litter").relation is Relation.UNKNOWN
    found = upstream(LITTER, ["Rats"], problem="Noise")
    assert found.relation is Relation.UNKNOWN
    assert found.roots == ()
    some = upstream(LITTER, ["Drones", "Rain", "Tourists"], problem="Litter")
    assert some.relations == (Relation.UNKNOWN, Relation.APART, Relation.CAUSE)
    assert (some.relation, some.distance) == (Relation.CAUSE, 1)
    assert some.roots == ("Small budget",)
    assert some.n_roots_touched == 1


def test_a_symptom_that_comes_back_round_a_loop_is_said_to_be_one():
    """Complaints bring vans: acting on rats reaches the litter again, only through the litter's own
    loop, which balances: more complaints, more vans, less litter."""
    back = cause_map(
        [
            link("Vans", "Litter", "-"),
            link("Litter", "Rats"),
            link("Rats", "Complaints"),
            link("Complaints", "Vans"),
        ]
    )
    found = upstream(back, ["Rats"], problem="Litter")
    assert found.relation is Relation.CAUSE
    assert found.only_by_feedback
    assert found.sign is Sign.LESS
    assert [(loop.names, loop.sign) for loop in found.loops] == [
        (("Litter", "Rats", "Complaints", "Vans"), Sign.LESS)
    ]
    assert found.roots == ()


def test_a_vicious_circle_upstream_is_an_ultimate_cause():
    found = upstream(
        cause_map([link("debt", "decay"), link("decay", "debt"), link("decay", "vacancy")]),
        ["vacancy"],
        problem="vacancy",
    )
    assert found.roots == ("debt", "decay")


def test_paths_that_disagree_leave_the_sign_open():
    found = upstream(
        cause_map([link("a", "b"), link("b", "p"), link("a", "c"), link("c", "p", "-")]),
        ["a"],
        problem="p",
    )
    assert found.sign is Sign.EITHER
    assert found.n_further_paths == 1


def test_maruyamas_city_people_and_disease():
    """Maruyama (1963), American Scientist 51, 164-179: two loops amplify, one counteracts.

    Modernisation acts on diseases by sanitation (fewer) and by migration and garbage (more).
    """
    city = cause_map(
        [
            link("People", "Modernisation"), link("Modernisation", "Migration"),
            link("Migration", "People"), link("Modernisation", "Sanitation"),
            link("People", "Garbage"), link("Garbage", "Bacteria"),
            link("Sanitation", "Bacteria", "-"), link("Bacteria", "Diseases"),
            link("Diseases", "People", "-"),
        ]
    )  # fmt: skip
    people = upstream(city, ["Sanitation"], problem="People")
    assert [loop.sign for loop in people.loops] == [Sign.MORE, Sign.LESS, Sign.MORE]
    diseases = upstream(city, ["Modernisation"], problem="Diseases")
    assert diseases.sign is Sign.EITHER
    assert diseases.distance == 3
    assert diseases.n_further_paths == 1


@given(links, st.lists(names, min_size=1, max_size=3), names, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_names_does_not_matter(rows, acts_on, problem, random):
    first = upstream(cause_map(rows), sorted(acts_on), problem=problem)
    other = upstream(
        cause_map(random.sample(rows, len(rows))), sorted(acts_on), problem=f" {problem.upper()}_"
    )
    assert other == first


@given(links, names, names)
def test_distance_and_relation_agree_with_networkx(rows, start, problem):
    found = upstream(cause_map(rows), [start], problem=problem)
    graph = nx.DiGraph([(row.cause, row.effect) for row in rows])
    if start not in graph or problem not in graph:
        assert found.relation is Relation.UNKNOWN
    elif start == problem:
        assert found.relation is Relation.IS_PROBLEM
    elif nx.has_path(graph, start, problem):
        assert found.relation is Relation.CAUSE
        assert found.distance == nx.shortest_path_length(graph, start, problem)
        others = set(nx.descendants(graph, start)) - {problem}
        assert {effect.name for effect in found.other_effects} == others
        assert found.only_by_feedback == nx.has_path(graph, problem, start)
    else:
        below = nx.descendants(graph, problem) | {problem}
        meets = below & (nx.descendants(graph, start) | {start})
        assert found.relation is (Relation.SYMPTOM if meets else Relation.APART)


@given(links, names)
def test_loops_agree_with_networkx(rows, problem):
    found = upstream(cause_map(rows), [problem], problem=problem)
    graph = nx.DiGraph([(row.cause, row.effect) for row in rows])
    expected = [cycle for cycle in nx.simple_cycles(graph) if problem in cycle]
    assert len(found.loops) == len(expected)
    assert sorted(len(loop.names) for loop in found.loops) == sorted(map(len, expected))


@pytest.mark.parametrize("turned", [False, True])
def test_a_dense_map_is_answered_without_counting_all_its_paths(turned):
    """All pairs of 20 linked, a link being - between an odd and an even number.

    So every path from 0 to 19 is -, unless a single link is turned.
    """
    signs = {(i, j): "+-"[(i + j) % 2] for i in range(20) for j in range(20) if i != j}
    if turned:
        signs[0, 19] = "+"
    rows = [link(f"n{i}", f"n{j}", sign) for (i, j), sign in signs.items()]
    found = upstream(cause_map(rows), ["n0"], problem="n19")
    assert found.sign is (Sign.EITHER if turned else Sign.LESS)
    assert found.distance == 1
    assert not found.all_counted
    assert not found.all_loops
