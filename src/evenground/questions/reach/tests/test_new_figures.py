"""Figures of an even spread, of access, of inequality and of time hold their tables' numbers."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from evenground.evidence import Message
from evenground.questions.reach import QUESTION
from evenground.questions.reach.figures.time_lines import Line, TimeLines, time_lines
from evenground.tests.scenarios import scenario

FIGURES = (
    ("less", "elsewhere"),
    ("alike", "elsewhere"),
    ("less", "by_access"),
    ("points", "by_access"),
    ("less", "inequality"),
    ("roll-out, groups of people", "inequality"),
    ("roll-out", "by_date"),
    ("gap closing", "by_date"),
    ("money less", "money."),
    ("shapes", "by_access"),
)
each = pytest.mark.parametrize(("name", "start"), FIGURES)


@cache
def answer_to(name):
    """Return the answer on a scenario, once for all tests."""
    return scenario(name).answered(QUESTION)


def figure_of(name, start):
    """Return the finding and its figure."""
    (finding,) = [one for one in answer_to(name).findings if one.code.startswith(start)]
    (figure,) = finding.figures
    return finding, figure


def values(figure):
    """Return the rows that a figure draws."""
    return figure.spec["data"]["values"]


def validated(spec):
    """Hold a specification against the schema of Vega-Lite; a datum's scale and legend apart."""
    import altair as alt

    plain = json.loads(json.dumps(dict(spec)))
    for layer in plain.get("layer", [plain]):
        for encoding in layer.get("encoding", {}).values():
            if encoding and "datum" in encoding:
                alt.Scale.from_dict(encoding.pop("scale", {}), validate=True)
                alt.Legend.from_dict(encoding.pop("legend", None) or {}, validate=True)
    chart = alt.LayerChart if "layer" in plain else alt.Chart
    chart.from_dict(plain, validate=True)


@each
def test_specifications_are_valid(name, start):
    _, figure = figure_of(name, start)
    validated(figure.spec)


@each
def test_every_figure_says_what_it_shows_and_has_its_numbers(name, start):
    finding, figure = figure_of(name, start)
    assert figure.title.code.startswith("figure.")
    assert figure.alternative.code.endswith(".alternative")
    assert figure.table.rows
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
    shared = set(figure.title.parameters) & set(finding.parameters)
    assert shared
    assert all(figure.title.parameters[key] == finding.parameters[key] for key in shared)


def test_a_concentration_figure_is_headed_by_what_was_found():
    finding, figure = figure_of("less", "inequality")
    assert finding.code == "inequality.leans_low"
    assert figure.title.code == "figure.concentration.leans_low"
    assert "curve.above" in [caveat.code for caveat in finding.caveats]
    _, alone = figure_of("roll-out, groups of people", "inequality")
    assert alone.title.code == "figure.lorenz"


# gains


@pytest.mark.parametrize("name", ["less", "more", "alike", "shapes"])
def test_bars_go_as_far_as_units_are_from_even(name):
    _, figure = figure_of(name, "elsewhere")
    drawn = {row["group"]: row for row in values(figure)}
    assert list(drawn) == [row[0] for row in figure.table.rows]
    for group, placed, even, apart, low, high in figure.table.rows:
        row = drawn[group]
        assert apart == pytest.approx(placed - even, abs=0.16)
        assert row["apart"] == pytest.approx(apart, abs=0.051)
        assert row["low"] == pytest.approx(low - even, abs=0.11)
        assert row["high"] == pytest.approx(high - even, abs=0.11)
        assert row["low"] <= row["high"]
        side = "above" if row["apart"] >= 0 else "below"
        assert row["side"] == f"wording:legend.{side}"
    assert sum(row["apart"] for row in drawn.values()) == pytest.approx(0, abs=0.05)


# the map of access


@pytest.mark.parametrize("name", ["less", "points", "one area unknown"])
def test_the_map_of_access_shades_what_its_table_says(name):
    _, figure = figure_of(name, "by_access")
    areas = next(one for one in figure.spec["layer"] if "transform" in one)
    drawn = {
        row["area_id"]: row["class"] for row in areas["transform"][0]["from"]["data"]["values"]
    }
    told = dict(figure.table.rows)
    assert set(drawn) == set(told)
    domain = areas["encoding"]["fill"]["scale"]["domain"]
    order = [one for one in domain if one in drawn.values()]
    for lower, upper in pairwise(order):
        if "class.none" in str(upper):
            continue
        least = max(told[code] for code, one in drawn.items() if one == lower)
        assert least <= min(told[code] for code, one in drawn.items() if one == upper)
    for code, one in told.items():
        assert isinstance(one, Message) or ((one == 0) is (drawn[code] == "0") or one < 0.01)
    nobody = [code for code, one in told.items() if isinstance(one, Message)]
    assert len(nobody) == (name == "one area unknown")


def test_access_on_the_map_averages_to_that_of_the_groups():
    """Areas of a class, weighted by people, have what the finding says of the class."""
    finding, figure = figure_of("less", "by_access")
    town = scenario("less")
    people = np.array([r["count"] for r in town.rows["population"] if r["group"] == "total"])
    access = np.array([row[1] for row in figure.table.rows])
    for name, part in (("focus", slice(11, 16)), ("reference", slice(0, 6))):
        told = finding.parameters[f"access_{name}"].value
        assert people[part] @ access[part] / people[part].sum() == pytest.approx(told, abs=0.006)


