"""The page on who was asked in Washington DC: its files, run as they stand, give its numbers."""

from __future__ import annotations

import csv
import re
from datetime import date

import numpy as np
import pytest

import evenground
from evenground.methods.quantile_classes import quantile_classes
from evenground.workspace.appraising import Terms

PAGE = "how-to/washington-dc-voice.md"
METRES = "EPSG:26985"
pytestmark = pytest.mark.real


@pytest.fixture
def folder(laid_out):
    return laid_out(PAGE, "washington_dc")


def appraised(folder, name):
    city = evenground.open_city(folder)
    initiative = evenground.open_initiative(folder / name, city=city)
    assert [p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"] == []
    return evenground.appraise(initiative, city, terms=Terms(today=date(2016, 9, 1)))


def voice(dossier):
    return next(section for section in dossier.sections if section.key == "voice")


def found(dossier, code):
    told = voice(dossier)
    every = (told.headline, *told.findings)
    return next(one.finding for one in every if one.finding.code.startswith(code))


def caveats(finding):
    return {one.code: one.parameters.get("n") for one in finding.caveats}


def at_its_start(folder, *files):
    """Take back what the page adds at its end, or a file that it brings later."""
    city = folder / "city.toml"
    city.write_text(city.read_text("utf-8").split("\n[settings]")[0], encoding="utf-8")
    for file in files:
        (folder / file).unlink()
    return folder


def test_without_a_log_voice_cannot_tell_and_asks(folder):
    told = voice(appraised(at_its_start(folder, "wifi/events.csv"), "wifi"))
    assert told.headline.finding.code == "headline.none"
    assert told.headline.finding.verdict.code == "cannot_tell"
    assert [one.what.code for one in told.headline.finding.asks] == ["ask.log"]
    assert told.findings == ()


def test_ten_lines_of_documents_hold_no_decision_and_nobody_who_was_asked(folder):
    dossier = appraised(folder, "wifi")
    assert found(dossier, "headline").code == "headline.nobody_asked"
    assert found(dossier, "headline").parameters["n"] == 10
    assert found(dossier, "headline").asks
    assert found(dossier, "log.described").caveats[0].code == "caveat.no_choices"


def test_each_line_of_the_log_stands_in_its_source(folder, real_data):
    import geopandas as gpd
    import pandas as pd

    data = real_data("washington_dc")
    listed = pd.read_csv(data / "performance" / "agency_kpis_2008_2013.csv", low_memory=False)
    wifi = listed[listed.Measure_Name.fillna("").str.startswith("# of public WiFi")]
    counted = wifi.set_index("Fiscal_Year")[["YE_Actual", "YE_Target"]].astype(int)
    spots = gpd.read_file(data / "technology" / "wifi_hotspots_snapshots.geojson", engine="pyogrio")
    taken = spots.snapshot.astype(str).str[:10].value_counts().to_dict()
    with (folder / "wifi" / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {row["date"]: list(map(int, re.findall(r"\d+", row["text"]))) for row in rows}
    for year, (actual, target) in zip(counted.index, counted.to_numpy(), strict=True):
        assert told[f"{year:.0f}-09-30"] == [actual, target]
    assert {day: numbers[0] for day, numbers in told.items() if day in taken} == taken


def test_the_proposal_says_so_on_these_pages(real_data):
    path = real_data("documents") / "us_smart_city_challenge_2016" / "washington_dc.txt"
    pages = [" ".join(page.split()) for page in path.read_text(encoding="utf-8").split("\f")]
    assert "February 4, 2016" in pages[0]
    at = {number: pages[number + 1] for number in (7, 17)}
    assert all(page.endswith(f"February 4, 2016 {number}") for number, page in at.items())
    assert "Smart kiosks will be installed at existing bus shelters" in at[7]
    assert "will provide free public wifi" in at[7]
    assert "Expand DC-Net public wifi" in at[17]


def test_nothing_is_written_down_of_what_became_of_the_comments(folder):
    dossier = appraised(folder, "streets")
    assert found(dossier, "headline").verdict.code == "cannot_tell"
    assert found(dossier, "headline").parameters["day"] == date(2015, 6, 29)
    assert found(dossier, "inputs").code == "inputs.cannot_tell"
    assert found(dossier, "inputs").parameters["n"] == 5_026
    assert caveats(found(dossier, "located"))["caveat.not_one_assigned"] == 5_026


def shown(rows, *columns):
    """Return columns of a table as the page writes them."""
    said = []
    for column in columns:
        cells = [row[column] for row in rows]
        ends = [getattr(cell, "parameters", None) for cell in cells]
        said.append(
            [
                f"{cell:.2f}" if end is None else f"{end['low']:.2f}–{end['high']:.2f}"
                for cell, end in zip(cells, ends, strict=True)
            ]
        )
    return said


def test_rates_are_as_printed_with_the_usual_tolerance(folder, table_in):
    located = found(appraised(at_its_start(folder), "streets"), "located.comments_uneven")
    printed = table_in(PAGE, "| Comments per thousand residents |")
    assert [line[1:] for line in printed] == shown(located.tables[0].rows, 1, 2, 3)
    told = caveats(located)
    assert (told["caveat.on_boundary"], told["caveat.in_no_class"]) == (1_411, 290)
    assert told["caveat.outside"] == 20


def test_rates_are_as_printed_to_the_centimetre(folder, table_in):
    located = found(appraised(folder, "streets"), "located.comments_uneven")
    printed = table_in(PAGE, "| To the centimetre |")
    assert [line[1:] for line in printed] == shown(located.tables[0].rows, 1, 2)
    assert caveats(located)["caveat.on_boundary"] == 478
    assert caveats(located)["caveat.outside"] == 25


def test_other_tools_say_what_the_page_says(real_data, table_in):
    import geopandas as gpd
    import pandas as pd

    data = real_data("washington_dc")
    tracts = gpd.read_file(data / "areas" / "tracts_2010.geojson").to_crs(METRES)
    file = data / "participation" / "vision_zero_safety_map_2015_2016.geojson"
    comments = gpd.read_file(file).to_crs(METRES)
    survey = pd.read_csv(data / "areas" / "acs_tract_2011_2014.csv", dtype={"geoid": str})
    survey = survey[survey.acs_end_year == 2014].set_index("geoid").reindex(tracts["geoid"])
    people = np.nan_to_num(survey.total_pop.to_numpy(dtype=float))
    thirds = quantile_classes(survey.poverty_pct.to_numpy(dtype=float), 3)
    living = np.bincount(thirds[thirds >= 0], people[thirds >= 0])

    def line(joined, weights=None):
        of = thirds[joined["index_right"].to_numpy()]
        weight = np.ones(len(of)) if weights is None else weights
        rates = 1000 * np.bincount(of[of >= 0], weight[of >= 0], minlength=3) / living
        return [f"{joined.index.nunique():,}", *(f"{rate:.2f}" for rate in rates)]

    within = gpd.sjoin(comments, tracts[["geometry"]], predicate="within")
    touching = gpd.sjoin(comments, tracts[["geometry"]], predicate="intersects")
    parts = 1 / touching.groupby(level=0)["index_right"].transform("size").to_numpy()
    wanted = [
        line(within[~within.index.duplicated()]),
        line(touching[~touching.index.duplicated()]),
        line(touching[~touching.index.duplicated(keep="last")]),
        line(touching, parts),
    ]
    assert [one[1:] for one in table_in(PAGE, "| With GeoPandas, in metres |")] == wanted
