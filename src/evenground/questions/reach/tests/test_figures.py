"""Reach's figures show the numbers of their findings: metres, classes, groups in their order."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.drawing import NO_DATA, SEQUENTIAL
from evenground.evidence import Estimate, Message
from evenground.questions.reach import QUESTION
from evenground.tests.scenarios import scenario
from evenground.tests.towns import AGE, SIDE, SOUTH, WEST, at, saltmarsh


def figure_of(town, start, *, group=None):
    """Return the finding and its figure."""
    for finding in town.answered(QUESTION).findings:
        if finding.code.startswith(start) and group in {None, finding.parameters.get("group")}:
            return finding, finding.figures[0]
    raise AssertionError(start)


def layer(figure, mark):
    """Return the first layer with a mark of that kind."""
    for one in figure.spec["layer"]:
        kind = one["mark"] if isinstance(one["mark"], str) else one["mark"]["type"]
        if kind == mark:
            return one
    raise AssertionError(mark)


def values(spec):
    """Return the rows that a specification or a layer draws."""
    return spec["data"]["values"]


def test_bars_show_rates_with_their_intervals_and_what_chance_gives():
    finding, figure = figure_of(scenario("less"), "by_group", group="Poverty")
    rows = {row["group"]: row for row in values(figure.spec)}
    rates = {one.about: one for one in finding.estimates if one.name == "rate"}
    for name in ("high-poverty areas", "low-poverty areas"):
        assert rows[name]["value"] == rates[name].value
        assert (rows[name]["low"], rows[name]["high"]) == (rates[name].low, rates[name].high)
    shares = {one.about: one for one in finding.estimates if one.name == "chance_share"}
    table = next(table for table in finding.tables if table.key == "groups")
    people = {row[0]: row[2].value for row in table.rows}
    for name, share in shares.items():
        assert rows[name]["band_low"] == pytest.approx(10_000 * 80 * share.low / people[name])
        assert rows[name]["band_high"] == pytest.approx(10_000 * 80 * share.high / people[name])


def test_bars_keep_the_order_of_groups():
    _, figure = figure_of(scenario("less"), "by_group", group="Poverty")
    names = ["low-poverty areas", "middle areas", "high-poverty areas"]
    assert [row["group"] for row in values(figure.spec)] == names
    assert figure.spec["encoding"]["y"]["sort"] == names
    assert [row[0] for row in figure.table.rows] == names


def test_a_map_gives_every_area_the_class_that_its_table_says():
    _, figure = figure_of(scenario("less"), "by_area")
    areas = layer(figure, "geoshape")
    drawn = {row["area_id"]: row["class"] for row in values(areas["transform"][0]["from"])}
    told = {row[0]: row[-1] for row in figure.table.rows}
    assert drawn == told
    assert len(told) == 16
    scale = areas["encoding"]["fill"]["scale"]
    assert scale["domain"] == ["low-poverty areas", "middle areas", "high-poverty areas"]
    assert scale["range"] == [SEQUENTIAL[0], SEQUENTIAL[2], SEQUENTIAL[4]]


def test_a_map_s_table_counts_the_units_of_each_area():
    town = scenario("less")
    _, figure = figure_of(town, "by_area")
    assert sum(row[1] for row in figure.table.rows) == len(town.rows["sites"])
    by_code = {row[0]: row[1] for row in figure.table.rows}
    assert by_code["A0000"] == 9
    assert by_code["A0303"] == 1


def test_an_area_without_data_is_hatched_and_said():
    _, figure = figure_of(scenario("in no class"), "by_area")
    scale = layer(figure, "geoshape")["encoding"]["fill"]["scale"]
    assert scale["domain"][-1] == "wording:class.none"
    assert scale["range"][-1] == NO_DATA
    (unknown,) = [row for row in figure.table.rows if isinstance(row[-1], Message)]
    assert unknown[-1].code == "class.none"


def test_places_stand_on_the_map_where_they_are_in_metres():
    _, figure = figure_of(saltmarsh(sites=[{"geometry": at(0.25, 1.5)}]), "by_area")
    (point,) = values(layer(figure, "point"))
    assert point == {"x": WEST + 0.25 * SIDE, "y": SOUTH + 1.5 * SIDE}


def test_a_line_is_drawn_where_its_middle_is():
    _, figure = figure_of(scenario("shapes"), "by_area")
    points = values(layer(figure, "point"))
    assert {"x": WEST + 1450, "y": SOUTH + 500} in points


def test_too_many_places_are_left_out_and_that_is_said():
    _, figure = figure_of(scenario("too many to draw"), "by_area")
    assert figure.alternative.code == "figure.map.alternative.many"
    assert not [one for one in figure.spec["layer"] if "longitude" in one.get("encoding", {})]


@pytest.mark.parametrize(
    ("name", "classes"),
    [("shaded by rate", None), ("shaded by presence", 2), ("rare", 2)],
)
def test_without_classes_of_areas_a_map_shows_rates_or_presence(name, classes):
    _, figure = figure_of(scenario(name), "by_area")
    domain = layer(figure, "geoshape")["encoding"]["fill"]["scale"]["domain"]
    assert classes is None or len(domain) == classes
    assert len(domain) <= len(SEQUENTIAL)
    if name == "rare":
        assert domain == ["0", "> 0"]
        held = {row[0]: row[-1] for row in figure.table.rows if row[1] > 0}
        assert set(held.values()) == {"> 0"}


def test_rates_are_cut_where_people_can_read_them():
    _, figure = figure_of(scenario("shaded by rate"), "by_area")
    domain = layer(figure, "geoshape")["encoding"]["fill"]["scale"]["domain"]
    edges = [float(part) for text in domain[1:-1] for part in text.split("–")]
    assert edges == sorted(edges)
    assert all(edge == float(f"{edge:.2g}") for edge in edges)
    rates = {row[0]: row[1] for row in figure.table.rows}
    lowest = [
        code for code, text in ((r[0], r[-1]) for r in figure.table.rows) if text == domain[0]
    ]
    assert max(rates[code] for code in lowest) <= min(
        rates[code] for code in rates if code not in lowest
    )


def test_curves_rise_and_stay_within_their_bands():
    _, figure = figure_of(scenario("less"), "by_distance", group="Poverty")
    rows = values(figure.spec)
    for name in ("low-poverty areas", "middle areas", "high-poverty areas"):
        line = [row for row in rows if row["group"] == name]
        shares = [row["share"] for row in line]
        assert [row["metres"] for row in line] == sorted(row["metres"] for row in line)
        assert shares == sorted(shares)
        assert shares[0] >= 0
        assert shares[-1] <= 1
        assert all(row["low"] <= row["share"] <= row["high"] for row in line)
    table = {(row[0], row[1]): row[2] for row in figure.table.rows}
    for row in rows:
        key = (row["group"], int(row["metres"]))
        assert key not in table or table[key] == pytest.approx(row["share"], abs=5e-4)


def test_curves_end_where_the_city_says():
    _, figure = figure_of(scenario("less").setting(farthest_metres=400), "by_distance")
    assert max(row["metres"] for row in values(figure.spec)) == 400


def test_of_many_groups_only_two_get_a_line():
    finding, figure = figure_of(scenario("sixteen values"), "by_distance")
    drawn = {row["group"] for row in values(figure.spec)}
    assert drawn == {finding.parameters["focus"], finding.parameters["reference"]}
    table = next(table for table in finding.tables if table.key == "distance")
    assert len(table.rows) == 16


def test_a_share_within_a_distance_by_hand():
    """Bins in the southern row of squares; people live in the middles, 1,000 m from row to row."""
    town = saltmarsh(sites=[{"geometry": at(n + 0.5, 0.5)} for n in range(4)])
    _, figure = figure_of(town.city_with(groups=(AGE,)), "by_distance")
    everyone = [row for row in values(figure.spec) if row["metres"] == 1_000.0]
    people = {
        (row["area_id"], row["group"]): row["count"] for row in town.rows["population"]
    }  # fmt: skip
    near = [
        row["area_id"] for row in town.rows["areas"] if row["geometry"].bounds[1] < SOUTH + 1_500
    ]
    young = [people[row["area_id"], "young"] for row in town.rows["areas"]]
    expected = sum(people[code, "young"] for code in near) / sum(young)
    (children,) = [row for row in everyone if row["group"] == "children"]
    assert children["share"] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("name", ["less", "shapes", "roll-out", "points", "codes"])
def test_every_figure_has_plain_numbers(name):
    """Rows of data are numbers and texts: nothing that a drawing program could not read."""
    for finding in scenario(name).answered(QUESTION).findings:
        for figure in finding.figures:
            for row in figure.spec.get("data", {}).get("values", []):
                for value in row.values():
                    assert value is None or type(value) in {int, float, str}
                    assert not isinstance(value, float) or np.isfinite(value)
            assert not any(isinstance(cell, Estimate) for row in figure.table.rows for cell in row)
