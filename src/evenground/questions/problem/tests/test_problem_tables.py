"""The few rows that Problem asks for: needs in their period, and the groups that they are per."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenground.questions.problem import QUESTION
from evenground.questions.problem.tables import FOR_NEED, PAST_COLUMNS, prepare
from evenground.stores.duckdb import collect
from evenground.tests.scenarios_of_need import DIRT, FEW, dirty, everything, listed
from evenground.tests.towns import AGE, PEOPLE, POVERTY, counted, grid, measured, saltmarsh

AREAS = grid(2, 1)


def collected(town):
    """Return what the store hands over."""
    return collect(town.tables(), prepare, town.case(QUESTION))


def needs_read(town):
    """Return the values of needs as (indicator, period, value)."""
    rows = collected(town)["indicators"].to_pylist()
    return sorted((r["indicator"], r["period"], r["value"]) for r in rows if r[FOR_NEED])


def two_periods(*rows, problems=()):
    """Return a town of two areas where noise was measured in two years."""
    values = [
        *({**row, "period": "2019"} for row in measured(AREAS, "noise", [1.0, 2.0])),
        *measured(AREAS, "noise", [3.0, 4.0]),
        *measured(AREAS, "poverty", [5.0, 6.0]),
    ]
    town = saltmarsh(areas=AREAS, indicators=values).initiative_with(problems=problems)
    return town.having(needs=rows) if rows else town


NOISE = replace(DIRT, indicator="noise")
OLD = [("noise", "2019", 1.0), ("noise", "2019", 2.0)]
LATEST = [("noise", "2024", 3.0), ("noise", "2024", 4.0)]


def test_a_stated_need_is_read_at_its_latest():
    assert needs_read(two_periods(problems=(NOISE,))) == LATEST


@pytest.mark.parametrize("problems", [(), (NOISE,)], ids=["listed", "listed and stated"])
@pytest.mark.parametrize(
    ("period", "values"), [("2019", OLD), ("", LATEST), (None, LATEST), ("1999", [])]
)
def test_a_listed_need_is_read_in_the_period_that_is_listed(problems, period, values):
    """Even when it is stated too: never in two periods at once."""
    town = two_periods({"indicator": "noise", "period": period}, problems=problems)
    assert needs_read(town) == values


def test_what_nobody_states_or_lists_is_no_need():
    assert needs_read(two_periods()) == []
    assert needs_read(two_periods({"indicator": "smell"})) == []


def test_what_sorts_areas_into_groups_is_kept_apart_from_needs():
    rows = collected(two_periods(problems=(NOISE,)))["indicators"].to_pylist()
    assert {r["indicator"] for r in rows if not r[FOR_NEED]} == {"poverty"}


def test_an_indicator_may_be_a_need_and_sort_areas():
    town = two_periods(problems=(replace(DIRT, indicator="poverty"),))
    rows = collected(town)["indicators"].to_pylist()
    assert sorted((r["value"], r[FOR_NEED]) for r in rows) == [
        (5.0, False), (5.0, True), (6.0, False), (6.0, True),
    ]  # fmt: skip


def test_groups_that_needs_are_per_are_read_at_their_latest():
    population = [
        *counted(AREAS, "total", [10.0, 20.0]),
        *({**row, "vintage": "2011"} for row in counted(AREAS, "homes", [1.0, 2.0])),
        *counted(AREAS, "homes", [3.0, 4.0]),
        *counted(AREAS, "carers", [5.0, 6.0]),
        *counted(AREAS, "cats", [7.0, 8.0]),
    ]
    town = two_periods(
        {"indicator": "noise", "share_of": "homes"}, {"indicator": "poverty", "per": "carers"}
    )
    town = town.having(population=population).city_with(groups=(), baselines=(PEOPLE,))
    rows = collected(town)["population"].to_pylist()
    assert sorted((r["group"], r["count"]) for r in rows) == [
        ("carers", 5.0), ("carers", 6.0), ("homes", 3.0), ("homes", 4.0),
        ("total", 10.0), ("total", 20.0),
    ]  # fmt: skip


def test_a_group_that_is_wanted_twice_is_read_once():
    town = listed(dirty(), {"indicator": "dirt", "share_of": "total", "per": "young"})
    rows = collected(town.city_with(groups=(POVERTY, AGE)))["population"].to_pylist()
    keys = [(row["group"], row["area_id"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_group_without_a_date_is_read():
    population = [{**row, "vintage": None} for row in counted(AREAS, "homes", [3.0, None])]
    town = two_periods({"indicator": "noise", "share_of": "homes"}).having(population=population)
    rows = collected(town)["population"].to_pylist()
    assert [(r["area_id"], r["count"]) for r in rows] == [("A0000", 3.0)]


def test_other_tables_are_read_with_the_columns_that_are_used():
    found = collected(everything())
    assert tuple(found["past_initiatives"].column_names) == PAST_COLUMNS
    assert set(found["services"].column_names) == {"kind", "opened", "closed"}
    assert "about" in found["initiative_accounts"].column_names


def test_what_is_not_there_is_not_asked_for():
    town = dirty().without("population", "indicators", "sites", "areas")
    assert collected(town) == {}


def test_names_are_values_and_not_queries():
    odd = "noise'; drop table needs; --"
    town = two_periods({"indicator": odd}, problems=(replace(DIRT, indicator=odd),))
    assert needs_read(town) == []


def test_the_store_hands_over_what_the_answer_needs():
    """The same findings with and without a store in between."""
    town = everything().setting(**FEW)
    through = QUESTION.answer(collected(town), town.case(QUESTION))
    straight = town.answered(QUESTION)
    assert [one.code for one in through.findings] == [one.code for one in straight.findings]
    first, second = (
        [one for finding in answer.findings for one in finding.estimates]
        for answer in (through, straight)
    )
    assert first == second


def test_a_stated_need_that_is_listed_for_an_older_year_is_told_for_that_year():
    town = dirty()
    old = [
        {**row, "period": "2019", "value": 10 - row["value"]}
        for row in town.rows["indicators"]
        if row["indicator"] == "dirt"
    ]
    town = listed(
        town.having(indicators=[*town.rows["indicators"], *old]),
        {"indicator": "dirt", "period": "2019"},
    ).setting(**FEW)
    answer = QUESTION.answer(collected(town), town.case(QUESTION))
    need = next(one for one in answer.findings if one.code.startswith("need."))
    assert need.code == "need.need_less"
    assert need.parameters["indicator"].parameters["period"] == "2019"
