"""Looking several times at one randomisation: all looks together err no more often than was sealed.

The lots were drawn once, and the same assignments are looked at again as outcomes come in. At each
look those assignments count as rejected that lie furthest out, as many as the spending function
allows; so at most a share ``alpha`` of all assignments is ever rejected, whatever ties the looks
together: nothing is assumed about independence or normality.

Sources: Lan and DeMets (1983), Biometrika 70, 659-663 (spending); over a randomisation, Mehta,
Patel, Senchaudhuri and Tsiatis (1994), Biometrics 50, 1042-1053.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong
from evenground.questions.promise.measures.randomised.assignments import Assignments
from evenground.questions.promise.measures.randomised.inversion import inverted_interval
from evenground.questions.promise.measures.randomised.linear_estimator import LinearEstimator
from evenground.questions.promise.measures.randomised.permutation import reference_set

ASSUMES = (Message(code="assumes.lots"), Message(code="assumes.sealed_looks"))
"""The lots were drawn as sealed, and looks are those of the sealed schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SequentialTest:
    """What each look so far says; error over all looks of the schedule at most ``alpha``.

    Attributes
    ----------
    estimates, shape (n_looks,)
        In the outcome's unit.
    boundaries, shape (n_looks,)
        A look rejects where its estimate lies further from 0; infinite where it may spend nothing.
    lows, highs, shape (n_looks,)
        Intervals for a constant effect that hold at all looks together; infinite where a look
        spends less than two assignments.
    spent, shape (n_looks,)
        Error spent by then, as assignments allow; never more than sealed.
    crossed_at
        The first look that rejects, from 0; ``None`` if none did.
    alpha
        Of the whole schedule.
    n_assignments, exact
        As for a single test.
    assumptions
        What this rests on; to be printed.
    """

    estimates: Vector
    boundaries: Vector
    lows: Vector
    highs: Vector
    spent: Vector
    crossed_at: int | None
    alpha: float
    n_assignments: int
    exact: bool
    assumptions: tuple[Message, ...] = ASSUMES


def sequential_permutation_test(
    looks: Sequence[ArrayLike],
    observed: ArrayLike,
    *,
    assignments: Assignments,
    estimators: Sequence[LinearEstimator],
    spent: ArrayLike,
) -> SequentialTest:
    """Return what the looks so far say.

    Parameters
    ----------
    looks
        Outcomes as known at each look so far, as the look's estimator wants them.
    observed, shape (n_units,)
        The assignment that came.
    assignments
        What the lots could have given.
    estimators
        One for each look; the same one, where its outcomes keep their shape.
    spent, shape (n_looks of the schedule,)
        Two-sided error that is spent by each look: ``obrien_fleming_spending`` of the schedule.

    Raises
    ------
    UsageError
        If there are more looks than the schedule has, or the assignment cannot have come.
    """
    sealed = vector("spent", spent)
    if not 0 < len(looks) <= sealed.size or len(estimators) != len(looks):
        raise wrong(
            "looks_sealed",
            N_("{n} looks with {n_estimators} estimators; the schedule has {n_sealed}"),
            n=len(looks),
            n_estimators=len(estimators),
            n_sealed=sealed.size,
        )
    labels, came = reference_set(observed, assignments)
    each = list(zip(looks, estimators, strict=True))
    paths = np.column_stack([e.estimates(np.asarray(y, np.float64), labels) for y, e in each])
    parts = np.diff(sealed, prepend=0.0)
    ends: list[tuple[float, float]] = []
    for at, estimator in enumerate(estimators):
        moved = estimator.estimates(estimator.exposure(labels[came]), labels)
        n_rejected = math.floor(parts[at] / 2 * len(labels) + 1e-9)
        ends.append(inverted_interval(paths[:, at], moved, came, n_rejected=n_rejected))
    boundaries, used = permutation_boundaries(paths, sealed[: len(looks)])
    beyond = np.flatnonzero(np.abs(paths[came]) > boundaries)
    return SequentialTest(
        estimates=paths[came],
        boundaries=boundaries,
        lows=np.array([low for low, _ in ends]),
        highs=np.array([high for _, high in ends]),
        spent=used,
        crossed_at=int(beyond[0]) if beyond.size else None,
        alpha=float(sealed[-1]),
        n_assignments=len(labels),
        exact=assignments.exact,
    )


def permutation_boundaries(paths: ArrayLike, spent: ArrayLike) -> tuple[Vector, Vector]:
    """Return the boundary of each look and the share of assignments rejected by then.

    Parameters
    ----------
    paths, shape (n_assignments, n_looks)
        The estimate of each assignment at each look.
    spent, shape (n_looks,)
        Share of assignments that may be rejected by each look.

    Returns
    -------
    tuple
        Two arrays of shape (n_looks,). Rejected is what lies strictly beyond the boundary; ties
        with it are not.

    Raises
    ------
    UsageError
        If shapes do not fit.
    """
    moves = np.abs(matrix("paths", paths, shape=(None, None), least=-np.inf))
    allowed = np.floor(vector("spent", spent, size=moves.shape[1]) * len(moves) + 1e-9)
    alive = np.ones(len(moves), dtype=np.bool_)
    boundaries = np.full(moves.shape[1], np.inf)
    used = np.zeros(moves.shape[1])
    for look in range(moves.shape[1]):
        free = int(allowed[look]) - int((~alive).sum())
        if 0 < free < int(alive.sum()):
            falling = np.sort(moves[alive, look])[::-1]
            # What rounding alone sets apart is a tie.
            boundaries[look] = falling[free] * (1 + 1e-9)
            alive &= moves[:, look] <= boundaries[look]
        used[look] = (~alive).mean()
    return boundaries, used
