from __future__ import annotations

import csv
import math

import numpy as np
import pytest

from evenground.cli.access import MeasureName
from evenground.errors import FormatError, InvalidInputError, NotFoundError, UsageError, WriteError
from evenground.methods.accessibility.decay import Linear
from evenground.methods.accessibility.enhanced_two_step import enhanced_two_step_access
from evenground.methods.accessibility.pairs import straight_line_pairs
from evenground.methods.accessibility.two_step import two_step_access
from evenground.methods.accessibility.weights import catchment_weights
from evenground.workspace.one_access import MEASURES

HOMES = """\
id,x,y,people,side
a,100,0,100,south
b,400,0,200,south
c,100,1000,300,north
d,5100,5000,50,north
"""
SHOPS = """\
id,x,y,beds,opened,closed
s,100,100,10,2020-01-01,
t,400,400,20,2022-01-01,2024-01-01
u,100,1200,5,,
"""
AT = np.array([[100, 0], [400, 0], [100, 1000], [5100, 5000]])
TO = np.array([[100, 100], [400, 400], [100, 1200]])
FAR = np.array([600_000, 6_500_000])
PEOPLE, BEDS = [100, 200, 300, 50], [10, 20, 5]
ASKED = ("access", "homes.csv", "shops.csv", "--people", "people")


@pytest.fixture
def files(folder):
    (folder / "homes.csv").write_text(HOMES, encoding="utf-8")
    (folder / "shops.csv").write_text(SHOPS, encoding="utf-8")
    return folder


def of(found, measure, group="everybody"):
    """Return what one measure says of one group."""
    groups = found["measures"][measure]["groups"]
    return next(one for one in groups if one["group"] == group)


def values(path, column):
    """Return a column of the file of places."""
    with path.open(encoding="utf-8") as opened:
        return [float(row[column]) if row[column] else math.inf for row in csv.DictReader(opened)]


def test_every_measure_can_be_asked_for():
    assert {one.value for one in MeasureName} == set(MEASURES)


def test_nearest_and_within_reach_by_hand(files, told):
    found = told(*ASKED, "--within", 500, "--group", "side")
    nearest = of(found, "nearest", "south")
    assert nearest["people"] == 300
    assert nearest["mean"] == pytest.approx((100 * 100 + 200 * math.hypot(300, 100)) / 300)
    everybody = of(found, "cumulative")
    assert everybody["mean"] == pytest.approx((100 * 2 + 200 * 2 + 300 * 1) / 650)
    assert everybody["share_without"] == pytest.approx(50 / 650)
    assert [one["group"] for one in found["measures"]["nearest"]["groups"]] == [
        "everybody",
        "north",
        "south",
    ]


def test_catchments_are_the_librarys_and_written_for_each_place(files, told):
    told(
        *ASKED, "--capacity", "beds", "--measure", "2sfca", "--measure", "e2sfca", "--within", 500,
        "--decay", "linear:800", "--output", "out/places.csv", "--id", "id",
    )  # fmt: skip
    pairs = straight_line_pairs(AT, TO, limit=800)
    two = two_step_access(pairs, threshold=500, supply=BEDS, demand=PEOPLE).access
    weights = catchment_weights(pairs, Linear(800))
    enhanced = enhanced_two_step_access(weights, supply=BEDS, demand=PEOPLE).access
    written = files / "out" / "places.csv"
    assert values(written, "2sfca") == two.tolist()
    assert values(written, "e2sfca") == enhanced.tolist()
    assert written.read_text(encoding="utf-8").splitlines()[0] == "row,id,people,2sfca,e2sfca"


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_runs_and_names_its_source(files, told, measure):
    found = told(
        *ASKED, "--measure", measure, "--within", 500, "--decay", "gaussian:300", "--tau", 1000
    )
    (one,) = found["measures"].values()
    assert one["literature"]
    assert one["unit"]
    assert of(found, measure)["mean"] > 0


