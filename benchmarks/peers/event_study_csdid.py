"""csdid: Callaway and Sant'Anna, simple aggregate, no bootstrap; prints one JSON line."""

from __future__ import annotations

import contextlib
import io
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from audit_measuring import measured, work
    from csdid.att_gt import ATTgt
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
given = np.load(work()["file"])
rows = pd.DataFrame({name: given[name] for name in ("unit", "time", "start", "y")})
n_times = int(rows["time"].max()) + 1
rows["start"] = np.where(rows["start"] == n_times, 0, rows["start"] + 1)
rows["time"] += 1


def fitted():
    with contextlib.redirect_stdout(io.StringIO()):
        found = ATTgt(yname="y", tname="time", idname="unit", gname="start", data=rows)
        found = found.fit(est_method="reg", bstrap=False)
        simple = found.aggte(typec="simple", bstrap=False, cband=False).atte
    return {
        "effect": float(simple["overall_att"]),
        "standard_error": float(np.ravel(simple["overall_se"])[0]),
    }


measured(fitted, rounds=work()["rounds"])
