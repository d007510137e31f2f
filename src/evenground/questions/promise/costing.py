"""What options cost, from rows of costs and terms and from what the initiative's sheet says.

A year with lines counts by its lines; a year without any counts by the sheet's total, as far as
there is one. The sheet's cost of leaving falls in the last year, where no line says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenground.initiative import Option, OptionKind
from evenground.methods.validation import Vector
from evenground.questions.promise.measures.worth.cost_of_leaving import (
    Leaving,
    cost_of_leaving,
    terms_not_given,
)
from evenground.questions.promise.measures.worth.discounting import DiscountSchedule
from evenground.questions.promise.measures.worth.whole_life_cost import (
    KINDS,
    CostLines,
    WholeLifeCost,
    by_year,
    cost_lines,
    filled,
    whole_life_cost,
)

Row = Mapping[str, Any]
Line = tuple[int, str, float, float, float]
_NAN = float("nan")
_NOTHING_BOUGHT = (OptionKind.AS_TODAY, OptionKind.WITHOUT_NEW_TECHNOLOGY)
_ROUNDING = 0.005
"""Sums that are nearer to each other than this part of them are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionCost:
    """What one option costs and what it says about leaving it.

    Attributes
    ----------
    option
        As the initiative describes it; one that it does not describe has its code for a name.
    lines, cost, leaving
        Lines of cost, their sums, and leaving year by year; ``None`` where no cost is given.
    terms
        What it says about leaving: what the term is about, and its words.
    terms_not_given
        What it says nothing about, in words or by an amount; none where nothing new is bought.
    years_as_total
        Years of which only the sheet's total is known: nobody says what it is paid for.
    years_that_differ
        Years in which lines and the sheet's total are not the same sum.
    price_years
        Years whose prices amounts are in, as far as that is said.
    n_crossed
        Lines whose range misses their amount; they count without their range.
    n_beyond
        Lines of years that the discount schedule does not speak of; they are left out.
    """

    option: Option
    lines: CostLines | None
    cost: WholeLifeCost | None
    leaving: Leaving | None
    terms: tuple[tuple[str, str], ...]
    terms_not_given: tuple[str, ...]
    years_as_total: tuple[int, ...]
    years_that_differ: tuple[int, ...]
    price_years: tuple[int, ...]
    n_crossed: int = 0
    n_beyond: int = 0

    @property
    def is_today(self) -> bool:
        """Whether it is going on as today."""
        return self.option.kind is OptionKind.AS_TODAY

    @property
    def is_bought(self) -> bool:
        """Whether something new is bought; else there is no contract to leave."""
        return self.option.kind not in _NOTHING_BOUGHT

    @property
    def not_given(self) -> tuple[str, ...]:
        """Kinds of cost that nearly every purchase has and that nobody gives."""
        known = self.cost is not None and self.is_bought and not self.years_as_total
        return self.cost.not_given if known and self.cost else ()

    @property
    def lacks_leaving(self) -> bool:
        """Whether nobody says what leaving costs, though there is a contract to leave."""
        return self.is_bought and (self.leaving is None or self.leaving.leaving_cost is None)

    @property
    def is_the_least(self) -> bool:
        """Whether more is owed than the amounts that are given."""
        unknown = self.cost is not None and self.cost.n_unknown > 0
        return unknown or bool(self.not_given) or self.lacks_leaving

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left out that should be known before a purchase."""
        return (
            self.cost is not None
            and not self.cost.n_unknown
            and not (self.is_bought and self.years_as_total)
            and not self.not_given
            and not self.terms_not_given
        )

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of its cost; ``None`` where none is given."""
        if self.lines is None:
            return None
        return int(self.lines.year.min()), int(self.lines.year.max())

    @property
    def years_unknown(self) -> tuple[int, ...]:
        """Years in which something is owed without an amount."""
        if self.lines is None:
            return ()
        unknown = np.isnan(filled(self.lines)[0])
        return tuple(sorted(set(self.lines.year[unknown].tolist())))

    def is_least(self, year: int, *, paid: bool) -> bool:
        """Tell whether more is owed than is known: up to a year's end, else after it."""
        return self.lacks_leaving or any(
            one <= year if paid else one > year for one in self.years_unknown
        )

    def yearly(self, first: int, n_years: int) -> Vector:
        """Return what is known of its cost in each year from ``first`` on, shape (n_years,)."""
        if self.lines is None:
            return np.zeros(n_years)
        amount = filled(self.lines)[0]
        at = self.lines.year - first
        counts = np.isfinite(amount) & (at >= 0) & (at < n_years)
        return by_year(at[counts], amount[counts], n_years=n_years)


def option_costs(
    options: Sequence[Option],
    *,
    lines: Sequence[Row] = (),
    terms: Sequence[Row] = (),
    schedule: DiscountSchedule,
) -> tuple[OptionCost, ...]:
    """Return what each option costs, in the order of the sheet; options only in rows come last.

    Parameters
    ----------
    options
        As the initiative describes them.
    lines, terms
        Rows of ``cost_lines`` and ``exit_terms``; a row without option, year or kind is none.
    schedule
        Discount rates.
    """
    given = [row for row in lines if row.get("option") and row.get("year") and _kind(row)]
    said = [row for row in terms if row.get("option") and row.get("about")]
    known = {one.key: one for one in options}
    for row in (*given, *said):
        key = row["option"]
        known.setdefault(key, Option(key=key, name=key, kind=OptionKind.OTHER))
    costed = [
        _costed(
            one,
            [row for row in given if row["option"] == one.key],
            [row for row in said if row["option"] == one.key],
            schedule,
        )
        for one in known.values()
    ]
    return tuple(_with_leaving(one, _instead(costed, one), schedule) for one in costed)


