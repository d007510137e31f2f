"""The knapsack rule, beside all subsets."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.knapsack import knapsack
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.measures.budgeting.optimal_sets import optimal_sets
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections


def test_by_hand():
    """Greedy takes A (3 votes, cost 6) and has no room; B and C together have 4 votes."""
    election = election_of([6, 4, 4], 8, [[0, 1], [0, 1], [0, 2], [2]])
    found = knapsack(election, satisfaction="cardinality")
    assert found.funded == (1, 2)
    assert found.certificate.found == "proven_optimal"
    assert found.record["n_optimal_sets"] == 1
    assert knapsack(election).funded == (0,)  # 3 * 6 = 18 beats 4 * 4 = 16


def test_ties_are_told_and_go_by_the_order():
    election = election_of([2, 2, 2], 4, [[0], [1], [2]])
    found = knapsack(election)
    assert found.record["n_optimal_sets"] == 3
    assert found.record["in_some_optimal_sets"] == ("A", "B", "C")
    assert found.funded == (0, 1)
    assert knapsack(election, ties=(2, 1, 0)).funded == (2, 1)


def test_nothing_fits_or_nobody_voted():
    assert knapsack(election_of([5], 4, [[0]])).funded == ()
    assert knapsack(election_of([5], 9, [[]])).funded == ()


def test_unknown_satisfaction_is_refused():
    with pytest.raises(UsageError):
        knapsack(election_of([1], 1, [[0]]), satisfaction="effort")


def admissible(chosen, election, limits):
    costs = election.costs
    return (
        not set(chosen) & set(limits.left_out)
        and sum(costs[one] for one in chosen) <= election.budget
        and all(
            sum(costs[one] for one in set(chosen) & set(cap.members)) <= cap.most
            for cap in limits.caps
        )
        and all(len(set(chosen) & set(one)) <= 1 for one in limits.exclusive)
    )


def best_sets(election, values, limits):
    places = [one for one in range(election.n_projects) if values[one]]
    sets = [
        chosen
        for size in range(len(places) + 1)
        for chosen in combinations(places, size)
        if admissible(chosen, election, limits)
    ]
    best = max(sum(values[one] for one in chosen) for chosen in sets)
    return best, [one for one in sets if sum(values[place] for place in one) == best]


@st.composite
def limited(draw):
    election = draw(elections(most_projects=6))
    groups = st.sets(st.integers(0, election.n_projects - 1), min_size=1).map(tuple)
    return election, Limits(
        left_out=tuple(draw(st.sets(st.integers(0, election.n_projects - 1), max_size=1))),
        caps=tuple(
            Cap(name=str(at), members=members, most=draw(st.integers(0, 25)))
            for at, members in enumerate(draw(st.lists(groups, max_size=2)))
        ),
        exclusive=tuple(draw(st.lists(groups, max_size=2))),
    )


@given(limited(), st.sampled_from(["cost", "cardinality"]))
def test_beside_all_subsets(drawn, satisfaction):
    election, limits = drawn
    worth = election.costs if satisfaction == "cost" else np.ones_like(election.costs)
    values = election.votes * worth
    best, sets = best_sets(election, values.tolist(), limits)
    found = knapsack(election, satisfaction=satisfaction, limits=limits)
    assert found.certificate.exact
    assert sum(values[list(found.funded)]) == best
    assert found.record["n_optimal_sets"] == len(sets)
    first = max(sets, key=lambda one: [place in one for place in range(election.n_projects)])
    assert found.funded == first


@given(limited())
def test_a_lower_value_to_start_from_changes_nothing(drawn):
    election, limits = drawn
    worth = (election.votes * election.costs, election.costs)
    order = tuple(range(election.n_projects))
    told = optimal_sets(worth, election.budget, limits=limits, order=order, reached=0)
    best, sets = best_sets(election, worth[0].tolist(), limits)
    assert told is not None
    assert (told.value, told.n_sets) == (best, len(sets))
    assert set(told.ever) == {place for one in sets for place in one}
    assert set(told.always) == set.intersection(*(set(one) for one in sets))


def test_too_many_choices_are_said_not_to_be_proven(monkeypatch):
    from evenground.questions.voice.measures.budgeting import optimal_sets as module

    monkeypatch.setattr(module, "MOST_CHOICES", 1)
    found = knapsack(election_of([2, 3, 4], 5, [[0, 1], [1, 2]]))
    assert not found.certificate.exact
    assert found.certificate.reason
    assert found.record["n_optimal_sets"] is None
