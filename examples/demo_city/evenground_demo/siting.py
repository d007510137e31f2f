"""Put a given number of units into areas, and places into the areas' streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.areas import Area
from evenground_demo.land import Points
from evenground_demo.people import scattered
from evenground_demo.world import World

TRIED = 6
"""Places looked at for every one that is kept, where places keep apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place for units: index of its area, position, and whether it stands on the area's edge."""

    area: int
    point: shapely.Point
    on_edge: bool


def whole_shares(weight: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Divide ``n`` whole units by weight (largest remainder); they add up to ``n``."""
    quota = weight / weight.sum() * n
    units = np.floor(quota).astype(np.int64)
    rest = np.argsort(-(quota - units), kind="stable")[: n - int(units.sum())]
    units[rest] += 1
    return units


def settled_places(
    world: World,
    per_area: NDArray[np.int64],
    *,
    rng: np.random.Generator,
    n_on_edge: int = 0,
    apart: bool = False,
) -> list[Place]:
    """Draw ``per_area`` distinct places in each area; ``n_on_edge`` of them stand on an edge.

    ``apart`` keeps places away from each other, as someone does who walks the streets first.
    """
    places: list[Place] = []
    for i, n in enumerate(per_area):
        n_drawn = TRIED * int(n) if apart else int(n)
        drawn = scattered(world.areas[i].shape, n_drawn, rng=rng, inside_by=15.0)
        kept = _far_apart(drawn, int(n), others=places) if apart else drawn
        places += [Place(area=i, point=shapely.Point(point), on_edge=False) for point in kept]
    for index in rng.permutation(len(places))[:n_on_edge]:
        places[index] = _to_edge(places[index], world.areas)
    return places


def _far_apart(drawn: Points, n: int, *, others: Sequence[Place]) -> list[Points]:
    """Keep ``n`` of the drawn points, each time the one farthest from all that are kept."""
    taken = [np.array([place.point.x, place.point.y]) for place in others]
    kept: list[Points] = []
    for _ in range(n):
        near = [np.hypot(*(drawn - point).T) for point in (*taken, *kept)]
        best = int(np.min(near, axis=0).argmax()) if near else 0
        kept.append(drawn[best])
    return kept


def _to_edge(place: Place, areas: Sequence[Area]) -> Place:
    """Move a place to the nearest corner that its area shares with another."""
    shape = areas[place.area].shape
    others = [area.shape for i, area in enumerate(areas) if i != place.area]
    corners = shapely.get_coordinates(shape.exterior)
    points = np.array([shapely.Point(corner) for corner in corners])
    touching = shapely.intersects(points[:, None], np.array(others)[None, :])
    shared = corners[touching.any(axis=1)]
    if not len(shared):
        return place
    away = np.hypot(shared[:, 0] - place.point.x, shared[:, 1] - place.point.y)
    return Place(area=place.area, point=shapely.Point(shared[away.argmin()]), on_edge=True)
