"""What was open and committed when people were asked, and how long before the decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.measures.timing.choices_open import (
    State,
    Stated,
    choices_open,
    in_contradiction,
)
from evenground.questions.voice.measures.timing.committed_share import Cost, committed_share
from evenground.questions.voice.measures.timing.event import Event, choices_in, in_order
from evenground.questions.voice.measures.timing.event_kinds import KINDS, Part, part_of
from evenground.questions.voice.measures.timing.lead_time import lead_time
from evenground.questions.voice.measures.timing.steps import steps_of

ASKED = date(2026, 3, 10)
LETTER = Event(
    day=date(2026, 2, 2), kind="contract signed", amount=890_000.0,
    choices=("whether", "which maker"),
)  # fmt: skip
COST = Cost(low=1_226_000.0, high=1_226_000.0)


def states(events, day, stated=None):
    """Return the state of each choice by name."""
    return {one.name: one.state for one in choices_open(events, day, stated=stated).choices}


def test_kinds_are_known_however_they_are_written():
    assert part_of("Contract_signed") is Part.COMMITS
    assert part_of("  residents   ASKED ") is Part.ASKS
    assert part_of("lunch") is None


def test_no_kind_stands_for_two_parts():
    words = [word for known in KINDS.values() for word in known]
    assert len(words) == len(set(words))


def test_choices_are_separated_by_semicolons():
    assert choices_in("which maker;  how many; which maker;") == ("which maker", "how many")


def test_a_letter_of_intent_makes_choices_before_people_are_asked():
    events = (LETTER, Event(day=date(2026, 5, 6), kind="decision made", choices=("colour",)))
    assert states(events, ASKED) == {
        "whether": State.MADE, "which maker": State.MADE, "colour": State.OPEN,
    }  # fmt: skip
    found = choices_open(events, ASKED)
    assert found.open_share == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_a_choice_of_the_very_day_is_unknown():
    assert states((LETTER,), LETTER.day)["whether"] is State.UNKNOWN


def test_a_choice_that_was_made_before_and_on_the_very_day_was_made():
    again = Event(day=ASKED, kind="contract signed", choices=("whether", "how many"))
    found = choices_open((LETTER, again), ASKED)
    assert states((LETTER, again), ASKED)["whether"] is State.MADE
    assert states((LETTER, again), ASKED)["how many"] is State.UNKNOWN
    assert next(one.event for one in found.choices if one.name == "whether") is LETTER


def test_a_choice_can_be_opened_again():
    again = Event(day=date(2026, 2, 20), kind="choice opened", choices=("whether",))
    assert states((LETTER, again), ASKED)["whether"] is State.OPEN


def test_what_is_opened_later_was_not_on_the_table():
    later = Event(day=date(2026, 4, 1), kind="choice opened", choices=("where",))
    assert states((later,), ASKED)["where"] is State.NOT_YET


def test_fixing_a_site_closes_where():
    fixed = Event(day=date(2026, 1, 1), kind="site fixed")
    assert states((fixed,), ASKED) == {"where": State.MADE}


def test_what_is_bound_without_a_date_is_unknown():
    stated = Stated(open=("colour",), bound=("how many",))
    assert states((), ASKED, stated) == {"colour": State.OPEN, "how many": State.UNKNOWN}
    assert choices_open((), ASKED, stated=stated).open_share == (0.5, 1.0)


def test_nothing_named_says_nothing():
    assert choices_open((), ASKED).open_share == (0.0, 1.0)


def test_a_list_of_open_choices_that_the_log_has_made_is_told():
    stated = Stated(open=("Which  maker", "colour"))
    found = in_contradiction((LETTER,), stated, today=ASKED)
    assert [one.name for one in found] == ["which maker"]


def test_the_committed_share_by_hand():
    found = committed_share((LETTER,), ASKED, cost=COST)
    assert (found.low, found.high) == (890 / 1226, 890 / 1226)
    assert found.known_amount == 890_000.0


def test_a_missing_amount_may_be_all_that_is_left():
    blank = Event(day=date(2026, 3, 1), kind="order placed")
    found = committed_share((LETTER, blank), ASKED, cost=COST)
    assert (found.low, found.high) == (890 / 1226, 1.0)
    assert found.n_without_amount == 1


def test_money_of_the_very_day_is_bounded():
    found = committed_share((LETTER,), LETTER.day, cost=COST)
    assert (found.low, found.high) == (0.0, 890 / 1226)


def test_a_log_without_money_says_nothing():
    found = committed_share((), ASKED, cost=COST)
    assert (found.low, found.high, found.is_tracked) == (0.0, 1.0, False)


def test_before_the_first_commitment_nothing_was_committed():
    found = committed_share((LETTER,), date(2025, 1, 1), cost=COST)
    assert (found.low, found.high) == (0.0, 0.0)


def test_an_event_may_say_that_nothing_was_committed():
    nothing = Event(day=date(2026, 3, 9), kind="nothing committed")
    assert committed_share((nothing,), ASKED).high == 0.0


def test_an_unknown_cost_leaves_everything_possible():
    assert committed_share((LETTER,), ASKED).high == 1.0
    assert committed_share((LETTER,), ASKED).low == 0.0


def test_a_cost_without_an_end_bounds_the_share_from_above_only():
    found = committed_share((LETTER,), ASKED, cost=Cost(low=1e6, high=float("inf")))
    assert (found.low, found.high) == (0.0, 0.89)


def test_what_is_released_is_free_again():
    released = Event(day=date(2026, 3, 1), kind="contract cancelled", amount=890_000.0)
    assert committed_share((LETTER, released), ASKED, cost=COST).high == 0.0


@pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf")])
def test_amounts_that_cannot_be_are_refused(amount):
    wrong = Event(day=ASKED, kind="money committed", amount=amount)
    with pytest.raises(UsageError):
        committed_share((wrong,), ASKED, cost=COST)


@pytest.mark.parametrize("ends", [(0.0, 1.0), (2.0, 1.0), (float("inf"), float("inf"))])
def test_costs_that_cannot_be_are_refused(ends):
    with pytest.raises(UsageError):
        Cost(low=ends[0], high=ends[1])


AMOUNTS = st.lists(
    st.tuples(st.integers(-400, 400), st.one_of(st.none(), st.floats(0, 1e6))), max_size=8
)


def committed(rows, scale=1.0, shift=0):
    """Return commitments on days around ``ASKED``."""
    return tuple(
        Event(
            day=ASKED + timedelta(days=days + shift), kind="money committed",
            amount=None if amount is None else amount * scale,
        )
        for days, amount in rows
    )  # fmt: skip


@given(rows=AMOUNTS, scale=st.sampled_from([1e-6, 1e-3, 1e3, 1e6]), shift=st.integers(-900, 900))
def test_units_of_money_and_of_time_change_no_share(rows, scale, shift):
    one = committed_share(committed(rows), ASKED, cost=COST)
    cost = Cost(low=COST.low * scale, high=COST.high * scale)
    other = committed_share(committed(rows, scale, shift), ASKED + timedelta(days=shift), cost=cost)
    assert other.low == pytest.approx(one.low, rel=1e-10, abs=1e-10)
    assert other.high == pytest.approx(one.high, rel=1e-10, abs=1e-10)


@given(rows=AMOUNTS)
def test_row_order_changes_no_share_and_later_days_commit_no_less(rows):
    events = committed(rows)
    one = committed_share(events, ASKED, cost=COST)
    other = committed_share(events[::-1], ASKED, cost=COST)
    assert (one.low, one.high) == (pytest.approx(other.low), pytest.approx(other.high))
    later = committed_share(events, ASKED + timedelta(days=30), cost=COST)
    assert later.low >= one.low - 1e-12
    assert later.high >= one.high - 1e-12
    assert 0 <= one.low <= one.high <= 1


@given(rows=AMOUNTS, amount=st.floats(0, 1e6))
def test_filling_in_an_amount_stays_within_the_bounds(rows, amount):
    blank = Event(day=ASKED - timedelta(days=1), kind="money committed")
    filled = Event(day=blank.day, kind="money committed", amount=amount)
    wide = committed_share((*committed(rows), blank), ASKED, cost=COST)
    tight = committed_share((*committed(rows), filled), ASKED, cost=COST)
    assert wide.low - 1e-12 <= tight.low <= tight.high <= wide.high + 1e-12


def test_lead_time_by_hand():
    decided = Event(day=date(2026, 5, 6), kind="decision made")
    found = lead_time(ASKED, date(2026, 3, 24), events=(LETTER, decided))
    assert (found.from_opening, found.from_closing, found.days_open) == (57, 43, 15)


def test_a_planned_decision_counts_where_the_log_has_none_after():
    early = Event(day=date(2026, 1, 6), kind="decided")
    assert lead_time(ASKED, None, events=(early,), planned=date(2026, 5, 6)).from_opening == 57
    assert lead_time(ASKED, None, events=(early,)).from_opening == -63
    assert lead_time(ASKED, None, events=()).from_opening is None


def test_events_find_their_step_by_name_and_by_date():
    events = (
        Event(day=date(2026, 1, 1), kind="residents asked", step="walks"),
        Event(day=date(2026, 2, 1), kind="participation closed"),
        Event(day=date(2026, 2, 10), kind="response published", step="walks"),
        Event(day=date(2026, 3, 1), kind="residents asked"),
        Event(day=date(2026, 3, 20), kind="change made"),
    )
    found = steps_of(events[::-1])
    assert [one.key for one in found.steps] == ["walks", "2"]
    assert [one.closed for one in found.steps] == [date(2026, 2, 1), None]
    assert len(found.steps[1].of(Part.CHANGE)) == 1
    assert not found.loose


def test_an_event_that_may_belong_to_two_steps_belongs_to_none():
    events = (
        Event(day=date(2026, 1, 1), kind="survey opened"),
        Event(day=date(2026, 1, 5), kind="vote opened"),
        Event(day=date(2026, 2, 10), kind="response published"),
        Event(day=date(2026, 2, 11), kind="response published", step="elsewhere"),
    )
    assert [one.kind for one in steps_of(events).loose] == ["response published"] * 2


@given(st.permutations(range(5)))
def test_the_order_of_rows_of_different_days_does_not_matter(order):
    events = [
        Event(day=date(2026, 1, 1 + n), kind=kind)
        for n, kind in enumerate(
            ["residents asked", "participation closed", "input published", "change made", "note"]
        )
    ]
    assert steps_of([events[n] for n in order]) == steps_of(events)
    assert in_order([events[n] for n in order]) == tuple(events)
