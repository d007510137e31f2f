"""One tool's placebo errors, drawn with several seeds; reads work, prints one JSON line."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
given = np.load(work["file"])
outcomes, starts = given["outcomes"], given["first_treated"]
if work["reversed"]:
    outcomes, starts = outcomes[::-1], starts[::-1]
n_units, n_times = outcomes.shape


def rows():
    import pandas as pd

    return pd.DataFrame(
        {
            "unit": np.repeat([f"u{i:03d}" for i in range(n_units)], n_times),
            "time": np.tile(np.arange(n_times), n_units),
            "y": outcomes.ravel(),
            "now": (np.arange(n_times) >= starts[:, None]).astype(int).ravel(),
            "ever": np.repeat((starts < n_times).astype(int), n_times),
        }
    )


def azcausal(seed):
    import pandas as pd
    from azcausal.core.error import Placebo
    from azcausal.core.panel import CausalPanel
    from azcausal.estimators.panel.sdid import SDID

    after = (np.arange(n_times)[:, None] >= starts).astype(int)
    panel = CausalPanel({"y": pd.DataFrame(outcomes.T), "w": pd.DataFrame(after)})
    panel.setup(outcome="y", intervention="w")

    class Seeded(Placebo):
        def generate(self, data, seed=seed * work["draws"]):
            return super().generate(data, seed=seed)

    estimator = SDID()
    found = estimator.fit(panel)
    estimator.error(found, Seeded(n_samples=work["draws"]))
    return found.effect.value, found.effect.se


def diff_diff(seed):
    from diff_diff import SyntheticDiD

    estimator = SyntheticDiD(variance_method="placebo", n_bootstrap=work["draws"], seed=seed)
    after = list(range(int(starts.min()), n_times))
    found = estimator.fit(rows(), "y", "ever", "unit", "time", post_periods=after)
    return found.att, found.se


def mlsynth(seed):
    from mlsynth import SDID

    settings = {
        "df": rows(), "outcome": "y", "treat": "now", "unitid": "unit", "time": "time",
        "B": work["draws"], "seed": seed, "display_graphs": False,
    }  # fmt: skip
    found = SDID(settings).fit()
    return found.att, found.inference.standard_error


def synthdid(seed):
    from synthdid import synthdid_estimate, vcov

    n_donors = int((starts == n_times).sum())
    last = np.argsort(starts < n_times, kind="stable")
    found = synthdid_estimate(outcomes[last], n_donors, int(starts.min()))
    variance = vcov(found, method="placebo", replications=work["draws"], random_state=seed)
    return float(found), float(np.sqrt(np.ravel(variance)[0]))


TOOLS = {"azcausal": azcausal, "diff_diff": diff_diff, "mlsynth": mlsynth, "synthdid": synthdid}
try:
    with contextlib.redirect_stdout(io.StringIO()):
        found = [TOOLS[work["tool"]](seed) for seed in work["seeds"]]
except ImportError as missing:
    sys.exit(f"no peer: {missing}")
answer = {
    "effect": float(found[0][0]),
    "standard_errors": [float(error) for _, error in found],
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
