"""Washington DC's own slips: 262 coordinates, and points on the tracts' shared boundaries."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from evenground.questions.data.measures.space.boundary_points import boundary_points
from evenground.questions.data.measures.space.coordinate_faults import coordinate_faults
from evenground.questions.data.measures.space.coordinates import coordinates, coordinates_of
from evenground.questions.data.measures.space.granularity import spatial_granularity
from evenground.questions.data.measures.space.moved_sites import moved_sites
from evenground.questions.data.measures.space.outside_city import OutsideSetting, outside_city
from evenground.questions.data.measures.space.region import city_region, region_of_data
from evenground.questions.data.measures.space.repairs import coordinate_repairs

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def folder(real_data):
    return real_data("washington_dc")


@pytest.fixture(scope="module")
def tracts(folder):
    import geopandas as gpd

    return gpd.read_file(folder / "areas/tracts_2010.geojson")


@pytest.fixture(scope="module")
def crimes(folder):
    table = pq.read_table(
        folder / "outcomes/crime_incidents_2006_2012.parquet", columns=["xblock", "yblock"]
    )
    return coordinates_of(table, "xblock", "yblock")


def regions(crimes, tracts):
    outline = tracts.to_crs(26985)
    yield city_region(tuple(outline.total_bounds), degrees=False)
    yield region_of_data(crimes)


def test_all_262_coordinate_slips_are_found_with_a_city_and_without(crimes, tracts):
    for region in regions(crimes, tracts):
        check = coordinate_faults(crimes, region)
        found = {(one["column"], one["fault"]): one["rows"] for one in check.detail["faults"]}
        assert found == {
            ("xblock", "times_100"): 105,
            ("xblock", "tenth"): 49,
            ("yblock", "times_10"): 2,
            ("yblock", "tenth"): 106,
        }
        assert (check.count, check.flags.num_rows) == (157, 262)
        assert check.detail["ambiguous_rows"] == check.detail["far_rows"] == 0
        assert check.detail["whole_table"] == []


def test_rows_outside_after_repair(crimes, tracts):
    areas = tracts.to_crs(26985)
    fault = coordinate_repairs(crimes, region_of_data(crimes)).at_fault
    check = outside_city(crimes, areas.geometry.to_numpy(), setting=OutsideSetting(at_fault=fault))
    assert (check.count, check.detail["places"]) == (86, 5)
    assert check.detail["at_fault_rows"] == 157


def test_crimes_are_moved_to_the_middle_of_their_block(crimes):
    found = spatial_granularity(crimes, degrees=False)
    assert found.is_piled
    assert 30 < found.high_metres < 100
    assert found.low_metres < 1


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("technology/enforcement_cameras_snapshots", (293, 64, 84)),
        ("technology/cctv_cameras_2016", (596, 25, 32)),
        ("participation/vision_zero_safety_map_2015_2016", (5026, 301, 349)),
    ],
)
def test_points_on_tract_borders(folder, tracts, layer, expected):
    """A join by ``intersects`` counts 84, 32 and 349 times too often, for fewer points."""
    import geopandas as gpd

    points = gpd.read_file(folder / f"{layer}.geojson")
    check = boundary_points(
        points.to_crs(26985).geometry.to_numpy(),
        tracts.to_crs(26985).geometry.to_numpy(),
        as_written=(points.geometry.to_numpy(), tracts.geometry.to_numpy()),
    )
    assert (len(points), check.count, check.detail["counted_again"]) == expected
    assert check.count <= check.detail["within_tolerance"]
    assert check.detail["areas"] > 0


def test_three_bike_share_stations_moved(folder):
    import geopandas as gpd

    docks = gpd.read_file(folder / "technology/bikeshare_stations_snapshots.geojson")
    metres = docks.to_crs(26985).geometry
    places = coordinates(metres.x, metres.y)
    check = moved_sites(docks.TERMINAL_NUMBER, places, order=docks.snapshot.to_numpy())
    assert (check.count, check.detail["sites"]) == (3, 400)
    assert check.detail["most"][0]["site"] == "31000"
    assert check.detail["most"][0]["metres"] == pytest.approx(333, abs=1)


def test_no_other_layer_has_a_coordinate_at_fault(folder, tracts):
    import geopandas as gpd

    bounds = tuple(tracts.total_bounds)
    for path in sorted(folder.glob("technology/*.geojson")):
        shapes = gpd.read_file(path).geometry
        if not np.all(shapely.get_type_id(shapes.to_numpy()) == 0):
            continue
        places = coordinates(shapes.x, shapes.y)
        for region in (region_of_data(places), city_region(bounds, degrees=True)):
            check = coordinate_faults(places, region)
            assert check.count == 0, path.name
            assert region.degrees
