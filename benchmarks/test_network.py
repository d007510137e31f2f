"""Ways along the streets of a million crossings: evenground beside SciPy and pandana.

The network is drawn from a fixed seed: a square lattice of a million crossings about 100 m apart,
each moved by up to 30 m, with a quarter of its streets left out; nothing crosses without meeting.
Its rows are in no order, which is the hardest for memory caches. Asked for are the nearest of 2,000
sites from every crossing, and every crossing within 1 km of each site. Time runs from the tables of
nodes and edges to the result: nothing is prepared beforehand.

pandana (AGPL) runs out of process. It first contracts the network, which takes it minutes for a
million crossings of a lattice, so that it is given 300 by 300 of them unless
EVENGROUND_BENCH_PEER_SIDE says another number along one side (1000 for all). It looks for the
nearest site no farther than it has to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

pytestmark = pytest.mark.bench
SIDE, APART, MOVED, LEFT_OUT = 1_000, 100.0, 30.0, 0.25
N_SITES, CATCHMENT = 2_000, 1_000.0
PEER_SIDE = int(os.environ.get("EVENGROUND_BENCH_PEER_SIDE", "300"))

OURS = """
import json, sys, time
import numpy as np
from evenground.methods.network import (
    nearest_on_network, network_from_tables, network_pairs, places_at_nodes
)
given = np.load(sys.argv[1])
xy, start, end, sites = (given[name] for name in ("xy", "start", "end", "sites"))
compiled = sys.argv[3] == "numba"
times = []
network = everywhere = near = pairs = None
for _ in range(int(sys.argv[4])):
    del network, everywhere, near, pairs  # a round holds nothing of the one before
    before = time.process_time()
    network = network_from_tables(xy, (start, end))
    goal = places_at_nodes(network, sites)
    everywhere = places_at_nodes(network, np.arange(len(xy)))
    built = time.process_time()
    near = nearest_on_network(network, everywhere, sites=goal, compiled=compiled)
    found = time.process_time()
    pairs = network_pairs(
        network, everywhere, sites=goal, limit=float(sys.argv[5]), compiled=compiled
    )
    done = time.process_time()
    times.append([built - before, found - built, done - found, done - before])
np.savez(
    sys.argv[2], cost=near.cost, site=near.site, origin=pairs.origin, to=pairs.site, far=pairs.cost
)
lines = open('/proc/self/status').read().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) / 1024
print(json.dumps({"times": times, "peak": peak}))
"""


def city_of(side, path):
    """Write a network of so many crossings along one side: those that have a street."""
    rng = np.random.default_rng(1)
    at = np.arange(side * side).reshape(side, side)
    east, north = np.meshgrid(np.arange(side), np.arange(side))
    xy = np.column_stack([east.ravel(), north.ravel()]) * APART
    xy = xy + rng.uniform(-MOVED, MOVED, xy.shape)
    pairs = [(at[:, :-1], at[:, 1:]), (at[:-1], at[1:])]
    edges = np.concatenate([np.column_stack([a.ravel(), b.ravel()]) for a, b in pairs])
    edges = rng.permutation(edges[rng.random(len(edges)) >= LEFT_OUT])
    met = np.flatnonzero(np.bincount(edges.ravel(), minlength=len(xy)))
    order = rng.permutation(met)
    number = np.full(len(xy), -1, dtype=np.int32)
    number[order] = np.arange(order.size, dtype=np.int32)
    start, end = np.ascontiguousarray(number[edges].T)
    sites = np.sort(rng.choice(order.size, N_SITES, replace=False))
    np.savez(path, xy=xy[order], start=start, end=end, sites=sites)
    return path


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Return the file of the network of a million crossings."""
    return city_of(SIDE, tmp_path_factory.mktemp("network") / "city.npz")


@pytest.fixture(scope="module")
def peers_city(tmp_path_factory):
    """Return the file of the network that the peer is given."""
    return city_of(PEER_SIDE, tmp_path_factory.mktemp("network") / "peers.npz")


