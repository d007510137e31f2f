"""Where supporters' money went under equal shares, by hand and against counting again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.equal_shares.equal_shares import (
    EqualSharesVariant,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.equal_shares_reasons import (
    equal_shares_reasons,
)
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.payments import (
    money_behind,
    phragmen_payments,
)
from evenground.questions.voice.measures.budgeting.satisfaction import SATISFACTIONS, Satisfaction
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections


def counted(election: Election, satisfaction: Satisfaction) -> Outcome:
    return equal_shares(election, EqualSharesVariant(satisfaction=satisfaction), compiled=False)


def test_by_hand() -> None:
    # Four voters with 10 each. A costs 18 for three of them (6 each), B costs 20 for two of these
    # three, who have 4 left, and C costs 12 for the fourth, who has 10.
    election = election_of([18, 20, 12], 40, [[0, 1], [0, 1], [0], [2]])
    outcome = counted(election, "cardinality")
    assert outcome.funded == (0,)
    found = equal_shares_reasons(
        election, outcome, endowment=Fraction(10), satisfaction="cardinality"
    )
    assert found.left.tolist() == [12, 8, 10]
    assert found.took[:, 0].tolist() == [18, 12, 0]
    # At 12 B would cost its two supporters 6 each, as A does, and ties go to A; at 11 it comes
    # first. That is more than the 8 that they have in the end. C's supporter has 10.
    assert found.winning_price.tolist() == [18, 11, 10]
    # B: 12 are missing in the end, from voters with 4 and 10: both. C: 2 are missing.
    assert found.missing_votes.tolist() == [0, 2, 1]


@settings(max_examples=60)
@given(elections(most_voters=6, most_projects=4), st.sampled_from(SATISFACTIONS))
def test_prices_are_those_of_counting_again(election: Election, satisfaction: Satisfaction) -> None:
    outcome = counted(election, satisfaction)
    endowment = Fraction(election.budget, election.n_voters)
    found = equal_shares_reasons(election, outcome, endowment=endowment, satisfaction=satisfaction)
    for project in set(range(election.n_projects)) - set(outcome.funded):
        wins = [
            at
            for at in range(1, int(election.costs[project]) + 1)
            if project in counted(_priced(election, project, at), satisfaction).funded
        ]
        assert max(wins, default=0) == found.winning_price[project]
        assert wins == list(range(1, len(wins) + 1))


@settings(max_examples=60)
@given(elections(most_voters=6, most_projects=4), st.sampled_from(SATISFACTIONS))
def test_votes_are_those_of_counting_again(election: Election, satisfaction: Satisfaction) -> None:
    outcome = counted(election, satisfaction)
    endowment = Fraction(election.budget, election.n_voters)
    found = equal_shares_reasons(election, outcome, endowment=endowment, satisfaction=satisfaction)
    ballots = [
        election.indices[election.indptr[row] : election.indptr[row + 1]].tolist()
        for row in election.ballot_of
    ]
    for project in set(range(election.n_projects)) - set(outcome.funded):
        without = [voter for voter, one in enumerate(ballots) if project not in one]
        least = next(
            (
                size
                for size in range(1, len(without) + 1)
                for chosen in combinations(without, size)
                if project
                in counted(_with(election, ballots, project, chosen), satisfaction).funded
            ),
            -1,
        )
        assert found.missing_votes[project] == least


@given(elections())
def test_phragmens_payments_are_the_costs(election: Election) -> None:
    outcome = sequential_phragmen(election)
    for one in phragmen_payments(election, outcome):
        paid = money_behind(election, one.paid)[one.project]
        assert paid == pytest.approx(float(election.costs[one.project]), rel=1e-9)


def _priced(election: Election, project: int, cost: int) -> Election:
    costs = election.costs.copy()
    costs[project] = cost
    return replace(election, costs=costs)


def _with(
    election: Election, ballots: list[list[int]], project: int, chosen: tuple[int, ...]
) -> Election:
    more = [
        sorted([*one, project]) if voter in chosen else one for voter, one in enumerate(ballots)
    ]
    return election_of(election.costs.tolist(), election.budget, more)
