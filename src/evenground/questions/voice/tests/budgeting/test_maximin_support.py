"""Maximin support, beside its linear programme."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting import maximin_support as module
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.maximin_check import (
    Evidence,
    lowest_load,
    maximin_step_holds,
)
from evenground.questions.voice.measures.budgeting.maximin_support import maximin_support
from evenground.questions.voice.measures.budgeting.support_flow import SupportFlow
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections


def test_by_hand():
    """A is shared by all four (1 each). B: voters 1 and 2. C: voters 3 and 4.

    Of A and B, voters 3 and 4 carry A and 1 and 2 carry B: 2 each. Phragmén would say 1 + 2 = 3.
    """
    election = election_of([4, 4, 4], 8, [[0, 1], [0, 1], [0, 2], [0, 2]])
    found = maximin_support(election)
    assert found.funded == (0, 1)
    assert [step.value for step in found.steps] == [1, 2]
    assert found.steps[1].tied == (2,)
    assert found.certificate.exact


def test_who_does_not_take_part_or_has_no_supporters():
    election = election_of([4, 4, 4], 8, [[0, 1], [0, 1]])
    assert maximin_support(election, limits=Limits(left_out=(0,))).funded == (1,)


def least_greatest_load(election, places):
    """Return the greatest, over subsets, of cost over supporters: the dual, one by one."""
    return max(
        lowest_load(election, frozenset(chosen))
        for size in range(1, len(places) + 1)
        for chosen in combinations(places, size)
    )


def naive(election):
    votes, left, funded = election.votes, election.budget, []
    while True:
        may = [
            one
            for one in range(election.n_projects)
            if one not in funded and votes[one] and election.costs[one] <= left
        ]
        if not may:
            return funded
        loads = {one: least_greatest_load(election, [*funded, one]) for one in may}
        chosen = min(may, key=lambda one: (loads[one], one))
        funded.append(chosen)
        left -= int(election.costs[chosen])


@given(elections(most_voters=9, most_projects=6))
def test_beside_all_subsets(election):
    found = maximin_support(election)
    assert list(found.funded) == naive(election)
    assert found.certificate.exact


@given(elections(most_voters=8), st.integers(2, 4))
def test_units_and_copies_of_ballots_change_nothing(election, times):
    found = maximin_support(election).funded
    dearer = replace(election, costs=election.costs * times, budget=election.budget * times)
    assert maximin_support(dearer).funded == found
    assert maximin_support(replace(election, weights=election.weights * times)).funded == found


@pytest.mark.parametrize("seed", range(4))
def test_flows_lay_all_or_name_who_cannot_carry(seed):
    rng = np.random.default_rng(seed)
    supports = rng.random((6, 12)) < 0.3
    supports[:, 0] = True
    capacity, costs = rng.integers(1, 9, 12), rng.integers(1, 20, 6)
    flow = SupportFlow(supports, capacity)
    lacking = flow.lay(costs)
    assert (flow.carried >= 0).all()
    assert not flow.carried[~supports].any()
    assert (flow.carried.sum(axis=0) + flow.slack == capacity).all()
    if lacking is None:
        assert (flow.carried.sum(axis=1) == costs).all()
    else:
        served = supports[lacking].any(axis=0)
        assert capacity[served].sum() < costs[lacking].sum()


def evidence(**changes):
    """The first step of the example by hand."""
    known = {
        "chosen": 0,
        "before": (),
        "load": Fraction(1),
        "laid": np.array([[2, 2]]),
        "unit": 1,
        "bottlenecks": {place: frozenset([place]) for place in range(3)},
    }
    return Evidence(**{**known, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"laid": np.array([[3, 1]])},  # more than the load
        {"laid": np.array([[2, 1]])},  # not all
        {"load": Fraction(3, 4)},  # lower than its bottleneck
        {"bottlenecks": {0: frozenset([0]), 1: frozenset([0])}},  # does not hold the rival
    ],
)
def test_false_evidence_is_seen_through(changes):
    election = election_of([4, 4, 4], 8, [[0, 1], [0, 1], [0, 2], [0, 2]])
    assert maximin_step_holds(election, evidence(), (0, 1, 2))
    assert not maximin_step_holds(election, evidence(**changes), (0, 1, 2))


def test_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 2)
    with pytest.raises(UsageError, match="Phragmén"):
        maximin_support(election_of([4, 4, 4], 8, [[0, 1], [2]]))
