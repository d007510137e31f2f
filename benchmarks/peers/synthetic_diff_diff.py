"""diff-diff: synthetic difference-in-differences with placebos; prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings

try:
    import numpy as np
    import pandas as pd
    from diff_diff import SyntheticDiD
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
given = np.load(work["file"])
outcomes, starts = given["outcomes"], given["first_treated"]
n_units, n_times = outcomes.shape
rows = pd.DataFrame(
    {
        "unit": np.repeat(np.arange(n_units), n_times),
        "time": np.tile(np.arange(n_times), n_units),
        "y": outcomes.ravel(),
        "treated": np.repeat((starts < n_times).astype(int), n_times),
    }
)
after = list(range(int(starts.min()), n_times))


def fitted():
    estimator = SyntheticDiD(variance_method="placebo", n_bootstrap=max(work["draws"], 2), seed=1)
    return estimator.fit(rows, "y", "treated", "unit", "time", post_periods=after)


found = fitted()
seconds = []
for _ in range(work["rounds"]):
    start = time.process_time()
    found = fitted()
    seconds.append(time.process_time() - start)
answer = {
    "effect": float(found.att),
    "standard_error": float(found.se) if work["draws"] else None,
    "seconds": float(np.median(seconds)),
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
