"""The rational agent access model: an equilibrium, and a certificate that it is one."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.methods.accessibility.pairs import pairs_from_costs, straight_line_pairs
from evenground.methods.accessibility.rational_agent import Agents, rational_agent_access

SEEDS = st.integers(0, 2**32 - 1)
EXACTLY = Agents(tau=300.0, gap=1e-11)


def town(seed, n_origins=20, n_sites=6):
    """Return a random town; every origin has at least the site in the middle."""
    rng = np.random.default_rng(seed)
    return SimpleNamespace(
        rng=rng,
        origins=rng.uniform(0, 1_000, (n_origins, 2)),
        sites=np.vstack([rng.uniform(0, 1_000, (n_sites - 1, 2)), [[500, 500]]]),
        demand=rng.integers(0, 4, n_origins) * 10.0 + np.eye(n_origins)[0],
        supply=np.append(rng.integers(0, 3, n_sites - 1) * 1.0, 2.0),
        limit=750.0,
    )


def solved(place, agents=EXACTLY, **changes):
    given_ = SimpleNamespace(**{**vars(place), **changes})
    pairs = straight_line_pairs(given_.origins, given_.sites, limit=given_.limit)
    return rational_agent_access(pairs, agents, supply=given_.supply, demand=given_.demand)


def test_by_hand():
    """10 people, two sites of capacity 5, the second 0.5 farther: 6.25 and 3.75, cost 1.25."""
    pairs = pairs_from_costs(([0, 0], [0, 1]), [0.0, 30.0], shape=(1, 2))
    found = rational_agent_access(pairs, Agents(tau=60), supply=[1, 1], demand=[10])
    assert found.rho == 5
    assert found.load == pytest.approx([6.25, 3.75], rel=1e-12)
    assert found.cost == pytest.approx([1.25], rel=1e-12)
    assert found.gap <= 1e-15
    assert found.converged


def test_too_far_to_be_chosen():
    pairs = pairs_from_costs(([0, 0], [0, 1]), [0.0, 121.0], shape=(1, 2))
    found = rational_agent_access(pairs, Agents(tau=60), supply=[1, 1], demand=[10])
    assert found.load.tolist() == [10, 0]
    assert found.cost.tolist() == [2]


def test_two_towns_share_the_site_between_them():
    """Each town has a site of its own and one halfway; by symmetry all three crowd alike."""
    pairs = pairs_from_costs(([0, 0, 1, 1], [0, 1, 1, 2]), [0, 15, 15, 0], shape=(2, 3))
    found = rational_agent_access(pairs, Agents(tau=60, gap=1e-13), supply=[1, 1, 1], demand=[6, 6])
    own = (12 + 0.25 * 4) / 3  # own / 4 = (12 - 2 own) / 4 + 0.25
    assert found.load == pytest.approx([own, 12 - 2 * own, own], rel=1e-9)
    assert found.cost == pytest.approx([own / 4] * 2, rel=1e-9)


@given(SEEDS)
def test_nobody_gains_by_going_elsewhere(seed):
    """The certificate, worked out again with all origins beside all sites."""
    place = town(seed)
    found = solved(place)
    assert found.converged
    apart = np.sqrt(((place.origins[:, None] - place.sites[None]) ** 2).sum(axis=2))
    choice = (apart <= place.limit) & (place.supply > 0)
    crowding = found.load / np.where(place.supply > 0, place.supply * found.rho, np.inf)
    price = np.where(choice, crowding + apart / 300.0, np.inf)
    least = price.min(axis=1)
    assert found.cost == pytest.approx(least, rel=1e-7)
    assert found.load.sum() + found.demand_unreached == pytest.approx(place.demand.sum())
    assert (found.load[place.supply == 0] == 0).all()
    paid = place.demand[choice.any(axis=1)] @ found.cost[choice.any(axis=1)]
    assert found.gap * paid == pytest.approx(
        paid - place.demand[choice.any(axis=1)] @ least[choice.any(axis=1)], abs=1e-8
    )


@settings(max_examples=30)
@given(SEEDS)
def test_units_order_and_splits_change_nothing(seed):
    place = town(seed)
    before = solved(place)
    twice = solved(place, demand=2 * place.demand)
    assert twice.cost == pytest.approx(before.cost, rel=1e-6)
    grown = solved(place, replace(EXACTLY, tau=0.3), origins=place.origins / 1e3,
                   sites=place.sites / 1e3, limit=place.limit / 1e3)  # fmt: skip
    assert grown.cost == pytest.approx(before.cost, rel=1e-6)
    order = place.rng.permutation(len(place.origins))
    mixed = solved(place, origins=place.origins[order], demand=place.demand[order],
                   sites=place.sites[::-1], supply=place.supply[::-1])  # fmt: skip
    assert mixed.cost == pytest.approx(before.cost[order], rel=1e-6)
    assert mixed.load == pytest.approx(before.load[::-1], rel=1e-5, abs=1e-5)
    halves = np.append(place.demand, place.demand[0] / 2)
    halves[0] /= 2
    split = solved(place, origins=np.vstack([place.origins, place.origins[:1]]), demand=halves)
    assert split.cost == pytest.approx(np.append(before.cost, before.cost[0]), rel=1e-6)
    doors = np.append(place.supply, place.supply[-1] / 2)
    doors[-2] /= 2
    split = solved(place, sites=np.vstack([place.sites, place.sites[-1:]]), supply=doors)
    assert split.cost == pytest.approx(before.cost, rel=1e-6)


@settings(max_examples=30)
@given(SEEDS)
def test_more_supply_costs_nobody_more(seed):
    place = town(seed)
    agents = replace(EXACTLY, rho=7.0)
    more = place.supply + place.rng.uniform(0, 2, place.supply.size)
    before, after = solved(place, agents).cost, solved(place, agents, supply=more).cost
    assert (after <= before * (1 + 1e-7)).all()


@settings(max_examples=10)
@given(SEEDS)
def test_compiled_and_plain_give_the_same(seed):
    pytest.importorskip("numba")
    place = town(seed, n_origins=60, n_sites=15)
    plain = solved(place, Agents(tau=300, compiled=False))
    fast = solved(place, Agents(tau=300, compiled=True))
    assert np.array_equal(plain.cost, fast.cost)
    assert np.array_equal(plain.load, fast.load)
    assert (plain.gap, plain.n_sweeps) == (fast.gap, fast.n_sweeps)


def test_without_numba_all_is_plain(monkeypatch):
    from evenground.methods.accessibility import user_equilibrium

    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    user_equilibrium._compiled_sweep.cache_clear()
    found = solved(town(1), Agents(tau=300, compiled=True))
    user_equilibrium._compiled_sweep.cache_clear()
    assert np.array_equal(found.cost, solved(town(1), Agents(tau=300, compiled=False)).cost)


def test_work_is_bounded_and_said():
    place = town(3, n_origins=200, n_sites=30)
    hasty = solved(place, Agents(tau=2_000, max_sweeps=1, gap=1e-12))
    assert (hasty.n_sweeps, hasty.converged) == (1, False)
    assert hasty.gap > 1e-12
    assert solved(place, Agents(tau=2_000)).gap < hasty.gap


def test_nobody_and_nothing():
    pairs = pairs_from_costs(([0, 1], [0, 1]), [30.0, 30.0], shape=(3, 2))
    found = rational_agent_access(pairs, Agents(tau=60), supply=[0, 2], demand=[5, 0, 1])
    assert found.cost.tolist() == [np.inf, 0.5, np.inf]
    assert found.load.tolist() == [0, 0]
    assert found.demand_unreached == 6
    assert (found.gap, found.converged) == (0, True)
    closed = rational_agent_access(pairs, Agents(tau=60, rho=1), supply=[0, 0], demand=[0, 0, 1])
    assert closed.cost.tolist() == [np.inf] * 3


@pytest.mark.parametrize(
    ("agents", "supply", "demand", "says"),
    [
        (Agents(tau=0), [1], [1], "tau"),
        (Agents(tau=np.nan), [1], [1], "tau"),
        (Agents(tau=1, rho=-1), [1], [1], "rho"),
        (Agents(tau=1, gap=0), [1], [1], "gap"),
        (Agents(tau=1, max_sweeps=0), [1], [1], "max_sweeps"),
        (Agents(tau=1), [0], [1], "supply"),
        (Agents(tau=1), [1], [0], "demand"),
        (Agents(tau=1), [-1], [1], "supply"),
        (Agents(tau=1), [1], [np.nan], "demand"),
        (Agents(tau=1), [1, 1], [1], "supply"),
    ],
)
def test_wrong_use_is_refused(agents, supply, demand, says):
    pairs = pairs_from_costs(([0], [0]), [1.0], shape=(1, 1))
    with pytest.raises(UsageError, match=says):
        rational_agent_access(pairs, agents, supply=supply, demand=demand)
