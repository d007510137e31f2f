"""What the columns of a table stand for: the sensor, the time, what was measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """What the rows of a table are; checks that suit one form are not put to another."""

    STREAM = "stream"
    """One reading a row: of a sensor (or of one thing alone) at times that come regularly."""
    EVENTS = "events"
    """One happening a row, with its time and often its place: a crime, a request, a trip."""
    PLACES = "places"
    """One thing a row that stands somewhere: a camera, a bin, a stop."""
    COUNTS = "counts"
    """Counts or shares by area, group or period."""
    ROWS = "rows"
    """None of these, or nothing by which to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Columns by what they stand for; empty where there is none. All names are the table's own.

    Attributes
    ----------
    form
        What a row is.
    sensor
        Which sensor, camera, counter or station a row is of.
    time, zone, arrived
        When it was measured or happened; the declared IANA time zone of wall-clock times (empty:
        as written, no zone known; ``UTC`` for instants); when the row arrived.
    values
        Measured columns, all numbers.
    x, y, crs
        Coordinates (longitude and latitude unless ``crs`` says otherwise).
    area, row_id
        Code of an area; identifier that should be there once.
    prediction, outcome, group
        A model's prediction, what came, and a group of people, for errors by group.
    quasi, sensitive
        Columns that together may tell a person (quasi-identifiers), and what must not be learnt.
    person
        Whose row it is, for trips and the like.
    incident, ended
        Where residents report: the incident that a report is of, and when that ended.
    """

    form: Form = Form.ROWS
    sensor: str = ""
    time: str = ""
    zone: str = ""
    arrived: str = ""
    values: tuple[str, ...] = field(default=())
    x: str = ""
    y: str = ""
    crs: str = ""
    area: str = ""
    row_id: str = ""
    prediction: str = ""
    outcome: str = ""
    group: str = ""
    quasi: tuple[str, ...] = field(default=())
    sensitive: str = ""
    person: str = ""
    incident: str = ""
    ended: str = ""
