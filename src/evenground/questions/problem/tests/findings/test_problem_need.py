"""Need by group, with the error of its counts: means, rates and numbers in need by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from evenground.evidence import EstimateKind
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.tests.scenarios_of_need import DIRT, FEW, dirty, listed, littered, two_needs
from evenground.tests.towns import AGE, POVERTY
from evenground.workspace.telling import Teller

PEOPLE = [900 + 25 * n for n in range(16)]
CLASSES = {
    "low-poverty areas": range(6),
    "middle areas": range(6, 11),
    "high-poverty areas": range(11, 16),
}
"""Squares of saltmarsh by class: values 5 to 20, cut at 10 and 15."""


def needs(town):
    """Return the findings on needs by group."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith("need.")]


def need(town):
    """Return the one there is."""
    (found,) = needs(town)
    return found


def sentence(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding).sentence


def by_group(finding):
    """Return the estimate of each group."""
    return {one.about: one for one in finding.estimates if one.name == "need"}


def caveats(finding):
    """Return the codes of what is to be borne in mind."""
    return {one.code for one in finding.caveats}


def with_less(town):
    """Return the town where less is worse."""
    return town.initiative_with(problems=(replace(DIRT, worse_when="less"),))


def test_means_are_over_people():
    finding = need(littered([float(n * n) for n in range(16)]))
    found = by_group(finding)
    for name, areas in CLASSES.items():
        total = sum(Fraction(PEOPLE[n] * n * n) for n in areas)
        assert found[name].value == pytest.approx(float(total / sum(PEOPLE[n] for n in areas)))
        assert found[name].low < found[name].value < found[name].high
        assert found[name].level == 0.95
        assert found[name].unit == "pieces per 100 m"


def test_the_error_of_a_mean_is_that_of_its_areas():
    """Margins of 3.29 at 90 % are a standard error of 2; people’s errors hardly matter here."""
    found = by_group(need(littered([50.0] * 16, margin=3.29).setting(confidence=0.95)))
    for name, areas in CLASSES.items():
        weight = np.array([PEOPLE[n] for n in areas]) / sum(PEOPLE[n] for n in areas)
        apart = 1.96 * 2.0 * np.sqrt((weight**2).sum())
        assert found[name].high - found[name].low == pytest.approx(2 * apart, rel=0.1)


def test_counts_are_told_per_person_with_the_chance_of_counts():
    counts = [float(4 + n) for n in range(16)]
    finding = need(listed(littered(counts, margin=0.0), {"indicator": "dirt", "per": "total"}))
    for name, areas in CLASSES.items():
        n, people = sum(counts[a] for a in areas), sum(PEOPLE[a] for a in areas)
        one = by_group(finding)[name]
        assert one.value == pytest.approx(10_000 * n / people)
        assert one.high - one.low == pytest.approx(2 * 1.96 * 10_000 * n**0.5 / people, rel=0.12)
    assert "caveat.no_need_margins" not in caveats(finding)


def test_few_counts_do_not_tell_a_difference_that_exact_averages_would():
    """5 against 8 cases: by averages without margins a difference, by counts chance."""
    values = [1.0] * 5 + [0.0] * 6 + [1.0, 1.0, 2.0, 2.0, 2.0]
    assert need(littered(values, margin=0.0)).code == "need.need_greater"
    counted = listed(littered(values, margin=0.0), {"indicator": "dirt", "per": "total"})
    assert need(counted).code == "need.need_alike"


@pytest.mark.parametrize(
    ("town", "code"),
    [
        (dirty(), "need_greater"),
        (dirty(north=1.0, south=9.0), "need_less"),
        (dirty(north=5.0, south=5.0, margin=3.0), "need_alike"),
        (dirty(north=5.0, south=5.0, margin=0.0), "need_alike"),
        (with_less(dirty()), "need_less"),
        (with_less(dirty(north=1.0, south=9.0)), "need_greater"),
    ],
    ids=["more", "less", "equal, with errors", "equal", "less is worse", "less is there"],
)
def test_which_way_the_need_lies(town, code):
    assert need(town).code == f"need.{code}"


def test_where_less_is_worse_that_is_said():
    assert "caveat.less_is_worse" in caveats(need(with_less(dirty())))
    assert "caveat.less_is_worse" not in caveats(need(dirty()))


def test_a_share_gives_numbers_in_need():
    """A quarter of all in the south, half in the middle, all in the north."""
    values = [25.0] * 6 + [50.0] * 5 + [100.0] * 5
    finding = need(littered(values, unit="%", margin=0.0))
    (table,) = finding.tables
    rows = {row[1]: row[3] for row in table.rows if row[0] == "Poverty"}
    parts = {"low-poverty areas": 0.25, "middle areas": 0.5, "high-poverty areas": 1.0}
    for name, areas in CLASSES.items():
        assert rows[name] == round(parts[name] * sum(PEOPLE[n] for n in areas))
    total = next(one for one in finding.estimates if one.name == "in_need")
    assert total.value == sum(rows.values())
    assert total.low < total.value < total.high
    assert total.unit == "residents"


