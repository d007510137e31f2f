"""What is asked of a table to see what changes in it: few rows by period, on any engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from evenground.questions.data.measures.changes.looked_at import LookedAt, looked_at
from evenground.questions.data.measures.changes.periods import (
    FILE,
    PERIOD,
    Period,
    file_period,
    period_column,
    period_times,
    with_period,
)
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.writings import writing_of
from evenground.questions.data.measures.plain_numbers import number_in
from evenground.questions.data.measures.roles import Roles

if TYPE_CHECKING:
    import ibis

PERIODS, TIMES = "changes_periods", "changes_times"
CATEGORIES, FORMS = "changes_categories", "changes_forms"
LONGEST = 40
"""Longer texts count as of this length."""
QUARTERS = (0.25, 0.5, 0.75)
_CODE = "^ *[A-Z0-9][A-Z0-9_./-]{0,11} *$"


def periods_of(
    profiles: Sequence[ColumnProfile], roles: Roles, files: Collection[str] = ()
) -> Period | None:
    """Return what makes the periods of a table: a column of it, else its files if they are dated.

    A column comes first, so that it does not matter how rows are spread over files.
    """
    return period_column(profiles, roles) or file_period(files)


def asked(
    table: ibis.Table,
    profiles: Sequence[ColumnProfile],
    roles: Roles,
    *,
    files: Collection[str] = (),
    read: Collection[str] = (),
) -> Mapping[str, ibis.Table]:
    """Return what to run, by name; nothing where rows belong to no periods.

    Parameters
    ----------
    table
        The rows as they were profiled; with ``FILE`` where there are several files.
    profiles, roles
        What its columns hold and stand for.
    files
        Names of its files.
    read
        Columns that are read already in ``table``: numbers as float64, times as microseconds.

    Returns
    -------
    Mapping
        ``PERIODS`` (a row a period), ``TIMES`` (when each is), ``CATEGORIES`` (a row for each
        category in a period), ``FORMS`` (a row for each form and length of text in a period),
        where there is any.
    """
    period = periods_of(profiles, roles, files)
    if period is None or (period.column == FILE and FILE not in table.columns):
        return {}
    rows = with_period(table, period, read=read)
    looked = looked_at(profiles, roles, period)
    found = {PERIODS: _periods(rows, looked)}
    times = period_times(rows, profiles, period, read)
    if times is not None:
        found[TIMES] = times
    if looked.categories:
        found[CATEGORIES] = _categories(rows, looked.categories)
    texts = [one for one in looked.forms if rows[one.name].type().is_string()]
    if texts:
        found[FORMS] = _forms(rows, texts)
    return found


def _periods(rows: ibis.Table, looked: LookedAt) -> ibis.Table:
    """Return per period how many rows there are, and figures of each column by its position."""
    figures: dict[str, Expression] = {"n_rows": rows.count()}
    for column in looked.presence:
        figures[f"{column.position}_filled"] = _is_filled(rows[column.name]).sum()
    for column in looked.numbers:
        number = number_in(rows[column.name], column)
        figures |= {f"{column.position}_{name}": one for name, one in _scale(number).items()}
    return rows.group_by(period=rows[PERIOD]).aggregate(**figures)


def _is_filled(value: Expression) -> Expression:
    kind = value.type()
    if kind.is_string():
        return value.notnull() & value.re_search("[^ \\t\\r\\n]")
    return value.notnull() & ~value.isnan() if kind.is_floating() else value.notnull()


def _scale(number: Expression) -> Mapping[str, Expression]:
    import ibis

    size: Expression = ibis.ifelse(number == 0, ibis.null("float64"), number.abs())
    quarters = size.quantile(list(QUARTERS))
    return {"sized": size.count(), "total": size.sum(), "quarters": quarters}


def _grouped(rows: ibis.Table, columns: Sequence[ColumnProfile]) -> ibis.Table:
    """Return how often each different text of each column is there in each period."""
    import ibis

    counted: list[ibis.Table] = []
    for column in columns:
        value = _written(rows[column.name])
        texts = rows.group_by(period=rows[PERIOD], value=value).aggregate(n=rows.count())
        counted.append(
            texts.filter(texts["value"].notnull()).select(
                position=ibis.literal(column.position, "int64"),
                period=texts["period"],
                value=texts["value"],
                n=texts["n"].cast("int64"),
            )
        )
    return ibis.union(*counted) if len(counted) > 1 else counted[0]


def _categories(rows: ibis.Table, columns: Sequence[ColumnProfile]) -> ibis.Table:
    texts = _grouped(rows, columns)
    return texts.mutate(**_looks(texts["value"]))


def _forms(rows: ibis.Table, columns: Sequence[ColumnProfile]) -> ibis.Table:
    """Return how often a column's texts have which form and length in each period."""
    texts = _grouped(rows, columns)
    by = {name: texts[name] for name in ("position", "period")} | _looks(texts["value"])
    n: Expression = texts["n"]
    return texts.group_by(**by).aggregate(n=n.sum().cast("int64"))


def _looks(value: Expression) -> dict[str, Expression]:
    """Return what a text looks like: the writing, whether it may be a code, how long it is."""
    import ibis

    return {
        "looks": writing_of(value),
        "code": value.re_search(_CODE),
        "length": ibis.least(value.re_replace("^ +| +$", "").length(), LONGEST).cast("int64"),
    }


def _written(value: Expression) -> Expression:
    """Return a category as text; whole numbers without a point."""
    kind = value.type()
    if kind.is_string():
        return value
    return value.cast("int64").cast("string") if kind.is_numeric() else value.cast("string")
