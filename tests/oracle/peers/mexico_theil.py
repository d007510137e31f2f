"""The regional incomes that PySAL inequality documents, by its own hand; prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import libpysal
    import numpy as np
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
json.load(sys.stdin)
table = libpysal.io.open(libpysal.examples.get_path("mexico.csv"))
found = {
    "values": np.array([table.by_col[f"pcgdp{d}"] for d in range(1940, 2010, 10)]).tolist(),
    "groups": [str(name) for name in table.by_col("hanson98")],
}
sys.stdout.write(json.dumps(found) + "\n")
