from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from evenground.errors import (
    FormatError,
    InvalidInputError,
    NotFoundError,
    UsageError,
)
from evenground.methods.inequality import (
    concentration_index,
    foster_greer_thorbecke,
    gini,
    gini_rows,
    interval_of,
    theil_t_decomposition,
)

STOPS, PEOPLE, INCOME = [2, 4, 6, 12], [3000, 4000, 2000, 1000], [14000, 21000, 24000, 40000]
TABLE = """\
area,stops,people,income,side
a,2,3000,14000,south
b,4,4000,21000,south
c,6,2000,24000,north
d,12,1000,40000,north
"""
ASKED = ("inequality", "stops.csv", "--value", "stops", "--people", "people")


@pytest.fixture
def stops(folder):
    (folder / "stops.csv").write_text(TABLE, encoding="utf-8")
    return folder / "stops.csv"


def test_the_numbers_are_the_librarys(stops, told):
    found = told(
        *ASKED, "--rank", "income", "--group", "side", "--line", 5, "--lower", 0, "--upper", 20
    )
    measures = {name: one["value"] for name, one in found["measures"].items()}
    side = ["south", "south", "north", "north"]
    parts = theil_t_decomposition(STOPS, side, weights=PEOPLE)
    ranked = concentration_index(STOPS, INCOME, weights=PEOPLE, bounds=(0, 20))
    short = partial(foster_greer_thorbecke, STOPS, PEOPLE, line=5)
    expected = {
        "gini": gini(STOPS, PEOPLE),
        "palma": 1.2,
        "theil_t": parts.total,
        "theil_t_within": parts.within,
        "theil_t_between": parts.between,
        "concentration": ranked.standard,
        "concentration_corrected": ranked.corrected,
        "erreygers": ranked.erreygers,
        "wagstaff": ranked.wagstaff,
        "headcount": 0.7,
        "gap": short(power=1),
        "severity": short(power=2),
    }
    assert {name: measures[name] for name in expected} == pytest.approx(expected, rel=1e-12)
    assert found["curve_against_even"] == "first"
    assert found["groups"][0]["group"] == "north"
    assert found["groups"][0]["people_share"] == pytest.approx(0.3)


def test_intervals_come_from_the_seed(stops, told):
    one = told(*ASKED, "--seed", 7)["measures"]["gini"]
    known = interval_of(gini_rows, STOPS, PEOPLE, rng=np.random.default_rng(7))
    assert (one["low"], one["high"]) == (known.low, known.high)
    assert told(*ASKED, "--seed", 7) == told(*ASKED, "--seed", 7)


def test_json_says_what_the_numbers_rest_on(stops, told):
    found = told(*ASKED)
    (read,) = found["inputs"]
    assert (read["file"], read["rows_read"], read["rows_used"]) == ("stops.csv", 4, 4)
    assert len(read["sha256"]) == 64
    assert found["seed"] == 2021
    assert set(found["versions"]) == {"evenground", "python", "numpy", "scipy"}
    for one in found["measures"].values():
        assert one["unit"]
        assert one["method"]
        assert one["literature"]


def test_people_read_sentences_and_a_table(stops, invoke):
    words = invoke(*ASKED, "--rank", "income", "--line", 5)
    assert words.startswith("stops: 4.6 a person on average.")
    assert "Counted from low to high income, every lowest share has less than its part." in words
    assert "  Gini index" in words
    assert "Read stops.csv: rows read 4, used 4." in words


def test_a_burden_is_short_above_the_line(folder, told):
    (folder / "walk.csv").write_text("minutes,people\n14,1\n9,1\n6,1\n3,1\n", encoding="utf-8")
    asked = ("inequality", "walk.csv", "--value", "minutes", "--people", "people", "--line", 10)
    found = told(*asked, "--burden")
    assert found["measures"]["headcount"]["value"] == pytest.approx(0.25)
    assert found["kappa"] < 0


def test_what_has_no_end_is_not_a_number_of_json(folder, told):
    (folder / "zero.csv").write_text("value\n0\n0\n0\n5\n", encoding="utf-8")
    measures = told("inequality", "zero.csv", "--value", "value")["measures"]
    assert measures["theil_l"]["value"] == "Infinity"
    assert measures["palma"]["value"] == "Infinity"


def test_decimal_commas_are_read_and_said(folder, told):
    (folder / "comma.csv").write_text("area;min\na;1,5\nb;2,5\n", encoding="utf-8")
    found = told("inequality", "comma.csv", "--value", "min")
    assert found["mean"] == pytest.approx(2.0)
    noticed = found["inputs"][0]["noticed"]
    assert "Numbers in min were read with a decimal comma." in noticed


def test_other_formats_give_the_same(folder, told, stops):
    import geopandas
    import openpyxl
    import pandas as pd
    import shapely

    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append([int(c) if c.isdigit() else c for c in line.split(",")])
    book.save("stops.xlsx")
    frame = pd.read_csv("stops.csv")
    frame.to_parquet("stops.parquet")
    points = [shapely.Point(18 + i, 59) for i in range(4)]
    geopandas.GeoDataFrame(frame, geometry=points, crs=4326).to_file("stops.geojson")
    known = told(*ASKED)["measures"]
    for name in ("stops.xlsx", "stops.parquet", "stops.geojson"):
        found = told("inequality", name, "--value", "stops", "--people", "people")
        assert found["measures"] == known


