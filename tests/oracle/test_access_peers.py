"""Accessibility beside PySAL's `access`: the same answers where both define the same thing.

Where they differ:

- The peer has no value for an origin without a pair; here access is 0 and a cost is infinite.
- Its 2SFCA divides by nobody where only origins without people are in reach, and gives infinity;
  here such a site serves no one. The towns below have people everywhere.
- Its default weights are Luo and Qi's bands for 2SFCA and Wan et al.'s for 3SFCA; both sides are
  given the same ones. Its power function is not limited to 1; with the same least cost it is the
  one here, scale included.
- Its sums within a catchment are unweighted by default; here that is the binary function.
- Its rational agents are whole people who move in rounds for a number of cycles; here they are
  divisible and the equilibrium is solved. Costs agree as its cycles go on.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.accessibility import (
    Agents,
    Bands,
    Gaussian,
    InversePower,
    catchment_weights,
    cumulative_opportunities,
    enhanced_two_step_access,
    gravity_access,
    pairs_from_costs,
    rational_agent_access,
    straight_line_pairs,
    three_step_access,
    two_step_access,
)

pytestmark = pytest.mark.oracle
SAME = 1e-9
ENDS, WEIGHTS = (10.0, 20.0, 30.0), (1.0, 0.68, 0.22)


def town(seed, n_origins, n_sites, *, limit=60.0):
    """Return minutes between random places within an hour; some sites have no supply."""
    rng = np.random.default_rng(seed)
    line = straight_line_pairs(
        rng.uniform(0, 100, (n_origins, 2)), rng.uniform(0, 100, (n_sites, 2)), limit=limit
    )
    pairs = pairs_from_costs(
        (line.origin, line.site), line.cost, shape=(n_origins, n_sites), limit=limit
    )
    return pairs, rng.integers(0, 9, n_sites), rng.integers(1, 5_000, n_origins)


def work(pairs, supply, demand):
    return {
        "origin": pairs.origin.tolist(),
        "dest": pairs.site.tolist(),
        "cost": pairs.cost.tolist(),
        "supply": supply.tolist(),
        "demand": demand.tolist(),
    }


def same(ours, theirs):
    """Require equality to 1e-9 of the largest value, and 0 here where the peer has none."""
    theirs = np.array([0.0 if value is None else value for value in theirs])
    assert theirs.max() > 0
    assert ours / theirs.max() == pytest.approx(theirs / theirs.max(), abs=SAME)


@pytest.mark.parametrize(("seed", "size"), [(1, (40, 9)), (2, (300, 60)), (3, (60, 200))])
def test_same_access(peer, seed, size):
    pairs, supply, demand = town(seed, *size)
    theirs = peer(
        "access_measures.py",
        **work(pairs, supply, demand),
        ends=ENDS, weights=WEIGHTS, sigma=15, exponent=1.5, least=2, reach=25,
    )  # fmt: skip
    same(cumulative_opportunities(pairs, supply, threshold=25), theirs["catchment"])
    ours = two_step_access(pairs, threshold=25, supply=supply, demand=demand)
    same(ours.access, theirs["two_step"])
    functions = {
        "bands": Bands(ENDS, WEIGHTS),
        "gaussian": Gaussian(15),
        "power": InversePower(exponent=1.5, least=2),
    }
    for name, decay in functions.items():
        weights = catchment_weights(pairs, decay)
        same(gravity_access(weights, supply), theirs[f"gravity_{name}"])
        for method, key in (
            (enhanced_two_step_access, "enhanced"),
            (three_step_access, "three_step"),
        ):
            ours = method(weights, supply=supply, demand=demand)
            same(ours.access, theirs[f"{key}_{name}"])


@pytest.mark.parametrize(("seed", "size", "tau"), [(4, (60, 12), 60), (5, (250, 40), 20)])
def test_rational_agents_agree_as_the_peer_goes_on(peer, seed, size, tau):
    pairs, supply, demand = town(seed, *size, limit=150.0)
    demand = demand * 1_000  # the peer moves whole people
    runs = [
        {},
        {"max_cycles": 1_500, "min_step": 0.0005, "half_life": 150},
        {"max_cycles": 15_000, "min_step": 0.00001, "half_life": 1_000},
    ]
    theirs = peer("access_raam.py", **work(pairs, supply, demand), tau=tau, runs=runs)
    ours = rational_agent_access(pairs, Agents(tau=tau, gap=1e-10), supply=supply, demand=demand)
    assert ours.converged
    off = [np.abs(np.array(one["cost"]) / ours.cost - 1).max() for one in theirs]
    gaps = [one["gap"] for one in theirs]
    assert gaps[0] > 1e4 * ours.gap
    assert gaps[2] < 1e-3 * gaps[0]
    assert off[2] < 1e-3 * off[0]
    assert off[2] < 1e-5
