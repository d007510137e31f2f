"""Which places can be reached from which origins, and at what cost: the input of every method here.

A straight line today and a network or a timetable tomorrow give the same thing: pairs of an origin
and a site with a cost. Pairs beyond a limit are left out, so nothing ever holds all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.spatial import KDTree

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of an origin and a site within a limit, sorted by origin, then by site.

    Attributes
    ----------
    origin, site, shape (n_pairs,)
        Positions, 0 to ``n_origins`` - 1 and 0 to ``n_sites`` - 1; no pair twice.
    cost, shape (n_pairs,)
        What getting there costs, in ``unit``, 0 to ``limit``.
    n_origins, n_sites
        How many there are, those without a pair included.
    limit
        Every pair that costs no more is listed; infinite if none was left out.
    unit
        Of ``cost`` and ``limit``: "m", "min" ….
    """

    origin: Whole
    site: Whole
    cost: Vector
    n_origins: int
    n_sites: int
    limit: float
    unit: str

    @property
    def n_pairs(self) -> int:
        """How many pairs there are."""
        return self.cost.size

    @property
    def starts(self) -> Whole:
        """Where the pairs of each origin start, shape (n_origins + 1,); the last entry ends all."""
        count = np.bincount(self.origin, minlength=self.n_origins)
        return np.concatenate([[0], np.cumsum(count)]).astype(np.int64)

    def within(self, threshold: float) -> Pairs:
        """Return the pairs that cost no more than ``threshold``.

        Raises
        ------
        UsageError
            If ``threshold`` is above ``limit``: what lies between was never listed.
        """
        reached_by(self, threshold)
        near = self.cost <= threshold
        return Pairs(
            origin=self.origin[near],
            site=self.site[near],
            cost=self.cost[near],
            n_origins=self.n_origins,
            n_sites=self.n_sites,
            limit=float(threshold),
            unit=self.unit,
        )


def straight_line_pairs(origins: ArrayLike, sites: ArrayLike, *, limit: float) -> Pairs:
    """Return all pairs of an origin and a site no farther apart than ``limit``.

    Parameters
    ----------
    origins, shape (n_origins, 2)
        Coordinates in a projected system in metres, such as people's points.
    sites, shape (n_sites, 2)
        Coordinates in the same system.
    limit
        Metres, above 0; a pair at exactly this distance is in.

    Raises
    ------
    UsageError
        If a coordinate is missing, a shape is another, or ``limit`` is not above 0.
    """
    start = matrix("origins", origins, shape=(None, 2), least=-np.inf)
    goal = matrix("sites", sites, shape=(None, 2), least=-np.inf)
    if not 0 < limit < np.inf:
        raise wrong("pair_limit", N_("limit is {limit}, expected a number above 0"), limit=limit)
    if start.size == 0 or goal.size == 0:
        found = np.empty(0, dtype=[("i", np.intp), ("j", np.intp), ("v", np.float64)])
    else:
        near = KDTree(start).sparse_distance_matrix(KDTree(goal), limit, output_type="ndarray")
        found = np.asarray(near)
    shape = (len(start), len(goal))
    return _sorted_pairs(found["i"], found["j"], found["v"], shape=shape, measure=(limit, "m"))


def pairs_from_costs(
    pairs: tuple[ArrayLike, ArrayLike],
    cost: ArrayLike,
    *,
    shape: tuple[int, int],
    limit: float = np.inf,
    unit: str = "min",
) -> Pairs:
    """Return pairs whose costs were worked out elsewhere, such as a matrix of travel times.

    Parameters
    ----------
    pairs, two arrays of shape (n,)
        Position of the origin and position of the site of each pair, in any order.
    cost, shape (n,)
        In ``unit``, 0 or more; a pair that nobody can travel is not listed.
    shape
        ``(n_origins, n_sites)``.
    limit
        Pairs that cost more are left out; the pairs given hold all that cost no more.
    unit
        "min", "m" ….

    Raises
    ------
    UsageError
        If a cost is negative or missing, a position is outside ``shape``, or a pair is listed
        twice.
    """
    price = vector("cost", cost)
    origin = _positions("origin", pairs[0], size=price.size, below=shape[0])
    site = _positions("site", pairs[1], size=price.size, below=shape[1])
    if not limit > 0:
        raise wrong("pair_limit", N_("limit is {limit}, expected a number above 0"), limit=limit)
    near = price <= limit
    if not near.all():
        origin, site, price = origin[near], site[near], price[near]
    made = _sorted_pairs(origin, site, price, shape=shape, measure=(limit, unit))
    twice = (np.diff(made.origin) == 0) & (np.diff(made.site) == 0)
    if twice.any():
        at = int(np.flatnonzero(twice)[0])
        raise wrong(
            "pair_twice",
            N_("origin {origin} and site {site} are paired more than once; {n} such pairs"),
            origin=int(made.origin[at]),
            site=int(made.site[at]),
            n=int(twice.sum()),
        )
    return made


def reached_by(pairs: Pairs, threshold: float) -> float:
    """Return ``threshold`` if the pairs hold all that costs no more.

    Raises
    ------
    UsageError
        If they do not.
    """
    if not threshold <= pairs.limit:
        raise wrong(
            "pairs_end_early",
            N_("pairs are listed up to {limit} {unit}, and {threshold} {unit} are asked for"),
            limit=pairs.limit,
            threshold=threshold,
            unit=pairs.unit,
        )
    return float(threshold)


def _sorted_pairs(
    origin: Whole,
    site: Whole,
    cost: Vector,
    *,
    shape: tuple[int, int],
    measure: tuple[float, str],
) -> Pairs:
    # A counting sort by site and then by origin; costs of 0 stay, as nothing is added up.
    order = counting_order(site, shape[1])
    order = order[counting_order(origin[order], shape[0])]
    return Pairs(
        origin=origin[order].astype(np.int64),
        site=site[order].astype(np.int64),
        cost=np.asarray(cost[order], dtype=np.float64),
        n_origins=int(shape[0]),
        n_sites=int(shape[1]),
        limit=float(measure[0]),
        unit=measure[1],
    )


def counting_order(key: NDArray[np.integer[Any]], n_keys: int) -> NDArray[np.integer[Any]]:
    """Return the stable order of small whole numbers: the rows of a matrix with one entry each."""
    size = key.size
    if not size or bool((key[1:] >= key[:-1]).all()):
        return np.arange(size)
    ends = np.arange(size + 1, dtype=np.int32 if size < np.iinfo(np.int32).max else np.int64)
    one_each = sparse.csr_array((np.zeros(size, np.int8), key, ends), shape=(size, n_keys))
    return np.asarray(one_each.tocsc().indices)


def _positions(name: str, values: ArrayLike, *, size: int, below: int) -> Whole:
    array = np.asarray(values)
    if array.shape != (size,) or not np.issubdtype(array.dtype, np.integer):
        raise wrong(
            "pair_positions",
            N_("{name} has shape {shape} of {kind}, expected {size} whole numbers"),
            name=name,
            shape=array.shape,
            kind=str(array.dtype),
            size=size,
        )
    if size and not (array.min() >= 0 and array.max() < below):
        bad = np.flatnonzero((array < 0) | (array >= below))
        raise wrong(
            "pair_outside",
            N_("{name}[{index}] is {found}, expected 0 to {last}"),
            name=name,
            index=int(bad[0]),
            found=int(array[bad[0]]),
            last=below - 1,
        )
    return array
