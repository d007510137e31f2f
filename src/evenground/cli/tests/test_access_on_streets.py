"""``evenground access`` along streets, and on travel times from elsewhere."""

from __future__ import annotations

import math

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from evenground.errors import InvalidInputError, NotFoundError, UsageError
from evenground.workspace.one_access import MEASURES

FAR = np.array([600_000.0, 6_500_000.0])  # somewhere in Sweden, EPSG:3006
LINES = {
    "main": [(0, 0), (300, 0)],
    "hill": [(300, 0), (300, 400)],
    "side": [(0, 0.8), (0, 500)],  # drawn 80 cm short of the corner
    "isle": [(0, 900), (100, 900)],
}
NODES = {"from": ["A", "B", "A", "E"], "to": ["B", "C", "D", "F"], "way": ["yes", "both", "", "-1"]}
HOMES = "id,x,y,people\na,0,0,10\nb,100,10,20\nc,50,900,30\nd,0,-300,40\n"
SHOPS = "id,x,y,beds\ns,300,400,7\nt,300,50,5\n"
ASKED = ("access", "homes.csv", "shops.csv", "--people", "people", "--streets")


def moved(text):
    """Return a table with its places moved to Sweden."""
    head, *rows = [line.split(",") for line in text.splitlines()]
    for row in rows:
        row[1], row[2] = str(float(row[1]) + FAR[0]), str(float(row[2]) + FAR[1])
    return "\n".join(",".join(row) for row in (head, *rows)) + "\n"


@pytest.fixture
def files(folder):
    (folder / "homes.csv").write_text(moved(HOMES), encoding="utf-8")
    (folder / "shops.csv").write_text(moved(SHOPS), encoding="utf-8")
    lines = [shapely.LineString(np.array(corners) + FAR) for corners in LINES.values()]
    frame = geopandas.GeoDataFrame(NODES, geometry=lines, crs="EPSG:3006")
    frame.to_file(folder / "streets.gpkg")
    frame.to_parquet(folder / "streets.parquet")
    frame.to_crs(4326).to_file(folder / "streets.geojson")
    return folder


def everybody(found, measure="nearest"):
    return found["measures"][measure]["groups"][0]


def test_distances_run_along_streets(files, told):
    found = told(*ASKED, "streets.gpkg", "--within", 400)
    # a: 350 along the streets; b: 10 to the street, 250 along it; c: cut off; d: 300 more than a.
    assert everybody(found)["mean"] == pytest.approx((350 * 10 + 260 * 20 + 650 * 40) / 70)
    assert everybody(found)["share_without"] == pytest.approx(0.3)
    assert everybody(found, "cumulative")["mean"] == pytest.approx(0.3)
    streets = found["streets"]
    assert streets["network"]["n_nodes"] == 6
    assert streets["network"]["n_components"] == 2
    assert streets["cut_off"] == {"places": 1, "people": 30, "given_straight_lines": False}
    assert streets["far"] == {"metres": 250, "places": 1, "people": 40, "sites": 0}
    straight = streets["straight_line"]
    assert straight["nearest_quantiles"]["0.5"] == pytest.approx(math.hypot(300, 350))
    # All but d have a site within 400 m in a straight line only, a and b along streets as well.
    assert straight["share_only_within_in_a_straight_line"] == pytest.approx(0.0)
    assert streets["detour"]["people"] == 70
    assert found["crs"] == "EPSG:3006"
    assert [one["rows_used"] for one in found["inputs"]] == [4, 2, 4]


def test_who_loses_a_site_by_streets_is_counted(files, told):
    found = told(*ASKED, "streets.gpkg", "--within", 310)
    # In a straight line a (304 m) and b (204 m) have one; along streets b alone (260 m).
    share = found["streets"]["straight_line"]["share_only_within_in_a_straight_line"]
    assert share == pytest.approx(0.1)


@pytest.mark.parametrize("name", ["streets.parquet", "streets.geojson"])
def test_any_map_file_gives_the_same(files, told, name):
    ours, theirs = told(*ASKED, "streets.gpkg"), told(*ASKED, name, "--crs", "EPSG:3006")
    assert everybody(theirs)["mean"] == pytest.approx(everybody(ours)["mean"], abs=0.02)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_runs_along_streets(files, told, measure):
    found = told(
        *ASKED, "streets.gpkg", "--measure", measure, "--within", 700, "--decay", "gaussian:300",
        "--tau", 1000, "--capacity", "beds",
    )  # fmt: skip
    assert everybody(found, measure)["mean"] > 0


