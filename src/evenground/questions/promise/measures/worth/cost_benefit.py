"""Cost-benefit analysis with the effect that was estimated, unweighted beside weighted by income.

Benefits are proportional to the effect and costs do not depend on it, so every interval follows
from that of the effect exactly: nothing is drawn. Costs enter at quantiles of their own class (P50
and P80), never as a mean: overruns of information technology have none (Flyvbjerg, Budzier, Lee,
Keil, Lunn and Bester 2022, Journal of Management Information Systems 39, 607-639).

Sources: HM Treasury (2003), The Green Book, Annex 6 (present values); its edition of 2018,
A3.19-A3.22 (weights: those who pay have the median income; weighted beside unweighted; switching
values).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenground.language import N_
from evenground.methods.validation import Vector, matrix, vector, wrong
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    discount_factors,
)
from evenground.questions.promise.measures.worth.ranged import Ranged


def _nothing() -> Vector:
    return np.zeros(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What an effect is worth to whom, and what it costs, year by year at one year's prices.

    Attributes
    ----------
    benefits, shape (n_groups, n_years)
        Money to each group in each year for one unit of effect; year 0 first.
    costs, shape (n_years,)
        Money as estimated, before any uplift; years in which it brings money in are negative.
    uplifts
        Multiples of the costs: at P50 and at P80 of their class. (1, 1) takes them as estimated.
    instead, shape (n_years,)
        What would be paid without it, by going on as today: taken off, without an uplift.
    """

    benefits: Vector
    costs: Vector
    uplifts: tuple[float, float] = (1.0, 1.0)
    instead: Vector = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What an option is worth at one level of cost.

    Attributes
    ----------
    cost
        Present value of costs, uplift included.
    net_benefit
        Present value of benefits less that of costs.
    ratio
        Benefits divided by costs; ``None`` where costs are not above 0.
    break_even_effect
        Effect at which the net benefit is 0; ``None`` where a unit of effect is worth nothing.
    chance
        Of a net benefit above 0, 0-1, were the effect's error normal on either side.
    """

    cost: float
    net_benefit: Ranged
    ratio: Ranged | None
    break_even_effect: float | None
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBenefit:
    """Cost and benefit at P50 and P80 of cost.

    Attributes
    ----------
    benefit
        Present value of benefits, with the interval of the effect.
    by_group, shape (n_groups,)
        The same by group, at the effect itself.
    at_p50, at_p80
        Balance at either level of cost.
    confidence
        Of all intervals, 0-1: that of the effect.
    """

    benefit: Ranged
    by_group: Vector
    at_p50: Balance
    at_p80: Balance
    confidence: float


def stakes(
    benefits: ArrayLike,
    costs: ArrayLike,
    *,
    uplifts: tuple[float, float] = (1.0, 1.0),
    instead: ArrayLike | None = None,
) -> Stakes:
    """Return checked ``Stakes``.

    Raises
    ------
    UsageError
        If shapes do not fit, a number is missing, or uplifts are negative or fall.
    """
    money = vector("costs", costs, least=-np.inf)
    to_groups = matrix("benefits", benefits, shape=(None, money.size), least=-np.inf)
    if not 0 <= uplifts[0] <= uplifts[1] < np.inf:
        raise wrong(
            "uplifts",
            N_("multiples of cost are {p50} and {p80}; the first is 0 or more, the second no less"),
            p50=uplifts[0],
            p80=uplifts[1],
        )
    today = np.zeros(money.size) if instead is None else instead
    paid = vector("instead", today, size=money.size, least=-np.inf)
    return Stakes(benefits=to_groups, costs=money, uplifts=uplifts, instead=paid)


def cost_benefit(
    effect: Ranged,
    at_stake: Stakes,
    *,
    schedule: DiscountSchedule,
    weights: ArrayLike | None = None,
    confidence: float = 0.95,
) -> CostBenefit:
    """Return what the estimated effect is worth, beside what it costs.

    Parameters
    ----------
    effect
        Estimated effect with its interval, in its own unit: not what was promised.
    at_stake
        Benefits for one unit of effect, costs, and their uplifts.
    schedule
        Discount rates.
    weights, shape (n_groups,)
        What a unit of money counts for to each group; ``None`` counts all alike. Costs are not
        weighted: those who pay are taken to have the median income.
    confidence
        Of the effect's interval, 0-1.

    Raises
    ------
    UsageError
        If the effect's interval does not hold it, shapes do not fit, a number is missing, or the
        schedule does not reach as far.
    """
    _check_effect(effect, confidence)
    to_groups = present_benefits(at_stake, schedule=schedule)
    factors = np.ones_like(to_groups)
    if weights is not None:
        factors = vector("weights", weights, size=to_groups.size)
    per_unit = float(factors @ to_groups)
    p50, p80 = (
        _balance(effect, per_unit, cost, confidence)
        for cost in present_costs(at_stake, schedule=schedule)
    )
    return CostBenefit(
        benefit=_scaled(effect, per_unit),
        by_group=factors * to_groups * effect.value,
        at_p50=p50,
        at_p80=p80,
        confidence=confidence,
    )


def present_benefits(at_stake: Stakes, *, schedule: DiscountSchedule) -> Vector:
    """Return the present value of one unit of effect to each group, shape (n_groups,)."""
    return at_stake.benefits @ discount_factors(at_stake.costs.size, schedule)


def present_costs(at_stake: Stakes, *, schedule: DiscountSchedule) -> tuple[float, float]:
    """Return the present value of costs beyond today's, at P50 and at P80.

    Neither income from it nor what would be paid without it overruns.
    """
    factors = discount_factors(at_stake.costs.size, schedule)
    spent = float(factors @ np.maximum(at_stake.costs, 0))
    less = float(factors @ (np.minimum(at_stake.costs, 0) - at_stake.instead))
    return spent * at_stake.uplifts[0] + less, spent * at_stake.uplifts[1] + less


def _scaled(effect: Ranged, by: float, less: float = 0.0) -> Ranged:
    ends = sorted((by * effect.low - less, by * effect.high - less)) if by else (-less, -less)
    return Ranged(value=by * effect.value - less, low=ends[0], high=ends[1])


def _balance(effect: Ranged, per_unit: float, cost: float, confidence: float) -> Balance:
    at_zero = cost / per_unit if per_unit else None
    if at_zero is None:
        chance = float(cost < 0)
    else:
        above = chance_above(effect, at_zero, confidence=confidence)
        chance = above if per_unit > 0 else 1 - above
    return Balance(
        cost=cost,
        net_benefit=_scaled(effect, per_unit, cost),
        ratio=_scaled(effect, per_unit / cost) if cost > 0 else None,
        break_even_effect=at_zero,
        chance=chance,
    )


def chance_above(effect: Ranged, threshold: float, *, confidence: float) -> float:
    """Return the chance that the effect exceeds a threshold, 0-1.

    Its error is taken as normal on either side, with the spread that its interval has there (the
    two-piece normal of Wallis 2014, Statistical Science 29, 106-112, with half of the mass on
    either side, so that the estimate is the median). One half where an end is infinite.
    """
    below = threshold < effect.value
    width = effect.value - effect.low if below else effect.high - effect.value
    if width == 0 or math.isinf(width):
        known = math.isinf(width) or threshold == effect.value
        return 0.5 if known else float(below)
    spread = width / float(special.ndtri(0.5 + confidence / 2))
    return float(special.ndtr((effect.value - threshold) / spread))


def _check_effect(effect: Ranged, confidence: float) -> None:
    ordered = effect.low <= effect.value <= effect.high and math.isfinite(effect.value)
    if not ordered or not 0 < confidence < 1:
        raise wrong(
            "effect_interval",
            N_(
                "the effect {value} does not lie in its interval {low} to {high}, or its "
                "confidence {confidence} is not within 0-1"
            ),
            value=effect.value,
            low=effect.low,
            high=effect.high,
            confidence=confidence,
        )
