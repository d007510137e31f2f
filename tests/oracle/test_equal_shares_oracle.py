"""Equal shares beside pabutools in exact fractions, on every file of votes that is there.

Both break ties in the same order, as listed and by name. pabutools names what it takes in the order
in which it takes it, so that whole paths are compared, not only sets.

pabutools counts for add1 without remembering anything; on files that would take it hours it is
asked for the first count only (``LARGE``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    equal_shares,
)
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.oracle
OWN = {"cumulative": ["points"], "scoring": ["points"], "ordinal": ["borda"]}
LARGE = 20_000
"""Entries on all ballots of a file above which pabutools is not asked for add1."""


def files(real_data) -> list[Path]:
    found = sorted(real_data("pabulib").glob("*.pb"))
    assert found
    return found


def ours(election, run):
    variant = EqualSharesVariant(**run)
    outcome = equal_shares(election, variant)
    assert outcome.certificate.exact
    return list(outcome.names(election))


def compared(peer, path, runs):
    """Count one file both ways and return how many runs agreed, all of them."""
    poll = open_poll(path)
    kept = [j for j in range(poll.election.n_projects) if j not in poll.withdrawn]
    election = poll.election.subset([poll.election.projects[j] for j in kept])
    asked = [run for run in runs(poll) if run["completion"] == "none" or size(poll) <= LARGE]
    theirs = peer(
        "equal_shares_pabutools.py", file=str(path), runs=asked, listed=list(election.projects)
    )["winners"]
    for run, winners in zip(asked, theirs, strict=True):
        assert ours(election, run) == winners, (path.name, run)
    return len(asked)


def size(poll) -> int:
    return int((poll.election.weights[poll.election.rows]).sum())


def kinds(poll) -> list[str]:
    return ["cost", "cardinality", *OWN.get(poll.vote_type, [])]


def test_first_counts(peer, real_data):
    def runs(poll):
        return [
            {"satisfaction": kind, "completion": "none", "ties": ties}
            for kind in kinds(poll)
            for ties in ("listed", "name")
        ]

    assert sum(compared(peer, path, runs) for path in files(real_data)) >= 4 * 31


def test_add1(peer, real_data):
    def runs(poll):
        return [
            {"satisfaction": "cost", "completion": completion, "ties": "listed"}
            for completion in ("add1", "add1e")
        ]

    assert sum(compared(peer, path, runs) for path in files(real_data)) >= 40
