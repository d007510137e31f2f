"""The room for choice over time, and the picture that is drawn of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.voice.figures.room import FREE, MARKS, OPEN, Marked, room_figure
from evenground.questions.voice.measures.timing.choices_open import Stated
from evenground.questions.voice.measures.timing.committed_share import Cost
from evenground.questions.voice.measures.timing.event import Event
from evenground.questions.voice.measures.timing.room_for_choice import room_for_choice

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
COST = Cost(low=1_000.0, high=1_000.0)
LOG = (
    Event(day=FIRST, kind="choice opened", choices=("whether", "where", "colour", "maker")),
    Event(day=FIRST, kind="nothing committed"),
    Event(day=date(2026, 2, 1), kind="contract signed", amount=600.0, choices=("maker",)),
    Event(day=date(2026, 3, 1), kind="choice closed", choices=("where",)),
    Event(day=date(2026, 4, 1), kind="residents asked", choices=("colour",)),
    Event(day=date(2026, 6, 1), kind="decision made", choices=("whether",)),
)


def room(events=LOG, *, cost=COST, stated=None):
    return room_for_choice(events, span=(FIRST, LAST), stated=stated, cost=cost)


def on(found, day):
    """Return the four shares on a day."""
    at = found.days.index(day)
    every = (found.open_low, found.open_high, found.free_low, found.free_high)
    return tuple(float(one[at]) for one in every)


def test_room_by_hand():
    found = room()
    assert found.n_choices == 4
    # A day's events are in force from the next day on; on the day itself they are not known.
    assert on(found, date(2026, 1, 2)) == (1.0, 1.0, 1.0, 1.0)
    assert on(found, date(2026, 2, 1)) == (0.75, 1.0, pytest.approx(0.4), 1.0)
    assert on(found, date(2026, 2, 2)) == (0.75, 0.75, pytest.approx(0.4), pytest.approx(0.4))
    assert on(found, date(2026, 3, 2))[:2] == (0.5, 0.5)
    assert on(found, date(2026, 6, 2))[:2] == (0.25, 0.25)
    assert found.days[0] == FIRST
    assert found.days[-1] == LAST


def test_an_amount_that_is_missing_leaves_all_that_was_free():
    blank = (*LOG[:2], Event(day=date(2026, 2, 1), kind="contract signed"))
    assert on(room(blank), date(2026, 2, 2))[2:] == (0.0, 1.0)


def test_a_span_that_runs_backwards_is_refused():
    with pytest.raises(UsageError):
        room_for_choice(LOG, span=(LAST, FIRST))


@given(st.integers(-3_000, 3_000), st.sampled_from([1e-6, 1e-3, 1.0, 1e6]), st.randoms())
def test_neither_the_calendar_nor_the_unit_of_money_nor_the_order_of_rows_matters(
    days, scale, chance
):
    by = timedelta(days=days)
    moved = [
        Event(
            day=one.day + by, kind=one.kind, choices=one.choices,
            amount=None if one.amount is None else one.amount * scale,
        )
        for one in LOG
    ]  # fmt: skip
    chance.shuffle(moved)
    found = room_for_choice(
        moved, span=(FIRST + by, LAST + by), cost=Cost(low=1_000 * scale, high=1_000 * scale)
    )
    for name in ("open_low", "open_high", "free_low", "free_high"):
        np.testing.assert_allclose(getattr(found, name), getattr(room(), name), atol=1e-10)


@given(st.lists(st.sampled_from(["whether", "where", "colour", "maker"]), max_size=5))
def test_while_choices_are_only_made_the_room_never_grows(made):
    later = [
        Event(day=date(2026, 2, 1) + timedelta(days=9 * n), kind="choice closed", choices=(name,))
        for n, name in enumerate(made)
    ]
    found = room((LOG[0], *later))
    after = slice(found.days.index(date(2026, 1, 2)), None)
    for ends in (found.open_low[after], found.open_high[after]):
        assert (np.diff(ends) <= 1e-15).all()
    assert (found.open_low <= found.open_high).all()


def drawn(found):
    """Return the lines of the picture, and the picture."""
    marked = [Marked(mark=MARKS[0], day=date(2026, 4, 1), words="A vote")]
    figure = room_figure(found, marked, known={})
    if figure is None:
        return None
    return {row["line"] for row in figure.spec["data"]["values"]}


def test_only_what_is_known_is_drawn():
    no_choice = tuple(Event(day=one.day, kind=one.kind, amount=one.amount) for one in LOG)
    no_money = tuple(one for one in LOG if "committed" not in one.kind and one.amount is None)
    assert drawn(room()) == {OPEN, FREE}
    assert drawn(room(no_choice)) == {FREE}
    assert drawn(room(no_money)) == {OPEN}
    assert drawn(room((Event(day=FIRST, kind="residents asked"),))) is None
    # A list of what is bound, without a day, is no knowledge of any day.
    bound = Stated(open=(), bound=("whether",))
    assert drawn(room((Event(day=FIRST, kind="residents asked"),), stated=bound)) is None


def test_what_was_unknown_for_a_day_is_no_band_of_months():
    figure = room_figure(room(), [Marked(mark=MARKS[0], day=FIRST, words="A vote")], known={})
    assert figure is not None
    band = figure.spec["layer"][0]
    assert band["mark"]["type"] == "area"
    assert "transform" not in band
    rows = [row for row in figure.spec["data"]["values"] if row["line"] == OPEN]
    wide = [row["day"] for row in rows if row["high"] > row["low"]]
    # Each wide row is the day of an event, and the next row, a day later, closes the band.
    for one, after in pairwise(rows):
        if one["day"] in wide:
            assert date.fromisoformat(after["day"]) - date.fromisoformat(one["day"]) == timedelta(1)
            assert after["high"] == after["low"]
