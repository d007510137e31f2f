"""Evenground reads what was made: the clean folders without a word, the raw one with its flaws."""

from __future__ import annotations

import pytest
from evenground_demo import AS_OF
from evenground_demo.raw import register

import evenground
from evenground.errors import Severity
from evenground.workspace.appraising import Terms


@pytest.fixture(scope="module")
def city(demo):
    return evenground.open_city(demo.city)


def test_the_clean_city_opens_without_a_problem(city):
    assert city.problems == ()
    assert city.tables["areas"].num_rows == 120
    assert all(
        city.tables[name].num_rows
        for name in (
            "population", "indicators", "points", "crosswalk", "uncounted_groups", "communities",
            "accounts", "services", "spending", "datasets", "past_initiatives",
        )
    )  # fmt: skip


def test_no_row_of_the_clean_city_is_set_aside(city):
    assert {report.file: report.set_aside for report in city.reports if report.set_aside} == {}


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_initiatives_open_with_nothing_worse_than_a_note(demo, number):
    opened = evenground.open_initiative(demo.initiatives[number])
    assert {p.code for p in opened.problems if p.severity is not Severity.NOTE} == set()
    missing = {problem.code for problem in opened.problems}
    assert (
        missing
        == [
            set(),
            {"no_option_as_today", "no_option_without_new_technology"},
            set(),
            {"no_problem_stated", "no_option_without_new_technology"},
        ][number]
    )


def test_indicators_of_2018_are_carried_over_to_the_areas_of_2024(city):
    rows = city.tables["indicators"].to_pandas()
    offline = rows[rows.indicator == "no_internet_share"]
    areas = set(city.tables["areas"]["area_id"].to_pylist())
    assert set(offline.area_id) <= areas


@pytest.fixture(scope="module")
def raw_city(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    for path in demo.raw.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "city.toml").write_text(RAW_CITY, encoding="utf-8")
    return evenground.open_city(folder)


RAW_CITY = f"""
format = 1
name = "Quillhaven (invented)"
language = "en"
currency = "EUR"
crs = "EPSG:25831"
time_zone = "Europe/Amsterdam"

[[groups]]
key = "income"
name = "Income"
kind = "classes"
indicator = "low_income_share"
labels = ["higher-income areas", "middle-income areas", "lower-income areas"]
compare = ["lower-income areas", "higher-income areas"]

[tables.areas]
file = "small_areas.zip"
columns = {{area_id = "SMALL_AREA", name = "SMALL_ARE0"}}

[[tables.population]]
file = "{register.FILE}"
sheet = "{register.SHEET}"
published = true
columns = {{area_id = "Small area no."}}
values = {{vintage = "2024", rounded_to = 5}}
wide = {{total = "Residents", under_18 = "0-17 years", foreign_born = "Born abroad"}}

[[tables.population]]
file = "survey_2022_2024.csv"
published = true
decimal = ","
columns = {{area_id = "Area"}}
values = {{vintage = "2024"}}
wide = {{low_income = "Low income", renters = "Rents"}}
wide_margin = "± {{column}}"

[[tables.indicators]]
file = "survey_2022_2024.csv"
published = true
decimal = ","
columns = {{area_id = "Area"}}
values = {{period = "2024", unit = "%"}}
wide = {{low_income_share = "Low income %"}}
wide_margin = {{low_income_share = "± %"}}

[[tables.indicators]]
file = "Full bins, tally of the crews 2025.xlsx"
columns = {{area_id = "Small area"}}
values = {{period = "2025", unit = "full bins"}}
wide = {{full_bins_found = "Sum 2025"}}

[tables.accounts]
file = "Conversations and past projects.xlsx"
sheet = "said"
columns = {{account_id = "No.", date = "Day", area_id = "Small area", role = "Who", text = "What was said", source = "How", consent = "May be published"}}

[tables.services]
file = "places.csv"
crs = "EPSG:4326"
columns = {{kind = "Kind", name = "Name", provider = "Run by", x = "Lon", y = "Lat"}}
"""  # noqa: E501 - as a city would write it


def test_the_raw_folder_gives_the_same_numbers_as_the_clean_one(city, raw_city, world):
    _, moved = register.old_code_row(world)

    def counts(opened, group):
        rows = opened.tables["population"].to_pandas().query("group == @group")
        return rows.set_index("area_id")["count"].drop(moved, errors="ignore").dropna()

    for group in ("total", "foreign_born"):
        clean, raw = counts(city, group), counts(raw_city, group)
        assert len(raw) == 112
        assert (clean[raw.index] == raw).all()
    clean, raw = counts(city, "renters"), counts(raw_city, "renters")
    assert (clean[raw.index] == raw).all()


def test_the_code_of_2018_is_named_with_its_row(raw_city, world):
    old, _ = register.old_code_row(world)
    named = [
        problem
        for problem in raw_city.problems
        if problem.place.file == register.FILE and problem.value.lstrip("0") == old.lstrip("0")
    ]
    assert len(named) == 1
    assert named[0].place.column == "Small area no."
    assert named[0].place.row is not None


def test_nothing_else_in_the_raw_folder_stops_a_table(raw_city, world):
    old, _ = register.old_code_row(world)
    errors = [problem for problem in raw_city.problems if problem.severity is Severity.ERROR]
    assert {problem.value.lstrip("0") for problem in errors} <= {old.lstrip("0")}


def test_places_and_words_are_read_as_they_were_meant(city, raw_city):
    clean, raw = city.places["services"], raw_city.places["services"]
    bins = clean[clean.kind == "litter_bin"].geometry.reset_index(drop=True)
    same = raw[raw.kind == "litter_bin"].geometry.reset_index(drop=True)
    assert (bins.distance(same) < 0.2).all()
    assert raw_city.tables["accounts"]["date"] == city.tables["accounts"]["date"]
    assert raw_city.tables["accounts"]["consent"] == city.tables["accounts"]["consent"]


def test_the_raw_city_gives_the_same_answer_about_the_sensor_bins(demo, city, raw_city):
    def headline(opened):
        dossier = evenground.appraise(demo.initiatives[1], opened, terms=Terms(today=AS_OF))
        return next(s for s in dossier.sections if s.key == "reach").headline.finding

    clean, raw = headline(city), headline(raw_city)
    assert raw.verdict.code == clean.verdict.code == "reaches_less"
    # One area of 113 is out, and rounded degrees move sites that stand on a boundary.
    assert raw.estimate("ratio").value == pytest.approx(clean.estimate("ratio").value, rel=0.06)
