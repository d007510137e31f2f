"""Present values with rates that fall as years go by.

Source: HM Treasury (2003), The Green Book, Annex 6 and Table 6.1 (the schedule). Factors multiply
year by year, as in Coverdale (2026), R package greenbook 0.1.0. Years count from 0, the year that
values are told for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, vector, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountSchedule:
    """Real discount rates by the year from the start.

    Attributes
    ----------
    first_years
        First year of each rate; the first one is 0, in order.
    rates
        As many rates a year, above -1 (0.035: 3.5 %).
    last_year
        Last year that the schedule speaks of; infinite where it has no end.
    """

    first_years: tuple[int, ...]
    rates: tuple[float, ...]
    last_year: float = math.inf


def constant_rate(rate: float) -> DiscountSchedule:
    """Return the schedule of one rate (0.035: 3.5 % a year) for ever.

    Raises
    ------
    UsageError
        If the rate is missing or -1 or less.
    """
    return checked(DiscountSchedule(first_years=(0,), rates=(rate,)))


def checked(schedule: DiscountSchedule) -> DiscountSchedule:
    """Return the schedule unchanged.

    Raises
    ------
    UsageError
        If years are out of order or do not start at 0, counts differ, or a rate is -1 or less.
    """
    first, rates = np.asarray(schedule.first_years), np.asarray(schedule.rates, dtype=np.float64)
    in_order = first.size > 0 and first[0] == 0 and bool((np.diff(first) > 0).all())
    if not in_order or first.size != rates.size or not (rates > -1).all():
        raise wrong(
            "discount_schedule",
            N_(
                "years {first} and rates {rates} are no schedule: years start at 0 and rise, each "
                "with a rate above -1"
            ),
            first=schedule.first_years,
            rates=schedule.rates,
        )
    return schedule


def discount_factors(n_years: int, schedule: DiscountSchedule) -> Vector:
    """Return what 1 in each year is worth in year 0, shape (n_years,), 1 in the first.

    ``factor[t] = factor[t - 1] / (1 + rate of year t)``.

    Raises
    ------
    UsageError
        If there is no year, the schedule is none, or it ends before the last year.
    """
    checked(schedule)
    if n_years < 1 or n_years - 1 > schedule.last_year:
        raise wrong(
            "discount_years",
            N_("{n_years} years are asked for; the schedule speaks of 1 to {most}"),
            n_years=n_years,
            most=schedule.last_year + 1,
        )
    years = np.arange(1, n_years)
    at = np.searchsorted(np.asarray(schedule.first_years), years, side="right") - 1
    yearly = 1 / (1 + np.asarray(schedule.rates, dtype=np.float64)[at])
    return np.concatenate([np.ones(1), np.cumprod(yearly, dtype=np.float64)])


def present_value(amounts: ArrayLike, schedule: DiscountSchedule) -> float:
    """Return the value in year 0 of amounts of shape (n_years,), in their unit of money.

    Raises
    ------
    UsageError
        If an amount is missing, or the schedule does not reach as far.
    """
    money = vector("amounts", amounts, least=-np.inf)
    return float(discount_factors(money.size, schedule) @ money)


def equivalent_annual_value(value: float, n_years: int, schedule: DiscountSchedule) -> float:
    """Return the amount that, paid in each of years 0 to ``n_years`` - 1, is worth ``value`` in 0.

    Options with lives of different lengths are compared by it.

    Raises
    ------
    UsageError
        If there is no year, or the schedule does not reach as far.
    """
    if n_years < 1:
        raise wrong("discount_years", N_("{n_years} years are asked for"), n_years=n_years)
    return value / float(discount_factors(n_years, schedule).sum())
