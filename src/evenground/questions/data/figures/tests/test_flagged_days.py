"""The flagged series shows the sensor with most flagged days, each check by a shape of its own."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.data.figures.flagged_days import MOST_DAYS, flagged_days
from evenground.questions.data.figures.sensor_days import sensor_days
from evenground.tests.audits import FIRST_DAY, check, flags, folded


def points(figure):
    """Return the marks of flagged days."""
    return figure.spec["layer"][-1]["data"]["values"]


def test_the_sensor_with_most_flagged_days_is_shown():
    checks = [
        check("spikes", 2, flags=flags("spikes", days=(3, 9))),
        check("stuck_runs", 1, flags=flags("stuck_runs", sensor="sensor 02", days=(5, 6, 7))),
    ]
    found = sensor_days(folded(), checks)
    assert (found.sensor, found.column, found.n_sensors) == ("sensor 02", "no2", 2)
    assert {name: days.tolist() for name, days in found.flagged.items()} == {
        "stuck_runs": [FIRST_DAY + day for day in (5, 6, 7)]
    }


def test_what_has_no_value_is_not_marked():
    checks = [check("gaps", 9, flags=flags("gaps", days=(1, 2, 3))), check("drift", None)]
    assert sensor_days(folded(), checks) is None
    assert (
        sensor_days(folded(), [check("spikes", 1, flags=flags("spikes", column="pm10", days=(1,)))])
        is None
    )


def test_a_flag_without_time_is_left_out():
    untimed = flags("spikes", days=(3,))
    untimed = untimed.set_column(2, "time", [[None]]).cast(flags("spikes").schema)
    assert sensor_days(folded(), [check("spikes", 1, flags=untimed)]) is None


@pytest.mark.parametrize("n_kinds", [1, 3, 4, 6])
def test_each_check_has_its_own_shape_and_the_fourth_stands_for_the_others(n_kinds):
    checks = [
        check(f"kind_{at}", 1, flags=flags(f"kind_{at}", days=range(10 * at, 10 * at + 9 - at)))
        for at in range(n_kinds)
    ]
    figure = flagged_days(sensor_days(folded(), checks))
    shape = figure.spec["layer"][-1]["encoding"]["shape"]["scale"]
    assert len(shape["domain"]) == len(shape["range"]) == min(n_kinds, 4)
    assert ("wording:check.other" in shape["domain"]) == (n_kinds > 4)
    assert {row["check"] for row in points(figure)} == set(shape["domain"])


def test_the_table_lists_every_flagged_day():
    checks = [check("spikes", 2, flags=flags("spikes", days=(3, 3, 9)))]
    figure = flagged_days(sensor_days(folded(), checks))
    assert [str(row[0]) for row in figure.table.rows] == ["2024-01-04", "2024-01-10"]
    assert figure.title.parameters["n"] == 2


def test_of_long_series_the_year_with_most_flags_is_drawn():
    value = lambda sensor, day: 5 + np.cos(day / 50)  # noqa: E731
    checks = [check("spikes", 9, flags=flags("spikes", days=[20, *range(600, 640)]))]
    found = sensor_days(folded(n_sensors=1, n_days=900, value=value), checks)
    figure = flagged_days(found)
    drawn = figure.spec["layer"][0]["data"]["values"]
    assert len(drawn) == MOST_DAYS == figure.title.parameters["n_shown"]
    assert len(points(figure)) == 40


def test_a_day_without_readings_breaks_the_line():
    checks = [check("spikes", 1, flags=flags("spikes", days=(9,)))]
    figure = flagged_days(sensor_days(folded(nulls=[(0, 4)]), checks))
    drawn = figure.spec["layer"][1]["data"]["values"]
    assert [row["median"] is None for row in drawn[3:6]] == [False, True, False]


def test_a_value_far_out_does_not_flatten_the_others():
    value = lambda sensor, day: -9999.0 if day == 30 else 10.0 + day % 7  # noqa: E731
    checks = [check("sentinels", 1, flags=flags("sentinels", days=(30,)))]
    figure = flagged_days(sensor_days(folded(value=value, n_days=200), checks))
    low, high = figure.spec["layer"][1]["encoding"]["y"]["scale"]["domain"]
    assert 0 < low < 10
    assert high < 25
    assert points(figure)[0]["median"] == pytest.approx(low, rel=1e-3)
