"""Land and water of Quillhaven: a coast, a river with an island, docks, a lake, a city limit.

Control points are metres east and north of the old market; ``ORIGIN`` puts them on the Dogger
Bank, under some twenty metres of sea, where no map shows a town.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from evenground_demo.chance import stream

CRS = "EPSG:25831"
ORIGIN = (466_000.0, 6_062_000.0)
GRID = 0.1
"""Coordinates are whole decimetres, so that neighbours share their corners exactly."""

SMALLEST_M2 = 100_000
"""Smaller scraps of land are no part of the city."""

Points = NDArray[np.float64]

_COAST = [
    (-3900, 5700), (-4500, 4700), (-3900, 3500), (-4350, 2600), (-3800, 1500), (-2700, 1050),
    (-2250, 500), (-2300, -350), (-2900, -1000), (-3700, -1350), (-4700, -1900), (-5600, -2900),
    (-5300, -4100), (-4200, -4800), (-3000, -5000),
]  # fmt: skip
_LIMIT = [
    (-3000, -5000), (-1700, -4600), (-900, -5200), (500, -4800), (1900, -5500), (3300, -5100),
    (4200, -4300), (5700, -4400), (6200, -3300), (7300, -2500), (7000, -1200), (7700, 200),
    (7000, 1300), (7200, 2600), (5900, 3200), (5700, 4500), (4300, 4600), (3400, 5600),
    (1900, 5100), (700, 5900), (-700, 5500), (-2100, 6200), (-3900, 5700),
]  # fmt: skip
_RIVER = [
    (9000, -2300), (7200, -1700), (6000, -1000), (4900, -1250), (4000, -2000), (3000, -1500),
    (2300, -500), (1300, -250), (500, -600), (-300, -450), (-1200, 50), (-2100, 150), (-3600, 100),
]  # fmt: skip
_LAKE = [
    (3600, 2900), (3950, 3250), (4500, 3200), (4900, 2800), (4700, 2450), (4300, 2500),
    (3900, 2350), (3600, 2500),
]  # fmt: skip
_ISLAND = [
    (-650, -330),
    (-300, -420),
    (150, -560),
    (350, -640),
    (150, -690),
    (-300, -590),
    (-620, -430),
]
_DOCKS = [
    ((-2600, 1150), (-1750, 1330)), ((-2450, 700), (-1550, 830)), ((-2500, -560), (-1700, -430)),
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Land inside the city limit in pieces (largest first), and the water that parts them."""

    pieces: tuple[shapely.Polygon, ...]
    river: BaseGeometry
    lake: BaseGeometry
    limit: shapely.Polygon


def placed(points: Points) -> Points:
    """Move metres from the old market to projected coordinates."""
    return points + np.asarray(ORIGIN)


def make_land(seed: int) -> Land:
    """Draw land and water; the same seed gives the same shapes."""
    rng = stream(seed, "land")
    coast = fractal(
        smooth(fractal(np.array(_COAST, float), rng=rng, rough=0.12, rounds=2), rounds=2),
        rng=rng,
        rough=0.07,
        rounds=1,
    )
    limit = fractal(np.array(_LIMIT, float), rng=rng, rough=0.09, rounds=3)
    outline = shapely.Polygon(placed(np.vstack([coast[:-1], limit[:-1]]))).buffer(0)
    island = _closed(_ISLAND, rng)
    river = _river(rng).difference(island)
    lake = _closed(_LAKE, rng)
    docks = [_dock(low, high) for low, high in _DOCKS]
    dry = shapely.difference(outline, shapely.union_all([river, lake, *docks]), grid_size=GRID)
    pieces = sorted(shapely.get_parts(dry), key=lambda piece: -piece.area)
    return Land(
        pieces=tuple(piece for piece in pieces if piece.area > SMALLEST_M2),
        river=river.intersection(outline.buffer(1500)),
        lake=lake,
        limit=outline,
    )


def smooth(points: Points, *, rounds: int = 3, closed: bool = False) -> Points:
    """Cut corners (Chaikin 1974); open lines keep their ends."""
    for _ in range(rounds):
        following = np.roll(points, -1, axis=0) if closed else points[1:]
        before = points if closed else points[:-1]
        cut = np.stack([0.75 * before + 0.25 * following, 0.25 * before + 0.75 * following], axis=1)
        inner = cut.reshape(-1, 2)
        points = inner if closed else np.vstack([points[:1], inner, points[-1:]])
    return points


def fractal(points: Points, *, rng: np.random.Generator, rough: float, rounds: int) -> Points:
    """Displace midpoints sideways by ``rough`` times the segment's length, ``rounds`` times."""
    for _ in range(rounds):
        step = np.diff(points, axis=0)
        normal = np.stack([-step[:, 1], step[:, 0]], axis=1)
        push = np.clip(rng.normal(0.0, rough, len(step)), -2 * rough, 2 * rough)
        middle = points[:-1] + step / 2 + normal * push[:, None]
        points = np.insert(points, np.arange(1, len(points)), middle, axis=0)
    return points


def _closed(points: list[tuple[int, int]], rng: np.random.Generator) -> shapely.Polygon:
    ring = smooth(np.array(points, float), rounds=2, closed=True)
    ring = fractal(np.vstack([ring, ring[:1]]), rng=rng, rough=0.06, rounds=1)
    return shapely.Polygon(placed(ring))


def _river(rng: np.random.Generator) -> BaseGeometry:
    line = smooth(fractal(np.array(_RIVER, float), rng=rng, rough=0.05, rounds=1), rounds=3)
    along = np.linspace(0.0, 1.0, len(line))
    # A stream of 90 m at the eastern limit, a tidal mouth of 600 m; widest past the harbour.
    half_width = 45 + 60 * along + 240 * np.clip((along - 0.72) / 0.28, 0, 1) ** 1.5
    reaches = [
        shapely.convex_hull(
            shapely.union(
                shapely.Point(placed(line[i])).buffer(half_width[i]),
                shapely.Point(placed(line[i + 1])).buffer(half_width[i + 1]),
            )
        )
        for i in range(len(line) - 1)
    ]
    island_reach = shapely.Point(placed(np.array([-150.0, -520.0]))).buffer(1)
    bulge = shapely.affinity.scale(island_reach.buffer(1), 340, 130)
    return shapely.union_all([*reaches, shapely.affinity.rotate(bulge, -16)])


def _dock(low: tuple[int, int], high: tuple[int, int]) -> shapely.Polygon:
    (west, south), (east, north) = placed(np.array([low, high], float)).tolist()
    return shapely.affinity.rotate(shapely.box(west, south, east, north), 9)
