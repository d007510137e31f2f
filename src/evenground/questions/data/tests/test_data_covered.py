"""Who lives within reach of sensors that work, worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.covering import uptime_of
from evenground.tests.scenarios_of_data import FIRST, HOUR, air_sheet, cameras, readings, village
from evenground.tests.towns import SIDE, SOUTH, WEST
from evenground.workspace.auditing.running import audit

TODAY = date(2026, 3, 1)
MIDDLE = {"x": WEST + 0.5 * SIDE, "y": SOUTH + 0.5 * SIDE}


def city(**settings):
    return village().setting(**settings).opened()[1]


def reach_of(table, sheet=None, **settings):
    found = audit(table, sheet or air_sheet(), city=city(**settings), today=TODAY).reached
    return found, found.everybody


def at_one_place(*lost):
    """Return 100 hours of sensors in the middle of one square; each lost so many of the last."""
    rows = [
        {"sensor": f"S{sensor}", "time": FIRST + hour * HOUR, "no2": 20.0 + hour * 7 % 11, **MIDDLE}
        for sensor, n in enumerate(lost)
        for hour in range(100 - n)
    ]
    return pa.Table.from_pylist(rows)


def test_one_sensor_that_always_works_reaches_those_around_it_and_nobody_else():
    found, everybody = reach_of(readings(1))
    assert found.points.tolist() == [[MIDDLE["x"], MIDDLE["y"]]]
    assert everybody.people.tolist() == [4_000]
    assert everybody.expected.tolist() == [0.25]  # one of four squares of a thousand residents
    assert (everybody.least[0], everybody.most[0]) == (0.25, 0.25)
    assert found.by_area.expected.tolist() == [1.0, 0.0, 0.0, 0.0]


def test_uptime_is_held_against_the_period_of_the_whole_table():
    """A sensor that ended early was down from then on, whatever it did before."""
    found, everybody = reach_of(at_one_place(0, 25))
    assert found.uptime.tolist() == [1.0, 0.75]
    assert everybody.expected.tolist() == [0.25]


def test_two_that_fail_reach_more_together_than_either_and_bounds_hold_however_they_fail():
    """One works half of the time and one three quarters; a third elsewhere sets the period."""
    table = pa.concat_tables([at_one_place(50, 25), readings(2, 100 / 24, name="T").slice(100)])
    found, everybody = reach_of(table)
    assert sorted(found.uptime.tolist()) == [0.5, 0.75, 1.0]
    # 1 - (1 - 0.5) (1 - 0.75) = 0.875 in one square, 1 in the next, 0 in two
    assert everybody.expected[0] == pytest.approx((0.875 + 1) / 4)
    # never both down while one could work, at the least as often as the better one works
    assert everybody.least[0] == pytest.approx((0.75 + 1) / 4)
    assert everybody.most[0] == pytest.approx((1 + 1) / 4)
    assert everybody.if_all_worked[0] == 0.5


def test_a_reach_that_the_city_sets_is_the_one_that_counts():
    # from the middle of a square to the middle of the next it is 1,000 m, and 1,414 m across
    for metres, squares in ((999, 1), (1_000, 3), (1_414, 3), (1_415, 4)):
        _, everybody = reach_of(readings(1), sensor_reach_metres=metres)
        assert everybody.expected[0] == squares / 4, metres


def test_of_things_that_only_stand_there_nobody_knows_how_much_they_work():
    stands = cameras((0.5, 0.5), (0.5, 0.5), (1.5, 0.5))
    found, everybody = reach_of(stands.rows, stands.datasheet)
    assert len(found.points) == 2  # two stand at one place
    assert np.isnan(found.uptime).all()
    assert np.isnan(everybody.expected[0])
    assert (everybody.least[0], everybody.most[0]) == (0.0, 0.5)
    assert everybody.if_all_worked[0] == 0.5


def test_a_sensor_stands_where_most_of_its_rows_are():
    table = readings(1).to_pylist()
    for row in table[:5]:
        row["x"] += SIDE
    found, _ = reach_of(pa.Table.from_pylist(table))
    assert found.points.tolist() == [[MIDDLE["x"], MIDDLE["y"]]]


def test_without_residents_or_places_nobody_is_said_to_be_reached():
    nobody = village().without("population").opened()[1]
    assert audit(readings(1), air_sheet(), city=nobody, today=TODAY).reached is None
    assert audit(readings(1), air_sheet(), today=TODAY).reached is None
    bare = readings(1, name="")
    assert audit(bare, city=city(), today=TODAY).reached is None


def test_uptime_by_hand():
    """Four readings from 0 to 9 hours where ten are due; ten of ten; one without a rhythm."""
    hour = 3_600_000_000
    series = pa.table(
        {
            "sensor": ["a", "b", "c", "d"],
            "first": [0, 0, 0, None],
            "last": [9 * hour, 9 * hour, 20 * hour, None],
            "cadence": [hour, hour, 0, hour],
            "n_instants": [4, 10, 3, 0],
        }
    )
    assert uptime_of(series) == {"a": 0.4, "b": 1.0}
