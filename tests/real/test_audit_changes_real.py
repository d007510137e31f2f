"""What changes over the years in Cambridge's and Washington DC's data, and what does not."""

from __future__ import annotations

import pytest

from evenground.questions.data.measures.changes.asked import asked
from evenground.questions.data.measures.changes.checks import checks
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.counted import asked as counts
from evenground.questions.data.measures.counted.checks import checks as counted_checks
from evenground.questions.data.measures.roles import Form, Roles
from evenground.stores.audited.opening import open_audited

pytestmark = pytest.mark.real
PLAIN = Roles()


@pytest.fixture
def changes_in(real_data):
    def changes(city, path, roles=PLAIN):
        with open_audited(real_data(city) / path) as opened:
            plan = profile(opened.table)
            profiles = columns_of(plan, [one.to_pyarrow() for one in plan.tables])
            files = {one.name: one.columns for one in opened.files}
            lazy = asked(opened.table, profiles, roles, files=files)
            found = {name: one.to_pyarrow() for name, one in lazy.items()}
            return {one.name: one for one in checks(found, profiles, roles, files=files)}

    return changes


def told(check, *names):
    return [tuple(one[name] for name in names) for one in check.detail["changes"]]


def test_type_of_bins_means_status_then_maker(changes_in):
    found = changes_in("cambridge_ma", "litter_barrels_snapshots_2013_2025.parquet")
    assert told(found["meaning_changes"], "column", "kind", "before", "after") == [
        ("TYPE", "replaced", "2017-11-13", "2021-01-05")
    ]
    assert found["meaning_changes"].detail["changes"][0]["now"] == ["VS", "BB", "MC", "PLSTC"]
    assert found["schema_changes"].detail["columns"] == ["ROTATION"]
    changes = found["category_changes"].detail["changes"]
    vanished = {one["category"] for one in changes if one["kind"] == "vanished"}
    assert {"PROPOSED", "PROPOSED - OPERATING", "REMOVE", "TEMP"} <= vanished


def test_codes_of_agencies_become_names(changes_in):
    path = "investments/capital_projects_2010_2015.geojson"
    check = changes_in("washington_dc", path)["meaning_changes"]
    assert check.detail["columns"] == ["AGENCY"]
    assert told(check, "kind", "before", "after") == [
        ("form", "2011", "2012"),
        ("replaced", "2011", "2012"),
        ("form", "2012", "2014"),
        ("replaced", "2012", "2014"),
    ]


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("outcomes/crime_incidents_2006_2012.parquet", Roles(form=Form.EVENTS, time="report_dat")),
        ("outcomes/crime_tract_month_2006_2012.csv", Roles(form=Form.COUNTS, time="month")),
    ],
)
def test_sexual_assault_is_absent_before_2009(changes_in, path, roles):
    found = changes_in("washington_dc", path, roles)
    check = found["category_changes"]
    assert told(check, "kind", "from") == [("new", "2009")]
    assert check.detail["changes"][0]["rows"] in (536, 510)
    assert found["meaning_changes"].status is Status.NONE


@pytest.mark.parametrize(
    ("city", "path", "empty"),
    [
        ("washington_dc", "technology/wifi_hotspots_snapshots.geojson", ["NUMBER_OF_SITES"]),
        ("washington_dc", "technology/bikeshare_stations_snapshots.geojson", ["REMOVAL_DATE"]),
        ("washington_dc", "technology/enforcement_cameras_snapshots.geojson", ["ID", "SPEED"]),
        ("washington_dc", "technology/broadband_adoption_tract_panel.csv", []),
        ("washington_dc", "investments/arts_grants_2012_2015.geojson", ["ORGANIZATION", "WARD"]),
        ("washington_dc", "performance/agency_kpis_2008_2013.csv", []),
        ("washington_dc", "outcomes/service_requests_311_last30d_snapshots.parquet", []),
        (
            "washington_dc",
            "areas/acs_tract_2011_2014.csv",
            ["with_disability", "with_disability_moe"],
        ),
        ("toronto_rlc", "red_light_camera_infractions_2007_2017.csv", []),
    ],
)
def test_no_meaning_changes_where_none_does(changes_in, city, path, empty):
    found = changes_in(city, path)
    assert found["meaning_changes"].count == 0
    assert found["schema_changes"].detail["columns"] == empty


def test_a_category_written_otherwise_is_a_change(changes_in):
    check = changes_in("washington_dc", "technology/wifi_hotspots_snapshots.geojson")
    assert told(check["category_changes"], "category", "kind") == [
        ("INDOOR+OUTDOOR", "vanished"),
        ("INDOOR + OUTDOOR", "new"),
    ]


@pytest.fixture
def counted_in(real_data):
    def counted(city, path):
        with open_audited(real_data(city) / path) as opened:
            plan = profile(opened.table)
            profiles = columns_of(plan, [one.to_pyarrow() for one in plan.tables])
            roles = Roles(form=Form.COUNTS)
            lazy = counts.asked(opened.table, profiles, roles)
            found = {name: one.to_pyarrow() for name, one in lazy.items()}
            return {one.name: one for one in counted_checks(found, profiles, roles)}

    return counted


@pytest.mark.parametrize(
    ("path", "total", "wanted"),
    [
        ("outcomes/crime_tract_month_2006_2012.csv", "total", (9, 14_141, 0)),
        ("areas/acs_tract_2011_2014.csv", "occupied_units", (2, 716, 0)),
        ("areas/tracts_2010.geojson", "housing_units", (2, 179, 0)),
        ("timeseries/bikeshare_system_hourly_2011_2012.csv", "cnt", (2, 17_379, 0)),
        ("technology/cctv_cameras_2016.geojson", "total_site_camera", (2, 203, 59)),
    ],
)
def test_totals_are_found_with_their_parts(counted_in, path, total, wanted):
    check = counted_in("washington_dc", path)["totals_off"]
    told = next(one for one in check.detail["sums"] if one["total"] == total)
    assert (len(told["parts"]), told["compared"], told["off_rows"]) == wanted
    assert check.count == told["off_rows"]


def test_broadband_piles_up_at_nothing_and_all(counted_in):
    found = counted_in("washington_dc", "technology/broadband_adoption_tract_panel.csv")
    piles = found["capped_shares"].detail["piles"]
    assert [(one["at"], one["cells"]) for one in piles] == [(0.0, 12), (100.0, 47)]


def test_survey_rates_of_too_few(counted_in):
    found = counted_in("washington_dc", "areas/acs_tract_2011_2014.csv")
    assert found["small_denominators"].count == 8
    assert found["capped_shares"].count == found["percentages_in_counts"].count == 0
