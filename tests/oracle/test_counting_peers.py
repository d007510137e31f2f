"""Greedy rules, Phragmén and maximin support beside pabutools in exact fractions, on every file.

Both break ties in the same order, once by name and once as listed. pabutools has greedy by votes as
the greedy rule for cost satisfaction, and greedy by votes per cost as that for cardinality; it has
Phragmén's rule for approval ballots only. Its maximin support solves linear programmes in floating
point over every ballot, which ends in reasonable time on small files only (``SMALL``).
"""

from __future__ import annotations

import pytest

from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.questions.voice.measures.budgeting.tie_order import tie_order
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.oracle
SMALL = 5_000
"""Voters times projects up to which pabutools is asked for maximin support."""
POINTS = ("cumulative", "scoring")


def rules_of(poll) -> list[str]:
    size = poll.election.n_voters * poll.election.n_projects
    return ["phragmen", "maximin-support"] if size <= SMALL else ["phragmen"]


@pytest.mark.parametrize("order", ["name", "listed"])
def test_the_same_winners_on_every_file(order, peer, real_data):
    n_compared = dict.fromkeys(("greedy", "greedy-per-cost", "phragmen", "maximin-support"), 0)
    for path in sorted(real_data("pabulib").glob("*.pb")):
        poll = open_poll(path)
        election = poll.election
        theirs = peer(
            "counting_pabutools.py",
            file=str(path),
            order=None if order == "name" else list(election.projects),
            rules=rules_of(poll),
            points=poll.vote_type in POINTS,
        )
        ties = tie_order(election, order)
        for rule, winners in theirs.items():
            found = counted(election, Counting(rule=rule, ties=ties))
            assert found.certificate.exact
            assert set(found.names(election)) == set(winners), (path.name, rule)
            n_compared[rule] += 1
    assert all(n_compared.values()), n_compared
