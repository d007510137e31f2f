"""pabutools: the Method of Equal Shares, exact or in floats; prints one JSON line.

It gets every ballot by itself, as its reader makes them; the time is processor time of the count.
"""

from __future__ import annotations

import json
import sys
import time

try:
    from pabutools import fractions
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import exhaustion_by_budget_increase, method_of_equal_shares
    from pabutools.tiebreaking import TieBreakingRule
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
sys.setrecursionlimit(10_000)
fractions.FRACTION = fractions.GMPY_FRAC if work["exact"] else fractions.FLOAT_FRAC
instance, profile = parse_pabulib(work["file"])
listed = {name: at for at, name in enumerate(work["listed"])}
settings = {
    "sat_class": Cost_Sat,
    "tie_breaking": TieBreakingRule(lambda _instance, _profile, project: listed[project.name]),
}
start = time.process_time()
if work["completion"] == "none":
    found = method_of_equal_shares(instance, profile, **settings)
elif work["completion"] == "add1e":
    found = method_of_equal_shares(instance, profile, voter_budget_increment=1, **settings)
else:
    found = exhaustion_by_budget_increase(
        instance,
        profile,
        method_of_equal_shares,
        rule_params=settings,
        budget_step=profile.num_ballots(),
        exhaustive_stop=False,
    )
answer = {
    "winners": [project.name for project in found],
    "seconds": time.process_time() - start,
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
