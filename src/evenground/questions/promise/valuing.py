"""What a promise's effect is worth with an option, from rows of values and what options cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.costing import OptionCost, as_today
from evenground.questions.promise.measures.worth.break_even_elasticity import (
    BreakEvenElasticity,
    break_even_elasticity,
)
from evenground.questions.promise.measures.worth.cost_benefit import (
    CostBenefit,
    Stakes,
    cost_benefit,
    present_benefits,
    present_costs,
    stakes,
)
from evenground.questions.promise.measures.worth.cost_effectiveness import (
    CostPerUnit,
    cost_per_unit,
)
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    discount_factors,
)
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.measures.worth.welfare_weights import (
    SENSITIVITY,
    welfare_weights,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How worth is worked out.

    Attributes
    ----------
    schedule
        Discount rates.
    uplifts
        Multiples of an option's costs, the lower and the higher.
    elasticity
        Of the marginal utility of income, 0 or more.
    median_income
        Of all, in the unit of the groups' incomes; 0 where it is not known.
    """

    schedule: DiscountSchedule
    uplifts: tuple[float, float] = (1.0, 1.0)
    elasticity: float = 1.3
    median_income: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedEffect:
    """An estimated effect in the promised direction: more is better; ``level`` is within 0-1."""

    effect: Ranged
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """Cost and benefit at one elasticity; 0 counts all alike."""

    elasticity: float
    result: CostBenefit


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one promise is worth with one option.

    Attributes
    ----------
    option
        Its cost.
    promise
        Code of the promise.
    first_year, n_years
        The years that are looked at; values are those of the first.
    groups, incomes
        Who gains (empty text for all together), and their incomes (missing where not known).
    costs
        Present value of costs beyond today's, at the lower and the higher uplift.
    per_unit
        Present value of one unit of effect, all counted alike; ``None`` without a value.
    break_even
        Effects from which on the benefit exceeds either cost; ``None`` without a value, and where
        a unit of effect brings nothing or a loss.
    results
        Unweighted first, then weighted at the lower, the set and the higher elasticity; empty
        without an effect, and only unweighted without incomes.
    turns
        Where the weighted balance turns at the effect itself and the higher cost.
    unit_costs
        What one unit of effect, kept for a year wherever it applies, costs at the lower and at the
        higher cost; ``None`` where a value is given, nothing came, or it costs no more than today.
    without_today
        Whether the cost of going on as today is not known and nothing was taken off.
    today_years
        First and last year of the cost of going on as today, where it is known.
    price_years
        Years whose prices costs and values are in.
    """

    option: OptionCost
    promise: str
    first_year: int
    n_years: int
    groups: tuple[str, ...]
    incomes: Vector
    costs: tuple[float, float]
    per_unit: float | None
    break_even: tuple[float, float] | None
    results: tuple[Weighted, ...]
    turns: BreakEvenElasticity | None
    unit_costs: tuple[CostPerUnit, CostPerUnit] | None
    without_today: bool
    today_years: tuple[int, int] | None
    price_years: tuple[int, ...]


def worth_of(
    costs: Sequence[OptionCost],
    *,
    promise: str,
    values: Sequence[Row],
    found: EstimatedEffect | None,
    terms: Terms,
) -> tuple[Worth, ...]:
    """Return what a promise is worth with each option but going on as today.

    Options without a known cost are left out; without a value and without an effect so are all.

    Parameters
    ----------
    costs
        What options cost.
    promise
        Code of the promise.
    values
        Rows of ``benefit_values``; those of other promises, and without an amount, are passed over.
    found
        The estimated effect, if there is one.
    terms
        Discount rates, uplifts, elasticity.
    """
    own = [
        row for row in values
        if row.get("promise_id") == promise and row.get("amount") is not None
    ]  # fmt: skip
    told: list[Worth] = []
    for one in costs:
        rows = [row for row in own if row.get("option") in (None, "", one.option.key)]
        if one.is_today or one.lines is None or not (rows or found):
            continue
        told.append(_worth(one, as_today(costs), (promise, rows), found, terms))
    return tuple(told)


def _worth(
    one: OptionCost,
    today: OptionCost | None,
    valued: tuple[str, Sequence[Row]],
    found: EstimatedEffect | None,
    terms: Terms,
) -> Worth:
    promise, rows = valued
    first, n_years = _years(one, rows, terms.schedule)
    instead = np.zeros(n_years) if today is None else today.yearly(first, n_years)
    groups, incomes, benefits = _benefits(one, rows, first, n_years)
    at_stake = stakes(
        benefits, one.yearly(first, n_years), uplifts=terms.uplifts, instead=instead
    )  # fmt: skip
    cost = present_costs(at_stake, schedule=terms.schedule)
    per_unit = float(present_benefits(at_stake, schedule=terms.schedule).sum()) if rows else None
    results = _results(at_stake, incomes, found, terms) if rows and found else ()
    prices = {*one.price_years, *(today.price_years if today else ())}
    prices |= {int(row["price_year"]) for row in rows if row.get("price_year")}
    return Worth(
        option=one,
        promise=promise,
        first_year=first,
        n_years=n_years,
        groups=groups,
        incomes=incomes,
        costs=cost,
        per_unit=per_unit,
        break_even=_break_even(cost, per_unit),
        results=results,
        turns=_turns(results, incomes, terms),
        unit_costs=None if rows or found is None else _unit_costs(cost, found, n_years, terms),
        without_today=today is None,
        today_years=today.years if today else None,
        price_years=tuple(sorted(prices)),
    )


def _break_even(cost: tuple[float, float], per_unit: float | None) -> tuple[float, float] | None:
    if per_unit is None or per_unit <= 0:
        return None
    return cost[0] / per_unit, cost[1] / per_unit


def _years(one: OptionCost, rows: Sequence[Row], schedule: DiscountSchedule) -> tuple[int, int]:
    """Return the first year and how many there are, no more than the schedule speaks of."""
    years = [] if one.lines is None else one.lines.year.tolist()
    stated = [row[name] for row in rows for name in ("first_year", "last_year") if row.get(name)]
    first, last = min((*years, *stated)), max((*years, *stated))
    return first, int(min(last - first, schedule.last_year)) + 1


def _benefits(
    one: OptionCost, rows: Sequence[Row], first: int, n_years: int
) -> tuple[tuple[str, ...], Vector, Vector]:
    """Return groups, their incomes, and money for a unit of effect, shape (n_groups, n_years)."""
    groups = tuple(dict.fromkeys(row.get("group") or "" for row in rows))
    incomes = np.full(len(groups), np.nan)
    money = np.zeros((max(len(groups), 1), n_years))
    years = first + np.arange(n_years)
    own = [first, first + n_years - 1] if one.lines is None else one.lines.year.tolist()
    for row in rows:
        at = groups.index(row.get("group") or "")
        if row.get("income"):
            incomes[at] = row["income"]
        begins, ends = row.get("first_year") or min(own), row.get("last_year") or max(own)
        money[at] += np.where((years >= begins) & (years <= ends), float(row["amount"]), 0.0)
    return groups, incomes, money


def _results(
    at_stake: Stakes, incomes: Vector, found: EstimatedEffect, terms: Terms
) -> tuple[Weighted, ...]:
    elasticities = [0.0]
    if _can_weigh(incomes, terms):
        low, high = SENSITIVITY
        elasticities += sorted({low, terms.elasticity, high} - {0.0})
    told: list[Weighted] = []
    for one in elasticities:
        weights = None
        if one:
            weights = welfare_weights(incomes, terms.median_income, elasticity=one)
        result = cost_benefit(
            found.effect, at_stake, schedule=terms.schedule, weights=weights, confidence=found.level
        )  # fmt: skip
        told.append(Weighted(elasticity=one, result=result))
    return tuple(told)


def _can_weigh(incomes: Vector, terms: Terms) -> bool:
    known = incomes.size > 0 and bool((incomes > 0).all())
    return known and terms.median_income > 0


def _turns(
    results: Sequence[Weighted], incomes: Vector, terms: Terms
) -> BreakEvenElasticity | None:
    if not results or not _can_weigh(incomes, terms):
        return None
    alike = results[0].result
    return break_even_elasticity(
        alike.by_group, alike.at_p80.cost, incomes=incomes, median_income=terms.median_income
    )


def _unit_costs(
    costs: tuple[float, float], found: EstimatedEffect, n_years: int, terms: Terms
) -> tuple[CostPerUnit, CostPerUnit] | None:
    """Return the costs of one unit of effect kept for one year, effects counting as costs do."""
    if costs[1] <= 0:
        return None
    years = float(discount_factors(n_years, terms.schedule).sum())
    effect = found.effect
    kept = Ranged(value=effect.value * years, low=effect.low * years, high=effect.high * years)
    lower, higher = (cost_per_unit(max(cost, 0.0), kept) for cost in costs)
    return lower, higher
