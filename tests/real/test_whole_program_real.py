"""Real cities through the whole program: from raw files and two short TOML files to a dossier."""

from __future__ import annotations

import csv
import os
import re
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from evenground.evidence import Estimate
from evenground.tests.dossiers import section_of
from evenground.workspace.appraising import Terms, appraise

pytestmark = pytest.mark.real
KEY = "reach"

NEWCASTLE = """
name = "Newcastle upon Tyne"
language = "en"
currency = "GBP"
crs = "EPSG:27700"
time_zone = "Europe/London"
level = "lsoa"

[levels.lsoa]
name = "neighbourhood"
plural = "neighbourhoods"

[[groups]]
key = "deprivation"
name = "Deprivation"
kind = "classes"
indicator = "imd_decile"
by_value = true
labels = ["the most deprived decile", "decile 2", "decile 3", "decile 4", "decile 5", "decile 6",
          "decile 7", "decile 8", "decile 9", "the least deprived decile"]
compare = ["the most deprived decile", "the least deprived decile"]

[tables.areas]
file = "lsoa_population_weighted_centroids.geojson"
columns = {area_id = "lsoa11cd", name = "lsoa11nm"}
values = {level = "lsoa"}

[tables.indicators]
file = "lsoa_population_weighted_centroids.geojson"
columns = {area_id = "lsoa11cd"}
wide = {imd_decile = "imd_decile"}
published = true
"""
SENSORS = """
title = "Urban Observatory"
stage = "running"
unit = "air-quality sensor"
unit_plural = "air-quality sensors"
counts = "row"

[tables.sites]
file = "urban_observatory_sensors_2020-08.geojson"
where = {sensor_type = "AirQuality"}
"""
WASHINGTON = """
name = "Washington, DC"
language = "en"
currency = "USD"
crs = "EPSG:26985"
time_zone = "America/New_York"
level = "tract"

[levels.tract]
name = "census tract"
plural = "census tracts"

[[groups]]
key = "poverty"
name = "Poverty"
kind = "classes"
indicator = "poverty_pct"
period = "2014"
classes = 3
labels = ["low-poverty tracts", "middle-poverty tracts", "high-poverty tracts"]
compare = ["high-poverty tracts", "low-poverty tracts"]

[[baselines]]
key = "people"
name = "residents"
kind = "people"
unit = "residents"
lead = true
reason = "It is for everybody who lives here"
chosen_by = "the council"
chosen_on = 2016-08-20

[tables.areas]
file = "areas/tracts_2010.geojson"
columns = {area_id = "geoid"}
values = {level = "tract"}

[[tables.population]]
file = "areas/acs_tract_2011_2014.csv"
published = true
columns = {area_id = "geoid", vintage = "acs_end_year"}
where = {acs_end_year = 2014}
wide = {total = "total_pop"}
wide_margin = "{column}_moe"

[[tables.indicators]]
file = "areas/acs_tract_2011_2014.csv"
published = true
columns = {area_id = "geoid", period = "acs_end_year"}
wide = {poverty_pct = "poverty_pct"}
wide_margin = "{column}_moe"
"""
BLOCK_GROUPS = """
[tables.points]
file = "areas/block_groups_2010.parquet"
columns = {point_id = "geoid", count = "pop2010"}
published = true
"""
WIFI = """
title = "Public wifi"
stage = "running"
domain = "connectivity"
unit = "hotspot"
unit_plural = "hotspots"
counts = "row"

[tables.sites]
file = "technology/wifi_hotspots_snapshots.geojson"
columns = {observed = "snapshot", units = "NUMBER_OF_SITES", name = "NAME", kind = "TYPE"}
"""
DOCKS = """
title = "Bike share"
stage = "running"
unit = "dock"
unit_plural = "docks"
counts = "row"

[tables.sites]
file = "technology/bikeshare_stations_snapshots.geojson"
columns = {name = "ADDRESS"}
where = {snapshot = "2016-08-16"}
"""
CAMERAS = """
title = "Cameras"
stage = "running"
unit = "camera"
unit_plural = "cameras"
counts = "row"

[tables.sites]
file = "technology/{file}"
"""
CHICAGO = """
name = "Chicago"
language = "en"
currency = "USD"
crs = "EPSG:26916"
time_zone = "America/Chicago"
level = "tract"

[[groups]]
key = "income"
name = "Income"
kind = "classes"
indicator = "income"
classes = 3
labels = ["low-income tracts", "middle-income tracts", "high-income tracts"]
compare = ["low-income tracts", "high-income tracts"]

[tables.areas]
file = "tracts_2010.geojson"
columns = {area_id = "geoid"}
values = {level = "tract"}

[tables.population]
file = "tracts_2010.geojson"
published = true
columns = {area_id = "geoid"}
wide = {total = "population"}

[tables.indicators]
file = "tracts_2010.geojson"
published = true
columns = {area_id = "geoid"}
wide = {income = "income_usd"}
wide_margin = {income = "income_moe_usd"}
"""
NODES = """
title = "Array of Things"
stage = "running"
unit = "node"
unit_plural = "nodes"
counts = "row"

[tables.sites]
file = "aot_nodes_2019-03.geojson"
"""
CAMBRIDGE = """
name = "Cambridge, Massachusetts"
language = "en"
currency = "USD"
crs = "EPSG:26986"
time_zone = "America/New_York"
level = "tract"

[[groups]]
key = "income"
name = "Income"
kind = "classes"
indicator = "income"
classes = 3
labels = ["low-income tracts", "middle-income tracts", "high-income tracts"]
compare = ["low-income tracts", "high-income tracts"]

[tables.areas]
file = "tracts_2010.geojson"
columns = {area_id = "geoid"}
values = {level = "tract"}

[tables.population]
file = "tracts_2010.geojson"
published = true
columns = {area_id = "geoid"}
wide = {total = "population"}

[tables.indicators]
file = "tracts_2010.geojson"
published = true
columns = {area_id = "geoid"}
wide = {income = "income_usd"}
"""
BARRELS = """
title = "Compacting litter bins"
stage = "running"
unit = "bin"
unit_plural = "bins"
counts = "row"

[tables.sites]
file = "litter_barrels_snapshots_2013_2025.parquet"
crs = "EPSG:4326"
columns = {observed = "snapshot", kind = "MAN"}
where = {MAN = "BB"}
"""


