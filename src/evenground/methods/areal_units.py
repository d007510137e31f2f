"""The modifiable areal unit check: would other boundaries have told another story?

A figure computed from areas depends on how the areas were drawn. So neighbouring areas are merged
at random into zones, many times over, and the figure is computed anew for each set of zones.
Source: Openshaw and Taylor (1979), A million or so correlation coefficients, in Wrigley (ed.),
Statistical Applications in the Spatial Sciences; Openshaw (1984), The Modifiable Areal Unit
Problem, CATMOG 38.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse import csgraph

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, wrong

Statistic = Callable[[Vector], Vector]
"""From sums by zone, shape (n_zonings, n_sums, n_zones), to a figure each, shape (n_zonings,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArealUnitCheck:
    """A figure at the given areas beside what other zones would have made of it.

    Attributes
    ----------
    at_areas
        The figure at the areas as given, in the statistic's unit.
    values, shape (n_zonings,)
        The figure in each zoning; NaN where it has none.
    low, high
        The smallest and the largest of them; NaN if no zoning gives a figure.
    same_sign
        The share of zonings, 0-1, whose figure lies on the same side of ``neutral`` as at the given
        areas. A zoning without a figure does not count as agreeing.
    neutral
        The value that says neither: 0 for a difference or a correlation, 1 for a ratio.
    n_zonings, n_zones, n_without
        How many sets of zones, zones in each, and sets for which the statistic has no value.
    """

    at_areas: float
    values: Vector
    low: float
    high: float
    same_sign: float
    neutral: float
    n_zonings: int
    n_zones: int
    n_without: int


def random_zonings(
    adjacency: ArrayLike,
    n_areas: int,
    *,
    n_zones: int,
    rng: np.random.Generator,
    n_zonings: int = 200,
) -> Whole:
    """Return random mergers of neighbouring areas into zones.

    Seeds are drawn and grow at random until the map is full. Every border between what is taken and
    what is free is crossed at the same rate: the growth of Richardson (1973, Mathematical
    Proceedings of the Cambridge Philosophical Society 74, 515-528). So an area falls to the seed
    that is nearest when crossing a border takes an exponentially distributed time. Pieces of the
    map that do not touch, islands among them, get one seed each and all other seeds are drawn from
    the remaining areas: no zone reaches over water, and a single island stays a zone of its own.

    Parameters
    ----------
    adjacency, shape (n_pairs, 2)
        Pairs of neighbouring areas, 0 to ``n_areas - 1``; order and repetition do not matter.
    n_areas
        How many areas there are.
    n_zones
        How many zones to make of them, at least one for each piece of the map.
    rng, n_zonings
        Source of chance and number of zonings.

    Returns
    -------
    array of int, shape (n_zonings, n_areas)
        Zone of each area, 0 to ``n_zones - 1``. Every zone is contiguous and none is empty.

    Raises
    ------
    UsageError
        If a pair names an area that is not there, or the map cannot be cut into that many zones.
    """
    borders = _borders(adjacency, n_areas)
    n_pieces, piece = csgraph.connected_components(borders, directed=False)
    if not n_pieces <= n_zones <= n_areas:
        raise wrong(
            "zones",
            N_("{n_zones} zones from {n_areas} areas in {n_pieces} pieces that do not touch"),
            n_zones=n_zones,
            n_areas=n_areas,
            n_pieces=n_pieces,
        )
    zonings = np.empty((n_zonings, n_areas), dtype=np.int64)
    for row in zonings:
        seeds = _seeds(piece, n_zones, rng=rng)
        borders.data = rng.exponential(size=borders.nnz)
        _, _, seed = csgraph.dijkstra(
            borders, indices=seeds, min_only=True, return_predecessors=True
        )
        row[:] = np.searchsorted(seeds, seed)
    return zonings


def zone_sums(extensive: ArrayLike, zonings: ArrayLike) -> Vector:
    """Return sums over zones, for all zonings at once.

    Parameters
    ----------
    extensive, shape (n_sums, n_areas)
        What adds up: people, units, money, people times an indicator. Of any sign.
    zonings, shape (n_zonings, n_areas)
        Zone of each area, from 0; the same zones in every zoning, none of them empty.

    Returns
    -------
    array, shape (n_zonings, n_sums, n_zones)
        Each row adds up to what its variable adds up to over areas.

    Raises
    ------
    UsageError
        If shapes differ, a value is missing, or a zone is empty in some zoning.
    """
    labels = np.asarray(zonings)
    if labels.ndim != 2 or not np.issubdtype(labels.dtype, np.integer) or not labels.size:  # noqa: PLR2004 - zonings by areas
        raise wrong(
            "zonings",
            N_("zonings have shape {shape} of {kind}, expected whole numbers (n_zonings, n_areas)"),
            shape=labels.shape,
            kind=str(labels.dtype),
        )
    sums = matrix("extensive", extensive, shape=(None, labels.shape[1]), least=-np.inf)
    n_zonings, n_zones = labels.shape[0], int(labels.max()) + 1
    at = _cells(labels, n_zones)
    total = np.empty((n_zonings, sums.shape[0], n_zones))
    for k, values in enumerate(sums):
        repeated = np.broadcast_to(values, labels.shape).ravel()
        total[:, k, :] = np.bincount(at, repeated, n_zonings * n_zones).reshape(n_zonings, n_zones)
    return total


def areal_unit_check(
    statistic: Statistic, extensive: ArrayLike, *, zonings: ArrayLike, neutral: float = 0.0
) -> ArealUnitCheck:
    """Return a figure at the given areas beside the same figure in other zonings.

    Parameters
    ----------
    statistic
        Takes sums by zone, shape (n_zonings, n_sums, n_zones), in the order of ``extensive``, and
        returns a figure for each zoning, shape (n_zonings,); NaN where it has none. Areas are
        handed to it in the same way, as a single zoning. Rates and means are formed in it, from
        sums, so that a zone's rate is that of its people together.
    extensive, shape (n_sums, n_areas)
        What adds up; see ``zone_sums``.
    zonings, shape (n_zonings, n_areas)
        From ``random_zonings``, or any other boundaries that matter: wards, postal districts. Take
        200 or more, and more than one number of zones: a range over few zonings is too narrow.
    neutral
        The value that says neither.

    Raises
    ------
    UsageError
        If shapes differ, a value is missing, a zone is empty, or the statistic returns another
        number of figures than it was handed zonings.
    """
    sums = zone_sums(extensive, zonings)
    areas = matrix("extensive", extensive, shape=(None, None), least=-np.inf)
    at_areas = float(_figures(statistic, areas[None])[0])
    values = _figures(statistic, sums)
    known = values[~np.isnan(values)]
    side = np.sign(at_areas - neutral)
    return ArealUnitCheck(
        at_areas=at_areas,
        values=values,
        low=float(known.min()) if known.size else np.nan,
        high=float(known.max()) if known.size else np.nan,
        same_sign=float((np.sign(known - neutral) == side).sum() / values.size),
        neutral=neutral,
        n_zonings=values.size,
        n_zones=sums.shape[2],
        n_without=values.size - known.size,
    )


def _borders(adjacency: ArrayLike, n_areas: int) -> sparse.csr_array:
    """Return the borders in both directions as a sparse matrix, each once."""
    pairs = np.asarray(adjacency, dtype=np.int64).reshape(-1, 2)
    if pairs.size and not 0 <= pairs.min() <= pairs.max() < n_areas:
        raise wrong(
            "adjacency_range",
            N_("adjacency names areas {first} to {last}, but there are {n_areas}, from 0"),
            first=int(pairs.min()),
            last=int(pairs.max()),
            n_areas=n_areas,
        )
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    both = np.unique(np.vstack([pairs, pairs[:, ::-1]]), axis=0)
    shape = (n_areas, n_areas)
    return sparse.csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=shape)


def _seeds(piece: Whole, n_zones: int, *, rng: np.random.Generator) -> Whole:
    """Return a seed in every piece of the map and as many more as are wanted, in order."""
    order = rng.permutation(piece.size)
    _, first = np.unique(piece[order], return_index=True)
    others = np.delete(order, first)[: n_zones - first.size]
    return np.sort(np.concatenate([order[first], others]))


def _cells(labels: Whole, n_zones: int) -> Whole:
    """Return one number for each zone of each zoning, by area; refuse empty and negative zones."""
    at = (labels + n_zones * np.arange(labels.shape[0])[:, None]).ravel()
    if labels.min() < 0 or not np.bincount(at, minlength=labels.shape[0] * n_zones).all():
        raise wrong(
            "zone_empty",
            N_("every zoning needs the same zones, 0 to {last}, none of them empty"),
            last=n_zones - 1,
        )
    return at


def _figures(statistic: Statistic, sums: Vector) -> Vector:
    figures = np.asarray(statistic(sums), dtype=np.float64)
    if figures.shape != sums.shape[:1]:
        raise wrong(
            "statistic_shape",
            N_("the statistic returned shape {shape} for {n} zonings"),
            shape=figures.shape,
            n=sums.shape[0],
        )
    return figures
