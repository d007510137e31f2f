"""Greedy by votes and by votes per cost, with everything that cities add."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.greedy_by_votes import greedy_by_votes
from evenground.questions.voice.measures.budgeting.greedy_by_votes_per_cost import (
    greedy_by_votes_per_cost,
)
from evenground.questions.voice.measures.budgeting.greedy_check import greedy_holds
from evenground.questions.voice.measures.budgeting.greedy_pass import GreedyPass
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.measures.budgeting.outcome import Step
from evenground.questions.voice.measures.budgeting.scores import project_scores, usual_scoring
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections

# A: 4 votes, cost 6; B: 3 votes, cost 5; C: 2 votes, cost 3; D: 1 vote, cost 1; budget 10.
BALLOTS = [[0, 1], [0, 1, 2], [0, 1], [0, 2, 3]]


def town(budget=10):
    return election_of([6, 5, 3, 1], budget, BALLOTS)


def test_by_hand():
    assert greedy_by_votes(town()).funded == (0, 2, 3)  # B does not fit, C and D do
    assert greedy_by_votes(town(), too_dear="stop").funded == (0,)
    per_cost = greedy_by_votes_per_cost(town())  # D 1, A 2/3, C 2/3, B 3/5
    assert per_cost.funded == (3, 0, 2)
    assert [step.value for step in per_cost.steps] == [1, Fraction(2, 3), Fraction(2, 3)]
    assert per_cost.steps[1].tied == (2,)
    assert per_cost.certificate.exact


def test_a_reserve_funds_the_first_that_does_not_fit_if_enough_is_left():
    four_of_five = Fraction(4, 5)
    assert greedy_by_votes(town(), too_dear=four_of_five).funded == (0, 1)  # 4 left of 5: 4/5
    found = greedy_by_votes(town(), too_dear=four_of_five)
    assert [step.phase for step in found.steps] == ["greedy", "reserve"]
    assert found.cost == 11
    assert greedy_by_votes(town(9), too_dear=four_of_five).funded == (0,)


def test_poznan_2024_as_pabulib_describes_its_rule():
    """Chartowo, small projects: 1,253 and others; two fit, the third is far too dear."""
    election = election_of([30, 45, 20], 75, [[0]] * 4 + [[1]] * 3 + [[2]] * 2)
    assert greedy_by_votes(election, too_dear=Fraction(4, 5)).funded == (0, 1)


def test_caps_conflicts_and_leftover():
    caps = (Cap(name="north", members=(0, 1), most=6), Cap(name="south", members=(2, 3), most=3))
    assert greedy_by_votes(town(), limits=Limits(caps=caps)).funded == (0, 2)
    leftover = greedy_by_votes(town(), limits=Limits(caps=caps, leftover=True))
    assert leftover.funded == (0, 2, 3)
    assert leftover.steps[-1].phase == "leftover"
    exclusive = greedy_by_votes(town(), limits=Limits(exclusive=((0, 2),)))
    assert exclusive.funded == (0, 3)
    assert greedy_by_votes(town(), limits=Limits(left_out=(0,))).funded == (1, 2, 3)


def test_a_cap_never_ends_a_count_that_stops():
    caps = (Cap(name="north", members=(1,), most=1),)
    found = greedy_by_votes(town(9), too_dear="stop", limits=Limits(caps=caps))
    assert found.funded == (0, 2)  # B is kept out by its cap; D would need 1 of 0


def test_ties_go_by_the_order():
    election = election_of([5, 5], 5, [[0], [1]])
    assert greedy_by_votes(election).funded == (0,)
    assert greedy_by_votes(election, ties=(1, 0)).funded == (1,)
    assert greedy_by_votes(election, ties=(1, 0)).record["tie_order"] == ("B", "A")


def ranked(ballots):
    return grouped(
        ["A", "B", "C", "D"],
        [1, 1, 1, 1],
        budget=2,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum([len(one) for one in ballots])]),
            indices=[place for one in ballots for place in one],
            ordered=True,
        ),
    )


def test_ranks_count_as_krakow_does_or_by_borda():
    election = ranked([[2, 0, 1], [2, 1, 0], [0, 1]])
    assert usual_scoring(election) == "ranks"
    assert project_scores(election).values.tolist() == [2 + 1 + 3, 1 + 2 + 2, 6, 0]
    assert project_scores(election, "borda").values.tolist() == [2 + 1 + 3, 1 + 2 + 2, 6, 0]
    assert project_scores(election, "votes").values.tolist() == [3, 3, 2, 0]
    with pytest.raises(UsageError):
        project_scores(town(), "borda")


def test_the_record_says_what_a_rank_is_worth():
    record = greedy_by_votes(ranked([[2, 0, 1], [0, 1]]), scored_by="borda").record
    assert record["ranks_count"].startswith("one point fewer than there are projects")


def test_points_are_added_up():
    election = grouped(
        ["A", "B"], [4, 4], budget=4,
        ballots=Ballots(indptr=[0, 1, 2, 3], indices=[0, 0, 1], points=[1, 1, 3]),
    )  # fmt: skip
    assert greedy_by_votes(election).funded == (1,)
    assert greedy_by_votes(election, scored_by="votes").funded == (0,)


@pytest.mark.parametrize("too_dear", ["halt", Fraction(1), Fraction(0)])
def test_unknown_variants_are_refused(too_dear):
    with pytest.raises(UsageError):
        greedy_by_votes(town(), too_dear=too_dear)


def naive(election, too_dear, ties):
    """Count by rule, from voters one by one."""
    votes = [0] * election.n_projects
    for ballot in election.ballot_of:
        for place in election.indices[election.indptr[ballot] : election.indptr[ballot + 1]]:
            votes[place] += 1
    funded, left = [], election.budget
    for place in sorted(range(len(votes)), key=lambda one: (-votes[one], ties.index(one))):
        if election.costs[place] <= left:
            funded.append(place)
            left -= int(election.costs[place])
        elif too_dear == "stop":
            break
    return tuple(funded)


@given(elections(), st.sampled_from(["skip", "stop"]), st.randoms(use_true_random=False))
def test_the_same_as_voter_by_voter(election, too_dear, random):
    ties = list(range(election.n_projects))
    random.shuffle(ties)
    found = greedy_by_votes(election, too_dear=too_dear, ties=tuple(ties))
    assert found.funded == naive(election, too_dear, ties)
    assert found.certificate.exact


@st.composite
def limited(draw):
    election = draw(elections())
    m = election.n_projects
    groups = st.sets(st.integers(0, m - 1), min_size=1).map(lambda one: tuple(sorted(one)))
    caps = tuple(
        Cap(name=str(at), members=members, most=draw(st.integers(0, 20)))
        for at, members in enumerate(draw(st.lists(groups, max_size=2)))
    )
    limits = Limits(
        left_out=tuple(draw(st.sets(st.integers(0, m - 1), max_size=2))),
        caps=caps,
        exclusive=tuple(draw(st.lists(groups, max_size=2))),
        leftover=draw(st.booleans()),
    )
    return election, limits, draw(st.sampled_from(["skip", "stop", Fraction(1, 2)]))


@given(limited())
def test_only_the_outcome_itself_passes_the_check(drawn):
    election, limits, too_dear = drawn
    order = tuple(range(election.n_projects))
    found = greedy_by_votes(election, too_dear=too_dear, limits=limits)
    assert found.certificate.exact
    how = GreedyPass(too_dear=too_dear, limits=limits, order=order)
    worth = (election.votes, np.ones_like(election.costs))
    for place in range(election.n_projects):
        if place in found.funded:
            changed = tuple(step for step in found.steps if step.project != place)
        else:
            changed = (*found.steps, Step(project=place, value=Fraction(0), phase="greedy"))
            changed = tuple(
                sorted(changed, key=lambda one: (-election.votes[one.project], one.project))
            )
        assert not greedy_holds(election, changed, worth, how)


@given(elections(), st.integers(2, 5))
def test_units_and_copies_of_ballots_change_nothing(election, times):
    found = greedy_by_votes(election).funded
    dearer = replace(election, costs=election.costs * times, budget=election.budget * times)
    assert greedy_by_votes(dearer).funded == found
    assert greedy_by_votes(replace(election, weights=election.weights * times)).funded == found
    assert greedy_by_votes_per_cost(dearer).funded == greedy_by_votes_per_cost(election).funded
