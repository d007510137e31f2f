"""What a pilot's interval would have been where nothing was done: the city's own past as a pilot.

A stretch of history in which nothing was tried serves as a pilot without effect: its own course,
seasons and memory. Areas are drawn into it, lots are drawn over and over, and for each the interval
of the permutation test is found. A constant effect moves an interval by exactly itself, so the
intervals without effect give the power for every effect at once. This holds for additive effects
and estimators that are not divided by their standard error; for others, simulate anew.

Sources: re-assignment on own data, Bertrand, Duflo and Mullainathan (2004), Quarterly Journal of
Economics 119, 249-275; Burlig, Preonas and Woerman (2020), Journal of Development Economics 144,
102458 (a panel's memory decides its power); intervals, Rosenbaum (2002), Observational Studies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Vector, Whole, matrix, wrong
from evenground.questions.promise.measures.pilot.pilot_design import PilotDesign
from evenground.questions.promise.measures.randomised.analysis_of_covariance import (
    ancova_estimator,
)
from evenground.questions.promise.measures.randomised.assignments import (
    drawn_assignments,
    listed_assignments,
)
from evenground.questions.promise.measures.randomised.difference_in_means import (
    difference_in_means_estimator,
)
from evenground.questions.promise.measures.randomised.inversion import interval_ends
from evenground.questions.promise.measures.randomised.linear_estimator import LinearEstimator
from evenground.questions.promise.measures.randomised.permutation import attainable
from evenground.questions.promise.measures.randomised.rerandomisation import (
    balance_threshold,
    mahalanobis_imbalance,
)
from evenground.questions.promise.measures.randomised.scheme import Scheme, even_scheme
from evenground.questions.promise.measures.randomised.two_way_fixed_effects import (
    two_way_fixed_effects_estimator,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """How the past is used.

    Attributes
    ----------
    alpha
        Two-sided error of the pilot's test, 0-1.
    n_pilots
        Stretches of history, each with areas drawn into it.
    n_assignments
        Lots drawn in each, at most; they are listed where they are fewer.
    accepted
        Share of assignments that a rule of balance on the baseline accepts, above 0 to 1; 1 for
        no rule.
    """

    alpha: float = 0.05
    n_pilots: int = 40
    n_assignments: int = 400
    accepted: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NullIntervals:
    """Intervals of pilots without effect.

    Attributes
    ----------
    lows, highs, shape (n,)
        In the outcome's unit; they may be infinite.
    pilots, shape (n,)
        Which stretch of history each is from, numbered from 0.
    n_windows, n_apart
        Different stretches, and how many of them do not overlap.
    level_attained
        Error of the tests, 0-1: the largest at most alpha that lots attain; above alpha if they
        attain none.
    cannot_tell
        Why no pilot of this kind can say anything at alpha; ``None`` otherwise.
    """

    lows: Vector
    highs: Vector
    pilots: Whole
    n_windows: int
    n_apart: int
    level_attained: float
    cannot_tell: CannotTell | None

    @property
    def weights(self) -> Vector:
        """What each interval counts, shape (n,): every stretch the same in all, together 1."""
        sizes = np.bincount(self.pilots)
        return 1 / (sizes.size * sizes[self.pilots])


def null_intervals(
    history: ArrayLike,
    design: PilotDesign,
    *,
    rng: np.random.Generator,
    strata: ArrayLike | None = None,
    reassignment: Reassignment | None = None,
) -> NullIntervals:
    """Return the intervals that a pilot of this design would have had in the past.

    Parameters
    ----------
    history, shape (n_units, n_times)
        Outcomes before anything was done, times in order, none missing; in any unit.
    design
        Of the pilot; no more areas and no longer than the history.
    rng
        Source of chance: which areas take part, which lots are drawn.
    strata, shape (n_units,)
        Lots are drawn within them.
    reassignment
        How the past is used.

    Raises
    ------
    UsageError
        If a number is missing, or the pilot has more areas or periods than the history.
    """
    asked = reassignment or Reassignment()
    y = matrix("history", history, shape=(None, None), least=-np.inf)
    of = np.zeros(len(y), np.int64) if strata is None else np.unique(strata, return_inverse=True)[1]
    room = y.shape[1] - design.n_times
    if len(y) < design.n_areas or room < 0 or of.shape != (len(y),):
        raise wrong(
            "history_short",
            N_("a pilot of {n_areas} areas and {n_times} periods, in a history of {n} and {n_all}"),
            n_areas=design.n_areas,
            n_times=design.n_times,
            n=len(y),
            n_all=y.shape[1],
        )
    begins = np.round(np.linspace(0, room, asked.n_pilots)).astype(np.int64)
    ends: list[tuple[Vector, Vector]] = []
    levels: list[float] = []
    for begin in begins:
        chosen = np.sort(rng.permutation(len(y))[: design.n_areas])
        window = y[chosen, begin : begin + design.n_times]
        labels = _lots(even_scheme(of[chosen], design.n_labels), window, design, rng, asked)
        n_rejected, level = attainable(len(labels), asked.alpha)
        outcomes, estimator = pilot_estimator(window, design, of[chosen])
        ends.append(_ends(outcomes, estimator, labels, max(n_rejected, 1)))
        levels.append(level)
    return laid_out(
        ends,
        n_windows=int(np.unique(begins).size),
        n_apart=y.shape[1] // design.n_times,
        levels=(float(np.median(levels)), asked.alpha),
    )


def laid_out(
    ends: Sequence[tuple[Vector, Vector]],
    *,
    n_windows: int,
    n_apart: int,
    levels: tuple[float, float],
) -> NullIntervals:
    """Return intervals found pilot by pilot as one.

    Parameters
    ----------
    ends
        Lows and highs of each pilot, two of shape (n_assignments,).
    n_windows, n_apart
        As in ``NullIntervals``.
    levels
        The error that lots attain, and the one that was asked for, 0-1.
    """
    attained, alpha = levels
    least = {"least": attained, "alpha": alpha}
    too_few = CannotTell(reason=Message(code="reason.lots.areas_few", parameters=least))
    return NullIntervals(
        lows=np.concatenate([low for low, _ in ends]),
        highs=np.concatenate([high for _, high in ends]),
        pilots=np.repeat(np.arange(len(ends)), [low.size for low, _ in ends]),
        n_windows=n_windows,
        n_apart=n_apart,
        level_attained=attained,
        cannot_tell=too_few if attained > alpha * (1 + 1e-12) else None,
    )


def pilot_estimator(
    window: Vector, design: PilotDesign, strata: Whole
) -> tuple[Vector, LinearEstimator]:
    """Return the outcomes that a design compares, and how it compares them.

    Parameters
    ----------
    window, shape (n_areas, n_times)
        The pilot's data, its baseline first.
    design
        Of the pilot.
    strata, shape (n_areas,)
        Within which lots are drawn.
    """
    before = window[:, : design.n_baseline]
    after = window[:, design.n_baseline :]
    if design.design == "stepped_wedge":
        starts = design.starts - design.n_baseline
        return after, two_way_fixed_effects_estimator(starts, design.n_periods)
    if design.design == "parallel":
        return after.mean(axis=1), difference_in_means_estimator(strata)
    if design.design == "difference_in_differences":
        change = after.mean(axis=1) - before.mean(axis=1)
        return change, difference_in_means_estimator(strata)
    dummies = (strata[:, None] == np.unique(strata)[1:]).astype(np.float64)
    covariates = np.column_stack([before.mean(axis=1), dummies])
    return after.mean(axis=1), ancova_estimator(covariates)


def _ends(
    outcomes: Vector, estimator: LinearEstimator, labels: Whole, n_rejected: int
) -> tuple[Vector, Vector]:
    estimates = estimator.estimates(outcomes, labels)
    return interval_ends(estimates, estimator.overlaps(labels), n_rejected=n_rejected)


def _lots(
    scheme: Scheme,
    window: Vector,
    design: PilotDesign,
    rng: np.random.Generator,
    asked: Reassignment,
) -> Whole:
    """Return assignments, listed or drawn, and only balanced ones where a rule asks for it."""
    if scheme.n_assignments <= asked.n_assignments:
        labels = listed_assignments(scheme).labels
    else:
        n_draws = int(np.ceil(asked.n_assignments / asked.accepted))
        labels = drawn_assignments(scheme, rng=rng, n_draws=n_draws).labels
    if asked.accepted >= 1:
        return labels
    known = baseline_covariates(window[:, : design.n_baseline])
    most = balance_threshold(known.shape[1], asked.accepted, n_labels=design.n_labels)
    imbalance = mahalanobis_imbalance(known, labels)
    return labels[imbalance <= max(most, float(imbalance.min()))]


def baseline_covariates(baseline: Vector) -> Vector:
    """Return what lots are balanced on, shape (n_areas, 1 or 2): the baseline's level and change.

    Raises
    ------
    UsageError
        If there is no baseline.
    """
    n = baseline.shape[1]
    if not n:
        raise wrong("baseline_none", N_("lots are balanced on a baseline, and there is none"))
    level = baseline.mean(axis=1)
    if n == 1:
        return level[:, None]
    change = baseline[:, (n + 1) // 2 :].mean(axis=1) - baseline[:, : n // 2].mean(axis=1)
    varies = float(np.ptp(change)) > 1e-9 * float(np.abs(baseline).max())
    return np.column_stack([level, change]) if varies else level[:, None]
