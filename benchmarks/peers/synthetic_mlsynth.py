"""mlsynth: synthetic difference-in-differences with placebos; prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings

try:
    import numpy as np
    import pandas as pd
    from mlsynth import SDID
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
given = np.load(work["file"])
outcomes, starts = given["outcomes"], given["first_treated"]
n_units, n_times = outcomes.shape
rows = pd.DataFrame(
    {
        "unit": np.repeat([f"u{i}" for i in range(n_units)], n_times),
        "time": np.tile(np.arange(n_times), n_units),
        "y": outcomes.ravel(),
        "treated": (np.arange(n_times) >= starts[:, None]).astype(int).ravel(),
    }
)
settings = {
    "df": rows, "outcome": "y", "treat": "treated", "unitid": "unit", "time": "time",
    "B": work["draws"], "display_graphs": False,
}  # fmt: skip
found = SDID(settings).fit()
seconds = []
for _ in range(work["rounds"]):
    start = time.process_time()
    found = SDID(settings).fit()
    seconds.append(time.process_time() - start)
answer = {
    "effect": float(found.att),
    "standard_error": float(found.inference.standard_error) if work["draws"] else None,
    "seconds": float(np.median(seconds)),
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
