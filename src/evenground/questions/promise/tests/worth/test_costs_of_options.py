"""What options cost, put together from rows and the initiative's sheet."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.initiative import Option, OptionKind
from evenground.questions.promise.costing import as_today, option_costs
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    constant_rate,
)

FREE = constant_rate(0.0)
TODAY = Option(key="as_today", name="As today", kind=OptionKind.AS_TODAY, cost={2026: 10, 2027: 10})
BINS = Option(
    key="bins", name="Bins", kind=OptionKind.FULL, cost={2026: 100, 2027: 30, 2028: 30},
    price_year=2026, cost_of_leaving=25, terms="Prices rise",
)  # fmt: skip


def line(year, kind, amount=None, option="bins", **more):
    return {"option": option, "year": year, "kind": kind, "amount": amount, **more}


def term(about, words="so", option="bins"):
    return {"option": option, "about": about, "words": words}


def test_the_sheet_alone():
    today, bins = option_costs([TODAY, BINS], schedule=FREE)
    assert today.is_today
    assert bins.cost.total.value == 100 + 30 + 30 + 25
    assert bins.years_as_total == (2026, 2027, 2028)
    assert bins.not_given == ()  # a total may hold all of it
    assert bins.terms == (("other", "Prices rise"),)
    assert bins.terms_not_given == (
        "data_ownership", "dependence", "notice", "handover",
    )  # fmt: skip
    assert bins.price_years == (2026,)
    assert bins.leaving.leaving_cost == 25
    assert not bins.is_complete
    assert as_today([today, bins]) is today


def test_lines_take_the_place_of_the_years_that_they_are_of():
    rows = [line(2026, "purchase", 80), line(2026, "subscription", 30), line(2027, "maintenance")]
    (bins,) = option_costs([BINS], lines=rows, schedule=FREE)
    assert bins.years_as_total == (2028,)
    assert bins.years_that_differ == (2026,)  # 110 in lines, 100 on the sheet
    assert bins.cost.total.value == 80 + 30 + 30 + 25
    assert bins.cost.n_unknown == 1
    assert bins.yearly(2025, 5).tolist() == [0, 110, 0, 55, 0]


def test_an_option_with_all_that_should_be_known():
    rows = [line(2026, kind, 1.0) for kind in ("purchase", "subscription", "maintenance", "staff")]
    rows.append(line(2030, "leaving", 5.0))
    said = [
        term(one)
        for one in ("data_ownership", "dependence", "cost_of_leaving", "notice", "handover")
    ]
    (bins,) = option_costs(
        [Option(key="bins", name="Bins", kind=OptionKind.FULL)],
        lines=rows, terms=said, schedule=FREE,
    )  # fmt: skip
    assert bins.is_complete
    assert bins.leaving.leaving_cost == 5


def test_what_lacks_a_kind_is_named():
    (bins,) = option_costs(
        [Option(key="bins", name="Bins", kind=OptionKind.FULL)],
        lines=[line(2026, "purchase", 9.0)],
        schedule=FREE,
    )
    assert bins.not_given == ("subscription", "maintenance", "staff", "leaving")


def test_rows_without_option_year_or_kind_are_none_and_strangers_come_last():
    rows = [
        line(None, "staff", 1), line(2026, None, 1), line(2026, "staff", 1, option=None),
        line(2026, "staff", 7, option="other way"),
    ]  # fmt: skip
    found = option_costs([TODAY], lines=rows, schedule=FREE)
    assert [one.option.key for one in found] == ["as_today", "other way"]
    assert found[1].option.name == "other way"
    assert found[1].cost.total.value == 7


def test_ranges_that_miss_their_amount_and_years_out_of_reach():
    rows = [
        line(2026, "staff", 5, low=6, high=9), line(2026, "purchase", 5, low=4, high=9),
        line(2040, "staff", 5),
    ]  # fmt: skip
    short = DiscountSchedule(first_years=(0,), rates=(0.0,), last_year=10)
    (bins,) = option_costs(
        [Option(key="bins", name="Bins", kind=OptionKind.FULL)], lines=rows, schedule=short
    )
    assert (bins.n_crossed, bins.n_beyond) == (1, 1)
    total = bins.cost.total
    assert (total.value, total.low, total.high) == (10, 9, 14)


def test_nothing_given():
    (bins,) = option_costs(
        [Option(key="bins", name="Bins", kind=OptionKind.FULL)], schedule=FREE
    )  # fmt: skip
    assert bins.cost is None
    assert bins.leaving is None
    assert not bins.is_complete
    assert bins.yearly(2026, 3).tolist() == [0, 0, 0]


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_the_unit_of_money_and_the_order_of_rows_do_not_matter(unit):
    rows = [
        line(2026 + n, kind, 10.0 * (n + 1))
        for n, kind in enumerate(("purchase", "staff", "subscription"))
    ]
    schedule = constant_rate(0.035)
    (first,) = option_costs([BINS], lines=rows, schedule=schedule)
    scaled = [{**row, "amount": row["amount"] * unit} for row in reversed(rows)]
    leaving = Option(
        key="bins", name="Bins", kind=OptionKind.FULL, cost_of_leaving=25 * unit
    )  # fmt: skip
    (second,) = option_costs([leaving], lines=scaled, schedule=schedule)
    assert second.cost.discounted.value == pytest.approx(
        first.cost.discounted.value * unit, rel=1e-10
    )
    assert np.allclose(second.leaving.saved, first.leaving.saved * unit, rtol=1e-10, atol=0)


def test_where_nothing_is_bought_there_is_no_contract_to_leave():
    way = Option(
        key="rounds", name="Another round", kind=OptionKind.WITHOUT_NEW_TECHNOLOGY, cost={2026: 5}
    )
    (found,) = option_costs([way], schedule=FREE)
    assert not found.is_bought
    assert found.terms_not_given == ()
    assert found.is_complete
