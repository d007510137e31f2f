"""What may be concluded while a roll-out by lot is running."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.evidence import Verdict
from evenground.questions.promise.looks import Looks, looks_of
from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    of_code,
    said_of,
    the_one,
)
from evenground.questions.promise.tests.findings.with_outcomes import by_lot, few


def watched(effect=0.0, *, says=None, **changes):
    """Return a town whose trial by lot runs from July 2025 on; today is March 2026."""
    judged = evaluation(**{"design": "randomised", "horizon_months": 12.0, **changes})
    return by_lot(effect, evaluation=[judged], **({} if says is None else {"says": says}))


CASES = {
    "concluded": lambda: watched(-8.0, look_dates="2025-12-31; 2026-06-30"),
    "goes on": lambda: watched(looks=4),
    "over": lambda: watched(look_dates="2025-09-30; 2025-12-31"),
    "ahead": lambda: watched(look_dates="2026-03-31; 2026-06-30"),
    "not fixed": watched,
}


def test_a_large_change_may_be_concluded_early():
    said = said_of("looks: concluded")
    found = said.told("looks").finding
    assert found.verdict == Verdict("may_be_concluded")
    gain = found.estimate("gain_at_all_looks")
    assert 0 < gain.low < 8 < gain.high
    assert "At look 1 of 2" in said.sentence("looks")
    ((day, change, bound, spent),) = found.tables[0].rows
    assert day == date(2025, 12, 31)
    assert change == pytest.approx(gain.value, rel=1e-6)
    assert abs(change) > bound
    assert 0 < spent.value < 0.05


def test_nothing_is_concluded_between_looks():
    said = said_of("looks: goes on")
    assert said.told("looks").finding.verdict == Verdict("goes_on")
    assert "Of 4 looks that were fixed beforehand, 2 are over." in said.sentence("looks")
    assert said.caveats("looks") == [
        "This rests on the lots being drawn as it was said beforehand.",
        "It rests on looks being taken when it was said beforehand, and at no other time.",
    ]
    ahead = said_of("looks: ahead")
    assert "none is over" in ahead.sentence("looks")
    assert ahead.told("looks").tables == ()


def test_all_looks_may_be_over_without_a_change():
    assert said_of("looks: over").told("looks").finding.verdict == Verdict("looks_are_over")


def test_looking_without_a_schedule_is_warned_of_until_it_is_due():
    assert "the interval is that of a single look" in said_of("looks: not fixed").sentence("looks")
    due = watched(says={"by": date(2026, 1, 31)})
    assert of_code(answer_of(due), "looks") == []


def test_a_single_look_is_the_plain_test_once_it_is_over():
    over = watched(look_dates="2025-12-31")
    assert of_code(answer_of(over), "looks") == []
    ahead = watched(look_dates="2026-06-30")
    assert the_one(answer_of(ahead), "looks").code == "looks.no_look_yet"


def test_without_lots_there_are_no_looks_over_them():
    assert of_code(answer_of(few(-8.0)), "looks") == []


@pytest.mark.parametrize(
    ("changes", "n"),
    [
        ({"look_dates": "2025-12-31, 2026-06-30"}, 2),
        ({"look_dates": "soon; 2026-06-30", "looks": 3}, 3),
        ({"look_dates": "soon"}, None),
        ({"look_dates": "2025-01-31"}, None),
    ],
)
def test_dates_of_looks_are_read_or_their_number_is_spread(changes, n):
    found = of_code(answer_of(watched(**changes)), "looks")
    assert [one.parameters.get("n_looks") for one in found] == [n]


def test_a_look_sees_whole_periods_that_are_there():
    times = ("2025-05", "2025-06", "2025-07", "2025-08", "2025-09")
    days = (date(2025, 7, 31), date(2025, 8, 30), date(2025, 9, 30), date(2025, 12, 31))
    looks = Looks(dates=days, shares=(0.25, 0.5, 0.75, 1.0))
    today = date(2026, 3, 1)
    # The second sees no more whole months than the first, so it and later ones are not over.
    assert looks.columns(times, today=today, first=2) == (3,)
    fine = Looks(dates=(days[0], days[2], days[3]), shares=(0.3, 0.6, 1.0))
    assert fine.columns(times, today=today, first=2) == (3, 5)
    assert fine.columns(times, today=date(2025, 8, 1), first=2) == (3,)
    assert fine.columns(times, today=today, first=4) == ()
    assert fine.columns(("1", "2"), today=today, first=1) == ()


def test_shares_of_looks_count_from_the_start():
    (found,) = of_code(answer_of(CASES["goes on"]()), "looks")
    assert found.parameters["next"] > date(2026, 3, 1)
    assert the_one(answer_of(CASES["concluded"]()), "looks").parameters["at"] == 1
    assert looks_of.__doc__
