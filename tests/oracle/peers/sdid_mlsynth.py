"""mlsynth: synthetic difference-in-differences to its optimum; prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from mlsynth import SDID
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
outcomes, n_donors, start = np.array(work["outcomes"]), work["n_donors"], work["start"]
n_units, n_times = outcomes.shape
treated = (np.arange(n_units)[:, None] >= n_donors) & (np.arange(n_times) >= start)
rows = pd.DataFrame(
    {
        "unit": np.repeat([f"u{i:03d}" for i in range(n_units)], n_times),
        "time": np.tile(np.arange(n_times), n_units),
        "y": outcomes.ravel(),
        "treated": treated.astype(int).ravel(),
    }
)
settings = {
    "df": rows, "outcome": "y", "treat": "treated", "unitid": "unit", "time": "time",
    "B": 0, "display_graphs": False,
}  # fmt: skip
answer = {"sdid": float(SDID(settings).fit().att)}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
