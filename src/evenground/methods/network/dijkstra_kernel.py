"""Dijkstra's search as loops over arrays, from many places at once and from each of many in turn.

A node's label is the position of the site that it is nearest to; of equally near ones the lowest,
so nodes are settled in order of cost, then of label. A cost is a sum from the site outwards, and
such sums never fall as they go on, so the least one hangs on no order of work: it is the same to
the last digit for any correct implementation.

Source: Dijkstra (1959), A note on two problems in connexion with graphs, Numerische Mathematik 1,
269-271; the heap of candidates as in Johnson (1977), Journal of the ACM 24, 1-13.

The loops below are plain Python, compiled with numba where it is present, with equal results.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from evenground.methods.network.street_network import Small
from evenground.methods.validation import Vector, Whole

Heap = tuple[Vector, Small, Small]
"""Cost, label and node of candidates; the least one first, none below its parent."""
State = tuple[Vector, Small, Small]
"""Cost and label of each node (infinite, and of no meaning, where not reached), and room for the
list of nodes reached."""
ArcArrays = tuple[Whole, Small, Vector]
"""Starts, node and cost of ``Arcs``."""


def push(heap: Heap, size: int, cost: float, label: int, node: int) -> None:
    """Add a candidate to a heap of ``size``, which then has one more."""
    costs, labels, nodes = heap
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if costs[up] < cost or (costs[up] == cost and labels[up] <= label):
            break
        costs[at], labels[at], nodes[at] = costs[up], labels[up], nodes[up]
        at = up
    costs[at], labels[at], nodes[at] = cost, label, node


def drop_least(heap: Heap, size: int) -> None:
    """Take the first candidate off a heap of ``size``, which then has one less."""
    costs, labels, nodes = heap
    last = size - 1
    cost, label, node = costs[last], labels[last], nodes[last]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= last:
            break
        other = down + 1
        if other < last and (
            costs[other] < costs[down]
            or (costs[other] == costs[down] and labels[other] < labels[down])
        ):
            down = other
        if cost < costs[down] or (cost == costs[down] and label <= labels[down]):
            break
        costs[at], labels[at], nodes[at] = costs[down], labels[down], nodes[down]
        at = down
    costs[at], labels[at], nodes[at] = cost, label, node


def offer_with(push: Any) -> Any:
    """Return the function that takes a candidate into ``state`` and heap if it is better."""

    def offer(
        candidate: tuple[float, int, int], state: State, heap: Heap, counts: tuple[int, int]
    ) -> tuple[int, int]:
        """Return how many candidates and how many nodes reached there are now."""
        cost, label, node = candidate
        size, n_reached = counts
        known = state[0][node]
        if cost < known or (cost == known and label < state[1][node]):
            if known == float("inf"):
                state[2][n_reached] = node
                n_reached += 1
            state[0][node], state[1][node] = cost, label
            push(heap, size, cost, label, node)
            size += 1
        return size, n_reached

    return offer


def search_with(drop_least: Any, offer: Any) -> Any:
    """Return the function that spreads out from seeds up to a limit."""

    def search(
        arcs: ArcArrays, seeds: tuple[Small, Vector, Small], limit: float, state: State, heap: Heap
    ) -> int:
        """Fill in ``state`` from seeds (node, cost, label); return how many nodes were reached.

        The heap has room for as many candidates as there are seeds and arcs.
        """
        starts, heads, lengths = arcs
        counts = (0, 0)
        for s in range(seeds[0].size):
            cost = seeds[1][s]
            if cost <= limit and cost < float("inf"):
                counts = offer((cost, seeds[2][s], seeds[0][s]), state, heap, counts)
        while counts[0] > 0:
            cost, label, node = heap[0][0], heap[1][0], heap[2][0]
            drop_least(heap, counts[0])
            counts = (counts[0] - 1, counts[1])
            if cost != state[0][node] or label != state[1][node]:
                continue  # a better candidate came later
            for a in range(starts[node], starts[node + 1]):
                total = cost + lengths[a]
                if total <= limit:
                    counts = offer((total, label, heads[a]), state, heap, counts)
        return counts[1]

    return search


def take(cost: float, target: int, limit: float, best: tuple[Vector, Small], n_hit: int) -> int:
    """Keep what a target costs if it is the least so far; return how many were hit."""
    if cost <= limit and cost < best[0][target]:
        if best[0][target] == float("inf"):
            best[1][n_hit] = target
            n_hit += 1
        best[0][target] = cost
    return n_hit


def hits_with(take: Any) -> Any:
    """Return the function that lists which targets lie at nodes reached."""

    def hits(
        reached: tuple[State, int],
        targets: tuple[Whole, Small, Vector],
        limit: float,
        best: tuple[Vector, Small],
    ) -> int:
        """Carry costs of nodes over to targets, and make the nodes anew."""
        (node_cost, _, nodes), n_reached = reached
        starts, target, left = targets
        n_hit = 0
        for r in range(n_reached):
            node = nodes[r]
            cost = node_cost[node]
            for t in range(starts[node], starts[node + 1]):
                n_hit = take(cost + left[t], target[t], limit, best, n_hit)
            node_cost[node] = float("inf")
        return n_hit

    return hits


def catchments_with(search: Any, take: Any, hits: Any) -> Any:
    """Return the function that lists what lies within a limit of each of many sources."""

    def catchments(
        arcs: ArcArrays,
        ends: tuple[tuple[Small, Vector], tuple[Whole, Small, Vector]],
        beside: tuple[Whole, Small, Vector],
        bounds: tuple[float, int],
        room: tuple[State, Heap, tuple[Vector, Small], tuple[Small, Small, Vector]],
    ) -> tuple[int, int]:
        """Fill the buffer from one source on; return the source to go on with, and its length.

        ``ends``: node and cost of both ends of each source; and, for each node, where its targets
        start, which they are and what is left to them. ``beside``: for each source, targets on its
        own edge and their cost. ``bounds``: the limit, and the source to begin with. ``room``:
        state, heap, cost of each target (infinite) with a list of those hit, and the buffer.
        """
        (source_node, source_cost), targets = ends
        limit, source = bounds
        state, heap, best, out = room
        zeros = source_node[0] * 0
        filled = 0
        while source < source_node.shape[0]:
            seeds = (source_node[source], source_cost[source], zeros)
            n_reached = search(arcs, seeds, limit, state, heap)
            n_hit = hits((state, n_reached), targets, limit, best)
            for t in range(beside[0][source], beside[0][source + 1]):
                n_hit = take(beside[2][t], beside[1][t], limit, best, n_hit)
            fits = filled + n_hit <= out[2].size
            for h in range(n_hit):
                target = best[1][h]
                if fits:
                    out[0][filled], out[1][filled], out[2][filled] = source, target, best[0][target]
                    filled += 1
                best[0][target] = float("inf")
            if not fits:
                break
            source += 1
        return source, filled

    return catchments


def plain_loops() -> Any:
    """Return ``search`` and ``catchments`` as they stand."""
    search = search_with(drop_least, offer_with(push))
    return SimpleNamespace(search=search, catchments=catchments_with(search, take, hits_with(take)))


@cache
def compiled_loops() -> Any:
    """Return ``search`` and ``catchments`` compiled; ``None`` without numba."""
    try:
        njit: Any = import_module("numba").njit  # an extra: the checker may not find it
    except ImportError:
        return None
    search = njit(
        search_with(
            njit(drop_least, inline="always"),
            njit(offer_with(njit(push, inline="always")), inline="always"),
        )
    )
    fast = njit(take)
    return SimpleNamespace(
        search=search, catchments=njit(catchments_with(search, fast, njit(hits_with(fast))))
    )
