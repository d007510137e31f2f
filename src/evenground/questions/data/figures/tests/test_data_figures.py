"""Every figure of Data is valid, draws at both widths, asks for nothing and knows its colours."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
import shapely

from evenground.dossier.figures import draw
from evenground.dossier.specifications import foreign_colours, refuse_requests
from evenground.language import language
from evenground.questions.data.figures.availability import availability
from evenground.questions.data.figures.availability_strip import availability_strip
from evenground.questions.data.figures.coverage_map import CoverageByArea, coverage_map
from evenground.questions.data.figures.flagged_days import flagged_days
from evenground.questions.data.figures.sensor_days import sensor_days
from evenground.questions.data.figures.zoning_range import Scale, ZoningRange, zoning_range
from evenground.tests.audits import check, flags, folded, sample_wording
from evenground.workspace.telling import Teller

CELLS = [shapely.box(x, y, x + 500, y + 500) for x in range(0, 2000, 500) for y in (0, 500)]
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": f"a{at}", "properties": {},
         "geometry": {"type": "Polygon", "coordinates": [shapely.get_coordinates(one).tolist()]}}
        for at, one in enumerate(CELLS)
    ],
}  # fmt: skip
NAMES = ("strip", "one strip", "many strips", "days", "map", "map without sensors", "zonings")


def covered(n_sensors=6) -> CoverageByArea:
    return CoverageByArea(
        area_ids=tuple(f"a{at}" for at in range(len(CELLS))),
        outlines=np.array(CELLS, dtype=object),
        share=np.array([0, 0.2, 0.5, 0.9, 0.99, 1, np.nan, 0.3]),
        residents=np.array([10.0, 20, 30, 40, 50, 60, 0, 80]),
        places=np.linspace((10, 10), (1990, 990), n_sensors).reshape(-1, 2),
        uptime=np.linspace(0.2, 1, n_sensors),
    )


@cache
def figure(name):
    if name == "strip":
        return availability_strip(availability(folded(gaps=[(0, 4, 90)])))
    if name == "one strip":
        series = folded(n_sensors=1, n_days=2)
        return availability_strip(availability(series.set_column(0, "sensor", [[""]])))
    if name == "many strips":
        return availability_strip(availability(folded(n_sensors=50, gaps=[(0, 4, 90)])))
    if name == "days":
        checks = [
            check("stuck_runs", 2, flags=flags("stuck_runs", days=(4, 5))),
            check("out_of_range", 1, flags=flags("out_of_range", days=(9,))),
        ]
        return flagged_days(sensor_days(folded(), checks))
    if name.startswith("map"):
        found = covered(0 if name == "map without sensors" else 6)
        return coverage_map(found, known={"share": 0.62, "metres": 400.0})
    scales = (Scale(n_zones=20, median=0.3, low=0.2, high=0.4),
              Scale(n_zones=10, median=0.25, low=0.1, high=0.5))  # fmt: skip
    found = ZoningRange(value=0.34, n_areas=40, scales=scales)
    return zoning_range(found, known={"statistic": "Gini index"})


def told(name):
    wording = sample_wording()
    return Teller(wording, language("en")).figure(figure(name), {})


each = pytest.mark.parametrize("name", NAMES)


@each
def test_its_specification_is_valid(name):
    import altair as alt

    plain = json.loads(json.dumps(dict(told(name).spec)))
    for layer in plain.get("layer", [plain]):
        for encoding in layer.get("encoding", {}).values():
            if "datum" in encoding:
                alt.Scale.from_dict(encoding.pop("scale", {}), validate=True)
                alt.Legend.from_dict(encoding.pop("legend", None) or {}, validate=True)
    chart = alt.LayerChart if "layer" in plain else alt.Chart
    chart.from_dict(plain, validate=True)


@each
def test_it_draws_at_both_widths_and_asks_for_nothing(name):
    one = told(name)
    refuse_requests(one.spec)
    assert foreign_colours(one.spec) == ()
    (picture,) = draw([one], {"areas": AREAS}).drawings
    for svg in (picture.wide, picture.narrow):
        assert svg.startswith("<svg")
        for wrong in ("NaN", "wording:", "undefined", "null"):
            assert wrong not in svg


@each
def test_it_has_a_title_an_alternative_and_its_numbers(name):
    one = told(name)
    assert one.title.strip()
    assert len(one.alternative) > len(one.title) / 2
    assert one.table.rows
    assert all(len(row) == len(one.table.columns) for row in one.table.rows)
    assert not any("wording:" in column for column in one.table.columns)


def test_the_map_counts_areas_and_residents_and_lists_no_area():
    rows = figure("map").table.rows
    assert [row[1] for row in rows] == [1, 2, 1, 1, 2, 1]
    assert [row[2] for row in rows] == [10, 100, 30, 40, 110, 0]
    assert "a3" not in str(rows)


def test_sensors_that_mostly_do_not_work_have_a_shape_of_their_own():
    layers = [one for one in figure("map").spec["layer"] if "shape" in one.get("encoding", {})]
    shapes = [one["encoding"]["shape"]["scale"]["range"] for one in layers]
    assert shapes == [["circle"], ["cross"]]
    assert [len(one["data"]["values"]) for one in layers] == [4, 2]


def test_zonings_stand_beside_the_value_of_the_areas():
    found = figure("zonings")
    assert [row[1:] for row in found.table.rows] == [
        (0.34, None, None), (0.3, 0.2, 0.4), (0.25, 0.1, 0.5)
    ]  # fmt: skip
