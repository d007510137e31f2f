"""Paths that are proven for all endowments from one to another, and add1 that goes by them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import (
    EqualSharesVariant,
    bounded_check,
    equal_shares,
    fast_count,
    loops,
)
from evenground.questions.voice.measures.budgeting.equal_shares.exact_replay import (
    exact_replay,
    holds_between,
)
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of

PLAIN_HOLDS = bounded_check.holds_with(loops.holds_loop)
NEVER = 10**9


def drawn(seed, *, n=20, m=7, most=40, equal_costs=False):
    """Return a random election."""
    rng = np.random.default_rng(seed)
    named = rng.random((n, m)) < rng.uniform(0.15, 0.6, m)
    costs = np.full(m, most) if equal_costs else rng.integers(most // 4, most, m)
    return grouped(
        [f"p{j}" for j in range(m)],
        costs,
        budget=int(costs.sum() * 0.6),
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(named.sum(axis=1))]),
            indices=np.nonzero(named)[1],
        ),
    )


@pytest.mark.parametrize("equal_costs", [False, True])
def test_what_is_proven_between_is_so_everywhere_between(equal_costs):
    n_exact, n_bounds = 0, 0
    for seed in range(30):
        election = drawn(seed, most=4_000, equal_costs=equal_costs)
        support, ties = support_of(election, "cost"), tuple(range(election.n_projects))
        votes = fast_count.votes_of(support, ties)
        low = Fraction(election.budget, election.n_voters)
        path = exact_replay(support, low, suggested=(), ties=ties).path
        for width in (1, 10, 100):
            high = low + width
            exact = holds_between(support, path, (low, high), ties=ties)
            bounds = PLAIN_HOLDS(
                votes, election.n_ballots, np.array(path, dtype=np.int64), float(low), float(high)
            )
            n_exact, n_bounds = n_exact + exact, n_bounds + bounds
            for part in range(5 if exact or bounds else 0):
                at = low + Fraction(width * part, 4)
                assert exact_replay(support, at, suggested=(), ties=ties).path == path
    assert n_exact > 20
    assert n_exact >= n_bounds
    assert n_bounds > 20 or equal_costs


def test_at_one_endowment_it_is_the_replay():
    for seed in range(20):
        election = drawn(seed, equal_costs=bool(seed % 2))
        support, ties = support_of(election, "cardinality"), tuple(range(election.n_projects))
        share = Fraction(election.budget, election.n_voters)
        path = exact_replay(support, share, suggested=(), ties=ties).path
        assert holds_between(support, path, (share, share), ties=ties)
        assert not holds_between(support, path[:-1], (share, share), ties=ties)
        assert not holds_between(support, path[::-1], (share, share), ties=ties) or len(path) < 2


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("completion", ["add1", "add1e"])
def test_add1_by_intervals_stops_where_add1_by_steps_does(monkeypatch, completion, compiled):
    if compiled:
        pytest.importorskip("numba")
    for seed in range(12):
        election = drawn(seed, most=900, equal_costs=seed % 3 == 0)
        variant = EqualSharesVariant(completion=completion, satisfaction="cost")
        module = "evenground.questions.voice.measures.budgeting.equal_shares.add1._LONG"
        monkeypatch.setattr(module, NEVER)
        slow = equal_shares(election, variant, compiled=compiled)
        monkeypatch.setattr(module, 2)
        fast = equal_shares(election, variant, compiled=compiled)
        assert (fast.funded, fast.steps) == (slow.funded, slow.steps)
        told = ("endowment", "n_increments", "stop")
        assert [fast.record[key] for key in told] == [slow.record[key] for key in told]


def test_few_voters_with_much_money_are_counted_at_once():
    election = drawn(3, n=12, m=6, most=10_000_000)
    outcome = equal_shares(election, EqualSharesVariant(completion="add1"), compiled=False)
    assert int(outcome.record["n_increments"]) > 10_000
    assert outcome.certificate.exact
