"""pabutools in exact arithmetic: greedy, Phragmén, maximin support; reads work, prints one line."""

from __future__ import annotations

import json
import sys

try:
    import pabutools.fractions
    from pabutools.election import (
        AbstractApprovalProfile,
        Additive_Cardinal_Sat,
        Cardinality_Sat,
        Cost_Sat,
        parse_pabulib,
    )
    from pabutools.rules import greedy_utilitarian_welfare, sequential_phragmen
    from pabutools.rules.maximin_support import maximin_support
    from pabutools.tiebreaking import TieBreakingRule, lexico_tie_breaking
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

work = json.load(sys.stdin)
pabutools.fractions.FRACTION = "gmpy2"
instance, profile = parse_pabulib(work["file"])
sys.setrecursionlimit(10_000)


def listed(inst, prof, project):
    return work["order"].index(project.name)


ties = lexico_tie_breaking if work["order"] is None else TieBreakingRule(listed)
approvals = isinstance(profile, AbstractApprovalProfile)


def greedy(sat):
    return greedy_utilitarian_welfare(instance, profile, sat_class=sat, tie_breaking=ties)


answer = {}
if approvals:
    answer["greedy"] = greedy(Cost_Sat)
    answer["greedy-per-cost"] = greedy(Cardinality_Sat)
    answer["phragmen"] = sequential_phragmen(instance, profile.as_multiprofile(), tie_breaking=ties)
    if "maximin-support" in work["rules"]:
        answer["maximin-support"] = maximin_support(instance, profile, tie_breaking=ties)
elif work["points"]:
    answer["greedy-per-cost"] = greedy(Additive_Cardinal_Sat)
told = {rule: [project.name for project in found] for rule, found in answer.items()}
sys.stdout.write("\n" + json.dumps(told) + "\n")
