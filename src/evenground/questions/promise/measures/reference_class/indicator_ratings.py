"""What agencies' own targets and actuals say, rated the same way for all.

An indicator is *fully* achieved where the actual reaches the target, *partly* from three quarters
of it on, else *not*. That is the rule which ratings of Washington, D.C., follow in the data
published for 2008 to 2013 (4,617 of 4,694 agree with it); a city may set another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.promise.measures.worth.ranged import Ranged

CANNOT, NOT, PARTLY, FULLY = -1, 0, 1, 2
"""Ratings, in order; ``CANNOT`` where none can be given."""
PARTLY_FROM = 0.75

Ratings = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRatings:
    """How each indicator came out.

    Attributes
    ----------
    rating, shape (n,)
        ``FULLY``, ``PARTLY``, ``NOT`` or ``CANNOT``.
    achieved, shape (n,)
        The part of the target that was reached: actual divided by target where more is better,
        target divided by actual where less is, turned over where both lie below 0. Missing where
        they lie on either side of 0, or cannot be rated.
    has_target, has_actual, shape (n,)
        Whether there is one.
    """

    rating: Ratings
    achieved: Vector
    has_target: Flags
    has_actual: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """What became of one group's targets.

    Attributes
    ----------
    name
        Year or agency; empty for all.
    n, n_with_target, n_rated, n_fully, n_partly, n_not
        Indicators, those with a target, those that can be rated, and how.
    fully
        Share of rated indicators that were fully achieved, 0-1; missing without any. Its interval
        is Clopper and Pearson's: how far it would reach were these a sample of targets.
    """

    name: str
    n: int
    n_with_target: int
    n_rated: int
    n_fully: int
    n_partly: int
    n_not: int
    fully: Ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsCompared:
    """Ratings worked out anew, beside those that were published.

    Attributes
    ----------
    table, shape (3, 3)
        Rows: worked out as not, partly, fully; columns: published as such.
    n_same, n_published_better, n_published_worse
        Of those rated both ways.
    n_only_published, n_only_computed
        Rated one way only.
    differ, shape (n_differ,)
        Positions of those that differ.
    """

    table: Whole
    n_same: int
    n_published_better: int
    n_published_worse: int
    n_only_published: int
    n_only_computed: int
    differ: Whole


def indicator_ratings(
    target: ArrayLike,
    actual: ArrayLike,
    *,
    better: Sequence[str],
    partly_from: float = PARTLY_FROM,
    zero_is_none: bool = True,
) -> IndicatorRatings:
    """Return how each indicator came out against its target.

    Parameters
    ----------
    target, actual, shape (n,)
        In the same unit for each; missing (NaN) where there is none.
    better
        ``more``, ``less``, or empty for an indicator that is only counted: it cannot be rated.
    partly_from
        Part of the target from which on it counts as partly achieved, within 0-1.
    zero_is_none
        Whether a target of 0 means that there is none, as in many a published table.

    Raises
    ------
    UsageError
        If lengths differ, a number is infinite, or ``better`` or ``partly_from`` is out of range.
    """
    goal, came = np.asarray(target, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    way = np.array(list(better), dtype=np.str_)
    unknown = sorted(set(way.ravel().tolist()) - {"more", "less", ""})
    fits = goal.ndim == 1 and goal.shape == came.shape == way.shape
    if not fits or unknown or np.isinf(goal).any() or np.isinf(came).any():
        raise wrong(
            "indicators",
            N_("{n} targets, {m} actuals and {k} directions, unknown ones: {unknown}"),
            n=goal.size,
            m=came.size,
            k=way.size,
            unknown=", ".join(unknown),
        )
    if not 0 < partly_from < 1:
        raise wrong("partly_from", N_("partly_from is {part}, not within 0-1"), part=partly_from)
    has_target = np.isfinite(goal) & ~(zero_is_none & (goal == 0))
    has_actual = np.isfinite(came)
    can = has_target & has_actual & (way != "")
    more = way == "more"
    reached = can & np.where(more, came >= goal, came <= goal)
    achieved = _achieved(goal, came, more)
    rating = np.full(goal.size, CANNOT, dtype=np.int8)
    rating[can] = NOT
    rating[can & (achieved >= partly_from)] = PARTLY
    rating[reached] = FULLY
    return IndicatorRatings(
        rating=rating,
        achieved=np.where(can, achieved, np.nan),
        has_target=has_target,
        has_actual=has_actual,
    )


def _achieved(goal: Vector, came: Vector, more: Flags) -> Vector:
    upright = np.where(goal > 0, more, ~more)  # below 0, less is farther from 0
    above = np.where(upright, came, goal)
    below = np.where(upright, goal, came)
    same_side = (np.sign(goal) * np.sign(came) > 0) | (upright & (came == 0) & (goal != 0))
    with np.errstate(over="ignore"):  # next to nothing is an infinite part of what it should be
        return np.divide(above, below, out=np.full(goal.size, np.nan), where=same_side)


def delivery_records(
    ratings: IndicatorRatings, groups: Sequence[str], *, confidence: float = 0.95
) -> tuple[DeliveryRecord, ...]:
    """Return the record of all (first, without a name) and of each group, in alphabetical order.

    Parameters
    ----------
    ratings
        Of n indicators.
    groups
        Year or agency of each.

    Raises
    ------
    UsageError
        If lengths differ, or ``confidence`` is not inside 0-1.
    """
    names = np.array(list(groups), dtype=np.str_)
    if names.shape != ratings.rating.shape:
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},)"),
            name="groups",
            shape=names.shape,
            size=ratings.rating.size,
        )
    everybody = np.ones(names.size, dtype=np.bool_)
    each = [(name, names == name) for name in np.unique(names).tolist()]
    return tuple(
        _record(name, ratings, which, confidence) for name, which in [("", everybody), *each]
    )


def _record(
    name: str, ratings: IndicatorRatings, which: Flags, confidence: float
) -> DeliveryRecord:
    n_not, n_partly, n_fully = (
        int((ratings.rating[which] == one).sum()) for one in (NOT, PARTLY, FULLY)
    )
    rated = n_not + n_partly + n_fully
    low, high = share_limits(n_fully, rated, confidence=confidence)
    return DeliveryRecord(
        name=name,
        n=int(which.sum()),
        n_with_target=int(ratings.has_target[which].sum()),
        n_rated=rated,
        n_fully=n_fully,
        n_partly=n_partly,
        n_not=n_not,
        fully=Ranged(
            value=n_fully / rated if rated else float("nan"), low=float(low), high=float(high)
        ),
    )


def ratings_compared(computed: ArrayLike, published: ArrayLike) -> RatingsCompared:
    """Return where ratings worked out anew and published ones differ.

    Parameters
    ----------
    computed, published, shape (n,)
        ``FULLY``, ``PARTLY``, ``NOT`` or ``CANNOT``.

    Raises
    ------
    UsageError
        If lengths differ, or a rating is none of the four.
    """
    ours, theirs = np.asarray(computed, dtype=np.int64), np.asarray(published, dtype=np.int64)
    ranges = [one.min() >= CANNOT and one.max() <= FULLY for one in (ours, theirs) if one.size]
    if ours.ndim != 1 or ours.shape != theirs.shape or not all(ranges):
        raise wrong("ratings", N_("ratings are -1 to 2, as many computed as published"))
    both = (ours >= NOT) & (theirs >= NOT)
    table = np.zeros((3, 3), dtype=np.int64)
    np.add.at(table, (ours[both], theirs[both]), 1)
    return RatingsCompared(
        table=table,
        n_same=int(np.trace(table)),
        n_published_better=int(np.triu(table, 1).sum()),
        n_published_worse=int(np.tril(table, -1).sum()),
        n_only_published=int(((ours < NOT) & (theirs >= NOT)).sum()),
        n_only_computed=int(((ours >= NOT) & (theirs < NOT)).sum()),
        differ=np.flatnonzero(both & (ours != theirs)),
    )