def test_rows_without_a_value_and_totals_are_set_aside_and_counted(folder, told):
    (folder / "gaps.csv").write_text(
        "area,value,people\na,1,10\nb,n/a,10\nc,,10\nd,3,10\nTotal,4,40\n", encoding="utf-8"
    )
    found = told("inequality", "gaps.csv", "--value", "value", "--people", "people")
    (read,) = found["inputs"]
    assert (read["rows_read"], read["rows_used"]) == (5, 2)
    assert [one["rows"] for one in read["set_aside"]] == [1, 1, 1]
    assert [one["why"] for one in read["set_aside"]] == [
        "a total, as area says (Total)",
        "nothing in value",
        "no value in value (n/a)",
    ]


def test_an_unknown_column_gets_the_nearest_name(stops, invoke):
    with pytest.raises(NotFoundError) as caught:
        invoke("inequality", "stops.csv", "--value", "stop", "--people", "peple")
    near = [(one.value, one.nearest) for one in caught.value.problems]
    assert near == [("stop", "stops"), ("peple", "people")]
    assert caught.value.problems[0].parameters["known"] == "area, stops, people, income, side"


def test_every_bad_cell_is_listed_with_its_place(folder, invoke):
    (folder / "bad.csv").write_text("value,people\n1,10\nmany,-4\n2,five\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        invoke("inequality", "bad.csv", "--value", "value", "--people", "people")
    listed = [(one.code, one.place.row, one.place.column) for one in caught.value.problems]
    assert listed == [
        ("not_a_number", 3, "value"),
        ("not_a_number", 4, "people"),
        ("below_lowest", 3, "people"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("value,people\n1,0\n2,0\n", "nothing_there"),
        ("value,people\n0,5\n0,1\n", "nothing_there"),
        ("value,people\n0,5\n7,0\n", "nothing_there"),
        ("value,people\n,5\n,1\n", "no_rows_left"),
        ("value,people\n3,10\n", "only_one_row"),
        ("value,people\n3,10\n4,0\n", "only_one_row"),
    ],
    ids=["nobody", "nothing", "nothing where people are", "no value", "one row", "one with people"],
)
def test_nothing_to_share_is_said(folder, invoke, text, code):
    (folder / "nothing.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        invoke("inequality", "nothing.csv", "--value", "value", "--people", "people")
    assert caught.value.problems[0].code == code


def test_an_empty_file_and_one_bound_are_refused(folder, stops, invoke):
    (folder / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        invoke("inequality", "empty.csv", "--value", "value")
    assert "[tables" not in caught.value.problems[0].way_out
    with pytest.raises(UsageError):
        invoke(*ASKED, "--lower", 0)


def test_errors_go_to_the_error_stream_as_json(stops):
    command = [Path(sys.executable).with_name("evenground"), "inequality", "stop.csv"]
    done = subprocess.run(
        [*command, "--value", "stops", "--json"],
        cwd=stops.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    (problem,) = json.loads(done.stderr)["problems"]
    assert (problem["code"], problem["nearest"]) == ("file_missing", "stops.csv")


def test_a_sheet_can_be_named_and_the_decimal_mark_said(folder, told, invoke):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "notes"
    book.active.append(["nothing", "here"])
    sheet = book.create_sheet("stops")
    for row in (["stops", "people"], [2, 10], [4, 30]):
        sheet.append(row)
    book.save("book.xlsx")
    asked = ("inequality", "book.xlsx", "--value", "stops", "--people", "people")
    found = told(*asked, "--sheet", "stops")
    assert found["mean"] == pytest.approx(3.5)
    assert found["inputs"][0]["sheet"] == "stops"
    with pytest.raises(NotFoundError) as caught:
        invoke(*asked, "--sheet", "stop")
    assert "--sheet" in caught.value.problems[0].way_out
    (folder / "open.csv").write_text("v\n1.234\n2.345\n", encoding="utf-8")
    open_mark = told("inequality", "open.csv", "--value", "v")
    assert "Say --decimal to settle it." in open_mark["inputs"][0]["noticed"][0]
    assert open_mark["mean"] == pytest.approx(1.7895)
    said = told("inequality", "open.csv", "--value", "v", "--decimal", ",")
    assert said["mean"] == pytest.approx(1789.5)


def test_many_bad_cells_are_counted_beyond_fifty(folder, invoke):
    (folder / "many.csv").write_text("v\n" + "".join(f"x{i}\n" for i in range(80)), "utf-8")
    with pytest.raises(InvalidInputError) as caught:
        invoke("inequality", "many.csv", "--value", "v")
    assert len(caught.value.problems) == 51
    assert caught.value.problems[-1].n_rows == 30


def test_values_outside_the_bounds_are_refused_with_their_place(stops, invoke):
    with pytest.raises(InvalidInputError) as caught:
        invoke(*ASKED, "--lower", 0, "--upper", 10)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.value) == ("above_highest", 5, "12")
