"""PySAL spopt with HiGHS: three objectives on one matrix; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys

try:
    import numpy as np
    import pulp
    from spopt.locate import MCLP, PCenter, PMedian
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
given = np.load(work["file"])
costs, weights, units = given["costs"], given["weights"].astype(float), work["units"]
models = {
    "median": PMedian.from_cost_matrix(costs, weights, p_facilities=units),
    "coverage": MCLP.from_cost_matrix(
        costs, weights, service_radius=work["radius"], p_facilities=units
    ),
    "center": PCenter.from_cost_matrix(costs, p_facilities=units),
}
answer = {}
for name, model in models.items():
    solved = model.solve(pulp.HiGHS(msg=False, threads=1), results=False)
    answer[name] = {
        "status": pulp.LpStatus[solved.problem.status],
        "objective": solved.problem.objective.value(),
    }
sys.stdout.write("\n" + json.dumps(answer) + "\n")
