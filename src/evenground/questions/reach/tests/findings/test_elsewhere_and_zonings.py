"""The same units elsewhere, and the same comparison on merged areas: slowly again, by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from evenground.evidence import Verdict
from evenground.methods.areal_units import random_zonings
from evenground.questions.reach import QUESTION
from evenground.tests.scenarios import scenario
from evenground.tests.towns import (
    AGE,
    NEED,
    PEOPLE,
    POVERTY,
    at,
    counted,
    grid,
    measured,
    saltmarsh,
    spread,
    square,
)

LOW, MIDDLE, HIGH = slice(0, 6), slice(6, 11), slice(11, 16)
"""Squares of saltmarsh by class: values 5 to 20, cut at 10 and 15."""


@cache
def answer_to(name):
    """Return the answer on a scenario, once for all tests."""
    return scenario(name).answered(QUESTION)


def findings(town, start):
    """Return all findings whose codes start like this, of a town or a scenario by its name."""
    answer = answer_to(town) if isinstance(town, str) else town.answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith(start)]


def found(town, start):
    """Return the one finding whose code starts like this."""
    every = findings(town, start)
    assert len(every) == 1, [one.code for one in every]
    return every[0]


def counts_of(town, group="total"):
    """Return counts of a group by area."""
    return np.array([r["count"] for r in town.rows["population"] if r["group"] == group])


def by_largest_remainder(n, weights):
    """Return whole units in proportion, with fractions instead of floating point."""
    whole = sum(Fraction(w) for w in weights)
    quotas = [n * Fraction(w) / whole for w in weights]
    units = [int(quota) for quota in quotas]
    order = sorted(range(len(units)), key=lambda row: (units[row] - quotas[row], row))
    for row in order[: n - sum(units)]:
        units[row] += 1
    return units


def table_rows(finding, grouping="Poverty"):
    """Return rows of one grouping by group."""
    (table,) = finding.tables
    return {row[1]: row[2:] for row in table.rows if row[0] == grouping}


def units_of(town):
    """Return units by square, in rows of four."""
    held = np.zeros(16)
    west, south = at(0, 0).coords[0]
    for row in town.rows["sites"]:
        x, y = row["geometry"].coords[0]
        held[4 * int((y - south) // 1000) + int((x - west) // 1000)] += 1
    return held


# elsewhere


def test_an_even_spread_by_largest_remainder():
    """80 bins over three classes, on each baseline apart."""
    town = scenario("less")
    finding = found("less", "elsewhere")
    rows = table_rows(finding)
    names = ("low-poverty areas", "middle areas", "high-poverty areas")
    parts = (LOW, MIDDLE, HIGH)
    people, need = counts_of(town), counts_of(town, "no_car")
    by_people = by_largest_remainder(80, [int(people[part].sum()) for part in parts])
    by_need = by_largest_remainder(80, [int(need[part].sum()) for part in parts])
    by_land = by_largest_remainder(80, [6, 5, 5])
    (table,) = finding.tables
    assert table.columns[:3] == ("grouping", "group", "units")
    assert [one.split("name=")[1] for one in table.columns[3:-1]] == [
        "residents", "households without a car", "wording:land_area",
    ]  # fmt: skip
    for row, name in enumerate(names):
        assert rows[name][1:4] == (by_people[row], by_need[row], by_land[row])
    for column in range(4):
        assert sum(row[column] for row in rows.values()) == 80


def test_units_placed_are_those_of_the_map():
    held = units_of(scenario("less"))
    rows = table_rows(found("less", "elsewhere"))
    placed = [rows[name][0] for name in POVERTY.labels]
    assert placed == [held[part].sum() for part in (LOW, MIDDLE, HIGH)]


def test_the_sentence_holds_what_the_table_holds():
    finding = found("less", "elsewhere")
    rows = table_rows(finding)
    known = finding.parameters
    high, low = rows["high-poverty areas"], rows["low-poverty areas"]
    assert (known["placed_focus"], known["even_focus"]) == (high[0], high[1])
    assert (known["placed_reference"], known["even_reference"]) == (low[0], low[1])
    changes = {one.about: one.value for one in finding.estimates}
    assert changes == {name: row[1] - row[0] for name, row in rows.items()}
    assert known["moved"] == sum(max(one, 0) for one in changes.values())
    assert sum(changes.values()) == 0


INSIDE = {"less": 80, "boundaries": 9, "children not counted in one area": 80}
"""Units at places inside areas with people, by scenario."""


def slack(told):
    """Return how far rounding goes: whole units from ten on, tenths below."""
    return 0.501 if told >= 10 else 0.0501


@pytest.mark.parametrize("name", list(INSIDE))
def test_what_lots_give_is_their_share_of_units(name):
    """The band beside the units is the one of the shares, times the units inside."""
    finding = found(name, "elsewhere")
    for grouping in ("Poverty", "Age"):
        rows = table_rows(finding, grouping)
        told = next(
            one for one in findings(name, "by_group") if one.parameters["group"] == grouping
        )
        shares = {one.about: one for one in told.estimates if one.name == "chance_share"}
        for group, row in rows.items():
            band, share = row[-1], shares[group]
            assert band.low == pytest.approx(INSIDE[name] * share.low, abs=slack(band.low))
            assert band.high == pytest.approx(INSIDE[name] * share.high, abs=slack(band.high))
            assert row[-1].value is None


def test_groups_of_people_get_parts_of_units():
    """Where they live side by side nothing is rounded to whole units."""
    town = scenario("less")
    rows = table_rows(found("less", "elsewhere"), "Age")
    young, total = counts_of(town, "young").sum(), counts_of(town).sum()
    told = rows["children"][1]
    assert told == pytest.approx(80 * young / total, abs=slack(told))
    placed = rows["children"][0]
    share = counts_of(town, "young") / counts_of(town)
    assert placed == pytest.approx(units_of(town) @ share, abs=slack(placed))


@pytest.mark.parametrize(
    ("name", "code"),
    [("less", "would_gain"), ("more", "would_lose"), ("alike", "would_not_differ")],
)
def test_who_would_gain(name, code):
    finding = found(name, "elsewhere")
    assert finding.code == f"elsewhere.{code}"
    assert finding.verdict == Verdict(code)
    known = finding.parameters
    beyond = not known["lot_low"] <= known["placed_focus"] <= known["lot_high"]
    assert beyond is (code != "would_not_differ")


def test_lines_and_surfaces_that_add_up_to_whole_units_are_spread_whole():
    """Thirteen units, some of them across boundaries of classes."""
    rows = table_rows(found("shapes", "elsewhere"))
    weights = counts_of(scenario("shapes"))
    even = by_largest_remainder(13, [int(weights[part].sum()) for part in (LOW, MIDDLE, HIGH)])
    assert [row[1] for row in rows.values()] == even
    assert sum(row[0] for row in rows.values()) == pytest.approx(13, abs=0.6)


def test_without_units_in_groups_nothing_is_spread():
    assert findings("all outside", "elsewhere") == []
    assert findings("no areas", "elsewhere") == []


def test_a_baseline_that_one_grouping_lacks_does_not_stop_the_dossier():
    """Need is known in the north only, ages are counted in the south only."""
    town = saltmarsh()
    areas = town.rows["areas"]
    south = [900] * 8 + [None] * 8
    people = [
        *counted(areas, "total", [1000] * 16),
        *counted(areas, "young", [n and 200 for n in south]),
        *counted(areas, "old", [n and 300 for n in south]),
        *counted(areas, "no_car", [None] * 8 + [300] * 8),
    ]
    group = replace(POVERTY, compare=None)
    values = measured(areas, "poverty", [float(5 * (n % 8) + n // 8) for n in range(16)])
    town = town.having(
        population=[row for row in people if row["count"] is not None], indicators=values,
        sites=spread([4] * 16, areas),
    ).city_with(groups=(group, AGE), baselines=(PEOPLE, NEED))  # fmt: skip
    assert found(town, "elsewhere")


# zonings


def queen(across, up):
    """Return pairs of squares that share a side or a corner."""
    cells = [(c, r) for r in range(up) for c in range(across)]
    return [
        (i, j)
        for i, (a, b) in enumerate(cells)
        for j, (c, d) in enumerate(cells)
        if i < j and abs(a - c) <= 1 and abs(b - d) <= 1
    ]


def slow_ratio(zone, units, people, poverty):
    """Merge areas, cut zones into thirds at quantiles of their share, divide rates."""
    zones = []
    for label in np.unique(zone):
        inside = zone == label
        living = people[inside].sum()
        zones.append(((people * poverty)[inside].sum() / living, units[inside].sum(), living))
    cuts = np.quantile([one[0] for one in zones], [1 / 3, 2 / 3])
    classes = [sum(one[0] > cut for cut in cuts) for one in zones]
    rates = []
    for wanted in (2, 0):
        part = [one for one, cls in zip(zones, classes, strict=True) if cls == wanted]
        rates.append(sum(one[1] for one in part) / sum(one[2] for one in part))
    return rates[0] / rates[1]


@pytest.mark.parametrize(("name", "n_maps"), [("less", 20), ("more", 25)])
def test_zonings_slowly_again(name, n_maps):
    town = scenario(name).setting(zonings=n_maps)
    finding = found(town, "zonings")
    maps = random_zonings(
        queen(4, 4), 16, n_zones=8, rng=town.case(QUESTION).rng("zonings"), n_zonings=n_maps
    )
    people, units = counts_of(town), units_of(town)
    poverty = np.array([row["value"] for row in town.rows["indicators"]])
    ratios = np.array([slow_ratio(one, units, people, poverty) for one in maps])
    at_areas = slow_ratio(np.arange(16), units, people, poverty)
    told = {one.name: one for one in finding.estimates}
    assert told["ratio_zonings"].value == pytest.approx(at_areas)
    assert told["ratio_zonings"].low == pytest.approx(min(ratios.min(), at_areas))
    assert told["ratio_zonings"].high == pytest.approx(max(ratios.max(), at_areas))
    same = np.sign(ratios - 1) == np.sign(at_areas - 1)
    assert told["same_sign"].value == pytest.approx(same.mean())
    assert finding.parameters["n_same"] == same.sum()
    assert finding.parameters["n_zones"] == 8
    assert finding.verdict == Verdict(
        "keeps_its_sign" if same.mean() >= 0.95 else "turns_with_boundaries"
    )


def test_not_made_where_chance_could_bring_the_difference():
    assert findings("alike", "zonings") == []


@pytest.mark.parametrize("name", ["less", "more"])
def test_at_the_areas_themselves_it_is_the_ratio_of_the_headline(name):
    headline = answer_to(name).headline.estimate("ratio")
    told = next(one for one in found(name, "zonings").estimates if one.name == "ratio_zonings")
    assert told.value == pytest.approx(headline.value)


def test_equal_values_share_a_class_on_merged_areas_too():
    """Among areas equal values are never parted; at the areas the ratio must be the headline's."""
    town = saltmarsh(indicators=measured(
        grid(4, 4), "poverty", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 6.0, *range(7, 15)]
    ))  # fmt: skip
    headline = town.answered(QUESTION).headline.estimate("ratio")
    told = next(one for one in found(town, "zonings").estimates if one.name == "ratio_zonings")
    assert told.value == pytest.approx(headline.value)


