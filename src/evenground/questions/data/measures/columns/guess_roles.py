"""Guess what the columns of a table stand for, with a reason for each guess.

A guess is printed, and a datasheet overrides it. It rests on exact figures of the columns and on
their names; where both leave it open, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.measures.columns.candidates import (
    Candidate,
    Columns,
    is_identifier,
    looks_coded,
    regular_cadence,
)
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds
from evenground.questions.data.measures.columns.moments import MICROSECONDS
from evenground.questions.data.measures.columns.names import Hint, hints, position_of, words_of
from evenground.questions.data.measures.columns.readings import is_instant, time_reading
from evenground.questions.data.measures.roles import Form, Roles

_GRID = (0.5, 1.2)
"""Rows for each pair of a thing and a time, in a table that has (nearly) one for each."""
_FULL_GRID = (0.95, 1.05)
"""The same where no name says what the thing is."""
_OFTEN = 20
_EVENT_LIKING = 1.0
_INCIDENT = frozenset({"incident", "case", "complaint"})
_ENDED = ("resol", "closed", "completed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Roles as guessed; for each role that is not empty (and ``form``), why."""

    roles: Roles
    reasons: Mapping[str, Message]


@dataclass(slots=True, kw_only=True)
class _Found:
    """Roles on their way."""

    roles: dict[str, Any] = field(default_factory=dict[str, Any])
    reasons: dict[str, Message] = field(default_factory=dict[str, Message])

    def take(self, role: str, value: Any, code: str, **parameters: Any) -> None:
        if value:
            self.roles[role] = value
            self.reasons[role] = Message(code=f"guess.{code}", parameters=parameters)

    @property
    def used(self) -> list[str]:
        held = [name for name in self.roles.values() if isinstance(name, str)]
        return [part for name in held for part in (name, *name.split("+"))]


def guess_roles(
    profiles: Sequence[ColumnProfile], *, coordinates: tuple[str, str, str] | None = None
) -> Guess:
    """Guess what the columns of a table stand for.

    Parameters
    ----------
    profiles
        What the columns hold.
    coordinates
        Columns of x and y made from shapes, and their coordinate system, if there were shapes.

    Returns
    -------
    Guess
        With a reason for each role.
    """
    columns, found = Columns.of(profiles), _Found()
    _place(columns, found, coordinates)
    times = [one for one in columns.times() if not set(one.columns) & set(found.used)]
    _form(columns, found, times)
    _identifier(columns, found)
    _area(columns, found)
    _people(columns, found)
    _reports(columns, found)
    return Guess(roles=Roles(**found.roles), reasons=found.reasons)


def _place(columns: Columns, found: _Found, coordinates: tuple[str, str, str] | None) -> None:
    named = columns.coordinates()
    shaped = coordinates if coordinates and coordinates[0] else None
    given, code = shaped or named, "from_shapes" if shaped else "coordinates"
    if given is None:
        return
    for role, value in zip(("x", "y", "crs"), given, strict=True):
        found.take(role, value, code, column=value)


def _form(columns: Columns, found: _Found, times: Sequence[Candidate]) -> None:
    for one in (_grid, _regular, _irregular, _events, _counts):
        if one(columns, found, times):
            return
    time = next((one for one in times if one.liking > 0 and not one.is_period), None)
    if "x" in found.roles:
        found.take("form", Form.PLACES, "form_places", x=found.roles["x"], y=found.roles["y"])
    else:
        found.take("form", Form.ROWS, "form_rows")
    if time is not None:
        _time(columns, found, time)


def _time(columns: Columns, found: _Found, time: Candidate) -> None:
    day, hour = time.columns[0], time.columns[-1]
    found.take("time", time.name, "time" if day == hour else "time_joined", column=day, hour=hour)
    if is_instant(columns.by_name[day], time.reading):
        found.take("zone", "UTC", "zone", column=day)
    arrived = next(
        (one.name for one in columns.hinted(Hint.ARRIVED) if one.holds is not Holds.FLAG), ""
    )
    if arrived not in time.columns:
        found.take("arrived", arrived, "name", column=arrived)


