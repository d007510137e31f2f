"""Real cities through the project's own reading: rows, places, defects, and published numbers."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from evenground.errors import Severity
from evenground.methods.boundary_assignment import assign_points
from evenground.questions.reach.measures.areas_served import areas_served_range
from evenground.workspace.opening import OpenCity, open_city, open_initiative

pytestmark = pytest.mark.real

WASHINGTON = """\
name = "Washington, DC"
currency = "USD"
crs = "EPSG:26985"
time_zone = "America/New_York"
level = "tract"
edition = "2010"
[[tables.areas]]
file = "areas/tracts_2010.geojson"
columns = {area_id = "geoid", name = "tract"}
values = {level = "tract", edition = "2010"}
[[tables.areas]]
file = "areas/wards_2012.geojson"
columns = {area_id = "ward"}
values = {level = "ward", edition = "2010"}
[tables.points]
file = "areas/block_groups_2010.parquet"
columns = {point_id = "geoid", count = "pop2010"}
[tables.population]
file = "areas/acs_tract_2011_2014.csv"
published = true
columns = {area_id = "geoid", vintage = "acs_end_year"}
where = {acs_end_year = 2014}
wide = {total = "total_pop", under_5 = "age_under_5", 65_plus = "age_65_plus"}
wide_margin = "{column}_moe"
[tables.indicators]
file = "areas/acs_tract_2011_2014.csv"
columns = {area_id = "geoid", period = "acs_end_year"}
where = {acs_end_year = 2014}
wide = {poverty_pct = "poverty_pct"}
wide_margin = "{column}_moe"
values = {unit = "%"}
"""
BIKES = """
[tables.services]
file = "technology/bikeshare_stations_snapshots.geojson"
columns = {opened = "INSTALL_DATE"}
values = {kind = "bike share"}
"""
PROJECTS = """
[tables.services]
file = "investments/capital_projects_2010_2015.geojson"
columns = {name = "PROJECT_TITLE"}
values = {kind = "project"}
"""
WIFI = """\
title = "Public wifi"
stage = "running"
[tables.sites]
file = "technology/wifi_hotspots_snapshots.geojson"
columns = {observed = "snapshot", units = "NUMBER_OF_SITES", name = "NAME"}
"""
NEWCASTLE = """\
name = "Newcastle upon Tyne"
currency = "GBP"
crs = "EPSG:27700"
[tables.areas]
file = "lsoa_population_weighted_centroids.geojson"
columns = {area_id = "lsoa11cd", name = "lsoa11nm"}
[tables.indicators]
file = "lsoa_population_weighted_centroids.geojson"
columns = {area_id = "lsoa11cd"}
wide = {imd_decile = "imd_decile"}
[tables.services]
file = "urban_observatory_sensors_2020-08.geojson"
columns = {service_id = "raw_id", kind = "sensor_type"}
where = {sensor_type = "AirQuality"}
"""
CHICAGO = """\
name = "Chicago"
currency = "USD"
crs = "EPSG:26971"
[tables.areas]
file = "tracts_2010.geojson"
columns = {area_id = "geoid"}
[tables.services]
file = "aot_nodes_2019-03.geojson"
columns = {service_id = "node_id"}
values = {kind = "node"}
"""


@pytest.fixture
def opened(tmp_path: Path, real_data: Callable[[str], Path]) -> Callable[[str, str], OpenCity]:
    """Return a function that writes a ``city.toml`` beside nothing, and opens it."""

    def open_one(name: str, text: str) -> OpenCity:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        toml = f'format = 1\ndata = "{real_data(name).as_posix()}"\n{text}'
        (folder / "city.toml").write_text(toml, encoding="utf-8")
        return open_city(folder)

    return open_one


def errors(city: OpenCity) -> list[str]:
    return [problem.code for problem in city.problems if problem.severity is Severity.ERROR]


def test_washington_opens_without_errors_and_counts_as_its_file_does(opened, real_data):
    city = opened("washington_dc", WASHINGTON)
    assert errors(city) == []
    assert city.tables["areas"].num_rows == 179
    assert city.tables["areas_all"].num_rows == 187
    with (real_data("washington_dc") / "areas/acs_tract_2011_2014.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["acs_end_year"] == "2014"]
    people = city.tables["population"].to_pylist()
    total = {row["area_id"]: row for row in people if row["group"] == "total"}
    assert len(total) == 179
    assert {area: row["count"] for area, row in total.items()} == {
        row["geoid"]: float(row["total_pop"]) for row in rows
    }
    assert all(row["margin"] > 0 for row in total.values())
    poverty = city.tables["indicators"]["value"].to_numpy()
    expected = [float(row["poverty_pct"]) for row in rows if row["poverty_pct"]]
    assert np.nansum(poverty) == pytest.approx(sum(expected))


def test_block_groups_are_located_in_the_tracts_that_their_codes_name(opened):
    points = opened("washington_dc", WASHINGTON).tables["points"].to_pylist()
    assert len(points) == 450
    assert all(point["point_id"].startswith(point["area_id"]) for point in points)
    assert sum(point["count"] for point in points) == 601_723


def test_defects_of_washington_are_noticed(opened):
    bikes = opened("washington_dc", WASHINGTON + BIKES)
    (dates,) = [p for p in bikes.problems if p.code == "placeholder_dates"]
    assert dates.n_rows == 754
    assert bikes.tables["services"]["opened"].null_count == 754
    projects = opened("washington_dc", WASHINGTON + PROJECTS)
    (far,) = [p for p in projects.problems if p.code == "far_outside"]
    assert far.n_rows == 1


def test_washington_s_wifi_settles_in_the_city(tmp_path, opened, real_data):
    city = opened("washington_dc", WASHINGTON)
    data = real_data("washington_dc").as_posix()
    folder = tmp_path / "wifi"
    folder.mkdir()
    (folder / "initiative.toml").write_text(f'format = 1\ndata = "{data}"\n{WIFI}')
    wifi = open_initiative(folder, city=city)
    dates = wifi.tables["sites"]["observed"].to_pylist()
    counted = {str(day): dates.count(day) for day in set(dates)}
    assert sorted(counted.values()) == [300, 405, 448]
    assert wifi.places["sites"].crs == city.places["areas"].crs
    latest = [
        units or 1
        for units, day in zip(wifi.tables["sites"]["units"].to_pylist(), dates, strict=True)
        if str(day) == max(counted)
    ]
    assert sum(latest) == 508


def test_opening_washington_takes_less_than_two_seconds(opened):
    opened("washington_dc", WASHINGTON)
    start = time.process_time()
    opened("washington_dc", WASHINGTON)
    assert time.process_time() - start < 2


def test_newcastle_s_published_distances_come_out_of_the_raw_files(opened, real_data):
    city = opened("newcastle", NEWCASTLE)
    assert errors(city) == []
    areas, sensors = city.places["areas"], city.places["services"]
    decile = dict(
        zip(
            city.tables["indicators"]["area_id"].to_pylist(),
            city.tables["indicators"]["value"].to_pylist(),
            strict=True,
        )
    )
    tree = shapely.STRtree(sensors.geometry.to_numpy())
    _, away = tree.query_nearest(areas.geometry.to_numpy(), return_distance=True, all_matches=False)
    group = np.array([decile[code] for code in areas["area_id"]])
    mean = {int(d): away[group == d].mean() for d in np.unique(group)}
    path = real_data("newcastle") / "published_average_distance_by_decile.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    published = {int(row["Decile"]): float(row["Deprivation_AverageDistance"]) for row in rows}
    assert mean == {d: pytest.approx(published[d], rel=1e-3) for d in range(1, 11)}


def test_chicago_s_nodes_stand_in_92_tracts_at_most(opened):
    city = opened("chicago_aot", CHICAGO)
    assert errors(city) == []
    nodes, areas = city.places["services"], city.places["areas"]
    touching = assign_points(
        nodes.geometry.to_numpy(), areas.geometry.to_numpy(), tolerance_metres=0.0
    )
    assert len(areas) == 801
    assert areas_served_range(touching).high == 92
