"""Times out of texts and numbers, as microseconds, by expressions that every engine reads alike.

A reading has two steps, so that what is found in a cell is found once: its parts (year, month, …),
then the microseconds of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from evenground.questions.data.measures.columns.moments import (
    MICROSECONDS,
    Expression,
    Parts,
    microseconds_of,
    stored_microseconds,
)
from evenground.questions.data.measures.columns.numbers import EXACT, is_whole
from evenground.questions.data.measures.columns.readings import Reading
from evenground.questions.data.measures.columns.writings import CLOCK, MONTH_NAMES, ZONE

Found: TypeAlias = Mapping[str, Expression]
_CLOCK = "([0-9]{1,2}):([0-9]{2})(:([0-9]{2})([.,]([0-9]{1,9}))?)?"
_ISO = "^ *([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})"
_HALF = "( ?[AaPp]\\.?[Mm]\\.?)?"
_LOCAL = "^ *([0-9]{1,2})[./-] ?([0-9]{1,2})[./-] ?([0-9]{4}|[0-9]{2})"
_PIVOT = 70
"""Two-digit years from 70 on belong to the last century."""
_MONTHS: tuple[tuple[str, int], ...] = (
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("maj", 5), ("mai", 5), ("jun", 6),
    ("jul", 7), ("aug", 8), ("sep", 9), ("oct", 10), ("okt", 10), ("nov", 11), ("dec", 12),
    ("dez", 12), ("des", 12),
)  # fmt: skip


def parts_from(column: Expression, reading: Reading) -> Found:
    """Return what is found in each cell: fields of ``Parts``, or ``whole`` microseconds.

    Times are those of the clock as written; where a cell bears an offset, it is found too.
    """
    return _READERS[reading](column)


def microseconds_from(found: Found) -> Expression:
    """Return the microseconds since 1970-01-01 of parts that were found; null where none are."""
    whole = found.get("whole")
    return microseconds_of(Parts(**found)) if whole is None else whole


def hour_parts(column: Expression) -> Found:
    """Return the parts of an hour of the day: 0-23, or a clock time; null where there is none."""
    import ibis

    first = ibis.literal(1, "int64")
    epoch = {"year": ibis.literal(1970, "int64"), "month": first, "day": first}
    if not column.type().is_string():
        return {**epoch, "hour": column.cast("int64")}
    alone = column.re_search("^ *[0-9]{1,2}([.]0+)? *$")
    clocked = column.re_search(f"^ *{CLOCK}{_HALF} *$")
    clock = _clock(column, f"^ *{_CLOCK}", 1)
    hour = ibis.cases(
        (alone, _whole(column, "^ *([0-9]{1,2})", 1)),
        (clocked, clock["hour"]),
        else_=ibis.null("int64"),
    )
    return {**epoch, **clock, "hour": hour}


def _whole(text: Expression, pattern: str, group: int) -> Expression:
    """Return a group of digits as a whole number; null where there is none."""
    import ibis

    found = text.re_extract(pattern, group)
    digits = found.re_search("^[0-9]{1,9}$")
    return ibis.ifelse(digits, found, ibis.null("string")).cast("int64")


def _clock(text: Expression, pattern: str, first: int) -> Found:
    """Return hour, minute, second and microsecond; zero where a text has no time of day."""
    import ibis

    hour: Expression = _whole(text, pattern, first)
    after_noon = text.re_search("[Pp]\\.?[Mm]\\.? *$")
    half = after_noon | text.re_search("[Aa]\\.?[Mm]\\.? *$")
    twelfth: Expression = ibis.ifelse(hour == 12, 0, hour)  # noqa: PLR2004 - 12 is zero then
    of_day: Expression = ibis.cases((after_noon, twelfth + 12), (half, twelfth), else_=hour)
    fraction = text.re_extract(pattern, first + 5).fill_null("")
    padded = (fraction + ibis.literal("000000")).substr(0, 6)
    return {
        "hour": of_day.fill_null(0),
        "minute": _whole(text, pattern, first + 1).fill_null(0),
        "second": _whole(text, pattern, first + 3).fill_null(0),
        "microsecond": _whole(padded, "^([0-9]{6})$", 1).fill_null(0),
    }


def _offset(text: Expression) -> Expression:
    """Return the offset from UTC in minutes; 0 where there is none."""
    import ibis

    pattern = "([+-])([0-9]{2}):?([0-9]{2})? *$"
    hours, minutes = _whole(text, pattern, 2), _whole(text, pattern, 3).fill_null(0)
    total = hours * 60 + minutes
    signed = ibis.ifelse(text.re_extract(pattern, 1) == "-", -total, total)
    bears = text.re_search(f"{CLOCK} ?[+-][0-9]{{2}}(:?[0-9]{{2}})? *$")
    return ibis.ifelse(bears, signed, 0)


def _iso(text: Expression) -> Found:
    import ibis

    written = text.re_search(f"{_ISO}([T ] ?{CLOCK}({_HALF}|{ZONE})?)? *$")
    year = ibis.ifelse(written, _whole(text, _ISO, 1), ibis.null("int64"))
    return {
        "year": year,
        "month": _whole(text, _ISO, 2),
        "day": _whole(text, _ISO, 3),
        "offset": _offset(text),
        **_clock(text, f"[T ] ?{_CLOCK}", 1),
    }


def _month(text: Expression) -> Found:
    import ibis

    pattern = "^ *([0-9]{4})-([0-9]{2}) *$"
    return {
        "year": _whole(text, pattern, 1),
        "month": _whole(text, pattern, 2),
        "day": ibis.literal(1, "int64"),
    }


def _full_year(text: Expression, pattern: str, group: int) -> Expression:
    import ibis

    year = _whole(text, pattern, group)
    short = text.re_extract(pattern, group).length() == 2  # noqa: PLR2004 - digits
    century: Expression = ibis.ifelse(year >= _PIVOT, 1900, 2000)
    return ibis.ifelse(short, year + century, year)


def _day_first(text: Expression) -> Found:
    return _local(text, month=2, day=1)


def _month_first(text: Expression) -> Found:
    return _local(text, month=1, day=2)


def _local(text: Expression, *, month: int, day: int) -> Found:
    return {
        "year": _full_year(text, _LOCAL, 3),
        "month": _whole(text, _LOCAL, month),
        "day": _whole(text, _LOCAL, day),
        **_clock(text, f" {_CLOCK}", 1),
    }


def _named_month(text: Expression) -> Found:
    """Find ``5-Apr-16 10:00``, ``July 17, 2012``, ``Sat Nov 17 05:09:36 2018``."""
    import ibis

    word = text.re_extract(f"(^|[^A-Za-z])({MONTH_NAMES})", 2).lower()
    month = ibis.cases(
        *((word == name, ibis.literal(number, "int64")) for name, number in _MONTHS),
        else_=ibis.null("int64"),
    )
    before = "^ *([0-9]{1,2})[. -]*[A-Za-z]"
    after = f"({MONTH_NAMES})[a-zA-Z]*[. ]+([0-9]{{1,2}})[, ]"
    rest = "( +[0-9:., ]+[AaPpMm. ]*)? *$"
    long, short = f"([0-9]{{4}}){rest}", f"[A-Za-z.][., -]+([0-9]{{2}}){rest}"
    year = ibis.ifelse(text.re_search(long), _whole(text, long, 1), _full_year(text, short, 1))
    return {
        "year": year,
        "month": month,
        "day": ibis.ifelse(text.re_search(before), _whole(text, before, 1), _whole(text, after, 2)),
        **_clock(text, f" {_CLOCK}", 1),
    }  # fmt: skip


def _number(column: Expression) -> Expression:
    import ibis

    if not column.type().is_string():
        return column.cast("float64")
    plain = column.re_search("^ *[0-9]{1,18}([.][0-9]*)? *$")
    return ibis.ifelse(plain, column, ibis.null("string")).cast("float64")


def _up_to(value: Expression, most: float) -> Expression:
    """Return each number that can be counted in whole microseconds; null for others."""
    import ibis

    return ibis.ifelse(value.abs() >= most, ibis.null("float64"), value)


def _year(column: Expression) -> Found:
    import ibis

    value = _number(column)
    whole: Expression = ibis.ifelse(is_whole(value), _up_to(value, EXACT), ibis.null("float64"))
    first = ibis.literal(1, "int64")
    return {"year": whole.cast("int64"), "month": first, "day": first}


def _seconds(column: Expression) -> Found:
    return {"whole": (_up_to(_number(column), 9e12) * MICROSECONDS).round().cast("int64")}


def _milliseconds(column: Expression) -> Found:
    return {"whole": (_up_to(_number(column), EXACT / 10) * 1000).round().cast("int64")}


def _stored(column: Expression) -> Found:
    return {"whole": stored_microseconds(column)}


_READERS: Mapping[Reading, Callable[[Expression], Found]] = {
    Reading.STORED_TIME: _stored,
    Reading.ISO: _iso,
    Reading.MONTH: _month,
    Reading.YEAR: _year,
    Reading.DAY_FIRST: _day_first,
    Reading.MONTH_FIRST: _month_first,
    Reading.NAMED_MONTH: _named_month,
    Reading.EPOCH_SECONDS: _seconds,
    Reading.EPOCH_MILLISECONDS: _milliseconds,
}
TIME_READINGS = frozenset(_READERS)
"""Readings that give times."""
