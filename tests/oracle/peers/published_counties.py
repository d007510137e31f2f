"""The county teen employment that Callaway and Sant'Anna hand out, as moderndid ships it."""

from __future__ import annotations

import json
import sys

try:
    from moderndid import load_mpdta
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

json.load(sys.stdin)
rows = load_mpdta().sort(["countyreal", "year"])
wide = {}
for county, start, value in zip(rows["countyreal"], rows["first.treat"], rows["lemp"], strict=True):
    wide.setdefault(int(county), (int(start), []))[1].append(float(value))
found = {
    "outcomes": [values for _, values in wide.values()],
    "starts": [start - 2003 if start else 5 for start, _ in wide.values()],
}
sys.stdout.write("\n" + json.dumps(found) + "\n")
