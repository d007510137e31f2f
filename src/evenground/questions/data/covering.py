"""Who is within reach of what measures: of sensors by their uptime, else of areas with rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.frame.areas import Frame
from evenground.frame.origins import Origins, origins_of
from evenground.frame.ways import Ways, ways_of
from evenground.methods.boundary_assignment import summed
from evenground.protocol import Case
from evenground.questions.data.dataset_checks import Looked
from evenground.questions.data.measures.people.coverage import (
    Covered,
    Residents,
    Working,
    covered_by_area,
    covered_by_group,
    covered_by_point,
    working_within_reach,
)
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.measures.space.area_coverage import area_coverage
from evenground.questions.data.place_checks import sensors_of
from evenground.questions.data.plan import BY_AREA
from evenground.questions.data.purposes.facts import Interval
from evenground.questions.data.purposes.model import MeasureKind

if TYPE_CHECKING:
    import pyarrow as pa

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Who is within reach of a dataset's sensors.

    Attributes
    ----------
    everybody, by_area
        One row; a row for each area.
    points, shape (n_sensors, 2); uptime, shape (n_sensors,)
        Where sensors stand, metres, and the share of the time that each works (NaN: not known).
    residents
        Where people live.
    working
        Chances by point.
    ways
        How distances were measured.
    """

    everybody: Covered
    by_area: Covered
    points: Vector
    uptime: Vector
    residents: Residents
    working: Working
    ways: Ways

    def by_group(self, counts: Vector, everybody: Vector) -> Covered:
        """Return the shares covered of groups counted by area, shape (n_groups, n_areas)."""
        return covered_by_group(self.working, self.residents, counts, everybody=everybody)


def reached(looked: Looked, roles: Roles, case: Case, frame: Frame | None) -> Reached | None:
    """Return who is within reach of sensors; ``None`` without sensors, places or people."""
    if roles.form not in (Form.STREAM, Form.PLACES) or looked.places is None or frame is None:
        return None
    if looked.places.points is None or frame.people is None:
        return None
    points, uptime = _sensors(looked, roles)
    origins = origins_of(case, frame)
    people = _people(origins, frame)
    if not len(points) or not people.sum():
        return None
    import shapely

    ways = ways_of(case)
    start = shapely.get_coordinates(shapely.centroid(origins.points))
    pairs = ways.pairs(start, points, limit=case.settings.number("sensor_reach_metres"))
    working = working_within_reach(pairs, uptime)
    residents = Residents(people=people, area=origins.area, n_areas=len(frame.area_ids))
    return Reached(
        everybody=covered_by_point(working, people[None, :]),
        by_area=covered_by_area(working, residents),
        points=points,
        uptime=uptime,
        residents=residents,
        working=working,
        ways=ways,
    )


def _people(origins: Origins, frame: Frame) -> Vector:
    """Return residents at each point; where nobody counts them, an area's are shared evenly."""
    if origins.people is not None:
        return origins.people.value
    if frame.people is None:
        return np.zeros(len(origins.points))
    known = frame.people.counts.value * frame.people.known
    return known[origins.area] / np.bincount(origins.area, minlength=known.size)[origins.area]


def _sensors(looked: Looked, roles: Roles) -> tuple[Vector, Vector]:
    """Return where each sensor stands (where most of its rows are), and how much it works."""
    if looked.places is None or looked.places.points is None:
        return np.empty((0, 2)), np.empty(0)
    points = looked.places.points
    known = np.isfinite(points).all(axis=1)
    if roles.form is not Form.STREAM or not roles.sensor:
        apart = np.unique(points[known], axis=0)
        return apart, np.full(len(apart), np.nan)
    stands = sensors_of(looked.places)
    uptime = uptime_of(looked.series) if looked.series is not None else {}
    where = np.array(list(stands.values())).reshape(-1, 2)
    return where, np.array([uptime.get(name, np.nan) for name in stands])


def uptime_of(series: pa.Table) -> dict[str, float]:
    """Return the share of the readings due over the whole period that each sensor delivered."""
    rows: list[dict[str, Any]] = series.select(
        ["sensor", "first", "last", "cadence", "n_instants"]
    ).to_pylist()
    told = [row for row in rows if row["cadence"] and row["first"] is not None]
    if not told:
        return {}
    first, last = min(row["first"] for row in told), max(row["last"] for row in told)
    return {
        str(row["sensor"]): min(row["n_instants"] / ((last - first) // row["cadence"] + 1), 1.0)
        for row in told
    }


def coverage_of(
    own: Mapping[str, pa.Table], found: Reached | None, frame: Frame | None
) -> Interval | None:
    """Return the share of residents whom the data can be about, 0-1; ``None`` without people."""
    if found is None:
        return _by_area(own, frame)
    value = float(found.everybody.expected[0])
    return Interval(
        value=None if np.isnan(value) else value,
        low=float(found.everybody.least[0]),
        high=float(found.everybody.most[0]),
        kind=MeasureKind.BOUND,
        n=round(float(found.everybody.people[0])),
        of="residents",
    )


def _by_area(own: Mapping[str, pa.Table], frame: Frame | None) -> Interval | None:
    """Return the share of residents who live in areas with rows."""
    table = own.get(BY_AREA)
    if table is None or frame is None or frame.people is None:
        return None
    row_of = {area: row for row, area in enumerate(frame.area_ids)}
    known = [
        (row_of[str(code)], n)
        for code, n in zip(table["area"].to_pylist(), table["n"].to_pylist(), strict=True)
        if code is not None and str(code) in row_of
    ]
    if not known:
        return None
    at, n = np.array(known, dtype=np.float64).T
    rows = summed(at.astype(np.int64), n, size=len(row_of))
    people = np.nan_to_num(frame.people.counts.value * frame.people.known)
    found = area_coverage(rows, people)
    if found is None or found.share_residents is None:
        return None
    share = found.share_residents
    return Interval(
        value=share, low=share, high=share, kind=MeasureKind.EXACT,
        n=round(float(people.sum())), of="residents",
    )  # fmt: skip
