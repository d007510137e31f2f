"""PySAL spopt with HiGHS: p-median and maximal coverage; reads work, prints one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time

try:
    import numpy as np
    import pulp
    from spopt.locate import MCLP, PMedian
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
given = np.load(work["file"])
costs, weights = given["costs"], given["weights"].astype(float)
start, clock = time.process_time(), time.monotonic()
# The solver may take its time on one thread, as ours does; the clock only ends what never ends.
solver = pulp.HiGHS(msg=False, threads=1, timeLimit=work["seconds"])
if "radius" in work:
    made = MCLP.from_cost_matrix(
        costs, weights, service_radius=work["radius"], p_facilities=work["units"]
    )
else:
    made = PMedian.from_cost_matrix(costs, weights, p_facilities=work["units"])
status, sites = "none", []
try:
    solved = made.solve(solver, results=False)
    status = pulp.LpStatus[solved.problem.status]
    sites = [j for j, column in enumerate(solved.fac_vars) if (column.value() or 0) > 0.5]
except (RuntimeError, AttributeError, TypeError) as failed:
    status = str(failed)
answer = {
    "status": status,
    "sites": sites,
    "seconds": time.process_time() - start,
    "ran_out": time.monotonic() - clock >= work["seconds"],
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
