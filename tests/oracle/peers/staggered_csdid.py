"""csdid: group-time effects and all four aggregates; prints one JSON line."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from csdid.att_gt import ATTgt
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
answer = {}
for controls in ("nevertreated", "notyettreated"):
    model = ATTgt(
        yname="y", tname="time", idname="unit", gname="start", data=rows, control_group=[controls]
    )
    with contextlib.redirect_stdout(io.StringIO()):
        model = model.fit(est_method="reg", bstrap=False)
        told = {"cells": [], "kinds": {}}
        for g, t, effect, error in zip(
            *(model.results[name] for name in ("group", "year", "att", "se")), strict=True
        ):
            told["cells"].append([int(g) - 1, int(t) - 1, float(effect), float(error)])
        for kind in ("simple", "dynamic", "group", "calendar"):
            found = model.aggte(typec=kind, bstrap=False, cband=False).atte
            parts = [] if found["att_egt"] is None else found["att_egt"]
            errors = [] if found["se_egt"] is None else found["se_egt"]
            told["kinds"][kind] = {
                "overall": [float(found["overall_att"]), float(np.ravel(found["overall_se"])[0])],
                "effect": [float(x) for x in parts],
                "standard_error": [float(x) for x in errors],
            }
    answer[controls] = told
sys.stdout.write("\n" + json.dumps(answer) + "\n")
