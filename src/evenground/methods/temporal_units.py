"""The modifiable temporal unit problem: would other intervals of time have told another story?

A figure computed from counts by day, week or month depends on how long the intervals are and where
they begin. So time is cut anew at several widths and, for each, at several phases.
Source: Çöltekin, De Sabbata, Willi, Vontobel, Pfister, Kuhn and Lacayo (2011), Modifiable temporal
unit problem, ISPRS/ICA workshop on persistent problems in geographic visualization; Cheng and
Adepeju (2014), Modifiable temporal unit problem (MTUP) and its effect on space-time cluster
detection, PLoS ONE 9, e100465.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Vector, matrix, vector, wrong

OverTime = Callable[[Vector], float]
"""From sums by interval, shape (n_sums, n_intervals), in order, to a figure; NaN if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BinningPlan:
    """How time is cut.

    Attributes
    ----------
    width
        Of the intervals as given, in the unit of the times, above 0.
    other_widths
        Widths to try beside it, each above 0.
    n_phases
        How many starting points for each width, evenly spread over one interval.
    least_intervals
        A cut that leaves fewer complete intervals is not counted.
    neutral
        The value of the figure that says neither.
    """

    width: float
    other_widths: tuple[float, ...]
    n_phases: int = 8
    least_intervals: int = 4
    neutral: float = 0.0

    def __post_init__(self) -> None:
        """Refuse widths that cut nothing."""
        if not min((self.width, *self.other_widths)) > 0 or self.n_phases < 1:
            raise wrong(
                "binning_plan",
                N_("widths {widths} and {n_phases} phases; both must be above 0"),
                widths=(self.width, *self.other_widths),
                n_phases=self.n_phases,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class BinningInterval:
    """A figure with the intervals as given, and what other intervals make of it.

    Attributes
    ----------
    as_given
        The figure at the given width, beginning with the span.
    widths, shape (n_widths,)
        The given width first.
    values, shape (n_widths, n_phases)
        The figure for each cut; NaN where it has none, or too few intervals are complete.
    low, high
        The smallest and largest of them.
    by_width, shape (n_widths, 2)
        The smallest and largest for each width; NaN for a width without a figure.
    same_sign
        Share of the cuts with a figure, 0-1, on the same side of the neutral value as given.
    n_without
        How many cuts gave no figure.
    """

    as_given: float
    widths: Vector
    values: Vector
    low: float
    high: float
    by_width: Vector
    same_sign: float
    n_without: int

    @property
    def turns(self) -> bool:
        """Whether more than one cut in twenty tells another story."""
        return self.same_sign < 0.95  # noqa: PLR2004 - one in twenty


def binning_interval(
    statistic: OverTime,
    times: ArrayLike,
    extensive: ArrayLike,
    *,
    span: tuple[float, float],
    plan: BinningPlan,
) -> BinningInterval | CannotTell:
    """Return a figure over intervals of time beside its interval over other widths and phases.

    Only intervals that lie wholly within the span are counted, so that none is short.

    Parameters
    ----------
    statistic
        From sums by interval, shape (n_sums, n_intervals), to a figure.
    times, shape (n_events,)
        When each event was, in days or any other unit, in any order.
    extensive, shape (n_sums, n_events)
        What adds up: ones to count events, amounts, an indicator times amounts.
    span
        First and last moment for which events were recorded. Events outside are not counted.
    plan
        Widths and phases.

    Returns
    -------
    BinningInterval or CannotTell
        The latter where the intervals as given are too few, or give no figure.

    Raises
    ------
    UsageError
        If shapes differ, a value is missing, or the span is empty.
    """
    at = vector("times", times, least=-np.inf)
    sums = matrix("extensive", extensive, shape=(None, at.size), least=-np.inf)
    if not span[0] < span[1]:
        raise wrong(
            "span", N_("the span from {first} to {last} is empty"), first=span[0], last=span[1]
        )
    widths = np.array([plan.width, *plan.other_widths])
    phases = np.arange(plan.n_phases) / plan.n_phases
    values = np.array(
        [
            [
                _figure(statistic, at, sums, cut=(span[0] + p * w, w, span[1]), plan=plan)
                for p in phases
            ]
            for w in widths
        ]
    )
    if np.isnan(values[0, 0]):
        known = {"n": _n_intervals((span[0], plan.width, span[1])), "least": plan.least_intervals}
        return CannotTell(reason=Message(code="reason.binning.too_few", parameters=known))
    known = values[~np.isnan(values)]
    side = np.sign(values[0, 0] - plan.neutral)
    return BinningInterval(
        as_given=float(values[0, 0]),
        widths=widths,
        values=values,
        low=float(known.min()),
        high=float(known.max()),
        by_width=np.column_stack([_over_phases(np.fmin, values), _over_phases(np.fmax, values)]),
        same_sign=float((np.sign(known - plan.neutral) == side).mean()),
        n_without=values.size - known.size,
    )


def _over_phases(extreme: np.ufunc, values: Vector) -> Vector:
    return np.asarray(extreme.reduce(values, axis=1), dtype=np.float64)


Cut = tuple[float, float, float]
"""Where the first interval begins, how wide each is, and where the span ends."""


def _n_intervals(cut: Cut) -> int:
    start, width, end = cut
    return int(np.floor((end - start) / width + 1e-9))  # a whole number of intervals, rounded


def _figure(
    statistic: OverTime, times: Vector, sums: Vector, *, cut: Cut, plan: BinningPlan
) -> float:
    n = _n_intervals(cut)
    if n < plan.least_intervals:
        return np.nan
    place = np.floor((times - cut[0]) / cut[1])
    inside = (place >= 0) & (place < n)
    where = place[inside].astype(np.int64)
    binned = np.vstack([np.bincount(where, row[inside], minlength=n) for row in sums]).astype(
        np.float64
    )
    return float(statistic(binned))
