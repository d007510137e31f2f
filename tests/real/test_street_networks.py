"""Ways along the street lines of real cities: what they are made of, and SciPy's answer to them."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from scipy import sparse
from scipy.sparse.csgraph import dijkstra
from typer.testing import CliRunner

from evenground.cli import build
from evenground.methods.accessibility import nearest_site, straight_line_pairs, two_step_access
from evenground.methods.network import (
    StreetTerms,
    network_facts,
    network_from_lines,
    network_from_named_ends,
    street_access,
)

pytestmark = pytest.mark.real


class _Town:
    """Streets, people's places and sites of one city in its projected system."""

    def __init__(self, network, homes, people, sites):
        self.network = network
        self.homes, self.sites = (
            np.column_stack([points.x, points.y]) for points in (homes, sites)
        )
        self.people = people


@pytest.fixture(scope="module")
def washington(real_data):
    import geopandas as gpd

    folder = real_data("washington_dc")
    streets = gpd.read_parquet(folder / "network/roadway_blocks.parquet").to_crs(26985)
    blocks = gpd.read_parquet(folder / "areas/block_groups_2010.parquet").to_crs(26985)
    wifi = gpd.read_file(folder / "technology/wifi_hotspots_snapshots.geojson").to_crs(26985)
    wifi = wifi[wifi.snapshot.astype(str).str.startswith("2016-08")]
    network = network_from_lines(streets.geometry.to_numpy(), tolerance=1)
    return _Town(network, blocks.centroid, blocks.pop2010.to_numpy(), wifi.geometry)


@pytest.fixture(scope="module")
def cambridge(real_data):
    import geopandas as gpd

    folder = real_data("cambridge_ma")
    streets = gpd.read_file(folder / "street_centerlines.geojson").to_crs(26986)
    blocks = gpd.read_file(folder / "block_groups_2020.geojson").to_crs(26986)
    bins = gpd.read_parquet(folder / "litter_barrels_snapshots_2013_2025.parquet").to_crs(26986)
    bins = bins[bins.snapshot.astype(str).str.startswith("2025-0")].head(400)
    names = [
        ["" if node != node else str(int(node)) for node in streets[column]]  # noqa: PLR0124
        for column in ("FromNode", "ToNode")
    ]
    network = network_from_named_ends(streets.geometry.to_numpy(), (names[0], names[1]))
    return _Town(network, blocks.centroid, np.ones(len(blocks)), bins.geometry)


def test_washingtons_streets_hang_together(washington):
    facts = network_facts(washington.network)
    assert facts.n_edges == 13_852
    assert (facts.nodes_in_largest, facts.n_nodes) == (8_726, 8_738)
    assert round(facts.length / 1_000) == 1_899
    assert facts.length_share_in_largest > 0.99


def test_cambridges_streets_join_by_their_nodes(cambridge):
    facts = network_facts(cambridge.network)
    assert (facts.nodes_in_largest, facts.n_nodes) == (1_871, 1_873)
    assert round(facts.length / 1_000) == 252


def cut_up(town):
    """Return the streets with a node at every place, in SciPy's own terms, and those nodes."""
    network = town.network
    on = [town.access.origins, town.access.sites]
    at = np.concatenate([one.along for one in on])
    edge = np.concatenate([one.edge for one in on])
    off = np.concatenate([one.off for one in on])
    foot = network.n_nodes + np.arange(edge.size)
    door = foot + edge.size
    arcs = [(int(f), int(d), float(o)) for f, d, o in zip(foot, door, off, strict=True)]
    for one in range(network.n_edges):
        here = np.flatnonzero(edge == one)
        stops = [(0.0, int(network.start[one])), *sorted(zip(at[here], foot[here], strict=True)),
                 (network.length[one], int(network.end[one]))]  # fmt: skip
        arcs += [(a, b, far - near) for (near, a), (far, b) in pairwise(stops)]
    tail, head, cost = (np.array(one) for one in zip(*arcs, strict=True))
    # Of streets that join the same nodes the shortest counts; what costs nothing is still a way.
    order = np.lexsort((cost, np.maximum(tail, head), np.minimum(tail, head)))
    ends = np.column_stack([np.minimum(tail, head), np.maximum(tail, head)])[order]
    first = np.unique(ends, axis=0, return_index=True)[1]
    kept, cost = ends[first], np.maximum(cost[order][first], 1e-12)
    n = int(door[-1]) + 1
    return sparse.csr_array((cost, kept.T), shape=(n, n)), door


