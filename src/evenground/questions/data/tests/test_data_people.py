"""Rows per 1,000 residents by class of areas, and where a row counts, worked out by hand."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest
from scipy import stats

from evenground.questions.data import QUESTION
from evenground.tests.scenarios_of_data import CASES, CODED, cases, happened, listing, village
from evenground.tests.towns import POVERTY, SIDE, SOUTH, WEST, area_id, counted, grid
from evenground.workspace.opening import DatasetAtHand

RATIO = "rows_ratio"


def told(town):
    """Return the finding on rows per resident, and its table by class."""
    found = [
        one for one in town.answered(QUESTION).findings if one.code.startswith("per_resident.")
    ]
    assert len(found) == 1
    return found[0], {row[0]: row[1:] for row in found[0].tables[0].rows}


def estimate(finding, name):
    return next(one for one in finding.estimates if one.name == name)


def three_rows(per_row):
    """Return a town of three rows of two squares, each row a class of its own."""
    areas = grid(2, 3)
    town = village(2, 3, groups=(POVERTY,))
    people = counted(areas, "total", [1_000.0, 1_000.0, 500.0, 500.0, 2_000.0, 2_000.0])
    held = DatasetAtHand(rows=cases(per_row, across=2), datasheet=CASES)
    return listing(town.having(population=people), potholes=held)


def test_rows_are_set_against_those_who_live_there():
    finding, table = told(three_rows((20, 7, 10)))
    # twice 20 rows to 2,000 residents, twice 7 to 1,000, twice 10 to 4,000
    assert [row[:3] for row in table.values()] == [
        (40.0, 2_000, 20.0),
        (14.0, 1_000, 14.0),
        (20.0, 4_000, 5.0),
    ]
    ratio = estimate(finding, RATIO)
    assert ratio.value == pytest.approx(5.0 / 20.0)
    assert finding.verdict.code == "fewer_rows"
    assert finding.parameters["here"] == 5.0
    assert finding.parameters["there"] == 20.0


def test_its_limits_are_those_of_clopper_and_pearson():
    """Of 60 rows 20 are in the focus: limits of that share, turned into a ratio of rates."""
    finding, table = told(three_rows((20, 7, 10)))
    ratio = estimate(finding, RATIO)
    interval = stats.binomtest(20, 60).proportion_ci(ratio.level, method="exact")
    odds = [share / (1 - share) * 2_000 / 4_000 for share in (interval.low, interval.high)]
    assert (ratio.low, ratio.high) == pytest.approx(odds)
    low = stats.chi2.ppf((1 - ratio.level) / 2, 2 * 20) / 2  # Garwood 1936
    assert table["high-poverty areas"][3] == pytest.approx(1_000 * low / 4_000, abs=5e-4)


def test_what_chance_could_do_is_not_told_as_a_difference():
    finding, _ = told(three_rows((3, 3, 2)))
    ratio = estimate(finding, RATIO)
    assert ratio.low < 1 < ratio.high
    assert finding.verdict.code == "rows_alike"


def test_none_at_all_where_some_would_be_is_a_difference_with_a_limit():
    finding, _ = told(three_rows((20, 7, 0)))
    ratio = estimate(finding, RATIO)
    assert (ratio.value, ratio.low) == (0.0, 0.0)
    assert 0 < ratio.high < 1
    assert finding.verdict.code == "fewer_rows"


def test_none_in_the_reference_has_no_ratio_and_a_lower_limit():
    finding, _ = told(three_rows((0, 7, 20)))
    ratio = estimate(finding, RATIO)
    assert ratio.value is None
    assert ratio.low > 1
    assert finding.verdict.code == "more_rows"


def test_a_point_on_a_boundary_counts_once():
    """On a side of two squares, on a corner of four, and on the town's own edge."""
    whole = sum((12, 8, 6, 2)) * 4
    for at, several in (((1.0, 0.5), True), ((1.0, 1.0), True), ((0.0, 0.5), False)):
        finding, table = told(happened((12, 8, 6, 2), extra=[at]))
        assert sum(row[0] for row in table.values()) == pytest.approx(whole + 1), at
        on_boundary = [one.value for one in finding.estimates if one.name == "n_on_boundary"]
        assert on_boundary == ([1] if several else []), at


def test_a_row_outside_every_area_is_said_and_not_counted():
    finding, table = told(happened((12, 8, 6, 2), extra=[(4.1, 0.5)]))
    assert sum(row[0] for row in table.values()) == pytest.approx(112)
    said = {one.code: one.parameters for one in finding.caveats}
    assert said["caveat.nowhere"]["n"] == 1
    assert "caveat.on_boundary" not in said


def test_codes_of_areas_are_taken_as_they_stand():
    """Codes that the city does not know are in no area; rows without one neither."""
    rows = cases((3, 2, 2, 1), coded=("Z1", "A9999")).to_pylist()
    rows.append({"case": "C9999", "reported": rows[0]["reported"], "area_id": None})
    town = happened((1, 1, 1, 1))
    held = DatasetAtHand(rows=pa.Table.from_pylist(rows), datasheet=CODED)
    finding, table = told(listing(town, potholes=held))
    assert sum(row[0] for row in table.values()) == 32
    assert {one.code: one.parameters for one in finding.caveats}["caveat.nowhere"]["n"] == 3


def test_points_and_codes_of_the_same_rows_tell_the_same():
    points = cases((9, 5, 3, 2))
    by_point, by_code = (happened((9, 5, 3, 2), **way) for way in ({}, {"coded": ()}))
    (one, rows), (other, coded) = told(by_point), told(by_code)
    assert rows == coded
    assert estimate(one, RATIO) == estimate(other, RATIO)
    squares = Counter(
        area_id(int((row["x"] - WEST) // SIDE), int((row["y"] - SOUTH) // SIDE))
        for row in points.to_pylist()
    )
    assert sum(squares.values()) == sum(row[0] for row in rows.values())


def test_twice_the_residents_halve_the_rate_and_leave_the_ratio():
    town = three_rows((20, 7, 10))
    more = [{**row, "count": 2 * row["count"]} for row in town.rows["population"]]
    (one, rows), (other, doubled) = told(town), told(town.having(population=more))
    assert [row[2] for row in doubled.values()] == pytest.approx(
        [row[2] / 2 for row in rows.values()]
    )
    assert estimate(one, RATIO).value == pytest.approx(estimate(other, RATIO).value)
    assert estimate(one, RATIO).high == pytest.approx(estimate(other, RATIO).high)


def test_readings_are_not_counted_per_resident():
    """How often a sensor reads tells nothing of who is in the data."""
    from evenground.tests.scenarios_of_data import sound

    town = listing(village(4, 4, groups=(POVERTY,)), air=sound())
    codes = {one.code for one in town.answered(QUESTION).findings}
    assert not any(code.startswith("per_resident.") for code in codes)
