"""The nearest site along streets, and every site within a limit: pairs for all other methods.

A search stops at the limit and starts from the side with fewer places: from sites it runs against
one-ways. numba carries it out where it is installed and pays, SciPy otherwise, with equal results
to the last digit. Which side it starts from may change the last digits of a cost, as the same
lengths are added up in another order.

Source: Dijkstra (1959), A note on two problems in connexion with graphs, Numerische Mathematik 1,
269-271.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs, pairs_from_costs
from evenground.methods.network.places import NetworkPlaces, arriving, leaving
from evenground.methods.network.searching import catchments, on_one_edge, spread
from evenground.methods.network.street_network import StreetNetwork
from evenground.methods.validation import Vector, Whole, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNearest:
    """The nearest site of every origin along streets.

    Attributes
    ----------
    cost, shape (n_origins,)
        In the network's unit; infinite where no site can be reached within the limit.
    site, shape (n_origins,)
        Its position, -1 where there is none; of equally near ones the first.
    """

    cost: Vector
    site: Whole


def nearest_on_network(
    network: StreetNetwork,
    origins: NetworkPlaces,
    *,
    sites: NetworkPlaces,
    limit: float = np.inf,
    compiled: bool | None = None,
) -> NetworkNearest:
    """Return the nearest site of every origin.

    Parameters
    ----------
    network
        Streets.
    origins, sites
        Where people set out and where they want to get, on that network.
    limit
        How far they go, in the network's unit, above 0; infinite for as far as streets lead.
    compiled
        Whether numba or SciPy searches; ``None`` for what is faster. The result is the same.

    Raises
    ------
    UsageError
        If ``limit`` is not above 0.
    """
    _refuse_no_limit(limit)
    # From all sites at once, against the ways that people go.
    arcs, seeds = network.arcs(reverse=True), arriving(network, sites)
    cost, label = spread(arcs, seeds, limit, compiled=compiled)
    start = leaving(network, origins)
    best, site = cost[start.node[:, 0]] + start.cost[:, 0], label[start.node[:, 0]]
    other, named = cost[start.node[:, 1]] + start.cost[:, 1], label[start.node[:, 1]]
    second = (other < best) | ((other == best) & (named < site))
    best, site = np.where(second, other, best), np.where(second, named, site)
    origin, near, direct = on_one_edge(network, origins, sites)
    if origin.size:
        order = np.lexsort((near, direct, origin))
        order = order[np.unique(origin[order], return_index=True)[1]]
        at, to, least = origin[order], near[order], direct[order]
        better = (least < best[at]) | ((least == best[at]) & (to < site[at]))
        best[at[better]], site[at[better]] = least[better], to[better]
    known = np.isfinite(best) & (best <= limit)
    return NetworkNearest(
        cost=np.where(known, best, np.inf), site=np.where(known, site, -1).astype(np.int64)
    )


def network_pairs(
    network: StreetNetwork,
    origins: NetworkPlaces,
    *,
    sites: NetworkPlaces,
    limit: float,
    compiled: bool | None = None,
) -> Pairs:
    """Return all pairs of an origin and a site no farther apart than ``limit`` along streets.

    Parameters
    ----------
    network
        Streets.
    origins, sites
        Where people set out and where they want to get, on that network.
    limit
        In the network's unit, above 0, getting to the street included; infinite for all that
        streets connect.
    compiled
        Whether numba or SciPy searches; ``None`` for what is faster. The result is the same.

    Raises
    ------
    UsageError
        If ``limit`` is not above 0.
    """
    _refuse_no_limit(limit)
    shape = (origins.n, sites.n)
    by_site = sites.n <= origins.n
    start, goal = leaving(network, origins), arriving(network, sites)
    ends = (goal, start) if by_site else (start, goal)
    arcs = network.arcs(reverse=by_site)
    beside = on_one_edge(network, origins, sites)
    beside = beside if not by_site else (beside[1], beside[0], beside[2])
    source, target, cost = catchments(arcs, ends, beside, limit, compiled=compiled)
    pairs = (target, source) if by_site else (source, target)
    return pairs_from_costs(pairs, cost, shape=shape, limit=limit, unit=network.unit)


def _refuse_no_limit(limit: float) -> None:
    if not limit > 0:
        raise wrong("pair_limit", N_("limit is {limit}, expected a number above 0"), limit=limit)
