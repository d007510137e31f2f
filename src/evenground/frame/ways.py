"""How people get from where they live to a place: along streets, else in a straight line.

Whoever lives where streets lead to no site, or far from any street, gets a straight line instead,
and findings say how many they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message
from evenground.frame.columns import Vector
from evenground.methods.accessibility.pairs import Pairs, straight_line_pairs

if TYPE_CHECKING:
    from evenground.methods.network.street_access import StreetAccess
    from evenground.methods.network.street_network import StreetNetwork
    from evenground.protocol import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Ways from places to sites; ``network`` is ``None`` where no streets are given."""

    network: StreetNetwork | None

    @property
    def kind(self) -> str:
        """``streets`` or ``straight``."""
        return "straight" if self.network is None else "streets"

    def pairs(self, start: Vector, goal: Vector, *, limit: float) -> Pairs:
        """Return pairs of points within ``limit`` metres, both of shape (n, 2)."""
        if self.network is None or not len(start) or not len(goal):
            return straight_line_pairs(start, goal, limit=limit)
        return _along(self.network, start, goal, limit=limit).pairs

    def nearest(self, start: Vector, goal: Vector) -> tuple[Vector, int]:
        """Return metres to the nearest of some sites, and how many points have none along streets.

        Those get the straight line.
        """
        if self.network is None:
            return _straight(start, goal), 0
        found = _along(self.network, start, goal, limit=1.0)
        cut_off = ~np.isfinite(found.nearest.cost)
        metres = np.where(cut_off, found.nearest_straight, found.nearest.cost)
        return metres.astype(np.float64), int(cut_off.sum())


def ways_of(case: Case) -> Ways:
    """Return ways along the streets that the city gives, else straight lines."""
    streets = case.places.get("streets")
    if streets is None or not len(streets):
        return Ways(network=None)
    import shapely

    shapes = streets.geometry.to_numpy()
    lines = shapes[np.isin(shapely.get_dimensions(shapes), (1,)) & ~shapely.is_empty(shapes)]
    lines = lines[shapely.length(lines) > 0]
    if not len(lines):
        return Ways(network=None)
    from evenground.methods.network.street_lines import network_from_lines

    tolerance = case.settings.number("street_snap_metres")
    return Ways(network=network_from_lines(lines, tolerance=tolerance))


def _along(network: StreetNetwork, start: Vector, goal: Vector, *, limit: float) -> StreetAccess:
    from evenground.methods.network.street_access import StreetTerms, street_access

    terms = StreetTerms(limit=limit, straight_for_cut_off=True, compiled=False)
    return street_access(network, start, sites=goal, terms=terms)


def ways_caveat(ways: Ways, **known: Any) -> Message:
    """Return what is to be said of how distances were measured."""
    code = "caveat.along_streets" if ways.network is not None else "caveat.straight_line"
    return Message(code=code, parameters=known)


def street_tables(ways: Ways) -> tuple[str, ...]:
    """Return the tables that ways rest on."""
    return () if ways.network is None else ("streets",)


def _straight(start: Vector, goal: Vector) -> Vector:
    from scipy.spatial import KDTree

    metres, _ = KDTree(goal).query(start)
    return np.asarray(metres, dtype=np.float64)
