"""pabutools: Phragmén's sequential rule in exact fractions; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import time

try:
    import pabutools.fractions
    from pabutools.election import parse_pabulib
    from pabutools.rules import sequential_phragmen
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
pabutools.fractions.FRACTION = "gmpy2"
sys.setrecursionlimit(10_000)
instance, profile = parse_pabulib(work["file"])
start = time.process_time()
found = sequential_phragmen(instance, profile)
seconds = time.process_time() - start
grouped = profile.as_multiprofile()
start = time.process_time()
sequential_phragmen(instance, grouped)
told = {
    "winners": sorted(project.name for project in found),
    "seconds": seconds,
    "grouped_seconds": time.process_time() - start,
}
sys.stdout.write("\n" + json.dumps(told) + "\n")