@pytest.mark.parametrize("name", ["washington", "cambridge"])
@pytest.mark.parametrize("compiled", [False, True])
def test_costs_are_those_of_streets_cut_up_at_every_place(name, compiled, request):
    town = request.getfixturevalue(name)
    terms = StreetTerms(limit=2_000, compiled=compiled)
    town.access = street_access(
        town.network, town.homes, sites=town.sites, terms=terms, people=town.people
    )
    graph, door = cut_up(town)
    n_homes = len(town.homes)
    among = dijkstra(graph, directed=False, indices=door[:n_homes])[:, door[n_homes:]]
    pairs = town.access.pairs
    costs = np.full(among.shape, np.inf)
    costs[pairs.origin, pairs.site] = pairs.cost
    near = among <= terms.limit
    assert near.sum() == pairs.n_pairs
    assert costs[near] == pytest.approx(among[near], rel=1e-9)
    assert town.access.nearest.cost == pytest.approx(among.min(axis=1), rel=1e-9)


def test_ways_are_longer_than_straight_lines_and_shared_out_whole(washington):
    terms = StreetTerms(limit=2_000)
    found = street_access(
        washington.network, washington.homes, sites=washington.sites, terms=terms,
        people=washington.people,
    )  # fmt: skip
    assert (found.nearest.cost >= found.nearest_straight * (1 - 1e-9)).all()
    assert 1.1 < found.detour.circuity < 1.8
    assert found.people_cut_off == 0
    assert not found.lost_sites.any()
    shared = two_step_access(
        found.pairs, threshold=2_000, supply=np.ones(448), demand=washington.people
    )
    assert shared.access @ washington.people == pytest.approx(448 - shared.supply_unreached)
    lines = straight_line_pairs(washington.homes, washington.sites, limit=2_000)
    assert nearest_site(lines).cost.mean() < found.nearest.cost.mean()
    assert found.pairs.n_pairs < lines.n_pairs


def test_an_island_is_cut_off(cambridge):
    """Of Cambridge's two parts the small one has no bin, so who lives there has no way to one."""
    network = cambridge.network
    line = min(network.lines, key=shapely.length)
    middle = shapely.get_coordinates(shapely.centroid(line))
    far = np.array([[10.0, 10.0], [20.0, 10.0]])
    island = network_from_lines([*network.lines, shapely.LineString(far)], tolerance=1)
    found = street_access(
        island, np.vstack([middle, far[:1]]), sites=cambridge.sites, terms=StreetTerms(limit=500)
    )
    assert found.cut_off.tolist() == [False, True]


def test_the_command_on_washingtons_wifi(real_data, tmp_path, monkeypatch):
    import geopandas as gpd

    folder = real_data("washington_dc")
    wifi = gpd.read_file(folder / "technology/wifi_hotspots_snapshots.geojson")
    wifi[wifi.snapshot.astype(str).str.startswith("2016-08")].to_file(tmp_path / "wifi.geojson")
    asked = [
        "access", folder / "areas/block_groups_2010.parquet", tmp_path / "wifi.geojson",
        "--people", "pop2010", "--within", 500, "--crs", "EPSG:26985", "--json",
    ]  # fmt: skip
    streets = ["--streets", folder / "network/roadway_blocks.parquet"]
    told = []
    for words in (asked, [*asked, *streets]):
        done = CliRunner().invoke(build(), [str(word) for word in words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        told.append(json.loads(done.stdout))
    straight, along = (one["measures"]["nearest"]["groups"][0] for one in told)
    assert along["people"] == straight["people"] == 601_723
    assert 1.3 < along["mean"] / straight["mean"] < 2.0
    facts = told[1]["streets"]
    assert facts["network"]["n_nodes"] == 8_738
    assert facts["cut_off"]["places"] == 0
    half = facts["straight_line"]["nearest_quantiles"]["0.5"]
    assert half == pytest.approx(straight["quantiles"]["0.5"], abs=1e-6)
