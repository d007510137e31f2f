"""Columns that may be the time, the place, the sensor or the identifier of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from evenground.questions.data.measures.columns.column_profile import (
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.moments import MICROSECONDS
from evenground.questions.data.measures.columns.names import Hint, hints, words_of
from evenground.questions.data.measures.columns.readings import (
    JOINED,
    Reading,
    number_reading,
    time_reading,
)

_HOURS = 24
_MOSTLY = 0.9
_SOME = 0.5
_FLAG = 2
_FEW_CODES = 12
_RIGHT, _STRAIGHT = 90.0, 180.0
_PLACES = frozenset({"addr", "address", "parcel"})
_EXCUSED = frozenset({"created", "opened", "createdat", "createddate"})


PERIODS = (Reading.YEAR, Reading.MONTH)
"""Readings that say a period rather than when something happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A column (or days and hours, joined) that may be the time of a row.

    ``n_distinct`` is how many different times there are at most; ``low`` and ``high`` are the
    first and the last in microseconds where they are known.
    """

    name: str
    columns: tuple[str, ...]
    reading: Reading
    n_distinct: int
    liking: float
    low: float | None = None
    high: float | None = None

    @property
    def is_period(self) -> bool:
        """Whether it says a year or a month, not when something happened."""
        return self.reading in PERIODS


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table, asked for what they may be."""

    profiles: tuple[ColumnProfile, ...]
    by_name: Mapping[str, ColumnProfile] = field(default_factory=dict[str, ColumnProfile])

    @classmethod
    def of(cls, profiles: Sequence[ColumnProfile]) -> Columns:
        """Take the profiles of a table."""
        known = {column.name: column for column in profiles}
        return cls(profiles=tuple(profiles), by_name=known)

    @property
    def n(self) -> int:
        """Rows of the table."""
        return max((column.n for column in self.profiles), default=0)

    def hinted(self, *wanted: Hint) -> Iterator[ColumnProfile]:
        """Yield the columns whose name hints at any of these and that hold something."""
        return (one for one in self.profiles if hints(one.name, *wanted) and not one.is_empty)

    def speaks_of_cases(self) -> bool:
        """Whether some column is about a case: its status, its kind, what came of it."""
        return any(True for _ in self.hinted(Hint.CASE))

    def times(self) -> list[Candidate]:
        """Return what may be the time of a row, the likeliest first."""
        found = [one for column in self.profiles if (one := self._time(column))]
        joined = [self._joined(one) for one in found]
        return sorted(joined, key=lambda one: -one.liking)

    def _time(self, column: ColumnProfile) -> Candidate | None:
        reading = time_reading(column)
        if reading is None or column.is_empty or hints(column.name, Hint.EDITION):
            return None
        counted = reading in (Reading.YEAR, Reading.EPOCH_SECONDS, Reading.EPOCH_MILLISECONDS)
        if counted and not hints(column.name, Hint.TIME, Hint.PERIOD, Hint.SINCE):
            return None
        if hints(column.name, Hint.LONGITUDE, Hint.LATITUDE):
            return None
        low, high = _ends(column, reading)
        return Candidate(
            name=column.name, columns=(column.name,), reading=reading,
            n_distinct=column.n_distinct, liking=self._liking(column, reading), low=low, high=high,
        )  # fmt: skip

    def _liking(self, column: ColumnProfile, reading: Reading) -> float:
        since = hints(column.name, Hint.SINCE)
        if since and self.speaks_of_cases() and _EXCUSED & set(words_of(column.name)):
            since = False
        later = reading not in PERIODS and hints(column.name, Hint.LATER, Hint.ARRIVED)
        return (
            column.n_filled / max(1, column.n)
            + 2.0 * (hints(column.name, Hint.HAPPENED) and not later)
            + 1.0 * hints(column.name, Hint.TIME)
            - 4.0 * (since or later)
            - 1.0 * (reading is Reading.YEAR)
            - 5.0 * (column.n_distinct < _FLAG and column.n > 1)
        )

    def _joined(self, day: Candidate) -> Candidate:
        """Return days joined with a column of hours, where there is one."""
        column = self.by_name[day.name]
        whole_days = column.written(Writing.DAY) == column.n_filled > 0
        stored_days = column.holds in (Holds.DAY, Holds.MOMENT) and (
            column.holds is Holds.DAY or column.n_midnight == column.n_filled
        )
        hours = [one for one in self.hinted(Hint.HOUR) if _is_hour(one)]
        if not (whole_days or stored_days) or not hours or day.n_distinct == column.n:
            return day
        hour = hours[0]
        n_distinct = min(day.n_distinct * hour.n_distinct, column.n)
        end = None if day.high is None else day.high + (_HOURS - 1) * 3600 * MICROSECONDS
        return Candidate(
            name=f"{day.name}{JOINED}{hour.name}", columns=(day.name, hour.name),
            reading=day.reading, n_distinct=n_distinct, liking=day.liking, low=day.low, high=end,
        )  # fmt: skip

    def coordinates(self) -> tuple[str, str, str] | None:
        """Return the columns of longitude and latitude (or of x and y) and their system."""
        for first, second, crs in (
            (Hint.LONGITUDE, Hint.LATITUDE, "EPSG:4326"),
            (Hint.X, Hint.Y, ""),
        ):
            across = [one for one in self.hinted(first) if _fits(one, first)]
            along = [one for one in self.hinted(second) if _fits(one, second)]
            if across and along:
                fullest = [max(side, key=lambda one: one.n_filled) for side in (across, along)]
                return fullest[0].name, fullest[1].name, crs
        return None

    def codes(self, but: Sequence[str]) -> Iterator[ColumnProfile]:
        """Yield columns of codes or names: texts and whole numbers, no times and no fractions."""
        for column in self.profiles:
            if column.name in but or column.is_empty or column.holds is Holds.FLAG:
                continue
            if hints(column.name, Hint.MARGIN, Hint.SHARE, Hint.HOUR, Hint.EDITION):
                continue
            fractions = column.written(Writing.POINT) or column.holds is Holds.NUMBER
            if not fractions or column.n_whole == column.n_filled:
                yield column

    def measured(self, but: Sequence[str]) -> list[ColumnProfile]:
        """Return the columns that were measured or counted."""
        return [
            column
            for column in self.profiles
            if column.name not in but and number_reading(column) and _is_measured(column)
        ]


