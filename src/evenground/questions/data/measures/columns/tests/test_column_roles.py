"""What columns stand for is guessed from what they hold and are called, with a reason."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import ibis
import pyarrow as pa
import pytest

from evenground.language import language
from evenground.questions.data.measures.columns.guess_roles import guess_roles
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.roles import Form
from evenground.questions.data.wording.columns import COLUMNS
from evenground.stores.audited import open_audited

START = datetime(2024, 1, 1)  # noqa: DTZ001 - wall clock


def chances(seed):
    return random.Random(seed)  # noqa: S311 - nothing here is a secret


def guessed(columns, coordinates=None):
    plan = profile(ibis.memtable(pa.table(columns)))
    found = columns_of(plan, [table.to_pyarrow() for table in plan.tables])
    return guess_roles(found, coordinates=coordinates)


def stream(n_sensors=4, n_times=100, minutes=5):
    chance = chances(7)
    rows = [
        (f"S{sensor}", START + timedelta(minutes=minutes * time), round(chance.gauss(20, 3), 1))
        for time in range(n_times)
        for sensor in range(n_sensors)
    ]
    return {
        "sensor_id": [r[0] for r in rows],
        "time": [r[1] for r in rows],
        "pm": [r[2] for r in rows],
    }


def test_sensors_at_common_times_are_a_stream():
    roles = guessed(stream()).roles
    assert (roles.form, roles.sensor, roles.time) == (Form.STREAM, "sensor_id", "time")
    assert roles.values == ("pm",)


def test_one_sensor_at_regular_times_is_a_stream():
    columns = stream(n_sensors=1)
    del columns["sensor_id"]
    roles = guessed(columns).roles
    assert (roles.form, roles.sensor, roles.time) == (Form.STREAM, "", "time")


def test_days_and_hours_are_joined():
    days = [(START + timedelta(hours=h)) for h in range(480)]
    columns = {
        "day": [f"{d:%Y-%m-%d}" for d in days],
        "hr": [str(d.hour) for d in days],
        "cnt": [str(i % 97) for i in range(480)],
    }
    roles = guessed(columns).roles
    assert (roles.form, roles.time, roles.values) == (Form.STREAM, "day+hr", ("cnt",))


def test_things_that_happen_are_events_whatever_else_is_counted():
    chance = chances(3)
    columns = {
        "case_id": [f"C{i:05}" for i in range(300)],
        "reported_at": [START + timedelta(minutes=chance.randrange(500_000)) for _ in range(300)],
        "closed_at": [START + timedelta(minutes=600_000 + i) for i in range(300)],
        "offense": [chance.choice(["THEFT", "ARSON", "ROBBERY"]) for _ in range(300)],
        "ward": [str(chance.randrange(1, 9)) for _ in range(300)],
    }
    roles = guessed(columns).roles
    assert (roles.form, roles.time, roles.row_id) == (Form.EVENTS, "reported_at", "case_id")
    assert (roles.area, roles.ended) == ("ward", "closed_at")


def test_counts_of_areas_by_month():
    areas, months = [f"110010{i:05}" for i in range(9)], [f"2012-{m:02}" for m in range(1, 13)]
    columns = {
        "geoid": [a for a in areas for _ in months],
        "month": [m for _ in areas for m in months],
        "thefts": [(i * 7) % 13 for i in range(len(areas) * len(months))],
    }
    roles = guessed(columns).roles
    assert (roles.form, roles.area, roles.time) == (Form.COUNTS, "geoid", "month")


def test_shapes_without_times_are_places():
    columns = {
        "name": ["a", "b"],
        "install_date": ["2001-01-01", "2002-01-01"],
        "x": [1.0, 2.0],
        "y": [3.0, 4.0],
    }
    guess = guessed(columns, ("x", "y", "EPSG:3006"))
    assert (guess.roles.form, guess.roles.x, guess.roles.crs) == (Form.PLACES, "x", "EPSG:3006")
    assert guess.roles.time == ""


def test_nothing_is_guessed_where_nothing_tells():
    guess = guessed({"a": ["x", "y"], "b": ["1", "2"]})
    assert guess.roles.form is Form.ROWS
    assert guess.roles.values == ()


def test_every_guess_has_a_reason_that_can_be_said():
    english = language("en")
    for columns in (stream(), {"a": ["x"]}, {"lat": [59.0, 59.1], "lon": [18.0, 18.1]}):
        guess = guessed(columns)
        held = {n for n in guess.roles.__dataclass_fields__ if getattr(guess.roles, n)}
        assert held - {"form"} == guess.reasons.keys() - {"form"}
        for message in guess.reasons.values():
            assert english.say(COLUMNS[message.code], message.parameters)


def taken(form, **roles):
    return form, roles


REAL = {
    "washington_dc/outcomes/crime_incidents_2006_2012.parquet": taken(
        Form.EVENTS, time="report_dat", row_id="ccn", x="xblock", y="yblock"
    ),
    "washington_dc/outcomes/service_requests_311_last30d_snapshots.parquet": taken(
        Form.EVENTS, time="serviceorderdate", zone="UTC", row_id="servicerequestid",
        ended="resolutiondate",
    ),
    "washington_dc/timeseries/bikeshare_system_hourly_2011_2012.csv": taken(
        Form.STREAM, time="dteday+hr", sensor=""
    ),
    "washington_dc/technology/enforcement_cameras_snapshots.geojson": taken(Form.PLACES, time=""),
    "washington_dc/technology/bikeshare_stations_snapshots.geojson": taken(Form.PLACES, time=""),
    "washington_dc/technology/parking_meters_2009.parquet": taken(
        Form.PLACES, row_id="FACILITYID"
    ),
    "washington_dc/outcomes/crime_tract_month_2006_2012.csv": taken(
        Form.COUNTS, area="geoid", time="month"
    ),
    "washington_dc/areas/acs_tract_2011_2014.csv": taken(
        Form.COUNTS, area="geoid", time="acs_end_year"
    ),
    "washington_dc/performance/agency_kpis_2008_2013.csv": taken(Form.ROWS),
    "cambridge_ma/litter_barrels_snapshots_2013_2025.parquet": taken(Form.PLACES, time=""),
    "cambridge_ma/police_crashes_historical.csv": taken(
        Form.EVENTS, time="Date Time", row_id="Crash Number"
    ),
    "toronto_rlc/red_light_camera_infractions_2007_2017.csv": taken(
        Form.STREAM, sensor="PX", time="year", values=("infractions",)
    ),
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("path", REAL)
def test_real_files_are_taken_for_what_they_are(real_data, path):
    form, wanted = REAL[path]
    city, _, file = path.partition("/")
    with open_audited(real_data(city) / file) as opened:
        plan = profile(opened.table)
        found = columns_of(plan, [one.to_pyarrow() for one in plan.tables])
        shapes = (opened.x, opened.y, opened.crs) if opened.x else None
        roles = guess_roles(found, coordinates=shapes).roles
    assert roles.form is form
    assert {name: getattr(roles, name) for name in wanted} == wanted
