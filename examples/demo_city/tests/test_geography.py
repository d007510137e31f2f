from __future__ import annotations

from collections import Counter

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from evenground_demo.land import CRS


@pytest.fixture(scope="module")
def layers(demo):
    names = ("small_areas_2024", "small_areas_2018", "districts_2024")
    return {name: gpd.read_file(demo.city / "areas.gpkg", layer=name) for name in names}


def test_it_has_the_size_of_a_city(layers):
    areas = layers["small_areas_2024"]
    assert len(areas) == 120
    assert len(layers["districts_2024"]) == 8
    assert 80e6 < areas.area.sum() < 130e6


def test_it_is_projected_in_metres_where_there_is_only_sea(layers):
    areas = layers["small_areas_2024"]
    assert areas.crs == CRS
    assert areas.crs.axis_info[0].unit_name == "metre"
    lon, lat = areas.to_crs("EPSG:4326").union_all().centroid.coords[0]
    assert (1.0, 54.0) < (lon, lat) < (4.0, 56.0)
    assert 54.0 < lat < 56.0


def test_areas_are_small_in_the_centre_and_large_outside(layers, world):
    km2 = layers["small_areas_2024"].area / 1e6
    near = km2[world.centre_metres < 1500]
    far = km2[world.centre_metres > 4500]
    assert far.median() > 3 * near.median()


def test_water_parts_the_city(world):
    assert len(world.land.pieces) == 3
    areas = [area.shape for area in world.areas]
    for water in (world.land.river, world.land.lake):
        assert max(shapely.area(shapely.intersection(areas, water))) < 50.0
    assert any(len(area.interiors) for area in areas) or world.land.lake.area > 1e5


def test_codes_begin_with_the_district_and_a_zero(layers):
    areas = layers["small_areas_2024"]
    assert areas.area_id.str.fullmatch(r"0[1-8]\d\d").all()
    assert (areas.area_id.str[:2] == areas.parent_id).all()
    assert areas.name.is_unique
    assert min(Counter(areas.parent_id).values()) >= 6


def test_districts_are_unions_of_their_areas(layers):
    areas, districts = layers["small_areas_2024"], layers["districts_2024"].set_index("area_id")
    for code, members in areas.groupby("parent_id"):
        assert members.area.sum() == pytest.approx(districts.geometry[code].area, rel=1e-6)


def test_the_reform_moved_borders_and_kept_the_land(layers, planted):
    old, new = layers["small_areas_2018"], layers["small_areas_2024"]
    assert old.area.sum() == pytest.approx(new.area.sum(), rel=1e-5)
    only = set(old.area_id) ^ set(new.area_id)
    assert sorted(only) == planted["reform"]["codes_in_one_edition_only"]
    assert len(planted["reform"]["born_by_split"]) == 4
    assert len(planted["reform"]["born_by_merger"]) == 2
    both = old.set_index("area_id").geometry.area - new.set_index("area_id").geometry.area
    moved = both[both.abs() > 1000].index
    assert sorted(moved) == sorted(planted["reform"]["border_moved_codes_kept"])


def test_the_crosswalk_carries_every_resident_over_once(demo, layers):
    crosswalk = pd.read_csv(demo.city / "crosswalk_2018_2024.csv", dtype=str)
    share = crosswalk.share.astype(float)
    assert (share.groupby(crosswalk.from_area).sum() - 1).abs().max() < 1e-3
    assert set(crosswalk.from_area) == set(layers["small_areas_2018"].area_id)
    assert set(crosswalk.to_area) == set(layers["small_areas_2024"].area_id)
    blocks = gpd.read_file(demo.city / "blocks.geojson")
    old = blocks.sjoin(layers["small_areas_2018"], predicate="within")
    counted = old.groupby(["area_id_right", "area_id_left"])["count"].sum()
    counted = counted / counted.groupby(level=0).transform("sum")
    stated = crosswalk.set_index(["from_area", "to_area"]).share.astype(float)
    both = pd.concat([counted, stated], axis=1, keys=["counted", "stated"]).dropna()
    assert len(both) >= 115
    assert (both.counted - both.stated).abs().max() < 1e-3


def test_blocks_lie_in_their_areas_and_add_up(demo, layers, world):
    blocks = gpd.read_file(demo.city / "blocks.geojson")
    found = blocks.sjoin(layers["small_areas_2024"], predicate="within")
    assert len(found) == len(blocks)
    assert (found.area_id_left == found.area_id_right).all()
    assert blocks["count"].sum() == world.people.total.sum()
