"""The units that an initiative places: which of them, where, as of when, counted how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.frame.areas import Frame
from evenground.frame.sites import Site
from evenground.initiative import Initiative, OptionKind
from evenground.methods.apportionment import apportion
from evenground.methods.boundary_assignment import Assignment, summed, units_by_area
from evenground.protocol import Case

Vector = NDArray[np.float64]
TODAY = ""
"""Option key of the units that stand today."""
FAR_METRES = 1e6
"""A place whose area code nobody knows is put this far outside, so that it counts as outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSet:
    """Units of one option on one day, gathered into places.

    Attributes
    ----------
    option, name
        Key and name of the option; an empty key stands for what stands today.
    observed
        Date of the list, when lists of several dates were given.
    n_rows, n_units, n_places, n_unlocated
        Rows of the table, units by the ``units`` column (rows without one count as one), distinct
        places, and rows that say nothing of where they are. ``counted`` (row, units or place) says
        which of them the findings use.
    places, shape (n_places,)
        Geometry of each place; ``None`` entries have only an area code.
    units, shape (n_places,)
        What each place counts for.
    candidates
        Geometry of the places that could have been chosen, the chosen ones included; empty when
        nobody listed any.
    capacity, shape (n_places,)
        What each place can serve, in the service's own unit; ``None`` unless all rows state it.
    """

    option: str
    name: str
    observed: date | None
    n_rows: int
    n_units: float
    n_places: int
    n_unlocated: int
    counted: str
    places: NDArray[np.object_]
    area_ids: tuple[str, ...]
    units: Vector
    candidates: NDArray[np.object_]
    capacity: Vector | None = None

    @property
    def supply(self) -> Vector:
        """What each place offers, shape (n_places,): its capacity, else its units."""
        return self.units if self.capacity is None else self.capacity

    @property
    def n(self) -> float:
        """How many units the findings count."""
        return float(self.units.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A unit set laid over the areas; ``by_area`` (n_areas,) counts its units."""

    set: UnitSet
    assignment: Assignment
    by_area: Vector


def unit_sets(case: Case, sites: Sequence[Site]) -> tuple[UnitSet, ...]:
    """Return the unit sets, the one that the dossier speaks of first.

    Of what stands today, the latest list leads; for an initiative that is still ahead, the option
    with the most units does.
    """
    standing = [site for site in sites if not site.candidate]
    listed = [site for site in sites if site.candidate]
    sets = [
        unit_set(rows, case.initiative, candidates=_candidates(rows, listed))
        for rows in _split(standing, case.today)
    ]
    ahead = case.initiative.stage.is_ahead
    return tuple(sorted(sets, key=lambda one: _rank(one, case.initiative, ahead=ahead)))


def lead_and_others(
    sets: Sequence[UnitSet],
) -> tuple[UnitSet, tuple[UnitSet, ...], tuple[UnitSet, ...]]:
    """Split into the lead, the latest list of every other option, and older lists of the lead."""
    lead = sets[0]
    earlier = [one for one in sets[1:] if one.option == lead.option]
    latest: dict[str, UnitSet] = {}
    for one in sets[1:]:
        if one.option != lead.option:
            latest.setdefault(one.option, one)
    return lead, tuple(latest.values()), tuple(sorted(earlier, key=_when))


def place(units: UnitSet, frame: Frame, *, tolerance_metres: float) -> Placed:
    """Lay places over areas; all lie outside when neither shapes nor area codes say where."""
    only_codes = all(shape is None for shape in units.places)
    if only_codes or not frame.has_shapes:
        assignment = _by_code(units, frame.area_ids)
    else:
        shapes = _with_stand_ins(units, frame)
        assignment = apportion(shapes, frame.outlines, tolerance_metres=tolerance_metres)
    return Placed(set=units, assignment=assignment, by_area=units_by_area(assignment, units.units))


def units_where_known(placed: Placed, known: NDArray[np.bool_]) -> Vector:
    """Return what each place counts for; 0 for those that lie in no area with a known baseline.

    An area whose people nobody counted is no area without people: units there say nothing about
    evenness.
    """
    where = placed.assignment
    inside = summed(where.unit, where.share * known[where.area], size=where.n_units)
    return np.where(inside > 0, placed.set.units, 0.0)


def group_share_of_places(assignment: Assignment, membership: NDArray[np.float64]) -> Vector:
    """Return how each place divides over groups, shape (n_groups, n_places)."""
    shares = np.zeros((membership.shape[0], assignment.n_units))
    weights = membership[:, assignment.area] * assignment.share
    for row, weight in zip(shares, weights, strict=True):
        np.add.at(row, assignment.unit, weight)
    return shares


def _by_code(units: UnitSet, area_ids: tuple[str, ...]) -> Assignment:
    order = {area_id: row for row, area_id in enumerate(area_ids)}
    area = np.array([order.get(code, -1) for code in units.area_ids], dtype=np.int64)
    inside = np.flatnonzero(area >= 0)
    return Assignment(
        n_units=len(area),
        n_areas=len(area_ids),
        unit=inside,
        area=area[inside],
        share=np.ones(len(inside)),
        ambiguous=np.zeros(len(area), dtype=np.bool_),
        outside_share=(area < 0).astype(float),
        outside_metres=np.zeros(len(area)),
        nearest_area=area,
    )


def _with_stand_ins(units: UnitSet, frame: Frame) -> NDArray[np.object_]:
    """Let a point within the area stand for a place that only has an area code."""
    import shapely

    order = {area_id: row for row, area_id in enumerate(frame.area_ids)}
    shapes = units.places.copy()
    outside = shapely.Point(shapely.total_bounds(frame.outlines)[2:] + FAR_METRES)
    for row, (shape, code) in enumerate(zip(units.places, units.area_ids, strict=True)):
        if shape is None:
            at = order.get(code)
            shapes[row] = outside if at is None else shapely.point_on_surface(frame.outlines[at])
    return shapes


def _geometries(shapes: Sequence[Any]) -> NDArray[np.object_]:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def _candidates(rows: Sequence[Site], listed: Sequence[Site]) -> NDArray[np.object_]:
    """Return the places that could have been chosen: those listed for the option, and the chosen.

    A listed place without an option could have been any option's.
    """
    option = rows[0].option
    open_to_it = [site for site in listed if site.option in ("", option)]
    return _distinct([*rows, *open_to_it]) if open_to_it else _geometries([])


def _distinct(sites: Sequence[Site]) -> NDArray[np.object_]:
    shapes = {site.shape.wkb: site.shape for site in sites if site.shape is not None}
    return _geometries(list(shapes.values()))


def _split(sites: Sequence[Site], today: date) -> list[list[Site]]:
    """Split by option, and by date of the list; without such dates, keep what stands today."""
    parts: list[list[Site]] = []
    for option in sorted({site.option for site in sites}):
        rows = [site for site in sites if site.option == option]
        days = {site.observed for site in rows if site.observed and site.observed <= today}
        if days:
            parts += [[site for site in rows if site.observed == day] for day in sorted(days)]
        else:
            parts.append([site for site in rows if option or site.stands(today)])
    return [part for part in parts if part]


def unit_set(
    rows: Sequence[Site], initiative: Initiative, *, candidates: NDArray[np.object_] | None = None
) -> UnitSet:
    """Gather rows of one option (at least one) into places."""
    names = {option.key: option.name for option in initiative.options}
    located = [site for site in rows if site.is_located]
    gathered = _gathered(located)
    shapes = _geometries([here[0].shape for here in gathered])
    units = np.array([_counted(here, initiative.counts) for here in gathered], dtype=float)
    return UnitSet(
        option=rows[0].option,
        name=names.get(rows[0].option, rows[0].option),
        observed=rows[0].observed,
        n_rows=len(rows),
        n_units=float(sum(_units(site) for site in rows)),
        n_places=len(shapes),
        n_unlocated=len(rows) - len(located),
        counted=initiative.counts,
        places=shapes,
        area_ids=tuple(here[0].area_id for here in gathered),
        units=units,
        candidates=_geometries([]) if candidates is None else candidates,
        capacity=_capacity(gathered),
    )


def _units(site: Site) -> float:
    return 1.0 if site.units is None else site.units


def _gathered(rows: Sequence[Site]) -> list[list[Site]]:
    """Gather rows at one point; rows that only have an area code are places of their own."""
    found: dict[object, list[Site]] = {}
    for number, site in enumerate(rows):
        found.setdefault(number if site.shape is None else site.shape.wkb, []).append(site)
    return list(found.values())


def _capacity(gathered: Sequence[Sequence[Site]]) -> Vector | None:
    """Return the capacity of each place; ``None`` where a row does not state it, or all say 0."""
    stated = [[site.capacity for site in here] for here in gathered]
    if not stated or any(one is None for here in stated for one in here):
        return None
    total = np.array([sum(one or 0.0 for one in here) for here in stated], dtype=float)
    return total if total.any() else None


def _counted(here: Sequence[Site], counts: str) -> float:
    """Return what one place counts for: 1, its units or its rows."""
    if counts == "place":
        return 1.0
    return float(sum(_units(site) for site in here)) if counts == "units" else float(len(here))


def _when(one: UnitSet) -> date:
    return one.observed or date.min


def is_today(one: UnitSet, initiative: Initiative) -> bool:
    """Tell whether the units are those that stand today, not an option's."""
    kinds = {option.key: option.kind for option in initiative.options}
    return one.option == TODAY or kinds.get(one.option) is OptionKind.AS_TODAY


def _rank(one: UnitSet, initiative: Initiative, *, ahead: bool) -> tuple[bool, float, int]:
    today = is_today(one, initiative)
    return (today == ahead, 0.0 if today else -one.n, -_when(one).toordinal())
