"""Clocks that are off by whole hours from some week on: a sensor's day begins earlier or later.

Each week has a profile, the median of each hour of the day. It is turned by every number of hours
and set beside the profile of the network in that week (or the sensor's own most usual week); the
turn under which the two are most alike (Pearson's correlation) is by how much the clock is off.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message
from evenground.methods.validation import Vector, Whole
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.clocks.transitions import Kind, transitions
from evenground.questions.data.measures.network.reference import LEAST_NEIGHBOURS
from evenground.questions.data.measures.network.windows import known_median

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NAME = "clock_shifts"
HOURS = 24
LEAST_ALIKE = 0.8
"""Turned back, a week must be at least so much like its reference (correlation), and"""
BETTER_BY = 0.1
"""by so much more than it is as it stands,"""
LEAST_WEEKS = 2
"""for so many weeks with the same turn."""
DAY_US, HOUR_US = 86_400_000_000, 3_600_000_000
WEEK_US = 7 * DAY_US
_FEWEST_WEEKS = 4
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShift:
    """A stretch of weeks in which a sensor's clock is off.

    Attributes
    ----------
    sensor
        Its code.
    hours
        By how much its times are late (above 0) or early.
    first_week, last_week
        Weeks since 1970-01-01, which was a Thursday.
    beside
        ``network``, or ``itself`` where there is none.
    """

    sensor: str
    hours: int
    first_week: int
    last_week: int
    beside: str

    def shown(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        start, end = self.first_week * 7, self.last_week * 7 + 6
        days = {"start": str(np.datetime64(start, "D")), "end": str(np.datetime64(end, "D"))}
        return {"sensor": self.sensor, "hours": self.hours, "beside": self.beside, **days}


def hourly_profile(table: ibis.Table, sensor: str, time: str, value: str) -> ibis.Table:
    """Return the median of each hour of the day, by sensor and week.

    Parameters
    ----------
    table
        Rows.
    sensor, time, value
        Columns: code (empty for a single series), whole microseconds of the clock as written, and a
        measured number.

    Returns
    -------
    table
        ``sensor``, ``week`` (since 1970-01-01), ``hour`` (0-23), ``middle``.
    """
    import ibis

    read: Any = table.select(
        sensor=table[sensor].cast("string") if sensor else ibis.literal(""),
        time=table[time].cast("int64"),
        value=table[value].cast("float64"),
    )
    rows = read.filter(read.time.notnull() & read.value.notnull() & (read.time >= 0))
    hour = (rows.time % DAY_US - rows.time % HOUR_US) / HOUR_US
    week = (rows.time - rows.time % WEEK_US) / WEEK_US
    placed = rows.mutate(week=week.cast("int64"), hour=hour.cast("int64"))
    return placed.group_by(["sensor", "week", "hour"]).agg(middle=placed.value.median())


def clock_shifts(profile: pa.Table | None, zone: str = "") -> Check:
    """Return how many stretches of weeks there are in which a sensor's clock is off.

    Parameters
    ----------
    profile
        What ``hourly_profile`` gave; ``None`` if it was not worked out.
    zone
        Zone of the clock: a sensor alone that moves by the hour by which this clock was put forward
        or back, in that week, follows (or does not follow) daylight saving, and is left out.
    """
    definition = Message(
        code="definition.clock_shifts",
        parameters={"alike": LEAST_ALIKE, "better": BETTER_BY, "n_weeks": LEAST_WEEKS},
    )
    if profile is None or profile.num_rows == 0:
        reason = Message(code="reason.clock_shifts.no_profile")
        return Check.not_established(NAME, unit="stretches", definition=definition, reason=reason)
    sensors, weeks, hours = _laid(profile)
    if weeks.size < _FEWEST_WEEKS:
        reason = Message(code="reason.clock_shifts.too_few_weeks", parameters={"n": _FEWEST_WEEKS})
        return Check.not_established(NAME, unit="stretches", definition=definition, reason=reason)
    found = shifted_clocks(sensors, weeks, hours, zone)
    check = Check.counted(NAME, len(found), unit="stretches", definition=definition)
    return check.showing(stretches=[one.shown() for one in found])


def shifted_clocks(
    sensors: tuple[str, ...], weeks: Whole, hours: Vector, zone: str = ""
) -> list[ClockShift]:
    """Return the stretches in which clocks are off.

    Parameters
    ----------
    sensors, weeks
        Codes, and weeks since 1970-01-01 without a hole.
    hours, shape (n_sensors, n_weeks, 24)
        Median of each hour; ``nan`` where there is none.
    zone
        As for ``clock_shifts``.
    """
    found: list[ClockShift] = []
    enough = np.isfinite(hours).all(axis=2).sum(axis=0) > LEAST_NEIGHBOURS
    together = known_median(_standard(hours), axis=0)
    changed = _weeks_of_change(zone, weeks)
    for i, sensor in enumerate(sensors):
        reference = np.where(enough[:, None], together, _usual_week(_standard(hours[i])))
        turns = np.array([_turn(*pair) for pair in zip(hours[i], reference, strict=True)])
        for first, last in _runs(turns):
            alone = not enough[first : last + 1].all()
            if alone and abs(turns[first]) == 1 and changed[max(first - 1, 0) : first + 2].any():
                continue
            found.append(
                ClockShift(
                    sensor=sensor, hours=int(turns[first]), first_week=int(weeks[first]),
                    last_week=int(weeks[last]), beside="itself" if alone else "network",
                )
            )  # fmt: skip
    return found


def _usual_week(weeks: Vector) -> Vector:
    """Return the week of (n_weeks, 24) that is most like all others; ``nan`` without any."""
    known = weeks[np.isfinite(weeks).all(axis=1)]
    if not known.size:
        return np.full(HOURS, np.nan)
    return known[int(np.argmax((known @ known.T).sum(axis=1).round(_DIGITS)))]


def _turn(week: Vector, reference: Vector) -> int:
    """Return by how many hours a week (24,) is late beside its reference, 0 if it is not clear."""
    if not (np.isfinite(week).all() and np.isfinite(reference).all()):
        return 0
    a, b = week - week.mean(), reference - reference.mean()
    length = float(np.sqrt((a @ a) * (b @ b)))
    if length == 0:
        return 0
    alike = np.array([np.roll(a, -turn) @ b for turn in range(HOURS)]) / length
    best = int(np.argmax(alike))
    if alike[best] < LEAST_ALIKE or alike[best] < alike[0] + BETTER_BY:
        return 0
    return best if best <= HOURS // 2 else best - HOURS


def _runs(turns: Whole) -> list[tuple[int, int]]:
    """Return first and last positions of runs of one turn other than 0, long enough to count."""
    bounds = [0, *(np.flatnonzero(np.diff(turns)) + 1), turns.size]
    runs = [(int(a), int(b) - 1) for a, b in pairwise(bounds)]
    return [(a, b) for a, b in runs if turns[a] and b - a + 1 >= LEAST_WEEKS]


def _standard(hours: Vector) -> Vector:
    """Return profiles (..., 24) less their mean, over their deviation; ``nan`` if incomplete."""
    mean = hours.mean(axis=-1, keepdims=True)
    spread = hours.std(axis=-1, keepdims=True)
    return np.where(spread > 0, (hours - mean) / np.where(spread > 0, spread, 1.0), np.nan)


def _laid(profile: pa.Table) -> tuple[tuple[str, ...], Whole, Vector]:
    sensor = profile.column("sensor").to_pylist()
    week = np.asarray(profile.column("week").to_numpy(), dtype=np.int64)
    hour = np.asarray(profile.column("hour").to_numpy(), dtype=np.int64)
    names, which = np.unique([code or "" for code in sensor], return_inverse=True)
    weeks = np.arange(week.min(), week.max() + 1)
    hours = np.full((names.size, weeks.size, HOURS), np.nan)
    hours[which, week - weeks[0], hour] = profile.column("middle").to_numpy()
    return tuple(str(name) for name in names), weeks, hours


def _weeks_of_change(zone: str, weeks: Whole) -> Whole:
    """Say in which weeks the zone's clock is changed, shape of ``weeks``."""
    if not zone or weeks.size == 0:
        return np.zeros(weeks.shape, dtype=np.int64)
    first, last = int(weeks[0]) * WEEK_US, (int(weeks[-1]) + 1) * WEEK_US
    at = {
        change.start // WEEK_US for change in transitions(zone, first, last) if change.kind in Kind
    }
    return np.isin(weeks, list(at)).astype(np.int64)
