"""synthdid for Python, a port of the authors' R package; prints one JSON line."""

from __future__ import annotations

import json
import sys

try:
    import numpy as np
    from synthdid import did_estimate, sc_estimate, synthdid_estimate
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
outcomes, n_donors, start = np.array(work["outcomes"]), work["n_donors"], work["start"]
sdid, sc, did = (
    estimate(outcomes, n_donors, start)
    for estimate in (synthdid_estimate, sc_estimate, did_estimate)
)
answer = {
    "sdid": float(sdid),
    "sc": float(sc),
    "did": float(did),
    "unit_weights": sdid.weights.omega.tolist(),
    "time_weights": sdid.weights.lambda_.tolist(),
    "sc_weights": sc.weights.omega.tolist(),
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