def _grid(columns: Columns, found: _Found, times: Sequence[Candidate]) -> bool:
    """Whether there is (nearly) one row for each thing at each time: a stream, or counts."""
    for time in times:
        if time.n_distinct < 2 or time.liking < -1 or _is_of_cases(columns, time):  # noqa: PLR2004
            continue
        things = list(_things(columns, found, time))
        if not things:
            continue
        thing = min(things, key=lambda one: _thing_order(one, time))
        counts = hints(thing.name, Hint.AREA)
        values = _values(columns, [*found.used, *time.columns, thing.name], coded=counts)
        if not values:
            continue
        form, role = (Form.COUNTS, "area") if counts else (Form.STREAM, "sensor")
        found.take(
            "form", form, "form_counts_grid" if counts else "form_grid", column=thing.name,
            n_things=thing.n_distinct, time=time.name, n_times=time.n_distinct, n=columns.n,
        )  # fmt: skip
        found.take(role, thing.name, "thing", column=thing.name, n_distinct=thing.n_distinct)
        _time(columns, found, time)
        found.take("values", values, "values")
        return True
    return False


def _things(columns: Columns, found: _Found, time: Candidate) -> Iterator[ColumnProfile]:
    for column in columns.codes([*found.used, *time.columns]):
        named = hints(column.name, Hint.SENSOR, Hint.AREA, Hint.ID)
        if hints(column.name, Hint.CALENDAR) or not (named or column.holds is Holds.TEXT):
            continue
        share = columns.n / (column.n_distinct * time.n_distinct)
        low, high = _GRID if named else _FULL_GRID
        if column.n_distinct > 1 and low <= share <= high:
            yield column


def _is_of_cases(columns: Columns, time: Candidate) -> bool:
    """Whether a time says when cases happened, so that rows are no readings."""
    return not time.is_period and hints(time.name, Hint.HAPPENED) and columns.speaks_of_cases()


def _thing_order(column: ColumnProfile, time: Candidate) -> tuple[Any, ...]:
    """Prefer areas and sensors by name, then codes to words, then the fuller column."""
    named = not hints(column.name, Hint.AREA, Hint.SENSOR, Hint.ID)
    words = column.n_whole < column.n_filled
    return named, words, column.n_null, column.position, time.name


def _regular(columns: Columns, found: _Found, times: Sequence[Candidate]) -> bool:
    """Whether rows of one thing come at regular times."""
    for time in times:
        cadence = None if _is_of_cases(columns, time) else regular_cadence(time, columns.n)
        values = _values(columns, [*found.used, *time.columns])
        if cadence and values and columns.n >= _OFTEN:
            minutes = cadence / MICROSECONDS / 60
            found.take("form", Form.STREAM, "form_regular", time=time.name, minutes=minutes)
            _time(columns, found, time)
            found.take("values", values, "values")
            return True
    return False


def _irregular(columns: Columns, found: _Found, times: Sequence[Candidate]) -> bool:
    """Whether rows are readings of several things, each at times of its own."""
    if columns.speaks_of_cases():
        return False
    for time in times:
        if time.is_period or time.liking < 0 or time.n_distinct < _OFTEN:
            continue
        things = [
            one
            for one in columns.codes([*found.used, *time.columns])
            if hints(one.name, Hint.SENSOR) and 1 < one.n_distinct <= columns.n / _OFTEN
        ]
        values = _values(columns, [*found.used, *time.columns, *(one.name for one in things)])
        if things and values:
            thing = min(things, key=lambda one: _thing_order(one, time))
            found.take("form", Form.STREAM, "form_readings", column=thing.name, time=time.name)
            found.take(
                "sensor", thing.name, "thing", column=thing.name, n_distinct=thing.n_distinct
            )
            _time(columns, found, time)
            found.take("values", values, "values")
            return True
    return False


def _events(columns: Columns, found: _Found, times: Sequence[Candidate]) -> bool:
    """Whether each row is something that happened."""
    time = next((one for one in times if not one.is_period), None)
    if time is None or time.liking <= _EVENT_LIKING or time.n_distinct < 2:  # noqa: PLR2004
        return False
    found.take("form", Form.EVENTS, "form_events", time=time.name, n_times=time.n_distinct)
    _time(columns, found, time)
    return True


def _counts(columns: Columns, found: _Found, _: Sequence[Candidate]) -> bool:
    """Whether each row is an area (or group) with counts or shares of it."""
    areas = [
        one
        for one in columns.hinted(Hint.AREA)
        if one.n_distinct == one.n_filled == columns.n > 1 and _is_code(one)
    ]
    values = _values(columns, [*found.used, *(one.name for one in areas)], coded=True)
    named = [name for name in values if hints(name, Hint.COUNT, Hint.SHARE, Hint.MONEY)]
    if not areas or not named:
        return False
    area = min(areas, key=lambda one: position_of(one.name, Hint.AREA))
    found.take("form", Form.COUNTS, "form_counts", column=area.name, n=columns.n)
    found.take("area", area.name, "thing", column=area.name, n_distinct=area.n_distinct)
    found.take("values", values, "values")
    return True


