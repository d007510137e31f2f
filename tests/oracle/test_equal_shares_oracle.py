"""Equal shares beside pabutools in exact fractions, on every file of votes that is there.

Both break ties in the same order, as listed and by name. pabutools names what it takes in the order
in which it takes it, so that whole paths are compared, not only sets.

For add1 pabutools counts anew at each endowment, which takes it minutes to hours. So it is asked on
every file at the endowment where the search ended, at those beside it, and at some on the way; and
for the whole search where that is short (``SHORT``), and on the two cities that decided by it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    equal_shares,
)
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.oracle
OWN = {"cumulative": ["points"], "scoring": ["points"], "ordinal": ["borda"]}
SHORT = 700_000
"""Votes times increments up to which pabutools is asked for a whole search."""
BY_EQUAL_SHARES = ("Poland_Swiecie_2023.pb", "Poland_Wieliczka_2023_Green_Budget.pb")


@pytest.fixture
def files(real_data) -> list[Path]:
    """Return all files of votes."""
    found = sorted(real_data("pabulib").glob("*.pb"))
    assert found
    return found


@pytest.fixture
def theirs(peer):
    """Return a function that counts a file by pabutools, once for each run."""

    def count(path, election, runs):
        script, listed = "equal_shares_pabutools.py", list(election.projects)
        return peer(script, file=str(path), runs=runs, listed=listed)["winners"]

    return count


def opened(path):
    """Return the poll of a file, and its election without projects that were withdrawn."""
    poll = open_poll(path)
    kept = [j for j in range(poll.election.n_projects) if j not in poll.withdrawn]
    return poll, poll.election.subset([poll.election.projects[j] for j in kept])


def ours(election, run):
    """Return the names of what is taken, in order."""
    more = run.get("increments", 0) * election.n_voters * election.scale
    variant = EqualSharesVariant(
        satisfaction=run["satisfaction"], completion=run["completion"], ties=run["ties"]
    )
    outcome = equal_shares(replace(election, budget=election.budget + more), variant)
    assert outcome.certificate.exact
    return list(outcome.names(election))


def test_first_counts(theirs, files):
    n_compared = 0
    for path in files:
        poll, election = opened(path)
        runs = [
            {"satisfaction": kind, "completion": "none", "ties": ties}
            for kind in ["cost", "cardinality", *OWN.get(poll.vote_type, [])]
            for ties in ("listed", "name")
        ]
        for run, winners in zip(runs, theirs(path, election, runs), strict=True):
            assert ours(election, run) == winners, (path.name, run)
            n_compared += 1
    assert n_compared >= 4 * len(files)


def test_endowments_on_the_way_of_add1(theirs, files):
    for path in files:
        _, election = opened(path)
        outcome = equal_shares(election, EqualSharesVariant(completion="add1"))
        last = outcome.record["n_increments"]
        some = np.random.default_rng(last).integers(0, last, 3).tolist() if last else []
        asked = sorted({*some, max(last - 1, 0), last, last + 1})
        runs = [
            {"satisfaction": "cost", "completion": "none", "ties": "listed", "increments": n}
            for n in asked
        ]
        found = dict(zip(asked, theirs(path, election, runs), strict=True))
        for run in runs:
            assert ours(election, run) == found[run["increments"]], (path.name, run)
        assert list(outcome.names(election)) == found[last], path.name
        assert outcome.record["stop"] == "overspent"
        beyond = election.places(found[last + 1])
        assert int(election.costs[list(beyond)].sum()) > election.budget


def test_whole_searches(theirs, files):
    n_compared = 0
    for path in files:
        _, election = opened(path)
        votes = int(election.weights[election.rows].sum())
        for completion in ("add1", "add1e"):
            run = {"satisfaction": "cost", "completion": completion, "ties": "listed"}
            outcome = equal_shares(election, EqualSharesVariant(completion=completion))
            decided = path.name in BY_EQUAL_SHARES and completion == "add1e"
            if outcome.record["n_increments"] * votes <= SHORT or decided:
                (winners,) = theirs(path, election, [run])
                assert list(outcome.names(election)) == winners, (path.name, completion)
                n_compared += 1
    assert n_compared >= len(files) // 2
