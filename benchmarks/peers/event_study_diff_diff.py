"""diff-diff: Callaway and Sant'Anna, or Sun and Abraham, on rows; prints one JSON line."""

from __future__ import annotations

import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from audit_measuring import measured, work
    from diff_diff import CallawaySantAnna, SunAbraham
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
given = np.load(work()["file"])
rows = pd.DataFrame({name: given[name] for name in ("unit", "time", "start", "y")})
n_times = int(rows["time"].max()) + 1
rows["start"] = np.where(rows["start"] == n_times, 0, rows["start"] + 1)
rows["time"] += 1


def fitted():
    kind = {"group-time": CallawaySantAnna, "sun-abraham": SunAbraham}[work()["what"]]
    found = kind().fit(rows, "y", "unit", "time", "start")
    return {"effect": float(found.overall_att), "standard_error": float(found.overall_se)}


measured(fitted, rounds=work()["rounds"])
