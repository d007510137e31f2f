"""Periods that rows belong to: editions of a list, years, months, or files that bear a date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    ColumnProfile,
    Holds,
)
from evenground.questions.data.measures.columns.moments import DAY, MICROSECONDS, Expression
from evenground.questions.data.measures.columns.names import Hint, hints, words_of
from evenground.questions.data.measures.columns.readings import (
    Reading,
    parts_of,
    time_reading,
)
from evenground.questions.data.measures.columns.times import parts_from
from evenground.questions.data.measures.columns.typing import typed
from evenground.questions.data.measures.roles import Form, Roles

if TYPE_CHECKING:
    import ibis

FILE = "__file"
"""Column with the file of a row, where there are several."""
PERIOD = "__period"
"""Column that ``with_period`` adds."""
MOST_PERIODS = 60
"""A column with more different values is cut into months, or years."""
ROWS_A_MONTH = 100
"""With fewer rows a month than this, on average, rows are taken year by year."""
_LEAST_DAYS = 59
_MONTH_DAYS, _YEAR_DAYS = 30.44, 365.25
_BESIDE = frozenset(
    (
        "end", "start", "acs", "survey", "source", "data", "dataset", "reporting", "report",
        "calendar", "school", "census", "budget", "date", "of", "the",
    )
)  # fmt: skip
"""Words that may stand beside ``year`` in the name of a period; with others it is a trait."""
_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")
_DATED = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:[-_. ]?(0[1-9]|1[0-2]))?(?:[-_. ]?([0-2][0-9]|3[01]))?"
    r"(?![0-9])"
)
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


class Step(StrEnum):
    """How times make periods."""

    VALUE = "value"
    """Each value is a period."""
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Which column rows are put into periods by.

    Attributes
    ----------
    column
        A column of the table, or ``FILE``.
    reading
        How it is read as a time; ``None`` where its texts are taken as they are.
    step
        Whether its values, their months or their years are the periods.
    short
        Whether a year has several of them, so that seasons may show.
    """

    column: str
    reading: Reading | None
    step: Step = Step.VALUE
    short: bool = False


def period_column(profiles: Sequence[ColumnProfile], roles: Roles) -> Period | None:
    """Return by which column rows belong to periods; ``None`` where there is none.

    An edition (``snapshot``) comes first, then a column called year, period and the like, then the
    time of the rows. Names that tell when a thing was put up (``install_year``) are none. The order
    of the columns does not matter.
    """
    columns = {column.name: column for column in profiles}
    named = sorted(
        (
            (0 if hints(name, Hint.EDITION) else 1, len(words_of(name)), -column.n_distinct, name)
            for name, column in columns.items()
            if _is_named_so(column)
        )
    )
    time = parts_of(roles.time, columns)
    last = (time[0] if time else roles.time,) if roles.form is not Form.PLACES else ()
    for name in (*(one[-1] for one in named), *last):
        found = _period(columns[name]) if name in columns else None
        if found is not None:
            return found
    return None


def _is_named_so(column: ColumnProfile) -> bool:
    words = [word.rstrip("0123456789") for word in words_of(column.name)]
    known = [word for word in words if word and hints(word, Hint.EDITION, Hint.PERIOD)]
    season = any(word in ("season", "week", "month", "mnth", "mon") for word in words)
    if season and time_reading(column) in (None, Reading.YEAR):
        return False
    return bool(known) and all(word in known or word in _BESIDE for word in words if word)


def _period(column: ColumnProfile) -> Period | None:
    if column.n_distinct < 2:  # noqa: PLR2004 - one period is none
        return None
    reading = time_reading(column)
    if reading is None:
        is_text = column.holds is Holds.TEXT and not column.share_written(NUMBERS)
        dated = _YEAR.search(column.first_text) and _YEAR.search(column.last_text)
        few = column.n_distinct <= MOST_PERIODS
        return Period(column=column.name, reading=None) if is_text and dated and few else None
    days = _days(column, reading)
    if column.n_distinct <= MOST_PERIODS:
        short = reading is not Reading.YEAR and days / column.n_distinct < _YEAR_DAYS * 0.8
        return Period(column=column.name, reading=reading, short=short)
    return _cut(column, reading, days)


def _cut(column: ColumnProfile, reading: Reading, days: float) -> Period | None:
    """Return months, or years where months are too many or hold few rows."""
    months = days / _MONTH_DAYS
    many = months > MOST_PERIODS or column.n_filled < ROWS_A_MONTH * months
    if days < _LEAST_DAYS or (many and days < _YEAR_DAYS):
        return None
    step = Step.YEAR if many else Step.MONTH
    return Period(column=column.name, reading=reading, step=step, short=not many)


def _days(column: ColumnProfile, reading: Reading) -> float:
    """Return about how many days lie between the first and the last time of a column."""
    if reading is Reading.YEAR and column.low is not None and column.high is not None:
        return (column.high - column.low) * _YEAR_DAYS
    if column.low is not None and column.high is not None:
        per_day = {
            Reading.EPOCH_SECONDS: DAY / MICROSECONDS,
            Reading.EPOCH_MILLISECONDS: DAY / 1000,
        }.get(reading, DAY)
        return (column.high - column.low) / per_day
    return _written_days(column)


def _written_days(column: ColumnProfile) -> float:
    """Return the days between first and last text; texts not in order give at least their count."""
    first, last = (_DATED.search(text) for text in (column.first_text, column.last_text))
    if first is None or last is None or first.start() or last.start():
        return float(column.n_distinct)
    start, end = (
        datetime(int(one[1]), int(one[2] or 1), min(int(one[3] or 1), 28), tzinfo=UTC)
        for one in (first, last)
    )
    return max((end - start).days, 0) or float(column.n_distinct)


