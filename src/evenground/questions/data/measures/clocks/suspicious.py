"""Times worth a look, worked out where the rows are: a few buckets of a quarter of an hour.

Times stay whole numbers of microseconds of the clock as written. They are never turned into times
of a zone by an engine: some engines move a time that does not exist to one that does without a
word, and which one is up to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.clocks.placeholders import (
    BESIDE_DAYS,
    DAY_US,
    placeholders,
)
from evenground.questions.data.measures.clocks.transitions import Transition, transitions

if TYPE_CHECKING:
    import ibis

QUARTER_US = 15 * 60 * 1_000_000
AFTER_ALL, BEFORE_ALL = 9_000_000_000_000_000_000, -9_000_000_000_000_000_000
"""Buckets of times after the latest and before the earliest that can be."""
EARLIEST_US = (date(1800, 1, 1) - date(1970, 1, 1)).days * DAY_US
READING_DAYS, PLANNED_DAYS = 1, 3_653
"""Days after today that a reading may have by its zone, and that a date in a plan may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Where the times of a table are.

    Attributes
    ----------
    column
        Whole microseconds since 1970-01-01 of the clock as written; nulls are left out.
    zone
        IANA name of that clock's zone; empty if it is not known.
    sensor
        Column by which rows are told apart; empty for none.
    span
        First and last time if they are known, so that less has to be looked at.
    readings
        Whether these are times of readings, which cannot lie ahead, rather than of plans.
    """

    column: str
    zone: str = ""
    sensor: str = ""
    readings: bool = True
    span: tuple[int, int] | None = None


def latest(today: date, *, readings: bool) -> int:
    """Return the time from which on times cannot be, in microseconds since 1970-01-01."""
    days = (today - date(1970, 1, 1)).days + 1 + (READING_DAYS if readings else PLANNED_DAYS)
    return days * DAY_US


def suspicious_times(table: ibis.Table, times: Times, today: date) -> ibis.Table:
    """Return rows near changes of a zone's clock, near placeholders, and beyond what can be.

    Parameters
    ----------
    table
        Rows.
    times
        Where their times are, and of which clock.
    today
        Times from 1970 to today are looked at for changes of the clock.

    Returns
    -------
    table
        ``bucket`` (int64, its first microsecond, or ``AFTER_ALL`` or ``BEFORE_ALL``), ``n`` (rows),
        ``n_instants`` (different pairs of sensor and time), ``first`` and ``last`` (times), in no
        order. A few dozen rows a year.

    Raises
    ------
    UsageError
        If there is no such zone.
    """
    import ibis

    time = table[times.column].cast("int64")
    whom = table[times.sensor].cast("string") if times.sensor else ibis.literal("")
    end = latest(today, readings=times.readings)
    ranges = _ranges(times, end)
    read: Any = table.select(time=time, sensor=whom)
    rows = read.filter(read.time.notnull())
    wanted = [(rows.time >= first) & (rows.time < last) for first, last in ranges]
    near = rows.filter(reduce(or_, wanted, (rows.time >= end) | (rows.time < EARLIEST_US)))
    once = near.group_by(["sensor", "time"]).agg(n=near.count())
    placed = once.mutate(
        bucket=ibis.ifelse(
            once.time >= end,
            ibis.literal(AFTER_ALL, "int64"),
            ibis.ifelse(
                once.time < EARLIEST_US,
                ibis.literal(BEFORE_ALL, "int64"),
                _floored(once.time, QUARTER_US),
            ),
        )
    )
    return placed.group_by("bucket").agg(
        n=placed.n.sum().cast("int64"),
        n_instants=placed.count(),
        first=placed.time.min(),
        last=placed.time.max(),
    )


def _floored(time: Any, width: int) -> Any:
    """Return the first microsecond of the stretch of ``width`` that each time lies in.

    A remainder of a negative number has another sign on other engines; taken twice it has not.
    """
    return time - (time % width + width) % width


def _ranges(times: Times, end: int) -> list[tuple[int, int]]:
    """Return the stretches of days that are worth a look, ascending; ends are left out."""
    first, last = times.span or (EARLIEST_US, end)
    days = {change.day for change in _changes(times.zone, max(first, 0), min(last, end))}
    for one in placeholders():
        begin, stop = one.start // DAY_US, (one.end - 1) // DAY_US
        if EARLIEST_US <= one.start < end:
            days |= set(range(begin - BESIDE_DAYS, stop + BESIDE_DAYS + 1))
    ranges: list[tuple[int, int]] = []
    for day in sorted(day for day in days if first < (day + 1) * DAY_US and day * DAY_US <= last):
        begin = day * DAY_US
        if ranges and ranges[-1][1] == begin:
            ranges[-1] = (ranges[-1][0], begin + DAY_US)
        else:
            ranges.append((begin, begin + DAY_US))
    return ranges


def _changes(zone: str, first: int, last: int) -> tuple[Transition, ...]:
    return transitions(zone, first, last) if zone and first <= last else ()
