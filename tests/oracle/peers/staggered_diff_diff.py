"""diff-diff: group-time effects, imputation, Goodman-Bacon; prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from diff_diff import BaconDecomposition, CallawaySantAnna, ImputationDiD
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
outcomes, starts = np.array(work["outcomes"]), np.array(work["starts"])
n_units, n_times = outcomes.shape
rows = pd.DataFrame(
    {
        "unit": np.repeat(np.arange(n_units), n_times),
        "time": np.tile(np.arange(n_times), n_units) + 1,
        "y": outcomes.ravel(),
        "start": np.repeat(np.where(starts == n_times, 0, starts + 1), n_times),
    }
)
columns = ("y", "unit", "time", "start")


def numbers(values):
    return [float(value) for value in values]


answer = {"group-time": {}}
for controls in ("never_treated", "not_yet_treated"):
    for base in ("varying", "universal"):
        estimator = CallawaySantAnna(
            control_group=controls, base_period=base, estimation_method="reg"
        )
        found = estimator.fit(rows, *columns)
        study, group = found.aggregate("event_study"), found.aggregate("group")
        answer["group-time"][f"{controls}, {base}"] = {
            "cells": [
                [int(g) - 1, int(t) - 1, float(cell["effect"]), float(cell["se"])]
                for (g, t), cell in found.group_time_effects.items()
            ],
            "simple": numbers([found.overall_att, found.overall_se]),
            "dynamic": [
                [int(at), float(effect), float(error)]
                for at, effect, error in zip(study.event_time, study.att, study.se, strict=True)
            ],
            "group": [numbers(group.att), numbers(group.se)],
        }
imputed = ImputationDiD().fit(rows, *columns)
study = imputed.aggregate("event_study")
answer["imputation"] = {
    "overall": numbers([imputed.overall_att, imputed.overall_se]),
    "at": [int(at) for at in study.event_time],
    "effect": numbers(study.att),
    "standard_error": numbers(study.se),
}
bacon = BaconDecomposition().fit(rows, *columns)
answer["bacon"] = {
    "overall": float(bacon.twfe_estimate),
    "comparisons": [
        [
            int(one.treated_group) - 1,
            n_times if one.control_group == "never_treated" else int(one.control_group) - 1,
            float(one.weight),
            float(one.estimate),
        ]
        for one in bacon.comparisons
    ],
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
