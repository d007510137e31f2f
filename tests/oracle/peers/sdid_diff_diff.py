"""diff-diff: synthetic difference-in-differences and its jackknife; prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from diff_diff import SyntheticDiD
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
outcomes, n_donors, start = np.array(work["outcomes"]), work["n_donors"], work["start"]
n_units, n_times = outcomes.shape
rows = pd.DataFrame(
    {
        "unit": np.repeat(np.arange(n_units), n_times),
        "time": np.tile(np.arange(n_times), n_units),
        "y": outcomes.ravel(),
        "treated": np.repeat((np.arange(n_units) >= n_donors).astype(int), n_times),
    }
)
estimator = SyntheticDiD(variance_method="placebo", n_bootstrap=2, seed=1)
after = list(range(start, n_times))
found = estimator.fit(rows, "y", "treated", "unit", "time", post_periods=after)
sys.stdout.write("\n" + json.dumps({"sdid": float(found.att)}) + "\n")
