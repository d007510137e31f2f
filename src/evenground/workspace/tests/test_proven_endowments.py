"""Exact ends of the endowments over which equal shares funds the same, beside counting again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.endowment_interval import proven_interval
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of
from evenground.questions.voice.tests.budgeting.equal_shares_in_fractions import count
from evenground.questions.voice.tests.budgeting.made_vote_files import KINDS, made_vote
from evenground.workspace.polls.opening import open_poll


@pytest.mark.parametrize("kind", KINDS)
def test_proven_ends_are_those_of_counting_again(kind: str, tmp_path: Path) -> None:
    for seed in range(12):
        election = open_poll(made_vote(tmp_path, kind, seed)).election
        share = Fraction(election.budget, election.n_voters)
        ties = tuple(range(election.n_projects))

        def winners(
            money: Fraction, election: Election = election, ties: tuple[int, ...] = ties
        ) -> set[int]:
            return set(count(election, money, satisfaction="cost", ties=ties)[0])

        paths = Paths(support_of(election, "cost"), ties, compiled=False)
        found = proven_interval(paths, share, most_courses=500)
        assert found.proven
        for part in range(1, 8):
            inside = found.low + (found.high - found.low) * Fraction(part, 8)
            if found.low < inside < found.high:
                assert winners(inside) == winners(share)
        for end, same, reached, side in (
            (found.low, found.low_same, found.low_reached, -1),
            (found.high, found.high_same, found.high_reached, 1),
        ):
            assert (winners(end) == winners(share)) == same
            beyond = end + side * Fraction(1, 10**9)
            if reached and beyond > 0:
                assert winners(beyond) != winners(share)
