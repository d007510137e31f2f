"""Points exactly on a boundary that areas share: joined plainly, they are lost or counted again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.methods.boundary_assignment import (
    DEFAULT_TOLERANCE_METRES,
    Assignment,
    assign_points,
    summed,
    usable_geometries,
)
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.space.coordinates import flagged

NAME = "boundary_points"
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainJoins:
    """What the plain spatial joins make of points.

    Attributes
    ----------
    n_touched, shape (n,)
        Areas that each point touches or lies in.
    inside, shape (n,)
        Whether a point lies strictly within an area.
    """

    n_touched: Whole
    inside: Flags

    @property
    def on_boundary(self) -> Flags:
        """Whether a point touches more than one area, shape (n,)."""
        return self.n_touched >= _TWO

    @property
    def n_counted_again(self) -> int:
        """How many counts too many a join by ``intersects`` makes."""
        return int(np.maximum(self.n_touched - 1, 0).sum())

    @property
    def n_lost(self) -> int:
        """How many points that touch an area a join by ``within`` drops."""
        return int(((self.n_touched > 0) & ~self.inside).sum())


def plain_joins(points: ArrayLike, areas: ArrayLike) -> PlainJoins:
    """Return what joins by ``intersects`` and ``within`` make of points, both in one system."""
    where, zones = usable_geometries("points", points), usable_geometries("areas", areas)
    tree = shapely.STRtree(zones)
    touched = np.bincount(tree.query(where, predicate="intersects")[0], minlength=where.size)
    inside = np.bincount(tree.query(where, predicate="within")[0], minlength=where.size) > 0
    return PlainJoins(n_touched=touched, inside=inside)


def boundary_points(
    points: ArrayLike,
    areas: ArrayLike,
    *,
    as_written: tuple[ArrayLike, ArrayLike] | None = None,
    tolerance_metres: float = DEFAULT_TOLERANCE_METRES,
    row: ArrayLike | None = None,
) -> Check:
    """Return the check of points exactly on a shared boundary, and what they leave open.

    Parameters
    ----------
    points, shape (n,); areas, shape (n_areas,)
        In a projected system, metres.
    as_written
        The same points and areas in the system in which both were published, where boundaries are
        met exactly; projecting can shift either by a hair. ``None`` takes the projected ones.
    tolerance_metres
        How near a neighbour must be to be admissible (``methods.boundary_assignment``).
    row, shape (n,)
        Row in the data of each point; ``None`` takes the points for the rows, one by one.

    Returns
    -------
    Check
        Counts points that touch more than one area. ``detail``: ``counted_again`` by a join that
        takes every touching area, ``lost`` by a join that takes only areas that hold a point,
        ``within_tolerance`` points with more than one admissible area, ``outside``, ``areas`` whose
        count hangs on them, and ``widest`` (the largest difference between the fewest and the most
        that an area may hold).
    """
    plain = plain_joins(*((points, areas) if as_written is None else as_written))
    where = assign_points(points, areas, tolerance_metres=tolerance_metres)
    fewest, most = fewest_and_most(where)
    n_points = int(plain.on_boundary.sum())
    definition = Message(code=f"definition.{NAME}", parameters={"metres": tolerance_metres})
    at = np.flatnonzero(plain.on_boundary)
    rows = at.astype(np.int64) if row is None else np.asarray(row, dtype=np.int64)[at]
    check = Check.counted(NAME, n_points, unit="rows", definition=definition)
    touched = [str(n) for n in plain.n_touched[at]]
    return check.showing(
        flags=flagged(NAME, rows, "", values=touched),
        share=n_points / where.n_units if where.n_units else None,
        counted_again=plain.n_counted_again,
        lost=plain.n_lost,
        within_tolerance=where.n_ambiguous,
        outside=where.n_outside,
        areas=int((most - fewest > 0).sum()),
        widest=float((most - fewest).max(initial=0.0)),
    )


def fewest_and_most(assignment: Assignment) -> tuple[Vector, Vector]:
    """Return the fewest and the most points that each area may hold, shape (n_areas,) each."""
    doubtful = assignment.ambiguous[assignment.unit]
    fewest, most = (np.where(doubtful, end, assignment.share) for end in (0.0, 1.0))
    size = assignment.n_areas
    return summed(assignment.area, fewest, size=size), summed(assignment.area, most, size=size)
