"""What an effect is worth, put together from rows."""

from __future__ import annotations

import math

import pytest

from evenground.initiative import Option, OptionKind
from evenground.questions.promise.costing import option_costs
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    constant_rate,
)
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.valuing import EstimatedEffect, Terms, worth_of

FREE = constant_rate(0.0)
TODAY = Option(key="as_today", name="As today", kind=OptionKind.AS_TODAY, cost={2026: 10, 2027: 10})
BINS = Option(key="bins", name="Bins", kind=OptionKind.FULL, cost={2026: 50, 2027: 20})
FOUND = EstimatedEffect(effect=Ranged(value=10, low=4, high=18), level=0.95)


def value(amount=2.0, **more):
    return {"promise_id": "B1", "amount": amount, **more}


def told(values, found=FOUND, options=(TODAY, BINS), **terms):
    costs = option_costs(options, schedule=terms.get("schedule", FREE))
    return worth_of(
        costs, promise="B1", values=values, found=found,
        terms=Terms(**{"schedule": FREE, **terms}),
    )  # fmt: skip


def test_by_hand():
    """Costs 70, or 70 x 1.5 and x 2, less the 20 of going on as today; 2 a unit in two years."""
    (one,) = told([value()], uplifts=(1.5, 2.0))
    assert one.option.option is BINS
    assert (one.first_year, one.n_years) == (2026, 2)
    assert one.costs == (85, 120)
    assert one.per_unit == 4
    assert one.break_even == (21.25, 30)
    (alike,) = one.results
    assert alike.elasticity == 0
    assert alike.result.at_p50.net_benefit == Ranged(value=-45, low=-69, high=-13)
    assert not one.without_today
    assert one.turns is None


def test_without_an_effect_there_is_the_break_even_alone():
    (one,) = told([value()], found=None)
    assert one.break_even == (12.5, 12.5)
    assert one.results == ()
    assert one.unit_costs is None


def test_groups_with_incomes_are_weighted_too():
    values = [value(1.0, group="north", income=10_000), value(1.0, group="south", income=40_000)]
    (one,) = told(values, median_income=20_000, elasticity=1.0)
    assert one.groups == ("north", "south")
    assert [two.elasticity for two in one.results] == [0, 0.8, 1, 2]
    weighted = one.results[2].result
    assert weighted.by_group.tolist() == [40, 10]
    assert one.results[0].result.by_group.tolist() == [20, 20]
    assert one.turns.at.tolist() != []
    # An elasticity of 0 is the unweighted one, and stands there once.
    (flat,) = told(values, median_income=20_000, elasticity=0.0)
    assert [two.elasticity for two in flat.results] == [0, 0.8, 2]


@pytest.mark.parametrize(
    "values",
    [
        [value(group="north")],
        [value(group="north", income=0)],
        [value(1.0, income=9), value(1.0, group="s")],
    ],
)  # fmt: skip
def test_without_all_incomes_nothing_is_weighted(values):
    (one,) = told(values, median_income=20_000)
    assert len(one.results) == 1


def test_years_and_options_of_a_value():
    values = [value(5.0, first_year=2027, last_year=2029), value(9.0, option="another")]
    (one,) = told(values)
    assert (one.first_year, one.n_years) == (2026, 4)
    assert one.per_unit == 15


def test_without_a_value_a_unit_has_its_cost():
    (one,) = told([], schedule=FREE, uplifts=(1.0, 2.0))
    lower, higher = one.unit_costs
    assert (lower.value, higher.value) == (50 / 20, 120 / 20)
    assert (lower.high, higher.low) == pytest.approx((50 / 8, 120 / 36))
    (open_,) = told([], found=EstimatedEffect(effect=Ranged(value=1, low=-1, high=2), level=0.9))
    assert [two.reason for two in open_.unit_costs] == ["may_do_nothing"] * 2
    assert math.isinf(open_.unit_costs[1].high)


def test_what_costs_no_more_than_today_has_no_cost_of_a_unit():
    cheap = Option(key="bins", name="Bins", kind=OptionKind.FULL, cost={2026: 5, 2027: 5})
    (one,) = told([], options=(TODAY, cheap))
    assert one.costs == (-10, -10)
    assert one.unit_costs is None


def test_a_value_that_is_a_loss_has_no_effect_from_which_on_it_is_worth_the_cost():
    (one,) = told([value(-2.0)])
    assert one.per_unit == -4
    assert one.break_even is None


def test_nothing_to_say():
    assert told([], found=None) == ()
    assert told([value(None)], found=None) == ()
    assert told([{**value(), "promise_id": "B2"}], found=None) == ()
    bare = Option(key="bins", name="Bins", kind=OptionKind.FULL)
    assert told([value()], options=(TODAY, bare)) == ()


def test_without_the_cost_of_today_it_is_said():
    (one,) = told([value()], options=(BINS,))
    assert one.without_today
    assert one.costs == (70, 70)


def test_a_schedule_that_ends_cuts_the_years():
    short = DiscountSchedule(first_years=(0,), rates=(0.0,), last_year=5)
    (one,) = told([value(last_year=2050)], schedule=short)
    assert one.n_years == 6
