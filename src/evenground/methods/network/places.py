"""Places on a street network: the nearest spot along a street, and how to leave and arrive there.

A place is not moved to the nearest crossing: it stands at the nearest point of the nearest street,
and a search sets out from there to both ends of that street. What it takes to get from the place to
the street is a straight line and is part of every cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.network.street_network import BACKWARD, FORWARD, Small, StreetNetwork
from evenground.methods.validation import Vector, Whole, matrix, wrong

_AT_AN_END = 1e-6
"""Metres from an end that are the end: a projection is no closer, and a one-way starts there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPlaces:
    """Where places stand on the edges of a network.

    Attributes
    ----------
    edge, shape (n,)
        Position of the edge that each stands on; of equally near ones the first.
    along, shape (n,)
        What it takes from the start of the edge, in the unit of the network's lengths.
    off, shape (n,)
        What it takes to get to the edge, in the same unit, 0 or more.
    """

    edge: Whole
    along: Vector
    off: Vector

    @property
    def n(self) -> int:
        """How many places there are."""
        return self.edge.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What it takes between places and both ends of the edges they stand on.

    Attributes
    ----------
    node, shape (n, 2)
        Start and end of each edge.
    cost, shape (n, 2)
        With what it takes to get to the edge; infinite where a one-way forbids it.
    """

    node: Small
    cost: Vector


def places_on_network(network: StreetNetwork, xy: ArrayLike) -> NetworkPlaces:
    """Return the point of a network that is nearest to each place.

    Parameters
    ----------
    network
        With lengths in metres.
    xy, shape (n, 2)
        Coordinates in the network's system.

    Raises
    ------
    UsageError
        If a coordinate is missing or the shape is another.
    """
    at = matrix("xy", xy, shape=(None, 2), least=-np.inf)
    lines = _straight(network) if network.lines is None else network.lines
    if not len(at):
        return NetworkPlaces(edge=np.empty(0, dtype=np.int64), along=np.empty(0), off=np.empty(0))
    points: NDArray[np.object_] = np.asarray(shapely.points(at), dtype=np.object_)
    # All equally near edges come back; the first of each place is kept.
    which, edges = shapely.STRtree(lines).query_nearest(points)
    order = np.lexsort((edges, which))
    edge = edges[order][np.unique(which[order], return_index=True)[1]].astype(np.int64)
    share = np.asarray(shapely.line_locate_point(lines[edge], points, normalized=True))
    length = network.length[edge]
    along = np.clip(share, 0.0, 1.0) * length
    along = np.where(along < _AT_AN_END, 0.0, along)
    along = np.where(length - along < _AT_AN_END, length, along)
    off = np.asarray(shapely.distance(lines[edge], points), dtype=np.float64)
    return NetworkPlaces(edge=edge, along=along, off=off)


def places_at_nodes(network: StreetNetwork, nodes: ArrayLike) -> NetworkPlaces:
    """Return places that are nodes.

    Parameters
    ----------
    nodes, shape (n,)
        Positions of nodes, each with an edge.

    Raises
    ------
    UsageError
        If a node has no edge, or is none.
    """
    at = np.asarray(nodes)
    edge_at = np.full(network.n_nodes, -1, dtype=np.int64)
    each = np.arange(network.n_edges)
    # The first edge of each node: later entries are overwritten by earlier ones.
    edge_at[network.end[::-1]] = each[::-1]
    edge_at[network.start[::-1]] = each[::-1]
    known = (at >= 0) & (at < network.n_nodes)
    edge = np.where(known, edge_at[np.where(known, at, 0)], -1)
    if (edge < 0).any():
        first = int(np.flatnonzero(edge < 0)[0])
        raise wrong(
            "node_without_street",
            N_("nodes[{index}] is {found}: no node, or one without an edge; {n} such nodes"),
            index=first,
            found=int(at[first]),
            n=int((edge < 0).sum()),
        )
    along = np.where(network.start[edge] == at, 0.0, network.length[edge])
    return NetworkPlaces(edge=edge, along=along, off=np.zeros(at.size))


def leaving(network: StreetNetwork, places: NetworkPlaces) -> Ends:
    """Return what it takes from places to the ends of their edges."""
    return _ends(network, places, closed=(FORWARD, BACKWARD))


def arriving(network: StreetNetwork, places: NetworkPlaces) -> Ends:
    """Return what it takes from the ends of their edges to places."""
    return _ends(network, places, closed=(BACKWARD, FORWARD))


def _ends(network: StreetNetwork, places: NetworkPlaces, *, closed: tuple[int, int]) -> Ends:
    edge = places.edge
    way = network.way[edge][:, None]
    left = np.column_stack([places.along, network.length[edge] - places.along])
    # Who stands at an end is there already, whichever way the street goes.
    shut = (way == np.array(closed)) & (left > 0)
    return Ends(
        node=np.column_stack([network.start[edge], network.end[edge]]),
        cost=np.where(shut, np.inf, left + places.off[:, None]),
    )


def _straight(network: StreetNetwork) -> NDArray[np.object_]:
    ends = np.stack([network.xy[network.start], network.xy[network.end]], axis=1)
    return np.asarray(shapely.linestrings(ends), dtype=np.object_)
