"""Rows whose place lies outside the city, by more than a distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.boundary_assignment import Geometries, usable_geometries
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.space.coordinates import (
    Coordinates,
    distinct,
    flagged,
    written,
)
from evenground.questions.data.measures.space.inner_cells import InnerCells

NAME = "outside_city"
DEFAULT_METRES = 100.0
"""A place this near to the city is taken as in it: borders run along streets, and points beside."""
BATCH = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSetting:
    """What counts as outside, and what need not be looked at.

    Attributes
    ----------
    metres
        A place is outside if the nearest area is further off.
    inner
        Cells wholly inside the city (``inner_cells``), where rows are many.
    at_fault, shape (n,)
        Entries whose coordinates are at fault: counted there, not here.
    """

    metres: float = DEFAULT_METRES
    inner: InnerCells | None = None
    at_fault: Flags | None = None


def outside_city(
    places: Coordinates, areas: ArrayLike | None, *, setting: OutsideSetting | None = None
) -> Check:
    """Return the check of rows outside all areas.

    Parameters
    ----------
    places, n
        Coordinates in the projected system of the areas, metres.
    areas, shape (n_areas,)
        Polygons of the city; ``None`` where there is no city to compare with.
    setting
        Distance, cells that need no look, entries left out.

    Returns
    -------
    Check
        ``detail``: ``share`` of rows with a place, ``places`` distinct, ``nearest_metres`` and
        ``farthest_metres`` of those outside, ``at_fault_rows`` left out.

    Raises
    ------
    UsageError
        If a polygon is missing or the distance is negative.
    """
    chosen = OutsideSetting() if setting is None else setting
    definition = Message(code=f"definition.{NAME}", parameters={"metres": chosen.metres})
    if areas is None:
        reason = Message(code=f"reason.{NAME}.no_city")
        return Check.not_established(NAME, unit="rows", definition=definition, reason=reason)
    zones = usable_geometries("areas", areas)
    if not chosen.metres >= 0:
        raise wrong("distance", N_("metres is {metres}"), metres=chosen.metres)
    fault = np.zeros(places.x.size, dtype=np.bool_) if chosen.at_fault is None else chosen.at_fault
    looked = np.flatnonzero(places.present & ~fault)
    mine = places.take(looked)
    found, position = distinct(mine)
    metres = metres_outside(found, zones, inner=chosen.inner)
    is_out = metres > chosen.metres
    out = is_out[position] if position.size else np.zeros(0, dtype=np.bool_)
    check = Check.counted(NAME, int(mine.times[out].sum()), unit="rows", definition=definition)
    apart = metres[is_out]
    return check.showing(
        flags=None if mine.row is None else _flags(mine, out),
        share=check.count / mine.n_rows if mine.n_rows and check.count is not None else None,
        places=int(is_out.sum()),
        nearest_metres=float(apart.min()) if apart.size else None,
        farthest_metres=float(apart.max()) if apart.size else None,
        at_fault_rows=int(places.times[fault & places.present].sum()),
    )


def metres_outside(
    places: Coordinates, areas: Geometries, *, inner: InnerCells | None = None
) -> Vector:
    """Return how far outside all areas each place lies, 0 inside, shape (n,); in batches."""
    metres = np.zeros(places.x.size)
    tree = shapely.STRtree(areas)
    left = np.flatnonzero(
        np.ones(places.x.size, dtype=np.bool_) if inner is None else ~inner.hold(places.x, places.y)
    )
    for start in range(0, left.size, BATCH):
        at: Whole = left[start : start + BATCH]
        points = shapely.points(places.x[at], places.y[at])
        hit, apart = tree.query_nearest(points, return_distance=True, all_matches=False)
        metres[at[hit[0]]] = apart
    return metres


def _flags(places: Coordinates, out: Flags):  # noqa: ANN202 - an Arrow table
    at = np.flatnonzero(out)
    rows = np.zeros(0, dtype=np.int64) if places.row is None else places.row[at]
    pairs = zip(written(places.x[at]), written(places.y[at]), strict=True)
    columns = f"{places.x_name}, {places.y_name}"
    return flagged(NAME, rows, columns, values=[f"{x}, {y}" for x, y in pairs])
