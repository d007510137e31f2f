"""EJR+ up to any project: by hand, by enumeration of all groups, and its properties."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus, ejr_plus
from evenground.questions.voice.measures.budgeting.ejr_plus_check import ejr_plus_is_right
from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped
from evenground.questions.voice.measures.budgeting.satisfaction import SATISFACTIONS, Satisfaction
from evenground.questions.voice.tests.budgeting.small_elections import election_of, outcomes


def test_two_fifths_of_voters_get_nothing() -> None:
    # Ten voters and a budget of 100: each has a share of 10. Six want A and B at 50, four want C
    # at 40. A and B are funded: the four, with 40, could pay for C and have nothing.
    ballots = [[0, 1]] * 6 + [[2]] * 4
    election = election_of([50, 50, 40], 100, ballots)
    found = ejr_plus(election, [0, 1], satisfaction="cost")
    (group,) = found.groups
    assert found.holds is False
    assert (group.project, group.n_voters, group.share, group.most) == (2, 4, Fraction(40), 0)
    assert group.due == 40
    # With 41 as its price they could not pay, and are entitled to nothing.
    dear = election_of([50, 50, 41], 100, ballots)
    assert ejr_plus(dear, [0, 1], satisfaction="cost").holds is True
    # With A and C funded, the six hold 60, have 50, and B would give them 100.
    assert ejr_plus(election, [0, 2], satisfaction="cost").holds is True


def test_equal_costs_give_ejr_plus_of_committees() -> None:
    # Six voters, three seats: a group of four supporters of D is owed two; one of them has A, the
    # best-off member. Two seats' worth needs four voters, so l = 2 and nobody has 2.
    ballots = [[0, 3], [3], [3], [3], [1], [2]]
    election = election_of([1, 1, 1, 1], 3, ballots)
    (group,) = ejr_plus(election, [0, 1, 2], satisfaction="cardinality").groups
    # Three voters with nothing are owed one (short by 1.5 - 1); all four are owed two and one of
    # them has one (short by 2 - 2): both fall short, in whole projects alike; the larger is named.
    assert (group.project, group.n_voters, group.most, group.due) == (3, 4, 1, Fraction(2))


def test_points_and_ranks_are_not_defined() -> None:
    ranked = election_of([1, 1], 1, [[1, 0]], ordered=True)
    found = ejr_plus(ranked, [0], satisfaction="cost")
    assert (found.defined, found.holds) == (False, None)
    points = grouped(
        ["A", "B"], [1, 1], budget=1, ballots=Ballots(indptr=[0, 2], indices=[0, 1], points=[1, 3])
    )
    assert ejr_plus(points, [0], satisfaction="cost").holds is None
    assert ejr_plus_is_right(points, [0], ejr_plus(points, [0], satisfaction="cost"))


def test_wrong_use_is_refused() -> None:
    election = election_of([1, 1], 1, [[0]])
    for funded in ([2], [-1], [0, 0]):
        with pytest.raises(UsageError, match="place"):
            ejr_plus(election, funded, satisfaction="cost")
    with pytest.raises(UsageError, match="one of"):
        ejr_plus(election, [0], satisfaction="pleasure")  # type: ignore[arg-type]


def test_large_sums_stay_exact() -> None:
    # Budget and costs near the largest admitted: one unit decides.
    large = 2**61 - 1
    ballots = [[0]] * 3 + [[1]] * 2
    share = large * 3 // 5
    election = election_of([share, 1], large, ballots)
    assert ejr_plus(election, [1], satisfaction="cost").holds is False
    assert ejr_plus(
        replace(election, costs=np.array([share + 1, 1])), [1], satisfaction="cost"
    ).holds


@given(outcomes(), st.sampled_from(SATISFACTIONS))
def test_agrees_with_every_group_enumerated(
    drawn: tuple[Election, tuple[int, ...]], satisfaction: Satisfaction
) -> None:
    election, funded = drawn
    found = ejr_plus(election, funded, satisfaction=satisfaction)
    assert {group.project for group in found.groups} == _by_enumeration(
        election, funded, satisfaction
    )
    assert ejr_plus_is_right(election, funded, found)


@given(outcomes(), st.sampled_from(SATISFACTIONS), st.integers(2, 4))
def test_order_and_doubling_and_units_change_nothing(
    drawn: tuple[Election, tuple[int, ...]], satisfaction: Satisfaction, times: int
) -> None:
    election, funded = drawn
    found = ejr_plus(election, funded, satisfaction=satisfaction)
    reverse = replace(election, ballot_of=election.ballot_of[::-1])
    more = replace(
        election,
        weights=election.weights * times,
        ballot_of=np.repeat(election.ballot_of, times),
    )
    cents = replace(election, costs=election.costs * 100, budget=election.budget * 100)
    for other, size, money in ((reverse, 1, 1), (more, times, 1), (cents, 1, 100)):
        again = ejr_plus(other, funded, satisfaction=satisfaction)
        assert _said(again, 1, 1) == _said(found, size, money)


@given(outcomes(), st.sampled_from(SATISFACTIONS), st.data())
def test_funding_more_never_breaks_it(
    drawn: tuple[Election, tuple[int, ...]], satisfaction: Satisfaction, data: st.DataObject
) -> None:
    election, funded = drawn
    more = {*funded, data.draw(st.integers(0, election.n_projects - 1))}
    before = ejr_plus(election, funded, satisfaction=satisfaction)
    after = ejr_plus(election, tuple(more), satisfaction=satisfaction)
    assert {one.project for one in after.groups} <= {one.project for one in before.groups}


def test_a_false_claim_is_found_out() -> None:
    election = election_of([50, 50, 40], 100, [[0, 1]] * 6 + [[2]] * 4)
    right = ejr_plus(election, [0, 1], satisfaction="cost")
    assert ejr_plus_is_right(election, [0, 1], right)
    assert not ejr_plus_is_right(election, [0, 1], replace(right, groups=()))
    (group,) = right.groups
    other = replace(group, ballots=election.transposed.ballots[:1])
    assert not ejr_plus_is_right(election, [0, 1], replace(right, groups=(other,)))
    assert not ejr_plus_is_right(election, [2], right)


def _said(found: EjrPlus, size: int, money: int) -> list[tuple[int, int, Fraction]]:
    return [(one.project, one.n_voters * size, one.share * money) for one in found.groups]


def _by_enumeration(
    election: Election, funded: tuple[int, ...], satisfaction: Satisfaction
) -> set[int]:
    """Return projects owed to any group of voters, straight from the definition."""
    sets = [
        set(election.indices[election.indptr[row] : election.indptr[row + 1]].tolist())
        for row in election.ballot_of
    ]
    worth = election.costs.tolist() if satisfaction == "cost" else [1] * election.n_projects
    has = [sum(worth[place] for place in one & set(funded)) for one in sets]
    owed: set[int] = set()
    for project in set(range(election.n_projects)) - set(funded):
        fans = [voter for voter, one in enumerate(sets) if project in one]
        for size in range(1, len(fans) + 1):
            share = Fraction(size * election.budget, election.n_voters)
            due = share * worth[project] / int(election.costs[project])
            if any(
                all(has[voter] + worth[project] <= due for voter in group)
                for group in combinations(fans, size)
            ):
                owed.add(project)
    return owed
