"""A promised change is the same however it was put."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.promises.contradictions import (
    Contradiction,
    Terms,
    contradictions,
)
from evenground.questions.promise.measures.promises.promised_change import (
    Stated,
    promised_change,
)

sizes = st.floats(1e-3, 1e6)


def test_a_quarter_fewer_full_bins_by_hand():
    found = promised_change(Stated(baseline=6895, target=5170))
    assert (found.change, found.direction, found.target) == (1725, "less", 5170)
    assert found.share == pytest.approx(0.25018, abs=5e-6)
    again = promised_change(Stated(direction="less", baseline=6895, change_share=0.25))
    assert (again.change, again.target) == (1723.75, 5171.25)


def test_ways_that_differ_by_rounding_agree_and_others_do_not():
    put = Stated(direction="less", baseline=6895, target=5170, change_share=0.25)
    assert promised_change(put).agrees
    assert not promised_change(
        Stated(direction="less", baseline=6895, target=5170, change_share=0.3)
    ).agrees


def test_what_cannot_be_told_stays_open():
    nothing = promised_change(Stated())
    assert (nothing.change, nothing.share, nothing.target, nothing.direction) == (
        None,
        None,
        None,
        "",
    )
    assert nothing.agrees
    only_share = promised_change(Stated(direction="less", change_share=0.8))
    assert (only_share.change, only_share.share) == (None, 0.8)
    from_nought = promised_change(Stated(baseline=0, target=12))
    assert (from_nought.change, from_nought.share) == (12, None)
    same = promised_change(Stated(baseline=3, target=3))
    assert (same.change, same.direction) == (None, "")


def test_a_target_on_the_wrong_side_is_a_change_below_nought():
    assert promised_change(Stated(direction="more", baseline=10, target=7)).change == -3


@given(sizes, sizes, st.floats(1e-6, 1e6))
def test_another_unit_changes_nothing_but_the_unit(baseline, target, unit):
    one = promised_change(Stated(direction="more", baseline=baseline, target=target))
    other = promised_change(
        Stated(direction="more", baseline=baseline * unit, target=target * unit)
    )
    scale = max(baseline, target)
    assert other.change == pytest.approx(one.change * unit, rel=1e-10, abs=1e-10 * scale * unit)
    assert other.share == pytest.approx(one.share, rel=1e-10, abs=1e-10 * scale / baseline)


@given(sizes, st.floats(0, 2))
def test_less_mirrors_more(baseline, share):
    more = promised_change(Stated(direction="more", baseline=baseline, change_share=share))
    less = promised_change(Stated(direction="less", baseline=baseline, change_share=share))
    assert more.change == less.change
    assert more.target - baseline == pytest.approx(baseline - less.target, abs=1e-9 * baseline)


def test_contradictions_are_named():
    found = contradictions(
        Terms(
            stated=Stated(direction="less", baseline=100, target=80, change=50),
            minimum_effect=30,
            floor_worst_group=25,
        )
    )
    assert found == (
        Contradiction.WAYS_DISAGREE,
        Contradiction.MINIMUM_ABOVE_PROMISE,
        Contradiction.FLOOR_ABOVE_PROMISE,
    )
    assert contradictions(Terms(stated=Stated(baseline=100, target=80), minimum_effect=20)) == ()
    wrong_way = Terms(stated=Stated(direction="more", baseline=100, target=80), minimum_effect=5)
    assert contradictions(wrong_way) == (Contradiction.WRONG_DIRECTION,)
    none = Terms(stated=Stated(direction="more", baseline=100, target=100))
    assert contradictions(none) == (Contradiction.NO_CHANGE,)


def test_a_baseline_from_after_the_promised_day_is_named():
    from datetime import date

    terms = Terms(stated=Stated(), baseline_date=date(2028, 1, 1), by=date(2027, 1, 1))
    assert contradictions(terms) == (Contradiction.BASELINE_AFTER_DATE,)


@pytest.mark.parametrize(
    "stated", [Stated(direction="up"), Stated(baseline=float("nan")), Stated(change=float("inf"))]
)
def test_what_is_no_promise_is_refused(stated):
    with pytest.raises(UsageError):
        promised_change(stated)
