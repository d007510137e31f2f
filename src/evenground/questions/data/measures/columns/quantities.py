"""Columns of quantities as numbers, whatever they are stored as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from evenground.questions.data.measures.columns.column_profile import (
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.facts import ROW, Facts, flagged, union_of
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.columns.readings import Reading, number_reading
from evenground.questions.data.measures.columns.typing import typed

if TYPE_CHECKING:
    import ibis


def quantities(facts: Facts) -> Iterator[ColumnProfile]:
    """Yield columns of numbers that count or measure: no codes, coordinates or calendar parts."""
    roles = facts.roles
    apart = {roles.x, roles.y, roles.area, roles.row_id, roles.sensor, *facts.time_columns}
    for column in facts.profiles:
        if column.name in apart or number_reading(column) is None or column.is_empty:
            continue
        if column.name in roles.values:
            yield column
            continue
        named = hints(column.name, Hint.COUNT, Hint.SHARE, Hint.MONEY, Hint.TOTAL, Hint.MARGIN)
        coded = hints(column.name, Hint.CALENDAR, Hint.ID, Hint.CODE, Hint.AREA, Hint.SENSOR)
        if named or not (coded or column.written(Writing.LEADING_ZERO)):
            yield column


def counts_of(facts: Facts) -> list[ColumnProfile]:
    """Return the quantities that count: whole and not below zero, no shares or margins."""
    return [
        column
        for column in quantities(facts)
        if not column.n_negative
        and column.n_whole == _n_numbers(column) > 0
        and not hints(column.name, Hint.SHARE, Hint.MARGIN)
    ]


def _n_numbers(column: ColumnProfile) -> int:
    """Count the numbers that the figures of a column are about."""
    if column.holds is Holds.TEXT:
        return column.written(Writing.WHOLE, Writing.LEADING_ZERO, Writing.POINT)
    return column.n - column.n_null - column.n_infinite


def as_numbers(
    table: ibis.Table, facts: Facts, columns: Sequence[ColumnProfile], *more: str
) -> ibis.Table:
    """Return these columns as float64, with what flags need and ``more`` columns, and no others."""
    named = {column.name: column for column in columns}
    besides = [*more, facts.roles.sensor, ROW if facts.has_row else ""]
    kept = [name for name in dict.fromkeys((*named, *besides)) if name in table.columns]
    readings = {name: number_reading(one) or Reading.AS_IT_IS for name, one in named.items()}
    return typed(table.select(*kept), columns, readings)


def flags_of_numbers(
    table: ibis.Table,
    facts: Facts,
    conditions: Mapping[str, tuple[ColumnProfile, Callable[[Expression], Expression]]],
) -> Mapping[str, ibis.Table]:
    """Return ``flags`` for several columns of numbers, each read alone."""
    parts: list[ibis.Table] = []
    for name, (column, condition) in conditions.items():
        read = as_numbers(table, facts, [column])
        parts.append(flagged(read, facts, name, condition(read[name])))
    return {"flags": union_of(parts)} if parts else {}
