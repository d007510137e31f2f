"""Phragmén's rule beside pabutools, in one run, in processor time; other rules by themselves.

pabutools counts in exact fractions, ballot by ballot, or over equal ballots if asked to. Here equal
ballots are put together; the fast count is in floating point, and the certified one adds the exact
count that proves it. What was read and grouped before is in no time.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.named_rules import Counting, counted
from evenground.questions.voice.measures.budgeting.phragmen_count import phragmen_path
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen
from evenground.questions.voice.measures.budgeting.tie_order import tie_order
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.bench
LARGE = "Poland_Warszawa_2020_Praga-Poludnie.pb"
RULES = ("greedy", "greedy-per-cost", "knapsack", "phragmen")


def test_phragmen(peer, real_data, cpu_seconds, say):
    path = real_data("pabulib") / LARGE
    theirs = peer("phragmen_pabutools.py", file=str(path))
    election = open_poll(path).election
    ties = tie_order(election, "name")

    def fast():
        return phragmen_path(election, stops=True, limits=Limits(), order=ties)

    found = sequential_phragmen(election, ties=ties)
    assert sorted(found.names(election)) == theirs["winners"]
    assert fast() == found.funded
    kernel = cpu_seconds(fast)
    certified = cpu_seconds(lambda: sequential_phragmen(election, ties=ties), rounds=5)
    times = theirs["seconds"] / kernel
    say(
        f"Phragmén, {election.n_voters} x {election.n_projects}, {len(found.funded)} winners: "
        f"pabutools exact {theirs['seconds']:.1f} s (equal ballots put together "
        f"{theirs['grouped_seconds']:.1f} s), fast count {1e3 * kernel:.1f} ms ({times:,.0f}x), "
        f"certified {1e3 * certified:.0f} ms ({theirs['seconds'] / certified:,.0f}x)"
    )
    assert times >= 1_000


def synthetic(n, m, seed):
    """Return an election in which voters name 1 to 10 of m projects, some much more liked."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 11, n)
    drawn = np.minimum((rng.random(lengths.sum()) ** 2 * m).astype(np.int64), m - 1)
    voters = np.repeat(np.arange(n), lengths)
    pairs = np.unique(voters * m + drawn)
    indptr = np.searchsorted(pairs, np.arange(n + 1) * m)
    return grouped(
        [str(place) for place in range(m)],
        rng.integers(1_000, 100_000, m),
        budget=30_000 * m,
        ballots=Ballots(indptr=indptr, indices=pairs % m),
    )


@pytest.mark.parametrize("n", [5_000, 50_000, 500_000])
def test_cost_against_voters(n, cpu_seconds, say):
    election = synthetic(n, 200, seed=1)
    told = []
    for rule in RULES:
        spent = cpu_seconds(lambda rule=rule: counted(election, Counting(rule=rule)), rounds=1)
        told.append(f"{rule} {spent:.2f} s")
    say(f"{n:,} voters, 200 projects: {', '.join(told)}")


@pytest.mark.parametrize("m", [100, 400, 1_600])
def test_cost_against_projects(m, cpu_seconds, say):
    election = synthetic(20_000, m, seed=2)
    how = Counting(rule="phragmen", too_dear="skip")
    found = counted(election, how)
    assert found.certificate.exact
    spent = cpu_seconds(lambda: counted(election, how), rounds=1)
    say(f"20,000 voters, {m:,} projects, {len(found.funded)} winners: Phragmén {spent:.2f} s")


def test_a_large_city_with_many_winners(cpu_seconds, say):
    election = synthetic(500_000, 2_500, seed=3)
    for rule in ("greedy", "phragmen"):
        found = []
        spent = cpu_seconds(
            lambda rule=rule, found=found: found.append(
                counted(election, Counting(rule=rule, too_dear="skip"))
            ),
            rounds=1,
        )
        assert found[0].certificate.exact
        assert len(found[0].funded) >= 1_200
        say(f"500,000 voters, 2,500 projects, {len(found[0].funded)} winners: {rule} {spent:.1f} s")
