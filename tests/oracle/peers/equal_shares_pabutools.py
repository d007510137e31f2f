"""pabutools: the Method of Equal Shares in exact fractions; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys

try:
    from pabutools import election as pb
    from pabutools.election.satisfaction import (
        Additive_Borda_Sat,
        Additive_Cardinal_Sat,
        Cardinality_Sat,
        Cost_Sat,
    )
    from pabutools.rules import exhaustion_by_budget_increase, method_of_equal_shares
    from pabutools.tiebreaking import TieBreakingRule, lexico_tie_breaking
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

SATISFACTIONS = {
    "cost": Cost_Sat,
    "cardinality": Cardinality_Sat,
    "points": Additive_Cardinal_Sat,
    "borda": Additive_Borda_Sat,
}
sys.setrecursionlimit(10_000)
work = json.load(sys.stdin)
instance, profile = pb.parse_pabulib(work["file"])
withdrawn = [project for project in instance if project.cost == 999_999_999]
for project in withdrawn:
    instance.remove(project)
listed = {name: at for at, name in enumerate(work["listed"])}
ORDERS = {
    "listed": TieBreakingRule(lambda _instance, _profile, project: listed[project.name]),
    "name": lexico_tie_breaking,
}
answers = []
budget, voters = instance.budget_limit, profile.num_ballots()
for run in work["runs"]:
    settings = {
        "sat_class": SATISFACTIONS[run["satisfaction"]],
        "tie_breaking": ORDERS[run["ties"]],
    }
    instance.budget_limit = budget + run.get("increments", 0) * voters
    if run["completion"] == "none":
        found = method_of_equal_shares(instance, profile, **settings)
    elif run["completion"] == "add1e":
        found = method_of_equal_shares(instance, profile, voter_budget_increment=1, **settings)
    else:
        found = exhaustion_by_budget_increase(
            instance,
            profile,
            method_of_equal_shares,
            rule_params=settings,
            budget_step=voters,
            exhaustive_stop=False,
        )
    answers.append([project.name for project in found])
sys.stdout.write("\n" + json.dumps({"winners": answers}) + "\n")