def described(costs: Sequence[OptionCost], options: Sequence[Option]) -> tuple[str, ...]:
    """Return the codes of those options that the initiative describes."""
    keys = {one.key for one in options}
    return tuple(one.option.key for one in costs if one.option.key in keys)


def as_today(costs: Sequence[OptionCost]) -> OptionCost | None:
    """Return going on as today, if its cost is given."""
    return next((one for one in costs if one.is_today and one.lines is not None), None)


def _kind(row: Row) -> bool:
    return row.get("kind") in KINDS


def _costed(
    option: Option, rows: Sequence[Row], terms: Sequence[Row], schedule: DiscountSchedule
) -> OptionCost:
    lines, as_total = _lines(option, rows)
    first = min((line[0] for line in lines), default=0)
    kept = [line for line in lines if line[0] - first <= schedule.last_year]
    sound = [_uncrossed(line) for line in kept]
    held = _held(sound)
    said = _terms(option, terms)
    about = {one for one, _ in said}
    if any(line[1] == "leaving" and line[2] == line[2] for line in lines):
        about.add("cost_of_leaving")
    prices = {int(row["price_year"]) for row in rows if row.get("price_year")}
    if (as_total or not rows) and option.price_year:
        prices.add(option.price_year)
    bought = option.kind not in _NOTHING_BOUGHT
    return OptionCost(
        option=option,
        lines=held,
        cost=None if held is None else whole_life_cost(held, schedule=schedule),
        leaving=None,
        terms=said,
        terms_not_given=terms_not_given(tuple(about)) if bought else (),
        years_as_total=as_total,
        years_that_differ=_that_differ(option, rows),
        price_years=tuple(sorted(prices)),
        n_crossed=sum(one != other for one, other in zip(kept, sound, strict=True)),
        n_beyond=len(lines) - len(kept),
    )


def _lines(option: Option, rows: Sequence[Row]) -> tuple[list[Line], tuple[int, ...]]:
    """Return all lines, and the years of which only a total is known."""
    lines: list[Line] = [
        (
            int(row["year"]), str(row["kind"]),
            _number(row, "amount"), _number(row, "low"), _number(row, "high"),
        )
        for row in rows
    ]  # fmt: skip
    with_lines = {line[0] for line in lines if line[1] != "leaving"}
    as_total = tuple(sorted(set(option.cost) - with_lines))
    lines += [(year, "other", float(option.cost[year]), _NAN, _NAN) for year in as_total]
    leaves = any(line[1] == "leaving" for line in lines)
    if option.cost_of_leaving is not None and lines and not leaves:
        last = max(line[0] for line in lines)
        lines.append((last, "leaving", float(option.cost_of_leaving), _NAN, _NAN))
    return lines, as_total


def _that_differ(option: Option, rows: Sequence[Row]) -> tuple[int, ...]:
    sums: dict[int, float] = {}
    for row in rows:
        if row["kind"] != "leaving":
            sums[row["year"]] = sums.get(row["year"], 0.0) + _number(row, "amount")
    return tuple(
        year
        for year, total in sorted(sums.items())
        if year in option.cost and abs(total - option.cost[year]) > _ROUNDING * abs(total)
    )


def _uncrossed(line: Line) -> Line:
    year, kind, amount, low, high = line
    crossed = low > amount or amount > high or low > high
    return (year, kind, amount, _NAN, _NAN) if crossed else line


def _held(lines: Sequence[Line]) -> CostLines | None:
    if not lines:
        return None
    year, kind, amount, low, high = zip(*lines, strict=True)
    return cost_lines(year, kind, amount=amount, low=low, high=high)


def _terms(option: Option, rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    said = [(str(row["about"]), row.get("words") or "") for row in rows]
    about = {one for one, _ in said}
    if option.leaving and "cost_of_leaving" not in about:
        said.append(("cost_of_leaving", option.leaving))
    if option.terms and "other" not in about:
        said.append(("other", option.terms))
    return tuple((one, words) for one, words in said if words)


def _instead(costed: Sequence[OptionCost], one: OptionCost) -> Vector:
    """Return what going on as today costs a year; nothing where it is not known or is itself."""
    today = as_today(costed)
    if today is None or today.lines is None or one.is_today:
        return np.zeros(0)
    first, last = int(today.lines.year.min()), int(today.lines.year.max())
    return today.yearly(first, last - first + 1)


def _with_leaving(one: OptionCost, instead: Vector, schedule: DiscountSchedule) -> OptionCost:
    if one.lines is None:
        return one
    left = cost_of_leaving(one.lines, other=instead, schedule=schedule)
    return replace(one, leaving=left)


def _number(row: Row, name: str) -> float:
    value = row.get(name)
    return _NAN if value is None else float(value)
