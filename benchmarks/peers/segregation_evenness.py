"""PySAL segregation's evenness null of dissimilarity; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
import warnings
from statistics import median

try:
    import geopandas as gpd
    import shapely
    from segregation.inference import SingleValueTest
    from segregation.singlegroup import Dissim
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
n_areas = len(work["units"])
table = gpd.GeoDataFrame(
    {"units": [float(u) for u in work["units"]], "total": [float(p) for p in work["people"]]},
    geometry=[shapely.box(i, 0, i + 1, 1) for i in range(n_areas)],
    crs="EPSG:3857",
)
index = Dissim(table, "units", "total")
times = []
for _ in range(work["rounds"]):
    start = time.process_time()
    found = SingleValueTest(
        index,
        iterations_under_null=work["n_draws"],
        null_approach="evenness",
        n_jobs=1,  # one process, so that all its work is measured
        backend="threading",
    )
    times.append(time.process_time() - start)
sys.stdout.write(
    json.dumps(
        {
            "seconds": median(times),
            "observed": float(index.statistic),
            "mean": float(found.est_sim.mean()),
            "spread": float(found.est_sim.std()),
            "p_value": float(found.p_value),
        }
    )
    + "\n"
)
