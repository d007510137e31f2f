"""How the cells of a column are read: as numbers or times, and in which writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    TIMES,
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.roles import Roles

JOINED = "+"
"""Joins the names of a column of days and one of hours into one of times: ``day+hour``."""


class Reading(StrEnum):
    """How a column is read."""

    AS_IT_IS = "as_it_is"
    NUMBER = "number"
    """Stored as a number."""
    POINT = "point"
    """Text with a decimal point."""
    COMMA = "comma"
    """Text with a decimal comma."""
    STORED_TIME = "stored_time"
    ISO = "iso"
    """Year, month and day, perhaps with a time of day and an offset."""
    MONTH = "month"
    YEAR = "year"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    NAMED_MONTH = "named_month"
    EPOCH_SECONDS = "epoch_seconds"
    EPOCH_MILLISECONDS = "epoch_milliseconds"


_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_SECONDS = (10**8, 5 * 10**9)
"""Seconds since 1970-01-01 from 1973 to 2128; no year, count or code is as large by habit."""
_MOSTLY = 0.5
_STORED_TIMES = (Holds.DAY, Holds.MOMENT, Holds.MOMENT_UTC)


def decimal_reading(column: ColumnProfile) -> Reading:
    """Return how the numbers of a text column are written; a point where nothing decides.

    ``1,234`` alone is taken for a thousand, unless other cells show decimal commas and none shows
    a point.
    """
    points = column.written(Writing.POINT, Writing.THOUSANDS)
    commas = column.written(Writing.COMMA)
    return Reading.COMMA if commas > points else Reading.POINT


def number_reading(column: ColumnProfile) -> Reading | None:
    """Return how a column is read as numbers; ``None`` if most of its values are none."""
    if column.holds in (Holds.WHOLE, Holds.NUMBER):
        return Reading.NUMBER
    if column.holds is not Holds.TEXT or column.share_written(NUMBERS) < _MOSTLY:
        return None
    return decimal_reading(column)


def time_reading(column: ColumnProfile) -> Reading | None:
    """Return how a column is read as times; ``None`` if most of its values are none."""
    if column.holds in _STORED_TIMES:
        return Reading.STORED_TIME
    if column.holds in (Holds.WHOLE, Holds.NUMBER):
        return _counted_time(column)
    if column.holds is not Holds.TEXT:
        return None
    if column.share_written(TIMES) < _MOSTLY:
        return _counted_time(column) if column.share_written(NUMBERS) >= _MOSTLY else None
    return _written_time(column)


def _written_time(column: ColumnProfile) -> Reading:
    iso = (Writing.DAY, Writing.MOMENT, Writing.MOMENT_ZONED)
    month_first = column.n_month_first > column.n_day_first
    held: tuple[tuple[int, Reading], ...] = (
        (column.written(*iso), Reading.ISO),
        (column.written(Writing.MONTH), Reading.MONTH),
        (column.written(Writing.NAMED_MONTH), Reading.NAMED_MONTH),
        (
            column.written(Writing.LOCAL),
            Reading.MONTH_FIRST if month_first else Reading.DAY_FIRST,
        ),
    )
    return max(held, key=lambda one: one[0])[1]


def _counted_time(column: ColumnProfile) -> Reading | None:
    """Return how numbers count time: years, or seconds or milliseconds since 1970."""
    if column.low is None or column.high is None or column.written(Writing.COMMA):
        return None
    low, high = column.low, column.high
    whole = column.n_whole >= _MOSTLY * column.n_filled
    if whole and low >= _FIRST_YEAR and high <= _LAST_YEAR:
        return Reading.YEAR
    if _SECONDS[0] <= low and high <= _SECONDS[1]:
        return Reading.EPOCH_SECONDS
    if whole and _SECONDS[0] * 1000 <= low and high <= _SECONDS[1] * 1000:
        return Reading.EPOCH_MILLISECONDS
    return None


def is_instant(column: ColumnProfile, reading: Reading) -> bool:
    """Whether the times of a column are counted in UTC rather than by a clock on a wall."""
    if reading in (Reading.EPOCH_SECONDS, Reading.EPOCH_MILLISECONDS):
        return True
    if column.holds is Holds.MOMENT_UTC:
        return True
    zoned = column.written(Writing.MOMENT_ZONED)
    return reading is Reading.ISO and zoned > column.written(Writing.MOMENT, Writing.DAY)


def parts_of(name: str, columns: Mapping[str, ColumnProfile]) -> tuple[str, str] | None:
    """Return the columns of days and of hours that a joined name stands for, if it is one."""
    if name in columns or JOINED not in name:
        return None
    for position, character in enumerate(name):
        first, second = name[:position], name[position + 1 :]
        if character == JOINED and first in columns and second in columns:
            return first, second
    return None


def readings_of(
    profiles: tuple[ColumnProfile, ...], roles: Roles, declared: Mapping[str, Reading] | None = None
) -> dict[str, Reading]:
    """Return how each column that has a role is read; all others stay as they are.

    Parameters
    ----------
    profiles, roles
        What the columns hold and what they stand for. Codes (sensor, area, identifiers) stay as
        they are written.
    declared
        Readings that somebody declared; they win.
    """
    columns = {column.name: column for column in profiles}
    found = dict(_guessed(columns, roles))
    known = {name: one for name, one in (declared or {}).items() if name in columns}
    return {**found, **known}


def _guessed(columns: Mapping[str, ColumnProfile], roles: Roles) -> Iterator[tuple[str, Reading]]:
    numbers = (*roles.values, roles.x, roles.y, roles.prediction, roles.outcome)
    for name in dict.fromkeys(numbers):
        reading = number_reading(columns[name]) if name in columns else None
        if reading is not None:
            yield name, reading
    for name in (roles.time, roles.arrived, roles.ended):
        parts = parts_of(name, columns)
        day = parts[0] if parts else name
        reading = time_reading(columns[day]) if day in columns else None
        if reading is not None:
            yield day, reading
