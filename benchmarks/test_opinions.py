"""An opinion map of 1,200 people and 200 statements beside red-dwarf.

Ours is the whole of it: three maps compared on hidden votes in five parts, groups, and all of that
found again from 20 resamples; red-dwarf draws one map and its groups once. Both run out of process
and count their own processor time; red-dwarf lives in an environment of its own
(EVENGROUND_PEERS_PYTHON). Counted apart: the work alone in a process that has done it before, and
the first answer, from an empty process to the map. Asked for was a third of red-dwarf's time. That
is nearly reached for the first answer (red-dwarf took 2.5 to 3.0 times as long), most of which is
loading on either side. The work alone is not: red-dwarf took 1.6 to 1.9 times as long. Of ours,
half is hidden votes (fifteen maps), the other half 20 resamples, each of them some passes
through two tables of 240,000 cells; two thirds of what is left would have to go, and without
leaving out resamples nothing is known that saves so much.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evenground.questions.voice.measures.opinions.adjusted_rand_index import adjusted_rand_index
from evenground.questions.voice.tests.opinions.made_votes import with_groups

pytestmark = pytest.mark.bench
N_PEOPLE, N_STATEMENTS, N_RESAMPLES = 1_200, 200, 20
TIMES_FIRST, TIMES_WORK, TIMES_A_MAP = 2.0, 1.3, 20
"""How many times as long red-dwarf takes at least; below what was counted, machines differ."""
MOST_SECONDS = 1.17
"""A third of the 3.5 s that red-dwarf took for one map, whole, on the machine of the target."""


def votes_of(n, m):
    votes, group = with_groups(n, m, 3, np.random.default_rng(1))
    return np.where(votes.seen > 0, votes.value, np.nan), group


@pytest.fixture
def ours(tmp_path):
    """Return a function that runs ours in a process of its own."""

    def run(votes, *, rounds=3):
        np.savez(tmp_path / "votes.npz", votes=votes)
        script = Path(__file__).parent / "peers" / "opinion_map_evenground.py"
        work = {"file": str(tmp_path / "votes.npz"), "rounds": rounds}
        done = subprocess.run(
            [sys.executable, str(script)],
            input=json.dumps(work), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_twenty_resamples_beside_one_map(ours, peer, say, tmp_path):
    votes, group = votes_of(N_PEOPLE, N_STATEMENTS)
    mine = ours(votes)
    theirs = peer("opinion_map_reddwarf.py", file=str(tmp_path / "votes.npz"), rounds=3)
    assert mine["reasons"] == []
    assert adjusted_rand_index(mine["groups"], group[np.array(mine["inside"])]) > 0.95
    each = mine["processor"] / (N_RESAMPLES + 1)
    work = theirs["processor"] / mine["processor"]
    first = theirs["first"] / mine["first"]
    say(
        f"opinion map, {N_PEOPLE:,} x {N_STATEMENTS}: evenground {mine['processor']:.2f} s of "
        f"processor time for {N_RESAMPLES} resamples and hidden votes, red-dwarf "
        f"{theirs['processor']:.2f} s for one map: {work:.1f} times as long, or "
        f"{theirs['processor'] / each:.0f} times a map; first answer with loading "
        f"{mine['first']:.2f} s, red-dwarf {theirs['first']:.2f} s: {first:.1f} times as long"
    )
    assert mine["processor"] <= MOST_SECONDS
    assert first >= TIMES_FIRST
    assert work >= TIMES_WORK
    assert theirs["processor"] >= TIMES_A_MAP * each


@pytest.mark.parametrize("n", [300, 1_200, 4_800])
def test_cost_against_people(ours, say, n):
    mine = ours(votes_of(n, N_STATEMENTS)[0], rounds=1)
    say(f"opinion map with 20 resamples, {n:,} x {N_STATEMENTS}: {mine['processor']:.2f} s")
    assert mine["processor"] <= MOST_SECONDS * max(n / N_PEOPLE, 0.5) * 1.5
