"""The rational agent access model: people weigh crowding against travel, and nobody can do better.

The catchment methods put people at all sites around them, however full. Here they go where crowding
and travel together cost least, which shifts crowding until no one gains by going elsewhere. The
result is a cost for each origin, lower is better.

Source: Saxon and Snow (2020), A rational agent model for the spatial accessibility of primary
health care, Annals of the American Association of Geographers 110, 205-222. They move people in
rounds of shrinking steps; here the equilibrium is solved and its distance from one certified.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.accessibility.user_equilibrium import (
    PAIRS_WORTH_COMPILING,
    Network,
    moved_origins,
    relative_gap,
    sweep_for,
)
from evenground.methods.validation import Flags, Vector, positive_total, vector, wrong

_ROUNDS_OF_THE_RESTLESS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents:
    """What people weigh, and how closely the equilibrium is sought.

    Attributes
    ----------
    tau
        Travel, in the unit of the pairs, that costs as much as crowding at the mean; the source
        uses 60 minutes.
    rho
        Demand per supply at which crowding costs 1; ``None`` for all demand over all supply.
    gap
        Relative gap at which the search stops, above 0.
    max_sweeps
        Passes over all origins at which it stops in any case; between two, those who moved in the
        last one go around 50 times.
    compiled
        Whether loops are compiled; ``None`` where it pays and numba is installed. The result is
        the same.
    """

    tau: float
    rho: float | None = None
    gap: float = 1e-6
    max_sweeps: int = 200
    compiled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RationalAgentAccess:
    """Costs at the user equilibrium.

    Attributes
    ----------
    cost, shape (n_origins,)
        What the average person of each origin bears: crowding (1 is the mean of the region) plus
        travel over ``tau``; where nobody lives, what the first would. Infinite where no site with
        supply is in reach.
    load, shape (n_sites,)
        People who choose each site.
    rho
        Demand per supply at which crowding costs 1.
    gap
        The part of all cost that people could save by going where it is least, 0-1: 0 is the
        equilibrium.
    n_sweeps
        Passes over all origins.
    converged
        Whether the gap asked for was reached.
    demand_unreached
        People who have no site with supply in reach; they are in no load.
    """

    cost: Vector
    load: Vector
    rho: float
    gap: float
    n_sweeps: int
    converged: bool
    demand_unreached: float


def rational_agent_access(
    pairs: Pairs, agents: Agents, *, supply: ArrayLike, demand: ArrayLike
) -> RationalAgentAccess:
    """Return the equilibrium of ``cost_ij = load_j / (S_j rho) + t_ij / tau``.

    Parameters
    ----------
    pairs
        Who can choose what; a pair that is not listed is no choice.
    agents
        What they weigh.
    supply, shape (n_sites,)
        Capacity of each site, 0 or more; one without is no choice.
    demand, shape (n_origins,)
        People at each origin, 0 or more, divisible at will.

    Raises
    ------
    UsageError
        If shapes differ, a value is negative or missing, nothing is supplied or demanded and
        ``rho`` is not given, or ``agents`` makes no sense.
    """
    given = vector("supply", supply, size=pairs.n_sites)
    people = vector("demand", demand, size=pairs.n_origins)
    _refuse_senseless(agents)
    rho = agents.rho
    if rho is None:
        rho = positive_total("demand", people) / positive_total("supply", given)
    network = _open_sites(pairs, given, agents.tau)
    capacity = np.where(given > 0, given * rho, 1.0)
    found = _equilibrium(network, people, capacity, agents)
    flow, load, gap, n_sweeps = found
    cost, reached = _origin_cost(network, flow, load / capacity, people)
    return RationalAgentAccess(
        cost=cost,
        load=load,
        rho=rho,
        gap=gap,
        n_sweeps=n_sweeps,
        converged=gap <= agents.gap,
        demand_unreached=float(people[~reached].sum()),
    )


def _refuse_senseless(agents: Agents) -> None:
    numbers = {"tau": agents.tau, "gap": agents.gap, "max_sweeps": agents.max_sweeps}
    if agents.rho is not None:
        numbers["rho"] = agents.rho
    for name, value in numbers.items():
        if not 0 < value < np.inf:
            raise wrong(
                "agents_parameter",
                N_("{name} is {value}, expected a number above 0"),
                name=name,
                value=value,
            )


def _open_sites(pairs: Pairs, supply: Vector, tau: float) -> Network:
    some = supply[pairs.site] > 0
    count = np.bincount(pairs.origin[some], minlength=pairs.n_origins)
    starts = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return starts, pairs.site[some], pairs.cost[some] / tau


def _equilibrium(
    network: Network, people: Vector, capacity: Vector, agents: Agents
) -> tuple[Vector, Vector, float, int]:
    large = network[1].size >= PAIRS_WORTH_COMPILING
    sweep = sweep_for(compiled=large if agents.compiled is None else agents.compiled)
    flow, load = np.zeros(network[1].size), np.zeros(capacity.size)
    before, gap, n_sweeps = flow, np.inf, 0
    while gap > agents.gap and n_sweeps < agents.max_sweeps:
        if n_sweeps > 1:
            # Few still move, so they go around alone until all are asked again.
            restless = np.where(moved_origins(network, before, flow), people, 0.0)
            for _ in range(_ROUNDS_OF_THE_RESTLESS):
                sweep(network, restless, capacity, flow, load)
        before = flow.copy()
        sweep(network, people, capacity, flow, load)
        n_sweeps += 1
        # Summed afresh, so that rounding does not pile up.
        load = np.bincount(network[1], weights=flow, minlength=capacity.size).astype(np.float64)
        gap = relative_gap(network, flow, load, capacity)
    return flow, load, gap, n_sweeps


def _origin_cost(
    network: Network, flow: Vector, crowding: Vector, people: Vector
) -> tuple[Vector, Flags]:
    starts, site, travel = network
    price = crowding[site] + travel
    reached = np.diff(starts) > 0
    cost = np.full(people.size, np.inf)
    if reached.any():
        cost[reached] = np.minimum.reduceat(price, starts[:-1][reached])
        paid = np.add.reduceat(flow * price, starts[:-1][reached])
        lived_in = reached & (people > 0)
        cost[lived_in] = paid[people[reached] > 0] / people[lived_in]
    return cost, reached
