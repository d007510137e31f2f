"""What is asked of a table of counts and shares: few rows, on any engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.changes.periods import period_column
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.counted.quantities import (
    Quantities,
    names_total,
    quantities,
)
from evenground.questions.data.measures.plain_numbers import number_in
from evenground.questions.data.measures.roles import Form, Roles

if TYPE_CHECKING:
    import ibis

FIGURES, ROWS, ENDS = "counted_figures", "counted_rows", "counted_ends"
TOTAL_ROWS, FLAGGED = "counted_total_rows", "counted_flagged"
ROW = "__row"
SMALL = 20
"""Fewer people or things below a share are too few to rate."""
MOST_ROWS = 50_000
"""Rows that sums are compared in; of longer tables, as many spread over all of them."""
NEAR = 0.05
"""How far from an end, as a share of the range, the values beside it reach."""
TOTAL = (
    "(?i)^ *((grand |sub-?)?totals?|sum|summa|all|alla|totalt|gesamt|insgesamt|overall|citywide"
    "|whole city|hela (kommunen|staden)|total .*|.* total) *$"
)
_LABELS, _SPREAD, _BOUND = 5, 9_973, 1e12
_HUNDRED = 100.0


def asked(
    table: ibis.Table,
    profiles: Sequence[ColumnProfile],
    roles: Roles,
    *,
    threshold: float = SMALL,
    flags: bool = False,
) -> Mapping[str, ibis.Table]:
    """Return what to run, by name; nothing where no column counts or rates.

    Parameters
    ----------
    table
        The rows as they were profiled.
    profiles, roles
        What its columns hold and stand for.
    threshold
        Smaller bases are too small to rate.
    flags
        Whether the rows behind each count are wanted, too; only tables with ``ROW`` have them.

    Returns
    -------
    Mapping
        ``FIGURES`` (one row), ``ROWS`` (at most ``MOST_ROWS``, where something may add up),
        ``ENDS`` (a row for each share), ``TOTAL_ROWS`` (a row for each period) and ``FLAGGED``.
    """
    held = quantities(profiles, roles)
    found: dict[str, ibis.Table] = {}
    if held.amounts:
        found[FIGURES] = _figures(table, held, threshold)
    if may_add_up(held, roles):
        found[ROWS] = _rows(table, held)
    if held.shares:
        found[ENDS] = _together([_ends(table, one) for one in held.shares])
    if held.labels and held.amounts and roles.form in (Form.COUNTS, Form.ROWS):
        found[TOTAL_ROWS] = _together(list(_total_rows(table, profiles, roles, held)))
    if flags and ROW in table.columns and (held.amounts or held.shares):
        found[FLAGGED] = _together(list(_flagged(table, held, threshold)))
    return found


def may_add_up(held: Quantities, roles: Roles) -> bool:
    """Whether sums are looked for: among counts, or where a column is called a total."""
    named = any(names_total(column) for column in held.amounts)
    return len(held.amounts) > 2 and (roles.form is Form.COUNTS or named)  # noqa: PLR2004 - two parts


def _together(tables: Sequence[ibis.Table]) -> ibis.Table:
    import ibis

    return ibis.union(*tables) if len(tables) > 1 else tables[0]


def _number(table: ibis.Table, column: ColumnProfile) -> Expression:
    return number_in(table[column.name], column)


def _figures(table: ibis.Table, held: Quantities, threshold: float) -> ibis.Table:
    figures: dict[str, Expression] = {"n_rows": table.count()}
    for column in held.amounts:
        number = _number(table, column)
        figures |= {
            f"{column.position}_numbers": number.count(),
            f"{column.position}_whole": (number == number.floor()).sum(),
            f"{column.position}_parts": _is_part(number).sum(),
            f"{column.position}_hundredths": _is_hundredth(number).sum(),
        }
    small = {one.position: _is_small(table, one, held, threshold) for one in held.bases}
    figures |= {f"{position}_small": one.sum() for position, one in small.items()}
    if small:
        figures["any_small"] = _any(list(small.values())).sum()
    return table.aggregate(**figures)


def _is_part(number: Expression) -> Expression:
    """Whether a number is a share of one."""
    return (number > 0) & (number < 1)


def _is_hundredth(number: Expression) -> Expression:
    """Whether a number may be a share of a hundred, with decimals."""
    return (number > 1) & (number < _HUNDRED) & (number != number.floor())


def _is_small(
    table: ibis.Table, base: ColumnProfile, held: Quantities, threshold: float
) -> Expression:
    """Whether a base is too small although something is rated."""
    rated = _any([_number(table, one).notnull() for one in held.rated])
    return ((_number(table, base) < threshold) & rated).fill_null(False)  # noqa: FBT003 - a value


def _any(conditions: Sequence[Expression]) -> Expression:
    import ibis

    found: Expression = ibis.literal(False)  # noqa: FBT003 - a value
    for one in conditions:
        found = found | one
    return found


def _rows(table: ibis.Table, held: Quantities) -> ibis.Table:
    """Return the numbers of rows, each column by its position."""
    numbers = {f"p{one.position}": _number(table, one) for one in held.amounts}
    row = {"row": table[ROW].cast("int64")} if ROW in table.columns else {}
    rows = table.select(**numbers, **row)
    if held.amounts[0].n <= MOST_ROWS:
        return rows
    key = _spread(rows, list(numbers))
    return rows.order_by([key, *(rows[name] for name in numbers)]).limit(MOST_ROWS)


def _spread(rows: ibis.Table, names: Sequence[str]) -> Expression:
    """Return a whole number that has nothing to do with the order of the rows."""
    import ibis

    key: Expression = ibis.literal(0, "int64")
    for name in names:
        number: Expression = rows[name]
        known: Any = ibis.ifelse(number.abs() < _BOUND, number.floor(), 0.0)
        known = known.fill_null(0.0)
        key = (key * 31 + known.cast("int64") % _SPREAD) % _SPREAD
    return key


def top_of(column: ColumnProfile) -> float:
    """Return the largest share that a column can hold: 1 or 100."""
    return 1.0 if column.high is not None and column.high <= 1 else _HUNDRED


def _ends(table: ibis.Table, column: ColumnProfile) -> ibis.Table:
    """Return how many values are exactly at both ends, and how often values beside them are."""
    import ibis

    top = top_of(column)
    values = table.select(value=_number(table, column))
    held: Any = values["value"]
    counted = values.filter(held.between(0, top)).group_by("value").agg(n=ibis._.count())
    value: Any = counted["value"]
    n: Any = counted["n"]
    low = (value > 0) & (value <= NEAR * top)
    high = (value < top) & (value >= (1 - NEAR) * top)
    inside = (value > 0) & (value < top)
    sums = {
        "n_low": (value == 0, n), "n_high": (value == top, n), "near_low": (low, n),
        "near_high": (high, n), "inside": (inside, n),
    }  # fmt: skip
    summed = {name: _where(where, one).sum() for name, (where, one) in sums.items()}
    most = {"most_low": _where(low, n).max(), "most_high": _where(high, n).max()}
    return counted.aggregate(**summed, **most).select(
        position=ibis.literal(column.position, "int64"),
        **{name: ibis._[name].cast("int64") for name in (*summed, *most)},
    )


def _where(condition: Expression, value: Expression) -> Expression:
    import ibis

    return ibis.ifelse(condition, value, 0)


def _total_rows(
    table: ibis.Table, profiles: Sequence[ColumnProfile], roles: Roles, held: Quantities
) -> Iterator[ibis.Table]:
    """Yield, for each column of labels, what rows called a total and all others add up to."""
    import ibis

    period = period_column(profiles, roles)
    by = table[period.column].cast("string") if period else ibis.literal("")
    for label in held.labels[:_LABELS]:
        text: Any = table[label.name]
        total: Expression = text.re_search(TOTAL).fill_null(False)  # noqa: FBT003 - a value
        figures: dict[str, Expression] = {"n_total": total.sum(), "n_rows": table.count()}
        for column in held.amounts:
            number = _number(table, column)
            none = ibis.null("float64")
            of_total: Any = ibis.ifelse(total, number, none)
            of_parts: Any = ibis.ifelse(total, none, number)
            figures[f"{column.position}_total"] = of_total.sum()
            figures[f"{column.position}_parts"] = of_parts.sum()
        grouped = table.group_by(period=by).aggregate(**figures)
        n_total: Any = grouped["n_total"]
        found = grouped.filter(n_total > 0)
        yield found.mutate(position=ibis.literal(label.position, "int64"))


def _flagged(table: ibis.Table, held: Quantities, threshold: float) -> Iterator[ibis.Table]:
    """Yield the cells that may stand behind a count, by check and column."""
    for column in held.amounts:
        number = _number(table, column)
        where = _is_part(number) | _is_hundredth(number)
        yield _cells(table, column, number, where, "percentages_in_counts")
    for column in held.bases:
        small = _is_small(table, column, held, threshold)
        yield _cells(table, column, _number(table, column), small, "small_denominators")
    for column in held.shares:
        number = _number(table, column)
        yield _cells(table, column, number, number.isin([0.0, top_of(column)]), "capped_shares")


def _cells(
    table: ibis.Table, column: ColumnProfile, number: Expression, where: Expression, check: str
) -> ibis.Table:
    import ibis

    cells = table.select(row=table[ROW].cast("int64"), value=number, held=where)
    is_held: Any = cells["held"]
    return cells.filter(is_held).select(
        row=cells["row"],
        value=cells["value"],
        position=ibis.literal(column.position, "int64"),
        check=ibis.literal(check),
    )
