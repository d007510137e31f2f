"""Drawn by lot: the permutation test over what the lots could have given."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenground.methods.validation import Vector, Whole
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.by_placebos import cannot_tell_at, compared
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.randomised.assignments import (
    Assignments,
    assignments_of,
)
from evenground.questions.promise.measures.randomised.difference_in_means import (
    difference_in_means_estimator,
)
from evenground.questions.promise.measures.randomised.linear_estimator import LinearEstimator
from evenground.questions.promise.measures.randomised.permutation import (
    PermutationTest,
    permutation_test,
)
from evenground.questions.promise.measures.randomised.scheme import Scheme
from evenground.questions.promise.measures.randomised.two_way_fixed_effects import (
    two_way_fixed_effects_estimator,
)

_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot as it came.

    Attributes
    ----------
    outcomes
        As the estimator wants them.
    labels, shape (n_units,)
        What each unit got.
    scheme, estimator
        What dealt the labels, and what compares them.
    could_come
        What the lots could have given, where it is known; otherwise all that the scheme gives.
    """

    outcomes: Vector
    labels: Whole
    scheme: Scheme
    estimator: LinearEstimator
    could_come: Assignments | None = None


def lot_of(panel: Panel, strata: ArrayLike | None = None) -> Lot:
    """Return a panel whose treatment was drawn by lot.

    With one start, what is compared is each unit's mean from the start on, less its mean before; in
    a stepped wedge, two-way fixed effects. Those who were to be treated count as treated, whether
    they were or not (intention to treat).

    Parameters
    ----------
    panel
        ``first_treated`` as the lot had it.
    strata, shape (n_units,)
        Strata within which lots were drawn.
    """
    starts = panel.cohorts
    labels = np.searchsorted(starts, panel.first_treated)
    if starts.size == 1:
        treated, start = panel.ever_treated, int(starts[0])
        apart = panel.outcomes - panel.outcomes.mean(axis=0)
        change = apart[:, start:].mean(axis=1) - (apart[:, :start].mean(axis=1) if start else 0.0)
        return Lot(
            outcomes=change,
            labels=treated.astype(np.int64),
            scheme=scheme_that_gave(treated.astype(np.int64), strata),
            estimator=difference_in_means_estimator(strata),
        )
    steps = starts if panel.ever_treated.all() else np.append(starts, panel.n_times)
    return Lot(
        outcomes=panel.outcomes,
        labels=labels.astype(np.int64),
        scheme=scheme_that_gave(labels.astype(np.int64), strata),
        estimator=two_way_fixed_effects_estimator(steps, panel.n_times),
    )


def scheme_that_gave(labels: Whole, strata: ArrayLike | None = None) -> Scheme:
    """Return the scheme in which each stratum gets as many of each label as it got.

    Parameters
    ----------
    labels, shape (n_units,)
        Label of each unit, from 0.
    strata, shape (n_units,)
        Stratum of each unit; all in one where there are none.
    """
    n_labels = int(labels.max()) + 1
    names = np.zeros(labels.size) if strata is None else np.asarray(strata)
    of = np.unique(names, return_inverse=True)[1]
    counts = np.zeros((int(of.max()) + 1, n_labels), dtype=np.int64)
    np.add.at(counts, (of, labels), 1)
    kind = "complete" if len(counts) == 1 else "strata"
    return Scheme(
        kind="stepped_wedge" if n_labels > _TWO else kind,
        strata=tuple(of.tolist()),
        clusters=tuple(range(labels.size)),
        counts=tuple(tuple(row) for row in counts.tolist()),
    )


def by_lot(panel: Panel, found: DesignFound, *, asked: Asked, rng: np.random.Generator) -> Effect:
    """Return the effect of being drawn, with the test over all that could have been drawn."""
    lot = replace(lot_of(panel, asked.strata), could_come=asked.assignments)
    test = tested(lot, alpha=asked.alpha, rng=rng)
    effect = of_test(test, found)
    return effect if panel.cohorts.size > 1 else _with_course(effect, panel)


def tested(lot: Lot, *, alpha: float, rng: np.random.Generator) -> PermutationTest:
    """Return the permutation test of a lot."""
    return permutation_test(
        lot.outcomes,
        lot.labels,
        assignments=lot.could_come or assignments_of(lot.scheme, rng=rng),
        estimator=lot.estimator,
        alpha=alpha,
    )


def of_test(test: PermutationTest, found: DesignFound) -> Effect:
    """Return an effect among those that the lots could have given."""
    caveats = ()
    if test.cannot_tell is not None:
        caveats = (cannot_tell_at(test.n_assignments, test.level_attained),)
    return Effect(
        design=found,
        method=Method.DID,
        inference=Inference.PERMUTE,
        value=test.effect,
        low=test.low,
        high=test.high,
        level=1 - test.level_attained,
        p=test.p,
        standard_error=float(test.estimates.std()),
        n_assignments=test.n_assignments,
        enumerated=test.exact,
        monte_carlo_error=test.monte_carlo_error,
        cannot_tell=test.cannot_tell is not None,
        caveats=caveats,
    )


def _with_course(effect: Effect, panel: Panel) -> Effect:
    return replace(effect, course=compared(panel)) if int(panel.cohorts[0]) else effect
