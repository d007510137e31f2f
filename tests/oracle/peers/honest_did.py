"""moderndid and diff-diff: Honest DiD by relative magnitudes; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import diff_diff
    import numpy as np
    from diff_diff.honest_did import HonestDiD
    from moderndid import create_sensitivity_results_rm
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.simplefilter("ignore")
work = json.load(sys.stdin)
betas, covariance = np.array(work["betas"]), np.array(work["covariance"])
n_pre, weights = work["n_pre"], np.array(work["weights"])
n_post = betas.size - n_pre
rows = create_sensitivity_results_rm(
    betas, covariance, n_pre, n_post, m_bar_vec=np.array(work["bounds"]),
    l_vec=weights.reshape(-1, 1),
).sort("Mbar")  # fmt: skip
honest = HonestDiD(method="relative_magnitude", l_vec=weights)
naive = [
    # Its own computation on arrays; its public way in wants a fit of its own.
    honest._compute_rm_bounds(
        betas[:n_pre], betas[n_pre:], covariance, covariance[n_pre:, n_pre:],
        weights, n_pre, n_post, bound, [], None,
    )[2:]
    for bound in work["bounds"]
]  # fmt: skip
answer = {
    "moderndid": {"low": rows["lb"].to_list(), "high": rows["ub"].to_list()},
    "diff_diff": {
        "version": diff_diff.__version__,
        "low": [float(ends[0]) for ends in naive],
        "high": [float(ends[1]) for ends in naive],
    },
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
