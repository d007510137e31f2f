"""What a need is, once read: values, errors, whom it is per, which way is worse, whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from evenground.city import BaselineChoice
from evenground.questions.problem import QUESTION
from evenground.questions.problem.context import context_of
from evenground.tests.scenarios_of_need import DIRT, dirty, listed, littered, two_needs
from evenground.tests.towns import PEOPLE, measured

PEOPLE_BY_AREA = 900 + 25 * np.arange(16)
SE = 60 / 1.645
"""Standard error that the margin of each area's residents stands for, at 90 %."""


def needs_of(town):
    """Return the needs of a town by their key."""
    context = context_of(town.tables(), town.case(QUESTION))
    return {one.key: one for one in context.indicators}


def test_an_average_is_read_as_it_stands():
    one = needs_of(littered([float(i) for i in range(16)], margin=1.645))["dirt"]
    assert one.value.tolist() == list(range(16))
    assert one.error == pytest.approx(np.ones(16), rel=1e-3)
    assert (one.name, one.unit, one.period) == ("dirt", "pieces per 100 m", "2024")
    assert one.whole is None
    assert one.in_need is None
    assert one.all_in_need(0.95) is None


def test_a_count_is_told_per_person_with_the_chance_of_counts_and_of_people():
    """Rate = count / people; its error: sqrt(count + (count / people * error of people)²)."""
    counts = np.array([0.0, *range(4, 19)])
    town = listed(littered(counts.tolist(), margin=0.0), {"indicator": "dirt", "per": "total"})
    one = needs_of(town)["dirt"]
    per = 10_000
    assert one.value == pytest.approx(per * counts / PEOPLE_BY_AREA)
    by_hand = np.sqrt(counts + (counts / PEOPLE_BY_AREA * SE) ** 2) / PEOPLE_BY_AREA
    assert one.error == pytest.approx(per * by_hand, rel=1e-3)
    assert one.unit == "wording:per_many|per=10\u202f000|people=residents"
    assert one.whole is None


def test_a_count_keeps_the_margin_that_it_came_with():
    town = listed(littered([9.0] * 16, margin=3.29), {"indicator": "dirt", "per": "total"})
    one = needs_of(town)["dirt"]
    squares = 9.0 + 2.0**2 + (9.0 / PEOPLE_BY_AREA * SE) ** 2
    assert one.error == pytest.approx(10_000 * np.sqrt(squares) / PEOPLE_BY_AREA, rel=1e-3)


def test_what_a_baseline_counts_is_a_count():
    need = BaselineChoice(key="d", name="dirt", kind="need", indicator="dirt")
    one = needs_of(dirty().city_with(baselines=(PEOPLE, need)))["dirt"]
    assert one.unit.startswith("wording:per_many")


@pytest.mark.parametrize(("unit", "whole"), [("%", 100.0), ("Percent", 100.0), ("share", 1.0)])
def test_a_share_gives_a_number_in_need(unit, whole):
    one = needs_of(littered([0.25 * whole] * 16, margin=0.0, unit=unit))["dirt"]
    assert one.whole == whole
    assert one.in_need == pytest.approx(PEOPLE_BY_AREA / 4)
    n, low, high = one.all_in_need(0.95)
    assert n == pytest.approx(PEOPLE_BY_AREA.sum() / 4)
    apart = 1.959964 * np.sqrt(16 * (SE / 4) ** 2)
    assert (low, high) == (pytest.approx(n - apart, rel=1e-4), pytest.approx(n + apart, rel=1e-4))


def test_the_error_of_a_share_is_in_the_number_in_need():
    one = needs_of(littered([25.0] * 16, margin=1.645, unit="%"))["dirt"]
    n, _, high = one.all_in_need(0.95)
    squares = (PEOPLE_BY_AREA * 0.01) ** 2 + (SE / 4) ** 2
    assert high - n == pytest.approx(1.959964 * np.sqrt(squares.sum()), rel=1e-3)


def test_where_less_is_worse_those_without_are_in_need():
    town = littered([30.0] * 16, unit="%")
    one = needs_of(town.initiative_with(problems=(replace(DIRT, worse_when="less"),)))["dirt"]
    assert one.worse == -1
    assert one.in_need == pytest.approx(0.7 * PEOPLE_BY_AREA)
    assert one.need.tolist() == [-30.0] * 16


