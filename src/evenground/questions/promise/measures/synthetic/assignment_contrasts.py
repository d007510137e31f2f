"""What an estimator would weigh, and find, had others been treated: many assignments at once.

Courses before the start are freed of their unit's and time's mean once; every assignment's Gram
matrix of units is a sub-block of one matrix, and its Gram matrix of times that of all units less
the few that are no donors (a downdate of as low a rank). Penalties stay those of the real
assignment, as in the placebo algorithm of the source.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic
difference-in-differences, American Economic Review 111, 4088-4118, algorithm 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.promise.measures.synthetic.augmented_synthetic_control import (
    Correction,
    corrected_weights,
    n_left_out,
)
from evenground.questions.promise.measures.synthetic.frank_wolfe import early_stopped_weights
from evenground.questions.promise.measures.synthetic.simplex_of_many import (
    Grams,
    least_on_simplex_of_many,
)
from evenground.questions.promise.measures.synthetic.synthetic_control import (
    LEVEL_PENALTY,
    level_ridge,
)
from evenground.questions.promise.measures.synthetic.synthetic_difference_in_differences import (
    TIME_PENALTY,
    unit_penalty,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import Method, Mode
from evenground.questions.promise.measures.synthetic.treated_block import TreatedBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How every assignment is estimated.

    Attributes
    ----------
    method, mode
        As in ``SyntheticFit``.
    start
        First treated column.
    penalty
        ``zeta`` of the unit weights (of ASCM, those of the synthetic control inside), in the
        outcome's unit.
    noise
        Standard deviation of first differences before the start, in the outcome's unit.
    """

    method: Method
    mode: Mode
    start: int
    penalty: float
    noise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrasts:
    """Weights of units and times; an effect is ``units' Y times``.

    Attributes
    ----------
    units, shape (n_assignments, n_units)
        Even and positive for the treated, less the weights of the donors; adding up to 0.
    times, shape (n_assignments, n_times)
        Even and positive from the start on, less the weights of the times before.
    gap
        The largest duality gap, in the outcome's unit squared.
    """

    units: Vector
    times: Vector
    gap: float = 0.0


def plan_of(block: TreatedBlock, method: Method, *, mode: Mode = "exact") -> Plan:
    """Return the plan that the real assignment sets."""
    noise = block.noise
    penalty = unit_penalty(block) if method == "sdid" else LEVEL_PENALTY * noise
    return Plan(method=method, mode=mode, start=block.start, penalty=penalty, noise=noise)


def effects_of(contrasts: Contrasts, outcomes: Vector) -> Vector:
    """Return the effect under each assignment, in the outcome's unit, shape (n_assignments,)."""
    # Unit weights add up to nothing, so each time's mean may be taken off, which spares digits.
    return ((contrasts.units @ (outcomes - outcomes.mean(axis=0))) * contrasts.times).sum(axis=1)


def contrasts_of(outcomes: Vector, treated: Flags, donors: Flags, *, plan: Plan) -> Contrasts:
    """Return the weights under each assignment.

    Parameters
    ----------
    outcomes, shape (n_units, n_times)
        In the outcome's unit.
    treated, donors, shape (n_assignments, n_units)
        Who would be treated, and who is compared with; the same numbers in each assignment.
    plan
        Method, start and penalties.
    """
    if plan.method == "did":
        return _signed(treated, donors / donors.sum(axis=1, keepdims=True), _even(outcomes, plan))
    if plan.mode == "reference" and plan.method != "ascm":
        return _one_by_one(outcomes, treated, donors, plan)
    levels = plan.method != "sdid"
    before = outcomes[:, : plan.start]
    course = before if levels else before - before.mean(axis=1, keepdims=True)
    course = course - course.mean(axis=0)
    gram = course @ course.T
    targets = (treated / treated.sum(axis=1, keepdims=True)) @ gram
    ridge = plan.start * plan.penalty**2
    gram.flat[:: gram.shape[0] + 1] += level_ridge(gram, ridge) if levels else ridge or 1.0
    units, gap = least_on_simplex_of_many(Grams(whole=gram), targets, donors, few=levels)
    if levels:
        if plan.method == "ascm":
            how = Correction(penalty=plan.penalty, n_out=n_left_out(plan.start, plan.mode))
            units, _ = corrected_weights(before, treated, donors, inner=units, how=how)
        times = np.zeros((len(treated), plan.start))
        return _signed(treated, units, _after(times, outcomes.shape[1]), float(gap.max()))
    later = outcomes[:, plan.start :].mean(axis=1) - before.mean(axis=1)
    times, other = _time_weights(course, later - later.mean(), donors, plan)
    most = max(float(gap.max()), float(other.max()))
    return _signed(treated, units, _after(times, outcomes.shape[1]), most)


