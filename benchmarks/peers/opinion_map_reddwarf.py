"""red-dwarf's opinion map, once and without resamples; prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings
from math import isnan

warnings.filterwarnings("ignore")
try:
    import numpy as np
    from reddwarf.implementations.polis import run_pipeline
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

loaded = time.process_time()
work = json.load(sys.stdin)
votes = np.load(work["file"])["votes"]
listed = [
    {"participant_id": who, "statement_id": what, "vote": int(votes[who, what])}
    for who, what in np.argwhere(~np.isnan(votes)).tolist()
]
times = []
for _ in range(work["rounds"]):
    begun = time.process_time()
    found = run_pipeline(votes=listed, random_state=1)
    times.append(time.process_time() - begun)
labels = found.participants_df["cluster_id"]
sys.stdout.write(
    json.dumps(
        {
            # From an empty process to the first map, without reading what is asked.
            "first": loaded + times[0],
            "processor": sorted(times)[len(times) // 2],
            "groups": [None if isnan(label) else int(label) for label in labels.astype(float)],
        }
    )
    + "\n"
)
