"""A column whose meaning changes: its codes are replaced, or its numbers take another scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evenground.evidence import settled
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.columns.facts import (
    EXACT_ROWS,
    ColumnCheck,
    Facts,
    definition,
    reason,
    union_of,
)
from evenground.questions.data.measures.columns.periods import (
    PERIOD,
    Codes,
    Periods,
    code_counts,
    coded,
    codes_from,
    period_column,
    periods_of,
)
from evenground.questions.data.measures.columns.quantities import as_numbers, quantities

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NAME = "meaning_changes"
SHARED = 0.1
"""Codes are replaced where at most this share of the rows on each side has codes of the other."""
_STABLE = 0.5
"""Codes are a list where at least this share of a period's rows has codes of the period before."""
_ROWS = 20
_OFTEN = 3
_VERY_OFTEN = 10
_TWO = 2
TIMES = 5.0
"""Numbers take another scale where all quarters of them grow or shrink at least so many times …"""
ALIKE = 0.25
"""… and these factors are within this share of one another."""
_QUARTERS = (0.25, 0.5, 0.75)
_MOST = 20


def _asks(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    periods = periods_of(facts)
    if periods is None:
        return {}
    asked: dict[str, ibis.Table] = {}
    counted = code_counts(table, facts, coded(facts, periods), periods)
    if counted is not None:
        asked["codes"] = counted
    numbers = _numbers(facts, periods.column)
    if numbers and facts.n <= EXACT_ROWS:
        asked["quarters"] = union_of(
            [_ranks(_dated(table, facts, periods, column), column.name) for column in numbers]
        )
    return asked


def _dated(table: ibis.Table, facts: Facts, periods: Periods, column: ColumnProfile) -> Any:
    """Return one column as numbers, with the period of each row."""
    period = table.select(
        **{PERIOD: period_column(table, facts, periods), column.name: table[column.name]}
    )
    return as_numbers(period, facts, [column], PERIOD)


def _numbers(facts: Facts, period: str) -> list[ColumnProfile]:
    known = (column for column in quantities(facts) if column.name != period)
    return [column for column in known if column.n_distinct > _VERY_OFTEN][:_MOST]


def _ranks(dated: Any, name: str) -> ibis.Table:
    """Return the quarters of a column's positive numbers in each period, as values that occur.

    Zeros are left out: how many there are says nothing about the scale.
    """
    import ibis

    value = dated[name].abs()
    held = dated.filter(value > 0, dated[PERIOD].notnull()).select(
        period=dated[PERIOD], value=value
    )
    window = ibis.window(group_by="period", order_by="value")
    ranked = held.mutate(
        rank=ibis.row_number().over(window) + 1,
        n=held.value.count().over(ibis.window(group_by="period")),
    )
    quarters = {
        f"q{position}": ranked.value.min(where=ranked["rank"] >= (ranked.n * share).ceil())
        for position, share in enumerate(_QUARTERS)
    }
    return ranked.group_by("period").aggregate(n=ranked.count(), **quarters).mutate(
        column=ibis.literal(name)
    )  # fmt: skip


def meaning_changes(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many times a column took another meaning from one period to the next.

    Its list of codes is replaced (at most ``SHARED`` of the rows before have codes of after, and
    the other way round, while the list otherwise stays); or all quarters of its numbers grow or
    shrink ``TIMES`` times by about the same factor.
    """
    periods = periods_of(facts)
    said = definition(NAME, shared=SHARED, times=TIMES)
    if periods is None or not found:
        why = "one_period" if periods is None else "no_codes"
        return Check.not_established(NAME, unit="columns", definition=said, reason=reason(why))
    held = list(codes_from(found["codes"])) if "codes" in found else []
    changes = [one for codes in held for one in replaced(codes, held)]
    if "quarters" in found:
        changes += rescaled(found["quarters"])
    changes.sort(key=lambda one: (one["column"], one["from_period"]))
    columns = dict.fromkeys(one["column"] for one in changes)
    return Check.counted(NAME, len(columns), unit="columns", definition=said).showing(
        by=periods.by, by_column=periods.column, columns=list(columns), changes=changes
    )


def replaced(codes: Codes, others: Sequence[Codes]) -> Iterator[dict[str, Any]]:
    """Yield where the list of codes of a column is replaced wholesale.

    Parameters
    ----------
    codes
        The column.
    others
        All columns; one whose earlier codes are those that came is named.
    """
    order = [period for period in codes.periods if codes.rows([period])]
    if not _is_list(codes, order):
        return
    for at in range(1, len(order)):
        sides = order[:at], order[at:]
        before, after = codes.values(sides[0]), codes.values(sides[1])
        usual = all(sum(one.values()) >= max(_ROWS, _OFTEN * len(one)) for one in (before, after))
        shares = (_share(before, after), _share(after, before))
        if usual and max(shares) <= SHARED:
            yield {
                "column": codes.column, "what": "codes_replaced", "from_period": order[at],
                "until_period": order[at - 1], "before": _first(before), "after": _first(after),
                "shared": settled(max(shares)), "like": _like(codes, after, sides[0], others),
            }  # fmt: skip


def _share(values: Mapping[str, int], known: Mapping[str, int]) -> float:
    """Return the share of the rows (0-1) whose value is among the known ones."""
    n = sum(values.values())
    return sum(count for value, count in values.items() if value in known) / n if n else 0.0


def _is_list(codes: Codes, order: Sequence[str]) -> bool:
    """Whether codes usually stay from one period to the next, and do not merely name the period."""
    if len(order) > _TWO:
        shares = (_share(codes.values([b]), codes.values([a])) for a, b in pairwise(order))
        return any(share >= _STABLE for share in shares)
    values = codes.values(order)
    few = sum(values.values()) >= _VERY_OFTEN * len(values)
    return few and not any(period[:4] in value for period in order for value in values)


def _like(
    codes: Codes, after: Mapping[str, int], before: Sequence[str], others: Sequence[Codes]
) -> str:
    """Return the column that had the codes before which came into this one; empty if none did."""
    alike = {
        other.column: _share(after, other.values(before))
        for other in others
        if other.column != codes.column
    }
    best = max(alike, key=lambda name: (alike[name], name), default="")
    return best if best and alike[best] >= 1 - SHARED else ""


def _first(values: Mapping[str, int], most: int = 8) -> list[str]:
    return sorted(values, key=lambda value: (-values[value], value))[:most]


def rescaled(found: pa.Table) -> list[dict[str, Any]]:
    """Return where the numbers of a column take another scale from one period to the next."""
    by_column: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(found.to_pylist(), key=_period):
        if row["n"] >= _ROWS:
            by_column.setdefault(str(row["column"]), []).append(row)
    changes: list[dict[str, Any]] = []
    for column, rows in by_column.items():
        for before, after in pairwise(rows):
            factors = [after[f"q{q}"] / before[f"q{q}"] for q in range(len(_QUARTERS))]
            low, high = min(factors), max(factors)
            if (low >= TIMES or high <= 1 / TIMES) and high - low <= ALIKE * high:
                changes.append(
                    {
                        "column": column, "what": "another_scale",
                        "from_period": str(after["period"]), "until_period": str(before["period"]),
                        "factor": settled(factors[1]), "median_before": settled(before["q1"]),
                        "median_after": settled(after["q1"]),
                    }
                )  # fmt: skip
    return changes


def _period(row: Mapping[str, Any]) -> str:
    return str(row["period"])


CHECKS = (ColumnCheck(name=NAME, asks=_asks, finds=meaning_changes),)
