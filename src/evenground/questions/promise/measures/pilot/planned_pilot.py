"""A pilot as planned, laid into the past: the very areas, dates and estimator, and no effect.

Where lots decide, they are drawn again as the plan draws them; where few areas were chosen, every
other set of as many is looked at, as their test will do.

Sources: Bertrand, Duflo and Mullainathan (2004), Quarterly Journal of Economics 119, 249-275;
Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105, 493-505
(the test over other areas).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, wrong
from evenground.questions.promise.measures.evaluation.by_lot import lot_of
from evenground.questions.promise.measures.panel import panel
from evenground.questions.promise.measures.pilot.null_intervals import (
    NullIntervals,
    Reassignment,
    laid_out,
)
from evenground.questions.promise.measures.randomised.assignments import (
    drawn_assignments,
    listed_assignments,
)
from evenground.questions.promise.measures.randomised.inversion import interval_ends
from evenground.questions.promise.measures.randomised.permutation import attainable
from evenground.questions.promise.measures.synthetic.null_distribution import NullDistribution


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPilot:
    """Who is to be treated since when.

    Attributes
    ----------
    first_treated, shape (n_units,)
        Column of the pilot's data in which each unit begins; ``n_times`` for never.
    n_times
        Periods of the pilot's data, the baseline among them.
    strata, shape (n_units,)
        Within which lots are drawn; ``None`` for one.
    """

    first_treated: Whole
    n_times: int
    strata: Whole | None = None


def planned_intervals(
    history: ArrayLike,
    planned: PlannedPilot,
    *,
    rng: np.random.Generator,
    reassignment: Reassignment | None = None,
) -> NullIntervals:
    """Return the intervals that the pilot would have had in the past, had lots decided.

    Parameters
    ----------
    history, shape (n_units, n_times)
        Outcomes before anything was done, times in order, none missing; in any unit.
    planned
        The pilot, for the same units.
    rng
        Source of chance where there are more lots than are looked at.
    reassignment
        How the past is used; a rule of balance is left aside.

    Raises
    ------
    UsageError
        If a number is missing, shapes do not fit, or the history is shorter than the pilot.
    """
    asked = reassignment or Reassignment()
    y = matrix("history", history, shape=(len(planned.first_treated), None), least=-np.inf)
    room = y.shape[1] - planned.n_times
    if room < 0:
        raise wrong(
            "history_short",
            N_("a pilot of {n_times} periods, in a history of {n_all}"),
            n_times=planned.n_times,
            n_all=y.shape[1],
        )
    begins = np.unique(np.round(np.linspace(0, room, asked.n_pilots)).astype(np.int64))
    ends: list[tuple[Vector, Vector]] = []
    level = 1.0
    for begin in begins:
        window = panel(y[:, begin : begin + planned.n_times], planned.first_treated)
        lot = lot_of(window, planned.strata)
        few = lot.scheme.n_assignments <= asked.n_assignments
        every = (
            listed_assignments(lot.scheme)
            if few
            else drawn_assignments(lot.scheme, rng=rng, n_draws=asked.n_assignments)
        )
        n_rejected, level = attainable(every.n, asked.alpha)
        estimates = lot.estimator.estimates(lot.outcomes, every.labels)
        overlaps = lot.estimator.overlaps(every.labels)
        ends.append(interval_ends(estimates, overlaps, n_rejected=max(n_rejected, 1)))
    return laid_out(
        ends,
        n_windows=len(ends),
        n_apart=y.shape[1] // planned.n_times,
        levels=(level, asked.alpha),
    )


def placebo_intervals(
    null: NullDistribution, *, alpha: float = 0.05, n_apart: int = 1
) -> NullIntervals:
    """Return the intervals that few chosen areas would have had among all sets of as many.

    A set's effect is rejected at 0 if no more than ``alpha`` of all sets, its own among them, have
    one of that size or larger; the interval is the effect give or take the size that takes.

    Parameters
    ----------
    null
        Estimates without any effect, by set and start.
    alpha
        Two-sided error, 0-1.
    n_apart
        Stretches of the history that do not overlap.

    Raises
    ------
    UsageError
        If ``alpha`` is not inside 0-1.
    """
    if not 0 < alpha < 1:
        raise wrong("alpha", N_("alpha is {alpha}, not within 0-1"), alpha=alpha)
    ends: list[tuple[Vector, Vector]] = []
    level = 1.0
    for start in np.unique(null.starts):
        effects = null.effects[null.starts == start]
        n = effects.size
        larger = max(math.floor(alpha * n * (1 + 1e-12)) - 1, 0)
        level = (larger + 1) / n
        size = np.abs(effects)
        if larger + 1 >= n:
            half = np.full(n, np.inf)
        else:
            falling = np.sort(size)[::-1]
            own_among = size >= falling[larger]
            half = np.where(own_among, falling[larger + 1], falling[larger])
        ends.append((effects - half, effects + half))
    return laid_out(ends, n_windows=len(ends), n_apart=n_apart, levels=(level, alpha))
