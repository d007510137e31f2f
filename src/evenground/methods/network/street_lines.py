"""From street lines to a network: ends that meet become nodes, by nearness or by name.

Lines join where their ends lie within a tolerance of each other, in chains (single linkage), so the
result hangs neither on the order of lines nor on a grid. Lines that cross without a shared end stay
apart: one may be a bridge. The convention that nodes are ends and crossings of ways, and that
geometry between them is kept for lengths, is that of Boeing (2017), OSMnx, Computers, Environment
and Urban Systems 65, 126-139.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from evenground.language import N_
from evenground.methods.network.street_network import StreetNetwork, edge_ways
from evenground.methods.validation import Flags, Vector, Whole, wrong

_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetEnds:
    """Lines of one part each that have a length, and where they end.

    Attributes
    ----------
    lines, shape (n_edges,)
        Line strings in two dimensions.
    source, shape (n_edges,)
        Position of the line given that each is, or is a part of.
    xy, shape (2 n_edges, 2)
        Start of the first, end of the first, start of the second …
    n_without_length
        Parts left out, missing and empty lines included: they lead nowhere.
    n_given
        Lines given.
    """

    lines: NDArray[np.object_]
    source: Whole
    xy: Vector
    n_without_length: int
    n_given: int


def street_ends(lines: ArrayLike) -> StreetEnds:
    """Return the parts of lines and their ends.

    Parameters
    ----------
    lines, shape (n,)
        Line strings or multi line strings, in a projected system in metres; may be missing.

    Raises
    ------
    UsageError
        If one is no line, or none has a length.
    """
    given: NDArray[np.object_] = np.asarray(lines, dtype=np.object_)
    flat: Any = shapely.force_2d(given)
    parts, source = shapely.get_parts(flat, return_index=True)
    others = ~np.isin(shapely.get_type_id(parts), _LINES)
    if others.any():
        raise wrong(
            "street_no_line",
            N_("lines[{index}] is a {kind}, expected a line; {n} such shapes"),
            index=int(source[others][0]),
            kind=str(parts[others][0].geom_type),
            n=int(others.sum()),
        )
    long = shapely.length(parts) > 0
    if not long.any():
        raise wrong("no_streets", N_("there are {n} streets with a length"), n=0)
    n_gone = int((~long).sum()) + given.size - np.unique(source).size
    parts, source = parts[long], source[long]
    ends = np.stack([shapely.get_point(parts, 0), shapely.get_point(parts, -1)], axis=1).ravel()
    return StreetEnds(
        lines=parts,
        source=source.astype(np.int64),
        xy=shapely.get_coordinates(ends),
        n_without_length=n_gone,
        n_given=given.size,
    )


def network_from_lines(
    lines: ArrayLike, *, tolerance: float, way: ArrayLike | None = None
) -> StreetNetwork:
    """Return the network of lines whose ends lie within a tolerance of each other.

    Parameters
    ----------
    lines, shape (n,)
        Line strings or multi line strings (each part an edge), in a projected system in metres.
        Parts without a length are left out.
    tolerance
        Metres, 0 or more: 0 joins ends at the very same place only. It closes gaps; lengths stay
        those of the lines.
    way, shape (n,)
        ``BOTH``, ``FORWARD`` or ``BACKWARD``, along each line; by default both, as on foot.

    Raises
    ------
    UsageError
        If one is no line, none has a length, or the tolerance is negative.
    """
    if not 0 <= tolerance < np.inf:
        raise wrong(
            "snap_tolerance",
            N_("tolerance is {tolerance}, expected a number of metres from 0"),
            tolerance=tolerance,
        )
    ends = street_ends(lines)
    return network_of_ends(ends, end_clusters(ends.xy, tolerance), way=way)


def network_from_named_ends(
    lines: ArrayLike, names: tuple[Sequence[str], Sequence[str]], *, way: ArrayLike | None = None
) -> StreetNetwork:
    """Return the network of lines whose ends have names: equal names are one node.

    Parameters
    ----------
    lines, shape (n,)
        Line strings or multi line strings, each part an edge.
    names, two sequences of length n
        Where each line starts and ends. Ends with an empty name, and ends between the parts of a
        line, are joined to what lies at the very same place.
    way, shape (n,)
        As ``network_from_lines`` takes it.

    Raises
    ------
    UsageError
        As ``network_from_lines`` does.
    """
    ends = street_ends(lines)
    place = end_clusters(ends.xy, 0.0).tolist()
    outer = _outer_ends(ends.source).tolist()
    keys = [
        names[at % 2][line] if outer[at] else ""
        for at, line in enumerate(np.repeat(ends.source, 2).tolist())
    ]
    named_at: dict[int, str] = {}
    for spot, key in zip(place, keys, strict=True):
        if key:
            named_at.setdefault(spot, key)
    known: dict[tuple[str, int], int] = {}
    cluster = np.empty(len(keys), dtype=np.int64)
    for at, (spot, key) in enumerate(zip(place, keys, strict=True)):
        name = key or named_at.get(spot, "")
        cluster[at] = known.setdefault((name, -1 if name else spot), len(known))
    return network_of_ends(ends, cluster, way=way)


def _outer_ends(source: Whole) -> Flags:
    """Return which ends are the start of a line's first part, or the end of its last."""
    new = np.append(np.diff(source) != 0, values=True)
    return np.column_stack([np.roll(new, 1), new]).ravel()


def network_of_ends(ends: StreetEnds, cluster: Whole, *, way: ArrayLike | None) -> StreetNetwork:
    """Return the network in which the ends of one cluster are one node, at its first end."""
    first = np.unique(cluster, return_index=True)[1]
    ways = edge_ways(way, ends.n_given)
    return StreetNetwork(
        xy=ends.xy[first],
        start=cluster[0::2].astype(np.int32),
        end=cluster[1::2].astype(np.int32),
        length=np.asarray(shapely.length(ends.lines), dtype=np.float64),
        way=ways[ends.source],
        lines=ends.lines,
        source=ends.source,
    )


def end_clusters(xy: Vector, tolerance: float) -> Whole:
    """Return which ends are one node: those in a chain of steps no longer than the tolerance.

    Parameters
    ----------
    xy, shape (n, 2)
        Where lines end.
    tolerance
        Metres; a step of exactly this length is one.

    Returns
    -------
    shape (n,)
        Nodes from 0, in the order in which they first occur.
    """
    spots, spot_of = np.unique(xy, axis=0, return_inverse=True)
    label = np.arange(len(spots))
    if tolerance > 0 and len(spots) > 1:
        near = KDTree(spots).query_pairs(tolerance, output_type="ndarray")
        joined = sparse.coo_array((np.ones(len(near)), near.T), shape=(len(spots),) * 2)
        label = np.asarray(connected_components(joined, directed=False)[1])
    found = label[spot_of.ravel()]
    _, first, back = np.unique(found, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[back].astype(np.int64)
