"""The basic services that the city names: who has each by its standard, today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.frame.origins import origins_of
from evenground.frame.service_points import standing
from evenground.frame.sites import present
from evenground.methods.validation import Vector
from evenground.questions.problem.context import Context
from evenground.questions.problem.findings.served import coordinates, living_at
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
    """Return the basic services that have a standard and are in the table of services.

    Nobody has one of which none stands today; whether one that is not in the table exists, nobody
    can tell (``not_recorded``).
    """
    places = context.case.places.get("services")
    areas = context.frame
    if places is None or areas is None or areas.people is None:
        return ()
    origins = origins_of(context.case, areas)
    people = living_at(origins, context.people)
    if people.sum() <= 0:
        return ()
    grouping = context.grouping
    among = residents(
        people,
        area=origins.area,
        n_areas=len(areas.area_ids),
        membership=grouping.membership.share[:, origins.area] if grouping else None,
    )
    start = coordinates(origins.points)
    found: list[BasicService] = []
    for row in _with_standard(context):
        if row["service"].casefold() not in _kinds(places):
            continue
        shapes = standing(places, context.case.today, kind=row["service"])
        coverage = service_coverage(
            nearest_metres(context, start, shapes),
            among,
            standard=row["within_metres"],
            side="above",
        )
        found.append(_service(row, coverage, n=len(shapes)))
    return tuple(found)


def not_recorded(context: Context) -> list[str]:
    """Return the names of the basic services of which the table of services has none."""
    places = context.case.places.get("services")
    kinds = set[str]() if places is None else _kinds(places)
    return [
        row["name"] or row["service"]
        for row in _with_standard(context)
        if row["service"].casefold() not in kinds
    ]


def _with_standard(context: Context) -> list[dict[str, Any]]:
    rows = rows_of(context.tables.get("basic_services"))
    return [row for row in rows if row["service"] and row["within_metres"]]


def _kinds(places: Any) -> set[str]:
    return {str(one).casefold() for one in places["kind"] if present(one)}


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


def nearest_metres(context: Context, start: Vector, shapes: Any) -> Vector:
    """Return metres from each point to the nearest shape, along streets where there are some.

    Infinite where there is no shape.
    """
    import shapely

    if not len(shapes):
        return np.full(len(start), np.inf)
    if context.ways.network is not None:
        return context.ways.nearest(start, coordinates(shapes))[0]

    tree = shapely.STRtree(shapes)
    _, metres = tree.query_nearest(shapely.points(start), return_distance=True, all_matches=False)
    return np.asarray(metres, dtype=np.float64)
