"""Dates that stand for none: the zero of one calendar or clock, or the end of another.

The zero of Unix time shows as the evening before or the morning of 1970-01-01, by the zone in which
it was written out; the zero of spreadsheets as 1899-12-30, 1899-12-31 or 1900-01-01, or 1904-01-01.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
BESIDE_DAYS = 15
"""Days on either side that a placeholder's day is set beside."""
_FURTHEST_ZONE = 14
_BEGINNING = date(1970, 1, 1)


class Placeholder(NamedTuple):
    """A date that stands for none.

    ``name`` is its code (``epoch_zero``, ``spreadsheet_zero`` …); ``start`` to ``end`` are times
    that it may show as, in microseconds since 1970-01-01, the end left out.
    """

    name: str
    start: int
    end: int


def _day(name: str, year: int, month: int, day: int) -> Placeholder:
    at = (date(year, month, day) - _BEGINNING).days * DAY_US
    return Placeholder(name, at, at + DAY_US)


def placeholders() -> tuple[Placeholder, ...]:
    """Return the known ones."""
    span = _FURTHEST_ZONE * HOUR_US
    return (
        Placeholder("epoch_zero", -span, span + 1),
        _day("first_year", 1, 1, 1),
        _day("filetime_zero", 1601, 1, 1),
        _day("spreadsheet_zero", 1899, 12, 30),
        _day("spreadsheet_zero", 1899, 12, 31),
        _day("spreadsheet_zero", 1900, 1, 1),
        _day("spreadsheet_zero", 1904, 1, 1),
        _day("gps_zero", 1980, 1, 6),
        _day("epoch_overflow", 2038, 1, 19),
        _day("last_year", 9999, 12, 31),
    )


_ORDERS = (
    (re.compile(r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:$|[T ])"),),
    (
        re.compile(r"^(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?:$|[T ])"),
        re.compile(r"^(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4})(?:$|[T ])"),
    ),
)
_HOUR = re.compile(r"[T ](?P<h>\d{1,2}):(?P<min>\d{2})")
_HOURS, _MINUTES = 24, 60


def dates_that_do_not_exist(texts: Mapping[str, int]) -> dict[str, int]:
    """Return those of some texts that are written as dates but are none, with their counts.

    Parameters
    ----------
    texts
        How often each text occurs. Texts that are not written as dates are passed over; day and
        month may stand in either order, so that only what is no date in either is returned:
        ``2015-02-31``, ``31/02/2015``, ``0000-00-00``, ``2015-06-01 25:10``.
    """
    return {text: n for text, n in texts.items() if _is_no_date(text.strip())}


def _is_no_date(text: str) -> bool:
    for patterns in _ORDERS:
        matches = [match for pattern in patterns if (match := pattern.match(text))]
        if matches:
            return not any(_is_a_day(match) for match in matches) or _is_no_hour(text)
    return False


def _is_a_day(match: re.Match[str]) -> bool:
    try:
        date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return False
    return True


def _is_no_hour(text: str) -> bool:
    match = _HOUR.search(text)
    if match is None:
        return False
    hour, minute = int(match["h"]), int(match["min"])
    midnight = hour == _HOURS and minute == 0  # ISO 8601 writes the end of a day so
    return not midnight and (hour >= _HOURS or minute >= _MINUTES)
