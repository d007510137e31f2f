"""Phragmén's sequential rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.measures.budgeting.phragmen_count import phragmen_path
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections


def test_by_hand():
    """A: voters 1-3, cost 3. B: voters 1 and 2, cost 3. C: voter 4, cost 3.

    A at time 1. B then needs 3 of voters 1 and 2 who have spent all: at 1 + 3/2. C at 3.
    """
    election = election_of([3, 3, 3], 9, [[0, 1], [0, 1], [0], [2]])
    found = sequential_phragmen(election)
    assert found.funded == (0, 1, 2)
    assert [step.value for step in found.steps] == [1, Fraction(5, 2), 3]
    assert found.certificate.found == "replayed"


def test_it_stops_at_the_first_that_does_not_fit_or_passes_over_it():
    election = election_of([3, 4, 3], 6, [[0, 1], [0, 1], [0, 1], [2]])
    assert sequential_phragmen(election).funded == (0,)  # B comes at 7/3, before C at 3
    assert sequential_phragmen(election, too_dear="skip").funded == (0, 2)


def test_it_stops_if_one_of_those_that_tie_does_not_fit():
    election = election_of([2, 2, 1], 3, [[0], [1], [2], [2]])
    found = sequential_phragmen(election)  # C at 1/2; A and B tie at 2 and both fit
    assert found.funded == (2, 0)
    assert found.steps[1].tied == (1,)
    dearer = election_of([2, 4, 1], 4, [[0], [1], [1], [2], [2]])
    assert sequential_phragmen(dearer).funded == (2,)  # A and B tie at 2, B does not fit


def test_what_limits_keep_out_is_passed_over_even_where_it_would_stop():
    election = election_of([3, 4, 3], 6, [[0, 1], [0, 1], [0, 1], [2]])
    for limits in (
        Limits(left_out=(1,)),
        Limits(exclusive=((0, 1),)),
        Limits(caps=(Cap(name="x", members=(0, 1), most=5),)),
    ):
        assert sequential_phragmen(election, limits=limits).funded == (0, 2)


def test_nobody_supports_it_so_nobody_buys_it():
    assert sequential_phragmen(election_of([1, 1], 5, [[0]])).funded == (0,)
    assert sequential_phragmen(election_of([1], 5, [[]])).funded == ()


def test_unknown_stop_is_refused():
    with pytest.raises(UsageError):
        sequential_phragmen(election_of([1], 1, [[0]]), too_dear="reserve")


def by_voters(election, *, stops):
    """Return the path with one load per voter, in fractions."""
    ballots = [
        set(election.indices[election.indptr[one] : election.indptr[one + 1]].tolist())
        for one in election.ballot_of
    ]
    loads = [Fraction(0)] * len(ballots)
    costs, left = election.costs.tolist(), election.budget
    open_ones = {one for one, cost in enumerate(costs) if cost <= left}
    path = []
    while True:
        at = {}
        for one in open_ones:
            if not stops and costs[one] > left:
                continue
            who = [voter for voter, ballot in enumerate(ballots) if one in ballot]
            if who:
                at[one] = (sum(loads[voter] for voter in who) + costs[one]) / len(who)
        if not at:
            return path
        least = min(at.values())
        tied = [one for one in at if at[one] == least]
        if stops and any(costs[one] > left for one in tied):
            return path
        chosen = min(tied)
        for voter, ballot in enumerate(ballots):
            if chosen in ballot:
                loads[voter] = least
        left -= costs[chosen]
        open_ones.discard(chosen)
        path.append((chosen, least))


@given(elections(most_voters=9, most_projects=6), st.booleans())
def test_the_same_as_voter_by_voter(election, stops):
    found = sequential_phragmen(election, too_dear="stop" if stops else "skip")
    assert [(one.project, one.value) for one in found.steps] == by_voters(election, stops=stops)


@given(elections(most_voters=9, most_projects=6), st.integers(2, 4))
def test_units_and_copies_of_ballots_change_nothing(election, times):
    found = sequential_phragmen(election, too_dear="skip").funded
    dearer = replace(election, costs=election.costs * times, budget=election.budget * times)
    assert sequential_phragmen(dearer, too_dear="skip").funded == found
    copies = replace(election, weights=election.weights * times)
    assert sequential_phragmen(copies, too_dear="skip").funded == found


def random_election(rng, n, m):
    lengths = rng.integers(1, 6, n)
    indices = np.concatenate([rng.choice(m, size, replace=False) for size in lengths])
    return grouped(
        [str(place) for place in range(m)],
        rng.integers(1, 50, m),
        budget=10 * m,
        ballots=Ballots(indptr=np.concatenate([[0], np.cumsum(lengths)]), indices=indices),
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_fast_count_takes_the_exact_path(seed):
    election = random_election(np.random.default_rng(seed), 400, 60)
    found = sequential_phragmen(election, too_dear="skip")
    assert found.certificate.found == "replayed"
    order = tuple(range(60))
    path = phragmen_path(election, stops=False, limits=Limits(), order=order)
    assert path == found.funded


def test_a_path_that_rounding_led_astray_is_recounted():
    """B comes first by 1 in 10^12, which is nearer than the fast count can tell."""
    big = 10**12
    election = election_of([big, big - 1], big, [[0], [1]])
    order = (0, 1)
    assert phragmen_path(election, stops=True, limits=Limits(), order=order) == (0,)
    found = sequential_phragmen(election)
    assert found.funded == (1,)
    assert found.certificate.found == "recounted"
    assert found.certificate.exact
