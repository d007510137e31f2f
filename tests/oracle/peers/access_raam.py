"""PySAL access: the rational agent access model and how far from equilibrium it ends.

Reads work, prints one JSON line. The peer returns costs only, so flows are read from its frame as
its loop returns.
"""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from access import raam
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
seen: dict[str, np.ndarray] = {}


def watch(frame, event, result) -> None:
    """Keep what the loop holds when it returns."""
    del result
    if event == "return" and frame.f_code.co_name == "iterate_raam":
        seen.update({name: frame.f_locals[name] for name in ("assignment", "supply", "travel")})


def solve(**options: float) -> dict[str, object]:
    """Return costs by origin and the relative gap of the flows behind them."""
    sys.setprofile(watch)
    found = raam.raam(
        pd.DataFrame({"people": work["demand"]}),
        pd.DataFrame({"places": work["supply"]}),
        pd.DataFrame({name: work[name] for name in ("origin", "dest", "cost")}),
        demand_name="people",
        supply_name="places",
        tau=work["tau"],
        **options,
    )
    sys.setprofile(None)
    flow = seen["assignment"]
    travel = np.ma.filled(seen["travel"], np.inf)
    price = flow.sum(axis=0) / seen["supply"] + travel
    least = price.min(axis=1)
    over = np.where(flow > 0, flow * (price - least[:, None]), 0.0).sum()
    paid = np.where(flow > 0, flow * price, 0.0).sum()
    found = found.reindex(range(len(work["demand"])))
    cost = [None if pd.isna(value) else float(value) for value in found]
    return {"cost": cost, "gap": float(over / paid)}


sys.stdout.write(json.dumps([solve(**options) for options in work["runs"]]) + "\n")
