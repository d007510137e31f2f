"""The impedance of all pairs, ready for use again and again with other supply and demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from evenground.language import N_
from evenground.methods.accessibility.decay import Decay
from evenground.methods.accessibility.pairs import Pairs, reached_by
from evenground.methods.validation import Vector, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchmentWeights:
    """Weights of all pairs; with them in hand, one measure costs two sparse products.

    Attributes
    ----------
    by_origin, sparse, shape (n_origins, n_sites)
        0-1, compressed by row. Its transpose, compressed by column, gathers people at sites; both
        products pass over the pairs in the order in which they lie in memory.
    """

    by_origin: Any

    @property
    def n_origins(self) -> int:
        """How many origins there are."""
        return int(self.by_origin.shape[0])

    @property
    def n_sites(self) -> int:
        """How many sites there are."""
        return int(self.by_origin.shape[1])


def catchment_weights(pairs: Pairs, decay: Decay) -> CatchmentWeights:
    """Return the weight of every pair.

    Parameters
    ----------
    pairs
        From ``straight_line_pairs`` or ``pairs_from_costs``.
    decay
        An impedance function in the unit of the pairs' costs. One without an end, such as a
        Gaussian, ends where the pairs do; one with an end must not reach further than they.

    Raises
    ------
    UsageError
        If the function reaches beyond the pairs, or gives a weight outside 0-1.
    """
    if np.isfinite(decay.reach):
        reached_by(pairs, decay.reach)
    weight = np.asarray(decay(pairs.cost), dtype=np.float64)
    if weight.shape != pairs.cost.shape or not ((weight >= 0) & (weight <= 1)).all():
        raise wrong(
            "decay_weight",
            N_("{decay} gives weights outside 0 to 1, or not one for each cost"),
            decay=type(decay).__name__,
        )
    return weights_of(pairs, weight)


def weights_of(pairs: Pairs, weight: Vector) -> CatchmentWeights:
    """Return the sparse matrix of given weights, shape (n_pairs,)."""
    some = weight > 0
    shape = (pairs.n_origins, pairs.n_sites)
    if some.all():
        site, starts = pairs.site, pairs.starts
    else:
        count = np.bincount(pairs.origin[some], minlength=pairs.n_origins)
        weight, site = weight[some], pairs.site[some]
        starts = np.concatenate([[0], np.cumsum(count)])
    width = np.int32 if max(weight.size, *shape) < np.iinfo(np.int32).max else np.int64
    held = (weight, site.astype(width), starts.astype(width))
    return CatchmentWeights(by_origin=sparse.csr_array(held, shape=shape))


def rows(name: str, values: ArrayLike, *, size: int) -> Vector:
    """Return one row of ``size`` numbers, or several, as shape (n_rows, size).

    Raises
    ------
    UsageError
        If the shape is another, or a value is negative, missing or infinite.
    """
    if np.ndim(values) <= 1:
        return vector(name, values, size=size)[None, :]
    return matrix(name, values, shape=(None, size))
