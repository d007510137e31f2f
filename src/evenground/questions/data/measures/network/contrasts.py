"""Days set beside the days around them: after a step, or for as long as something lasts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.data.measures.network.features import Scale, day_features
from evenground.questions.data.measures.network.lattices import Lattice
from evenground.questions.data.measures.network.steps import (
    LEAST_WINDOWS,
    WIDTHS,
    distances,
    spread_of,
)
from evenground.questions.data.measures.network.unit_explained import Contrast, mean_features
from evenground.questions.data.measures.network.windows import window_differences

MOST_BESIDE = 14
"""Days on either side that a stretch of days is set beside."""
AS_BEFORE = 5.0
"""Days after a stretch are as those before it if they differ by less than so many times what is
usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One sensor's days.

    Attributes
    ----------
    profile
        Low, median and high, shape (3, 1, n_days).
    features
        Level and reaches, less weekdays and what the network says, shape (3, n_days).
    network
        What the network says, shape (1, 3, n_days); zeros without one.
    scale
        How features are scaled.
    lattices
        Stretches of days by the smallest step of their values; empty if it is the same throughout.
    activity
        Whether values are counts of what people do.
    """

    profile: Vector
    features: Vector
    network: Vector
    scale: Scale
    lattices: tuple[Lattice, ...] = ()
    activity: bool = False

    @property
    def n_days(self) -> int:
        """Number of days."""
        return self.profile.shape[-1]

    def step(self, position: int) -> float:
        """Return the smallest step of the values on a day, ``nan`` without one."""
        for one in self.lattices:
            if one.start <= position < one.end:
                return one.step
        return np.nan

    def without(self, stretches: list[slice]) -> Course:
        """Return the same days, those of some stretches taken out."""
        profile, features = self.profile.copy(), self.features.copy()
        for one in stretches:
            profile[..., one] = np.nan
            features[:, one] = np.nan
        return replace(self, profile=profile, features=features)


def after_step(course: Course, before: slice, after: slice) -> Contrast | None:
    """Return the shorter side of a step beside the longer, in windows of equal width.

    ``None`` where the sides are too short to know what is usual.
    """
    n_before, n_after = before.stop - before.start, after.stop - after.start
    later = n_before >= n_after
    fitting = [
        w
        for w in WIDTHS
        if w <= min(n_before, n_after) and LEAST_WINDOWS * w <= max(n_before, n_after)
    ]
    if not fitting:
        return None
    width = max(fitting)
    near = slice(before.stop - width, before.stop), slice(after.start, after.start + width)
    asked, beside = (near[1], near[0]) if later else (near[0], near[1])
    longer = course.features[:, before if later else after]
    spread = spread_of(window_differences(longer, width, width))
    return _contrast(course, asked, [beside], spread, later=later)


def for_a_while(course: Course, before: int, inside: slice, after: int) -> Contrast | None:
    """Return a stretch of days beside up to two weeks before and after it.

    Parameters
    ----------
    course
        The sensor's days.
    before, after
        The day before which, and from which on, all is as usual; a day on which it changed may lie
        between these and the stretch.
    inside
        Positions of the stretch.
    """
    length = inside.stop - inside.start
    width = min(MOST_BESIDE, before, course.n_days - after)
    width = max((w for w in WIDTHS if w <= width), default=0)
    outside = course.features.copy()
    outside[:, before:after] = np.nan
    if width == 0 or np.isfinite(outside[0]).sum() < LEAST_WINDOWS * max(length, width) / 2:
        return None
    beside = [slice(before - width, before), slice(after, after + width)]
    if not _as_before(course.features, outside, beside):
        return None
    spread = spread_of(_stretch_differences(outside, length, width))
    return _contrast(course, inside, beside, spread)


def _as_before(features: Vector, outside: Vector, beside: list[slice]) -> bool:
    """Say whether the days after a stretch are as those before it were."""
    width = beside[0].stop - beside[0].start
    usual = spread_of(window_differences(outside, width, width))
    before, after = (mean_features(features[:, one]) for one in beside)
    return bool(distances((after - before)[:, None], usual)[0] < AS_BEFORE)


def _stretch_differences(x: Vector, length: int, width: int) -> Vector:
    """Return, at each day, the mean over ``length`` days from it less that of the days around."""
    from_before = window_differences(x, width, length)
    to_after = window_differences(x, length, width)
    later = np.full(x.shape, np.nan)
    later[..., : x.shape[-1] - length] = to_after[..., length:]
    return (from_before - later) / 2


def _contrast(
    course: Course,
    asked: slice,
    beside: list[slice],
    spread: tuple[Vector, Vector],
    *,
    later: bool = True,
) -> Contrast:
    features = day_features(course.profile, course.scale)[0] - course.network[0]
    means = [mean_features(features[:, one]) for one in beside]
    medians = np.concatenate([course.profile[1, 0, one] for one in beside])
    known = medians[np.isfinite(medians)]
    return Contrast(
        profile=course.profile[..., asked],
        network=course.network[..., asked],
        reference=np.mean(means, axis=0),
        level=float(np.median(known)) if known.size else np.nan,
        spread=spread,
        scale=course.scale,
        later=later,
        activity=course.activity,
        lattice=course.step(asked.start) / course.step(beside[0].start),
    )
