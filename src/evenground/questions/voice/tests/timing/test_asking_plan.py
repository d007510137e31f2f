"""When to ask whom what, counted back from the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.timing.asking_methods import METHODS, AskingMethod
from evenground.questions.voice.measures.timing.asking_plan import (
    Advice,
    Before,
    Fits,
    asking_plan,
)
from evenground.questions.voice.measures.timing.level_rules import Level, Thresholds

BEFORE = Before(
    today=date(2026, 3, 2), decided_on=date(2026, 6, 10), hours=40.0, open=("whether", "where"),
    committed_high=0.0,
)  # fmt: skip
WALK = AskingMethod(
    code="walk", level=Level.COLLABORATE, hours=30, days_before=10, days_open=20, days_after=10
)


def test_days_are_counted_back_by_hand():
    way = asking_plan(BEFORE, methods=(WALK,)).ways[0]
    assert way.close_by == date(2026, 5, 27)
    assert way.open_by == date(2026, 5, 8)
    assert way.start_by == date(2026, 4, 28)
    assert way.answer_by == date(2026, 6, 6)
    assert (way.fits, way.level, way.days_short) == (Fits.YES, Level.COLLABORATE, 0)


def test_whether_can_be_asked_while_it_is_open():
    plan = asking_plan(BEFORE)
    assert plan.advice is Advice.ASK_WHETHER
    assert plan.honest_level is Level.EMPOWER
    assert plan.fitting[0].method.code == "walks"


def test_too_late_to_ask_whether_ask_this():
    plan = asking_plan(replace(BEFORE, open=("where",), made=("whether", "which maker")))
    assert plan.advice is Advice.ASK_THIS
    assert plan.do_not_ask == ("whether", "which maker")
    assert plan.honest_level is Level.INVOLVE


def test_nothing_open_is_nothing_to_ask():
    plan = asking_plan(replace(BEFORE, open=(), made=("whether",)))
    assert plan.advice is Advice.NOTHING_OPEN
    assert {way.level for way in plan.ways} == {Level.INFORM}


def test_unknown_money_caps_what_can_be_promised():
    assert asking_plan(replace(BEFORE, committed_high=1.0)).honest_level is Level.INVOLVE


def test_too_late_says_from_which_day_on_there_would_be_time():
    late = replace(BEFORE, today=date(2026, 6, 1))
    plan = asking_plan(late, methods=(WALK,))
    assert plan.advice is Advice.TOO_LATE_TO_ASK
    assert plan.later == date(2026, 7, 14)
    assert asking_plan(replace(late, decided_on=plan.later), methods=(WALK,)).fitting
    assert not asking_plan(
        replace(late, decided_on=plan.later - timedelta(days=1)), methods=(WALK,)
    ).fitting


def test_hours_that_are_not_enough_for_anything():
    plan = asking_plan(replace(BEFORE, hours=1.0))
    assert plan.advice is Advice.TOO_LATE_TO_ASK
    assert plan.later is None
    assert {way.fits for way in plan.ways} <= {Fits.TOO_MANY_HOURS, Fits.BOTH}


def test_a_city_may_want_more_days():
    way = asking_plan(BEFORE, methods=(WALK,), limits=Thresholds(least_days_open=40)).ways[0]
    assert way.open_by == date(2026, 4, 18)


def test_every_way_is_marked_as_a_default():
    assert all(one.source == "Evenground's default" for one in METHODS)
    assert len({one.code for one in METHODS}) == len(METHODS)


@given(hours=st.floats(0, 500), more=st.floats(0, 500), days=st.integers(-50, 400))
def test_more_hours_and_more_days_never_leave_fewer_ways(hours, more, days):
    before = replace(BEFORE, hours=hours, decided_on=BEFORE.today + timedelta(days=days))
    n = len(asking_plan(before).fitting)
    assert len(asking_plan(replace(before, hours=hours + more)).fitting) >= n
    longer = replace(before, decided_on=before.decided_on + timedelta(days=7))
    assert len(asking_plan(longer).fitting) >= n


@given(shift=st.integers(-3000, 3000))
def test_another_calendar_changes_nothing(shift):
    step = timedelta(days=shift)
    moved = replace(BEFORE, today=BEFORE.today + step, decided_on=BEFORE.decided_on + step)
    assert [way.start_by for way in asking_plan(moved).ways] == [
        way.start_by + step for way in asking_plan(BEFORE).ways
    ]


@pytest.mark.parametrize(
    "wrong", [{"hours": -1.0}, {"hours": float("nan")}, {"committed_high": 1.5}]
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(UsageError):
        asking_plan(replace(BEFORE, **wrong))


def test_no_way_of_asking_is_refused():
    with pytest.raises(UsageError, match="no way"):
        asking_plan(BEFORE, methods=())
