"""Outlines for maps: shared borders stay shared, coordinates are whole, holes stay holes."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from evenground.tests.towns import SIDE, WEST, grid, places, square
from evenground.workspace.shapes import DETAIL, shapes


def outlined(areas):
    """Return the outlines of areas."""
    return shapes({"areas": places("areas", areas)})["areas"]["features"]


def geometries(areas):
    """Return outlines as shapes again."""
    return [
        shapely.from_geojson(__import__("json").dumps(one["geometry"])) for one in outlined(areas)
    ]


def test_every_area_has_its_outline_under_its_code():
    areas = grid(3, 2)
    found = outlined(areas)
    assert [one["id"] for one in found] == [area["area_id"] for area in areas]
    assert {one["geometry"]["type"] for one in found} == {"MultiPolygon"}


def test_corners_are_whole_metres_where_nobody_sees_less():
    for one in outlined(grid(3, 2)):
        for polygon in one["geometry"]["coordinates"]:
            for ring in polygon:
                assert all(type(number) is int for point in ring for number in point)
                assert ring[0] == ring[-1]


def test_a_small_place_keeps_its_decimals():
    tiny = [{"area_id": "a", "geometry": square(0, 0, side=12.5)}]
    (outline,) = geometries(tiny)
    assert outline.area == pytest.approx(12.5**2, rel=0.01)


def rough(n=400, seed=1):
    """Return two areas that share a border with many corners."""
    rng = np.random.default_rng(seed)
    y = np.linspace(0, 10 * SIDE, n)
    x = 5 * SIDE + rng.normal(0, 0.4, n)
    border = np.c_[WEST + x, 5_000_000 + y]
    low, high = border[0], border[-1]
    west = [(WEST, low[1]), *map(tuple, border), (WEST, high[1])]
    east = [(WEST + 10 * SIDE, low[1]), *map(tuple, border), (WEST + 10 * SIDE, high[1])]
    return [
        {"area_id": name, "geometry": shapely.Polygon(ring)}
        for name, ring in (("west", west), ("east", east))
    ]


def test_a_shared_border_is_simplified_once():
    areas = rough()
    west, east = geometries(areas)
    n_before = shapely.get_num_coordinates(areas[0]["geometry"])
    assert shapely.get_num_coordinates(west) < n_before / 3
    overlap = shapely.intersection(west, east).area
    gap = shapely.union(west, east).convex_hull.area - shapely.union(west, east).area
    assert overlap == pytest.approx(0, abs=1)
    assert gap == pytest.approx(0, abs=1)


def test_nothing_moves_further_than_is_seen():
    areas = rough()
    step = 10 * SIDE / DETAIL
    for before, after in zip(areas, geometries(areas), strict=True):
        assert shapely.hausdorff_distance(before["geometry"], after) < 2 * step


def test_holes_and_parts_stay():
    ring = square(0, 0).difference(square(0, 0).centroid.buffer(200, quad_segs=2))
    islands = shapely.union_all([square(2, 0), square(4, 0)])
    areas = [{"area_id": "ring", "geometry": ring}, {"area_id": "islands", "geometry": islands}]
    first, second = outlined(areas)
    assert len(first["geometry"]["coordinates"][0]) == 2
    assert len(second["geometry"]["coordinates"]) == 2


def test_points_are_no_outlines():
    assert (
        shapes({"areas": places("areas", [{"area_id": "a", "geometry": square(0, 0).centroid}])})
        == {}
    )
    mixed = [
        {"area_id": "a", "geometry": square(0, 0)},
        {"area_id": "b", "geometry": square(1, 0).centroid},
    ]
    assert shapes({"areas": places("areas", mixed)}) == {}


def test_an_area_without_a_shape_keeps_no_other_from_the_map():
    areas = [*grid(2, 1), {"area_id": "nowhere", "geometry": None}]
    assert [one["id"] for one in outlined(areas)] == ["A0000", "A0001"]
    assert shapes({"areas": places("areas", areas[2:])}) == {}


def test_without_areas_there_is_nothing():
    assert shapes({}) == {}
    assert shapes({"areas": places("areas", [])}) == {}
