"""What ``evenground site`` refuses, finds impossible, or takes from places and streets."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from evenground.errors import EvengroundError, InvalidInputError, NotFoundError, UsageError

DEMAND = "id,weight,old,side\na,10,2,n\nb,20,5,n\nc,30,10,s\n"
SITES = "id\nA\nB\nC\n"
COSTS = "from,to,cost\na,A,1\na,B,5\na,C,9\nb,A,4\nb,B,1\nb,C,5\nc,A,9\nc,B,5\nc,C,1\n"
ASKED = ("site", "--demand", "demand.csv", "--candidates", "sites.csv", "--units", 1)
LISTED = (*ASKED, "--costs", "costs.csv")
FAR = np.array([600_000.0, 6_500_000.0])  # somewhere in Sweden, EPSG:3006


@pytest.fixture
def files(folder):
    """Return a function that writes files by name, the usual ones unless told otherwise."""

    def write(**texts: str):
        for name, text in {"demand": DEMAND, "sites": SITES, "costs": COSTS, **texts}.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    write()
    return write


def refused(told, *words, kind=EvengroundError):
    """Return the codes and the places of what a call is refused for."""
    with pytest.raises(kind) as caught:
        told(*words)
    return [(one.code, one.place.row, one.place.column) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--units", 4), "siting_units"),
        (("--objective", "max-coverage"), "needs_radius"),
        (("--objective", "maximin"), "needs_groups"),
        (("--objective", "lexicographic"), "needs_groups"),
        (("--frontier", 3), "needs_groups"),
        (("--radius", 0), "radius_not_above_0"),
        (("--aversion", 1), "option_without_use"),
        (("--objective", "kolm-pollak", "--aversion", 1, "--kappa", 1), "two_aversions"),
        (("--groups", "old,old"), "column_asked_twice"),
        (("--decay", "sideways:3"), "unknown_decay"),
        (("--within", 3), "option_beside_costs"),
        (("--crs", "EPSG:3006"), "option_beside_costs"),
        (("--streets", "x.gpkg"), "streets_and_costs"),
        (("--today", "sites.csv", "--today-column", "now"), "today_twice"),
    ],
)
def test_wrong_use_says_so(files, told, words, code):
    assert [one[0] for one in refused(told, *LISTED, *words, kind=UsageError)] == [code]


def test_options_of_costs_want_costs(files, told):
    found = refused(told, *ASKED, "--unit", "min", "--from", "a", kind=UsageError)
    assert [one[0] for one in found] == ["option_without_costs"] * 2


def test_places_or_costs_are_needed(files, told):
    found = refused(told, *ASKED, kind=InvalidInputError)
    assert [one[0] for one in found] == ["no_places_in_file"] * 2


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"demand": "id,weight\na,1\na,2\n"}, [("contradicting_row", 3, "")]),
        ({"demand": "id,weight\na,0\nb,0\n"}, [("nothing_there", None, "weight")]),
        ({"demand": "id,weight\na,-1\nb,2\n"}, [("below_lowest", 2, "weight")]),
        ({"demand": "id,weight\na,many\nb,2\n"}, [("not_a_number", 2, "weight")]),
        ({"sites": "id\nA\nB\nB\n"}, [("contradicting_row", 4, "")]),
        (
            {"sites": "id,state\nA,shut\nB,open\nC,gone\n"},
            [("candidate_state_unknown", 2, "state"), ("candidate_state_unknown", 4, "state")],
        ),
        ({"sites": "id,today\nA,perhaps\nB,\n"}, [("neither_yes_nor_no", 2, "today")]),
        ({"costs": "from,to,cost\na,A,1\nb,A,2\na,A,3\n"}, [("contradicting_row", 4, "")]),
        ({"costs": "from,to,cost\na,A,-1\n"}, [("below_lowest", 2, "cost")]),
        ({"costs": "from,to,cost\nx,A,1\n"}, [("no_pair_listed", None, "")]),
    ],
)
def test_wrong_rows_are_named(files, told, texts, found):
    files(**texts)
    assert refused(told, *LISTED, kind=InvalidInputError) == found


def test_missing_columns_are_named(files, told):
    found = refused(told, *LISTED, "--weight", "wieght", "--groups", "odl", kind=NotFoundError)
    assert [one[2] for one in found] == ["wieght", "odl"]
    with pytest.raises(NotFoundError) as caught:
        told(*LISTED, "--budget", 3)
    assert caught.value.problems[0].parameters["option"] == "--cost"


def test_each_place_counts_once_if_asked(files, told, invoke):
    assert told(*LISTED, "--weight", "")["objective"] == 5 + 1 + 5
    assert "each place counts once" in invoke(*LISTED, "--weight", "")


def test_too_many_forced_and_forbidden(files, told):
    files(sites="id,state\nA,forced\nB,forced\nC,\n")
    assert refused(told, *LISTED)[0][0] == "siting_units_forced"
    files(sites="id,state\nA,forbidden\nB,forbidden\nC,forbidden\n")
    assert refused(told, *LISTED)[0][0] == "siting_units"


def test_a_site_of_today_must_be_a_candidate(files, told):
    files(now="id\nA\nZ\n")
    found = refused(told, *LISTED, "--today", "now.csv", kind=InvalidInputError)
    assert found == [("not_a_candidate", 3, "id")]


def test_capacities_are_not_passed_over(files, told):
    files(sites="id,capacity\nA,60\nB,60\nC,\n")
    asked = (*LISTED, "--objective", "p-center")
    assert refused(told, *asked, kind=UsageError) == [("siting_capacities", None, "capacity")]
    assert told(*asked, "--no-capacities")["status"] == "optimal"
    files(sites="id,capacity\nA,\nB,\nC,\n")
    assert told(*asked)["settings"]["capacities"] is False


def test_demand_out_of_reach_is_a_finding(files, told, invoke):
    files(costs="from,to,cost\na,A,1\nb,A,4\nb,B,1\n")
    found = told(*LISTED, "--groups", "side")
    assert found["status"] == "infeasible"
    assert found["sites"] == found["losers"] == found["chosen"] == []
    assert found["objective"] is found["bound"] is found["gap"] is found["everybody"] is None
    assert found["groups"] == {}
    (reason,) = found["reasons"]
    assert reason["code"] == "demand_out_of_reach"
    assert (reason["places"], reason["n_places"], reason["people"]) == (["c"], 1, 30)
    assert "No choice of sites meets what is asked." in invoke(*LISTED)
    covered = told(*LISTED, "--objective", "max-coverage", "--radius", 4)
    assert (covered["objective"], covered["status"]) == (30, "optimal")
    assert covered["everybody"]["unreached_after"] == 30
    assert covered["everybody"]["mean_after"] == "Infinity"
    assert covered["price_of_equity"] is None
    assert told(*LISTED, "--beyond", 10)["objective"] == 10 + 80 + 300


def test_limits_that_contradict_each_other_are_a_finding(files, told):
    sites = "id,cost,capacity,district\nA,3,10,east\nB,4,10,west\nC,5,10,west\n"
    files(sites=sites)
    assert told(*LISTED, "--budget", 2)["reasons"][0]["code"] == "siting_budget_short"
    assert told(*LISTED)["reasons"][0]["code"] == "siting_capacity_short"
    files(sites=sites, floors="district,units\nwest,3\n")
    found = told(*LISTED, "--no-capacities", "--floors", "floors.csv", "--units", 2)
    assert found["status"] == "infeasible"
    assert "District west must have 3 sites" in found["reasons"][0]["what"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("district,units\nnowhere,1\n", "floor_unknown_name"),
        ("group,mean_cost\nolde,3\n", "floor_unknown_name"),
        ("group,mean_cost\nold,\n", "floor_of_nothing"),
        ("district,group,units\nwest,old,1\n", "floor_of_nothing"),
        ("group,covered\nold,1.5\n", "above_highest"),
        ("group,covered\nold,0.5\n", "needs_radius"),
        ("district,units\nwest,0.5\n", "not_a_whole_number"),
    ],
)
def test_floors_that_cannot_be(files, told, text, code):
    files(sites="id,district\nA,east\nB,west\nC,west\n", floors=text)
    found = refused(told, *LISTED, "--groups", "old", "--floors", "floors.csv")
    assert [one[0] for one in found] == [code]


def test_floors_of_districts_want_districts(files, told):
    files(floors="district,units\nwest,1\n")
    assert refused(told, *LISTED, "--floors", "floors.csv")[0][0] == "no_districts"


def test_gaps_in_groups_are_told(files, told):
    files(demand="id,weight,old,side\na,10,2,n\nb,20,,\nc,30,31,s\nd,0,0,e\n")
    notes = told(*LISTED, "--groups", "old,side", "--beyond", 9)["inputs"][0]["noticed"]
    assert len(notes) == 4
    assert "Nothing in old for some places (1)" in notes[0]
    assert "old is above the people there (1; first: row 4)" in notes[1]
    assert "Nothing in side" in notes[2]
    assert "Nobody is in the group e of side" in notes[3]


def test_codes_with_letters_are_names(files, told):
    files(demand="id,weight,ward\na,10,1N\nb,20,2\nc,30,2S\n")
    assert list(told(*LISTED, "--groups", "ward")["groups"]) == ["1N", "2", "2S"]


def placed(text, where):
    """Return a table with a column of x and y for each row."""
    head, *rows = text.splitlines()
    lines = [f"{row},{x},{y}" for row, (x, y) in zip(rows, where, strict=True)]
    return "\n".join([f"{head},x,y", *lines, ""])


HERE = FAR + np.array([[0, 0], [300, 0], [300, 400]])


def test_straight_lines_between_coordinates(files, told, invoke):
    files(demand=placed(DEMAND, HERE), sites=placed(SITES, HERE))
    found = told(*ASKED)
    assert found["sites"] == ["C"]
    assert found["objective"] == pytest.approx(10 * 500 + 20 * 400)
    assert found["settings"]["distances"] == {"kind": "straight_line", "unit": "m", "crs": None}
    assert told(*ASKED, "--crs", "EPSG:3006")["settings"]["crs"] == "EPSG:3006"
    assert told(*ASKED, "--within", 450)["sites"] == ["B"]
    assert "straight lines in metres" in invoke(*ASKED)


def test_degrees_want_a_system(files, told):
    frame = geopandas.GeoSeries.from_xy(*HERE.T, crs="EPSG:3006").to_crs(4326)
    degrees = shapely.get_coordinates(frame.to_numpy())
    files(demand=placed(DEMAND, degrees), sites=placed(SITES, degrees))
    assert refused(told, *ASKED, kind=InvalidInputError)[0][0] == "coordinates_in_degrees"
    assert refused(told, *ASKED, "--crs", "EPSG:4326", kind=UsageError)[0][0] == "system_not_metric"
    moved = told(*ASKED, "--crs", "EPSG:3006")
    assert moved["objective"] == pytest.approx(13_000, rel=1e-6)


def test_along_streets_of_map_files(files, told):
    folder = files()
    lines = [
        shapely.LineString(HERE[[0, 1]]),
        shapely.LineString(HERE[[1, 2]]),
    ]
    geopandas.GeoDataFrame(geometry=lines, crs="EPSG:3006").to_file(folder / "streets.gpkg")
    for name, text in (("demand", DEMAND), ("sites", SITES)):
        frame = pd.read_csv(folder / f"{name}.csv") if text else None
        points = geopandas.points_from_xy(*HERE.T, crs="EPSG:3006")
        geopandas.GeoDataFrame(frame, geometry=points).to_file(folder / f"{name}.gpkg")
    found = told(
        "site", "--demand", "demand.gpkg", "--candidates", "sites.gpkg", "--units", 1, "--streets",
        "streets.gpkg", "--groups", "side",
    )  # fmt: skip
    assert found["objective"] == pytest.approx(10 * 700 + 20 * 400)
    assert found["settings"]["distances"]["kind"] == "streets"
    assert list(found["groups"]) == ["n", "s"]
