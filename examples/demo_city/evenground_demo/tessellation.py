"""Cut land into small areas: centres settle where people are dense, edges bend a little."""

from __future__ import annotations

from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray

from evenground_demo.chance import stream
from evenground_demo.land import GRID, ORIGIN, Land, Points, fractal

N_SAMPLES = 24_000
LLOYD_ROUNDS = 5
_HUBS = [  # metres from the old market, spread in metres, weight
    (-800, 800, 950, 11.0), (-600, -1300, 1000, 6.5), (1700, 700, 950, 5.2),
    (-2000, 3600, 1000, 6.2), (-3000, -2900, 1000, 6.6), (2300, 3000, 1100, 1.9),
    (2300, -2800, 1100, 3.6), (5000, 900, 1100, 2.2),
]  # fmt: skip
_FLOOR = 0.28


def density(points: Points) -> NDArray[np.float64]:
    """Return how densely lived-in a place is (no unit); ``points`` are projected, (n, 2)."""
    local = points - np.asarray(ORIGIN)
    total = np.full(len(local), _FLOOR)
    for east, north, spread, weight in _HUBS:
        squared = ((local - (east, north)) ** 2).sum(axis=1)
        total += weight * np.exp(-squared / (2.0 * spread**2))
    return total


def make_cells(land: Land, *, n_cells: int, seed: int) -> list[shapely.Polygon]:
    """Cut the land into ``n_cells`` polygons that meet without gap or overlap within each piece."""
    rng = stream(seed, "tessellation")
    samples = [_sample(piece, rng) for piece in land.pieces]
    numbers = _numbers([len(sample) for sample in samples], n_cells)
    cells: list[shapely.Polygon] = []
    for piece, sample, number in zip(land.pieces, samples, numbers, strict=True):
        centres = _settle(sample, number, rng)
        cells += _cut(piece, centres, rng) if number > 1 else [piece]
    return cells


def _sample(piece: shapely.Polygon, rng: np.random.Generator) -> Points:
    low_x, low_y, high_x, high_y = piece.bounds
    n = int(N_SAMPLES * (high_x - low_x) * (high_y - low_y) / 60e6)
    points = rng.uniform((low_x, low_y), (high_x, high_y), (n, 2))
    points = points[shapely.contains_xy(piece, points[:, 0], points[:, 1])]
    # The square root keeps areas in the centre small without making the outer ones huge.
    weight = density(points) ** 0.95
    return points[rng.random(len(points)) < weight / weight.max()]


def _numbers(sizes: list[int], n_cells: int) -> list[int]:
    quotas = np.array(sizes) / sum(sizes) * n_cells
    numbers = np.maximum(np.floor(quotas).astype(int), 1)
    while numbers.sum() < n_cells:
        numbers[np.argmax(quotas - numbers)] += 1
    while numbers.sum() > n_cells:
        numbers[np.argmax(numbers)] -= 1
    return [int(number) for number in numbers]


def _settle(sample: Points, n: int, rng: np.random.Generator) -> Points:
    """Move centres to the mean of the samples nearest to them (Lloyd 1982)."""
    centres = sample[rng.choice(len(sample), n, replace=False)]
    for _ in range(LLOYD_ROUNDS):
        squared = ((sample[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        nearest = squared.argmin(axis=1)
        count = np.bincount(nearest, minlength=n)
        sums = np.stack([np.bincount(nearest, sample[:, k], n) for k in (0, 1)], axis=1)
        centres = np.where(count[:, None] > 0, sums / np.maximum(count, 1)[:, None], centres)
    return centres


def _cut(
    piece: shapely.Polygon, centres: Points, rng: np.random.Generator
) -> list[shapely.Polygon]:
    """Cut one piece into Voronoi cells with bent edges; straighter where bending ran foul."""
    for rough in (0.075, 0.05, 0.025, 0.0):
        cells = _bent_cells(piece, centres, rng=rng, rough=rough)
        if bool((shapely.area(cells) > 0).all()):
            return _reunited(cells)
    message = "the land could not be cut into areas; choose another seed"
    raise RuntimeError(message)


def _bent_cells(
    piece: shapely.Polygon, centres: Points, *, rng: np.random.Generator, rough: float
) -> list[shapely.Geometry]:
    frame = shapely.box(*piece.bounds).buffer(3_000)
    seeds = shapely.MultiPoint(centres)
    straight = shapely.voronoi_polygons(seeds, extend_to=frame, ordered=True)
    edges = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame, only_edges=True))
    bent = [_bent(edge, rng=rng, rough=rough) for edge in sorted(edges, key=_corners)]
    net = shapely.union_all([*bent, frame.exterior], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([net]))
    owner = _owners(faces, shapely.get_parts(straight))
    return [
        shapely.intersection(shapely.union_all(faces[owner == i]), piece, grid_size=GRID)
        for i in range(len(centres))
    ]


def _corners(edge: shapely.LineString) -> list[float]:
    return shapely.get_coordinates(edge).ravel().tolist()


def _bent(
    edge: shapely.LineString, *, rng: np.random.Generator, rough: float
) -> shapely.LineString:
    rounds = int(np.clip(np.log2(edge.length / 110), 1, 5))
    return shapely.LineString(fractal(np.array(edge.coords), rng=rng, rough=rough, rounds=rounds))


def _owners(faces: NDArray[np.object_], straight: NDArray[np.object_]) -> NDArray[np.int_]:
    """Return for each face the straight cell that it overlaps most."""
    overlap = shapely.area(shapely.intersection(faces[:, None], straight[None, :]))
    return overlap.argmax(axis=1)


def _reunited(cells: list[shapely.Geometry]) -> list[shapely.Polygon]:
    """Give scraps that water cut off to the neighbour with the longest shared edge."""
    main: list[shapely.Polygon] = []
    scraps: list[shapely.Polygon] = []
    for cell in cells:
        parts = [part for part in shapely.get_parts(cell) if part.geom_type == "Polygon"]
        parts.sort(key=lambda part: -part.area)
        main.append(parts[0])
        scraps += parts[1:]
    for scrap in sorted(scraps, key=lambda part: -part.area):
        shared = [shapely.intersection(scrap, cell).length for cell in main]
        best = int(np.argmax(shared))
        if shared[best] > 0:
            united = shapely.union(main[best], scrap, grid_size=GRID)
            main[best] = cast("shapely.Polygon", united)
    return main