def test_totals_are_kept(files, told):
    """What everybody gets together is what the sites offer that somebody reaches."""
    found = told(*ASKED, "--capacity", "beds", "--measure", "2sfca", "--within", 500)
    everybody = of(found, "2sfca")
    assert everybody["mean"] * everybody["people"] == pytest.approx(sum(BEDS))


def test_a_curve_rises_to_everybody(files, told):
    curve = told(*ASKED, "--curve", "100,500,10000")["curve"]
    assert curve["thresholds"] == [100, 500, 10_000]
    assert curve["share"][0] == pytest.approx([100 / 650, 600 / 650, 1])
    assert curve["mean_opportunities"][0][-1] == pytest.approx(3)


def test_only_sites_that_stand_on_the_day_count(files, told):
    dated = (*ASKED, "--within", 500, "--opened", "opened", "--closed", "closed")
    for day, n_sites in (("2019-06-01", 1), ("2023-06-01", 3), ("2024-01-01", 2)):
        found = told(*dated, "--on", day)
        assert found["inputs"][1]["rows_used"] == n_sites, day
    with pytest.raises(UsageError) as caught:
        told(*dated)
    assert caught.value.problems[0].code == "no_day"
    with pytest.raises(UsageError):
        told(*ASKED, "--on", "2024-01-01")


def test_travel_times_stand_in_for_straight_lines(files, told):
    times = "from,to,minutes\na,s,5\na,t,12\nb,t,9\nc,u,3\nc,zz,4\nd,u,\n"
    (files / "times.csv").write_text(times, encoding="utf-8")
    asked = (*ASKED, "--id", "id", "--costs", "times.csv", "--within", 10)
    found = told(*asked, "--measure", "nearest", "--measure", "cumulative", "--measure", "raam")
    assert of(found, "nearest")["mean"] == pytest.approx((5 * 100 + 9 * 200 + 3 * 300) / 600)
    assert of(found, "nearest")["share_without"] == pytest.approx(50 / 650)
    assert of(found, "cumulative")["mean"] == pytest.approx(600 / 650)
    assert found["terms"]["tau"] == 60
    aside = {one["why"]: one["rows"] for one in found["inputs"][2]["set_aside"]}
    assert aside == {"nothing in minutes": 1, "to names no row of shops.csv": 1}
    with pytest.raises(UsageError):
        told(*ASKED, "--costs", "times.csv")