class Told:
    """A dossier's answer to one question, by the code of its findings."""

    def __init__(self, dossier):
        section = section_of(dossier, KEY)
        self.dossier = dossier
        self.headline = section.headline
        self.findings = section.findings

    def one(self, start, words=""):
        """Return the one finding whose code starts like this and whose sentence has some words."""
        found = [
            told
            for told in self.findings
            if told.finding.code.startswith(start) and words in told.sentence
        ]
        assert len(found) == 1, [told.finding.code for told in self.findings]
        return found[0]

    def estimates(self, start, name):
        """Return the estimates of that name, in order."""
        return [one for one in self.one(start).finding.estimates if one.name == name]

    def table(self, start, key):
        """Return the rows of a finding's table."""
        return next(table.rows for table in self.one(start).tables if table.key == key)

    def units_by_area(self):
        """Return the units of every area, from the table of the map."""
        (figure,) = self.one("by_area").figures
        return [row[1] for row in figure.table.rows]


@pytest.fixture(scope="module")
def asked(tmp_path_factory, real_data):
    """Return a function that appraises an initiative in a city by what their TOML files say."""

    def ask(folder: str, city: str, initiative: str, *, day: date) -> Told:
        home = tmp_path_factory.mktemp(folder)
        both = written(home, real_data(folder), city, initiative)
        return Told(appraise(both[1], both[0], terms=Terms(today=day)))

    return ask


def written(home: Path, data: Path, city: str, initiative: str) -> tuple[Path, Path]:
    """Write the two folders; both name where the data lie."""
    start = f'format = 1\ndata = "{data.resolve()}"\n'
    for name, text in (("city", city), ("initiative", initiative)):
        (home / name).mkdir()
        (home / name / f"{name}.toml").write_text(start + text, encoding="utf-8")
    return home / "city", home / "initiative"


