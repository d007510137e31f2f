"""Editions or periods by which a dataset is compared with itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.columns.column_profile import (
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.facts import FILE, Facts
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.columns.readings import Reading, time_reading
from evenground.questions.data.measures.columns.times import parts_from

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

MOST_PERIODS = 60
MOST_CODES = 200
"""Different values up to which a column is taken for a list of codes."""
COLUMNS = 60
PERIOD = "__period"
_OFTEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """How rows are put into periods.

    ``by`` is ``file``, ``edition``, ``period`` (a column that says it) or ``year`` (of the time of
    a row); ``column`` the column that it comes from.
    """

    by: str
    column: str


def periods_of(facts: Facts) -> Periods | None:
    """Return how the rows are put into periods, if there are at least two of them."""
    if facts.has_file:
        return Periods(by="file", column=FILE)
    usable = [one for one in facts.profiles if 1 < one.n_distinct <= MOST_PERIODS]
    editions = [one.name for one in usable if hints(one.name, Hint.EDITION)]
    if editions:
        return Periods(by="edition", column=editions[0])
    time = facts.time_columns[0] if facts.time_columns else ""
    named = [one for one in usable if _says_period(one)]
    named.sort(key=lambda one: (one.name != time, one.n - one.n_filled, one.position))
    if named:
        return Periods(by="period", column=named[0].name)
    column = facts.column(time)
    if column is not None and time_reading(column) in _YEARLY:
        return Periods(by="year", column=time)
    return None


_YEARLY = frozenset(Reading) - {
    Reading.AS_IT_IS, Reading.NUMBER, Reading.POINT, Reading.COMMA, Reading.EPOCH_SECONDS,
    Reading.EPOCH_MILLISECONDS,
}  # fmt: skip


def _says_period(column: ColumnProfile) -> bool:
    reading = time_reading(column)
    if hints(column.name, Hint.SINCE) and column.n_filled < column.n:
        return False
    return reading in (Reading.YEAR, Reading.MONTH) and hints(column.name, Hint.PERIOD, Hint.TIME)


def period_column(table: ibis.Table, facts: Facts, periods: Periods) -> Expression:
    """Return the period of each row as text; texts sort in the order of the periods."""
    column: Any = table[periods.column]
    profile = facts.column(periods.column)
    reading = time_reading(profile) if profile is not None else None
    if reading is Reading.STORED_TIME:
        whole = column.year() if periods.by == "year" else column
        return whole.cast("string")
    if reading is not None and (periods.by == "year" or reading is Reading.YEAR):
        return parts_from(column, reading)["year"].cast("string")
    return column.cast("string")


def coded(facts: Facts, periods: Periods | None) -> list[ColumnProfile]:
    """Return the columns that hold codes or categories: few different values, each used often."""
    roles = facts.roles
    apart = {
        roles.row_id, roles.x, roles.y, roles.person, roles.sensor, *facts.time_columns,
        *roles.values, periods.column if periods else "",
    }  # fmt: skip
    found = [
        column
        for column in facts.profiles
        if column.name not in apart
        and 1 < column.n_distinct <= MOST_CODES
        and column.n_filled >= _OFTEN * column.n_distinct
        and _is_coded(column)
        and time_reading(column) is None
    ]
    return found[:COLUMNS]


def _is_coded(column: ColumnProfile) -> bool:
    if hints(column.name, Hint.EDITION, Hint.MARGIN, Hint.CALENDAR, Hint.HOUR):
        return False
    if column.holds is Holds.TEXT:
        return column.written(Writing.POINT, Writing.COMMA) < column.n_filled / 2
    whole = column.holds is Holds.WHOLE or (
        column.holds is Holds.NUMBER and column.n_whole == column.n_filled
    )
    return whole and hints(column.name, Hint.CODE, Hint.AREA, Hint.ID) and column.n_distinct > 1


def code_counts(
    table: ibis.Table, facts: Facts, columns: Sequence[ColumnProfile], periods: Periods
) -> ibis.Table | None:
    """Return how often each value of each column is there in each period; null is no value."""
    import ibis

    if not columns:
        return None
    dated: Any = table.mutate(**{PERIOD: period_column(table, facts, periods)})
    dated = dated.filter(dated[PERIOD].notnull())
    parts: list[ibis.Table] = []
    for column in columns:
        value: Any = dated[column.name]
        if column.holds is Holds.NUMBER:
            value = value.cast("int64")
        pairs = dated.select(period=dated[PERIOD], value=value.cast("string"))
        counted = pairs.group_by("period", "value").aggregate(n=pairs.count())
        parts.append(counted.mutate(column=ibis.literal(column.name)))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """How often each value of one column is there in each period; rows without value left out."""

    column: str
    periods: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]

    def rows(self, periods: Sequence[str]) -> int:
        """Count the rows of some periods."""
        return sum(sum(self.counts.get(period, {}).values()) for period in periods)

    def values(self, periods: Sequence[str]) -> dict[str, int]:
        """Return the values of some periods, and how often each is there."""
        found: dict[str, int] = {}
        for period in periods:
            for value, n in self.counts.get(period, {}).items():
                found[value] = found.get(value, 0) + n
        return found


def codes_from(found: pa.Table) -> Iterator[Codes]:
    """Yield what ``code_counts`` found, column by column, periods in their order."""
    held: dict[str, dict[str, dict[str, int]]] = {}
    periods: set[str] = set()
    for row in found.to_pylist():
        periods.add(str(row["period"]))
        counts = held.setdefault(str(row["column"]), {}).setdefault(str(row["period"]), {})
        value = row["value"]
        if value is not None and str(value).strip():
            counts[str(value).strip()] = counts.get(str(value).strip(), 0) + int(row["n"])
    for column in sorted(held):
        yield Codes(column=column, periods=tuple(sorted(periods)), counts=held[column])
