"""Bounds of what a group has, widened by the margins of error of the counts that they rest on.

With exact counts the method of bounds has no sampling error. Survey counts have one, and bounds
computed from them as if they were exact are too narrow, not only too unsure: where an area's counts
leave it open whether anybody of the group must have something, noise makes it look as if somebody
must. So each area's part in the bounds is first lowered until noise cannot raise it on average, and
the sums then get limits of confidence.
Source: Duncan and Davis (1953), American Sociological Review 18, 665-666; Fieller (1954), Journal
of the Royal Statistical Society B 16, 175-185; for the bias of bounds from noisy counts,
Chernozhukov, Lee and Rosen (2013), Econometrica 81, 667-737.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from evenground.language import N_
from evenground.methods.ecological import Bounds, GroupBounds, duncan_davis_bounds
from evenground.methods.exact_limits import tail
from evenground.methods.margins_of_error import UncertainCounts, total_error
from evenground.methods.validation import Flags, Vector, wrong

_BUMP = math.pi**-0.5
_STEEPEST = 1 + _BUMP * math.exp(-0.5)
_NEAR = 3.0
_FAR = 1_000.0
_N_BISECTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCounts:
    """People by area who have a property, who have it not, and who belong to a group.

    Attributes
    ----------
    with_it, without, in_group, each n_areas
        Counts with what is known of their error. The property may be had by anybody of an area;
        those with it and those without it are everybody. For a share ``a`` that is known exactly of
        people counted with a margin, ``with_it`` is ``a`` times their count and margin, ``without``
        is ``1 - a`` times both.
    """

    with_it: UncertainCounts
    without: UncertainCounts
    in_group: UncertainCounts

    @property
    def people(self) -> Vector:
        """Everybody, shape (n_areas,)."""
        return self.with_it.value + self.without.value


@dataclass(frozen=True, slots=True, kw_only=True)
class WidenedBounds:
    """Bounds of the share of a group that has a property, with and without the margins of error.

    Attributes
    ----------
    as_published
        The bounds if the counts were exact; one group.
    by_area, shape (n_areas,)
        Limits that contain the share of the area's group at least as often as ``confidence`` says;
        0 to 1 where the counts do not even tell whether anybody of the group lives there.
    overall, others, gap, shape (1,)
        The same for the group in all areas, for everybody else, and for the difference.
    confidence
        0-1.
    """

    as_published: GroupBounds
    by_area: Bounds
    overall: Bounds
    others: Bounds
    gap: Bounds
    confidence: float


def duncan_davis_with_margins(counts: AreaCounts, *, confidence: float = 0.95) -> WidenedBounds:
    """Return bounds of the share of a group that has a property, from counts with errors.

    Whoever of an area's ``G`` in the group must have the property is ``G - V`` beyond the ``V``
    without it, and at most ``W`` have it. Errors are taken to be normal, and unrelated between
    counts, as the census handbooks do.

    Raises
    ------
    UsageError
        If the counts are of different lengths, or ``confidence`` is not inside 0-1.
    """
    half = tail(confidence)
    if not counts.with_it.size == counts.without.size == counts.in_group.size:
        raise wrong(
            "array_shape",
            N_("with_it, without and in_group have {one}, {two} and {three} areas"),
            one=counts.with_it.size, two=counts.without.size, three=counts.in_group.size,
        )  # fmt: skip
    z = float(-special.ndtri(half))
    z_gap = float(-special.ndtri(half / 2))  # two limits together make one of the gap's
    rest = _everybody_else(counts)
    own, others = _overall(counts, z=z_gap), _overall(rest, z=z_gap)
    published, of_rest = _as_published(counts), _as_published(rest)
    gap = Bounds(low=own.low - others.high, high=own.high - others.low)
    return WidenedBounds(
        as_published=published,
        by_area=_no_narrower(_by_area(counts, z=z), published.by_area),
        overall=_no_narrower(_overall(counts, z=z), published.overall),
        others=_no_narrower(_overall(rest, z=z), of_rest.overall),
        gap=_no_narrower(gap, published.gap),
        confidence=confidence,
    )


def _no_narrower(limits: Bounds, published: Bounds) -> Bounds:
    """Return limits that hold the published bounds, too; those of areas come as a row."""
    return Bounds(
        low=np.fmin(limits.low, published.low.reshape(limits.low.shape)),
        high=np.fmax(limits.high, published.high.reshape(limits.high.shape)),
    )


def _as_published(counts: AreaCounts) -> GroupBounds:
    people = counts.people
    share_with, in_group = (
        np.divide(one.value, people, out=np.zeros_like(people), where=people > 0)
        for one in (counts.with_it, counts.in_group)
    )
    return duncan_davis_bounds(share_with, np.minimum(in_group, 1.0)[None], people=people)


def _everybody_else(counts: AreaCounts) -> AreaCounts:
    """Return the counts with those outside the group as the group."""
    people = np.maximum(counts.people - counts.in_group.value, 0.0)
    error = np.linalg.norm(
        [_error(one) for one in (counts.with_it, counts.without, counts.in_group)], axis=0
    )
    rest = UncertainCounts(value=people, standard_error=error, rounding=np.zeros_like(people))
    return AreaCounts(with_it=counts.with_it, without=counts.without, in_group=rest)


def _error(counts: UncertainCounts) -> Vector:
    """Return standard errors; counts that were rounded to whole persons only have none."""
    coarse = np.where(counts.rounding > 1, counts.rounding, 0.0)
    return total_error(
        UncertainCounts(
            value=counts.value, standard_error=counts.standard_error, rounding=coarse
        )
    )  # fmt: skip


def _by_area(counts: AreaCounts, *, z: float) -> Bounds:
    """Return limits by area; NaN where it is known that nobody of the group lives there."""
    group, error = counts.in_group.value, _error(counts.in_group)
    nobody = (group == 0) & (error == 0)
    low, most_without = (
        _least_in_area((group, error), (one.value, _error(one)), z=z)
        for one in (counts.without, counts.with_it)
    )
    return Bounds(
        low=np.where(nobody, np.nan, low), high=np.where(nobody, np.nan, 1.0 - most_without)
    )


def _least_in_area(
    group: tuple[Vector, Vector], outside: tuple[Vector, Vector], *, z: float
) -> Vector:
    """Return the share of a group that is surely not among those outside, by Fieller's test."""

    def too_low(rest: Vector) -> Flags:
        """Say whether those outside are too few for ``rest``, what a share leaves to 1."""
        return rest * group[0] - outside[0] > z * np.hypot(rest * group[1], outside[1])

    return 1.0 - _smallest_refused(too_low, group[0].size)


