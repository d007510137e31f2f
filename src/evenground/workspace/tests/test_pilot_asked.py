from __future__ import annotations

import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.pilot.period_length import MONTHS, period_of
from evenground.workspace.pilot_asked import (
    PilotAsked,
    delays_of,
    design_asked,
    wants_of,
)


@pytest.mark.parametrize(
    ("times", "every"),
    [
        (["2019", "2020"], "year"),
        (["2019-01", "2019-02"], "month"),
        (["2019Q1", "2019q2"], "quarter"),
        (["2019-W01", "2019W02"], "week"),
        (["2019-01-07", "2019-01-14", "2019-01-21"], "week"),
        (["2019-01-01", "2019-01-02", "2019-01-03"], "day"),
        (["2019-01-31", "2019-02-28", "2019-03-31"], "month"),
        (["2019-01-01", "2019-04-01", "2019-07-01"], "quarter"),
        (["2018-01-01", "2019-01-01"], "year"),
        (["2019-01-01", "2019-01-11", "2019-01-21"], ""),
        (["1", "2", "3"], ""),
        (["2019-13", "2019-14"], ""),
        (["2019-01-01"], ""),
    ],
)
def test_periods_are_read_off_times(times, every):
    assert period_of(times) == every
    assert not every or every in MONTHS


def test_what_is_not_said_follows_from_the_history():
    found = design_asked(PilotAsked(), n_units=40, n_times=120)
    assert (found.design, found.n_areas) == ("ancova", 40)
    assert (found.n_periods, found.n_baseline) == (30, 30)
    short = design_asked(PilotAsked(), n_units=4, n_times=1)
    assert (short.design, short.n_periods, short.n_baseline) == ("parallel", 1, 0)
    long = design_asked(PilotAsked(n_periods=100), n_units=4, n_times=120)
    assert long.n_baseline == 20


def test_one_unit_has_nothing_to_compare():
    with pytest.raises(UsageError, match="nothing to compare"):
        design_asked(PilotAsked(), n_units=1, n_times=12)


def test_a_promise_is_turned_so_that_more_is_better():
    for effect, direction in ((-2.0, -1), (2.0, 1), (0.0, 0), (None, 0)):
        wants = wants_of(PilotAsked(effect=effect))
        assert wants.goal.direction == direction
        assert wants.effect == (None if effect is None else abs(effect))


def test_delays_are_names_and_months():
    assert delays_of(["a = b=3", "habits=18.5"]) == {"a = b": 3.0, "habits": 18.5}
    with pytest.raises(UsageError):
        delays_of(["habits=soon"])
