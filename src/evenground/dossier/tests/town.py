"""Saltholm, a town that does not exist: areas of uneven shape around a bay, people, bins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

WEST, SOUTH = 541_000.0, 6_163_000.0
ACROSS = 11_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Areas with residents, a deprivation score and bins; places of the bins."""

    outlines: tuple[Any, ...]
    residents: tuple[int, ...]
    deprivation: tuple[float, ...]
    bins: tuple[tuple[float, float], ...]
    bins_per_area: tuple[int, ...]

    @property
    def area_ids(self) -> tuple[str, ...]:
        """Ids like ``S-017``."""
        return tuple(f"S-{number:03d}" for number in range(len(self.outlines)))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres."""
        return tuple(float(edge) for edge in shapely.total_bounds(list(self.outlines)))

    def geojson(self) -> dict[str, Any]:
        """Outlines as figures share them."""
        features = [
            {
                "type": "Feature",
                "id": area_id,
                "properties": {},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [[round(x, 1), round(y, 1)] for x, y in outline.exterior.coords]
                    ],
                },
            }
            for area_id, outline in zip(self.area_ids, self.outlines, strict=True)
        ]
        return {"type": "FeatureCollection", "features": features}


def town(n_areas: int = 96, *, n_bins: int = 200, seed: int = 7, detail: float = 0.0) -> Town:
    """Return the town with about ``n_areas`` areas; ``detail`` > 0 roughens borders (metres)."""
    rng = np.random.default_rng(seed)
    land = _land()
    cells = _cells(land, n_areas, rng)
    if detail:
        cells = shapely.segmentize(cells, detail)
    centres = shapely.get_coordinates(shapely.centroid(cells))
    middle = np.array([WEST + 0.52 * ACROSS, SOUTH + 0.55 * ACROSS])
    reach = np.hypot(*(centres - middle).T) / ACROSS
    residents = np.rint(2600 * np.exp(-1.4 * reach) * rng.uniform(0.6, 1.3, len(cells))).astype(int)
    southness = (centres[:, 1].max() - centres[:, 1]) / np.ptp(centres[:, 1])
    deprivation = np.clip(12 + 30 * southness + rng.normal(0, 5, len(cells)), 3, 60)
    weight = residents * np.exp(-0.055 * deprivation)
    per_area = rng.multinomial(n_bins, weight / weight.sum())
    bins = [
        point for cell, n in zip(cells, per_area, strict=True) for point in _inside(cell, n, rng)
    ]
    return Town(
        outlines=tuple(cells),
        residents=tuple(int(n) for n in residents),
        deprivation=tuple(round(float(score), 1) for score in deprivation),
        bins=tuple(bins),
        bins_per_area=tuple(int(n) for n in per_area),
    )


def _land() -> Any:
    angles = np.linspace(0, 2 * math.pi, 240, endpoint=False)
    radius = (
        0.5
        + 0.05 * np.sin(3 * angles + 0.6)
        + 0.035 * np.sin(5 * angles)
        - 0.16 * np.exp(-((angles - 3.5) ** 2) / 0.12)
    )
    ring = [
        (WEST + ACROSS * (0.5 + r * math.cos(a)), SOUTH + ACROSS * (0.45 + 0.82 * r * math.sin(a)))
        for a, r in zip(angles, radius, strict=True)
    ]
    return shapely.Polygon(ring)


def _cells(land: Any, n_areas: int, rng: np.random.Generator) -> np.ndarray:
    """Cells around scattered points, evened out twice, denser in the middle."""
    spread = np.abs(rng.normal(0, 0.62, n_areas * 12)) % 1.0
    turn = rng.uniform(0, 2 * math.pi, n_areas * 12)
    middle = (WEST + 0.52 * ACROSS, SOUTH + 0.5 * ACROSS)
    xs = middle[0] + ACROSS * 0.6 * spread * np.cos(turn)
    ys = middle[1] + ACROSS * 0.55 * spread * np.sin(turn)
    points = shapely.points(xs, ys)
    points = points[shapely.contains(land, points)][:n_areas]
    for _ in range(2):
        cells = _voronoi(points, land)
        points = shapely.centroid(cells)
    return _voronoi(points, land)


def _voronoi(points: Sequence[Any], land: Any) -> np.ndarray:
    cells = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land)
    clipped = shapely.intersection(shapely.get_parts(cells), land)
    whole = clipped[shapely.get_type_id(clipped) == shapely.GeometryType.POLYGON]
    order = np.lexsort(np.round(shapely.get_coordinates(shapely.centroid(whole)), 3).T)
    return whole[order]


def _inside(cell: Any, n: int, rng: np.random.Generator) -> list[tuple[float, float]]:
    west, south, east, north = cell.bounds
    found: list[tuple[float, float]] = []
    while len(found) < n:
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        if shapely.contains_xy(cell, x, y):
            found.append((round(float(x), 1), round(float(y), 1)))
    return found