def test_the_list_says_which_way_is_worse_before_the_statement_does():
    town = listed(dirty(), {"indicator": "dirt", "worse_when": "less"})
    assert needs_of(town)["dirt"].worse == -1


def test_shares_beyond_none_and_all_count_as_none_and_all():
    one = needs_of(littered([-5.0, 120.0, *[50.0] * 14], unit="%"))["dirt"]
    assert one.in_need[:2].tolist() == [0.0, PEOPLE_BY_AREA[1]]


def test_a_share_of_households_is_one_of_households():
    town = listed(littered([50.0] * 16, unit="%"), {"indicator": "dirt", "share_of": "no_car"})
    one = needs_of(town)["dirt"]
    assert one.people.value.tolist() == [200 + 15 * n for n in range(16)]
    assert one.of == "households"
    assert not one.of_everyone


def test_a_need_of_people_whom_nobody_counted_is_not_known():
    assert needs_of(listed(dirty(), {"indicator": "dirt", "per": "ghosts"})) == {}


def test_needs_listed_for_another_service_are_not_used():
    other = {"indicator": "poverty", "domain": "transport"}
    same = {"indicator": "rats", "domain": "Waste"}
    assert set(needs_of(listed(two_needs(), other, same))) == {"dirt", "rats"}


def test_a_need_for_no_service_is_one_for_any():
    assert set(needs_of(listed(dirty(), {"indicator": "poverty"}))) == {"dirt", "poverty"}


def test_a_stated_need_is_used_whatever_service_the_list_says():
    row = {"indicator": "dirt", "domain": "transport", "name": "litter"}
    assert needs_of(listed(dirty(), row))["dirt"].name == "litter"


def test_what_is_stated_comes_before_what_is_listed():
    town = listed(two_needs(), {"indicator": "rats"}, {"indicator": "dirt"})
    assert list(needs_of(town)) == ["dirt", "rats"]


def test_who_states_a_need_and_who_signs_its_weight_is_kept():
    both = (replace(DIRT, by="city"), DIRT, DIRT)
    found = needs_of(two_needs().initiative_with(problems=both))
    assert found["dirt"].stated_by == ("city", "residents")
    assert found["rats"].stated_by == ()
    assert found["dirt"].signed_by == "the council"
    assert found["dirt"].signed_on == date(2025, 11, 5)
    assert (found["dirt"].weight, found["rats"].weight) == (3.0, 1.0)


def test_areas_without_a_value_or_without_people_are_not_known():
    town = littered([None, *[5.0] * 15])
    rows = [
        {**row, "count": 0} if row["area_id"] == "A0001" else row for row in town.rows["population"]
    ]
    one = needs_of(town.having(population=rows))["dirt"]
    assert one.known.tolist() == [False, False, *[True] * 14]


def test_a_need_without_any_value_is_none():
    assert needs_of(littered([None] * 16)) == {}
    assert needs_of(dirty().initiative_with(problems=())) == {}


def test_rows_in_another_order_are_the_same_need():
    town = dirty()
    rows = town.rows["indicators"]
    turned = needs_of(town.having(indicators=rows[::-1]))["dirt"]
    assert turned.value.tolist() == needs_of(town)["dirt"].value.tolist()


@pytest.mark.parametrize(
    ("units", "told"),
    [(("%", None), "%"), ((None, "%"), "%"), (("%", "share"), ""), ((None, None), "")],
)
def test_the_unit_is_that_of_all_rows_that_state_one(units, told):
    town = littered([50.0] * 16)
    first, *others = (row for row in town.rows["indicators"] if row["indicator"] == "dirt")
    rows = [{**first, "unit": units[0]}, *({**row, "unit": units[1]} for row in others)]
    assert needs_of(town.having(indicators=rows))["dirt"].unit == told


def test_values_of_areas_that_nobody_knows_are_left_out():
    town = dirty()
    more = measured([{"area_id": "nowhere"}], "dirt", [99.0])
    one = needs_of(town.having(indicators=[*town.rows["indicators"], *more]))["dirt"]
    assert np.nanmax(one.value) == 9.0
