"""The hours that a time zone skips or has twice when its clocks are put forward or back.

Source: the IANA time zone database, by Python's ``zoneinfo``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenground.language import N_
from evenground.methods.validation import wrong

SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """What happens to the clock of a zone."""

    SKIPPED = "skipped"
    """Put forward: the times in between do not exist."""
    REPEATED = "repeated"
    """Put back: the times in between come twice."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of a zone's clock.

    Attributes
    ----------
    kind
        Whether times are skipped or repeated.
    start, end
        The first of these times and the first after them, in microseconds since 1970-01-01 of the
        clock as it is read on the wall.
    """

    kind: Kind
    start: int
    end: int

    @property
    def day(self) -> int:
        """Day since 1970-01-01 on which it happens."""
        return self.start // DAY_US


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises
    ------
    UsageError
        If there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise wrong("time_zone", N_("{name} is no IANA time zone"), name=name) from error


def transitions(name: str, first: int, last: int) -> tuple[Transition, ...]:
    """Return the changes of a zone's clock, in order.

    Parameters
    ----------
    name
        IANA name such as ``Europe/Stockholm``.
    first, last
        Ends of the time looked at, in microseconds since 1970-01-01; changes up to a day beyond
        are among them.

    Raises
    ------
    UsageError
        If there is no such zone.
    """
    zone = zone_of(name)
    found: list[Transition] = []
    day = _BEGINNING + timedelta(days=first // DAY_US - 1)
    stop = _BEGINNING + timedelta(days=last // DAY_US + 2)
    before = _offset(zone, day)
    while day < stop:
        following = day + timedelta(days=1)
        after = _offset(zone, following)
        if after != before:
            found.append(_between(zone, day, following))
            before = after
        day = following
    return tuple(found)


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> Transition:
    """Return the change between two moments, found by halving."""
    before, after = _offset(zone, early), _offset(zone, late)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    moment = _microseconds(late - _BEGINNING)
    low, high = sorted((moment + _microseconds(before), moment + _microseconds(after)))
    return Transition(Kind.SKIPPED if after > before else Kind.REPEATED, low, high)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
