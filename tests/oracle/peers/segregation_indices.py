"""PySAL segregation's dissimilarity of given units over people; reads work, prints one JSON line.

The peer takes counts of a group among all people: units stand for the group, and people less units
for the rest, so that its index compares units with everybody else.
"""

from __future__ import annotations

import json
import sys
import warnings

try:
    import geopandas as gpd
    import shapely
    from segregation.singlegroup import Dissim, Gini
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
n = len(work["units"])
table = gpd.GeoDataFrame(
    {"units": [float(u) for u in work["units"]], "total": [float(t) for t in work["total"]]},
    geometry=[shapely.box(i, 0, i + 1, 1) for i in range(n)],
    crs="EPSG:3857",
)
found = {
    "dissimilarity": float(Dissim(table, "units", "total").statistic),
    "gini": float(Gini(table, "units", "total").statistic),
}
sys.stdout.write(json.dumps(found) + "\n")
