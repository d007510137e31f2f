"""What an option costs over its whole life, before it is bought and without any outcome data.

Source: ISO 15686-5:2017, life-cycle costing: costs of acquiring, running, maintaining and ending,
in real terms and discounted. Ranges of lines add up end by end: the widest that they allow, since
lines of one contract go wrong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole, vector, wrong
from evenground.questions.promise.measures.worth.discounting import (
    DiscountSchedule,
    discount_factors,
    equivalent_annual_value,
)
from evenground.questions.promise.measures.worth.ranged import Ranged

KINDS = ("purchase", "subscription", "maintenance", "staff", "data", "leaving", "other")
"""What is paid for."""
EXPECTED = ("purchase", "subscription", "maintenance", "staff", "leaving")
"""Kinds that nearly every option has; one without a line is "not given", not 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLines:
    """Lines of one option.

    Attributes
    ----------
    year, shape (n,)
        Calendar year of payment.
    kind
        One of ``KINDS`` for each.
    amount, low, high, shape (n,)
        Money at one year's prices; missing (NaN) where it is owed and nobody knows how much, and
        for ends that are not given.
    """

    year: Whole
    kind: tuple[str, ...]
    amount: Vector
    low: Vector
    high: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLifeCost:
    """What one option costs.

    Attributes
    ----------
    total, discounted
        Sum of all lines that are known, as paid and in values of the first year, with the sum of
        their lower and of their upper ends.
    a_year
        The same amount in every year from the first to the last that is worth as much.
    first_year, by_year, shape (n_years,)
        First year of payment, and money as paid in each from then on.
    by_kind
        Kind and its money as paid, for the kinds with a known amount.
    subscription_share
        Part of the total that is subscription, 0-1; ``None`` without a total above 0.
    not_given
        Expected kinds without a known amount: a total without them is a lower bound.
    n_unknown
        Lines that are owed without an amount.
    n_without_range
        Lines with an amount and no ends; they enter both ends as they are.
    """

    total: Ranged
    discounted: Ranged
    a_year: Ranged
    first_year: int
    by_year: Vector
    by_kind: tuple[tuple[str, float], ...]
    subscription_share: float | None
    not_given: tuple[str, ...]
    n_unknown: int
    n_without_range: int


def cost_lines(
    year: ArrayLike,
    kind: Sequence[str],
    *,
    amount: ArrayLike,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> CostLines:
    """Return checked ``CostLines``.

    Raises
    ------
    UsageError
        If lengths differ, a year is missing, a kind is unknown, or a range misses its amount.
    """
    years = vector("year", year)
    money, least, most = (
        _perhaps(name, given, years.size)
        for name, given in (("amount", amount), ("low", low), ("high", high))
    )
    unknown = sorted(set(kind) - set(KINDS))
    if len(kind) != years.size or unknown:
        raise wrong(
            "cost_kinds",
            N_("{n_kinds} kinds for {n_years} years, unknown: {unknown}; kinds are {known}"),
            n_kinds=len(kind),
            n_years=years.size,
            unknown=", ".join(unknown),
            known=", ".join(KINDS),
        )
    with np.errstate(invalid="ignore"):
        crossed = (least > money) | (money > most) | (least > most)
    if crossed.any():
        at = int(np.flatnonzero(crossed)[0])
        raise wrong(
            "cost_range",
            N_("line {line}: {amount} does not lie between {low} and {high}"),
            line=at,
            amount=float(money[at]),
            low=float(least[at]),
            high=float(most[at]),
        )
    whole = years.astype(np.int64)
    return CostLines(year=whole, kind=tuple(kind), amount=money, low=least, high=most)


def whole_life_cost(lines: CostLines, *, schedule: DiscountSchedule) -> WholeLifeCost:
    """Return what an option costs over its whole life, discounted and not.

    A line with both ends and no amount enters with the middle of them.

    Raises
    ------
    UsageError
        If there is no line, or the schedule does not reach as far.
    """
    if not lines.kind:
        raise wrong("no_cost_lines", N_("there is no line of cost"))
    amount, low, high = filled(lines)
    known = np.isfinite(amount)
    first = int(lines.year.min())
    at = lines.year - first
    factors = discount_factors(int(at.max()) + 1, schedule)[at]
    total = float(amount[known].sum())
    by_kind = tuple(
        (kind, float(amount[known & _is(lines, kind)].sum()))
        for kind in KINDS
        if (known & _is(lines, kind)).any()
    )
    given = dict(by_kind)
    n_years = int(at.max()) + 1
    discounted = _sums(known, amount * factors, low * factors, high * factors)
    return WholeLifeCost(
        total=_sums(known, amount, low, high),
        discounted=discounted,
        a_year=Ranged(
            value=equivalent_annual_value(discounted.value, n_years, schedule),
            low=equivalent_annual_value(discounted.low, n_years, schedule),
            high=equivalent_annual_value(discounted.high, n_years, schedule),
        ),
        first_year=first,
        by_year=by_year(at[known], amount[known], n_years=n_years),
        by_kind=by_kind,
        subscription_share=given.get("subscription", 0.0) / total if total > 0 else None,
        not_given=tuple(kind for kind in EXPECTED if kind not in given),
        n_unknown=int((~known).sum()),
        n_without_range=int((known & np.isnan(lines.low) & np.isnan(lines.high)).sum()),
    )


def filled(lines: CostLines) -> tuple[Vector, Vector, Vector]:
    """Return amounts and ends, each of shape (n,), an end that is not given as the amount."""
    middle = (lines.low + lines.high) / 2
    amount = np.where(np.isnan(lines.amount), middle, lines.amount)
    low = np.where(np.isnan(lines.low), amount, lines.low)
    high = np.where(np.isnan(lines.high), amount, lines.high)
    return amount, low, high


def by_year(at: Whole, amount: Vector, *, n_years: int) -> Vector:
    """Return sums by position of the year, shape (n_years,)."""
    sums = np.zeros(n_years)
    np.add.at(sums, at, amount)
    return sums


def _is(lines: CostLines, kind: str) -> Flags:
    return np.array([one == kind for one in lines.kind])


def _sums(known: Flags, amount: Vector, low: Vector, high: Vector) -> Ranged:
    return Ranged(
        value=float(amount[known].sum()), low=float(low[known].sum()), high=float(high[known].sum())
    )


def _perhaps(name: str, given: ArrayLike | None, size: int) -> Vector:
    values = np.full(size, np.nan) if given is None else np.asarray(given, dtype=np.float64)
    if values.shape != (size,) or np.isinf(values).any():
        raise wrong(
            "array_shape",
            N_("{name} has shape {shape}, expected ({size},), none of it infinite"),
            name=name,
            shape=values.shape,
            size=size,
        )
    return values
