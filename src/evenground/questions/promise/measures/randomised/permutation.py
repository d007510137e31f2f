"""Did it do anything? The permutation test over the lots as they were drawn, with its interval.

Sources: Fisher (1935), The Design of Experiments, section 21; the interval, Rosenbaum (2002),
Observational Studies, section 2.6.2; drawn assignments counted together with the one that came,
Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9, 39.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.promise.measures.randomised.assignments import Assignments
from evenground.questions.promise.measures.randomised.inversion import inverted_interval
from evenground.questions.promise.measures.randomised.linear_estimator import LinearEstimator


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationTest:
    """What the lots say.

    Attributes
    ----------
    effect, low, high
        Estimate and interval for a constant effect, in the outcome's unit; ends may be infinite.
    p_greater, p_less
        Chance of an estimate as large (as small) if nobody's outcome were touched, above 0 to 1.
    p
        Twice the smaller of them, at most 1: it is at most alpha where 0 lies outside the interval.
    monte_carlo_error
        Standard error of ``p`` from drawing; 0 where all assignments were listed.
    alpha, level_attained
        The error that was asked for, and the one that the interval has: the largest at most alpha
        that so many assignments attain, or the smallest that they attain at all.
    cannot_tell
        Why nothing can be said at ``alpha`` where assignments are too few; the interval is then at
        the level attained.
    n_assignments, exact
        How many were looked at, the one that came included, and whether they are all there are.
    estimates, shape (n_assignments,)
        Under each assignment with the outcomes as they came; the one that came at ``came``.
    """

    effect: float
    low: float
    high: float
    p_greater: float
    p_less: float
    p: float
    monte_carlo_error: float
    alpha: float
    level_attained: float
    cannot_tell: CannotTell | None
    n_assignments: int
    exact: bool
    estimates: Vector
    came: int


def permutation_test(
    outcomes: ArrayLike,
    observed: ArrayLike,
    *,
    assignments: Assignments,
    estimator: LinearEstimator,
    alpha: float = 0.05,
) -> PermutationTest:
    """Return the test of no effect on anybody, and the interval for a constant effect.

    Parameters
    ----------
    outcomes, shape (n_units,) or (n_units, n_times)
        As the estimator wants them, in the outcome's unit.
    observed, shape (n_units,)
        The assignment that came.
    assignments
        What the lots could have given: after re-randomisation, the accepted ones alone.
    estimator
        A linear estimator: difference in means, ANCOVA, Lin's, two-way fixed effects.
    alpha
        Two-sided error, 0-1: half in each tail.

    Raises
    ------
    UsageError
        If the assignment cannot have come from the lots, an outcome is missing, or ``alpha`` is not
        inside 0-1.
    """
    y = _outcomes(outcomes)
    labels, came = reference_set(observed, assignments)
    estimates = estimator.estimates(y, labels)
    exposures = estimator.estimates(estimator.exposure(labels[came]), labels)
    n = len(labels)
    n_rejected, attained = attainable(n, alpha)
    low, high = inverted_interval(estimates, exposures, came, n_rejected=max(n_rejected, 1))
    slack = 1e-9 * max(float(np.ptp(estimates)), float(np.abs(y).max()) * 1e-3)
    p_greater = float((estimates >= estimates[came] - slack).sum()) / n
    p_less = float((estimates <= estimates[came] + slack).sum()) / n
    p = min(1.0, 2 * min(p_greater, p_less))
    one_side = min(p_greater, p_less)
    error = 0.0 if assignments.exact else 2 * math.sqrt(one_side * (1 - one_side) / (n - 1))
    return PermutationTest(
        effect=float(estimates[came]),
        low=low,
        high=high,
        p_greater=p_greater,
        p_less=p_less,
        p=p,
        monte_carlo_error=error,
        alpha=alpha,
        level_attained=attained,
        cannot_tell=None if n_rejected else _too_few(n, alpha),
        n_assignments=n,
        exact=assignments.exact,
        estimates=estimates,
        came=came,
    )


def attainable(n_assignments: int, alpha: float) -> tuple[int, float]:
    """Return how many assignments a tail may reject, and the two-sided error that this makes.

    With none, the error is the smallest that so many assignments attain: that of one in each tail.

    Raises
    ------
    UsageError
        If ``alpha`` is not inside 0-1.
    """
    if not 0 < alpha < 1:
        raise wrong("alpha", N_("alpha is {alpha}, not within 0-1"), alpha=alpha)
    n_rejected = math.floor(alpha / 2 * n_assignments + 1e-9)
    return n_rejected, min(1.0, 2 * max(n_rejected, 1) / n_assignments)


def reference_set(observed: ArrayLike, assignments: Assignments) -> tuple[Whole, int]:
    """Return the assignments to be looked at, and the place of the one that came.

    Drawn ones get it as their first.

    Raises
    ------
    UsageError
        If it cannot have come from the lots.
    """
    came = np.asarray(observed, dtype=np.int64)
    if not assignments.scheme.allows(came):
        raise wrong(
            "not_by_these_lots",
            N_("the scheme ({kind}) cannot give this assignment"),
            kind=assignments.scheme.kind,
        )
    if not assignments.exact:
        if assignments.accepts is None or assignments.accepts(came[None, :])[0]:
            return np.concatenate([came[None, :], assignments.labels]), 0
        at = np.zeros(0, dtype=np.int64)
    else:
        at = np.flatnonzero((assignments.labels == came).all(axis=1))
    if not at.size:
        raise wrong("not_accepted", N_("this assignment is not among those that were accepted"))
    return assignments.labels, int(at[0])


def _outcomes(values: ArrayLike) -> Vector:
    y = np.asarray(values, dtype=np.float64)
    if not np.isfinite(y).all():
        raise wrong(
            "outcome_missing", N_("{n} outcomes are missing"), n=int((~np.isfinite(y)).sum())
        )
    return y


def _too_few(n: int, alpha: float) -> CannotTell:
    known = {"n_assignments": n, "alpha": alpha, "least": 2 / n}
    return CannotTell(reason=Message(code="reason.lots.too_few", parameters=known))
