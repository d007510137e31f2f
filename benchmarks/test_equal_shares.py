"""The Method of Equal Shares beside pabutools, in one run, in processor time.

pabutools counts every ballot by itself, in exact fractions or in floats; here equal ballots are put
together, a count in floats is proven in whole numbers, and add1 proves every endowment on its way.
What was read and grouped before is in neither time; making the loops' arrays is in ours.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.equal_shares.exact_replay import exact_replay
from evenground.questions.voice.measures.budgeting.equal_shares.fast_count import (
    PLAIN,
    compiled_count,
    votes_of,
)
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of
from evenground.workspace.polls.opening import open_poll

pytestmark = pytest.mark.bench
LARGE = "Poland_Warszawa_2020_Praga-Poludnie.pb"
ADD1 = ("Poland_Swiecie_2023.pb", "Poland_Wieliczka_2023_Green_Budget.pb")


@pytest.fixture
def beside(peer, real_data):
    """Return a function that counts a file by pabutools, and the election of that file."""

    def run(name, **how):
        path = real_data("pabulib") / name
        election = open_poll(path).election
        listed = list(election.projects)
        script = "equal_shares_pabutools.py"
        return election, peer(script, file=str(path), listed=listed, **how)

    return run


def test_one_count(beside, cpu_seconds, say):
    election, exact = beside(LARGE, exact=True, completion="none")
    _, floats = beside(LARGE, exact=False, completion="none")
    support = support_of(election, "cost")
    votes, share = votes_of(support, range(election.n_projects)), election.budget / 14_897
    plain = cpu_seconds(lambda: PLAIN(votes, election.n_ballots, share))
    count = compiled_count()
    assert count is not None, "numba is in the extra bench"
    count(votes, election.n_ballots, share)
    kernel = cpu_seconds(lambda: count(votes, election.n_ballots, share))
    certified = cpu_seconds(lambda: equal_shares(election))
    outcome = equal_shares(election)
    say(
        f"MES(cost), 14,897 voters x 134 projects: pabutools {exact['seconds']:.1f} s exact, "
        f"{floats['seconds']:.1f} s in floats; kernel {kernel * 1e3:.1f} ms "
        f"({exact['seconds'] / kernel:,.0f} times), in NumPy {plain * 1e3:.1f} ms "
        f"({exact['seconds'] / plain:,.0f} times), with certificate {certified * 1e3:.0f} ms "
        f"({exact['seconds'] / certified:,.0f} times)"
    )
    assert list(outcome.names(election)) == exact["winners"]
    assert exact["seconds"] / kernel >= 1_000
    assert exact["seconds"] / certified >= 20


@pytest.mark.parametrize("name", ADD1)
def test_add1(beside, cpu_seconds, say, name):
    pytest.importorskip("numba")
    election, theirs = beside(name, exact=False, completion="add1e")
    variant = EqualSharesVariant(completion="add1e")
    outcome = equal_shares(election, variant, compiled=True)
    seconds = cpu_seconds(lambda: equal_shares(election, variant, compiled=True))
    plain = cpu_seconds(lambda: equal_shares(election, variant, compiled=False), rounds=1)
    say(
        f"MES + add1, {name}: pabutools {theirs['seconds']:.1f} s in floats; here "
        f"{seconds * 1e3:.0f} ms ({theirs['seconds'] / seconds:,.0f} times) with a proof for each "
        f"of {outcome.record['n_increments']} increments; {plain:.2f} s without numba"
    )
    assert set(outcome.names(election)) == set(theirs["winners"])
    assert theirs["seconds"] / seconds >= 100


def synthetic(n_voters, n_projects, *, seed=0):
    """Return an election in which everyone names five projects of her quarter or of the city."""
    rng = np.random.default_rng(seed)
    quarter = rng.integers(0, 20, n_voters)
    draws = rng.integers(0, n_projects // 20, (n_voters, 12)) * 20
    places = (draws + np.where(rng.random(draws.shape) < 0.8, quarter[:, None], 0)) % n_projects
    places.sort(axis=1)
    first = np.diff(places, axis=1, prepend=-1) > 0
    first &= first.cumsum(axis=1) <= 5
    costs = rng.integers(5_000, 200_000, n_projects)
    return grouped(
        [f"p{j}" for j in range(n_projects)],
        costs,
        budget=int(costs.sum() * 0.85),
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(first.sum(axis=1))]), indices=places[first]
        ),
    )


@pytest.mark.parametrize(
    ("n_voters", "n_projects"), [(10_000, 200), (100_000, 200), (100_000, 1_000), (500_000, 2_400)]
)
def test_cost_against_voters_and_projects(cpu_seconds, say, n_voters, n_projects):
    election = synthetic(n_voters, n_projects)
    support, ties = support_of(election, "cost"), range(election.n_projects)
    votes, share = votes_of(support, ties), Fraction(election.budget, election.n_voters)
    path, _ = PLAIN(votes, election.n_ballots, float(share))
    plain = cpu_seconds(lambda: PLAIN(votes, election.n_ballots, float(share)), rounds=1)
    replayed = exact_replay(support, share, suggested=path.tolist(), ties=ties)
    exact = cpu_seconds(
        lambda: exact_replay(support, share, suggested=path.tolist(), ties=ties), rounds=1
    )
    say(
        f"MES(cost), {n_voters:,} voters, {election.n_ballots:,} distinct ballots, {n_projects:,} "
        f"projects, {path.size:,} winners: NumPy kernel {plain:.2f} s, exact replay {exact:.2f} s"
    )
    assert replayed.departs is None
    if n_voters == 500_000:
        assert path.size >= 1_200
