"""pyfixest: two-way fixed effects and an event study with clustered errors; one JSON line."""

from __future__ import annotations

import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    import pyfixest
    from audit_measuring import measured, work
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
given = np.load(work()["file"])
rows = pd.DataFrame({name: given[name] for name in ("unit", "time", "start", "y")})
n_times = int(rows["time"].max()) + 1
rows["treated"] = (rows["time"] >= rows["start"]).astype(float)
rows["since"] = np.where(rows["start"] == n_times, -1, rows["time"] - rows["start"])
formula = {"did": "y ~ treated | unit + time", "event study": "y ~ i(since, ref=-1) | unit + time"}


def fitted():
    found = pyfixest.feols(formula[work()["what"]], rows, vcov={"CRV1": "unit"})
    table = found.tidy()
    return {
        "effect": table["Estimate"].tolist(),
        "standard_error": table["Std. Error"].tolist(),
        "names": [str(name) for name in table.index],
    }


measured(fitted, rounds=work()["rounds"], warm=True)
