"""What a running initiative changes: what it says itself, even if there is nothing to decide."""

from __future__ import annotations

from dataclasses import replace

from evenground.questions.problem import QUESTION
from evenground.tests.scenarios_of_need import AS_TODAY, BINS, LINKS, dirty, with_options


def cause_of(*options):
    town = with_options(dirty().having(links=LINKS), *options)
    return next(one for one in town.answered(QUESTION).findings if one.code.startswith("cause."))


def test_going_on_as_today_acts_where_nothing_else_is_to_be_decided():
    assert cause_of(replace(AS_TODAY, acts_on=("bins",))).code == "cause.cause"


def test_going_on_as_today_does_not_act_for_what_is_new():
    found = cause_of(replace(AS_TODAY, acts_on=("rats",)), BINS)
    assert found.code == "cause.cause"
    assert found.parameters["first"] == "bins"
