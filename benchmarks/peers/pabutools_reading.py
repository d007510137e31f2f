"""Pabutools reads a file and groups equal ballots; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
from statistics import median

try:
    from pabutools.election import parse_pabulib
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
times, n_ballots, votes = [], 0, []
for _ in range(work["rounds"]):
    start = time.process_time()
    instance, profile = parse_pabulib(work["file"])
    groups = profile.as_multiprofile()
    times.append(time.process_time() - start)
    n_ballots = len(groups)
    votes = sorted((project.name, int(profile.approval_score(project))) for project in instance)
sys.stdout.write(
    json.dumps({"seconds": median(times), "n_ballots": n_ballots, "votes": votes}) + "\n"
)
