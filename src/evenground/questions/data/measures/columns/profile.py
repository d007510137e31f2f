"""Exact figures of every column of a table, from few lazy aggregates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from evenground.questions.data.measures.columns.column_profile import (
    RESERVED,
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.moments import DAY, Expression, stored_microseconds
from evenground.questions.data.measures.columns.numbers import is_whole
from evenground.questions.data.measures.columns.writings import GARBLED, writing_of

if TYPE_CHECKING:
    import ibis
    import ibis.expr.datatypes as dt
    import pyarrow as pa


Figures: TypeAlias = Mapping[str, Expression]
Narrow: TypeAlias = "Callable[[Sequence[str]], ibis.Table]"
"""Gives a table with some columns (others may be there too), the same rows in any order."""
AT_ONCE = 25
"""Columns whose figures one query works out; wider tables take several."""
AT_ONCE_CUT = 100
"""The same where a store cuts the table for each query."""
_WRITTEN = (Writing.WHOLE.value, Writing.LEADING_ZERO.value, Writing.POINT.value)
_DAY_FIRST = "^ *(1[3-9]|2[0-9]|3[01])[./-]"
_MONTH_FIRST = "^ *[0-9]{1,2}[./-] ?(1[3-9]|2[0-9]|3[01])[./-]"
_ALL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePlan:
    """What to run, and what it is about.

    Attributes
    ----------
    tables
        Lazy tables of a few rows each; any engine may run them in any order.
    columns
        Name and kind of each column of the data, in order.
    exact_distinct
        Whether distinct values are counted exactly.
    """

    tables: tuple[ibis.Table, ...]
    columns: tuple[tuple[str, Holds], ...]
    exact_distinct: bool


def holds(kind: dt.DataType) -> Holds:
    """Return what a column of this type holds."""
    moment = Holds.MOMENT_UTC if getattr(kind, "timezone", None) else Holds.MOMENT
    rules: tuple[tuple[bool, Holds], ...] = (
        (kind.is_string(), Holds.TEXT),
        (kind.is_boolean(), Holds.FLAG),
        (kind.is_integer(), Holds.WHOLE),
        (kind.is_floating() or kind.is_decimal(), Holds.NUMBER),
        (kind.is_date(), Holds.DAY),
        (kind.is_timestamp(), moment),
    )
    return next((one for applies, one in rules if applies), Holds.OTHER)


def profile(
    table: ibis.Table, *, exact_distinct: bool = True, narrow: Narrow | None = None
) -> ProfilePlan:
    """Return what to ask of a table to know its columns.

    Texts are grouped first, so that each different text is looked at once. Where
    ``exact_distinct`` is off, nothing is grouped and distinct values are estimated: for tables of
    many millions of rows, whose distinct values guide guesses only.

    Parameters
    ----------
    table
        Any lazy table; columns that only say where a row is from (``RESERVED``) are left out.
    narrow
        Gives a table with some of the columns only. Ibis handles thousands of columns slowly, so a
        wide table is better cut by its store.

    Returns
    -------
    ProfilePlan
        Run its tables and hand the rows to ``columns_of``.
    """
    columns = [(name, holds(kind)) for name, kind in table.schema().items() if name not in RESERVED]
    placed = [(position, *column) for position, column in enumerate(columns)]
    grouped = [one for one in placed if one[2] is Holds.TEXT and exact_distinct]
    together = [one for one in placed if one not in grouped]
    cut, size = narrow or _as_it_is(table), AT_ONCE_CUT if narrow else AT_ONCE
    tables = [_grouped(cut(_names(part)), part) for part in _parts(grouped, size)]
    tables += [
        _together(cut(_names(part)), part, exact=exact_distinct) for part in _parts(together, size)
    ]
    if not together:
        whole = cut(_names(placed[:1]))
        tables.append(whole.aggregate(n_rows=whole.count()))
    return ProfilePlan(tables=tuple(tables), columns=tuple(columns), exact_distinct=exact_distinct)


def _as_it_is(table: ibis.Table) -> Narrow:
    return lambda _: table


def _names(columns: Sequence[Placed]) -> list[str]:
    return [name for _, name, _ in columns]


Placed: TypeAlias = tuple[int, str, Holds]


def _parts(columns: Sequence[Placed], size: int) -> Iterator[Sequence[Placed]]:
    for first in range(0, len(columns), size):
        yield columns[first : first + size]


def _grouped(table: ibis.Table, columns: Sequence[Placed]) -> ibis.Table:
    """Return one row a column of texts, from its different texts and how often each is there."""
    import ibis

    counted: list[ibis.Table] = []
    for position, name, _ in columns:
        alone = table.select(value=table[name])
        texts = alone.group_by("value").aggregate(n=alone.count())
        counted.append(
            texts.select(
                position=ibis.literal(position, "int64"), value=texts.value, n=texts.n.cast("int64")
            )
        )
    texts = ibis.union(*counted) if len(counted) > 1 else counted[0]
    looked = texts.mutate(looks=writing_of(texts.value))
    figures = _text_figures(looked.value, looked.looks, looked.n)
    return looked.group_by("position").aggregate(distinct=looked.value.count(), **figures)


def _together(table: ibis.Table, columns: Sequence[Placed], *, exact: bool) -> ibis.Table:
    """Return one row with the figures of several columns, each as ``<position>_<figure>``."""
    chosen = table.select(*(name for _, name, _ in columns))
    texts = {
        f"__w{position}": writing_of(chosen[name])
        for position, name, kind in columns
        if kind is Holds.TEXT
    }
    wide = chosen.mutate(**texts) if texts else chosen
    asked: dict[str, Any] = {"n_rows": wide.count()}
    for position, name, kind in columns:
        column = wide[name]
        figures = (
            _text_figures(column, wide[f"__w{position}"], None)
            if kind is Holds.TEXT
            else _FIGURES[kind](column)
        )
        if kind is not Holds.OTHER:
            count = column.nunique() if exact else column.approx_nunique()
            asked[f"{position}_distinct"] = count
        asked |= {f"{position}_{figure}": value for figure, value in figures.items()}
    return wide.aggregate(**asked)


def _text_figures(text: Expression, looks: Expression, weight: Expression) -> Figures:
    """Return the figures of texts; ``weight`` is how often each is there (``None``: once)."""
    import ibis

    def total(condition: Expression) -> Expression:
        counted: Expression = condition if weight is None else ibis.ifelse(condition, weight, 0)
        return counted.sum()

    number = ibis.ifelse(looks.isin(_WRITTEN), text, ibis.null("string")).cast("float64")
    local, words = looks == Writing.LOCAL.value, looks == Writing.WORDS.value
    return {
        "null": total(text.isnull()),
        **{one.value: total(looks == one.value) for one in Writing},
        "month_first": total(local & text.re_search(_MONTH_FIRST)),
        "day_first": total(local & text.re_search(_DAY_FIRST)),
        "garbled": total(words & text.re_search(GARBLED)),
        "first_text": text.min(),
        "last_text": text.max(),
        "shortest": text.length().min(),
        "longest": text.length().max(),
        **_number_figures(number, total),
    }


def _number_figures(number: Expression, total: Callable[[Expression], Expression]) -> Figures:
    return {
        "low": number.min(),
        "high": number.max(),
        "whole_numbers": total(is_whole(number)),
        "negative": total(number < 0),
        "zero": total(number == 0),
        "one": total(number == 1),
        "hundred": total(number == _ALL),
        "in_unit": total(number.between(0, 1)),
        "in_hundred": total(number.between(0, _ALL)),
    }


def _once(condition: Expression) -> Expression:
    return condition.sum()


def _of_whole(column: Expression) -> Figures:
    return {**_presence(column), **_number_figures(column.cast("float64"), _once)}


def _of_number(column: Expression) -> Figures:
    import ibis

    stored = column.cast("float64")
    missing: Expression = stored.isnull() | stored.isnan()
    infinite: Expression = stored.isinf()
    number = ibis.ifelse(missing | infinite, ibis.null("float64"), stored)
    return {
        "null": missing.sum(),
        "infinite": infinite.sum(),
        **_number_figures(number, _once),
    }


def _of_flag(column: Expression) -> Figures:
    return {**_presence(column), "one": column.sum()}


def _of_time(column: Expression) -> Figures:
    moment = stored_microseconds(column)
    return {
        **_presence(column),
        "low": moment.min(),
        "high": moment.max(),
        "midnight": (moment % DAY == 0).sum(),
    }


def _presence(column: Expression) -> Figures:
    return {"null": column.isnull().sum()}


_FIGURES: Mapping[Holds, Callable[[Expression], Figures]] = {
    Holds.WHOLE: _of_whole,
    Holds.NUMBER: _of_number,
    Holds.FLAG: _of_flag,
    Holds.DAY: _of_time,
    Holds.MOMENT: _of_time,
    Holds.MOMENT_UTC: _of_time,
    Holds.OTHER: _presence,
}


def columns_of(plan: ProfilePlan, found: Sequence[pa.Table]) -> tuple[ColumnProfile, ...]:
    """Return the profile of each column from the rows that the plan's tables gave, in any order."""
    values: dict[str, Any] = {}
    for row in (row for table in found for row in table.to_pylist()):
        prefix = f"{row['position']}_" if "position" in row else ""
        values |= {f"{prefix}{figure}": value for figure, value in row.items()}
    return tuple(
        _profile(position, name, kind, values, exact=plan.exact_distinct)
        for position, (name, kind) in enumerate(plan.columns)
    )