@pytest.fixture(scope="module")
def newcastle(asked):
    return asked("newcastle", NEWCASTLE, SENSORS, day=date(2020, 8, 31))


@pytest.fixture(scope="module")
def wifi(asked):
    return asked("washington_dc", WASHINGTON, WIFI, day=date(2016, 9, 1))


def test_newcastle_distance_by_decile_is_the_published_one(newcastle, real_data):
    path = real_data("newcastle") / "published_average_distance_by_decile.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        published = [float(row["Deprivation_AverageDistance"]) for row in csv.DictReader(file)]
    found = newcastle.estimates("by_distance", "distance")
    assert len(found) == len(published) == 10
    assert [one.value for one in found] == pytest.approx(published, rel=0.001)
    assert [one.kind.value for one in found] == ["exact"] * 10, "points, and nobody's count"


def test_newcastle_says_what_the_paper_says(newcastle):
    """The nearest sensor is farther in the most deprived decile: 867 m against 576 m."""
    told = newcastle.one("by_distance")
    assert told.finding.code == "by_distance.farther"
    assert re.search(r"farther (away )?in the most deprived decile", told.sentence)
    assert re.search(r"\b870\sm\b.*\b580\sm\b", told.sentence), "as far as the sentence rounds"
    assert newcastle.headline.finding.code == "headline.distance.farther"
    assert re.search(r"farther (away )?in the most deprived decile", newcastle.headline.sentence)
    first, *_, last = newcastle.estimates("by_distance", "distance")
    assert (first.value, last.value) == pytest.approx((866.84, 575.70), rel=0.001)
    assert any("straight line" in caveat for caveat in told.caveats)


def test_newcastle_keeps_the_rows_of_one_kind_of_sensor(newcastle):
    (report,) = [one for one in newcastle.dossier.inputs if one.table == "sites"]
    rows = newcastle.estimates("counted", "rows")[0].value
    assert (report.rows_read, rows) == (983, 169)


@pytest.mark.parametrize(
    ("day", "rates"),
    [
        (date(2013, 6, 25), [3.55, 4.71, 5.76]),
        (date(2015, 10, 11), [4.44, 6.34, 8.31]),
        (date(2016, 8, 16), [4.91, 6.87, 9.40]),
    ],
)
def test_washington_wifi_rates_at_three_dates(wifi, day, rates):
    rows = {row[0]: row for row in wifi.table("by_date", "dates")}
    assert [round(cell.value, 2) for cell in rows[day][2:]] == rates


def test_washington_wifi_leads_with_the_last_date(wifi):
    assert wifi.headline.finding.code == "headline.reaches_more"
    assert "9.4 against 4.9" in wifi.headline.sentence
    counted = wifi.one("counted").finding
    named = {one.name: one.value for one in counted.estimates}
    assert (named["rows"], named["units_total"], named["places"]) == (448, 508, 421)
    assert sum(wifi.units_by_area()) == pytest.approx(448 - named["outside"])


def test_washington_margins_are_carried_through(wifi):
    """The survey's margins widen every rate that rests on them; the ratio's interval is wider."""
    rows = wifi.table("by_group", "groups")
    rates = [cell for row in rows for cell in row if isinstance(cell, Estimate)]
    counted = [one for one in rates if one.name == "rate_counted"]
    people = [one for one in rates if one.name == "baseline"]
    assert len(counted) == len(people) == 3
    for one in (*counted, *people):
        assert one.low < one.value < one.high, one
    ratio = wifi.estimates("by_group", "ratio")[0]
    margins = wifi.estimates("by_group", "ratio_margins")[0]
    assert ratio.low < margins.low < ratio.value < margins.high < ratio.high
    for _, value in (row for row in wifi.table("by_group", "errors")):
        assert isinstance(value, Estimate)


