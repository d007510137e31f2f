"""What an estimator finds in a history in which nothing happened: units and starts re-assigned.

Source: Bertrand, Duflo and Mullainathan (2004), How much should we trust differences-in-differences
estimates?, Quarterly Journal of Economics 119, 249-275 (placebo interventions).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, matrix, wrong
from evenground.questions.promise.measures.synthetic.assignment_contrasts import (
    contrasts_of,
    effects_of,
    plan_of,
)
from evenground.questions.promise.measures.synthetic.reassignments import (
    ENUMERATED_UP_TO,
    reassignments,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import Method
from evenground.questions.promise.measures.synthetic.treated_block import TreatedBlock

_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotShape:
    """How large and long a pilot is.

    Attributes
    ----------
    n_treated
        Units in the pilot, 1 or more.
    n_before, n_after
        Times before its start (2 or more) and from it on (1 or more).
    """

    n_treated: int
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NullDistribution:
    """Estimates without any effect.

    Attributes
    ----------
    effects, starts, shape (n_assignments,)
        What is found, in the outcome's unit, and the column of the history in which the pretended
        pilot starts.
    members, shape (n_assignments, n_units)
        Who is in it.
    enumerated
        Whether these are all sets of units at all starts; otherwise they were drawn.
    """

    effects: Vector
    starts: Whole
    members: Flags
    enumerated: bool


def null_distribution(
    history: ArrayLike,
    shape: PilotShape,
    *,
    method: Method = "sdid",
    n_draws: int = 1_000,
    rng: np.random.Generator | None = None,
) -> NullDistribution:
    """Return what is found for other units and starts.

    Parameters
    ----------
    history, shape (n_units, n_times)
        Outcomes while nothing of the kind happened.
    shape
        Of the pilot.
    method
        As in ``SyntheticFit``; the exact optimum.
    n_draws, rng
        Where there are more than 10,000 sets of units and starts: how many are drawn, 1 or more,
        and the source of chance.

    Raises
    ------
    UsageError
        If the history is too short or has too few units, or sets must be drawn without ``rng``.
    """
    outcomes = matrix("history", history, shape=(None, None), least=-np.inf)
    _refuse_too_small(outcomes, shape)
    n_units, n_times = outcomes.shape
    starts = np.arange(shape.n_before, n_times - shape.n_after + 1)
    enumerated = comb(n_units, shape.n_treated) * starts.size <= ENUMERATED_UP_TO
    if enumerated:
        sets, _ = reassignments(n_units, shape.n_treated, rng=None)
        members, chosen = np.tile(sets, (starts.size, 1)), np.repeat(starts, len(sets))
    else:
        members, chosen = _drawn(n_units, shape.n_treated, starts, (rng, n_draws))
    effects = np.empty(chosen.size)
    for start in np.unique(chosen):
        rows = np.flatnonzero(chosen == start)
        window = outcomes[:, start - shape.n_before : start + shape.n_after]
        effects[rows] = _effects(window, members[rows], (shape, method))
    return NullDistribution(effects=effects, starts=chosen, members=members, enumerated=enumerated)


def _effects(window: Vector, members: Flags, how: tuple[PilotShape, Method]) -> Vector:
    shape, method = how
    # Nobody is treated, so the noise that sets the penalties is everybody's.
    block = TreatedBlock(
        outcomes=np.vstack([window, np.zeros((shape.n_treated, window.shape[1]))]),
        treated=np.arange(len(window) + shape.n_treated) >= len(window),
        start=shape.n_before,
    )
    plan = plan_of(block, method)
    return effects_of(contrasts_of(window, members, ~members, plan=plan), window)


def _drawn(
    n_units: int,
    n_treated: int,
    starts: Whole,
    how: tuple[np.random.Generator | None, int],
) -> tuple[Flags, Whole]:
    rng, n_draws = how
    if rng is None:
        raise wrong(
            "chance_needed",
            N_("{n} assignments are too many to list; drawing some needs a source of chance, rng"),
            n=comb(n_units, n_treated) * starts.size,
        )
    order = rng.permuted(np.tile(np.arange(n_units), (n_draws, 1)), axis=1)
    members = np.zeros((n_draws, n_units), dtype=np.bool_)
    np.put_along_axis(members, order[:, :n_treated], values=True, axis=1)
    return members, rng.choice(starts, size=n_draws)


def _refuse_too_small(outcomes: Vector, shape: PilotShape) -> None:
    n_units, n_times = outcomes.shape
    asked = min(shape.n_treated, shape.n_before - 1, shape.n_after)
    if asked < 1 or n_units - shape.n_treated < _LEAST or n_times < shape.n_before + shape.n_after:
        raise wrong(
            "history_small",
            N_("a history of {n_units} units and {n_times} times bears no pilot of {n_treated} "
               "units, {n_before} times before and {n_after} after; two units more and two times "
               "before are needed"),
            n_units=n_units,
            n_times=n_times,
            n_treated=shape.n_treated,
            n_before=shape.n_before,
            n_after=shape.n_after,
        )  # fmt: skip