def _profile(
    position: int, name: str, kind: Holds, values: Mapping[str, Any], *, exact: bool
) -> ColumnProfile:
    def figure(key: str) -> Any:
        return values.get(f"{position}_{key}")

    def count(key: str) -> int:
        return int(figure(key) or 0)

    low, high = figure("low"), figure("high")
    return ColumnProfile(
        name=name,
        position=position,
        holds=kind,
        n=int(values["n_rows"]),
        n_null=count("null"),
        n_distinct=count("distinct"),
        distinct_exact=exact,
        writings=dict(_written(count)) if kind is Holds.TEXT else {},
        n_month_first=count("month_first"),
        n_day_first=count("day_first"),
        n_garbled=count("garbled"),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        n_whole=count("whole_numbers"),
        n_negative=count("negative"),
        n_zero=count("zero"),
        n_one=count("one"),
        n_hundred=count("hundred"),
        n_in_unit=count("in_unit"),
        n_in_hundred=count("in_hundred"),
        n_infinite=count("infinite"),
        n_midnight=count("midnight"),
        first_text=figure("first_text") or "",
        last_text=figure("last_text") or "",
        shortest=figure("shortest"),
        longest=figure("longest"),
    )


def _written(count: Callable[[str], int]) -> Iterator[tuple[Writing, int]]:
    for one in Writing:
        if n := count(one.value):
            yield one, n
