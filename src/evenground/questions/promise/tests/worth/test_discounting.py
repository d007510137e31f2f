from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    constant_rate,
    discount_factors,
    equivalent_annual_value,
    present_value,
)
from evenground.questions.promise.published import discount_schedule

MONEY = st.floats(-1e6, 1e6, allow_subnormal=False)


def test_by_hand():
    half = constant_rate(1.0)
    assert discount_factors(4, half).tolist() == [1.0, 0.5, 0.25, 0.125]
    assert present_value([-10, 8, 16, 0], half) == -10 + 4 + 4


def test_rates_change_with_the_year():
    falling = DiscountSchedule(first_years=(0, 3), rates=(1.0, 0.0))
    assert discount_factors(6, falling).tolist() == [1.0, 0.5, 0.25, 0.25, 0.25, 0.25]


def test_published_factors():
    """ECHA, Guidance on socio-economic analysis, appendix D: 200 EUR at 4 %, by year."""
    factors = discount_factors(101, constant_rate(0.04))
    at = [10, 20, 30, 50, 100]
    assert factors[at].round(4).tolist() == [0.6756, 0.4564, 0.3083, 0.1407, 0.0198]
    assert (200 * factors[at]).round(2).tolist() == [135.11, 91.28, 61.66, 28.14, 3.96]


def test_published_annuities():
    """Nysætervatnet (2026), by R-109/21: 1 a year is worth 19.79 to year 40, then 4.48 to 75."""
    factors = discount_factors(76, discount_schedule("norway").schedule)
    assert round(factors[1:41].sum(), 2) == 19.79
    assert round(factors[41:].sum(), 2) == 4.48


def test_the_british_schedule_has_its_steps():
    factors = discount_factors(302, discount_schedule("uk").schedule)
    assert factors[30] == pytest.approx(1.035**-30, rel=1e-12)
    assert factors[31] == pytest.approx(1.035**-30 / 1.03, rel=1e-12)
    assert factors[76] == pytest.approx(1.035**-30 * 1.03**-45 / 1.025, rel=1e-12)
    assert factors[301] / factors[300] == pytest.approx(1 / 1.01, rel=1e-12)


@given(st.lists(MONEY, min_size=1, max_size=60), st.floats(1e-6, 1e6))
def test_the_unit_of_money_does_not_matter(amounts, unit):
    schedule = discount_schedule("uk").schedule
    scaled = present_value(np.array(amounts) * unit, schedule)
    size = sum(abs(one) for one in amounts) * unit
    assert scaled == pytest.approx(present_value(amounts, schedule) * unit, abs=1e-10 * size)


@given(st.lists(MONEY, min_size=1, max_size=20), st.integers(0, 20), st.floats(0, 0.2))
def test_a_later_start_is_worth_as_much_less(amounts, wait, rate):
    later = present_value([0.0] * wait + amounts, constant_rate(rate))
    now = present_value(amounts, constant_rate(rate))
    size = sum(abs(one) for one in amounts)
    assert later == pytest.approx(now * (1 + rate) ** -wait, abs=1e-12 * size)


@given(st.floats(-1e6, 1e6), st.integers(1, 60))
def test_an_equal_amount_each_year_is_worth_the_same(value, years):
    schedule = discount_schedule("uk").schedule
    each = equivalent_annual_value(value, years, schedule)
    assert present_value([each] * years, schedule) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "schedule",
    [
        DiscountSchedule(first_years=(), rates=()),
        DiscountSchedule(first_years=(1,), rates=(0.03,)),
        DiscountSchedule(first_years=(0, 5, 5), rates=(0.03, 0.02, 0.01)),
        DiscountSchedule(first_years=(0, 5), rates=(0.03,)),
        DiscountSchedule(first_years=(0,), rates=(-1.0,)),
        DiscountSchedule(first_years=(0,), rates=(math.nan,)),
    ],
)
def test_what_is_no_schedule_is_refused(schedule):
    with pytest.raises(UsageError) as caught:
        discount_factors(3, schedule)
    assert caught.value.problems[0].code == "discount_schedule"


def test_nothing_is_said_of_years_that_a_schedule_does_not_speak_of():
    denmark = discount_schedule("denmark").schedule
    assert discount_factors(71, denmark).size == 71
    for years in (0, 72):
        with pytest.raises(UsageError):
            discount_factors(years, denmark)
    with pytest.raises(UsageError):
        equivalent_annual_value(1.0, 0, denmark)
    with pytest.raises(UsageError):
        present_value([1.0, math.nan], denmark)
