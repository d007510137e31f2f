"""PySAL inequality's indices of given values and groups; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    from inequality.atkinson import atkinson
    from inequality.gini import Gini
    from inequality.theil import Theil, TheilD
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
values = np.array(work["values"], dtype=float)
groups = np.array(work["groups"])
split = TheilD(values, groups)
found = {
    "gini": float(Gini(values).g),
    "theil_t": float(Theil(values).T),
    "theil_t_between": float(np.sum(split.bg)),
    "theil_t_within": float(np.sum(split.wg)),
    # The peer refuses zeros here.
    "atkinson": {
        str(aversion): float(atkinson(values, aversion)) if values.min() > 0 else None
        for aversion in work["aversions"]
    },
}
sys.stdout.write(json.dumps(found) + "\n")
