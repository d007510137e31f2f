"""Exclusion, spread of funded approvals, and shares of money by group and district."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.exclusion_ratio import exclusion_ratio
from evenground.questions.voice.measures.budgeting.shares_by_group import (
    shares_by_district,
    shares_by_group,
)
from evenground.questions.voice.measures.budgeting.spread import funded_approvals, money_by_ballot
from evenground.questions.voice.tests.budgeting.small_elections import election_of, outcomes

# Six voters: two want A and B, two want B, one wants C, one handed in nothing.
BALLOTS = [[0, 1], [0, 1], [1], [1], [2], []]


def small() -> Election:
    return election_of([30, 60, 10], 90, BALLOTS)


def test_excluded_are_those_who_named_projects_in_vain() -> None:
    found = exclusion_ratio(small(), [0, 1])
    assert (found.n_excluded, found.n_empty, found.n_voters, found.ratio) == (1, 1, 6, 0.2)
    assert exclusion_ratio(small(), []).ratio == 1.0
    assert exclusion_ratio(election_of([1], 1, [[]]), [0]).ratio is None


def test_gini_of_funded_approvals_by_hand() -> None:
    # 2, 2, 1, 1, 0, 0: mean 1; pairs of different voters differ by 1 (16 ordered) or 2 (8), so
    # that the sum of differences is 32, and 32 / (2 * 36 * 1) = 4/9.
    found = funded_approvals(small(), [0, 1])
    assert found.mean == 1.0
    assert found.gini == pytest.approx(4 / 9, abs=1e-12)
    assert funded_approvals(small(), []).gini is None


def test_money_counts_in_even_parts() -> None:
    # A costs 30 for two voters, B 60 for four: 15 and 15 each.
    election = small()
    money = money_by_ballot(election, [0, 1])[election.ballot_of]
    assert money.tolist() == [30, 30, 15, 15, 0, 0]


def test_shares_by_group_and_unknown_last() -> None:
    rows = shares_by_group(small(), [0, 1], groups=["w", "m", "w", None, "m", None])
    assert [one.group for one in rows] == ["m", "w", None]
    assert [one.money for one in rows] == [30, 45, 15]
    assert [one.n_voters for one in rows] == [2, 2, 2]
    assert [one.n_excluded for one in rows] == [1, 0, 0]
    assert [one.share_of_money for one in rows] == pytest.approx([1 / 3, 1 / 2, 1 / 6])


def test_shares_by_district() -> None:
    rows = shares_by_district(
        small(), [0, 1], districts=["n", "s", None], voters=["n", "n", "s", "s", "s", None]
    )
    assert [(one.district, one.n_funded, one.money, one.n_voters) for one in rows] == [
        ("n", 1, 30, 2),
        ("s", 1, 60, 3),
        (None, 0, 0, 1),
    ]
    assert rows[1].share_of_money == pytest.approx(2 / 3)
    assert rows[1].share_of_voters == 0.5
    assert shares_by_district(small(), [], districts=["n", "s", None])[0].share_of_voters is None


def test_other_lengths_are_refused() -> None:
    with pytest.raises(UsageError, match="shape"):
        shares_by_group(small(), [0], groups=["w"])
    with pytest.raises(UsageError, match="shape"):
        shares_by_district(small(), [0], districts=["n"])


@given(outcomes())
def test_money_of_voters_adds_up_to_what_was_funded(
    drawn: tuple[Election, tuple[int, ...]],
) -> None:
    election, funded = drawn
    spent = float(money_by_ballot(election, funded) @ election.weights)
    named = [place for place in funded if election.votes[place] > 0]
    assert spent == pytest.approx(float(election.costs[named].sum()), rel=1e-12)
    groups = ["a" if voter % 2 else "b" for voter in range(election.n_voters)]
    rows = shares_by_group(election, funded, groups=groups)
    assert sum(one.money for one in rows) == pytest.approx(spent, rel=1e-12)
    assert sum(one.n_excluded for one in rows) == exclusion_ratio(election, funded).n_excluded
    back = np.arange(election.n_voters)[::-1]
    assert sum(one.n_voters for one in rows) == back.size
