"""How broken up the served area is: islands with a service in a sea without.

Source: effective mesh size, Jaeger (2000), Landscape division, splitting index, and effective mesh
size: new measures of landscape fragmentation, Landscape Ecology 15, 115-130, here in people
instead of hectares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import KDTree

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, matrix, vector, wrong

_N_NEAREST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchMap:
    """Areas on the map.

    Attributes
    ----------
    people, shape (n_areas,)
        An area without people belongs to no patch and joins none.
    borders, shape (n_borders, 2)
        Pairs of areas that touch, each once.
    centroids, shape (n_areas, 2)
        Metres, in a projected system; where an area's people are best thought to be.
    small
        A patch with fewer people than this is small.
    """

    people: Vector
    borders: Whole
    centroids: Vector
    small: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Archipelago:
    """How broken up the served area is.

    Attributes
    ----------
    n_patches
        Pieces of served areas that hang together.
    largest_share
        The share of served people who live in the largest, 0-1.
    island_share
        The share of served people who live in the others, 0-1.
    small_share
        The share of served people who live in small ones, 0-1.
    effective_mesh_people
        ``Σ p² / Σ p`` over patches: how many people live in the patch of somebody served, on
        average. ``coherence`` is that as a share of the people served: the chance that two of them
        live in the same patch, 0-1.
    coherence
        As above.
    distance_metres
        From the centroid of an unserved area to that of the nearest served one, averaged over
        unserved people.
    people_served, people_unserved
        People.

    Shares and mesh are missing if nobody is served, the distance also if everybody is.
    """

    n_patches: int
    largest_share: float
    island_share: float
    small_share: float
    effective_mesh_people: float
    coherence: float
    distance_metres: float
    people_served: float
    people_unserved: float


def patch_map(
    people: ArrayLike, borders: ArrayLike, *, centroids: ArrayLike, small: float
) -> PatchMap:
    """Return a checked map; borders in any order, repeated or not.

    Raises
    ------
    UsageError
        If people are negative or missing, a border names an area that is not there, a centroid is
        missing, or ``small`` is negative.
    """
    living = vector("people", people)
    pairs = np.asarray(borders, dtype=np.int64).reshape(-1, 2)
    if pairs.size and not 0 <= pairs.min() <= pairs.max() < living.size:
        raise wrong(
            "adjacency_range",
            N_("adjacency names areas {first} to {last}, but there are {n_areas}, from 0"),
            first=int(pairs.min()),
            last=int(pairs.max()),
            n_areas=living.size,
        )
    pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    if not small >= 0:
        raise wrong("small_patch", N_("small is {small}, not 0 or more"), small=small)
    return PatchMap(
        people=living,
        borders=np.unique(pairs, axis=0),
        centroids=matrix("centroids", centroids, shape=(living.size, 2), least=-np.inf),
        small=small,
    )


def archipelago(served: ArrayLike, on: PatchMap) -> Archipelago:
    """Return how broken up the served area is.

    Parameters
    ----------
    served, shape (n_areas,)
        Whether an area is served.
    on
        People, borders and centroids of areas.

    Raises
    ------
    UsageError
        If flags are not flags, or more or fewer than areas.
    """
    flags = checked_served(served, on)
    found = archipelago_rows(flags[None, :], on)
    values = {name: float(row[0]) for name, row in found.items()}
    people = float(on.people[flags].sum())
    return Archipelago(
        n_patches=int(values.pop("n_patches")),
        people_served=people,
        people_unserved=float(on.people.sum()) - people,
        **values,
    )


def checked_served(served: ArrayLike, on: PatchMap) -> Flags:
    """Return which areas are served; those without people never are.

    Raises
    ------
    UsageError
        As ``archipelago``.
    """
    flags = np.asarray(served)
    if flags.shape != on.people.shape or flags.dtype != np.bool_:
        raise wrong(
            "flags",
            N_("{name} has shape {shape} of {kind}, expected {n} times yes or no"),
            name="served",
            shape=flags.shape,
            kind=str(flags.dtype),
            n=on.people.size,
        )
    return flags & (on.people > 0)


def archipelago_rows(served: Flags, on: PatchMap) -> dict[str, Vector]:
    """Return the measures of many maps at once.

    Parameters
    ----------
    served, shape (n_rows, n_areas)
        Whether an area is served, in each map; none without people.
    on
        People, borders and centroids of areas.

    Returns
    -------
    dict
        By the names that ``Archipelago`` gives them, arrays of shape (n_rows,).
    """
    n_rows = len(served)
    row, people = _patches(served, on)
    total = _sums(row, people, n_rows)
    squares = _sums(row, people**2, n_rows)
    small = _sums(row, people * (people < on.small), n_rows)
    largest = np.zeros(n_rows)
    np.maximum.at(largest, row, people)
    share = _over(largest, total)
    mesh = _over(squares, total)
    return {
        "n_patches": _sums(row, np.ones_like(people), n_rows),
        "largest_share": share,
        "island_share": 1.0 - share,
        "small_share": _over(small, total),
        "effective_mesh_people": mesh,
        "coherence": _over(mesh, total),
        "distance_metres": _distances(served, on),
    }


def _patches(served: Flags, on: PatchMap) -> tuple[Whole, Vector]:
    """Return the map and the people of each patch of each map, each of shape (n_patches,)."""
    n_rows, n_areas = served.shape
    one, other = on.borders.T
    at, border = np.nonzero(served[:, one] & served[:, other])
    size = n_rows * n_areas
    joined = sparse.csr_array(
        (
            np.ones(at.size, dtype=np.int8),
            (at * n_areas + one[border], at * n_areas + other[border]),
        ),
        shape=(size, size),
    )
    n_patches, patch = csgraph.connected_components(joined, directed=False)
    everywhere = np.flatnonzero(served.ravel())
    people = _sums(patch[everywhere], on.people[everywhere % n_areas], n_patches)
    row = np.zeros(n_patches, dtype=np.int64)
    row[patch[everywhere]] = everywhere // n_areas
    lived_in = people > 0
    return row[lived_in], people[lived_in]


def _distances(served: Flags, on: PatchMap) -> Vector:
    """Return the mean distance of unserved people to the nearest served centroid, (n_rows,)."""
    n = min(_N_NEAREST, on.people.size)
    tree = KDTree(on.centroids)
    apart, near = (np.asarray(part).reshape(-1, n) for part in tree.query(on.centroids, k=n))
    result = np.full(len(served), np.nan)
    for row, flags in enumerate(served):
        asking = np.flatnonzero(~flags & (on.people > 0))
        if not asking.size or not flags.any():
            continue
        hit = flags[near[asking]]
        first = hit.argmax(axis=1)
        metres = apart[asking, first]
        far = ~hit.any(axis=1)
        if far.any():
            metres[far] = KDTree(on.centroids[flags]).query(on.centroids[asking[far]])[0]
        people = on.people[asking]
        result[row] = people @ metres / people.sum()
    return result


def _sums(at: Whole, values: Vector, n: int) -> Vector:
    return np.bincount(at, values, n).astype(np.float64)


def _over(above: Vector, below: Vector) -> Vector:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
