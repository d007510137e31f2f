"""The effect in a stepped wedge: a level for each unit, one for each time, and what treatment adds.

Sources: Hussey and Hughes (2007), Contemporary Clinical Trials 28, 182-191 (their model with fixed
unit levels); over the order of units by lot, Ji, Fink, Robyn and Small (2017), Annals of Applied
Statistics 11, 1-20. It averages effects by time since start as expected only if the effect does not
grow or fade: Kenny, Voldal, Xia, Heagerty and Hughes (2022), Statistics in Medicine 41, 4311-4339.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, matrix, wrong
from evenground.questions.promise.measures.randomised.linear_estimator import LinearEstimator


def two_way_fixed_effects(outcomes: ArrayLike, labels: ArrayLike, starts: ArrayLike) -> Vector:
    """Return the coefficient of being treated beside unit and time levels, shape (n,).

    Parameters
    ----------
    outcomes, shape (n_units, n_times)
        In any unit, which is that of the answer; times in order.
    labels, shape (n, n_units)
        Step of each unit, from 0.
    starts, shape (n_steps,)
        Column in which each step begins; ``n_times`` for never. Two steps, of which one never
        begins, make it a difference in differences.

    Raises
    ------
    UsageError
        If shapes do not fit, or a step's number is unknown, or steps do not differ.
    """
    steps = np.atleast_2d(np.asarray(labels, dtype=np.int64))
    y = matrix("outcomes", outcomes, shape=(steps.shape[1], None), least=-np.inf)
    begins = _checked(starts, steps, y.shape[1])
    within = y - y.mean(axis=1, keepdims=True)
    within -= within.mean(axis=0)
    from_start = np.zeros((len(y), y.shape[1] + 1))
    from_start[:, :-1] = np.cumsum(within[:, ::-1], axis=1)[:, ::-1]
    by_step = from_start[:, begins]
    top = by_step[np.arange(len(y)), steps].sum(axis=1)
    below = _spread(steps, begins, y.shape[1])
    if (below <= 1e-12 * y.size).any():
        raise wrong("steps_alike", N_("all units begin at the same time: nothing to compare"))
    return top / below


def two_way_fixed_effects_estimator(starts: ArrayLike, n_times: int) -> LinearEstimator:
    """Return ``two_way_fixed_effects`` for a permutation test."""
    begins = np.asarray(starts, dtype=np.int64)
    return LinearEstimator(
        name="two_way_fixed_effects",
        estimates=partial(two_way_fixed_effects, starts=begins),
        exposure=lambda labels: exposed(labels, begins, n_times),
        overlaps=lambda labels: wedge_overlaps(labels, begins, n_times),
    )


def wedge_overlaps(labels: Whole, starts: Whole, n_times: int) -> Vector:
    """Return each estimate of what an effect of 1 adds under each assignment, shape (n, n).

    Row b, column a: the sum over units and times of b's treatment less unit and time means, times
    a's, over the sum of squares of b's. For assignments that deal the same number of each step.
    """
    on = (np.arange(n_times) >= starts[:, None]).astype(np.float64)
    rest = on - on.mean(axis=1, keepdims=True)
    alike = rest @ rest.T
    n, n_units = labels.shape
    dealt = (labels[:, :, None] == np.arange(starts.size)).astype(np.float64)
    together = dealt.reshape(n, -1) @ (dealt @ alike).reshape(n, -1).T
    by_time = dealt.sum(axis=1) @ rest / n_units
    return (together - n_units * by_time @ by_time.T) / _spread(labels, starts, n_times)[:, None]


def exposed(labels: Whole, starts: Whole, n_times: int) -> Vector:
    """Return 1 where a unit is treated and 0 where not yet, shape (…, n_units, n_times)."""
    return (np.arange(n_times) >= starts[labels][..., None]).astype(np.float64)


def _spread(steps: Whole, starts: Whole, n_times: int) -> Vector:
    """Return the sum of squares of treatment less unit and time means, shape (n,)."""
    counts = np.stack([(steps == step).sum(axis=1) for step in range(starts.size)], axis=1)
    treated = (n_times - starts).astype(np.float64)
    on = (np.arange(n_times) >= starts[:, None]).astype(np.float64)
    n_units = steps.shape[1]
    by_time = counts @ on
    total = counts @ treated
    return (
        total
        - counts @ treated**2 / n_times
        - (by_time**2).sum(axis=1) / n_units
        + total**2 / (n_units * n_times)
    )


def _checked(starts: ArrayLike, steps: Whole, n_times: int) -> Whole:
    begins = np.asarray(starts, dtype=np.int64)
    known = begins.ndim == 1 and begins.size > 0
    if not known or begins.min() < 0 or begins.max() > n_times or steps.max() >= begins.size:
        raise wrong(
            "steps_known",
            N_("starts {starts} do not fit {n_times} times and the steps dealt"),
            starts=str(begins.tolist()),
            n_times=n_times,
        )
    return begins
