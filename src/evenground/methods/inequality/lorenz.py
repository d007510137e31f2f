"""The Lorenz curve: what share of the total the lowest share of people has; which curve is above.

Source: Lorenz (1905), Publications of the American Statistical Association 9, 209-219; dominance,
Atkinson (1970), Journal of Economic Theory 2, 244-263; generalised curves, Shorrocks (1983),
Economica 50, 3-17. Ranked by something else it is a concentration curve: Kakwani (1977),
Econometrica 45, 719-727.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.inequality.distribution import checked_shares, divided, ranked_rows
from evenground.methods.validation import Vector, vector

ROUNDING = 1e-12
"""Curves closer than this share are taken to touch: sums of floats differ in their last digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LorenzCurve:
    """A piecewise linear curve from (0, 0) to (1, 1).

    Attributes
    ----------
    people_share, shape (n_knots,)
        Cumulated share of people, lowest rank first, 0-1.
    value_share, shape (n_knots,)
        Cumulated share of what they have, 0-1.
    mean
        Mean value, in the unit of the values.
    """

    people_share: Vector
    value_share: Vector
    mean: float

    def at(self, people_share: ArrayLike) -> Vector:
        """Return the value share of the lowest ``people_share`` (each 0-1)."""
        return np.interp(
            np.asarray(people_share, dtype=np.float64), self.people_share, self.value_share
        )


class Dominance(StrEnum):
    """Which of two curves is nowhere below and somewhere above the other."""

    FIRST = "first"
    SECOND = "second"
    CROSS = "cross"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class LorenzDominance:
    """How two curves lie.

    Attributes
    ----------
    relation
        ``first``: the first lies above, so every index that respects transfers from more to less
        calls it the less unequal. ``cross``: indices may disagree.
    first_above, second_above
        The most by which one lies above the other: a share, or in the unit of the values when
        generalised. 0 or more.
    """

    relation: Dominance
    first_above: float
    second_above: float


def lorenz_curve(values: ArrayLike, weights: ArrayLike | None = None) -> LorenzCurve:
    """Return the Lorenz curve of ``values`` (n,) held by ``weights`` (n,) people.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    x, w = checked_shares(values, weights)
    return _curve(x, w, x)


def concentration_curve(
    values: ArrayLike, rank_by: ArrayLike, *, weights: ArrayLike | None = None
) -> LorenzCurve:
    """Return the share of the total that the people of lowest rank in ``rank_by`` (n,) have.

    It may lie above the diagonal: then those of low rank have more than their part.

    Raises
    ------
    UsageError
        If a value or weight is negative or missing, lengths differ, or there is nothing to share.
    """
    x, w = checked_shares(values, weights)
    return _curve(x, w, vector("rank_by", rank_by, size=x.size, least=-np.inf))


def even_curve(mean: float = 1.0) -> LorenzCurve:
    """Return the diagonal: everybody has the same. ``mean`` is in the unit of the values."""
    line = np.array([0.0, 1.0])
    return LorenzCurve(people_share=line, value_share=line, mean=mean)


def lorenz_dominance(
    first: LorenzCurve, second: LorenzCurve, *, generalised: bool = False
) -> LorenzDominance:
    """Return which curve lies above, compared wherever either bends.

    Parameters
    ----------
    first, second
        Curves; ``even_curve()`` is the diagonal.
    generalised
        Compare shares times means: more for the lowest, not only a larger share (Shorrocks 1983).
    """
    at = np.union1d(first.people_share, second.people_share)
    scale = (first.mean, second.mean) if generalised else (1.0, 1.0)
    apart = first.at(at) * scale[0] - second.at(at) * scale[1]
    above = max(float(apart.max()), 0.0)
    below = max(float(-apart.min()), 0.0)
    told = ROUNDING * max(scale)
    relation = {
        (False, False): Dominance.EQUAL,
        (True, False): Dominance.FIRST,
        (False, True): Dominance.SECOND,
        (True, True): Dominance.CROSS,
    }[above > told, below > told]
    return LorenzDominance(relation=relation, first_above=above, second_above=below)


def lorenz_rows(
    values: Vector, weight_rows: Vector, *, at: Sequence[float], rank_by: Vector | None = None
) -> Vector:
    """Return points on the curves of many weightings at once.

    Parameters
    ----------
    values, shape (n,)
        What each person has.
    weight_rows, shape (n_rows, n)
        People.
    at, length n_at
        Shares of people, each above 0 and at most 1.
    rank_by, shape (n,)
        What ranks people; the values themselves by default.

    Returns
    -------
    array, shape (n_rows, n_at)
        Value shares. An area on the cut is divided, and so are areas of equal rank, all in the same
        proportion. Missing where a row has nothing to share.
    """
    people, amounts = ranked_rows(values, weight_rows, values if rank_by is None else rank_by)
    below = np.cumsum(people, axis=1)
    held = np.cumsum(amounts, axis=1)
    row = np.arange(below.shape[0])
    shares = np.empty((row.size, len(at)))
    for j, share in enumerate(at):
        cut = share * below[:, -1]
        knot = np.minimum((below < cut[:, None]).sum(axis=1), below.shape[1] - 1)
        # What of the entry on the cut lies above it is taken off again.
        over = divided((below[row, knot] - cut) * amounts[row, knot], people[row, knot])
        shares[:, j] = divided(held[row, knot] - over, held[:, -1])
    return shares


def _curve(values: Vector, weights: Vector, rank_by: Vector) -> LorenzCurve:
    kept = weights > 0
    people, amounts = ranked_rows(values[kept], weights[None, kept], rank_by[kept])
    below = np.r_[0.0, np.cumsum(people[0])]
    held = np.r_[0.0, np.cumsum(amounts[0])]
    return LorenzCurve(
        people_share=below / below[-1],
        value_share=held / held[-1],
        mean=float(held[-1] / below[-1]),
    )