def test_totals_are_kept_along_streets(files, told):
    found = told(
        *ASKED, "streets.gpkg", "--measure", "2sfca", "--within", 700, "--capacity", "beds"
    )
    one = everybody(found, "2sfca")
    assert one["mean"] * one["people"] == pytest.approx(12)


def test_a_gap_wider_than_the_snap_cuts_off(files, told):
    (files / "homes.csv").write_text(moved("id,x,y,people\na,0,500,10\n"), encoding="utf-8")
    assert everybody(told(*ASKED, "streets.gpkg"))["mean"] == pytest.approx(500 - 0.8 + 350)
    found = told(*ASKED, "streets.gpkg", "--snap", 0.5)
    assert everybody(found)["share_without"] == 1
    assert found["streets"]["network"]["n_components"] == 3


def test_ends_may_meet_by_name(files, told):
    named = ("--from-node", "from", "--to-node", "to")
    found = told(*ASKED, "streets.gpkg", *named)
    assert found["streets"]["network"]["n_nodes"] == 6
    assert everybody(found) == everybody(told(*ASKED, "streets.gpkg"))


def test_one_ways_count_when_told(files, told):
    (files / "homes.csv").write_text(moved("id,x,y,people\na,200,0,10\n"), encoding="utf-8")
    (files / "shops.csv").write_text(moved("id,x,y\ns,100,0\nt,0,400\n"), encoding="utf-8")
    assert everybody(told(*ASKED, "streets.gpkg"))["mean"] == 100
    found = told(*ASKED, "streets.gpkg", "--one-way", "way")
    assert everybody(found)["share_without"] == 1
    assert found["streets"]["sites_never_got_to"] == 2
    assert found["streets"]["network"]["n_one_way"] == 2


def test_who_is_cut_off_may_get_a_straight_line_that_is_named(files, told, invoke):
    asked = (*ASKED, "streets.gpkg", "--straight-if-cut-off", "--within", 700)
    found = told(*asked)
    by_line = math.hypot(250, 500)
    mean = (350 * 10 + 260 * 20 + by_line * 30 + 650 * 40) / 100
    assert everybody(found)["mean"] == pytest.approx(mean)
    assert found["streets"]["cut_off"]["given_straight_lines"]
    assert "straight line, which is too short, stands there instead" in invoke(*asked)


def test_people_read_what_streets_change(files, invoke):
    words = invoke(*ASKED, "streets.gpkg", "--within", 310)
    assert "Distances run along the streets of streets.gpkg (4 streets" in words
    assert "In a straight line, half of people would have a site within" in words
    assert "10\xa0% of people have a site within 310 m in a straight line, and not along" in words
    assert "From 1 place, home to 30\xa0% of people, these streets lead to no site." in words
    assert "The streets are 2 parts that do not meet" in words
    assert "Distances are straight lines" not in words
    assert "Dijkstra 1959" in words
    assert "Rows from which the streets of streets.gpkg lead to no site: 1 (first: row 4)." in words


def refused(told, kind, *words):
    with pytest.raises(kind) as caught:
        told(*words)
    problem = caught.value.problems[0]
    assert problem.way_out
    return problem.code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from-node", "from"), "one_end_named"),
        (("--from-node", "from", "--to-node", "to", "--snap", 2), "named_and_snapped"),
        (("--costs", "times.csv", "--id", "id"), "streets_and_costs"),
        (("--measure", "gravity", "--decay", "gaussian:300"), "no_limit"),
    ],
)
def test_wrong_use_is_refused(files, told, words, code):
    assert refused(told, UsageError, *ASKED, "streets.gpkg", *words) == code


@pytest.mark.parametrize("option", ["--snap", "--one-way", "--from-node"])
def test_options_of_streets_need_streets(files, told, option):
    words = ("access", "homes.csv", "shops.csv", option, 1)
    assert refused(told, UsageError, *words) == "needs_streets"


