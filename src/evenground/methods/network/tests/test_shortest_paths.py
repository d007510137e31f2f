from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from evenground.errors import UsageError
from evenground.methods.accessibility import nearest_site, straight_line_pairs
from evenground.methods.network import (
    BACKWARD,
    BOTH,
    FORWARD,
    NetworkPlaces,
    nearest_on_network,
    network_from_lines,
    network_from_tables,
    network_pairs,
    places_at_nodes,
    places_on_network,
    searching,
)
from evenground.methods.network.dijkstra_kernel import plain_loops

SEEDS = range(12)


def town(seed, *, whole=False, one_ways=True, n_nodes=60, n_edges=110):
    """Return a random network with loops, parallel edges and parts of its own, and places on it."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform(0, 1_000, (n_nodes, 2))
    start, end = rng.integers(n_nodes, size=(2, n_edges))
    # Few different lengths, so that many ways cost the same.
    length = rng.integers(1, 4, n_edges) * 50.0 if whole else rng.uniform(10, 300, n_edges)
    way = rng.choice([BOTH, FORWARD, BACKWARD], n_edges) if one_ways else None
    network = network_from_tables(xy, (start, end), length=length, way=way)

    def places(n):
        edge = rng.integers(n_edges, size=n)
        share = rng.choice([0.0, 0.5, 1.0], n) if whole else rng.uniform(0, 1, n)
        off = np.zeros(n) if whole else rng.uniform(0, 40, n)
        return NetworkPlaces(edge=edge, along=share * length[edge], off=off)

    return network, places(40), places(9)


def long_way(network, origins, sites):
    """Return all costs by a network in which every place is a node: streets are cut there."""
    n_nodes = network.n_nodes
    rows, columns, costs = [], [], []

    def arc(a, b, cost):
        rows.append(a)
        columns.append(b)
        costs.append(cost)

    n_all = n_nodes + origins.n + sites.n
    for edge in range(network.n_edges):
        stops = [(0.0, network.start[edge]), (network.length[edge], network.end[edge])]
        for places, first in ((origins, n_nodes), (sites, n_nodes + origins.n)):
            here = np.flatnonzero(places.edge == edge)
            stops += [(places.along[at], first + at) for at in here]
        stops.sort()
        for (near, a), (far, b) in pairwise(stops):
            if network.way[edge] != BACKWARD or far == near:
                arc(a, b, far - near)
            if network.way[edge] != FORWARD or far == near:
                arc(b, a, far - near)
    dense = np.full((n_all, n_all), np.inf)
    np.minimum.at(dense, (rows, columns), costs)
    # Zero is a length here, and SciPy takes it for none in a matrix that holds all.
    held = np.isfinite(dense)
    graph = sparse.csr_array(
        (dense[held], np.nonzero(held)[1], np.concatenate([[0], held.sum(axis=1).cumsum()])),
        shape=dense.shape,
    )
    among = dijkstra(graph, indices=np.arange(origins.n) + n_nodes)[:, n_nodes + origins.n :]
    return origins.off[:, None] + among + sites.off


def as_matrix(pairs):
    costs = np.full((pairs.n_origins, pairs.n_sites), np.inf)
    costs[pairs.origin, pairs.site] = pairs.cost
    return costs


@pytest.fixture
def plain(monkeypatch):
    """Have the loops run as they stand."""

    def swap():
        monkeypatch.setattr(searching, "compiled_loops", plain_loops)

    return swap


@pytest.mark.parametrize("compiled", [False, True])
def test_the_example_of_the_textbook(compiled):
    """Figure 24.6 of Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, 3rd ed."""
    s, t, x, y, z = range(5)
    arcs = [(s, t, 10), (s, y, 5), (t, x, 1), (t, y, 2), (y, t, 3), (y, x, 9), (y, z, 2),
            (x, z, 4), (z, x, 6), (z, s, 7)]  # fmt: skip
    start, end, length = np.array(arcs).T
    network = network_from_tables(
        np.zeros((5, 2)), (start, end), length=length, way=[FORWARD] * len(arcs)
    )
    pairs = network_pairs(
        network,
        places_at_nodes(network, [s]),
        sites=places_at_nodes(network, range(5)),
        limit=np.inf,
        compiled=compiled,
    )
    assert pairs.cost.tolist() == [0, 8, 9, 5, 7]


def test_a_square_by_hand():
    corners = [[0, 0], [100, 0], [100, 100], [0, 100]]
    sides = [shapely.LineString([corners[a], corners[(a + 1) % 4]]) for a in range(4)]
    network = network_from_lines(sides, tolerance=0)
    homes = places_on_network(network, [[20, -5], [50, 110], [90, 0]])
    shops = places_on_network(network, [[80, 0], [100, 60]])
    pairs = network_pairs(network, homes, sites=shops, limit=1_000)
    # Along one street; around a corner; the way around that is shorter.
    assert as_matrix(pairs).tolist() == [[65, 145], [10 + 50 + 100 + 20, 100], [10, 70]]
    nearest = nearest_on_network(network, homes, sites=shops)
    assert nearest.cost.tolist() == [65, 100, 10]
    assert nearest.site.tolist() == [0, 1, 0]
    assert as_matrix(network_pairs(network, homes, sites=shops, limit=70)).tolist() == [
        [65, np.inf], [np.inf, np.inf], [10, 70],
    ]  # fmt: skip


def test_one_ways_are_kept_and_hold_nobody_who_stands_at_a_corner():
    network = network_from_tables(
        [[0, 0], [100, 0], [100, 100]], ([0, 1, 2], [1, 2, 0]), way=[FORWARD, FORWARD, FORWARD]
    )
    around = 100 + 100 + np.hypot(100, 100)
    places = NetworkPlaces(
        edge=np.array([0, 0, 1]), along=np.array([20.0, 80.0, 0.0]), off=np.zeros(3)
    )
    for compiled in (False, True):
        pairs = network_pairs(network, places, sites=places, limit=np.inf, compiled=compiled)
        expected = [[0, 60, 80], [around - 60, 0, 20], [around - 80, around - 20, 0]]
        assert as_matrix(pairs) == pytest.approx(np.array(expected))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("whole", [False, True])
def test_costs_are_those_of_the_long_way(seed, whole):
    network, origins, sites = town(seed, whole=whole)
    expected = long_way(network, origins, sites)
    assert as_matrix(network_pairs(network, origins, sites=sites, limit=np.inf)) == pytest.approx(
        expected, rel=1e-12
    )
    found = nearest_on_network(network, origins, sites=sites)
    assert found.cost == pytest.approx(expected.min(axis=1), rel=1e-12)
    if whole:  # whole numbers add up without rounding, so ties are ties
        first = np.where(np.isfinite(expected.min(axis=1)), expected.argmin(axis=1), -1)
        assert found.site.tolist() == first.tolist()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("limit", [150.0, 400.0, np.inf])
@pytest.mark.parametrize("turned", [False, True])
def test_every_engine_gives_the_same_to_the_last_digit(seed, whole, limit, turned, plain):
    network, origins, sites = town(seed, whole=whole)
    if turned:  # so that the search starts from origins
        origins, sites = sites, origins
    found = []
    # SciPy, numba where it is installed, and the loops as they stand.
    for compiled in (False, True, True):
        pairs = network_pairs(network, origins, sites=sites, limit=limit, compiled=compiled)
        near = nearest_on_network(network, origins, sites=sites, limit=limit, compiled=compiled)
        found.append([pairs.origin, pairs.site, pairs.cost, near.cost, near.site])
        if compiled:
            plain()
    for others in zip(*found, strict=True):
        for other in others[1:]:
            assert other.tolist() == others[0].tolist()


@pytest.mark.parametrize("compiled", [False, True])
def test_pairs_and_nearest_agree(compiled):
    network, origins, sites = town(3)
    pairs = network_pairs(network, origins, sites=sites, limit=np.inf, compiled=compiled)
    found = nearest_on_network(network, origins, sites=sites, compiled=compiled)
    assert nearest_site(pairs).cost.tolist() == found.cost.tolist()
    assert nearest_site(pairs).site.tolist() == found.site.tolist()


def test_small_rooms_change_nothing(monkeypatch):
    """Many rounds of few sources, and many buffers that are full."""
    from evenground.methods.network import scipy_search

    network, origins, sites = town(5)
    whole = network_pairs(network, origins, sites=sites, limit=500, compiled=False)
    monkeypatch.setattr(scipy_search, "_CELLS", 1)
    monkeypatch.setattr(scipy_search, "_FEWEST", 2)
    monkeypatch.setattr(searching, "_BUFFER", 1)
    for compiled in (False, True):
        again = network_pairs(network, origins, sites=sites, limit=500, compiled=compiled)
        assert as_matrix(again).tolist() == as_matrix(whole).tolist()


@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_costs_scale_with_lengths_and_the_order_of_rows_is_of_no_matter(seed, scale):
    network, origins, sites = town(seed, n_nodes=15, n_edges=25)
    before = as_matrix(network_pairs(network, origins, sites=sites, limit=np.inf, compiled=False))
    order = np.random.default_rng(seed).permutation(network.n_edges)
    back = np.argsort(order)
    shuffled = network_from_tables(
        network.xy * scale,
        (network.start[order], network.end[order]),
        length=network.length[order] * scale,
        way=network.way[order],
    )
    places = [
        NetworkPlaces(edge=back[one.edge], along=one.along * scale, off=one.off * scale)
        for one in (origins, sites)
    ]
    after = network_pairs(shuffled, places[0], sites=places[1], limit=np.inf, compiled=False)
    assert as_matrix(after) == pytest.approx(before * scale, rel=1e-9)


@given(st.integers(0, 10_000))
def test_a_street_cut_in_two_is_the_same_street(seed):
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 500, (8, 2))
    # No street twice: of two on the same ground, a place would stand on one or the other.
    ends = rng.permutation(np.column_stack(np.triu_indices(8, 1)))[:12]
    lines = [shapely.LineString(corners[pair]) for pair in ends]
    cut = rng.integers(12)
    middle = lines[cut].interpolate(0.3, normalized=True).coords[0]
    halves = [shapely.LineString([corners[end], middle]) for end in ends[cut]]
    homes, shops = rng.uniform(0, 500, (2, 6, 2))
    found = []
    for streets in (lines, [*lines[:cut], *halves, *lines[cut + 1 :]]):
        network = network_from_lines(streets, tolerance=0)
        places = [places_on_network(network, one) for one in (homes, shops)]
        found.append(network_pairs(network, places[0], sites=places[1], limit=np.inf))
    assert as_matrix(found[0]) == pytest.approx(as_matrix(found[1]), rel=1e-6)


@given(st.integers(0, 10_000))
def test_no_way_is_shorter_than_the_straight_line(seed):
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 500, (12, 2))
    lines = [shapely.LineString(corners[rng.integers(12, size=3)]) for _ in range(20)]
    lines = [line for line in lines if line.length > 0]
    network = network_from_lines(lines, tolerance=0)
    homes, shops = rng.uniform(0, 500, (10, 2)), rng.uniform(0, 500, (4, 2))
    by_street = as_matrix(
        network_pairs(
            network,
            places_on_network(network, homes),
            sites=places_on_network(network, shops),
            limit=np.inf,
            compiled=False,
        )
    )
    straight = as_matrix(straight_line_pairs(homes, shops, limit=2_000))
    assert (by_street >= straight * (1 - 1e-9)).all()


def test_nobody_and_nothing_in_reach():
    network, origins, _ = town(1)
    none = NetworkPlaces(edge=np.empty(0, np.int64), along=np.empty(0), off=np.empty(0))
    for compiled in (False, True):
        pairs = network_pairs(network, origins, sites=none, limit=100, compiled=compiled)
        assert (pairs.n_origins, pairs.n_sites, pairs.n_pairs) == (40, 0, 0)
        found = nearest_on_network(network, origins, sites=none, compiled=compiled)
        assert found.site.tolist() == [-1] * 40
        assert np.isinf(found.cost).all()
        pairs = network_pairs(network, none, sites=origins, limit=100, compiled=compiled)
        assert pairs.n_pairs == 0
    for limit in (0, -1, np.nan):
        with pytest.raises(UsageError):
            network_pairs(network, origins, sites=origins, limit=limit)
        with pytest.raises(UsageError):
            nearest_on_network(network, origins, sites=origins, limit=limit)
