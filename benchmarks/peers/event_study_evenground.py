"""Evenground, in a process of its own so that its peak of memory is its own; one JSON line."""

from __future__ import annotations

import numpy as np
from audit_measuring import measured, work

from evenground.questions.promise.measures.large_panels.panel_sums import panel_sums
from evenground.questions.promise.measures.staggered.aggregates import aggregated_effects
from evenground.questions.promise.measures.staggered.did_regression import did_regression
from evenground.questions.promise.measures.staggered.event_study import event_study
from evenground.questions.promise.measures.staggered.group_time import callaway_santanna

given = np.load(work()["file"])
unit, time, start, y = (given[name] for name in ("unit", "time", "start", "y"))


def fitted():
    sums = panel_sums(unit, start, time=time, outcome=y)
    if work()["what"] == "did":
        found = did_regression(sums)
        return {"effect": [found.effect], "standard_error": [found.standard_error]}
    if work()["what"] == "event study":
        study = event_study(sums)
        return {
            "effect": study.betas.tolist(),
            "standard_error": study.standard_error.tolist(),
            "times": study.times.tolist(),
        }
    simple = aggregated_effects(callaway_santanna(sums), "simple")
    return {"effect": simple.overall, "standard_error": simple.overall_standard_error}


measured(fitted, rounds=work()["rounds"])
