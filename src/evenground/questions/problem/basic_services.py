"""The basic services that the city names: who has each by its standard, today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from evenground.frame.origins import origins_of
from evenground.frame.sites import present
from evenground.methods.validation import Vector
from evenground.questions.problem.context import Context
from evenground.questions.problem.findings.served import coordinates
from evenground.questions.problem.indicators import rows_of
from evenground.questions.problem.measures.service_coverage import (
    ServiceCoverage,
    residents,
    service_coverage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicService:
    """One basic service.

    ``n`` stand today; ``coverage`` is of people at the finest points there are; costs are of one
    more, ``None`` where nobody says.
    """

    key: str
    name: str
    metres: float
    n: int
    coverage: ServiceCoverage
    set_by: str
    cost: float | None
    cost_high: float | None
    people_per_unit: float | None
    price_year: int | None


def basic_services(context: Context) -> tuple[BasicService, ...]:
    """Return the basic services that have a standard and, somewhere, a place."""
    places = context.case.places.get("services")
    areas = context.frame
    if places is None or areas is None or areas.people is None:
        return ()
    origins = origins_of(context.case, areas)
    if origins.people is None or origins.people.value.sum() <= 0:
        return ()
    grouping = context.grouping
    among = residents(
        origins.people.value,
        area=origins.area,
        n_areas=len(areas.area_ids),
        membership=grouping.membership.share[:, origins.area] if grouping else None,
    )
    start = coordinates(origins.points)
    found: list[BasicService] = []
    for row in rows_of(context.tables.get("basic_services")):
        shapes = standing(places, row["service"] or "", context.case.today)
        if not row["within_metres"] or not len(shapes):
            continue
        coverage = service_coverage(
            nearest_metres(start, shapes), among, standard=row["within_metres"], side="above"
        )
        found.append(_service(row, coverage, n=len(shapes)))
    return tuple(found)


def _service(row: Mapping[str, Any], coverage: ServiceCoverage, *, n: int) -> BasicService:
    return BasicService(
        key=row["service"],
        name=row["name"] or row["service"],
        metres=float(row["within_metres"]),
        n=n,
        coverage=coverage,
        set_by=row["set_by"] or "",
        cost=row["unit_cost"] or None,
        cost_high=row["unit_cost_high"] or None,
        people_per_unit=row["people_per_unit"] or None,
        price_year=row["price_year"],
    )


def standing(places: Any, kind: str, today: date) -> Any:
    """Return the shapes of one kind of service that is open on a day."""
    import shapely

    shapes = places.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    same = np.array([_text(one) == kind.casefold() for one in places["kind"]], dtype=np.bool_)
    open_ = np.array(
        [
            _on_or_before(opened, today) and not _on_or_before(closed, today, unknown=False)
            for opened, closed in zip(places["opened"], places["closed"], strict=True)
        ],
        dtype=np.bool_,
    )
    return shapes[there & same & open_]


def _text(value: Any) -> str:
    return str(value).casefold() if present(value) else ""


def _on_or_before(day: Any, today: date, *, unknown: bool = True) -> bool:
    if not present(day):
        return unknown
    return (day if type(day) is date else day.date()) <= today


def nearest_metres(start: Vector, shapes: Any) -> Vector:
    """Return the distance from each point to the nearest shape in a straight line, in metres."""
    import shapely

    tree = shapely.STRtree(shapes)
    _, metres = tree.query_nearest(shapely.points(start), return_distance=True, all_matches=False)
    return np.asarray(metres, dtype=np.float64)
