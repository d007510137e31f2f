"""One treated area set against its own past: the block conformal test."""

from __future__ import annotations

import math
from dataclasses import replace

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.by_placebos import cannot_tell_at, fitted
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Course,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.block_conformal import (
    Comparison,
    block_conformal,
)

_COMPARISONS: dict[Method, Comparison] = {
    Method.SC: "sc",
    Method.SDID: "sdid",
    Method.DID: "did",
}


def by_conformal(panel: Panel, found: DesignFound, method: Method, *, asked: Asked) -> Effect:
    """Return the effect with the test that moves its stretch of time around.

    Raises
    ------
    UsageError
        If the method has no such test.
    """
    comparison = _COMPARISONS.get(method)
    if comparison is None:
        raise wrong(
            "no_conformal_test",
            N_("{method} has no block conformal test; sc, sdid and did have one"),
            method=method.value,
        )
    fit = fitted(panel, method, exact=asked.exact)
    test = block_conformal(panel, comparison, alpha=asked.alpha)
    effect = Effect(
        design=found,
        method=method,
        inference=Inference.BLOCK_CONFORMAL,
        exact=asked.exact,
        value=fit.effect,
        low=test.low,
        high=test.high,
        level=1 - test.level,
        p=test.p,
        n_assignments=test.n_shifts,
        cannot_tell=test.cannot_tell,
        course=Course(treated=fit.treated, comparison=fit.synthetic, start=fit.start),
    )
    caveats = [cannot_tell_at(test.n_shifts, test.level)] if test.cannot_tell else []
    if math.isnan(test.low):
        caveats.append(Message(code="caveat.no_constant_effect"))
        effect = replace(effect, low=-math.inf, high=math.inf)
    return replace(effect, caveats=tuple(caveats))
