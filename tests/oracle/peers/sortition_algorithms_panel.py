"""sortition-algorithms: a lottery over panels by maximin or Nash welfare; prints one JSON line."""

from __future__ import annotations

import json
import logging
import signal
import sys
import time

try:
    from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
    from sortition_algorithms.committee_generation.nash import find_distribution_nash
    from sortition_algorithms.features import read_in_features
    from sortition_algorithms.people import read_in_people
    from sortition_algorithms.settings import Settings
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

logging.disable(logging.CRITICAL)
work = json.load(sys.stdin)
find = {"maximin": find_distribution_maximin, "nash": find_distribution_nash}[work["objective"]]
n_features = len(work["codes"][0])
names = [f"f{at}" for at in range(n_features)]
limits = [
    {"feature": f"f{feature}", "value": f"v{value}", "min": str(low), "max": str(high)}
    for feature, value, low, high in work["quotas"]
]
features, _, _ = read_in_features(["feature", "value", "min", "max"], limits, work["size"])
rows = [
    {"id": str(at), **{name: f"v{code}" for name, code in zip(names, row, strict=True)}}
    for at, row in enumerate(work["codes"])
]
people, _ = read_in_people(["id", *names], rows, features, Settings("id", []))


class TooLongError(Exception):
    pass


def stop(_signal, _frame):
    raise TooLongError


signal.signal(signal.SIGALRM, stop)
signal.alarm(int(work["seconds"]))
start = time.process_time()
answer = {"finished": False, "probabilities": None}
try:
    panels, chances, _ = find(features, people, work["size"], [], "highspy")
    drawn = [0.0] * len(rows)
    for panel, chance in zip(panels, chances, strict=True):
        for person in panel:
            drawn[int(person)] += chance
    answer = {"finished": True, "probabilities": drawn}
except TooLongError:
    pass
signal.alarm(0)
answer["seconds"] = time.process_time() - start
sys.stdout.write("\n" + json.dumps(answer) + "\n")
