"""Reading and grouping ballots beside pabutools in one run, and half a million of them."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.document import pabulib_file
from evenground.connectors.pabulib.writing import pabulib_bytes
from evenground.workspace.polls.opening import open_pabulib, open_poll

pytestmark = pytest.mark.bench
LARGE = "Poland_Warszawa_2020_Praga-Poludnie.pb"
FILES = (LARGE, "Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Swiecie_2023.pb")


def city(n_voters, n_projects=120, *, seed=0):
    """Return the bytes of a vote with approvals of up to ten of popular projects."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 11, n_voters)
    popular = (rng.random((n_voters, 12)) ** 2 * n_projects).astype(int)
    votes = [
        ",".join(map(str, dict.fromkeys(row[:length].tolist())))
        for row, length in zip(popular, lengths, strict=True)
    ]
    ages = rng.integers(16, 95, n_voters)
    file = pabulib_file(
        {"budget": "1000000", "vote_type": "approval"},
        {
            "project_id": [str(at) for at in range(n_projects)],
            "cost": [str(cost) for cost in rng.integers(1_000, 100_000, n_projects)],
        },
        {
            "voter_id": [f"v{at}" for at in range(n_voters)],
            "vote": votes,
            "age": [str(age) for age in ages],
            "sex": [("F", "M")[age % 2] for age in ages],
        },
    )
    return pabulib_bytes(file)


@pytest.mark.parametrize("name", FILES)
def test_read_and_group(peer, cpu_seconds, say, real_data, name):
    path = real_data("pabulib") / name
    theirs = peer("pabutools_reading.py", file=str(path), rounds=3)
    seconds = cpu_seconds(lambda: open_poll(path))
    election = open_poll(path).election
    assert election.n_ballots == theirs["n_ballots"]
    votes = sorted(zip(election.projects, election.votes.tolist(), strict=True))
    assert [tuple(pair) for pair in theirs["votes"]] == votes
    ratio = theirs["seconds"] / seconds
    say(
        f"read and group {election.n_voters:,} ballots x {election.n_projects} ({name}): "
        f"evenground {seconds * 1e3:.0f} ms of processor time, pabutools "
        f"{theirs['seconds'] * 1e3:.0f} ms, {ratio:.0f} times as long"
    )
    assert ratio >= 5


@pytest.mark.parametrize("n_voters", [50_000, 500_000])
def test_half_a_million_ballots(cpu_seconds, say, tmp_path, n_voters):
    path = tmp_path / "large.pb"
    path.write_bytes(city(n_voters))
    read = cpu_seconds(lambda: open_pabulib(path), rounds=3)
    whole = cpu_seconds(lambda: open_poll(path), rounds=3)
    file = open_pabulib(path)
    written = cpu_seconds(lambda: pabulib_bytes(file), rounds=3)
    checked = cpu_seconds(lambda: pabulib_problems(file), rounds=1)
    election = open_poll(path).election
    say(
        f"{n_voters:,} ballots x {election.n_projects}: read {read:.2f} s, read and grouped into "
        f"{election.n_ballots:,} {whole:.2f} s, written {written:.2f} s, checked {checked:.2f} s"
    )
    assert pabulib_bytes(file) == path.read_bytes()
    assert whole <= 5e-6 * n_voters + 0.1
