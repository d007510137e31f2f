"""Bounded overspending: by hand, against a search over parts, and what changes nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import (
    bounded_overspending,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.equal_shares.bounded_overspending import (
    best_offer,
)
from evenground.questions.voice.measures.budgeting.equal_shares.fast_count import votes_of
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of


def election_of(costs, budget, rows):
    return grouped(
        [f"p{j}" for j in range(len(costs))],
        costs,
        budget=budget,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64),
            indices=np.array([j for row in rows for j in row], dtype=np.int64),
        ),
    )


@st.composite
def elections(draw):
    m = draw(st.integers(1, 5))
    costs = draw(st.lists(st.integers(1, 12), min_size=m, max_size=m))
    row = st.lists(st.integers(0, m - 1), unique=True, max_size=m)
    return election_of(costs, draw(st.integers(1, 30)), draw(st.lists(row, min_size=1, max_size=7)))


def test_by_hand():
    # Five each. The second voter pays 2 of 2: ratio 1. The first has 5 of 8: a = 5/8 at a rate of
    # 5/8 per unit of cost for it, so 1 for the whole: r / a = 8/5. Equal Shares leaves those 8.
    election = election_of([8, 2], 10, [[0], [1]])
    outcome = bounded_overspending(election)
    assert outcome.funded == (1, 0)
    assert outcome.cost == 10
    assert [float(step.value) for step in outcome.steps] == pytest.approx([1.0, 1.6], rel=1e-14)
    assert [float(step.price) for step in outcome.steps] == [2.0, 5.0]
    assert equal_shares(election).funded == (1,)
    assert outcome.certificate.exact is False
    assert outcome.certificate.reason


def test_what_is_charged_is_the_whole_project():
    # Three each. p1 asks 3/2 of two, at 1/2 per unit of its cost. Then p0 finds 3/2 of its cost
    # of 4: a = 3/8, l = 3/2, and the ratio is 3/2 / 4 / (3/8)^2; it just fits into the budget.
    election = election_of([4, 3], 9, [[0, 1], [1], []])
    outcome = bounded_overspending(election)
    assert outcome.funded == (1, 0)
    assert float(outcome.steps[0].value) == pytest.approx(0.5, rel=1e-14)
    assert float(outcome.steps[1].value) == pytest.approx(1.5 / 4 / (3 / 8) ** 2, rel=1e-14)


@given(elections())
def test_offers_are_the_least_over_all_parts(election):
    support = support_of(election, "cost")
    votes = votes_of(support, range(election.n_projects))
    balance = np.linspace(1, 3, election.n_ballots)
    for project in range(election.n_projects):
        part = slice(votes.indptr[project], votes.indptr[project + 1])
        have, voters = balance[votes.entries.ballots[part]], votes.entries.voters[part]
        offer = best_offer(votes, project, balance)
        if not have.size:
            assert offer is None
            continue
        cost = float(election.costs[project])
        for rate in np.linspace(0.01, 1, 50) * have.max():
            paid = min(float(voters @ np.minimum(have, rate)) / cost, 1.0)
            assert offer.ratio * cost <= rate / paid**2 * (1 + 1e-12)
        asked = offer.part * offer.price
        assert float(voters @ np.minimum(have, asked)) == pytest.approx(
            offer.part * cost, rel=1e-12
        )


@given(elections())
def test_within_the_budget_and_ratios_rise(election):
    outcome = bounded_overspending(election)
    assert outcome.cost <= election.budget
    assert len(set(outcome.funded)) == len(outcome.funded)
    values = [step.value for step in outcome.steps]
    assert all(b >= a * (1 - Fraction(1, 10**9)) for a, b in pairwise(values))


@given(elections(), st.sampled_from([100, 1_000_000]))
def test_units_and_numbers_change_nothing(election, factor):
    # Ratios that are equal on paper may differ in floats by their last digit; TIED covers that.
    outcome = bounded_overspending(election)
    finer = replace(election, costs=factor * election.costs, budget=factor * election.budget)
    assert bounded_overspending(finer).funded == outcome.funded
    twice = replace(
        election, weights=2 * election.weights, ballot_of=np.tile(election.ballot_of, 2)
    )
    assert bounded_overspending(twice).funded == outcome.funded


def test_no_voters_and_what_is_refused():
    empty = election_of([4, 3], 9, [])
    assert bounded_overspending(empty).funded == ()
    with pytest.raises(UsageError) as refused:
        bounded_overspending(empty, ties="chance")
    assert refused.value.problems[0].code == "tie_order_unknown"
