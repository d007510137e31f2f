"""Searches of a network by numba or SciPy, and what lies on the same street."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenground.methods.accessibility.pairs import counting_order
from evenground.methods.network.dijkstra_kernel import Heap, State, compiled_loops
from evenground.methods.network.places import Ends, NetworkPlaces
from evenground.methods.network.scipy_search import Found, catchment_pairs, nearest_labels
from evenground.methods.network.street_network import (
    BACKWARD,
    FORWARD,
    Arcs,
    Positions,
    StreetNetwork,
)
from evenground.methods.validation import Vector, Whole

WORTH_COMPILING = 100_000_000
"""Work below which SciPy is done before anything is compiled: sources times what each looks at."""
_LOOKED_AT = 100_000
"""Nodes and targets that a bounded search looks at, at most."""
_ONE_SEARCH = 20
"""A node in a search of the whole network is as much work as so many in SciPy's tables."""
_BUFFER = 1_000_000


def spread(
    arcs: Arcs, seeds: Ends, limit: float, *, compiled: bool | None
) -> tuple[Vector, Positions]:
    """Return what it costs to get to each node from the nearest seed, and which seed that is.

    Parameters
    ----------
    arcs
        Connections, in the direction of the search.
    seeds, n
        Where the search sets out from.
    limit
        Where it stops.
    compiled
        Whether numba or SciPy searches; ``None`` for what is faster.

    Returns
    -------
    two arrays of shape (n_nodes,)
        The cost is infinite, and the seed of no meaning, where a node is not reached.
    """
    n_nodes = len(arcs.starts) - 1
    label = np.repeat(np.arange(len(seeds.node), dtype=np.int32), 2)
    given = (seeds.node.ravel(), seeds.cost.ravel(), label)
    loops = _loops(_ONE_SEARCH * n_nodes, compiled=compiled)
    if loops is None:
        return nearest_labels(arcs, given, limit)
    state = _state(n_nodes)
    heap = _heap(arcs.cost.size + label.size)
    loops.search((arcs.starts, arcs.node, arcs.cost), given, limit, state, heap)
    return state[0], state[1]


def catchments(
    arcs: Arcs, ends: tuple[Ends, Ends], beside: Found, limit: float, *, compiled: bool | None
) -> Found:
    """Return source, target and cost of all pairs within a limit, in no order, none twice.

    Parameters
    ----------
    arcs
        Connections, in the direction of the search.
    ends
        Of sources and of targets.
    beside
        Pairs on the same edge, without a node between them.
    limit, compiled
        As ``spread`` takes them.
    """
    n_nodes, n_sources = len(arcs.starts) - 1, len(ends[0].node)
    each = min(n_nodes + len(ends[1].node), _LOOKED_AT)
    loops = _loops(n_sources * each, compiled=compiled)
    if loops is None:
        return _least_of([*catchment_pairs(arcs, ends, limit), _within(beside, limit)])
    sources, targets = ends
    n_targets = len(targets.node)
    left = targets.cost.ravel()
    by_node = counting_order(targets.node.ravel(), n_nodes)
    by_source = counting_order(beside[0], n_sources)
    given = (
        (sources.node, sources.cost),
        (_starts(targets.node.ravel(), n_nodes), (by_node // 2).astype(np.int32), left[by_node]),
    )
    near = (
        _starts(beside[0], n_sources), beside[1][by_source].astype(np.int32), beside[2][by_source],
    )  # fmt: skip
    room = max(_BUFFER, n_targets)
    buffer = (np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room))
    work = (np.full(n_targets, np.inf), np.empty(n_targets, np.int32))
    state, heap = _state(n_nodes), _heap(arcs.cost.size + 2)
    parts: list[Found] = []
    source = 0
    while source < n_sources:
        source, n = loops.catchments(
            (arcs.starts, arcs.node, arcs.cost), given, near, (limit, source),
            (state, heap, work, buffer),
        )  # fmt: skip
        parts.append((buffer[0][:n].copy(), buffer[1][:n].copy(), buffer[2][:n].copy()))
    return _joined(parts)


def on_one_edge(network: StreetNetwork, origins: NetworkPlaces, sites: NetworkPlaces) -> Found:
    """Return origin, site and cost of those that stand on one edge and may go along it."""
    order = np.argsort(sites.edge, kind="stable")
    ranked = sites.edge[order]
    first = np.searchsorted(ranked, origins.edge, side="left")
    count = np.searchsorted(ranked, origins.edge, side="right") - first
    origin = np.repeat(np.arange(origins.n), count)
    before = np.cumsum(count) - count
    site = order[np.arange(origin.size) + np.repeat(first - before, count)]
    ahead = sites.along[site] - origins.along[origin]
    way = network.way[origins.edge[origin]]
    shut = ((way == FORWARD) & (ahead < 0)) | ((way == BACKWARD) & (ahead > 0))
    cost = origins.off[origin] + np.abs(ahead) + sites.off[site]
    return origin[~shut], site[~shut], cost[~shut]


def _loops(work: int, *, compiled: bool | None) -> Any:
    large = work >= WORTH_COMPILING if compiled is None else compiled
    return compiled_loops() if large else None


def _state(n_nodes: int) -> State:
    cost = np.full(n_nodes, np.inf)
    return cost, np.zeros(n_nodes, np.int32), np.empty(n_nodes, np.int32)


def _heap(room: int) -> Heap:
    return np.empty(room), np.empty(room, np.int32), np.empty(room, np.int32)


def _starts(key: Positions, n_keys: int) -> Whole:
    return np.concatenate([[0], np.cumsum(np.bincount(key, minlength=n_keys))]).astype(np.int64)


def _within(found: Found, limit: float) -> Found:
    near = found[2] <= limit
    return found[0][near], found[1][near], found[2][near]


def _joined(parts: list[Found]) -> Found:
    sources, targets, costs = zip(*parts, strict=True) if parts else ((), (), ())
    none = np.empty(0, np.int64)
    return (
        np.concatenate([none, *sources]),
        np.concatenate([none, *targets]),
        np.concatenate([np.empty(0), *costs]),
    )


def _least_of(parts: list[Found]) -> Found:
    """Return pairs, of those listed more than once the cheapest."""
    source, target, cost = _joined(parts)
    order = np.lexsort((cost, target, source))
    source, target, cost = source[order], target[order], cost[order]
    new = np.append([True], (np.diff(source) != 0) | (np.diff(target) != 0))[: source.size]
    return source[new], target[new], cost[new]