def test_costs_listed_twice_are_refused(files, told):
    (files / "times.csv").write_text("from,to,minutes\na,s,5\na,s,6\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED, "--id", "id", "--costs", "times.csv")
    assert caught.value.problems[0].place.row == 3
    (files / "homes.csv").write_text(HOMES.replace("b,400", "a,400"), encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED, "--id", "id", "--costs", "times.csv")
    assert caught.value.problems[0].parameters["first"] == 2


DEGREES = "id,lon,lat,people\na,18.06,59.33,10\nb,18.07,59.34,20\n"


def test_degrees_are_refused_with_a_way_out_and_projected_when_told(files, told):
    (files / "homes.csv").write_text(DEGREES, encoding="utf-8")
    (files / "shops.csv").write_text("lon,lat\n18.06,59.34\n", encoding="utf-8")
    asked = (*ASKED, "--x", "lon", "--y", "lat")
    with pytest.raises(InvalidInputError) as caught:
        told(*asked)
    assert caught.value.problems[0].code == "coordinates_in_degrees"
    assert caught.value.problems[0].nearest == "EPSG:32634"
    found = told(*asked, "--crs", "EPSG:3006")
    assert of(found, "nearest")["mean"] == pytest.approx((1114 * 10 + 569 * 20) / 30, rel=2e-3)
    for crs in ("EPSG:4326", "EPSG:2249", "nonsense"):
        with pytest.raises(UsageError):
            told(*asked, "--crs", crs)


def test_swapped_coordinates_are_noticed(files, told):
    (files / "homes.csv").write_text(DEGREES, encoding="utf-8")
    (files / "shops.csv").write_text("lon,lat\n18.06,59.34\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED, "--x", "lat", "--y", "lon", "--crs", "EPSG:3006")
    assert caught.value.problems[0].code == "far_away"


def test_map_files_bring_their_own_system(files, told):
    import geopandas
    import shapely

    squares = [shapely.box(x - 10, y - 10, x + 10, y + 10) for x, y in AT + FAR]
    homes = geopandas.GeoDataFrame({"people": PEOPLE}, geometry=squares, crs="EPSG:3006")
    homes.to_file(files / "homes.gpkg")
    points = shapely.points(TO + FAR)
    sites = geopandas.GeoDataFrame({"beds": BEDS}, geometry=points, crs="EPSG:3006")
    sites.to_crs(4326).to_file(files / "sites.geojson")
    found = told("access", "homes.gpkg", "sites.geojson", "--people", "people")
    plain = told(*ASKED)
    assert of(found, "nearest")["mean"] == pytest.approx(of(plain, "nearest")["mean"], abs=0.1)
    assert found["inputs"][0]["noticed"] == [
        "Shapes that are not points were taken at their middle (rows: 4)."
    ]


def test_places_without_coordinates_are_counted(files, told):
    (files / "homes.csv").write_text(HOMES + "e,,,70,north\nf,0,0,9,north\n", encoding="utf-8")
    (read, _) = told(*ASKED)["inputs"]
    assert {one["why"]: one["rows"] for one in read["set_aside"]} == {
        "no place": 1,
        "coordinates 0, 0": 1,
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--measure", "2sfca"), "needs_within"),
        (("--measure", "gravity"), "needs_decay"),
        (("--measure", "raam", "--within", 500), "needs_tau"),
        (("--measure", "gravity", "--decay", "gaussian:300"), "no_limit"),
        (("--decay", "gausian:300"), "unknown_decay"),
        (("--decay", "gaussian:far"), "decay_numbers"),
        (("--decay", "gaussian:1/2"), "decay_numbers"),
        (("--decay", "linear:0"), "decay_parameter"),
        (("--curve", "500,100"), "not_a_curve"),
    ],
)
def test_what_is_lacking_is_said_with_a_way_out(files, told, words, code):
    with pytest.raises(UsageError) as caught:
        told(*ASKED, *words)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].way_out


def test_bad_input_is_refused(files, told):
    (files / "shops.csv").write_text("id,x,y\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED)
    assert caught.value.problems[0].code == "no_rows_left"
    (files / "shops.csv").write_text("", encoding="utf-8")
    with pytest.raises(FormatError):
        told(*ASKED)
    (files / "shops.csv").write_text(SHOPS, encoding="utf-8")
    (files / "homes.csv").write_text(HOMES.replace("200,south", "-200,south"), encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        told(*ASKED)
    assert (caught.value.problems[0].code, caught.value.problems[0].place.row) == (
        "below_lowest",
        3,
    )
    (files / "homes.csv").write_text("id,easting,people\na,1,2\n", encoding="utf-8")
    with pytest.raises(NotFoundError) as caught:
        told(*ASKED)
    assert [one.value for one in caught.value.problems] == ["x", "y"]


def test_people_read_straight_lines_and_what_was_left_out(files, invoke):
    words = invoke(*ASKED, "--within", 500)
    assert words.startswith("Half of people have a site within 200 m, nine in ten within 316 m")
    assert "Distances are straight lines in metres; ways on the ground are longer." in words
    assert "Read shops.csv: rows read 3, used 3." in words


def test_a_result_that_cannot_be_written_is_an_error(files, told):
    (files / "taken").mkdir()
    with pytest.raises(WriteError):
        told(*ASKED, "--output", "taken")
