"""Winners with ballots left out, under other ties, and by way of voting."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.endowment_interval import (
    endowment_interval,
    proven_interval,
)
from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.support import support_of
from evenground.questions.voice.measures.budgeting.greedy_by_votes import greedy_by_votes
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen
from evenground.questions.voice.measures.budgeting.side_by_side import (
    own_satisfaction,
    side_by_side,
)
from evenground.questions.voice.measures.budgeting.steadiness import (
    count_by_group,
    tie_effect,
    with_ballots_left_out,
)
from evenground.questions.voice.tests.budgeting.small_elections import election_of


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shares_of_draws_meet_their_chance(seed: int) -> None:
    # A has three votes, B two, only one fits. With one of five left out A loses, by the order of
    # ties that puts B first, if one of its three voters is left out: in 3/5 of draws.
    election = election_of([5, 5], 5, [[1], [1], [1], [0], [0]])
    found = with_ballots_left_out(
        election,
        count=greedy_by_votes,
        rng=np.random.default_rng(seed),
        share=0.2,
        n_draws=400,
    )
    assert found.n_left_out == 1
    assert found.low[0] <= 0.6 <= found.high[0]
    assert found.wins.sum() == 400
    assert found.n_same == found.wins[1]


def test_the_same_seed_gives_the_same_draws() -> None:
    election = election_of([5, 5], 5, [[1], [1], [1], [0], [0]])
    drawn = [
        with_ballots_left_out(
            election, count=greedy_by_votes, rng=np.random.default_rng(7), share=0.3, n_draws=20
        ).wins.tolist()
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(("share", "n_draws"), [(0.0, 5), (1.0, 5), (0.1, 0)])
def test_shares_out_of_range_are_refused(share: float, n_draws: int) -> None:
    election = election_of([5], 5, [[0], [0]])
    with pytest.raises(UsageError, match="left out"):
        with_ballots_left_out(
            election,
            count=greedy_by_votes,
            rng=np.random.default_rng(1),
            share=share,
            n_draws=n_draws,
        )


def test_a_tie_that_matters_is_told() -> None:
    election = election_of([5, 5, 1], 6, [[0], [1], [2], [2]])

    def count(order: tuple[int, ...]) -> Outcome:
        return greedy_by_votes(election, ties=order)

    outcome = count((0, 1, 2))
    found = tie_effect(outcome, order=(0, 1, 2), count=count)
    assert outcome.funded == (2, 0)
    assert (found.tied, found.gain, found.lose) == ((0, 1), (1,), (0,))
    # With room for both the same tie changes nothing.
    roomy = election_of([5, 5, 1], 11, [[0], [1], [2], [2]])
    other = tie_effect(
        greedy_by_votes(roomy),
        order=(0, 1, 2),
        count=lambda order: greedy_by_votes(roomy, ties=order),
    )
    assert (other.n_tied, other.gain, other.lose) == (1, (), ())


def test_without_a_tie_nothing_is_counted() -> None:
    election = election_of([5, 5], 5, [[0], [0], [1]])
    found = tie_effect(greedy_by_votes(election), order=(0, 1), count=_never)
    assert (found.n_tied, found.n_orders, found.tied) == (0, 0, ())


def test_paper_and_internet_apart() -> None:
    election = election_of([5, 5], 5, [[0], [0], [0], [1], [1]])
    found = count_by_group(
        election, count=greedy_by_votes, groups=["net", "net", None, "paper", "paper"]
    )
    assert [(one.group, one.n_voters, one.gain, one.lose) for one in found] == [
        ("net", 2, (), ()),
        ("paper", 2, (1,), (0,)),
    ]
    with pytest.raises(UsageError, match="shape"):
        count_by_group(election, count=greedy_by_votes, groups=["net"])


def test_interval_of_endowments() -> None:
    def winners(endowment: Fraction) -> list[int]:
        return [0] if 3 <= endowment <= 7 else [1]

    found = endowment_interval(winners, Fraction(5), unit=Fraction(1, 2))
    assert (found.low, found.high) == (3, 7)
    assert found.low_reached
    assert found.high_reached
    short = endowment_interval(winners, Fraction(5), unit=Fraction(1, 2), most_steps=2)
    assert (short.low, short.high, short.high_reached) == (4, 6, False)
    assert endowment_interval(lambda _: [0], Fraction(2), unit=Fraction(1)).low == 1
    with pytest.raises(UsageError, match="above 0"):
        endowment_interval(winners, Fraction(0), unit=Fraction(1))


def test_proven_ends_by_hand() -> None:
    # Two name A (4) and B (6), a third C (3). With 2 each A is paid, then 0 are left; below 2 it is
    # not; from 3 on C, and with 2 + 3 = 5 B too.
    election = election_of([4, 6, 3], 7, [[0, 1], [0, 1], [2]])
    paths = Paths(support_of(election, "cost"), (0, 1, 2), compiled=False)
    found = proven_interval(paths, Fraction(7, 3), most_courses=50)
    assert (found.low, found.low_same, found.low_reached) == (2, True, True)
    assert (found.high, found.high_same, found.high_reached) == (3, False, True)
    assert found.proven
    most = proven_interval(paths, Fraction(50), most_courses=50, most_steps=1)
    assert (most.low, most.high, most.high_reached) == (49, 51, False)
    steps = proven_interval(paths, Fraction(50), most_courses=0)
    assert (steps.proven, steps.low, steps.high) == (False, 5, 250)


def test_rules_side_by_side() -> None:
    # Six of ten want A and B, four want C: greedy spends all on the six.
    election = election_of([50, 50, 40], 100, [[0, 1]] * 6 + [[2]] * 4)
    outcomes = {"greedy": greedy_by_votes(election), "phragmen": sequential_phragmen(election)}
    greedy, phragmen = side_by_side(election, outcomes)
    assert greedy.exclusion.n_excluded == 4
    assert greedy.by_cost.holds is False
    assert greedy.share_spent == 1.0
    assert (phragmen.only_here, phragmen.missing_here) == ((2,), (1,))
    assert phragmen.exclusion.n_excluded == 0
    assert phragmen.by_cost.holds is True
    assert own_satisfaction(outcomes["greedy"]) == "cost"
    assert own_satisfaction(outcomes["phragmen"]) is None
    assert side_by_side(election, {}) == ()


def _never(order: tuple[int, ...]) -> Outcome:
    raise AssertionError(order)