def test_numbers_in_need_add_up_over_groups_of_people():
    (table,) = need(littered([40.0] * 16, unit="%", margin=0.0)).tables
    of_people = [row[3] for row in table.rows if row[0] == "Age"]
    assert sum(of_people) == pytest.approx(0.4 * sum(PEOPLE), abs=2)


def test_a_share_of_one_group_is_no_number_of_others():
    """So many older people: how many children that is has no answer."""
    town = listed(littered([40.0] * 16, unit="%"), {"indicator": "dirt", "share_of": "old"})
    rows = {row[1]: row[3] for row in need(town).tables[0].rows}
    assert rows["children"] == "–"
    assert rows["low-poverty areas"] > 0


def test_anything_but_a_share_gives_no_number_in_need():
    finding = need(dirty())
    assert finding.tables[0].columns == ("grouping", "group", "need")
    assert all(one.name == "need" for one in finding.estimates)


def test_groups_of_people_have_the_need_of_where_they_live():
    """Hand-made: children in two areas only, one dirty, one clean."""
    town = littered([10.0, 0.0, *[3.0] * 14], margin=0.0).city_with(groups=(AGE,))
    rows = [
        {**row, "margin": None,
         "count": {"A0000": 300, "A0001": 100}.get(row["area_id"], 0)
         if row["group"] == "young" else row["count"]}
        for row in town.rows["population"]
    ]  # fmt: skip
    found = by_group(need(town.having(population=rows)))
    assert found["children"].value == pytest.approx((300 * 10 + 100 * 0) / 400)


def test_a_group_where_nothing_is_known_is_left_out_of_numbers_and_sentences():
    values = [1.0] * 6 + [None] * 5 + [9.0] * 5
    finding = need(littered(values))
    assert set(by_group(finding)) == {"low-poverty areas", "high-poverty areas"}
    assert finding.code == "need.need_greater"
    assert "middle areas" not in {row[1] for row in finding.tables[0].rows}
    assert "nan" not in sentence(finding)


def test_areas_without_a_value_are_counted_but_not_those_where_nobody_lives():
    town = littered([None, None, *[5.0] * 14])
    (caveat,) = [one for one in need(town).caveats if one.code == "caveat.need_unknown"]
    assert caveat.parameters["n"] == 2
    rows = [
        {**row, "count": 0} if row["area_id"] == "A0000" else row for row in town.rows["population"]
    ]
    (caveat,) = [
        one for one in need(town.having(population=rows)).caveats
        if one.code == "caveat.need_unknown"
    ]  # fmt: skip
    assert caveat.parameters["n"] == 1


def test_what_sorts_the_areas_is_not_told_by_its_own_classes():
    """Need by poverty in classes of poverty would say nothing."""
    town = dirty().initiative_with(problems=(replace(DIRT, indicator="poverty"),))
    finding = need(town)
    assert {row[0] for row in finding.tables[0].rows} == {"Age"}
    assert needs(town.city_with(groups=(POVERTY,))) == []


@pytest.mark.parametrize(
    ("how", "code"), [("reports", "caveat.reports"), (None, "caveat.measured_unknown")]
)
def test_how_it_is_known_is_said_where_that_matters(how, code):
    assert code in caveats(need(listed(dirty(), {"indicator": "dirt", "measured_by": how})))
    counted = need(listed(dirty(), {"indicator": "dirt", "measured_by": "count"}))
    assert not {"caveat.reports", "caveat.measured_unknown"} & caveats(counted)


def test_round_ends_are_noticed_from_three_areas_on():
    three = [0.0, 0.0, 100.0, *[50.0] * 13]
    assert "caveat.ends" in caveats(need(littered(three, unit="%")))
    two = [0.0, 1.0, 100.0, *[50.0] * 13]
    assert "caveat.ends" not in caveats(need(littered(two, unit="%")))
    assert "caveat.ends" not in caveats(need(littered(three)))


def test_every_need_has_a_finding_the_stated_one_first():
    found = needs(two_needs())
    assert [one.parameters["indicator"].parameters["name"] for one in found] == ["dirt", "rats"]


def test_without_margins_that_is_said_and_the_unit_may_be_missing():
    finding = need(dirty(margin=0.0, unit=""))
    assert "caveat.no_need_margins" in caveats(finding)
    assert sentence(finding).endswith("8.0 against 2.4.")
    assert {one.unit for one in finding.estimates} == {"number"}


def test_every_number_has_an_interval_or_is_exact():
    for one in need(dirty()).estimates:
        assert one.kind is EstimateKind.ESTIMATED
        assert one.low <= one.value <= one.high


def test_small_numbers_keep_their_digits_in_the_figure():
    finding = need(littered([0.001 * n for n in range(16)], unit="share", margin=0.0001))
    rows = {row[0]: row[1] for row in finding.figures[0].table.rows}
    north = CLASSES["high-poverty areas"]
    mean = sum(Fraction(n * PEOPLE[n], 1000) for n in north) / sum(PEOPLE[n] for n in north)
    assert rows["high-poverty areas"] == float(f"{float(mean):.4g}") == 0.01304


def test_rows_in_another_order_change_nothing():
    town = listed(dirty())
    turned = town.having(
        **{name: town.rows[name][::-1] for name in ("indicators", "population", "sites")}
    )
    assert need(turned).estimates == need(town).estimates