@pytest.fixture(scope="module")
def ours():
    """Return a function that runs evenground in a process of its own, once for each engine."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this machine does not say how much memory a process held at most")
    done = {}

    def run(city, engine, rounds):
        if (city, engine) not in done:
            out = city.with_name(f"{engine}.npz")
            words = [sys.executable, "-c", OURS, city, out, engine, rounds, CATCHMENT]
            told = subprocess.run(
                [str(word) for word in words], capture_output=True, text=True, check=False
            )
            assert told.returncode == 0, told.stderr
            done[city, engine] = SimpleNamespace(**json.loads(told.stdout), **np.load(out))
        return done[city, engine]

    return run


def graph_of(given):
    """Return the network as SciPy takes it, and lengths from both sides."""
    length = np.hypot(*(given["xy"][given["end"]] - given["xy"][given["start"]]).T)
    ends = (
        np.concatenate([given["start"], given["end"]]),
        np.concatenate([given["end"], given["start"]]),
    )
    shape = (len(given["xy"]),) * 2
    return sparse.csr_array((np.concatenate([length, length]), ends), shape=shape)


def test_a_million_crossings(city, ours, say):
    found = ours(city, "numba", 4)
    first, *warm = found.times
    built, near, pairs, total = np.median(warm, axis=0)
    n_nodes, n_edges = len(np.load(city)["xy"]), len(np.load(city)["start"])
    say(
        f"streets, {n_nodes:,} crossings, {n_edges:,} streets, {N_SITES:,} sites, "
        f"{found.far.size:,} pairs within 1 km: evenground with numba {total:.2f} s of processor "
        f"time (network and places {built:.2f}, nearest {near:.2f}, catchments {pairs:.2f}); "
        f"{first[3]:.2f} s with compiling, on first call; peak {found.peak:.0f} MB in all"
    )
    assert total <= 3
    assert found.peak <= 500


def test_the_same_without_numba(city, ours, say):
    found, other = ours(city, "numba", 4), ours(city, "scipy", 2)
    built, near, pairs, total = other.times[-1]
    say(
        f"  without numba, by SciPy: {total:.2f} s (network and places {built:.2f}, nearest "
        f"{near:.2f}, catchments {pairs:.2f}), peak {other.peak:.0f} MB; the same to the last digit"
    )
    for name in ("cost", "site", "origin", "to", "far"):
        assert np.array_equal(getattr(found, name), getattr(other, name)), name


def test_costs_are_those_of_scipys_dijkstra(city, ours, say):
    """By SciPy's own means: all sites at once, and 100 of them one by one."""
    given, found = np.load(city), ours(city, "numba", 4)
    graph, sites = graph_of(given), given["sites"]
    least, _, source = dijkstra(graph, indices=sites, min_only=True, return_predecessors=True)
    assert np.array_equal(found.cost, least)
    reached = np.isfinite(least)
    assert np.array_equal(sites[found.site[reached]], source[reached])
    for at in np.random.default_rng(2).choice(N_SITES, 100, replace=False):
        costs = dijkstra(graph, indices=sites[at], limit=CATCHMENT)
        near = np.flatnonzero(np.isfinite(costs))
        mine = found.to == at
        assert np.array_equal(found.origin[mine], near)
        assert np.array_equal(found.far[mine], costs[near])
    say("  equal to scipy.sparse.csgraph.dijkstra to the last digit: every nearest, 100 catchments")


def test_beside_pandana(peers_city, ours, peer, say):
    found = ours(peers_city, "numba", 4)
    reached = np.isfinite(found.cost)
    farthest = float(np.ceil(found.cost[reached].max()))
    out = peers_city.with_name("pandana.npz")
    work = {"file": str(peers_city), "out": str(out), "catchment": CATCHMENT, "farthest": farthest}
    theirs = SimpleNamespace(**peer("network_pandana.py", **work))
    answer = np.load(out)
    total = float(np.median([times[3] for times in found.times[1:]]))
    say(
        f"streets, {found.cost.size:,} crossings: evenground {total:.2f} s of processor time, peak "
        f"{found.peak:.0f} MB; pandana {theirs.version} {theirs.seconds:.1f} s (contraction "
        f"{theirs.contraction:.1f}, nearest {theirs.nearest:.1f}, catchments "
        f"{theirs.catchments:.1f}), peak {theirs.peak:.0f} MB: {theirs.seconds / total:.0f} times "
        f"the time, {theirs.peak / found.peak:.1f} times the memory; once contracted, "
        f"{(theirs.nearest + theirs.catchments) / total:.1f} times the time of all of ours"
    )
    apart = np.abs(answer["cost"] - found.cost)[reached].max()
    key = found.to * len(found.cost) + found.origin
    order = np.argsort(key)
    both, mine, other = np.intersect1d(key[order], answer["key"], return_indices=True)
    far = np.abs(found.far[order][mine] - answer["far"][other]).max()
    say(
        f"  same answer to its millimetres: nearest apart by at most {apart * 1000:.1f} mm, "
        f"{both.size:,} of {key.size:,} pairs in common, apart by at most {far * 1000:.1f} mm"
    )
    # The peer cuts each street off to whole millimetres.
    longest = farthest / (APART - 2 * MOVED)
    assert apart <= longest * 1e-3
    assert far <= CATCHMENT / (APART - 2 * MOVED) * 1e-3
    edge = np.abs(found.far - CATCHMENT) <= far
    assert both.size >= key.size - edge.sum()
