"""Whether an announced result follows from the ballots."""

from __future__ import annotations

import pytest

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.announced import (
    Announced,
    Recount,
    announced_check,
)
from evenground.questions.voice.measures.budgeting.named_rules import RULES, Counting, counted
from evenground.questions.voice.tests.budgeting.small_elections import election_of

# A: 4 votes, cost 6; B: 3 votes, cost 5; C: 2 votes, cost 3; D: 1 vote, cost 1; budget 10.
BALLOTS = [[0, 1], [0, 1, 2], [0, 1], [0, 2, 3]]


def town():
    return election_of([6, 5, 3, 1], 10, BALLOTS)


def recounts(*rules, **variants):
    election = town()
    return [
        Recount(name=rule, outcome=counted(election, Counting(rule=rule, **variants)))
        for rule in rules
    ]


def test_the_simplest_rule_that_gives_it_is_named_and_the_others_too():
    check = announced_check(
        town(), Announced(funded=(0, 2, 3)), recounts("greedy", "greedy-no-skip", "greedy-per-cost")
    )
    assert check.reproduced
    assert check.rule == "greedy"
    assert check.rules == ("greedy", "greedy-per-cost")
    assert check.stated_reproduces is None
    assert check.deviations == ()


def test_the_stated_rule_goes_first():
    counts = recounts("greedy", "greedy-no-skip", "greedy-per-cost")
    check = announced_check(town(), Announced(funded=(0, 2, 3)), counts, stated="greedy-per-cost")
    assert check.rule == "greedy-per-cost"
    assert check.stated_reproduces
    other = announced_check(town(), Announced(funded=(0, 2, 3)), counts, stated="greedy-no-skip")
    assert other.rule == "greedy"
    assert other.stated_reproduces is False


def test_deviating_projects_are_named_with_reasons():
    check = announced_check(
        town(), Announced(funded=(0, 1), withdrawn=(3,)), recounts("greedy"), stated="greedy"
    )
    assert not check.reproduced
    assert check.compared_with == "greedy"
    told = [(one.project, one.announced, one.counted, one.reason) for one in check.deviations]
    assert told == [
        (1, True, False, "no_room"),
        (2, False, True, "first_in_count"),
        (3, False, True, "withdrawn"),
    ]
    assert check.deviations[0].missing == 5  # nothing is left of 10


def test_money_from_outside_the_pool():
    check = announced_check(town(), Announced(funded=(0, 2), outside=(3,)), recounts("greedy"))
    assert [one.reason for one in check.deviations] == ["outside_pool"]
    reserve = recounts("greedy-reserve")
    assert announced_check(town(), Announced(funded=(0,), outside=(1,)), reserve).reproduced


def test_a_threshold_that_the_city_did_not_keep():
    election = town()
    how = Counting(rule="greedy-threshold", threshold=2)
    recount = Recount(name="greedy-threshold", outcome=counted(election, how), below_threshold=(3,))
    check = announced_check(election, Announced(funded=(0, 2, 3)), [recount])
    assert [one.reason for one in check.deviations] == ["below_threshold"]


def test_level_projects_that_the_order_of_ties_decided():
    election = election_of([5, 5], 5, [[0], [1]])
    recount = Recount(name="greedy", outcome=counted(election, Counting()))
    check = announced_check(election, Announced(funded=(1,)), [recount])
    assert [(one.project, one.reason) for one in check.deviations] == [(1, "tie"), (0, "tie")]


def test_without_a_count_nothing_can_be_said():
    with pytest.raises(UsageError):
        announced_check(town(), Announced(funded=()), [])


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_by_its_name_keeps_the_budget_and_writes_its_name(rule):
    found = counted(town(), Counting(rule=rule))
    assert found.record["rule"] == rule
    assert found.certificate.exact or rule == "bos"  # which is counted in floats
    assert found.cost <= 11  # 10, and for the reserve 1 more
    assert [step.project for step in found.steps] == list(found.funded)


@pytest.mark.parametrize("rule", [one for one in RULES if one != "greedy-reserve"])
def test_who_takes_no_part_is_not_funded_and_places_stay_those_of_the_election(rule):
    found = counted(town(), Counting(rule=rule, threshold=2))
    assert 3 not in found.funded
    assert found.record["left_out"] == ("D",)
    assert 0 in found.funded or found.funded == (1, 2)
    assert found.cost == sum([6, 5, 3, 1][place] for place in found.funded)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(UsageError):
        counted(town(), Counting(rule="majority"))
    with pytest.raises(UsageError):
        counted(town(), Counting(rule="knapsack", satisfaction="points"))
