"""Times as microseconds since 1970-01-01, by whole-number arithmetic that every engine does alike.

A wall-clock time is counted as it is written, as if its clock were UTC; a time with an offset is
counted in UTC. A day or hour that does not exist gives none.
Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), days_from_civil.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Expression: TypeAlias = Any
"""A lazy value of Ibis, whose own types are half-written."""

MICROSECONDS = 1_000_000
DAY = 86_400 * MICROSECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A day and a time of day in whole numbers; ``offset`` is in minutes east of UTC."""

    year: Any
    month: Any
    day: Any
    hour: Any = 0
    minute: Any = 0
    second: Any = 0
    microsecond: Any = 0
    offset: Any = 0


def stored_microseconds(column: Expression) -> Expression:
    """Return the microseconds of a column that its engine stores as day or moment.

    A moment with a zone is counted in UTC; the session of the engine must be in UTC for that.
    """
    kind = column.type()
    if kind.is_date():
        parts = Parts(year=column.year(), month=column.month(), day=column.day())
        return microseconds_of(_long(parts))
    if getattr(kind, "timezone", None):
        column = column.cast("timestamp(6)")
    parts = Parts(
        year=column.year(), month=column.month(), day=column.day(), hour=column.hour(),
        minute=column.minute(), second=column.second(), microsecond=_fraction(column),
    )  # fmt: skip
    return microseconds_of(_long(parts))


def _fraction(column: Expression) -> Expression:
    """Return the microseconds beyond the second; Spark tells them only in writing."""
    if column.get_backend().name != "pyspark":
        return column.microsecond()
    import ibis

    digits = column.cast("string").re_extract("[.]([0-9]{1,6})$", 1).fill_null("")
    return (digits + ibis.literal("000000")).substr(0, 6).cast("int64")


def _long(parts: Parts) -> Parts:
    named = {name: getattr(parts, name) for name in Parts.__dataclass_fields__}
    return Parts(**{n: v if isinstance(v, int) else v.cast("int64") for n, v in named.items()})


def microseconds_of(parts: Parts) -> Expression:
    """Return the microseconds of a day and a time of day; null where there is no such moment."""
    import ibis

    y, m, d = parts.year, parts.month, parts.day
    leap = ((y % 4 == 0) & (y % 100 != 0)) | (y % 400 == 0)
    length = ibis.cases(
        (m == 2, ibis.ifelse(leap, 29, 28)),  # noqa: PLR2004 - February
        (m.isin([4, 6, 9, 11]), 30),
        else_=31,
    )
    exists = m.between(1, 12) & (d >= 1) & (d <= length) & (y >= 1)
    for value, limit in ((parts.hour, 24), (parts.minute, 60), (parts.second, 60)):
        exists = exists & (value < limit)
    shifted = y - ibis.ifelse(m <= 2, 1, 0).cast("int64")  # noqa: PLR2004 - the year begins in March
    era = shifted // 400
    of_era = shifted - era * 400
    month = m + ibis.ifelse(m > 2, -3, 9).cast("int64")  # noqa: PLR2004 - the same
    of_year = (month * 153 + 2) // 5 + d - 1
    days = era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468
    minutes = parts.hour * 60 + parts.minute - parts.offset
    clock = (minutes * 60 + parts.second) * MICROSECONDS + parts.microsecond
    return ibis.ifelse(exists, days.cast("int64") * DAY + clock, ibis.null("int64"))
