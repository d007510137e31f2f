from __future__ import annotations

import numpy as np
import pytest
import shapely

from evenground.errors import UsageError
from evenground.methods.network import (
    network_from_lines,
    network_from_tables,
    places_at_nodes,
    places_on_network,
)


def test_places_stand_at_the_nearest_point_of_the_nearest_street():
    bent = shapely.LineString([(0, 0), (100, 0), (100, 100)])
    far = shapely.LineString([(0, 300), (100, 300)])
    network = network_from_lines([bent, far], tolerance=0)
    found = places_on_network(network, [[30, 40], [110, 60], [50, 290], [-3, -4], [30, 0]])
    assert found.edge.tolist() == [0, 0, 1, 0, 0]
    assert found.along == pytest.approx([30, 160, 50, 0, 30])
    assert found.off == pytest.approx([40, 10, 10, 5, 0])


def test_of_equally_near_streets_the_first_is_taken():
    lines = [shapely.LineString([(0, y), (100, y)]) for y in (0, 20, 0)]
    network = network_from_lines(lines, tolerance=0)
    assert places_on_network(network, [[50, 10], [50, 0]]).edge.tolist() == [0, 0]


def test_a_length_that_is_not_the_shapes_is_shared_out_along_it():
    network = network_from_tables([[0, 0], [100, 0]], ([0], [1]), length=[130])
    assert places_on_network(network, [[25, 3]]).along.tolist() == [32.5]


def test_nodes_are_places_without_a_way_to_the_street():
    network = network_from_tables([[0, 0], [3, 4], [9, 9]], ([0], [1]))
    found = places_at_nodes(network, [1, 0])
    assert found.along.tolist() == [5, 0]
    assert found.off.tolist() == [0, 0]
    for node in (2, 3, -1):
        with pytest.raises(UsageError) as caught:
            places_at_nodes(network, [0, node])
        assert caught.value.problems[0].code == "node_without_street"


def test_no_places_are_none_and_missing_ones_are_refused():
    network = network_from_tables([[0, 0], [3, 4]], ([0], [1]))
    assert places_on_network(network, np.empty((0, 2))).n == 0
    for xy in ([[np.nan, 0]], [[1, 2, 3]], [1, 2]):
        with pytest.raises(UsageError):
            places_on_network(network, xy)
