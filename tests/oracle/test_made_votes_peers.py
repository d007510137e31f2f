"""Small made votes of every kind beside pabutools in exact fractions, by every rule that it has.

Files are read and counts asked for as the command does it, with ties in the order of the file. Of
equal shares without completion the order in which projects are taken is compared too; of the
knapsack rule, which pabutools solves without an order of ties and in floating point, the value that
is reached: ours is nowhere less, and once in 400 counts theirs was.

Where the two are meant to differ, the votes keep away from it: pabutools lets voters buy projects
that nobody supports at an endless price, under Phragmén's rule and maximin support (its script
leaves them out here); it takes a project with 0 points for supported where satisfaction is by cost
or cardinality; and its Borda points of the greedy rule depend on the length of the ballot.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from evenground.questions.voice.measures.budgeting.equal_shares import COMPLETIONS
from evenground.questions.voice.measures.budgeting.named_rules import counted
from evenground.questions.voice.tests.budgeting.made_vote_files import KINDS, made_vote
from evenground.workspace.polls.counting import CountAsked, counting_asked
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.oracle
N_VOTES = 40
"""Of each kind; 100 of each have been compared so once."""
OWN = {"cumulative": "points", "scoring": "points", "ordinal": "borda"}


def greedy(rule, by, theirs):
    return {"rule": rule, "scored_by": by}, ["greedy", theirs]


def equal_shares(satisfaction, completion, increment):
    asked = {"rule": "mes", "satisfaction": satisfaction, "completion": completion}
    more = {"increment": Decimal(increment)}
    return asked | more, ["mes", satisfaction, completion, increment]


def plan(kind, increment):
    """Return what is asked of ours and of theirs, in pairs."""
    own = [OWN[kind]] if kind in OWN else []
    runs = [greedy("greedy", "votes", "cost"), greedy("greedy-per-cost", "votes", "cardinality")]
    if own == ["points"]:
        runs.append(greedy("greedy", "", "points-times-cost"))
        runs.append(greedy("greedy-per-cost", "", "points"))
    runs += [
        equal_shares(satisfaction, completion, increment)
        for satisfaction in ["cost", "cardinality", *own]
        for completion in COMPLETIONS
    ]
    if kind in {"approval", "choose-1"}:
        runs += [({"rule": "phragmen", "too_dear": one}, ["phragmen", one]) for one in STOPS]
        runs.append(({"rule": "maximin-support"}, ["maximin-support"]))
        runs += [
            ({"rule": "knapsack", "satisfaction": one}, ["knapsack", one])
            for one in ("cost", "cardinality")
        ]
    return runs


STOPS = ("stop", "skip")


def value(election, names, satisfaction):
    """Return what a set is worth to all voters together."""
    votes, costs = election.votes.tolist(), election.costs.tolist()
    return sum(
        votes[place] * (costs[place] if satisfaction == "cost" else 1)
        for place in election.places(names)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_winners_in_the_same_order_of_ties(kind, peer, tmp_path):
    paths = [made_vote(tmp_path, kind, seed) for seed in range(N_VOTES)]
    polls = [open_poll(path, checked=True) for path in paths]
    plans = [plan(kind, 1 + number % 3) for number in range(N_VOTES)]
    answers = peer(
        "made_votes_pabutools.py",
        runs={str(p): [theirs for _, theirs in runs] for p, runs in zip(paths, plans, strict=True)},
        listed={str(p): list(poll.election.projects) for p, poll in zip(paths, polls, strict=True)},
    )
    for path, poll, runs in zip(paths, polls, plans, strict=True):
        election = poll.election
        for (asked, how), winners in zip(runs, answers[str(path)], strict=True):
            outcome = counted(election, counting_asked(poll, CountAsked(**asked))[0])
            found = list(outcome.names(election))
            assert outcome.certificate.exact, (path.name, asked)
            if asked["rule"] == "knapsack":
                reached = value(election, winners, how[1])
                assert value(election, found, how[1]) >= reached, (path.name, asked)
            elif asked["rule"] == "mes" and asked["completion"] == "none":
                assert found == winners, (path.name, asked)
            else:
                assert set(found) == set(winners), (path.name, asked)
