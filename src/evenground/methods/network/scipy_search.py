"""Dijkstra's search by SciPy, with the results of ``dijkstra_kernel`` to the last digit.

Where places stand between crossings, a node of its own stands for each source, from which both ends
of its street are reached. SciPy searches from one source in the room of the whole network, so a
bounded search first finds what any of its sources reaches at all, and looks at no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from evenground.methods.network.places import Ends
from evenground.methods.network.street_network import Arcs, Positions
from evenground.methods.validation import Vector, Whole

_CELLS = 4_000_000
"""Costs held at once: sources of one round times nodes."""
_FEWEST = 32
"""Sources of one round at least: each costs a search of the whole network."""
Found = tuple[Positions, Positions, Vector]
"""Source, target and cost of pairs."""


def nearest_labels(
    arcs: Arcs, seeds: tuple[Positions, Vector, Positions], limit: float
) -> tuple[Vector, Whole]:
    """Return cost and label of each node, as ``search`` fills them in; -1 where not reached."""
    node, cost, label = seeds
    graph = _with_sources(arcs, [(node, cost)])
    found: Vector = np.asarray(dijkstra(graph, indices=len(arcs.starts) - 1, limit=limit))[:-1]
    # A label goes along arcs that lie on a shortest path; where several meet, the lowest stays.
    none = label.size and int(label.max()) + 1
    known = np.full(found.size, none, dtype=np.int64)
    tight = (cost == found[node]) & np.isfinite(cost)
    np.minimum.at(known, node[tight], label[tight])
    changed = np.unique(node[tight])
    while changed.size:
        width = arcs.starts[changed + 1] - arcs.starts[changed]
        tail = np.repeat(changed, width)
        at = np.arange(tail.size) + np.repeat(arcs.starts[changed] - _before(width), width)
        head = arcs.node[at]
        better = (found[tail] + arcs.cost[at] == found[head]) & (known[tail] < known[head])
        np.minimum.at(known, head[better], known[tail[better]])
        changed = np.unique(head[better])
    known[known == none] = -1
    return found, known


def catchment_pairs(arcs: Arcs, ends: tuple[Ends, Ends], limit: float) -> Iterator[Found]:
    """Yield what lies within a limit of each source, as ``catchments`` does; no pair twice.

    ``ends`` are those of sources and targets.
    """
    n_nodes = len(arcs.starts) - 1
    sources, targets = ends
    # Sources whose nodes are near in the table are mostly near on the ground.
    order = np.argsort(sources.node[:, 0], kind="stable")
    rows = max(_CELLS // n_nodes, _FEWEST)
    for first in range(0, order.size, rows):
        chosen = order[first : first + rows]
        yield from _round(arcs, Ends(node=sources.node[chosen], cost=sources.cost[chosen]),
                          targets, (limit, chosen))  # fmt: skip


def _round(
    arcs: Arcs, sources: Ends, targets: Ends, bounds: tuple[float, Whole]
) -> Iterator[Found]:
    """Yield the pairs of some sources, which ``bounds`` names beside the limit."""
    limit, name = bounds
    n_nodes = len(arcs.starts) - 1
    graph = _with_sources(arcs, [(sources.node.ravel(), sources.cost.ravel())])
    reached = np.asarray(dijkstra(graph, indices=n_nodes, limit=limit))[:-1]
    kept = np.flatnonzero(np.isfinite(reached))
    if not kept.size:
        return
    number = np.full(n_nodes, -1, dtype=np.int64)
    number[kept] = np.arange(kept.size)
    part: Any = graph[kept][:, kept]
    some = Arcs(starts=part.indptr.astype(np.int64), node=part.indices, cost=part.data)
    near = np.flatnonzero((number[targets.node] >= 0).any(axis=1))
    at, left = number[targets.node[near]], targets.cost[near]
    at, left = np.where(at < 0, 0, at), np.where(at < 0, np.inf, left)
    rows = max(_CELLS // max(kept.size, near.size), 1)
    for first in range(0, name.size, rows):
        block = slice(first, first + rows)
        own: list[tuple[Positions, Vector]] = [
            (number[node], cost)
            for node, cost in zip(sources.node[block], sources.cost[block], strict=True)
        ]
        indices = np.arange(len(own)) + kept.size
        cost = np.asarray(dijkstra(_with_sources(some, own), indices=indices, limit=limit))
        total = np.minimum(cost[:, at[:, 0]] + left[:, 0], cost[:, at[:, 1]] + left[:, 1])
        which, target = np.nonzero((total <= limit) & np.isfinite(total))
        yield name[block][which], near[target], total[which, target]


def _with_sources(arcs: Arcs, sources: list[tuple[Positions, Vector]]) -> sparse.csr_array:
    """Return the network with a node more for each source, from which its ends are reached."""
    open_ = [(node[np.isfinite(cost)], cost[np.isfinite(cost)]) for node, cost in sources]
    # A connection that costs 0 is a connection: entries are listed, and none is dropped.
    ends = np.cumsum([node.size for node, _ in open_]) + arcs.starts[-1]
    n_all = len(arcs.starts) - 1 + len(open_)
    return sparse.csr_array(
        (
            np.concatenate([arcs.cost, *(cost for _, cost in open_)]),
            np.concatenate([arcs.node, *(node for node, _ in open_)]).astype(np.int32),
            np.concatenate([arcs.starts, ends]).astype(np.int32),
        ),
        shape=(n_all, n_all),
    )


def _before(width: Whole) -> Whole:
    return np.cumsum(width) - width
