"""moderndid: Honest DiD by relative magnitudes; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings

try:
    import numpy as np
    from moderndid import create_sensitivity_results_rm
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.simplefilter("ignore")
work = json.load(sys.stdin)
betas, covariance = np.array(work["betas"]), np.array(work["covariance"])
n_post = betas.size - work["n_pre"]
start = time.process_time()
rows = create_sensitivity_results_rm(
    betas, covariance, work["n_pre"], n_post, m_bar_vec=np.array(work["bounds"]),
    l_vec=np.array(work["weights"]).reshape(-1, 1),
).sort("Mbar")  # fmt: skip
seconds = time.process_time() - start
answer = {"low": rows["lb"].to_list(), "high": rows["ub"].to_list(), "seconds": seconds}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
