from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.network import (
    FORWARD,
    components,
    network_facts,
    network_from_lines,
    network_from_named_ends,
    network_from_tables,
)
from evenground.methods.network.street_lines import end_clusters


def line(*corners):
    return shapely.LineString(corners)


def test_ends_within_the_tolerance_are_one_node():
    lines = [line((0, 0), (100, 0)), line((100.6, 0), (200, 0)), line((200, 1.01), (200, 90))]
    apart = network_facts(network_from_lines(lines, tolerance=0.5))
    assert (apart.n_nodes, apart.n_components) == (6, 3)
    joined = network_facts(network_from_lines(lines, tolerance=1))
    assert (joined.n_nodes, joined.n_components, joined.n_hanging_ends) == (5, 2, 4)
    assert joined.nodes_in_largest == 3
    assert joined.length == pytest.approx(100 + 99.4 + 88.99)
    assert joined.length_share_in_largest == pytest.approx(199.4 / joined.length)


def test_lines_that_cross_are_not_joined():
    bridge = [line((0, 0), (100, 100)), line((0, 100), (100, 0))]
    assert network_facts(network_from_lines(bridge, tolerance=1)).n_components == 2


def test_a_chain_of_near_ends_is_one_node():
    spots = np.array([[0.0, 0], [0.9, 0], [1.8, 0], [5, 0]])
    assert end_clusters(spots, 1).tolist() == [0, 0, 0, 1]
    assert end_clusters(spots[::-1], 1).tolist() == [0, 1, 1, 1]
    assert end_clusters(spots, 0).tolist() == [0, 1, 2, 3]


@given(st.integers(0, 10_000), st.floats(0, 40))
def test_the_order_of_lines_makes_no_other_network(seed, tolerance):
    rng = np.random.default_rng(seed)
    corners = rng.integers(0, 100, (15, 2, 2)) + np.array([[0, 0], [0.5, 0]])
    lines = np.array([line(*ends) for ends in corners])
    order = rng.permutation(15)
    facts = [
        network_facts(network_from_lines(given, tolerance=tolerance))
        for given in (lines, lines[order])
    ]
    assert facts[0].length == pytest.approx(facts[1].length)
    assert facts[0].n_nodes == facts[1].n_nodes
    assert facts[0].n_components == facts[1].n_components
    assert facts[0].nodes_in_largest == facts[1].nodes_in_largest


def test_lengths_are_those_of_the_lines_and_parts_are_edges():
    bent = line((0, 0), (50, 50), (100, 0))
    parts = shapely.MultiLineString([[(100, 0), (200, 0)], [(200, 0), (200, 10)]])
    nothing = [line((5, 5), (5, 5)), None, shapely.LineString()]
    network = network_from_lines([bent, *nothing, parts], tolerance=0, way=[0, 0, 0, 0, FORWARD])
    assert network.length == pytest.approx([100 * 2**0.5, 100, 10])
    assert network.source.tolist() == [0, 4, 4]
    assert network.way.tolist() == [0, FORWARD, FORWARD]
    assert network.n_nodes == 4


def test_a_third_dimension_is_left_out():
    raised = shapely.LineString([(0, 0, 5), (3, 4, 900)])
    assert network_from_lines([raised], tolerance=0).length.tolist() == [5]


def test_named_ends_join_by_name_and_nameless_ones_by_place():
    lines = [
        line((0, 0), (100, 0)),
        line((130, 0), (200, 0)),  # b, though 30 m away
        line((100, 0), (100, 50)),  # starts without a name where b lies
        line((100, 50), (100, 90)),  # the same place as the last one's end, and another name
        shapely.MultiLineString([[(200, 0), (300, 0)], [(300, 0), (300, 9)]]),
    ]
    names = (["a", "b", "", "e", "c"], ["b", "c", "d", "f", "g"])
    network = network_from_named_ends(lines, names)
    ends = list(zip(network.start.tolist(), network.end.tolist(), strict=True))
    b = ends[0][1]
    c = ends[1][1]
    d, e = ends[2][1], ends[3][0]
    assert ends[1][0] == b
    assert ends[2][0] == b
    assert d != e
    assert ends[4][0] == c
    assert ends[4][1] == ends[5][0]
    assert network.n_nodes == len({*"abcdefg"}) + 1
    assert network_facts(network).n_components == 2


def test_components_are_numbered_by_size():
    network = network_from_tables(
        np.arange(14).reshape(7, 2), ([0, 2, 3, 5], [1, 3, 4, 6]), length=[1, 1, 1, 1]
    )
    assert components(network).tolist() == [1, 1, 0, 0, 0, 2, 2]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([shapely.Point(0, 0)], "street_no_line"),
        ([line((0, 0), (1, 0)), shapely.box(0, 0, 1, 1)], "street_no_line"),
        ([line((1, 1), (1, 1))], "no_streets"),
        ([], "no_streets"),
    ],
)
def test_what_is_no_street_is_refused(lines, code):
    with pytest.raises(UsageError) as caught:
        network_from_lines(lines, tolerance=1)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"tolerance": -1}, "snap_tolerance"),
        ({"tolerance": np.nan}, "snap_tolerance"),
        ({"tolerance": 1, "way": [2]}, "street_ways"),
        ({"tolerance": 1, "way": [0, 0]}, "street_ways"),
    ],
)
def test_wrong_terms_are_refused(more, code):
    with pytest.raises(UsageError) as caught:
        network_from_lines([line((0, 0), (1, 0))], **more)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize(
    ("edges", "length", "code"),
    [
        (([0], [2]), None, "network_nodes"),
        (([-1], [1]), None, "network_nodes"),
        (([0.0], [1.0]), None, "network_nodes"),
        (([0, 1], [1]), None, "network_nodes"),
        (([0], [0]), None, "street_without_length"),
        (([0], [1]), [0], "street_without_length"),
        (([0], [1]), [-1], "array_value"),
        (([0], [1]), [np.nan], "array_value"),
        (([0], [1]), [1, 2], "array_shape"),
        (([], []), None, "no_streets"),
    ],
)
def test_wrong_tables_are_refused(edges, length, code):
    with pytest.raises(UsageError) as caught:
        network_from_tables([[0, 0], [3, 4]], edges, length=length)
    assert caught.value.problems[0].code == code


def test_tables_take_the_straight_line_for_a_length():
    assert network_from_tables([[0, 0], [3, 4]], ([0], [1])).length.tolist() == [5]
