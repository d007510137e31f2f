"""One to five treated units: an effect among placebos, with other estimators beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.evidence import Message
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Course,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic import synthetic_fit
from evenground.questions.promise.measures.synthetic.augmented_synthetic_control import (
    augmented_synthetic_control,
)
from evenground.questions.promise.measures.synthetic.difference_in_differences import (
    difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.enumerated_did import enumerated_did
from evenground.questions.promise.measures.synthetic.placebo_test import Ranked, placebo_test
from evenground.questions.promise.measures.synthetic.synthetic_control import synthetic_control
from evenground.questions.promise.measures.synthetic.synthetic_difference_in_differences import (
    synthetic_difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import SyntheticFit

SYNTHETIC: dict[Method, synthetic_fit.Method] = {
    Method.SDID: "sdid",
    Method.SC: "sc",
    Method.DID: "did",
    Method.ASCM: "ascm",
}
"""Methods that weight donors or list placebos, by their names there."""
_SMALLEST_WEIGHT = 1e-9


def by_placebos(
    panel: Panel, found: DesignFound, method: Method, *, asked: Asked, rng: np.random.Generator
) -> Effect:
    """Return the effect on the treated beside placebos for donors."""
    mode = "exact" if asked.exact else "reference"
    fit = fitted(panel, method, exact=asked.exact)
    test = placebo_test(panel, SYNTHETIC[method], mode=mode, alpha=asked.alpha, rng=rng)
    beside = {
        other.value: fitted(panel, other, exact=asked.exact).effect
        for other in (Method.SDID, Method.SC, Method.DID)
        if other is not method
    }
    made = of_ranked(test.ranked, found, method)
    return replace(
        made,
        exact=asked.exact,
        value=fit.effect,
        unit_weights={
            panel.units[int(unit)]: float(weight)
            for unit, weight in zip(fit.donors, fit.unit_weights, strict=True)
            if abs(weight) > _SMALLEST_WEIGHT
        },
        time_weights={
            time: float(weight)
            for time, weight in zip(panel.times, fit.time_weights, strict=False)
            if abs(weight) > _SMALLEST_WEIGHT
        },
        beside=beside,
        course=Course(treated=fit.treated, comparison=fit.synthetic, start=fit.start),
    )


def by_reassignment(
    panel: Panel, found: DesignFound, *, asked: Asked, rng: np.random.Generator
) -> Effect:
    """Return the difference-in-differences among all ways to treat as many units."""
    ranked = enumerated_did(panel, alpha=asked.alpha, rng=rng)
    return replace(of_ranked(ranked, found, Method.DID), course=compared(panel))


def fitted(panel: Panel, method: Method, *, exact: bool = True) -> SyntheticFit:
    """Return what one of the synthetic methods finds."""
    mode = "exact" if exact else "reference"
    if method is Method.SC:
        return synthetic_control(panel, mode=mode)
    if method is Method.ASCM:
        return augmented_synthetic_control(panel, mode=mode)
    if method is Method.DID:
        return difference_in_differences(panel)
    return synthetic_difference_in_differences(panel, mode=mode)


def compared(panel: Panel) -> Course:
    """Return the means of treated and others, the others moved to where the treated began."""
    treated, start = panel.ever_treated, int(panel.cohorts[0])
    with_, without = panel.outcomes[treated].mean(axis=0), panel.outcomes[~treated].mean(axis=0)
    moved = without + (with_[:start].mean() - without[:start].mean())
    return Course(treated=with_, comparison=moved, start=start)


def of_ranked(ranked: Ranked, found: DesignFound, method: Method) -> Effect:
    """Return an effect that is ranked among others."""
    caveats = (cannot_tell_at(ranked.n_assignments, ranked.level),) if ranked.cannot_tell else ()
    return Effect(
        design=found,
        method=method,
        inference=Inference.ENUMERATE,
        value=ranked.effect,
        low=ranked.low,
        high=ranked.high,
        level=1.0 - ranked.level,
        p=ranked.p,
        standard_error=ranked.standard_error,
        n_assignments=ranked.n_assignments,
        enumerated=ranked.enumerated,
        monte_carlo_error=ranked.monte_carlo_error,
        cannot_tell=ranked.cannot_tell,
        caveats=caveats,
    )


def cannot_tell_at(n_assignments: int, attained: float) -> Message:
    """Return what is to be said where assignments are too few for the level asked for."""
    return Message(
        code="caveat.level_not_attainable",
        parameters={"n": n_assignments, "level": 1.0 - attained},
    )
