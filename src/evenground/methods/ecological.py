"""What shares by area can and cannot say about people: bounds that hold whatever is not seen.

Areas tell how many people have something and how many belong to a group, not how many are both. The
method of bounds gives the least and the most that may be both. Missing and faulty answers are met
with the same honesty. None of it assumes anything, so none of it has a sampling error.
Source: Duncan and Davis (1953), An alternative to ecological correlation, American Sociological
Review 18, 665-666; Horowitz and Manski (1995), Identification and robustness with contaminated and
corrupted data, Econometrica 63, 281-302.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the most that something may be.

    Attributes
    ----------
    low, high
        Arrays of one shape, in the unit of what is bounded; NaN where there is nothing to bound.
    """

    low: Vector
    high: Vector

    @property
    def width(self) -> Vector:
        """How much is left open, 0 or more."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBounds:
    """The share of each group that has a property, as far as areas can tell.

    Attributes
    ----------
    by_area, shape (n_groups, n_areas)
        Bounds of the share, 0-1; NaN in areas where nobody of the group lives.
    overall, shape (n_groups,)
        Bounds over all areas together, 0-1; NaN for a group that nobody belongs to.
    gap, shape (n_groups,)
        Bounds of the group's share minus that of everybody else, -1 to 1; NaN where either is
        empty. Both ends can be reached, since where more of a group have it fewer of the others do.
    if_alike, shape (n_groups,)
        The overall share if within every area the group were served like everybody else. It lies
        within ``overall``, and how far within shows what that assumption decides.
    """

    by_area: Bounds
    overall: Bounds
    gap: Bounds
    if_alike: Vector


def duncan_davis_bounds(
    share_with: ArrayLike, share_in_group: ArrayLike, *, people: ArrayLike
) -> GroupBounds:
    """Return bounds of the share of each group that has a property, from shares by area.

    With ``a`` the share of an area's people with the property and ``b`` that in the group, between
    ``max(0, a + b - 1)`` and ``min(a, b)`` are both; divided by ``b`` these bound the share of the
    group. Over areas the numbers of people add up.

    Parameters
    ----------
    share_with, shape (n_areas,)
        Share of people with the property (within reach, connected), 0-1.
    share_in_group, shape (n_groups, n_areas)
        Share of people in each group, 0-1. Groups may overlap.
    people, shape (n_areas,)
        Everybody, 0 or more: the people that both shares are shares of.

    Raises
    ------
    UsageError
        If shapes differ, a share is outside 0-1, or people are negative or missing.
    """
    everybody = vector("people", people)
    a = _share("share_with", vector("share_with", share_with, size=everybody.size))
    b = matrix("share_in_group", share_in_group, shape=(None, everybody.size))
    b = _share("share_in_group", b)
    own = _within_group(a, b, everybody)
    others = _within_group(a, 1.0 - b, everybody)
    low, high = _both(a, b)
    return GroupBounds(
        by_area=Bounds(low=_ratio(low, b), high=_ratio(high, b)),
        overall=own,
        gap=Bounds(low=own.low - others.high, high=own.high - others.low),
        if_alike=_ratio((a * b) @ everybody, b @ everybody),
    )


def group_mean_bounds(
    mean: ArrayLike,
    share_in_group: ArrayLike,
    *,
    people: ArrayLike,
    least: float = 0.0,
    most: float = 1.0,
) -> GroupBounds:
    """Return bounds of the mean of each group, from means by area of what lies within known ends.

    Means ``x`` of the group and ``y`` of the others make up that of the area: ``b x + (1 - b) y``.
    With ``y`` anywhere from ``least`` to ``most``, ``x`` is at least ``(mean - (1 - b) most) / b``
    and at most ``(mean - (1 - b) least) / b``, and never beyond the ends. With ends 0 and 1 these
    are Duncan and Davis' bounds.
    Source: Horowitz and Manski (1995); Cross and Manski (2002), Regressions, short and long,
    Econometrica 70, 357-368.

    Parameters
    ----------
    mean, shape (n_areas,)
        Mean over the people of each area, from ``least`` to ``most``.
    share_in_group, people
        As for ``duncan_davis_bounds``.
    least, most
        What the value of a person can be, in the unit of ``mean``; ``least`` below ``most``.

    Returns
    -------
    GroupBounds
        In the unit of ``mean``; ``gap`` from ``least - most`` to ``most - least``.

    Raises
    ------
    UsageError
        If shapes differ, a mean lies outside ``least`` to ``most``, a share is outside 0-1, or
        people are negative or missing.
    """
    means = vector("mean", mean, least=-np.inf)
    if not (least < most and ((means >= least) & (means <= most)).all()):
        raise wrong(
            "beyond_bounds", N_("mean has values outside {least} to {most}"), least=least, most=most
        )
    width = most - least
    found = duncan_davis_bounds((means - least) / width, share_in_group, people=people)

    def scaled(bounds: Bounds, start: float) -> Bounds:
        return Bounds(low=start + width * bounds.low, high=start + width * bounds.high)

    return GroupBounds(
        by_area=scaled(found.by_area, least),
        overall=scaled(found.overall, least),
        gap=scaled(found.gap, 0.0),
        if_alike=least + width * found.if_alike,
    )


def bounds_with_missing(
    mean: ArrayLike, missing: ArrayLike, *, least: float = 0.0, most: float = 1.0
) -> Bounds:
    """Return bounds of a mean or a share when some did not answer.

    ``(1 - m) x + m least`` to ``(1 - m) x + m most``: those missing may all be at either end
    (Horowitz and Manski 1995; Manski 1989, Journal of Human Resources 24, 343-360).

    Parameters
    ----------
    mean, any shape
        Mean (or share) of those who answered, from ``least`` to ``most``. It does not matter where
        nobody answered.
    missing, of a shape that fits
        Share of those asked who did not answer, 0-1.
    least, most
        What an answer can be; 0 and 1 for a share.

    Raises
    ------
    UsageError
        If a mean is outside ``least`` to ``most``, a share outside 0-1, or shapes do not fit.
    """
    seen, gone = _fitting("mean", mean, "missing", missing)
    gone = _share("missing", gone)
    seen = np.where(gone == 1, least, seen)  # nobody answered: no mean is needed
    if not ((seen >= least) & (seen <= most)).all():
        raise wrong(
            "beyond_bounds",
            N_("mean has values outside {least} to {most}"),
            least=least,
            most=most,
        )
    return Bounds(low=(1 - gone) * seen + gone * least, high=(1 - gone) * seen + gone * most)


def share_bounds_with_errors(
    share: ArrayLike, wrong_share: ArrayLike, *, unrelated: bool = False
) -> Bounds:
    """Return bounds of a share when up to some part of the records may be wrong.

    Parameters
    ----------
    share, any shape
        Share with the property as recorded, 0-1.
    wrong_share, of a shape that fits
        The most of the records that may be wrong, 0-1 (below 1 if ``unrelated``).
    unrelated
        Whether records go wrong with no regard to the truth (Horowitz and Manski's *contaminated*
        sampling). If not (*corrupted*), the bounds are wider.

    Returns
    -------
    Bounds
        Corrupted: ``p - w`` to ``p + w``; contaminated: ``(p - w)/(1 - w)`` to ``p/(1 - w)``; both
        kept within 0-1 (Horowitz and Manski 1995, section 3).

    Raises
    ------
    UsageError
        If a share is outside 0-1, shapes do not fit, or ``unrelated`` and everything may be wrong.
    """
    p, w = _fitting("share", share, "wrong_share", wrong_share)
    p, w = _share("share", p), _share("wrong_share", w)
    scale = _left_of(w) if unrelated else np.ones_like(w)
    return Bounds(
        low=np.clip((p - w) / scale, 0, 1),
        high=np.clip((p if unrelated else p + w) / scale, 0, 1),
    )


def mean_bounds_with_errors(values: ArrayLike, weights: ArrayLike, *, wrong_share: float) -> Bounds:
    """Return bounds of the mean of the right records when up to some part of them may be wrong.

    The wrong ones may be the highest or the lowest: the mean of what is left after the top (bottom)
    ``wrong_share`` is taken off (Horowitz and Manski 1995, contaminated sampling). It needs no
    bounds of the values. For the mean of everybody, those recorded wrong included, put the result
    into ``bounds_with_missing`` with ``missing=wrong_share``.

    Parameters
    ----------
    values, shape (n,)
        As recorded, of any sign.
    weights, shape (n_groups, n)
        Weight of each record in each group, 0 or more.
    wrong_share
        The most that may be wrong, 0 up to but not including 1.

    Returns
    -------
    Bounds, shape (n_groups,)
        In the unit of ``values``; NaN for a group without weight.

    Raises
    ------
    UsageError
        If shapes differ, a value or weight is missing, a weight negative, or ``wrong_share`` is
        not within 0-1.
    """
    x = vector("values", values, least=-np.inf)
    w = matrix("weights", weights, shape=(None, x.size))
    kept = float(_left_of(_share("wrong_share", np.asarray(wrong_share, dtype=np.float64))))
    order = np.argsort(x, kind="stable")
    return Bounds(
        low=_mean_of_first(x[order], w[:, order], kept),
        high=_mean_of_first(x[order[::-1]], w[:, order[::-1]], kept),
    )


def _both(a: Vector, b: Vector) -> tuple[Vector, Vector]:
    """Return the least and the greatest share that is both (Fréchet's bounds)."""
    return np.maximum(0.0, a + b - 1.0), np.minimum(a, b)


def _within_group(a: Vector, b: Vector, people: Vector) -> Bounds:
    low, high = _both(a, b)
    group = b @ people
    return Bounds(low=_ratio(low @ people, group), high=_ratio(high @ people, group))


def _ratio(above: Vector, below: Vector) -> Vector:
    ratio = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    return np.minimum(ratio, 1.0)  # rounding may carry a share a hair above 1


def _mean_of_first(x: Vector, weights: Vector, kept: float) -> Vector:
    """Return the mean over the first ``kept`` of the weight, the last record in part."""
    total = weights.sum(axis=1, keepdims=True)
    before = np.cumsum(weights, axis=1) - weights
    part = np.clip(kept * total - before, 0.0, weights)
    below = part.sum(axis=1)
    return np.divide(part @ x, below, out=np.full_like(below, np.nan), where=below > 0)


def _left_of(w: Vector) -> Vector:
    if (w >= 1).any():
        raise wrong("all_wrong", N_("if everything may be wrong, nothing can be said"))
    return 1.0 - w


def _share(name: str, values: Vector) -> Vector:
    if not ((values >= 0) & (values <= 1)).all():
        raise wrong("share_range", N_("{name} has values outside 0-1"), name=name)
    return values


def _fitting(name: str, one: ArrayLike, other_name: str, other: ArrayLike) -> tuple[Vector, Vector]:
    """Return two arrays in their common shape."""
    first, second = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    try:
        shape = np.broadcast_shapes(first.shape, second.shape)
    except ValueError as problem:
        raise wrong(
            "array_shape",
            N_("{name} and {other_name} have shapes {shape} and {other_shape}"),
            name=name,
            other_name=other_name,
            shape=first.shape,
            other_shape=second.shape,
        ) from problem
    return np.broadcast_to(first, shape), np.broadcast_to(second, shape)
