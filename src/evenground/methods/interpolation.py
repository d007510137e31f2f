"""Areal interpolation: carry numbers from one set of areas over to another.

Counts are extensive variables (they add up when areas are joined), shares and means are intensive
ones (they average). Sources: Goodchild and Lam (1980), Areal interpolation: a variant of the
traditional spatial problem, Geo-Processing 1, 297-312; Flowerdew and Green (1994), Areal
interpolation and types of data, in Fotheringham and Rogerson (eds), Spatial Analysis and GIS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_

Vector = NDArray[np.float64]
Whole = NDArray[np.int64]
LEAST_SHARE = 1e-9
"""Overlaps below this share of their source are touching borders, not areas."""

WRONG_LENGTH = ProblemKind(
    code="wrong_length",
    what=N_("{value} numbers were given for {n_sources} source areas."),
    rule=N_("Each source area has one number (not a number where it is not known)."),
    way_out=N_("Give as many numbers as there are source areas."),
)
BAD_SHARE = ProblemKind(
    code="bad_share",
    what=N_("A share of a source area is {value}."),
    rule=N_("Shares lie between 0 and 1."),
    way_out=N_("Divide percentages by 100."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps:
    """How source areas divide over target areas.

    Attributes
    ----------
    source, target, shape (k,)
        Positions of the source and the target area of each overlap.
    share, shape (k,), 0-1
        Share of the source that lies in the target.
    n_sources, n_targets
        How many areas there are on each side.
    """

    source: Whole
    target: Whole
    share: Vector
    n_sources: int
    n_targets: int

    @property
    def covered(self) -> Vector:
        """Share of each source, shape (n_sources,), that lies in any target."""
        return _binned(self.source, self.share, self.n_sources)

    def without_slivers(self, *, below: float) -> Overlaps:
        """Leave out overlaps that are less than ``below`` (0-1) of their source."""
        kept = self.share >= below
        return replace(
            self, source=self.source[kept], target=self.target[kept], share=self.share[kept]
        )

    def completed(self, *, at_least: float) -> Overlaps:
        """Scale the shares of sources that are covered ``at_least`` so far (0-1) up to all of them.

        Boundaries drawn twice never agree to the metre; what falls between them belongs to the
        areas beside it, and totals are kept.
        """
        covered = self.covered
        nearly = (covered >= at_least) & (covered > 0)
        scale = np.where(nearly, 1 / np.where(nearly, covered, 1), 1.0)
        return replace(self, share=self.share * scale[self.source])


def stated_overlaps(
    source: ArrayLike, target: ArrayLike, share: ArrayLike, *, size: tuple[int, int]
) -> Overlaps:
    """Return overlaps that somebody stated (a crosswalk).

    Parameters
    ----------
    source, target, shape (k,)
        Positions of areas.
    share, shape (k,), 0-1
        Share of the source's people who live in the target.
    size
        ``(n_sources, n_targets)``.

    Raises
    ------
    UsageError
        If a share lies outside 0-1.
    """
    shares = np.asarray(share, dtype=np.float64)
    wrong = ~((shares >= 0) & (shares <= 1))
    if wrong.any():
        raise UsageError(BAD_SHARE.at(Place(), value=float(shares[wrong][0])))
    return Overlaps(
        source=np.asarray(source, dtype=np.int64),
        target=np.asarray(target, dtype=np.int64),
        share=shares,
        n_sources=size[0],
        n_targets=size[1],
    )


def area_overlaps(sources: Sequence[Any], targets: Sequence[Any]) -> Overlaps:
    """Return how the surface of source polygons divides over target polygons (area weighting).

    Parameters
    ----------
    sources, shape (n_sources,)
        Polygons in a projected coordinate system, metres.
    targets, shape (n_targets,)
        Polygons in the same system that do not overlap one another.

    Returns
    -------
    Overlaps
        Shares of the sources' surface; pairs that merely touch are left out.
    """
    import shapely

    origin, aim = np.asarray(sources, dtype=object), np.asarray(targets, dtype=object)
    pairs = shapely.STRtree(aim).query(origin, predicate="intersects")
    common = shapely.area(shapely.intersection(origin[pairs[0]], aim[pairs[1]]))
    surface = shapely.area(origin)[pairs[0]]
    share = np.divide(common, surface, out=np.zeros_like(common), where=surface > 0)
    kept = share > LEAST_SHARE
    order = np.lexsort((pairs[1][kept], pairs[0][kept]))
    return Overlaps(
        source=pairs[0][kept][order].astype(np.int64),
        target=pairs[1][kept][order].astype(np.int64),
        share=np.minimum(share[kept][order], 1.0),
        n_sources=len(origin),
        n_targets=len(aim),
    )


def carried_counts(counts: ArrayLike, overlaps: Overlaps) -> Vector:
    """Carry an extensive variable: each target gets each source's count times its share.

    Parameters
    ----------
    counts, shape (n_sources,)
        Counts; not a number where one is not known.
    overlaps
        How sources divide over targets.

    Returns
    -------
    Vector, shape (n_targets,)
        Counts; not a number for targets that no source reaches, or that a source with an unknown
        count reaches. Where every source is fully covered the total stays the same.

    Raises
    ------
    UsageError
        If there are not as many counts as sources.
    """
    values = _per_source(counts, overlaps)
    return _summed(values[overlaps.source] * overlaps.share, overlaps)


def carried_margins(margins: ArrayLike, overlaps: Overlaps) -> Vector:
    """Carry margins of error of counts: the root of the sum of squared shares of margins.

    Errors of source areas are taken as independent (U.S. Census Bureau, Understanding and Using
    American Community Survey Data, 2018, ch. 8); the error of dividing areas is not in them.

    Parameters
    ----------
    margins, shape (n_sources,)
        Margins of error at one level of confidence; not a number where none is published.
    overlaps
        How sources divide over targets.

    Returns
    -------
    Vector, shape (n_targets,)
        Margins at the same level; not a number where a source has none.

    Raises
    ------
    UsageError
        If there are not as many margins as sources.
    """
    values = _per_source(margins, overlaps)
    return np.sqrt(_summed((values[overlaps.source] * overlaps.share) ** 2, overlaps))


def carried_rates(rates: ArrayLike, overlaps: Overlaps, *, people: ArrayLike) -> Vector:
    """Carry an intensive variable: each target gets the mean of its sources, weighted by people.

    Parameters
    ----------
    rates, shape (n_sources,)
        Shares, rates or means; not a number where one is not known.
    overlaps
        How sources divide over targets.
    people, shape (n_sources,)
        What the rates are of (people, households); one each weights by shares alone.

    Returns
    -------
    Vector, shape (n_targets,)
        Means; not a number where a source that counts is not known, or nobody lives.

    Raises
    ------
    UsageError
        If there are not as many rates or people as sources.
    """
    weight = _weights(people, overlaps)
    values = _per_source(rates, overlaps)[overlaps.source]
    counts = np.where(weight == 0, 0.0, values * weight)
    return _divided(_summed(counts, overlaps), _summed(weight, overlaps))


def carried_rate_margins(margins: ArrayLike, overlaps: Overlaps, *, people: ArrayLike) -> Vector:
    """Carry margins of error of rates, weighted as ``carried_rates`` does; weights are exact.

    Parameters
    ----------
    margins, shape (n_sources,)
        Margins of error at one level of confidence; not a number where none is published.
    overlaps, people
        As for ``carried_rates``.

    Returns
    -------
    Vector, shape (n_targets,)
        Margins at the same level.

    Raises
    ------
    UsageError
        If there are not as many margins or people as sources.
    """
    weight = _weights(people, overlaps)
    values = _per_source(margins, overlaps)[overlaps.source]
    squares = np.where(weight == 0, 0.0, (values * weight) ** 2)
    return _divided(np.sqrt(_summed(squares, overlaps)), _summed(weight, overlaps))


def _weights(people: ArrayLike, overlaps: Overlaps) -> Vector:
    return _per_source(people, overlaps)[overlaps.source] * overlaps.share


def _per_source(values: ArrayLike, overlaps: Overlaps) -> Vector:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (overlaps.n_sources,):
        raise UsageError(WRONG_LENGTH.at(Place(), value=array.size, n_sources=overlaps.n_sources))
    return array


def _summed(parts: Vector, overlaps: Overlaps) -> Vector:
    """Sum parts by target in order; not a number where a target has none."""
    total = _binned(overlaps.target, parts, overlaps.n_targets)
    reached = np.bincount(overlaps.target, minlength=overlaps.n_targets) > 0
    return np.where(reached, total, np.nan)


def _binned(positions: Whole, values: Vector, n_bins: int) -> Vector:
    return np.bincount(positions, weights=values, minlength=n_bins).astype(np.float64)


def _divided(above: Vector, below: Vector) -> Vector:
    known = np.isfinite(below) & (below > 0)
    return np.divide(above, below, out=np.full_like(above, np.nan), where=known)
