"""Why each project won or lost, and that all of it can be said."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.evidence import Message
from evenground.questions.voice.findings.count_reasons import (
    alone,
    endowments,
    entitled,
    profile,
    spread_out,
    steady,
    tied,
    why,
)
from evenground.questions.voice.measures.budgeting.ejr_plus import ejr_plus
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.endowment_interval import EndowmentInterval
from evenground.questions.voice.measures.budgeting.equal_shares.equal_shares import (
    COMPLETIONS,
    Completion,
    EqualSharesVariant,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.exclusion_ratio import exclusion_ratio
from evenground.questions.voice.measures.budgeting.greedy_by_votes import greedy_by_votes
from evenground.questions.voice.measures.budgeting.greedy_by_votes_per_cost import (
    greedy_by_votes_per_cost,
)
from evenground.questions.voice.measures.budgeting.group_profile import group_profile
from evenground.questions.voice.measures.budgeting.limits import Cap, Limits
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.questions.voice.measures.budgeting.reasons import (
    ProjectReason,
    endowment_of,
    reasons,
)
from evenground.questions.voice.measures.budgeting.sequential_phragmen import sequential_phragmen
from evenground.questions.voice.measures.budgeting.spread import funded_approvals
from evenground.questions.voice.measures.budgeting.steadiness import (
    GroupCount,
    Steadiness,
    TieEffect,
)
from evenground.questions.voice.tests.budgeting.small_elections import election_of, elections
from evenground.questions.voice.wording.counting import COUNTING

# A 60 with three votes, B 50 with two, C 30 with one, D 5 with none; the budget is 100.
BALLOTS = [[0], [0], [0, 1], [1], [2]]


def small() -> Election:
    return election_of([60, 50, 30, 5], 100, BALLOTS)


def test_greedy_by_hand() -> None:
    election = small()
    outcome = greedy_by_votes(election)
    a, b, c, d = reasons(election, outcome, count=greedy_by_votes)
    assert (a.fate, a.place, c.place, d.fate) == ("funded", 1, 2, "funded")
    assert (b.fate, b.left, b.missing, b.winning_price) == ("too_dear", 40, 10, 40)
    assert (b.more_votes, b.by, b.counted_again) == (2, "new", True)
    stops = greedy_by_votes(election, too_dear="stop")
    assert [one.fate for one in reasons(election, stops)][1:] == ["too_dear", "stopped", "no_votes"]


def test_votes_per_cost_ranks_by_both() -> None:
    # C has one vote for 30, B two for 50: B's 1/25 comes after A's 1/20 and before C's 1/30.
    election = election_of([60, 50, 30], 80, BALLOTS)
    outcome = greedy_by_votes_per_cost(election)
    (_, b, c) = reasons(election, outcome)
    assert (b.left, c.left) == (20, 20)


def test_left_out_and_capped() -> None:
    limits = Limits(left_out=(0,), caps=(Cap(name="n", members=(1, 2), most=50),))
    outcome = greedy_by_votes(small(), limits=limits)
    found = reasons(small(), outcome)
    assert [one.fate for one in found] == ["left_out", "funded", "kept_out", "funded"]


def test_equal_shares_names_who_took_the_money() -> None:
    election = election_of([18, 20, 12], 40, [[0, 1], [0, 1], [0], [2]])
    variant = EqualSharesVariant(satisfaction="cardinality")

    def count(other: Election) -> Outcome:
        return equal_shares(other, variant, compiled=False)

    outcome = count(election)
    assert endowment_of(election, outcome) == Fraction(10)
    a, b, c = reasons(election, outcome, count=count)
    assert (a.fate, a.price) == ("funded", Fraction(6))
    assert (b.fate, b.left, b.missing, b.took) == ("money_gone", 8, 12, ((0, 12.0),))
    assert (b.winning_price, b.more_votes, b.by) == (11, 2, "those_with_most_money")
    assert (c.left, c.took) == (10, ())


@settings(max_examples=40)
@given(elections(most_voters=5, most_projects=4), st.sampled_from(COMPLETIONS))
def test_prices_are_confirmed_under_every_completion(
    election: Election, completion: Completion
) -> None:
    def count(other: Election) -> Outcome:
        return equal_shares(other, EqualSharesVariant(completion=completion), compiled=False)

    for one in reasons(election, count(election), count=count):
        if one.fate == "funded" or one.winning_price is None or not one.counted_again:
            continue
        assert one.project in count(_priced(election, one.project, one.winning_price)).funded
        more = _priced(election, one.project, one.winning_price + 1)
        assert one.project not in count(more).funded


@given(elections(), st.integers(0, 3))
def test_everything_can_be_said(election: Election, rule: int) -> None:
    count = (greedy_by_votes, greedy_by_votes_per_cost, sequential_phragmen, equal_shares)[rule]
    outcome = count(election)
    for one in reasons(election, outcome, count=count):
        _can_be_said(why(election, one, election.projects))


def test_fairness_and_steadiness_can_be_said() -> None:
    election = election_of([50, 50, 40], 100, [[0, 1]] * 6 + [[2]] * 4)
    names = election.projects
    for satisfaction in ("cost", "cardinality"):
        for funded in ([0, 1], [0, 2]):
            found = ejr_plus(election, funded, satisfaction=satisfaction)
            _can_be_said(entitled(election, found, names))
    ranked = election_of([1], 1, [[0]], ordered=True)
    _can_be_said(entitled(ranked, ejr_plus(ranked, [], satisfaction="cost"), names))
    _can_be_said(entitled(election, None, names))
    _can_be_said(spread_out(exclusion_ratio(election, [0]), funded_approvals(election, [0])))
    known = group_profile([True] * 9 + [False], categories=["w", None] * 5, threshold=3)
    _can_be_said([profile("sex", known)])
    _can_be_said([steady(_steadiness(n_same), names, [0, 1]) for n_same in (3, 5)])
    ties = [
        TieEffect(n_tied=0, tied=(), n_orders=0, gain=(), lose=()),
        TieEffect(n_tied=1, tied=(0, 1), n_orders=3, gain=(), lose=()),
        TieEffect(n_tied=2, tied=(0, 1), n_orders=3, gain=(1,), lose=()),
    ]
    _can_be_said([tied(one, names) for one in ties])
    groups = [GroupCount(group="paper", n_voters=4, gain=gain, lose=()) for gain in ((), (2,))]
    _can_be_said([alone(one, names) for one in groups])
    interval = EndowmentInterval(
        endowment=Fraction(5),
        low=Fraction(4),
        high=Fraction(6),
        low_reached=True,
        high_reached=False,
        unit=Fraction(1),
    )
    _can_be_said([endowments(interval, 100)])


def test_every_fate_has_a_sentence() -> None:
    election = small()
    for fate in (
        "left_out",
        "no_votes",
        "money_gone",
        "too_dear",
        "stopped",
        "kept_out",
        "outranked",
    ):
        one = ProjectReason(project=0, fate=fate, votes=1, cost=60, left=10.0)
        _can_be_said(why(election, one, election.projects))


def test_a_claim_of_greedy_with_a_reserve_is_a_completion() -> None:
    election = small()
    outcome = greedy_by_votes(election, too_dear=Fraction(4, 5))
    b = reasons(election, outcome)[1]
    assert b.phase == "reserve"
    assert why(election, b, election.projects)[0].code == "why.funded.completion"


@pytest.mark.parametrize("code", sorted(COUNTING))
def test_both_numbers_name_the_same_fields(code: str) -> None:
    template = COUNTING[code]
    if isinstance(template, tuple):
        assert _fields(template[0]) == _fields(template[1])


def _steadiness(n_same: int) -> Steadiness:
    part = np.array([0.6, 1.0, 0.4])
    return Steadiness(
        wins=np.array([3, 5, 2]),
        share=part,
        low=part,
        high=part,
        n_same=n_same,
        n_draws=5,
        n_left_out=1,
    )


def _priced(election: Election, project: int, cost: int) -> Election:
    costs = election.costs.copy()
    costs[project] = cost
    return replace(election, costs=costs)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _can_be_said(messages: Iterable[Message]) -> None:
    for one in messages:
        template = COUNTING[one.code]
        for text in template if isinstance(template, tuple) else (template,):
            assert _fields(text) <= set(one.parameters), one.code
        nested: list[Message] = []
        for value in one.parameters.values():
            values: Sequence[object] = value if isinstance(value, tuple) else (value,)
            nested += [part for part in values if isinstance(part, Message)]
        _can_be_said(nested)
