"""What areas leave open about people in data, worked out by hand."""

from __future__ import annotations

import pytest

from evenground.questions.data import QUESTION
from evenground.tests.scenarios_of_data import of_people
from evenground.tests.scenarios_within_areas import OF_AGES, of_ages


def told(town):
    """Return the findings on people within areas."""
    return [one for one in town.answered(QUESTION).findings if one.code.startswith("within.")]


def ends(finding, name):
    one = next(one for one in finding.estimates if one.name == name)
    assert one.value is None
    return one.low, one.high


def test_bounds_are_those_of_duncan_and_davis():
    """Older people are 5, 8, 12, 16 of 20 in a square; 9, 6, 3, 1 of its 20 are in the data."""
    (finding,) = told(OF_AGES["people whom areas do not tell apart"]())
    assert ends(finding, "in_data") == pytest.approx((0, (5 + 6 + 3 + 1) / 41))
    # of 15, 12, 8, 4 children at least 9 - 5 of the first row are in it
    assert ends(finding, "others_in_data") == pytest.approx((4 / 39, 19 / 39))
    assert finding.verdict.code == "areas_leave_people_open"
    assert {one.code for one in finding.caveats} >= {"caveat.area.open", "caveat.area.goodman"}


def test_areas_of_one_group_each_settle_it():
    (finding,) = told(OF_AGES["people whom areas tell apart"]())
    assert ends(finding, "in_data") == (0.0, 0.0)
    assert ends(finding, "others_in_data") == (1.0, 1.0)
    assert finding.verdict.code == "areas_settle_people"
    assert "caveat.area.open" not in {one.code for one in finding.caveats}


def test_more_rows_than_residents_are_not_one_each():
    assert told(of_ages((21, 1, 1, 1), (10, 10, 10, 10))) == []


def test_without_a_counted_group_nothing_is_said_of_people():
    assert told(of_people((12, 8, 6, 2))) == []
