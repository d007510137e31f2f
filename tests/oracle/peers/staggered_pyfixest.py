"""pyfixest: two-way fixed effects and an event study; reads rows, prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    import pyfixest
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
outcomes, starts = np.array(work["outcomes"]), np.array(work["starts"])
n_units, n_times = outcomes.shape
rows = pd.DataFrame(
    {
        "unit": np.repeat(np.arange(n_units), n_times),
        "time": np.tile(np.arange(n_times), n_units),
        "y": outcomes.ravel(),
        "start": np.repeat(starts, n_times),
        "cluster": np.repeat(np.array(work["clusters"]), n_times),
    }
)
rows["treated"] = (rows["time"] >= rows["start"]).astype(float)
rows["since"] = np.where(rows["start"] == n_times, -1, rows["time"] - rows["start"])
if work["missing"]:
    rows = rows.drop(index=work["missing"])


def found(formula, errors, **more):
    table = pyfixest.feols(formula, rows, vcov=errors, **more).tidy()
    return {
        "names": [str(name) for name in table.index],
        "effect": table["Estimate"].tolist(),
        "standard_error": table["Std. Error"].tolist(),
    }


effects = "unit + time"
answer = {
    "did": found(f"y ~ treated | {effects}", {"CRV1": "unit"}),
    "by cluster": found(f"y ~ treated | {effects}", {"CRV1": "cluster"}),
    "study": found(f"y ~ i(since, ref=-1) | {effects}", {"CRV1": "unit"}),
    "jackknife": found(
        "y ~ treated + C(unit) + C(time)",
        {"CRV3": "cluster"},
        ssc=pyfixest.ssc(k_adj=False, G_adj=False),
    ),
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
