"""How well a street network hangs together: components, dead ends, length.

A table of street lines always has defects: an end drawn a metre short of the crossing, a bridge
without its ramps. They show as parts that cannot be reached from the rest, so their number and size
are said beside every result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from evenground.methods.network.street_network import BOTH, StreetNetwork
from evenground.methods.validation import Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts:
    """What a network is made of.

    Attributes
    ----------
    n_nodes, n_edges
        How many there are.
    length
        Of all edges together, in the unit of their lengths.
    n_components
        Parts without a connection between them, one-ways taken as open both ways.
    nodes_in_largest, length_share_in_largest
        Nodes of the largest part, and its share of all length, 0-1.
    n_hanging_ends
        Ends of edges that meet no other: dead ends, and gaps in the data.
    n_one_way
        Edges open one way only.
    """

    n_nodes: int
    n_edges: int
    length: float
    n_components: int
    nodes_in_largest: int
    length_share_in_largest: float
    n_hanging_ends: int
    n_one_way: int


def components(network: StreetNetwork) -> Whole:
    """Return the component of each node, shape (n_nodes,): 0 has the most nodes, and so on.

    Of components of one size, the one with the first node comes first.
    """
    ones = np.ones(network.n_edges, dtype=np.int8)
    shape = (network.n_nodes,) * 2
    joined = sparse.coo_array((ones, (network.start, network.end)), shape=shape)
    label = np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)
    _, first, size = np.unique(label, return_index=True, return_counts=True)
    order = np.lexsort((first, -size))
    return np.argsort(order)[label]


def network_facts(network: StreetNetwork) -> NetworkFacts:
    """Return what a network is made of, and how well it hangs together."""
    label = components(network)
    within = label[network.start] == 0
    total = float(network.length.sum())
    degree = np.bincount(network.start, minlength=network.n_nodes)
    degree += np.bincount(network.end, minlength=network.n_nodes)
    return NetworkFacts(
        n_nodes=network.n_nodes,
        n_edges=network.n_edges,
        length=total,
        n_components=int(label.max()) + 1,
        nodes_in_largest=int((label == 0).sum()),
        length_share_in_largest=float(network.length[within].sum()) / total,
        n_hanging_ends=int((degree == 1).sum()),
        n_one_way=int((network.way != BOTH).sum()),
    )