def test_files_that_are_no_streets_are_refused(files, told):
    assert refused(told, InvalidInputError, *ASKED, "shops.csv") == "no_streets_in_file"
    assert refused(told, NotFoundError, *ASKED, "street.gpkg") == "file_missing"
    lacking = (*ASKED, "streets.gpkg", "--one-way", "direction")
    assert refused(told, NotFoundError, *lacking) == "no_such_column"
    mixed = [shapely.LineString([FAR, FAR + 9]), shapely.Point(FAR), shapely.box(*FAR, *FAR + 9)]
    geopandas.GeoSeries(mixed, crs=3006).to_frame("geometry").to_file(files / "mixed.gpkg")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED, "mixed.gpkg")
    assert [(one.code, one.value, one.place.row) for one in caught.value.problems] == [
        ("street_not_a_line", "Point", 3), ("street_not_a_line", "Polygon", 4),
    ]  # fmt: skip


def test_ways_that_are_not_understood_are_listed(files, told):
    frame = geopandas.read_file(files / "streets.gpkg").assign(way=["up", "both", "up", "down"])
    frame.to_file(files / "odd.gpkg")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED, "odd.gpkg", "--one-way", "way")
    found = [(one.code, one.value, one.place.row, one.n_rows) for one in caught.value.problems]
    assert found == [("street_way_unknown", "up", 2, 2), ("street_way_unknown", "down", 5, 1)]


def test_streets_of_another_system_or_town_are_noticed(files, told):
    frame = geopandas.read_file(files / "streets.gpkg")
    frame.translate(90_000).to_frame("geometry").to_file(files / "town.gpkg")
    assert refused(told, InvalidInputError, *ASKED, "town.gpkg") == "streets_elsewhere"
    degrees = "id,x,y,people\na,18.06,59.33,10\n"
    (files / "homes.csv").write_text(degrees, encoding="utf-8")
    assert refused(told, InvalidInputError, *ASKED, "streets.gpkg") == "streets_elsewhere"
    (files / "shops.csv").write_text(degrees, encoding="utf-8")
    assert refused(told, InvalidInputError, *ASKED, "streets.geojson") == "coordinates_in_degrees"
    swapped = frame.to_crs(4326).transform(lambda xy: xy[:, ::-1])
    swapped.set_crs(4326).to_frame("geometry").to_file(files / "swapped.gpkg")
    asked = (*ASKED, "swapped.gpkg", "--crs", "EPSG:3006")
    assert refused(told, InvalidInputError, *asked) == "far_away"


def test_streets_without_a_system_are_taken_to_be_in_that_of_the_others(files, told):
    frame = geopandas.read_file(files / "streets.gpkg")
    frame.set_crs(None, allow_override=True).to_parquet(files / "plain.parquet")
    found = told(*ASKED, "plain.parquet", "--crs", "EPSG:3006")
    assert everybody(found) == everybody(told(*ASKED, "streets.gpkg"))
    assert any("does not say its coordinate system" in one for one in found["inputs"][2]["noticed"])


def test_streets_without_length_are_set_aside(files, told):
    frame = geopandas.read_file(files / "streets.gpkg")
    nothing = geopandas.GeoDataFrame(
        geometry=[None, shapely.LineString([FAR, FAR]), shapely.LineString()], crs=3006
    )
    pd.concat([frame, nothing]).to_parquet(files / "more.parquet")
    found = told(*ASKED, "more.parquet")
    assert found["inputs"][2]["set_aside"] == [{"rows": 3, "why": "no line with a length"}]
    assert everybody(found) == everybody(told(*ASKED, "streets.gpkg"))


def test_a_matrix_of_travel_times_may_be_parquet(files, told):
    """As r5py lists them: every pair, and nothing where no way was found in time."""
    times = pd.DataFrame(
        {
            "from_id": ["a", "a", "b", "b", "c", "d"],
            "to_id": ["s", "t", "s", "t", "s", "t"],
            "travel_time": [12.0, 5.0, np.nan, 9.0, 3.0, np.nan],
        }
    )
    times.to_parquet(files / "times.parquet")
    times.to_csv(files / "times.csv", index=False)
    named = ("--from", "from_id", "--to", "to_id", "--cost", "travel_time", "--id", "id")
    asked = ("access", "homes.csv", "shops.csv", "--people", "people", *named, "--within", 10)
    found = [told(*asked, "--costs", name) for name in ("times.parquet", "times.csv")]
    assert found[0]["measures"] == found[1]["measures"]
    assert everybody(found[0])["mean"] == pytest.approx((5 * 10 + 9 * 20 + 3 * 30) / 60)
    assert everybody(found[0])["share_without"] == pytest.approx(0.4)
    assert found[0]["inputs"][2]["set_aside"] == [{"rows": 2, "why": "nothing in travel_time"}]
