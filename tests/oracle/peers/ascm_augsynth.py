"""augsynth for Python: synthetic control and its ridge-augmented form; prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import polars as pl
    from augsynth_py import AugSynth, Synth
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
outcomes, n_donors, start = np.array(work["outcomes"]), work["n_donors"], work["start"]
n_units, n_times = outcomes.shape
names = [f"u{i:03d}" for i in range(n_units)]
rows = pl.DataFrame(
    {
        "unit": np.repeat(names, n_times),
        "time": np.tile(np.arange(n_times), n_units),
        "y": outcomes.ravel(),
    }
)
asked = {
    "unit": "unit", "time": "time", "outcome": "y", "treated": names[n_donors:],
    "treatment_time": start,
}  # fmt: skip
answer = {}
for fixed in (False, True):
    plain = Synth(fixedeff=fixed).fit(rows, **asked)
    ridge = AugSynth(fixedeff=fixed, lambda_=work["ridge"]).fit(rows, **asked)
    answer["with intercept" if fixed else "levels"] = {
        "sc": float(plain.att_),
        "ascm": float(ridge.att_),
        "sc_weights": [plain.weights_[name] for name in names[:n_donors]],
        "ascm_weights": [ridge.weights_[name] for name in names[:n_donors]],
    }
sys.stdout.write("\n" + json.dumps(answer) + "\n")
