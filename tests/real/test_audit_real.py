"""Audits of real files tell the defects that are known of them."""

from __future__ import annotations

from functools import cache

import pytest

from evenground import audit
from evenground.language import language
from evenground.questions.data import QUESTION
from evenground.workspace.telling import Teller

pytestmark = pytest.mark.real
TELLER = Teller(QUESTION.wording, language("en"))
NO_TABLE = {".md", ".txt", ".pb", ".pdf", ".html"}


@cache
def audited(path):
    """Return the audit of a file; tests of one run share it."""
    return audit(path)


@pytest.fixture
def found(real_data):
    return lambda city, name: audited(real_data(city) / name)


def test_crime_identifiers_and_coordinates(found):
    """148 rows lack their number; 243 repeat one, if the 147 further rows without count too."""
    one = found("washington_dc", "outcomes/crime_incidents_2006_2012.parquet")
    assert one.checks["missing_ids"].count == 148
    repeated = one.checks["repeated_ids"]
    assert repeated.count == 96
    assert repeated.detail["counting_missing_ids_as_one"] == 243
    faults = {
        (fault["column"], fault["fault"]): fault["rows"]
        for fault in one.checks["coordinate_faults"].detail["faults"]
    }
    assert sorted(faults.values()) == [2, 49, 105, 106]


def test_crimes_of_a_kind_are_missing_in_the_first_years(found):
    one = found("washington_dc", "outcomes/crime_incidents_2006_2012.parquet")
    new = [c for c in one.checks["category_changes"].detail["changes"] if c["what"] == "new"]
    assert any("SEX" in str(change["category"]).upper() for change in new)


def test_requests_repeat_records_and_not_reports(found):
    """371 repeated, as the README counts; one of them repeats the row without a number."""
    one = found("washington_dc", "outcomes/service_requests_311_last30d_snapshots.parquet")
    repeated = one.checks["repeated_ids"]
    assert repeated.count == 370
    assert repeated.detail["same_in_every_column"] <= 370
    assert one.checks["missing_ids"].count == 1


def test_hours_that_are_missing_from_a_series(found):
    one = found("washington_dc", "timeseries/bikeshare_system_hourly_2011_2012.csv")
    assert one.checks["gaps"].count == 165
    assert one.checks["gaps"].detail["expected"] == 17_544
    assert one.checks["duplicates"].count == 0


def test_dates_that_stand_for_none(found):
    """Each of the 754 rows was installed on the last day of 1969."""
    one = found("washington_dc", "technology/bikeshare_stations_snapshots.geojson")
    assert one.checks["impossible_dates"].detail["columns"]["INSTALL_DATE"] == 754


def test_columns_whose_meaning_changes(found):
    bins = found("cambridge_ma", "litter_barrels_snapshots_2013_2025.parquet")
    projects = found("washington_dc", "investments/capital_projects_2010_2015.geojson")
    assert {c["column"] for c in bins.checks["meaning_changes"].detail["changes"]} == {"TYPE"}
    assert {c["column"] for c in projects.checks["meaning_changes"].detail["changes"]} == {"AGENCY"}


def test_shares_that_pile_up_at_none_and_all(found):
    one = found("washington_dc", "technology/broadband_adoption_tract_panel.csv")
    assert one.checks["capped_shares"].count == 59


def test_a_measure_that_exists_only_where_the_technology_is_cannot_carry_a_decision(found):
    one = found("toronto_rlc", "red_light_camera_infractions_2007_2017.csv")
    assert one.verdicts["decide"].verdict == "no"
    assert one.checks["unmeasured_zeros"].count > 0
    failed = {cell.measure for cell in one.verdicts["decide"].cells if cell.outcome == "failed"}
    assert "completeness" in failed
    assert one.checks["duplicates"].count == 77  # seven cameras stand in the table twice


def test_without_a_reference_nothing_is_said_of_fidelity(found):
    for name in ("timeseries/bikeshare_system_hourly_2011_2012.csv",
                 "outcomes/service_requests_311_last30d_snapshots.parquet"):  # fmt: skip
        measured = found("washington_dc", name).measures["fidelity"]
        assert (measured.value, measured.low, measured.high) == (None, None, None)
        assert measured.reason is not None


@pytest.mark.calibrate
@pytest.mark.parametrize(
    "city",
    [
        "cambridge_ma", "chicago_aot", "newcastle", "pabulib", "polis", "published", "toronto_rlc",
        "washington_dc",
    ],
)  # fmt: skip
def test_every_file_is_audited_and_said(real_data, city):
    """No file stops an audit, and no sentence lacks a word."""
    files = [p for p in sorted(real_data(city).rglob("*.*")) if p.suffix not in NO_TABLE]
    assert files
    for path in files:
        one = audit(path)
        for check in one.checks.values():
            TELLER.say(f"check.{check.name}", {})
            for message in (check.definition, check.reason):
                assert message is None or TELLER.message(message)
        for measure in one.measures.values():
            assert TELLER.message(measure.method)
        for verdict in one.verdicts.values():
            for message in (*verdict.because, *verdict.would_change, *verdict.notes):
                assert TELLER.message(message)