def _is_code(column: ColumnProfile) -> bool:
    """Whether a column may hold codes of areas: no fractions, and it does not count anything."""
    whole = column.holds is Holds.TEXT or column.n_whole == column.n_filled
    return whole and not hints(column.name, Hint.COUNT, Hint.SHARE)


def _values(columns: Columns, but: Sequence[str], *, coded: bool = False) -> tuple[str, ...]:
    """Return the measured columns; short lists of codes are none unless ``coded``."""
    measured = [one for one in columns.measured(but) if coded or not looks_coded(one)]
    return tuple(one.name for one in measured)


def _editions(columns: Columns) -> int:
    return max((one.n_distinct for one in columns.hinted(Hint.EDITION)), default=1)


def _identifier(columns: Columns, found: _Found) -> None:
    if found.roles["form"] is Form.COUNTS:
        return
    taken = [*found.used, *found.roles.get("values", ())]
    n_editions = _editions(columns)
    known = [
        one for one in columns.profiles if one.name not in taken and is_identifier(one, n_editions)
    ]
    if known:
        best = max(known, key=lambda one: (one.n_filled, one.n_distinct, -one.position))
        found.take(
            "row_id", best.name, "identifier", column=best.name, n_distinct=best.n_distinct,
            n=best.n,
        )  # fmt: skip


def _area(columns: Columns, found: _Found) -> None:
    if "area" in found.roles:
        return
    taken = [*found.used, *found.roles.get("values", ())]
    known = [
        one
        for one in columns.hinted(Hint.AREA)
        if one.name not in taken and one.n_distinct > 1 and one.holds is not Holds.FLAG
        and not hints(one.name, Hint.COUNT, Hint.SHARE)
    ]  # fmt: skip
    if known:
        best = min(known, key=lambda one: (position_of(one.name, Hint.AREA), one.position))
        found.take("area", best.name, "name", column=best.name)


def _people(columns: Columns, found: _Found) -> None:
    """Guess whose rows they are, and what a model said and what came of it."""
    taken = found.used
    person = [
        one
        for one in columns.codes(taken)
        if hints(one.name, Hint.PERSON) and hints(one.name, Hint.ID, Hint.CODE)
        and 1 < one.n_distinct < columns.n
    ]  # fmt: skip
    if person:
        found.take("person", person[0].name, "name", column=person[0].name)
    predicted, came = (
        [one.name for one in columns.hinted(hint) if one.name not in taken]
        for hint in (Hint.PREDICTION, Hint.OUTCOME)
    )
    if predicted and came and predicted[0] != came[0]:
        found.take("prediction", predicted[0], "name", column=predicted[0])
        found.take("outcome", came[0], "name", column=came[0])
        group = [one.name for one in columns.hinted(Hint.GROUP) if one.n_distinct <= _OFTEN]
        found.take("group", group[0] if group else "", "name", column=group[0] if group else "")
    if found.roles["form"] in (Form.COUNTS, Form.PLACES):
        return
    quasi = tuple(
        one.name
        for one in columns.hinted(Hint.QUASI)
        if one.name not in taken and one.n_distinct > 1 and not hints(one.name, Hint.COUNT)
    )
    if person or len(quasi) > 1:
        found.take("quasi", quasi, "quasi")


def _reports(columns: Columns, found: _Found) -> None:
    """Guess, where rows are reports, which incident a report is of and when that ended."""
    if found.roles["form"] is not Form.EVENTS:
        return
    taken = found.used
    incident = [
        one.name
        for one in columns.codes(taken)
        if _INCIDENT & set(words_of(one.name)) and hints(one.name, Hint.ID)
        and 1 < one.n_distinct < one.n_filled
    ]  # fmt: skip
    name = incident[0] if incident else ""
    found.take("incident", name, "name", column=name)
    ended = [
        one.name
        for one in columns.profiles
        if one.name not in taken and not one.is_empty and time_reading(one)
        and any(part in word for word in words_of(one.name) for part in _ENDED)
    ]  # fmt: skip
    found.take("ended", ended[0] if ended else "", "name", column=ended[0] if ended else "")