def _overall(counts: AreaCounts, *, z: float) -> Bounds:
    """Return limits over all areas, shape (1,); NaN for a group that nobody belongs to."""
    group, error = counts.in_group.value, _error(counts.in_group)
    if not group.any():  # nobody, for sure, or as far as anybody knows
        low, high = (0.0, 1.0) if error.any() else (np.nan, np.nan)
        return Bounds(low=np.array([low]), high=np.array([high]))
    low, most_without = (
        _least_of_all((group, error), (one.value, _error(one)), z=z)
        for one in (counts.without, counts.with_it)
    )
    return Bounds(low=low, high=1.0 - most_without)


def _least_of_all(
    group: tuple[Vector, Vector], outside: tuple[Vector, Vector], *, z: float
) -> Vector:
    """Return the share of a group over all areas that is surely not among those outside."""
    surely, steep = _never_too_much(group[0] - outside[0], np.hypot(group[1], outside[1]))
    total = group[0].sum()

    def too_low(rest: Vector) -> Flags:
        share = 1.0 - rest
        return surely - share * total > z * _spread(steep, (group[1], outside[1]), share=share)

    return 1.0 - _smallest_refused(too_low, 1)


def _smallest_refused(refused: Callable[[Vector], Flags], n: int) -> Vector:
    """Return the smallest number of 0-1 that is refused, 1 where none is; all above it are, too."""
    low, high = np.zeros(n), np.ones(n)
    for _ in range(_N_BISECTIONS):
        middle = (low + high) / 2
        gone = refused(middle)
        low, high = np.where(gone, low, middle), np.where(gone, middle, high)
    return high


def _never_too_much(x: Vector, error: Vector) -> tuple[float, Vector]:
    """Return a sum that on average is at most that of ``max(0, true x)``, and its steepness.

    Noise raises ``max(0, x)`` by ``error (φ(t) - |t| Φ(-|t|))`` on average, with ``t`` the true
    ``x / error``. A bump ``error / √π exp(-(x / error)² / 2)`` is taken off: its average, ``error
    φ(0) exp(-t² / 4)``, is more at every ``t``.
    """
    scaled = np.divide(x, error, out=np.full_like(x, np.inf), where=error > 0)
    bump = _BUMP * error * np.exp(-0.5 * np.minimum(scaled**2, _FAR))
    near = np.abs(scaled) < _NEAR
    steep = np.where(near, _STEEPEST, (x > 0).astype(np.float64))
    return float((np.maximum(x, 0.0) - bump).sum()), steep


def _spread(steep: Vector, errors: tuple[Vector, Vector], *, share: Vector) -> Vector:
    """Return the standard error of ``Σ g(G - V) - share Σ G``, at most.

    Under normal noise a function varies at most as its steepest line does (Chernoff 1981, Annals of
    Probability 9, 533-535). In areas where it is open whether it rises, it may also lie flat.
    """
    of_group = np.abs(steep - share[:, None])
    of_group = np.where(steep > 1, np.maximum(of_group, share[:, None]), of_group)
    return np.sqrt(of_group**2 @ errors[0] ** 2 + steep**2 @ errors[1] ** 2)
