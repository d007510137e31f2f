"""Categories that are new or gone from one period to the next."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.facts import (
    ColumnCheck,
    Facts,
    definition,
    reason,
)
from evenground.questions.data.measures.columns.periods import (
    Codes,
    code_counts,
    coded,
    codes_from,
    periods_of,
)

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NAME = "category_changes"
CHANCE = 0.001
"""How likely it may be that a category is missing in the other periods by chance."""
LEAST = 5
"""Fewer rows make no category that could be missed."""
_EXACT = 2_000
"""With more rows the likelihood is beyond all doubt."""
_LISTED = 200
_OFTEN = 8


def _asks(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    periods = periods_of(facts)
    if periods is None:
        return {}
    listed = [one for one in coded(facts, periods) if one.n_filled >= _OFTEN * one.n_distinct]
    counted = code_counts(table, facts, listed, periods)
    return {} if counted is None else {"codes": counted}


def category_changes(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many categories are new in a period, or gone after one.

    A category is new in the period where it is first, gone after the one where it is last. It is
    counted if it has at least ``LEAST`` rows, and they would lie in these periods by chance alone
    with a likelihood below ``CHANCE`` (rows dealt out at random).
    """
    periods = periods_of(facts)
    said = definition(NAME, chance=CHANCE, least=LEAST, by=periods.by if periods else "")
    if periods is None or "codes" not in found:
        why = "one_period" if periods is None else "no_codes"
        return Check.not_established(NAME, unit="categories", definition=said, reason=reason(why))
    changes = [one for codes in codes_from(found["codes"]) for one in changed(codes)]
    changes.sort(key=lambda one: (one["column"], one["period"], one["what"], one["category"]))
    return Check.counted(NAME, len(changes), unit="categories", definition=said).showing(
        by=periods.by, by_column=periods.column, changes=changes[:_LISTED],
        new=sum(one["what"] == "new" for one in changes),
        gone=sum(one["what"] == "gone" for one in changes),
    )  # fmt: skip


def changed(codes: Codes) -> Iterator[dict[str, Any]]:
    """Yield the categories of a column that are new or gone, each with its period and rows."""
    order = [period for period in codes.periods if codes.rows([period])]
    for value in sorted(codes.values(order)):
        there = [p for p, period in enumerate(order) if value in codes.counts.get(period, {})]
        first, last = there[0], there[-1]
        held = order[first : last + 1]
        n, n_held = codes.values(held)[value], codes.rows(held)
        for what, others, at in (("new", order[:first], first), ("gone", order[last + 1 :], last)):
            if n >= LEAST and others and by_chance(n, n_held, codes.rows(others)) < CHANCE:
                yield {
                    "column": codes.column, "category": value, "what": what, "period": order[at],
                    "rows": n,
                }  # fmt: skip


def by_chance(n: int, n_held: int, n_others: int) -> float:
    """Return how likely it is that ``n`` rows dealt out at random all fall among ``n_held``.

    The other ``n_others`` rows get none of them: the hypergeometric probability of zero.
    """
    missed = sum(
        math.log(n_held - one) - math.log(n_held + n_others - one) for one in range(min(n, _EXACT))
    )
    return math.exp(missed)


CHECKS = (ColumnCheck(name=NAME, asks=_asks, finds=category_changes),)
