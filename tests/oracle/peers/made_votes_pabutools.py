"""pabutools in exact fractions on many small votes, by many rules; reads work, prints one line."""

from __future__ import annotations

import json
import sys

try:
    from pabutools.election import parse_pabulib
    from pabutools.election import satisfaction as sat
    from pabutools.rules import (
        exhaustion_by_budget_increase,
        greedy_utilitarian_welfare,
        max_additive_utilitarian_welfare,
        method_of_equal_shares,
        sequential_phragmen,
    )
    from pabutools.rules.maximin_support import maximin_support
    from pabutools.tiebreaking import TieBreakingRule
except ImportError as missing:
    sys.exit(f"no peer: {missing}")


def times_cost(kind):
    """Return a satisfaction times the cost: greedy by it, as greedy divides by the cost."""

    class TimesCost(kind):
        def sat(self, projects):
            plain = kind.sat
            return sum(plain(self, [project]) * project.cost for project in projects)

        def sat_project(self, project):
            return self.sat([project])

    return TimesCost


SATISFACTIONS = {
    "cost": sat.Cost_Sat,
    "cardinality": sat.Cardinality_Sat,
    "points": sat.Additive_Cardinal_Sat,
    "borda": sat.Additive_Borda_Sat,
    "points-times-cost": times_cost(sat.Additive_Cardinal_Sat),
    "borda-times-cost": times_cost(sat.Additive_Borda_Sat),
}


def greedy(vote, satisfaction, **given):
    instance, profile, ties = vote
    return greedy_utilitarian_welfare(
        instance, profile, sat_class=SATISFACTIONS[satisfaction], tie_breaking=ties, **given
    )


def supported(vote):
    """Return a vote without projects that nobody supports; pabutools buys them at the end."""
    instance, profile, ties = vote
    some = type(instance)([one for one in instance if profile.approval_score(one)])
    some.budget_limit = instance.budget_limit
    return some, profile, ties


def phragmen(vote, too_dear):
    """Stop as pabutools does, or count anew without what was too dear until nothing is."""
    instance, profile, ties = vote = supported(vote)
    found = sequential_phragmen(instance, profile, tie_breaking=ties)
    if too_dear == "stop":
        return found
    left = instance.budget_limit - sum(project.cost for project in found)
    large = [one for one in instance if one not in found and one.cost > left]
    if not large:
        return found
    smaller = type(instance)([one for one in instance if one not in large])
    smaller.budget_limit = instance.budget_limit
    return phragmen((smaller, profile, ties), too_dear)


def maximin(vote):
    instance, profile, ties = supported(vote)
    return maximin_support(instance, profile, tie_breaking=ties)


def equal_shares(vote, satisfaction, completion, increment):
    instance, profile, ties = vote
    settings = {"sat_class": SATISFACTIONS[satisfaction], "tie_breaking": ties}
    if completion.startswith("add1e"):
        found = method_of_equal_shares(
            instance, profile, voter_budget_increment=increment, **settings
        )
    elif completion.startswith("add1"):
        voters = profile.num_ballots()
        found = exhaustion_by_budget_increase(
            instance,
            profile,
            method_of_equal_shares,
            rule_params=settings,
            budget_step=voters * increment,
            exhaustive_stop=False,
            budget_bound=voters * (sum(one.cost for one in instance) + increment)
            + instance.budget_limit,
        )
    else:
        found = method_of_equal_shares(instance, profile, **settings)
    if completion == "utilitarian" or completion.endswith("u"):
        by = "cost" if satisfaction in {"cost", "cardinality"} else f"{satisfaction}-times-cost"
        found = greedy(vote, by, initial_budget_allocation=found)
    return found


RULES = {
    "greedy": greedy,
    "mes": equal_shares,
    "phragmen": phragmen,
    "maximin-support": maximin,
    "knapsack": lambda vote, satisfaction: max_additive_utilitarian_welfare(
        vote[0], vote[1], sat_class=SATISFACTIONS[satisfaction]
    ),
}


def winners(file, runs):
    instance, profile = parse_pabulib(file)
    listed = {name: at for at, name in enumerate(work["listed"][file])}
    ties = TieBreakingRule(lambda _instance, _profile, project: listed[project.name])
    return [
        [one.name for one in RULES[rule]((instance, profile, ties), *how)] for rule, *how in runs
    ]


sys.setrecursionlimit(10_000)
work = json.load(sys.stdin)
answer = {file: winners(file, runs) for file, runs in work["runs"].items()}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
