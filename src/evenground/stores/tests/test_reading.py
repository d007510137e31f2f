"""From a file to a table of the model: matching, filters, wide layouts, missing values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.stores.cells.dates import MONTH_FIRST
from evenground.stores.draft import Locale
from evenground.stores.listing import LISTED

LONG = "area_id,group,count,margin\n0101,total,1200,30\n0101,young,300,\n0102,total,800,25\n"


def test_columns_by_the_model_s_names_whatever_their_capitals(read):
    found = read(LONG.replace("area_id", "Area_ID"))
    assert found.table["area_id"].to_pylist() == ["0101", "0101", "0102"]
    assert found.table["margin"].to_pylist() == [30, None, 25]
    assert found.table["vintage"].null_count == 3
    assert found.problems == ()


def test_declared_columns_and_constants(read):
    text = "kod,grupp,antal\n0101,total,12\n"
    columns = {"area_id": "kod", "group": "grupp", "count": "antal"}
    found = read(text, columns=columns, values={"vintage": 2024, "rounded_to": 5})
    assert found.table.to_pylist() == [
        {
            "area_id": "0101", "group": "total", "count": 12.0, "margin": None, "rounded_to": 5.0,
            "vintage": "2024", "edition": None,
        }
    ]  # fmt: skip


def test_where_keeps_rows_by_value_or_list(read):
    text = "area_id,group,count,year\n01,total,1,2013\n01,total,2,2014\n01,total,3,2015\n"
    assert read(text, where={"year": ("2014",)}).table["count"].to_pylist() == [2]
    found = read(text, where={"year": ("2014", "2015")})
    assert found.table["count"].to_pylist() == [2, 3]
    assert [(p.code, p.n_rows) for p in found.set_aside] == [("not_asked_for", 1)]


WIDE = "kod,alla,unga,alla_moe\n0101,1200,300,30\n0102,..,x,\n0103,800,,25\n"


def test_wide_layouts_become_one_row_per_group(read, codes):
    found = read(
        WIDE, columns={"area_id": "kod"}, wide={"total": "alla", "young": "unga"},
        wide_margin="{column}_moe",
    )  # fmt: skip
    rows = found.table.select(["area_id", "group", "count", "margin"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("0101", "total", 1200, 30), ("0101", "young", 300, None), ("0103", "total", 800, 25),
    ]  # fmt: skip
    assert found.rows.tolist() == [2, 2, 4]
    assert (found.n_read, found.n_used) == (3, 2)
    (gaps,) = [p for p in found.noticed if p.code == "gaps"]
    assert gaps.parameters == {"n_cells": 3, "n_withheld": 1, "n_missing": 2}
    assert {"read_as_missing", "read_as_withheld"} <= set(codes(found))


def test_without_any_of_its_wide_columns_a_table_is_not_usable(read):
    found = read(WIDE, columns={"area_id": "kod"}, wide={"total": "everyone"})
    assert found.table.num_rows == 0
    assert [p.code for p in found.problems] == ["no_such_column"]
    assert [p.code for p in found.set_aside] == ["table_not_usable"]


def test_margins_by_name_and_a_value_for_each_group(read):
    text = "area_id,poor,income,e\n01,12.5,40000,2\n"
    found = read(
        text, "indicators", wide={"poor": "poor", "income": "income"}, wide_margin={"poor": "e"},
        values={"period": "2024", "unit": {"poor": "%", "income": "EUR"}},
    )  # fmt: skip
    assert found.table["margin"].to_pylist() == [2, None]
    assert found.table["unit"].to_pylist() == ["%", "EUR"]


def test_missing_is_never_zero_and_counted_apart(read):
    text = "area_id,group,count\n01,total,..\n02,total,x\n03,total,<5\n04,total,-\n05,total,7\n"
    found = read(text)
    assert found.table["count"].to_pylist() == [7]
    aside = {p.code: p.n_rows for p in found.set_aside}
    assert aside == {"required_missing": 2, "required_withheld": 2}
    assert found.problems == ()


def test_a_dash_may_be_declared_as_zero_and_a_sign_as_missing(read):
    text = "area_id,group,count\n01,total,-\n02,total,ukj\n03,total,7\n"
    found = read(text, zero=("-",), missing=("ukj",))
    assert found.table["count"].to_pylist() == [0, 7]


def test_a_register_without_margins_has_none_and_never_zero(read, codes):
    text = "area_id,group,count,margin\n01,total,7,none published\n02,total,8,\n"
    register = read(text)
    assert register.table["margin"].to_pylist() == [None, None]
    assert register.problems == ()
    found = read("area_id,group,count,margin\n01,total,7,0\n02,total,8,0\n")
    assert found.table["margin"].to_pylist() == [None, None]
    assert "margins_all_zero" in codes(found)
    mixed = read("area_id,group,count,margin\n01,total,7,0\n02,total,8,3\n")
    assert mixed.table["margin"].to_pylist() == [0, 3]


def test_totals_without_a_code_are_set_aside(read):
    text = "area_id,name,group,count\n01,A,total,7\n,Hela kommunen,total,7\n,,total,9\n"
    found = read(text)
    assert [(p.code, p.n_rows) for p in found.set_aside] == [
        ("total_row", 1),
        ("required_empty", 1),
    ]


def test_another_column_shows_the_decimal_mark(read):
    text = "area_id;group;count;margin\n01;total;1.167;12,5\n02;total;2.500;3,1\n"
    found = read(text)
    assert found.table["count"].to_pylist() == [1167, 2500]
    assert not [p for p in found.problems if p.code == "decimal_mark_open"]


def test_counts_of_people_are_whole_where_nothing_decides(read):
    assert read("area_id,group,count\n01,total,1.167\n").table["count"].to_pylist() == [1167]


def test_an_open_decimal_mark_is_said(read, codes):
    text = "area_id,indicator,value\n01,income,1.167\n02,income,2.500\n"
    found = read(text, "indicators")
    assert found.table["value"].to_pylist() == [1.167, 2.5]
    assert "decimal_mark_open" in codes(found)
    swedish = read(text, "indicators", locale=Locale(decimal=","))
    assert swedish.table["value"].to_pylist() == [1167, 2500]
    declared = read(text, "indicators", decimal=",")
    assert declared.table["value"].to_pylist() == [1167, 2500]
    assert "decimal_mark_open" not in codes(declared)


def test_dates_follow_the_city_where_the_cells_leave_it_open(read, codes):
    text = "service_id,kind,opened\n1,library,03/04/2005\n"
    assert read(text, "services").table["opened"].to_pylist() == [date(2005, 4, 3)]
    american = read(text, "services", locale=Locale(date_order=MONTH_FIRST))
    assert american.table["opened"].to_pylist() == [date(2005, 3, 4)]
    assert "date_order_open" in codes(american)
    sure = read(text + "2,library,25/12/2005\n", "services", locale=Locale(date_order=MONTH_FIRST))
    assert sure.table["opened"].to_pylist() == [date(2005, 4, 3), date(2005, 12, 25)]
    assert "date_order_open" not in codes(sure)


def test_placeholder_dates_are_missing(read, codes):
    found = read("service_id,kind,opened\n1,a,1969-12-31\n2,a,1970-01-01\n", "services")
    assert found.table["opened"].to_pylist() == [None, None]
    assert codes(found).count("placeholder_dates") == 2


def test_codes_stay_texts(read):
    found = read("area_id,name\n007,1.50\n1e5,0012\n", "areas")
    assert found.table["area_id"].to_pylist() == ["007", "1e5"]
    assert found.table["name"].to_pylist() == ["1.50", "0012"]


def test_choices_forgive_capitals_and_name_the_nearest(read):
    text = "account_id,text,role,consent\n1,a,resident,Public\n2,b,resident,pubic\n"
    found = read(text, "accounts")
    assert found.table["consent"].to_pylist() == ["public"]
    (problem,) = [p for p in found.problems if p.code == "not_a_choice"]
    assert (problem.nearest, problem.place.row) == ("public", 3)


def test_many_defects_of_one_kind_are_listed_and_the_rest_counted(read):
    rows = "".join(f"{n:04d},total,q{n}\n" for n in range(250))
    found = read("area_id,group,count\n" + rows)
    listed = [p for p in found.problems if p.code == "not_a_number"]
    (more,) = [p for p in found.problems if p.code == "more_of_the_same"]
    assert len(listed) == LISTED
    assert more.n_rows == 250 - LISTED
    assert found.n_used == 0


def test_a_column_of_shares_in_per_cent_is_divided_and_said(read, codes):
    text = "from_edition,from_area,to_edition,to_area,share\n1,a,2,b,40\n1,a,2,c,60\n"
    found = read(text, "crosswalk")
    assert found.table["share"].to_pylist() == [0.4, 0.6]
    assert "percent_as_share" in codes(found)


def test_without_a_required_column_nothing_is_used_and_it_is_said(read):
    found = read("area_id,grupp,count\n01,total,5\n")
    assert found.table.num_rows == 0
    assert [p.code for p in found.problems] == ["column_missing"]
    assert [(p.code, p.n_rows) for p in found.set_aside] == [("table_not_usable", 1)]


def test_points_from_columns_with_usual_names(read):
    text = "service_id,kind,Lon,Lat\n1,library,18.07,59.33\n2,library,,\n"
    found = read(text, "services", crs="EPSG:4326")
    assert found.crs == "EPSG:4326"
    assert (found.geometry[0].x, found.geometry[0].y) == (18.07, 59.33)
    assert found.geometry[1] is None


def test_shapes_in_words(read):
    text = 'community_id,name,wkt\n1,A,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n2,B,POLYGO\n'
    found = read(text, "communities", crs="EPSG:3006")
    assert found.geometry[0].area == 0.5
    (problem,) = found.problems
    assert (problem.code, problem.place.row, problem.place.column) == ("shape_unreadable", 3, "wkt")


cells = st.text(st.characters(blacklist_categories=("Cs",)), max_size=8)


@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_rows_read_are_rows_used_or_set_aside_whatever_stands_in_them(rows):
    """Nothing is dropped in silence, and nothing in a cell stops the reading."""
    import csv
    import io
    import tempfile
    from pathlib import Path

    from evenground.city import CITY_TABLES
    from evenground.stores.entries import TableEntry
    from evenground.stores.folder import DataFolder
    from evenground.stores.reading import read_table

    schema = next(schema for schema in CITY_TABLES if schema.name == "population")
    text = io.StringIO()
    csv.writer(text).writerows([["area_id", "group", "count"], *rows])
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(folder=Path(name), root=Path(name))
        (Path(name) / "p.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        found = read_table(folder, TableEntry(table="population", file="p.csv"), schema, Locale())
    assert found.n_read == found.n_used + sum(p.n_rows for p in found.set_aside)
    assert found.table.num_rows == found.n_used


@pytest.mark.parametrize("missing", ["file.csv", "nowhere/file.csv"])
def test_a_missing_file_gives_an_empty_table_that_says_so(read, missing):
    found = read(None, file=missing)
    assert found.table.num_rows == 0
    assert [p.code for p in found.problems] == ["file_missing"]
