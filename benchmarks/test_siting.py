"""Siting: evenground beside PySAL's `spopt` with the same solver, on the same costs.

Instances are made from fixed seeds. Ours runs in a process of its own, so that its peak of memory
is its own. The peer is stopped by the clock where it would not end; what it prints then is told as
it prints it. A family of p-median instances like those of the OR-Library (Beasley 1985: random
graphs, n = 100-900, p = 5 to n/3) is solved to proof as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from evenground.methods.siting import SitingProblem, p_median

pytestmark = pytest.mark.bench
PEER_SECONDS = int(os.environ.get("EVENGROUND_PEER_SECONDS", "300"))

PROGRAM = """
import json, resource, sys, time
import numpy as np
from evenground.methods.accessibility import Binary
from evenground.methods.siting import Effort, SitingProblem, maximal_coverage, p_median
work = json.loads(sys.argv[1])
given = np.load(work["file"])
problem = SitingProblem(weights=given["weights"], costs=given["costs"], n_units=work["units"])
effort = Effort(gap=work.get("gap", 0.0))
start = time.process_time()
if "radius" in work:
    found = maximal_coverage(problem, decay=Binary(work["radius"]), effort=effort)
else:
    found = p_median(problem, effort=effort)
seconds = time.process_time() - start
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(dict(status=found.status, objective=found.objective, bound=found.bound,
      gap=found.gap, nodes=found.n_nodes, seconds=seconds, megabytes=megabytes)))
"""


def city(n, m, *, seed, side=10_000.0):
    """Return people at random points and their straight lines to random candidates."""
    rng = np.random.default_rng(seed)
    people = rng.uniform(0, side, (n, 2))
    sites = people if m == n else rng.uniform(0, side, (m, 2))
    costs = np.empty((n, m))
    for start in range(0, n, 1_000):
        apart = people[start : start + 1_000, None, :] - sites[None, :, :]
        costs[start : start + 1_000] = np.sqrt((apart**2).sum(axis=2))
    return rng.integers(1, 100, n), costs


def graph(n, p):
    """Return shortest paths of a random connected graph with about n²/50 edges, as Beasley's."""
    rng = np.random.default_rng(n + p)
    lengths = np.zeros((n, n))
    tour = rng.permutation(n)
    ends = np.concatenate([np.stack([tour[:-1], tour[1:]], axis=1),
                           rng.integers(0, n, (n * n // 50 - (n - 1), 2))])  # fmt: skip
    for (a, b), length in zip(ends, rng.integers(1, 101, len(ends)), strict=True):
        if a != b:
            lengths[a, b] = lengths[b, a] = length
    return shortest_path(csr_array(lengths), directed=False)


@pytest.fixture
def both(peer, tmp_path):
    """Return a function that solves one instance here and, if asked, with the peer."""

    def run(weights, costs, *, beside=True, **work):
        file = str(tmp_path / "given.npz")
        np.savez(file, weights=weights, costs=costs)
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps({"file": file, **work})],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        ours = json.loads(done.stdout.splitlines()[-1])
        if not beside:
            return ours, None
        theirs = peer("spopt_siting.py", file=file, seconds=PEER_SECONDS, **work)
        return ours, theirs

    return run


def told(name, ours, theirs, value, *, sign):
    """Return the lines that set both side by side."""
    found = f"{value:,.0f}" if value is not None else "no sites"
    worse = "" if value is None else f", {sign * (value / ours['objective'] - 1):+.2%} worse"
    stopped = " when its time ran out" if theirs["ran_out"] else ""
    return (
        f"{name}: evenground {ours['status']} {ours['objective']:,.0f} in {ours['seconds']:.2f} s "
        f"of processor time, {ours['nodes']} nodes, {ours['megabytes']:.0f} MB; spopt + HiGHS "
        f"prints {theirs['status']!r}{stopped} at {found}{worse} in {theirs['seconds']:.1f} s, "
        f"{theirs['megabytes']:.0f} MB"
    )


@pytest.mark.parametrize("unit_weights", [False, True], ids=["people", "points"])
def test_p_median(both, say, unit_weights):
    weights, costs = city(1_000, 1_000, seed=1)
    weights = np.ones_like(weights) if unit_weights else weights
    ours, theirs = both(weights, costs, units=20)
    value = None
    if theirs["sites"]:
        value = float((weights * costs[:, theirs["sites"]].min(axis=1)).sum())
    what = "unit weights" if unit_weights else "weights 1-99"
    say(told(f"p-median, n = 1,000, p = 20, {what}", ours, theirs, value, sign=1))
    assert ours["status"] == "optimal"
    assert value is None or value >= ours["objective"] * (1 - 1e-9)
    assert ours["seconds"] <= 5
    assert ours["megabytes"] <= 300


def test_maximal_coverage(both, say):
    weights, costs = city(5_000, 500, seed=7)
    ours, theirs = both(weights, costs, units=20, radius=1_000.0)
    value = None
    if theirs["sites"]:
        value = float((weights * (costs[:, theirs["sites"]].min(axis=1) <= 1_000)).sum())
    share = ours["objective"] / weights.sum()
    name = f"maximal coverage, 5,000 x 500, p = 20, {share:.0%} covered"
    say(told(name, ours, theirs, value, sign=-1))
    assert ours["status"] == "optimal"
    assert value is None or value <= ours["objective"]
    assert ours["seconds"] <= 20


def test_large_p_median(both, say):
    weights, costs = city(20_000, 2_000, seed=5)
    ours, _ = both(weights, costs, beside=False, units=50, gap=0.01)
    say(
        f"p-median, 20,000 x 2,000, p = 50: evenground to a gap of {ours['gap']:.2%} in "
        f"{ours['seconds']:.1f} s of processor time, {ours['megabytes']:.0f} MB in all"
    )
    assert ours["gap"] <= 0.01
    assert ours["seconds"] <= 120
    assert ours["megabytes"] <= 2_048


def family():
    """Return the 40 sizes of the OR-Library's p-median instances."""
    kinds = [(n, [5, 10, n // 10, n // 5, n // 3]) for n in range(100, 700, 100)]
    kinds += [(700, [5, 10, 70, 140]), (800, [5, 10, 80]), (900, [5, 10, 90])]
    return [(n, p) for n, counts in kinds for p in counts]


def test_family_of_or_library(say):
    sizes, seconds, slowest = family(), 0.0, (0.0, 0, 0)
    assert len(sizes) == 40
    for n, p in sizes:
        problem = SitingProblem(weights=np.ones(n), costs=graph(n, p), n_units=p)
        start = time.process_time()
        found = p_median(problem)
        took = time.process_time() - start
        assert found.status == "optimal"
        assert found.bound == found.objective
        seconds, slowest = seconds + took, max(slowest, (took, n, p))
    say(
        f"p-median, 40 random graphs of the OR-Library's sizes: all proven in {seconds:.0f} s of "
        f"processor time together, the slowest (n = {slowest[1]}, p = {slowest[2]}) in "
        f"{slowest[0]:.1f} s"
    )
    assert seconds <= 300
