"""What must not change a count, for every rule: order of ballots, copies, names, split groups."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped
from evenground.questions.voice.measures.budgeting.equal_shares import COMPLETIONS
from evenground.questions.voice.measures.budgeting.named_rules import RULES, Counting, counted
from evenground.questions.voice.tests.budgeting.small_elections import elections

COUNTINGS = [
    *(Counting(rule=rule) for rule in RULES if rule != "mes"),
    Counting(rule="phragmen", too_dear="skip"),
    Counting(rule="knapsack", satisfaction="cardinality"),
    *(Counting(rule="mes", completion=completion) for completion in COMPLETIONS),
    Counting(rule="mes", satisfaction="cardinality"),
    Counting(rule="bos", satisfaction="cardinality"),
]


def named(how: Counting) -> str:
    return f"{how.rule}-{how.satisfaction}-{how.completion}-{how.too_dear}"


every_rule = pytest.mark.parametrize("how", COUNTINGS, ids=named)


def rows(election: Election) -> list[list[int]]:
    """Return what each voter named."""
    starts = election.indptr.tolist()
    return [
        election.indices[starts[ballot] : starts[ballot + 1]].tolist()
        for ballot in election.ballot_of.tolist()
    ]


def held(election: Election, ballots: list[list[int]], names: tuple[str, ...]) -> Election:
    """Return the election with other ballots and names."""
    lengths = [len(one) for one in ballots]
    return grouped(
        names,
        election.costs,
        budget=election.budget,
        ballots=Ballots(
            indptr=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            indices=np.array([place for one in ballots for place in one], dtype=np.int64),
        ),
    )


@every_rule
@settings(max_examples=25)
@given(elections(), st.randoms())
def test_the_order_of_ballots_and_the_names_of_projects(
    how: Counting, election: Election, chance: Random
) -> None:
    ballots = rows(election)
    chance.shuffle(ballots)
    names = tuple(f"project {place}" for place in reversed(range(election.n_projects)))
    other = held(election, ballots, names)
    assert counted(other, how).funded == counted(election, how).funded


@every_rule
@settings(max_examples=25)
@given(elections())
def test_a_group_of_equal_ballots_that_is_split(how: Counting, election: Election) -> None:
    split = replace(
        election,
        indptr=np.concatenate(
            [[0], np.cumsum(np.diff(election.indptr)[election.ballot_of])]
        ).astype(np.int64),
        indices=np.array([j for row in rows(election) for j in row], dtype=np.int64),
        points=np.ones(sum(len(row) for row in rows(election)), dtype=np.int64),
        weights=np.ones(election.n_voters, dtype=np.int64),
        ballot_of=np.arange(election.n_voters, dtype=np.int64),
    )
    assert counted(split, how).funded == counted(election, how).funded


@every_rule
@settings(max_examples=25)
@given(elections())
def test_every_ballot_twice_and_with_steps_of_add1_the_money_too(
    how: Counting, election: Election
) -> None:
    twice = replace(
        election, weights=2 * election.weights, ballot_of=np.tile(election.ballot_of, 2)
    )
    if how.completion.startswith("add1"):  # a unit more for each voter is as much per voter
        twice = replace(twice, costs=2 * election.costs, budget=2 * election.budget)
    assert counted(twice, how).funded == counted(election, how).funded


@every_rule
@settings(max_examples=25)
@given(elections(), st.data())
def test_projects_listed_in_another_order_with_the_same_order_of_ties(
    how: Counting, election: Election, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(election.n_projects)))
    new = {old: place for place, old in enumerate(order)}
    other = held(
        replace(election, costs=election.costs[list(order)]),
        [sorted(new[place] for place in row) for row in rows(election)],
        tuple(election.projects[old] for old in order),
    )
    ties = tuple(new[old] for old in range(election.n_projects))
    found = counted(other, replace(how, ties=ties)).names(other)
    assert found == counted(election, how).names(election)
