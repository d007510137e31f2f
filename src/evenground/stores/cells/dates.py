"""Dates as people write them: which order day and month stand in, and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAY_FIRST, MONTH_FIRST = "day-month-year", "month-day-year"
PLACEHOLDERS = frozenset({
    date(1969, 12, 31), date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31),
    date(1, 1, 1), date(9999, 12, 31),
})  # fmt: skip
"""Days on which nothing happened: zero and the end of time in common programs."""
FIRST_YEAR, LAST_YEAR = 1000, 2999
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.*))?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?:[T ].*)?")
_WORDS = re.compile(
    r"(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})|([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})"
)
_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_MONTHS = (
    "jan", "feb", "mar", "apr", "maj|may|mai", "jun", "jul", "aug", "sep", "okt|oct", "nov",
    "dec|dez|des",
)  # fmt: skip
_PIVOT = 70
"""Two-digit years from 70 on belong to the last century."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHabit:
    """How dates are read where the text leaves it open.

    ``order`` is ``DAY_FIRST`` or ``MONTH_FIRST``, ``form`` a ``strptime`` format that overrides
    everything, ``time_zone`` the city's own (moments with another offset become its days).
    """

    order: str = DAY_FIRST
    form: str = ""
    time_zone: str = ""


def read_date(text: str, habit: DateHabit) -> date | None:
    """Return the calendar day that a text stands for, or ``None``.

    A year alone is its first day, a month its first day.
    """
    if habit.form:
        return _formatted(text, habit.form)
    if (match := _ISO.fullmatch(text)) and match[4]:
        moment = _moment(text, habit.time_zone)
        if moment is not None:
            return moment
    parts = _year_first(text) or _year_last(text, habit) or _in_words(text)
    return _day(*parts) if parts else None


def _year_first(text: str) -> tuple[str, str, str] | None:
    match = _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is not None:
        return match[1], match[2], match[3]
    match = _MONTH.fullmatch(text)
    if match is not None:
        return match[1], match[2], "1"
    return (text, "1", "1") if is_year(text) else None


def _year_last(text: str, habit: DateHabit) -> tuple[str, str, str] | None:
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    year, day, month = _full_year(match[4]), match[1], match[3]
    order = order_of(text) or (DAY_FIRST if match[2] == "." else habit.order)
    return (year, day, month) if order == MONTH_FIRST else (year, month, day)


def _in_words(text: str) -> tuple[str, str, str] | None:
    match = _WORDS.fullmatch(text)
    if match is None:
        return None
    day, word, year = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
    return year, str(_month_number(word)), day


def order_of(text: str) -> str | None:
    """Return the order that only this text allows (a number above 12 decides), else ``None``."""
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:  # noqa: PLR2004 - months in a year
        return DAY_FIRST
    if second > 12 >= first:  # noqa: PLR2004 - months in a year
        return MONTH_FIRST
    return None


def is_open(text: str) -> bool:
    """Whether day and month could be swapped and give another day."""
    match = _YEAR_LAST.fullmatch(text)
    return match is not None and order_of(text) is None and match[1] != match[3] and match[2] != "."


def is_year(text: str) -> bool:
    """Whether the text is a year alone."""
    return _YEAR.fullmatch(text) is not None


def usual_order(texts: Iterable[str], habit: str) -> tuple[str, bool]:
    """Return the order of day and month in a column, and whether some cell shows it.

    Parameters
    ----------
    texts
        Cells of one column.
    habit
        The order to take when no cell decides.
    """
    orders = [order for text in texts if (order := order_of(text)) is not None]
    n_day, n_month = orders.count(DAY_FIRST), orders.count(MONTH_FIRST)
    if n_day == n_month:
        return habit, False
    return (DAY_FIRST if n_day > n_month else MONTH_FIRST), True


def _formatted(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _moment(text: str, time_zone: str) -> date | None:
    """Return the day of a moment in the city's time zone; a moment without offset is local."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None and time_zone:
        moment = moment.astimezone(ZoneInfo(time_zone))
    return moment.date()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR or found in PLACEHOLDERS else None


def _full_year(text: str) -> str:
    if len(text) == len("1999"):
        return text
    return f"19{text}" if int(text) >= _PIVOT else f"20{text}"


def _month_number(word: str) -> int:
    start = word.casefold()[:3]
    return next((n for n, names in enumerate(_MONTHS, 1) if start in names.split("|")), 0)