def file_period(names: Iterable[str]) -> Period | None:
    """Return files as periods if each name bears a year or date and no two bear the same."""
    dates = [dated(name) for name in names]
    if len(dates) < 2 or not all(dates) or len(set(dates)) < len(dates):  # noqa: PLR2004 - several
        return None
    years = {date[0] for date in dates if date}
    return Period(column=FILE, reading=None, short=len(dates) > len(years))


def dated(name: str) -> tuple[int, ...]:
    """Return year, month and day that a name bears last; 0 for what it lacks, nothing for none."""
    found = list(_DATED.finditer(name))
    return tuple(int(part or 0) for part in found[-1].groups()) if found else ()


def with_period(table: ibis.Table, period: Period, *, read: Collection[str] = ()) -> ibis.Table:
    """Return the rows that belong to a period, with it as ``PERIOD``.

    Each value as text, or, where a period is a month or a year, how many of these have begun since
    the year 0.

    Parameters
    ----------
    table, period
        The rows, and the column of their periods.
    read
        Columns that are read already in ``table`` (times as whole microseconds).
    """
    column = table[period.column]
    if period.step is Step.VALUE or period.reading is None:
        held = table.mutate(**{PERIOD: column.cast("string")})
        return held.filter(held[PERIOD].notnull() & (held[PERIOD] != ""))
    year, month = _civil(column, period.reading, known=period.column in read)
    count = year if period.step is Step.YEAR else year * 12 + month - 1
    held = table.mutate(**{PERIOD: count.cast("int64")})
    return held.filter(held[PERIOD].notnull())


def period_times(
    rows: ibis.Table, profiles: Sequence[ColumnProfile], period: Period, read: Collection[str] = ()
) -> ibis.Table | None:
    """Return the time that each ``PERIOD`` stands for, ``time`` in microseconds since 1970-01-01.

    ``None`` where periods are months or years, which say it themselves, or plain texts.
    """
    if period.step is not Step.VALUE or period.reading is None:
        return None
    column = next(one for one in profiles if one.name == period.column)
    keys = rows.group_by(period=rows[PERIOD]).aggregate(time=rows[period.column].min())
    if period.column in read:
        return keys
    return typed(keys, (replace(column, name="time"),), {"time": period.reading})


def _civil(column: Expression, reading: Reading, *, known: bool) -> tuple[Expression, Expression]:
    """Return the year and the month of each time, as it is written."""
    if reading is Reading.STORED_TIME and not known:
        return column.year().cast("int64"), column.month().cast("int64")
    found = {"whole": column} if known else parts_from(column, reading)
    if "whole" in found:
        return _civil_from_days(found["whole"] // DAY)
    return found["year"], found["month"]


def _civil_from_days(day: Expression) -> tuple[Expression, Expression]:
    """Return year and month of days since 1970-01-01.

    Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), civil_from_days.
    """
    import ibis

    shifted = day + 719_468
    era = shifted // 146_097
    of_era = shifted - era * 146_097
    years = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (years * 365 + years // 4 - years // 100)
    # March begins the year of the algorithm; January and February are its months 10 and 11.
    march = (of_year * 5 + 2) // 153
    early = march >= 10  # noqa: PLR2004 - the same
    month = march + ibis.ifelse(early, -9, 3)
    return years + era * 400 + ibis.ifelse(early, 1, 0), month


def in_order(
    keys: Iterable[str | int], period: Period, times: Mapping[str, int | None]
) -> tuple[Mapping[str | int, int], tuple[str, ...]]:
    """Return where each value of ``PERIOD`` stands in the order of time, and the periods' names.

    Values of one time (``2012``, ``2012.0``) are one period; texts that stand for no time are left
    out.

    Parameters
    ----------
    keys
        Values of ``PERIOD``.
    period
        How they came about.
    times
        What ``period_times`` gave, if it did.
    """
    held: dict[str | int, Any] = {key: key.strip() if isinstance(key, str) else key for key in keys}
    if period.column == FILE:
        held = {key: (dated(str(key)), key) for key in held}
    elif times:
        held = {key: time for key in held if (time := times.get(str(key))) is not None}
    places = {one: place for place, one in enumerate(sorted(set(held.values())))}
    at = {key: places[one] for key, one in held.items()}
    written = _labels(held, period, timed=bool(times))
    names = {at[key]: written[key] for key in sorted(at, key=str)}
    return at, tuple(names[place] for place in range(len(places)))


def _labels(held: Mapping[str | int, Any], period: Period, *, timed: bool) -> dict[Any, str]:
    """Return how each period is written: a year, a month, a day, a moment or as it is."""
    if period.step is Step.MONTH:
        return {key: f"{int(key) // 12}-{int(key) % 12 + 1:02d}" for key in held}
    if not timed:
        return {key: str(key).strip() for key in held}
    known = {key: _ZERO + timedelta(microseconds=time) for key, time in held.items()}
    form = _form(known.values(), period)
    return {key: time.strftime(form) for key, time in known.items()}


def _form(times: Iterable[datetime], period: Period) -> str:
    if period.reading is Reading.YEAR:
        return "%Y"
    if period.reading is Reading.MONTH:
        return "%Y-%m"
    if any((time.hour, time.minute, time.second) != (0, 0, 0) for time in times):
        return "%Y-%m-%d %H:%M"
    return "%Y-%m-%d"