def _time_weights(
    course: Vector, later: Vector, donors: Flags, plan: Plan
) -> tuple[Vector, Vector]:
    n_problems, n_donors = donors.shape[0], int(donors[0].sum())
    n_before = course.shape[1]
    # Who is no donor, the same number in each assignment.
    out = np.nonzero(~donors)[1].reshape(n_problems, -1)
    gone, gone_later = course[out], later[out]
    lost, lost_later = gone.sum(axis=1), gone_later.sum(axis=1)
    grams = course.T @ course - np.matmul(gone.transpose(0, 2, 1), gone)
    grams -= lost[:, :, None] * (lost[:, None, :] / n_donors)
    targets = later @ course - np.matmul(gone_later[:, None, :], gone)[:, 0, :]
    targets -= lost * (lost_later / n_donors)[:, None]
    diagonal = grams.reshape(n_problems, -1)[:, :: n_before + 1]
    mean = diagonal.mean(axis=1)
    diagonal += n_donors * (TIME_PENALTY * plan.noise) ** 2 or 1.0
    grams += (mean / n_before)[:, None, None]  # a constant, which changes nothing on the simplex
    admitted = np.ones((n_problems, n_before), dtype=np.bool_)
    return least_on_simplex_of_many(Grams(whole=grams), targets, admitted, few=True)


def _even(outcomes: Vector, plan: Plan) -> Vector:
    return _after(np.full((1, plan.start), 1 / plan.start), outcomes.shape[1])


def _after(before: Vector, n_times: int) -> Vector:
    n_after = n_times - before.shape[1]
    return np.hstack([-before, np.full((before.shape[0], n_after), 1 / n_after)])


def _signed(treated: Flags, donors: Vector, times: Vector, gap: float = 0.0) -> Contrasts:
    units = treated / treated.sum(axis=1, keepdims=True) - donors
    return Contrasts(
        units=units, times=np.broadcast_to(times, (len(units), times.shape[1])), gap=gap
    )


def _one_by_one(outcomes: Vector, treated: Flags, donors: Flags, plan: Plan) -> Contrasts:
    units = np.zeros(treated.shape)
    times = np.zeros((len(treated), plan.start))
    for row, (chosen, others) in enumerate(zip(treated, donors, strict=True)):
        units[row, others], times[row] = _early(outcomes, chosen, others, plan)
    return _signed(treated, units, _after(times, outcomes.shape[1]))


def _early(outcomes: Vector, treated: Flags, donors: Flags, plan: Plan) -> tuple[Vector, Vector]:
    before = outcomes[:, : plan.start]
    courses = before if plan.method == "sc" else before - before.mean(axis=1, keepdims=True)
    middle = courses[donors].mean(axis=0)
    design, target = courses[donors] - middle, courses[treated].mean(axis=0) - middle
    units = early_stopped_weights(design.T, target, penalty=plan.penalty, noise=plan.noise)
    if plan.method == "sc":
        return units, np.zeros(plan.start)
    later = outcomes[donors, plan.start :].mean(axis=1) - before[donors].mean(axis=1)
    penalty = TIME_PENALTY * plan.noise
    times = early_stopped_weights(design, later - later.mean(), penalty=penalty, noise=plan.noise)
    return units, times
