"""pandana: nearest sites and catchments on a network; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

try:
    import numpy as np
    import pandana
    import pandas as pd
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
given = np.load(work["file"])
xy, start, end, sites = (given[name] for name in ("xy", "start", "end", "sites"))
length = np.hypot(*(xy[end] - xy[start]).T)

begin = time.process_time()
network = pandana.Network(
    pd.Series(xy[:, 0]),
    pd.Series(xy[:, 1]),
    pd.Series(start),
    pd.Series(end),
    pd.DataFrame({"metres": length}),
    twoway=True,
)
contracted = time.process_time()
network.set_pois("site", work["farthest"], 1, pd.Series(xy[sites, 0]), pd.Series(xy[sites, 1]))
nearest = network.nearest_pois(work["farthest"], "site", num_pois=1)[1].to_numpy()
found = time.process_time()
rows = network.nodes_in_range(sites, work["catchment"])
done = time.process_time()

columns = list(rows.columns)
number = np.full(len(xy), -1)
number[sites] = np.arange(len(sites))
source, node, cost = (rows[name].to_numpy() for name in columns[:3])
key = number[source].astype(np.int64) * len(xy) + node
order = np.argsort(key)
np.savez(work["out"], cost=nearest, key=key[order], far=cost[order].astype(float))
lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
told = {
    "version": pandana.__version__,
    "contraction": contracted - begin,
    "nearest": found - contracted,
    "catchments": done - found,
    "seconds": done - begin,
    "peak": peak,
}
sys.stdout.write(json.dumps(told) + "\n")
