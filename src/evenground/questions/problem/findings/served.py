"""Who is within reach of the units, and who already was before them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.columns import Vector
from evenground.frame.origins import Origins, origins_of
from evenground.frame.unit_sets import UnitSet
from evenground.frame.ways import street_tables, ways_caveat
from evenground.language import N_
from evenground.methods.accessibility.pairs import Pairs
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.validation import Flags
from evenground.questions.problem.context import Context
from evenground.questions.problem.measures.catchment_overlap import (
    CatchmentOverlap,
    catchment_overlap,
)

METHOD = Method(
    name=N_("People within reach of the new units, of those that stand, of both"),
    formula=N_("already served = people in both catchments / people in the new one"),
    literature=("Church & ReVelle 1974, Papers of the Regional Science Association 32, 101–118",),
)
ALREADY, NEW, MIXED = (
    Verdict("mostly_already"), Verdict("mostly_new"), Verdict("some_already"),
)  # fmt: skip
MOSTLY = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Who has what within reach.

    Attributes
    ----------
    origins, people
        Where people live, and how many at each point.
    pairs
        The units of the lead within reach of each point.
    by_area, shape (n_areas,)
        Units per resident, each shared among all within its reach; NaN where nobody lives.
    """

    origins: Origins
    people: Vector
    pairs: Pairs
    by_area: Vector

    @property
    def reached(self) -> Flags:
        """Whether each point has a unit within reach, shape (n_origins,)."""
        return np.bincount(self.pairs.origin, minlength=self.pairs.n_origins) > 0


def served_of(context: Context) -> Served | None:
    """Return what is within reach of where people live; ``None`` without places or people."""
    if context.frame is None or context.lead is None or context.frame.people is None:
        return None
    origins = origins_of(context.case, context.frame)
    people = living_at(origins, context.people)
    points = points_of(context.lead.set)
    if not len(points) or not len(origins.points) or people.sum() <= 0:
        return None
    pairs = context.ways.pairs(
        coordinates(origins.points), points, limit=context.case.settings.number("served_metres")
    )
    shared = two_step_access(
        pairs, threshold=pairs.limit, supply=unit_weights(context.lead.set), demand=people
    )
    return Served(
        origins=origins,
        people=people,
        pairs=pairs,
        by_area=area_means(
            shared.access, people, origins.area, n_areas=len(context.frame.area_ids)
        ),
    )


def living_at(origins: Origins, people: Vector) -> Vector:
    """Return residents at each point, shape (n_origins,).

    Where nobody says how many live at which point, the residents of an area (``people``, shape
    (n_areas,)) are shared evenly among its points.
    """
    if origins.people is not None:
        return origins.people.value
    points = np.bincount(origins.area, minlength=people.size)
    return people[origins.area] / points[origins.area]


def coordinates(points: NDArray[np.object_]) -> Vector:
    """Return coordinates of geometries' centres, shape (n, 2)."""
    import shapely

    return shapely.get_coordinates(shapely.centroid(points))


def points_of(units: UnitSet) -> Vector:
    """Return where the places with a shape are, shape (n, 2)."""
    shapes = np.array([one for one in units.places if one is not None], dtype=object)
    return coordinates(shapes) if len(shapes) else np.empty((0, 2))


def unit_weights(units: UnitSet) -> Vector:
    """Return what the places with a shape count for."""
    return units.units[[one is not None for one in units.places]]


def area_means(values: Vector, people: Vector, area: NDArray[np.int64], *, n_areas: int) -> Vector:
    """Return the mean over people of each area, NaN where nobody lives."""
    total = np.bincount(area, weights=values * people, minlength=n_areas)
    weight = np.bincount(area, weights=people, minlength=n_areas)
    return np.divide(total, weight, out=np.full(n_areas, np.nan), where=weight > 0)


def overlap(context: Context, served: Served | None) -> list[Finding]:
    """Return whom the new units reach that units reached already."""
    if served is None or context.today is None:
        return []
    points = points_of(context.today.set)
    if not len(points):
        return []
    limit = context.case.settings.number("served_metres")
    before = context.ways.pairs(coordinates(served.origins.points), points, limit=limit)
    grouping = context.grouping
    share = grouping.membership.share[:, served.origins.area] if grouping else None
    found = catchment_overlap(served.people, before, served.pairs, membership=share)
    if np.isnan(found.already_served):  # nobody is reached
        return []
    return [_finding(context, found, grouping)]


def _verdict(found: CatchmentOverlap) -> Verdict:
    if found.already_served >= MOSTLY:
        return ALREADY
    return NEW if found.already_served <= 1 - MOSTLY else MIXED


def _finding(context: Context, found: CatchmentOverlap, grouping: Grouping | None) -> Finding:
    verdict = _verdict(found)
    everyone = found.before_only + found.both + found.new_only + found.neither
    known = context.known(
        metres=context.case.settings.number("served_metres"),
        already=found.already_served,
        new=round(found.new_only),
        still=found.neither / everyone,
    )
    return Finding(
        code=f"overlap.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.exact("already_served", found.already_served, unit="share"),
            Estimate.exact("newly_served", round(found.new_only), unit="people"),
            Estimate.exact("not_served", found.neither / everyone, unit="share"),
        ),
        tables=(_table(found, grouping),) if grouping else (),
        caveats=(
            Message(code="caveat.within_reach", parameters=known),
            ways_caveat(context.ways),
        ),
        sources=context.sources(
            "sites", "areas", "points", "population", *street_tables(context.ways)
        ),
        method=METHOD,
        claims=("M16", "M18"),
        bears_on=context.bears_on,
    )


def _table(found: CatchmentOverlap, grouping: Grouping) -> Table:
    rows = tuple(
        (name, *(round(float(part)) for part in found.by_group[row]))
        for row, name in enumerate(grouping.names)
    )
    return Table(
        key="overlap",
        columns=("group", "before_only", "both", "new_only", "neither"),
        rows=rows,
        title=Message(code="table.overlap"),
    )
