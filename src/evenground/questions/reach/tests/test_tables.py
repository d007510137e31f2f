"""The few rows that Reach asks for: groups and indicators that the city names, at their latest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenground.city import BaselineChoice
from evenground.frame.sites import COLUMNS
from evenground.questions.reach import QUESTION
from evenground.questions.reach.tables import prepare
from evenground.stores.duckdb import collect
from evenground.tests.towns import (
    AGE,
    NEED,
    PEOPLE,
    POVERTY,
    at,
    counted,
    grid,
    measured,
    saltmarsh,
)

AREAS = grid(2, 1)


def collected(town):
    """Return what the store hands over."""
    return collect(town.tables(), prepare, town.case(QUESTION))


def rows_of(table, *columns):
    """Return rows as tuples."""
    return sorted(zip(*(table[column].to_pylist() for column in columns), strict=True))


def test_only_groups_that_the_city_names_are_read():
    town = saltmarsh()
    other = counted(town.rows["areas"], "cats", [9.0] * 16)
    found = collected(town.having(population=[*town.rows["population"], *other]))
    assert set(found["population"]["group"].to_pylist()) == {"total", "young", "old", "no_car"}
    few = collected(town.city_with(groups=(POVERTY,), baselines=(PEOPLE,)))
    assert set(few["population"]["group"].to_pylist()) == {"total"}


def test_a_group_that_members_are_set_against_is_read():
    group = replace(AGE, members=("young",), against="old")
    found = collected(saltmarsh().city_with(groups=(group,), baselines=(PEOPLE,)))
    assert set(found["population"]["group"].to_pylist()) == {"total", "young", "old"}


def test_each_group_is_read_at_its_latest():
    rows = [
        *({**row, "vintage": "2019"} for row in counted(AREAS, "total", [1.0, 2.0])),
        *({**row, "vintage": "2023"} for row in counted(AREAS, "total", [3.0, 4.0])),
        *({**row, "vintage": "2019"} for row in counted(AREAS, "young", [5.0, 6.0])),
    ]
    town = saltmarsh(areas=AREAS, population=rows).city_with(
        groups=(replace(AGE, members=("young",)),)
    )
    found = collected(town)["population"]
    assert rows_of(found, "group", "vintage", "count") == [
        ("total", "2023", 3.0), ("total", "2023", 4.0),
        ("young", "2019", 5.0), ("young", "2019", 6.0),
    ]  # fmt: skip


def test_counts_without_a_date_are_read():
    rows = [{**row, "vintage": None} for row in counted(AREAS, "total", [1.0, None])]
    found = collected(saltmarsh(areas=AREAS, population=rows))["population"]
    assert rows_of(found, "area_id", "count") == [("A0000", 1.0)]


@pytest.mark.parametrize(("period", "values"), [("", [3.0, 4.0]), ("2019", [1.0, 2.0])])
def test_an_indicator_is_read_at_its_period_else_at_its_latest(period, values):
    rows = [
        *({**row, "period": "2019"} for row in measured(AREAS, "poverty", [1.0, 2.0])),
        *measured(AREAS, "poverty", [3.0, 4.0]),
        *measured(AREAS, "noise", [7.0, 8.0]),
    ]
    town = saltmarsh(areas=AREAS, indicators=rows).city_with(
        groups=(replace(POVERTY, period=period),)
    )
    found = collected(town)["indicators"]
    assert [value for _, value in rows_of(found, "area_id", "value")] == values
    assert set(found["indicator"].to_pylist()) == {"poverty"}


def test_one_indicator_may_serve_two_periods():
    rows = [
        *({**row, "period": "2019"} for row in measured(AREAS, "poverty", [1.0, 2.0])),
        *measured(AREAS, "poverty", [3.0, 4.0]),
    ]
    need = BaselineChoice(key="n", name="n", kind="need", indicator="poverty", period="2019")
    town = saltmarsh(areas=AREAS, indicators=rows).city_with(baselines=(need,))
    assert len(collected(town)["indicators"]) == 4


def test_indicators_that_nobody_names_are_not_read():
    town = saltmarsh().city_with(groups=(AGE,), baselines=(PEOPLE, NEED))
    found = collected(town)["indicators"]
    assert found.num_rows == 0
    assert {"area_id", "indicator", "value", "margin"} <= set(found.column_names)


def test_sites_are_read_with_what_places_need():
    found = collected(saltmarsh(sites=[{"geometry": at(0.5, 0.5), "units": 2.0, "name": "x"}]))
    assert tuple(found["sites"].column_names) == COLUMNS
    assert found["sites"]["units"].to_pylist() == [2.0]


def test_what_is_not_there_is_not_asked_for():
    assert collected(saltmarsh().without("population", "indicators", "sites")) == {}


def test_names_are_values_and_not_queries():
    group = replace(AGE, members=("young'; drop table population; --", 'a"b'), names={})
    found = collected(saltmarsh().city_with(groups=(group,)))
    assert set(found["population"]["group"].to_pylist()) == {"total", "no_car"}
