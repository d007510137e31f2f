"""The replications: files and numbers on the pages, against the published tables themselves."""

from __future__ import annotations

import csv
from datetime import date

import pytest

import evenground
from evenground.methods.boundary_assignment import assign_points
from evenground.questions.reach.measures.areas_served import areas_served_range
from evenground.workspace.appraising import Terms

pytestmark = pytest.mark.real


def appraised(folder, name, day):
    city = evenground.open_city(folder)
    initiative = evenground.open_initiative(folder / name, city=city)
    assert [p.code for p in (*city.problems, *initiative.problems) if p.severity == "error"] == []
    return evenground.appraise(initiative, city, terms=Terms(today=day))


def finding(dossier, code):
    return next(f for f in dossier.findings() if f.code.startswith(code))


def test_newcastle_is_as_published_in_all_ten_tenths(laid_out, table_in, real_data):
    page = "replications/newcastle-sensor-deserts.md"
    dossier = appraised(laid_out(page, "newcastle"), "sensors", date(2020, 9, 1))
    rows = finding(dossier, "by_distance").tables[0].rows
    found = {row[0]: row[1].value for row in rows}
    published_in = real_data("newcastle") / "published_average_distance_by_decile.csv"
    with published_in.open(encoding="utf-8") as file:
        published = [float(row["Deprivation_AverageDistance"]) for row in csv.DictReader(file)]
    assert list(found.values()) == pytest.approx(published, rel=1e-3)
    assert table_in(page, "| Tenth of areas") == [
        [name, f"{metres:.1f}", f"{theirs:.1f}"]
        for (name, metres), theirs in zip(found.items(), published, strict=True)
    ]
    assert finding(dossier, "headline.distance").verdict.code == "farther"


def test_chicago_has_as_many_tracts_with_a_node_as_the_page_says(laid_out, table_in):
    page = "replications/chicago-array-of-things.md"
    folder = laid_out(page, "chicago_aot")
    dossier = appraised(folder, "nodes", date(2019, 4, 1))
    held = finding(dossier, "by_area").parameters
    city = evenground.open_city(folder)
    nodes = evenground.open_initiative(folder / "nodes", city=city).places["sites"]
    tracts = city.places["areas"]
    exact, rounded = (
        areas_served_range(
            assign_points(nodes.geometry, tracts.geometry, tolerance_metres=tolerance)
        )
        for tolerance in (0.0, 0.15)
    )
    assert len(tracts) == held["areas_all"] == 801
    assert [row[1] for row in table_in(page, "| Rule |")] == [
        *usual_overlays(folder),
        f"{held['areas_with']}",
        f"{exact.low:.0f} to {exact.high:.0f}",
        f"{rounded.low:.0f} to {rounded.high:.0f}",
    ]
    flags = finding(dossier, "flags")
    assert flags.code == "flags.zones.fewer"
    assert (flags.parameters["n_parts"], flags.parameters["fewer"]) == (15, 4)


def usual_overlays(folder):
    """Count tracts with a node as geopandas does it, in degrees as published."""
    import geopandas as gpd

    nodes = gpd.read_file(folder / "downloads/aot_nodes_2019-03.geojson")
    tracts = gpd.read_file(folder / "downloads/tracts_2010.geojson")
    inside = nodes.sjoin(tracts, predicate="within")
    touched = nodes.sjoin(tracts, predicate="intersects")
    first = touched[~touched.index.duplicated(keep="first")]
    last = touched[~touched.index.duplicated(keep="last")]
    return [f"{one.geoid.nunique()}" for one in (inside, touched, first, last)]
