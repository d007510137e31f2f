"""PySAL inequality's indices, once and for resampled values; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings
from statistics import median

try:
    import numpy as np
    from inequality.atkinson import atkinson
    from inequality.gini import Gini
    from inequality.theil import Theil
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
values = np.array(work["values"], dtype=float)


def indices(one):
    return [float(Gini(one).g), float(Theil(one).T), float(atkinson(one, 0.5))]


times = []
for _ in range(work["rounds"]):
    rng = np.random.default_rng(1)
    start = time.process_time()
    # The peer resamples nothing itself: this is the loop that its user writes.
    drawn = [
        indices(values[rng.integers(0, values.size, values.size)]) for _ in range(work["n_draws"])
    ]
    times.append(time.process_time() - start)
spread = np.std(drawn, axis=0).tolist()
sys.stdout.write(
    json.dumps({"seconds": median(times), "value": indices(values), "spread": spread}) + "\n"
)