# curves


@pytest.mark.parametrize("name", ["less", "more", "alike", "roll-out, groups of people"])
def test_curves_run_from_nobody_to_everybody(name):
    finding, figure = figure_of(name, "inequality")
    rows = values(figure)
    names = {row["curve"] for row in rows}
    ranked = any(one.name == "concentration" for one in finding.estimates)
    assert names == {"wording:curve.lorenz", "wording:curve.even"} | (
        {"wording:curve.ranked"} if ranked else set()
    )
    for curve in names:
        line = [(row["people"], row["share"]) for row in rows if row["curve"] == curve]
        assert line[0] == (0, 0)
        assert line[-1] == pytest.approx((1, 1))
        shares = [share for _, share in line]
        assert shares == sorted(shares)
    lorenz = [
        (row["people"], row["share"]) for row in rows if row["curve"] == "wording:curve.lorenz"
    ]
    assert all(share <= people + 1e-9 for people, share in lorenz)
    slopes = np.diff([share for _, share in lorenz])
    assert (np.diff(slopes) > -3e-5).all(), "those with most come last"


@pytest.mark.parametrize("name", ["less", "more"])
def test_the_table_of_curves_holds_what_is_drawn(name):
    _, figure = figure_of(name, "inequality")
    rows = values(figure)
    assert figure.table.columns == ("people_share", "curve_ranked", "curve_lorenz")
    for people, *shares in figure.table.rows:
        for curve, share in zip(("ranked", "lorenz"), shares, strict=True):
            (drawn,) = [
                row["share"] for row in rows
                if row["curve"] == f"wording:curve.{curve}" and abs(row["people"] - people) < 1e-9
            ]  # fmt: skip
            assert share == pytest.approx(drawn, abs=6e-4)


@pytest.mark.parametrize("name", ["less", "more"])
def test_the_area_under_the_curves_is_the_index(name):
    """One minus twice the area: the Gini and the concentration index, by trapezes."""
    finding, figure = figure_of(name, "inequality")
    told = {one.name: one.value for one in finding.estimates}
    for curve, index in (("lorenz", "gini"), ("ranked", "concentration")):
        line = [row for row in values(figure) if row["curve"] == f"wording:curve.{curve}"]
        area = np.trapezoid([row["share"] for row in line], [row["people"] for row in line])
        assert 1 - 2 * area == pytest.approx(told[index], abs=0.003)


# lines over time


@pytest.mark.parametrize(("name", "start"), [("roll-out", "by_date"), ("money less", "money.")])
def test_lines_hold_what_their_table_holds(name, start):
    _, figure = figure_of(name, start)
    drawn = [(row["group"], row["day"], row["value"]) for row in values(figure)]
    told = [(group, str(day), value) for group, day, value in figure.table.rows]
    assert [one[:2] for one in drawn] == [one[:2] for one in told]
    assert [one[2] for one in drawn] == pytest.approx([one[2] for one in told], abs=0.0051)


def test_lines_are_the_rates_of_the_table_of_dates():
    finding, figure = figure_of("roll-out", "by_date")
    rows = next(one.rows for one in finding.tables if one.key == "dates")
    names = ("low-poverty areas", "middle areas", "high-poverty areas")
    drawn = {(row["group"], row["day"]): row["value"] for row in values(figure)}
    assert len(drawn) == len(rows) * len(names)
    for day, _, *rates in rows:
        for name, rate in zip(names, rates, strict=True):
            assert drawn[(name, str(day))] == pytest.approx(rate.value, abs=1e-4)


def test_of_many_groups_only_the_two_of_the_sentence_are_drawn():
    finding, figure = figure_of("sixteen values", "by_date")
    names = {row["group"] for row in values(figure)}
    assert names == {finding.parameters["focus"], finding.parameters["reference"]}


@pytest.mark.parametrize("name", ["roll-out", "gap closing", "sixteen values", "twelve values"])
def test_four_lines_at_most_each_told_apart_without_colour(name):
    _, figure = figure_of(name, "by_date")
    names = list(dict.fromkeys(row["group"] for row in values(figure)))
    assert 2 <= len(names) <= 4
    for channel in ("strokeDash", "stroke"):
        scale = figure.spec["layer"][0]["encoding"][channel]["scale"]
        assert scale["domain"] == names
        assert len({str(one) for one in scale["range"]}) == len(names)


def test_years_and_days_alike():
    lines = TimeLines(days=(2019, 2020), lines=(Line(name="a", values=(1.0, 2.5)),))
    figure = time_lines(lines, key="k", code="money", known={})
    assert values(figure) == [
        {"group": "a", "day": "2019", "value": 1.0}, {"group": "a", "day": "2020", "value": 2.5},
    ]  # fmt: skip
    assert figure.table.rows == (("a", 2019, 1.0), ("a", 2020, 2.5))
    validated(figure.spec)


def test_as_many_values_as_days():
    lines = TimeLines(days=(2019, 2020), lines=(Line(name="a", values=(1.0,)),))
    with pytest.raises(ValueError, match="zip"):
        time_lines(lines, key="k", code="money", known={})
