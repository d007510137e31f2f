"""Prices and votes at which a project would have won, found by counting again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.greedy_by_votes import greedy_by_votes
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen
from evenground.questions.voice.measures.budgeting.turning_points import (
    further_votes,
    named_by,
    votes_of,
    winning_price,
    with_votes,
)
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections

# A 60 with three votes, B 50 with two, C 30 with one; the budget is 100.
BALLOTS = [[0], [0], [0, 1], [1], [2]]


def test_greedy_by_hand() -> None:
    election = election_of([60, 50, 30], 100, BALLOTS)
    assert greedy_by_votes(election).funded == (0, 2)
    # 40 were left when it was B's turn. With one vote more it ties with A, which is listed first;
    # with two it comes before A.
    assert winning_price(election, 1, count=greedy_by_votes).at == 40
    assert winning_price(election, 1, count=greedy_by_votes, guess=40).n_counts == 2
    assert further_votes(election, 1, count=greedy_by_votes).at == 2


def test_no_price_would_do_where_counting_has_stopped() -> None:
    def stops(election: Election):
        return greedy_by_votes(election, too_dear="stop")

    election = election_of([60, 50, 30], 100, BALLOTS)
    assert stops(election).funded == (0,)
    assert winning_price(election, 2, count=stops).at is None
    assert winning_price(election, 2, count=stops, guess=0).at is None
    # Two more votes, and C comes before B: 60 and 30 fit.
    assert further_votes(election, 2, count=stops).at == 2


def test_new_voters_join_those_with_the_same_ballot() -> None:
    election = election_of([60, 50, 30], 100, BALLOTS)
    for project in range(3):
        more = with_votes(election, project, 4)
        votes = election.votes.copy()
        votes[project] += 4
        assert more.votes.tolist() == votes.tolist()
        assert more.n_voters == 9
        assert np.bincount(more.ballot_of).tolist() == more.weights.tolist()


def test_voters_who_name_it_too_are_taken_in_their_order() -> None:
    election = election_of([60, 50, 30], 100, BALLOTS)
    more = named_by(election, 2, np.array([4 - 1, 0]))
    assert more.votes.tolist() == [3, 2, 3]
    assert more.n_voters == 5
    # C is funded; B needs two more to come before A, and the order does not matter to greedy.
    found = votes_of(election, 1, np.array([0, 1, 4]), count=greedy_by_votes)
    assert (found.at, found.settled) == (2, True)
    assert votes_of(election, 1, np.array([0]), count=greedy_by_votes).at is None
    assert not votes_of(
        election, 1, np.array([0, 1, 4]), count=greedy_by_votes, most_counts=1
    ).settled


@given(elections(), st.integers(0, 40), st.booleans())
def test_it_wins_there_and_not_one_unit_further(
    election: Election, guess: int, phragmen: bool
) -> None:
    count = sequential_phragmen if phragmen else greedy_by_votes
    lost = set(range(election.n_projects)) - set(count(election).funded)
    for project in sorted(lost):
        price = winning_price(election, project, count=count, guess=guess).at
        wins = [
            project in count(replace(election, costs=_priced(election, project, at))).funded
            for at in range(1, int(election.costs[project]) + 1)
        ]
        if price is None:
            assert not any(wins)
        else:
            assert wins[price - 1]
            assert not wins[price]
        votes = further_votes(election, project, count=count, guess=guess).at
        if votes is not None:
            assert project in count(with_votes(election, project, votes)).funded
            assert (
                votes == 1 or project not in count(with_votes(election, project, votes - 1)).funded
            )


def _priced(election: Election, project: int, cost: int) -> np.ndarray:
    costs = election.costs.copy()
    costs[project] = cost
    return costs