@pytest.mark.parametrize(
    ("points", "metres", "origins"),
    [
        ("", [515, 550, 627], "the centre of each census tract"),
        (BLOCK_GROUPS, [464, 499, 605], "population points within each census tract"),
    ],
    ids=["tracts", "block groups"],
)
def test_washington_bike_share_is_nearer_or_farther_by_choice_of_points(
    asked, points, metres, origins
):
    told = asked("washington_dc", WASHINGTON + points, DOCKS, day=date(2016, 9, 1))
    found = told.one("by_distance")
    assert [round(one.value) for one in found.finding.estimates] == metres
    assert any(origins in caveat for caveat in found.caveats)
    named = {one.name: one.value for one in told.one("counted").finding.estimates}
    assert named["rows"] == 399
    assert named["outside"] > 100, "the nearest dock may lie across the border"
    assert any("outside all census tracts" in caveat for caveat in told.one("counted").caveats)


@pytest.mark.parametrize(
    ("file", "n", "n_touching"),
    [("cctv_cameras_2016.geojson", 596, 25), ("enforcement_cameras_snapshots.geojson", 293, 58)],
)
def test_washington_cameras_on_boundaries_count_once(asked, file, n, n_touching):
    told = asked("washington_dc", WASHINGTON, CAMERAS.replace("{file}", file), day=date(2016, 9, 1))
    counted = {one.name: one.value for one in told.one("counted").finding.estimates}
    outside = [row for row in told.one("counted").caveats if "outside" in row]
    assert counted["rows"] == n
    assert n_touching <= counted["on_boundary"] < n
    assert bool(outside) is (counted["outside"] > 0)
    by_area = told.units_by_area()
    assert sum(by_area) == pytest.approx(inside(told), abs=0.05)
    assert inside(told) >= 0.98 * n
    assert max(by_area) == round(max(by_area), 1)
    ratio = told.estimates("by_group", "ratio_location")[0]
    assert ratio.kind.value == "bound"
    assert ratio.low < ratio.value < ratio.high
    evenness = told.estimates("by_area", "dissimilarity")[0]
    assert evenness.low <= evenness.value <= evenness.high
    assert evenness.low < evenness.high


def inside(told) -> float:
    """Return the rows that lie in any area, by what the table of groups and that of areas hold."""
    counted = {one.name: one.value for one in told.one("counted").finding.estimates}
    return counted["rows"] * (1 - counted["outside"] / counted["places"]) if (
        counted["rows"] == counted["places"]
    ) else float(np.sum(told.units_by_area()))  # fmt: skip


def test_chicago_has_92_tracts_with_a_node(asked):
    told = asked("chicago_aot", CHICAGO, NODES, day=date(2019, 3, 31))
    named = {one.name: one.value for one in told.one("counted").finding.estimates}
    (held,) = told.estimates("counted", "areas_with")
    assert (held.value, held.kind.value, named["areas_all"]) == (91, "bound", 801)
    assert held.low <= 90, "nodes on boundaries decide"
    assert held.high == 92
    assert (named["rows"], named["places"], named["outside"]) == (121, 114, 4)
    assert any("without published margins" in caveat for caveat in told.one("by_group").caveats)


def test_cambridge_litter_bins_open_and_grow(asked):
    told = asked("cambridge_ma", CAMBRIDGE, BARRELS, day=date(2025, 12, 31))
    dates = {str(row[0])[:7]: row[1] for row in told.table("by_date", "dates")}
    assert (dates["2013-08"], dates["2015-04"], dates["2017-10"]) == (84, 83, 145)
    assert told.headline.finding.verdict.code in {"reaches_less", "reaches_more", "alike"}
    assert "bins" in told.headline.sentence


def test_washington_from_a_cold_start_takes_under_15_seconds(tmp_path, real_data):
    city, initiative = written(tmp_path, real_data("washington_dc"), WASHINGTON, WIFI)
    command = [
        str(Path(sys.executable).with_name("evenground")), "appraise", str(initiative),
        "--city", str(city), "--out", str(tmp_path / "out"), "--as-of", "2016-09-01",
    ]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert seconds < 15, f"{seconds:.1f} s of processor time"
    page = tmp_path / "out" / "dossier.html"
    assert page.stat().st_size < 4_000_000
