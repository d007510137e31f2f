"""The proofs of equal shares: a wrong path is put right, and bounds prove no wrong one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    bounded_check,
    equal_shares,
    fast_count,
    loops,
)
from evenground.questions.voice.measures.budgeting.equal_shares.exact_replay import exact_replay
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.tests.budgeting.equal_shares_in_fractions import count

PLAIN_HOLDS = bounded_check.holds_with(loops.holds_loop)
PLAIN_LOOPS = fast_count.count_with(loops.count_loop)


def drawn(seed, *, n=60, m=9, points=False, most=40):
    """Return a random election with many near races."""
    rng = np.random.default_rng(seed)
    named = rng.random((n, m)) < rng.uniform(0.15, 0.6, m)
    return grouped(
        [f"p{j}" for j in range(m)],
        rng.integers(10, most, m),
        budget=int(rng.integers(most, most * m // 2)),
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(named.sum(axis=1))]),
            indices=np.nonzero(named)[1],
            points=rng.integers(1, 6, named.sum()) if points else None,
        ),
    )


@pytest.mark.parametrize("points", [False, True])
@given(st.integers(0, 10_000), st.randoms())
def test_any_suggestion_ends_at_the_rules_path(points, seed, chance):
    election = drawn(seed, n=25, m=6, points=points)
    satisfaction = "points" if points else "cost"
    share = Fraction(election.budget, election.n_voters)
    ties = tuple(range(election.n_projects))
    support = support_of(election, satisfaction)
    suggested = list(ties)
    chance.shuffle(suggested)
    replay = exact_replay(support, share, suggested=suggested, ties=ties)
    path, rates = count(election, share, satisfaction=satisfaction, ties=ties)
    assert list(replay.path) == path
    worth = [int(support.worth[j]) for j in path]
    assert [p / w for p, w in zip(replay.prices, worth, strict=True)] == rates
    assert (replay.departs is None) == (suggested == path)
    again = exact_replay(support, share, suggested=path, ties=ties)
    assert again.departs is None
    assert again.prices == replay.prices


@pytest.mark.parametrize("suggested", [(1, 2), (1, 0), (0, 1), (2, 1), ()])
def test_a_rival_whose_supporters_give_all_they_have_goes_first(suggested):
    # After B each of the eleven has 29/11, together just C's cost of 29: at 1/11 a unit it comes
    # before A, which nine would pay at 1/9. At 1/9, too, they would bring 29 and no more.
    election = grouped(
        ["A", "B", "C"],
        [5, 12, 29],
        budget=41,
        ballots=Ballots(
            indptr=np.array([*range(0, 28, 3), 29, 31]),
            indices=np.array([*([0, 1, 2] * 9), 1, 2, 1, 2]),
        ),
    )
    support = support_of(election, "cost")
    replay = exact_replay(support, Fraction(41, 11), suggested=suggested, ties=(0, 1, 2))
    assert replay.path == (1, 2)
    assert replay.prices == (Fraction(12, 11), Fraction(29, 11))


def test_a_path_too_short_or_too_long_departs():
    election = drawn(3)
    support, ties = support_of(election, "cost"), tuple(range(election.n_projects))
    share = Fraction(election.budget, election.n_voters)
    path = exact_replay(support, share, suggested=(), ties=ties).path
    assert len(path) > 2
    short = exact_replay(support, share, suggested=path[:-1], ties=ties)
    assert (short.path, short.departs) == (path, len(path) - 1)
    others = [j for j in ties if j not in path]
    long = exact_replay(support, share, suggested=(*path, *others), ties=ties)
    assert (long.path, long.departs) == (path, len(path))


@pytest.mark.parametrize("points", [False, True])
def test_bounds_prove_right_paths_and_no_others(points):
    n_proven, n_seen = 0, 0
    for seed in range(40):
        election = drawn(seed, points=points, most=40_000 if seed % 2 else 40)
        support = support_of(election, "points" if points else "cost")
        ties = tuple(range(election.n_projects))
        votes, share = fast_count.votes_of(support, ties), election.budget / election.n_voters
        exact = exact_replay(
            support, Fraction(election.budget, election.n_voters), suggested=(), ties=ties
        )
        path = np.array(exact.path, dtype=np.int64)
        size = election.n_ballots
        if PLAIN_HOLDS(votes, size, path, share):
            n_proven += 1
            assert exact.tied == ((),) * path.size
        n_seen += 1
        assert not PLAIN_HOLDS(votes, size, path[:-1], share)
        for step in range(path.size - 1):
            swapped = path.copy()
            swapped[step : step + 2] = path[step : step + 2][::-1]
            assert not PLAIN_HOLDS(votes, size, swapped, share)
    assert n_proven > n_seen / 2


def test_loops_and_numpy_find_the_same():
    for seed in range(30):
        election = drawn(seed, points=bool(seed % 2))
        support = support_of(election, "points" if seed % 2 else "cost")
        votes = fast_count.votes_of(support, range(election.n_projects))
        share = election.budget / election.n_voters
        path, prices = fast_count.PLAIN(votes, election.n_ballots, share)
        other, others = PLAIN_LOOPS(votes, election.n_ballots, share)
        assert path.tolist() == other.tolist()
        assert prices == pytest.approx(others, rel=1e-12)


def test_a_wrong_fast_count_is_put_right(monkeypatch):
    election = drawn(5)
    right = equal_shares(election)

    def backwards(votes, n_ballots, endowment):
        path, prices = PLAIN_LOOPS(votes, n_ballots, endowment)
        return path[::-1], prices

    monkeypatch.setattr(
        "evenground.questions.voice.measures.budgeting.equal_shares.paths.PLAIN", backwards
    )
    wrong = equal_shares(election)
    assert (wrong.funded, wrong.steps) == (right.funded, right.steps)
    assert wrong.certificate.exact
    assert wrong.certificate.found == "recounted"
    assert wrong.certificate.reason


def test_without_numba_all_is_plain(monkeypatch):
    for cached in (loops.compiler, fast_count.compiled_count, bounded_check.compiled_holds):
        cached.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    election = drawn(1)
    variant = EqualSharesVariant(completion="add1")
    plain = equal_shares(election, variant, compiled=True)
    assert plain.record["outcomes_proven_by_bounds"] == 0
    assert plain.funded == equal_shares(election, variant, compiled=False).funded
    for cached in (loops.compiler, fast_count.compiled_count, bounded_check.compiled_holds):
        cached.cache_clear()


def test_compiled_and_plain_find_the_same():
    pytest.importorskip("numba")
    for seed in range(25):
        election = drawn(seed, points=bool(seed % 2))
        variant = EqualSharesVariant(
            satisfaction="points" if seed % 2 else "cost", completion="add1"
        )
        cap = Cap(name="half", members=tuple(range(0, 9, 2)), most=election.budget // 2)
        limits = Limits(caps=(cap,), exclusive=((1, 3),)) if seed > 20 else None
        fast = equal_shares(election, variant, limits=limits, compiled=True)
        slow = equal_shares(election, variant, limits=limits, compiled=False)
        assert (fast.funded, fast.steps) == (slow.funded, slow.steps)
        assert fast.record["endowment"] == slow.record["endowment"]
        assert fast.record["n_increments"] == slow.record["n_increments"]


def test_compiling_waits_until_it_pays(monkeypatch):
    election = drawn(2)
    support, ties = support_of(election, "cost"), tuple(range(election.n_projects))
    asked = []
    monkeypatch.setattr(
        "evenground.questions.voice.measures.budgeting.equal_shares.paths.compiled_count",
        lambda: asked.append(1),
    )
    module = "evenground.questions.voice.measures.budgeting.equal_shares.paths."
    monkeypatch.setattr(module + "_DONE.n_entries", 0)
    paths = Paths(support, ties)
    paths.at(Fraction(10))
    assert bounded_check.compiled_holds.cache_info().currsize or not asked
    monkeypatch.setattr(module + "_COMPILING_PAYS", 1)
    paths.at(Fraction(10))
    assert asked
