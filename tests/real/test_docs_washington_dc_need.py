"""The page on need in Washington DC: its files, run as they stand, give the numbers it prints."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import evenground
from evenground.workspace.appraising import Terms

PAGE = "how-to/washington-dc-need.md"
THIRDS = ["low-poverty tracts", "middle-poverty tracts", "high-poverty tracts"]
pytestmark = pytest.mark.real


@pytest.fixture
def folder(laid_out):
    return laid_out(PAGE, "washington_dc")


@pytest.fixture
def dossier(folder):
    return appraised(folder)


def appraised(folder):
    city = evenground.open_city(folder)
    initiative = evenground.open_initiative(folder / "wifi", city=city)
    assert [p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"] == []
    return evenground.appraise(initiative, city, terms=Terms(today=date(2016, 9, 1)))


def finding(dossier, code):
    return next(f for f in dossier.findings() if f.code.startswith(code))


def table(dossier, code, key):
    return next(one for one in finding(dossier, code).tables if one.key == key).rows


def rounded(estimate, digits):
    return tuple(round(x, digits) for x in (estimate.value, estimate.low, estimate.high))


def test_the_need_by_group_is_as_printed(dossier):
    rows = table(dossier, "need.need_greater", "need")
    assert [row[1] for row in rows] == THIRDS
    assert [round(row[2].value) for row in rows] == [82, 79, 59]
    assert [round(row[3], -3) for row in rows] == [18_000, 20_000, 29_000]
    everywhere = finding(dossier, "need.").estimate("in_need")
    assert (round(everywhere.value, -3), everywhere.unit) == (67_000, "households")
    caveats = {one.code: one.parameters for one in finding(dossier, "need.").caveats}
    assert caveats["caveat.ends"]["ends"] == 14
    assert {"caveat.no_need_margins", "caveat.measured_unknown"} <= set(caveats)


def test_where_the_figures_end_is_as_told(real_data):
    folder = real_data("washington_dc")
    panel = pd.read_csv(folder / "technology" / "broadband_adoption_tract_panel.csv")
    people = pd.read_csv(folder / "areas" / "acs_tract_2011_2014.csv")
    latest = panel[panel.period == "2013-12"].merge(people[people.acs_end_year == 2014], on="geoid")
    nobody, everybody = (latest[latest.wireline_adoption_pct == end] for end in (0, 100))
    assert (len(nobody), nobody.occupied_units.sum()) == (3, 4)
    assert (len(everybody), round(everybody.poverty_pct.max())) == (11, 37)
    city = people[people.acs_end_year == 2014]
    assert round(city.total_pop.sum() / city.occupied_units.sum(), 1) == 2.4


def test_hotspots_beside_the_need_are_as_printed(dossier):
    fit = finding(dossier, "fit.follows_need")
    assert round(fit.estimate("unit_share").value, 2) == 0.38
    assert round(fit.estimate("people_share").value, 2) == 0.30
    assert rounded(fit.estimate("lot_share"), 2)[1:] == (0.25, 0.35)
    assert fit.parameters["n_areas_top"] == 59


def test_the_two_indices_part_as_printed(dossier):
    found = finding(dossier, "provision.leans_low_for_need")
    assert rounded(found.estimate("le_grand"), 2) == (-0.09, -0.18, -0.02)
    assert rounded(found.estimate("horizontal_inequity"), 2) == (0.08, 0.03, 0.13)
    assert round(found.parameters["explained"], 3) == 0.044
    assert [one.code for one in found.would_change] == ["turns.inequity"]


def test_the_map_of_causes_decides(folder, dossier):
    assert finding(dossier, "cause.").code == "cause.symptom"
    roots = finding(dossier, "cause.").parameters["roots"]
    assert set(roots) == {"price of a connection", "no computer at home"}
    with (folder / "wifi" / "links.csv").open("a", encoding="utf-8") as file:
        file.write("public wifi,no broadband at home,+,another\n")
    assert finding(appraised(folder), "cause.").code == "cause.cause_worse"


def test_basic_services_are_as_printed(dossier, table_in):
    printed = table_in(PAGE, "| Residents within |")
    everybody = {one.about: one.value for one in finding(dossier, "fabric.").estimates}
    rows = table(dossier, "fabric.", "services_by_group")
    services = ["grocery stores", "libraries", "recreation centres"]
    for line, service in zip(printed, services, strict=True):
        shares = {row[1]: row[2].value for row in rows if row[0] == service}
        told = [*(shares[name] for name in THIRDS), everybody[service]]
        assert line[1:] == [f"{round(100 * share)} %" for share in told]
    without = {row[1]: row[3] for row in rows if row[0] == "grocery stores"}
    assert round(without["high-poverty tracts"], -3) == 118_000
    islands = finding(dossier, "archipelago.as_relabelled")
    assert islands.estimate("n_patches").value == 5


def test_what_is_missing_is_said(dossier):
    assert finding(dossier, "heard").code == "heard.nobody"
    assert not [one for one in dossier.findings() if one.code.startswith("money.")]