def _is_hour(column: ColumnProfile) -> bool:
    if column.holds is Holds.TEXT and column.share_written((Writing.CLOCK,)) >= _MOSTLY:
        return True
    if column.low is None or column.high is None:
        return False
    return column.low >= 0 and column.high < _HOURS and column.n_distinct <= _HOURS


def _fits(column: ColumnProfile, hint: Hint) -> bool:
    if number_reading(column) is None or column.low is None or column.high is None:
        return False
    limit = {Hint.LONGITUDE: _STRAIGHT, Hint.LATITUDE: _RIGHT}.get(hint)
    return limit is None or (column.low >= -limit and column.high <= limit)


def _is_measured(column: ColumnProfile) -> bool:
    """Whether numbers are quantities: no parts of the calendar, no codes, no margins, no flags."""
    if hints(column.name, Hint.MARGIN, Hint.LONGITUDE, Hint.LATITUDE, Hint.X, Hint.Y):
        return False
    named = hints(column.name, Hint.COUNT, Hint.SHARE, Hint.MONEY)
    if hints(column.name, Hint.CALENDAR, Hint.ID, Hint.CODE, Hint.AREA, Hint.SENSOR) and not named:
        return False
    if column.written(Writing.LEADING_ZERO) or time_reading(column) is not None:
        return False
    whole = column.n_whole == column.n_filled
    if whole and column.n_distinct <= _FLAG and column.n_in_unit == column.n_filled:
        return False
    return column.n_distinct > 1 or column.n <= _FEW_CODES


def looks_coded(column: ColumnProfile) -> bool:
    """Whether whole numbers are a short list of codes, each of them used many times."""
    if column.low is None or column.high is None or column.n_whole != column.n_filled:
        return False
    all_used = column.high - column.low + 1 == column.n_distinct
    often = column.n_filled >= 20 * column.n_distinct
    return column.n_distinct <= _FEW_CODES and all_used and often and column.low >= 0


def is_identifier(column: ColumnProfile, n_editions: int) -> bool:
    """Whether a column tells rows apart (within an edition) and is called so."""
    if not hints(column.name, Hint.ID) or _PLACES & set(words_of(column.name)):
        return False
    filled = column.n_filled
    whole = column.holds is Holds.TEXT or column.n_whole == filled
    distinct = column.n_distinct >= _MOSTLY * filled / max(1, n_editions)
    return whole and distinct and filled >= _SOME * column.n > 0


def _ends(column: ColumnProfile, reading: Reading) -> tuple[float | None, float | None]:
    """Return the first and last time in microseconds, where the profile knows them."""
    if column.holds is not Holds.TEXT:
        if reading is Reading.STORED_TIME:
            return column.low, column.high
        factor = {Reading.EPOCH_SECONDS: MICROSECONDS, Reading.EPOCH_MILLISECONDS: 1000}
        if reading in factor and column.low is not None and column.high is not None:
            return column.low * factor[reading], column.high * factor[reading]
        return None, None
    if reading is not Reading.ISO:
        return None, None
    return _written(column.first_text), _written(column.last_text)


def _written(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.timestamp() * MICROSECONDS


CADENCES = tuple(
    seconds * MICROSECONDS
    for seconds in (
        1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600,
        43_200, 86_400, 7 * 86_400,
    )
)  # fmt: skip
"""Distances at which instruments usually read, in microseconds."""


def regular_cadence(time: Candidate, n: int) -> int | None:
    """Return the cadence at which rows of one thing seem to come; ``None`` if they do not."""
    if time.low is None or time.high is None or time.n_distinct < _MOSTLY * n:
        return None
    for cadence in CADENCES:
        expected = (time.high - time.low) / cadence + 1
        if 0.6 * expected <= n <= 1.02 * expected:
            return cadence
    return None