@pytest.mark.parametrize("name", ["by value", "twelve values", "centres", "no areas"])
def test_not_made_where_zones_have_no_classes(name):
    assert findings(name, "zonings") == []


def test_too_few_areas_are_not_merged():
    """Nine squares make four or five zones, which do not fill three classes twice."""
    town = saltmarsh(across=3, up=3)
    assert findings(town, "zonings") == []
    assert found(saltmarsh(across=4, up=3), "zonings").parameters["n_zones"] == 6


def test_groups_of_people_are_not_cut_anew():
    assert findings(saltmarsh().city_with(groups=(AGE,)), "zonings") == []


def test_an_island_stays_a_zone_of_its_own():
    """Six squares far away from each other, and a mainland of twelve."""

    def town_with(islands):
        mainland = grid(4, 4)[: 18 - islands] if islands else grid(4, 4)
        apart = [
            {"area_id": f"I{n}", "level": "quarter", "geometry": square(20 + 3 * n, 0)}
            for n in range(islands)
        ]
        areas = [*mainland, *apart]
        n = len(areas)
        return saltmarsh(
            areas=areas, population=counted(areas, "total", [1000] * n),
            indicators=measured(areas, "poverty", [float(one) for one in range(n)]),
            sites=spread([9 - i // 2 for i in range(n)], areas),
        ).city_with(groups=(POVERTY,), baselines=(PEOPLE,)).setting(zonings=20)  # fmt: skip

    assert found(town_with(6), "zonings").parameters["n_zones"] == 9
    assert findings(town_with(9), "zonings") == [], "ten pieces, nine zones: no map is possible"


def test_zones_may_be_larger():
    finding = found(scenario("less").setting(areas_per_zone=2.6, zonings=20), "zonings")
    assert finding.parameters["n_zones"] == 6
    assert finding.parameters["n_maps"] == 20
    assert findings(scenario("less").setting(areas_per_zone=5, zonings=20), "zonings") == []
