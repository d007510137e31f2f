"""A street network as arrays: nodes, edges between them with a length, and the way they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.accessibility.pairs import counting_order
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong

BOTH, FORWARD, BACKWARD = 0, 1, -1
"""Ways along an edge: as it likes, from start to end only, from end to start only."""
Ways = NDArray[np.int8]
Small = NDArray[np.int32]
Positions = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """Directed connections, sorted by the node that they leave (compressed sparse rows).

    Attributes
    ----------
    starts, shape (n_nodes + 1,)
        Where the arcs of each node start; the last entry ends all.
    node, shape (n_arcs,)
        Where each arc leads.
    cost, shape (n_arcs,)
        In the unit of the network's lengths.
    """

    starts: Whole
    node: Small
    cost: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetNetwork:
    """Nodes and the edges between them; several edges may join the same two nodes.

    Attributes
    ----------
    xy, shape (n_nodes, 2)
        Coordinates in a projected system in metres.
    start, end, shape (n_edges,)
        Nodes, 0 to ``n_nodes`` - 1; the same for a street that returns to where it began.
    length, shape (n_edges,)
        Above 0; metres, or minutes if searches are to cost time.
    way, shape (n_edges,)
        ``BOTH``, ``FORWARD`` or ``BACKWARD``.
    lines, shape (n_edges,)
        Shapes from start to end; ``None`` where edges are straight.
    source, shape (n_edges,)
        Position of the line given that each edge is, or is a part of.
    unit
        Of lengths, and so of costs: "m", "min" …; places off the streets need metres.
    """

    xy: Vector
    start: Small
    end: Small
    length: Vector
    way: Ways
    lines: NDArray[np.object_] | None
    source: Whole
    unit: str = "m"

    @property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return len(self.xy)

    @property
    def n_edges(self) -> int:
        """How many edges there are."""
        return self.length.size

    def arcs(self, *, reverse: bool = False) -> Arcs:
        """Return the directed connections; in reverse, those that lead to where one came from."""
        allowed = (self.way != BACKWARD, self.way != FORWARD)
        ahead, back = allowed[::-1] if reverse else allowed
        leaves = np.concatenate([self.start[ahead], self.end[back]])
        reaches = np.concatenate([self.end[ahead], self.start[back]])
        costs = np.concatenate([self.length[ahead], self.length[back]])
        order = counting_order(leaves, self.n_nodes)
        count = np.bincount(leaves, minlength=self.n_nodes)
        starts = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        return Arcs(starts=starts, node=reaches[order], cost=costs[order])


def network_from_tables(
    nodes: ArrayLike,
    edges: tuple[ArrayLike, ArrayLike],
    *,
    length: ArrayLike | None = None,
    way: ArrayLike | None = None,
) -> StreetNetwork:
    """Return the network of a table of nodes and a table of edges.

    Parameters
    ----------
    nodes, shape (n_nodes, 2)
        Coordinates in a projected system in metres.
    edges, two arrays of shape (n_edges,)
        Positions of the nodes where each edge starts and ends.
    length, shape (n_edges,)
        Above 0, in the unit in which searches are to cost; by default the straight line.
    way, shape (n_edges,)
        ``BOTH``, ``FORWARD`` or ``BACKWARD``; by default both ways, as on foot.

    Raises
    ------
    UsageError
        If a coordinate or a length is missing, a position is no node, a length is not above 0, or
        there is no edge.
    """
    xy = matrix("nodes", nodes, shape=(None, 2), least=-np.inf)
    start = _nodes("start", edges[0], len(xy))
    end = _nodes("end", edges[1], len(xy), size=start.size)
    apart: Vector = np.hypot(*(xy[end] - xy[start]).T)
    return StreetNetwork(
        xy=xy,
        start=start,
        end=end,
        length=edge_lengths(apart if length is None else length, start.size),
        way=edge_ways(way, start.size),
        lines=None,
        source=np.arange(start.size),
    )


def edge_lengths(length: ArrayLike, n_edges: int) -> Vector:
    """Return lengths of so many edges.

    Raises
    ------
    UsageError
        If there is no edge, or a length is missing or not above 0.
    """
    metres = vector("length", length, size=n_edges)
    if not n_edges:
        raise wrong("no_streets", N_("there are {n} streets with a length"), n=0)
    if not (metres > 0).all():
        at = np.flatnonzero(metres <= 0)
        raise wrong(
            "street_without_length",
            N_("length[{index}] is 0, expected more; {n} such streets"),
            index=int(at[0]),
            n=at.size,
        )
    return metres


def edge_ways(way: ArrayLike | None, n_edges: int) -> Ways:
    """Return the ways of so many edges, both where nothing is given.

    Raises
    ------
    UsageError
        If one is neither ``BOTH``, ``FORWARD`` nor ``BACKWARD``, or their number is another.
    """
    if way is None:
        return np.full(n_edges, BOTH, dtype=np.int8)
    given: NDArray[Any] = np.asarray(way)
    if given.shape != (n_edges,) or not np.isin(given, (BOTH, FORWARD, BACKWARD)).all():
        raise wrong(
            "street_ways",
            N_("way has shape {shape}, expected {n} of 0 (both), 1 (forward) and -1 (backward)"),
            shape=given.shape,
            n=n_edges,
        )
    return given.astype(np.int8)


def _nodes(name: str, values: ArrayLike, n_nodes: int, *, size: int | None = None) -> Small:
    array: NDArray[Any] = np.asarray(values)
    fits = array.ndim == 1 and (size is None or array.size == size)
    whole = np.issubdtype(array.dtype, np.integer) or not array.size
    if not (fits and whole) or (array.size and not 0 <= array.min() <= array.max() < n_nodes):
        raise wrong(
            "network_nodes",
            N_("{name} has shape {shape} of {kind}, expected positions of {n} nodes for each edge"),
            name=name,
            shape=array.shape,
            kind=str(array.dtype),
            n=n_nodes,
        )
    return array.astype(np.int32)
