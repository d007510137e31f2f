import json

import numpy as np
import pytest
from pyproj import Transformer

from evenground.workspace.coordinates import home_of
from evenground.workspace.metric_system import metric_system
from evenground.workspace.opening import open_city

STOCKHOLM = np.array([[18.07, 59.33], [18.1, 59.3]])


def service_points(city):
    shapes = city.places["services"].geometry
    return np.column_stack([shapes.x, shapes.y])


def coded(city):
    return {p.code for read in city.readings for p in (*read.problems, *read.noticed)}


def rewritten(folder, change, crs='crs = "EPSG:3006"\n\n[tables.spending]'):
    """Rewrite every service's x and y; ``crs`` is what the city says about the file."""
    rows = folder.rows("services.csv")
    for row in rows[1:]:
        row[7], row[8] = (str(number) for number in change(float(row[7]), float(row[8])))
    folder.write_rows("services.csv", rows)
    old = 'crs = "EPSG:3006"\n\n[tables.spending]'
    if crs != old:
        folder.replace("city.toml", old, crs)
    return open_city(folder.path)


def to_degrees(x, y):
    return Transformer.from_crs("EPSG:3006", "EPSG:4326", always_xy=True).transform(x, y)


@pytest.fixture
def as_it_is(city_folder):
    return service_points(open_city(city_folder.path))


def test_degrees_that_are_declared_metric_are_read_as_degrees(city_folder, as_it_is):
    city = rewritten(city_folder, to_degrees)
    assert "degrees_declared_metric" in coded(city)
    assert service_points(city) == pytest.approx(as_it_is, abs=0.01)


def test_longitude_and_latitude_swapped_in_the_whole_file(city_folder, as_it_is):
    city = rewritten(
        city_folder, lambda x, y: to_degrees(x, y)[::-1], 'crs = "EPSG:4326"\n\n[tables.spending]'
    )
    assert "coordinates_swapped" in coded(city)
    assert service_points(city) == pytest.approx(as_it_is, abs=0.01)


def test_northing_and_easting_swapped_in_the_whole_file(city_folder, as_it_is):
    city = rewritten(city_folder, lambda x, y: (y, x))
    assert "coordinates_swapped" in coded(city)
    assert service_points(city) == pytest.approx(as_it_is, abs=0.01)


@pytest.mark.parametrize("degrees", [True, False])
def test_a_missing_system_is_found_where_the_numbers_fit(city_folder, as_it_is, degrees):
    city = rewritten(
        city_folder, to_degrees if degrees else lambda x, y: (x, y), "\n[tables.spending]"
    )
    assert "coordinate_system_assumed" in coded(city)
    assert service_points(city) == pytest.approx(as_it_is, abs=0.01)


def test_numbers_that_fit_nowhere_need_a_system(city_folder):
    city = rewritten(city_folder, lambda x, y: (x / 7 + 1e6, y * 3), "\n[tables.spending]")
    assert "coordinates_without_system" in coded(city)
    assert "services" not in city.places
    assert city.tables["services"].num_rows == 12


def test_another_system_than_declared_is_found(city_folder, as_it_is):
    city = rewritten(city_folder, lambda x, y: (x, y), 'crs = "EPSG:2193"\n\n[tables.spending]')
    assert "other_coordinate_system" in coded(city)
    assert service_points(city) == pytest.approx(as_it_is, abs=0.01)


def test_metres_in_a_file_that_must_be_in_degrees(city_folder):
    """GeoJSON is in degrees by its standard; many programs write metres into it all the same."""
    held = json.loads(city_folder.text("areas.geojson"))
    move = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    before = open_city(city_folder.path).places["areas"].geometry.area.to_numpy()
    for feature in held["features"]:
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"] = [[list(move.transform(x, y)) for x, y in ring]]
    city_folder.write("areas.geojson", json.dumps(held))
    city = open_city(city_folder.path)
    assert "metres_declared_degrees" in coded(city)
    assert city.places["areas"].geometry.area.to_numpy() == pytest.approx(before)


def test_a_city_without_a_system_gets_one_that_fits(city_folder):
    city_folder.replace("city.toml", 'crs = "EPSG:3006"\ntime_zone', "time_zone")
    city = open_city(city_folder.path)
    assert city.city.crs == "EPSG:32634"
    assert {"city_crs_chosen", "city_without_crs"} & {p.code for p in city.problems}
    assert city.places["areas"].geometry.area.to_numpy() == pytest.approx([250_000] * 30, rel=2e-3)


@pytest.mark.parametrize(
    ("named", "code", "crs"),
    [
        ("EPSG:3006", None, "EPSG:3006"),
        ("EPSG:4326", "city_crs_not_metric", "EPSG:32634"),
        ("EPSG:2248", "city_crs_not_metric", "EPSG:32634"),
        ("nonsense", "city_crs_unknown", "EPSG:32634"),
        ("", "city_crs_chosen", "EPSG:32634"),
    ],
)
def test_the_system_that_a_city_is_measured_in(named, code, crs):
    found = metric_system(named, STOCKHOLM)
    assert found.crs == crs
    assert (found.kind.code if found.kind else None) == code


def test_without_places_no_system_is_made_up():
    assert metric_system("", np.zeros((0, 2))).crs == ""


def test_a_home_that_crosses_the_date_line():
    home = home_of("EPSG:32760")
    assert home.holds(np.array([[178.0, -18.0]])).all()
    assert not home.holds(np.array([[18.0, 59.0]])).any()
