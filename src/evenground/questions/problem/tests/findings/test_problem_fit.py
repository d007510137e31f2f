"""Where the need is surely greatest, whatever the weights, and whether the units stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from evenground.evidence import Verdict
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.questions.problem.context import context_of
from evenground.questions.problem.findings.combined import top_need
from evenground.tests.scenarios_of_need import (
    DIRT,
    FEW,
    dirty,
    listed,
    littered,
    two_alike,
    two_needs,
)
from evenground.tests.towns import at, counted, saltmarsh, spread
from evenground.workspace.telling import Teller

SIGNED = {"signed_by": "the council", "signed_on": date(2025, 11, 5)}


def findings(town, start):
    """Return the findings whose codes start like this."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith(start)]


def fit(town):
    """Return the one finding on fit."""
    (found,) = findings(town, "fit.")
    return found


def top_of(town):
    """Return where the need is greatest."""
    town = town.setting(**FEW)
    return top_need(context_of(town.tables(), town.case(QUESTION)))


def values(finding):
    """Return the estimates by name."""
    return {one.name: one for one in finding.estimates}


def sure(*, units, need=None, people=(1_000.0,) * 16, margin=0.0):
    """Return the town where so many bins stand in each square, needs without error."""
    needs = [float(n) for n in range(16)] if need is None else need
    town = littered(needs, margin=margin)
    areas = town.rows["areas"]
    rows = [row for row in town.rows["population"] if row["group"] != "total"]
    population = [*rows, *counted(areas, "total", people)]
    return town.having(population=population, sites=spread(units, areas))


# put together


def test_needs_are_put_together_only_with_two_signed_weights():
    assert len(top_of(two_needs()).by) == 2
    usual = {"indicator": "dirt", "weight": 1.0, **SIGNED}
    for other in (
        {"indicator": "rats"},
        {"indicator": "rats", "weight": 1.0},
        {"indicator": "rats", "weight": 0.0, **SIGNED},
        {"indicator": "rats", **SIGNED},
    ):
        town = listed(two_needs(), usual, other)
        assert [one.key for one in top_of(town).by] == ["dirt"]
        assert findings(town, "combined") == []


def test_without_weights_the_stated_need_alone_says_where_it_is_greatest():
    town = listed(two_needs(), {"indicator": "rats"}, {"indicator": "dirt"})
    assert top_of(town).weights.tolist() == [1.0]
    assert fit(town).parameters["need"].parameters["name"] == "dirt"


def test_weights_are_told_as_shares_with_who_signed_them():
    (finding,) = findings(two_needs(), "combined")
    weights = finding.tables[0]
    assert [(row[0], row[2].value, row[3], row[4]) for row in weights.rows] == [
        ("dirt", 0.75, "the council", date(2025, 11, 5)),
        ("rats", 0.25, "the council", date(2025, 11, 5)),
    ]
    assert finding.parameters["by"] == ["the council"]


@pytest.mark.parametrize(
    ("town", "code"),
    [
        (two_alike(like=True), "top_holds"),
        (two_alike(like=False), "none_greatest"),
        (two_alike(like=False, worse_when="less"), "top_holds"),
    ],
    ids=["alike", "against", "against, but less is worse"],
)
def test_how_far_where_it_is_greatest_hangs_on_the_weights(town, code):
    """Needs that lie alike have one top; those that cancel out have none, with any weights."""
    (finding,) = findings(town, "combined")
    assert finding.code == f"combined.{code}"


def test_the_counts_of_areas_have_the_error_of_the_draws():
    (finding,) = findings(two_needs(), "combined")
    for one in finding.estimates:
        assert one.low <= one.value <= one.high
        assert one.level == 0.95
    for row in finding.tables[1].rows:
        assert row[1].low <= row[1].value <= row[1].high


def test_no_area_is_named_or_listed():
    (finding,) = findings(two_needs(), "combined")
    cells = [str(cell) for table in finding.tables for row in table.rows for cell in row]
    assert not [cell for cell in cells if cell.startswith("A0")]


# where it is surely greatest


def test_a_third_of_the_areas_is_greatest():
    top = top_of(sure(units=[1] * 16))
    assert np.flatnonzero(top.surely).tolist() == [11, 12, 13, 14, 15]


def test_another_part_of_the_areas_may_count_as_greatest():
    top = top_of(sure(units=[1] * 16).setting(greatest_need=0.2))
    assert np.flatnonzero(top.surely).tolist() == [13, 14, 15]


def test_where_less_is_worse_the_least_are_greatest_in_need():
    town = sure(units=[1] * 16).initiative_with(problems=(replace(DIRT, worse_when="less"),))
    assert np.flatnonzero(top_of(town).surely).tolist() == [0, 1, 2, 3, 4]


def test_of_equal_needs_none_is_greater_than_the_other():
    """Four areas stand out of five that would count; the twelve others are equal."""
    top = top_of(sure(units=[1] * 16, need=[0.0] * 12 + [1.0, 2.0, 3.0, 4.0]))
    assert np.flatnonzero(top.surely).tolist() == [12, 13, 14, 15]
    assert top.perhaps.sum() == 12


def test_where_all_needs_are_equal_nothing_is_greatest():
    town = sure(units=[1] * 16, need=[5.0] * 16)
    assert not top_of(town).surely.any()
    assert fit(town).verdict == Verdict.CANNOT_TELL


def test_errors_make_areas_uncertain_and_larger_ones_more():
    small, large = (top_of(sure(units=[1] * 16, margin=margin)) for margin in (0.5, 5.0))
    assert small.surely.sum() >= large.surely.sum()
    assert large.perhaps.sum() > small.perhaps.sum()
    assert not (large.surely & large.perhaps).any()


@pytest.mark.parametrize("known", [0, 1])
def test_with_too_few_areas_nothing_is_greatest(known):
    town = littered([None] * (16 - known) + [float(n) for n in range(known)])
    assert top_of(town) is None
    assert findings(town, "fit.") == []


# the fit


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ([0] * 11 + [2] * 5, "follows_need"),
        ([1] * 7 + [0] * 9, "as_lots"),
        ([2] * 10 + [0] * 6, "misses_need"),
    ],
)
def test_lots_by_hand(units, code):
    """Bins at places of their own, equal areas, five of sixteen greatest: a binomial law."""
    town = sure(units=units)
    n, found = sum(units), values(fit(town))
    law = stats.binom(n, 5 / 16)
    assert found["unit_share"].value == pytest.approx(sum(units[11:]) / n)
    assert found["people_share"].value == pytest.approx(5 / 16)
    assert found["lot_share"].value == pytest.approx(law.ppf(0.5) / n)
    assert found["lot_share"].low == pytest.approx(law.ppf(0.025) / n)
    assert found["lot_share"].high == pytest.approx(law.ppf(0.975) / n)
    assert fit(town).code == f"fit.{code}"


def test_lots_fall_to_people_and_not_to_areas():
    """Half of all people live in the five areas."""
    people = [500.0] * 11 + [1100.0] * 5
    found = values(fit(sure(units=[1] * 16, people=people)))
    assert found["people_share"].value == pytest.approx(0.5)
    law = stats.binom(16, 0.5)
    assert found["lot_share"].low == pytest.approx(law.ppf(0.025) / 16)


def test_units_at_one_place_move_together():
    """Ten bins at one place are one lot: 0 or all of them."""
    here = [{"geometry": at(3.5, 3.5)}] * 10
    finding = fit(sure(units=[0] * 16).having(sites=here))
    found = values(finding)
    assert (found["lot_share"].low, found["lot_share"].high) == (0.0, 1.0)
    assert finding.code == "fit.as_lots"


def test_areas_where_need_or_people_are_unknown_count_neither_as_met_nor_as_missed():
    need = [None] * 4 + [float(n) for n in range(12)]
    finding = fit(sure(units=[1] * 16, need=need))
    found = values(finding)
    assert found["unit_share"].value == pytest.approx(4 / 12)
    assert found["people_share"].value == pytest.approx(4 / 12)
    (left,) = [one for one in finding.caveats if one.code == "caveat.units_left"]
    assert left.parameters["n"] == 4


def test_a_need_of_households_is_fitted_only_where_residents_are_known_too():
    """Units where households are known and residents are not are left out of both sides."""
    town = listed(sure(units=[1] * 16), {"indicator": "dirt", "share_of": "no_car"})
    rows = [
        row for row in town.rows["population"]
        if row["group"] != "total" or row["area_id"] not in ("A0000", "A0001")
    ]  # fmt: skip
    found = values(fit(town.having(population=rows)))
    assert found["unit_share"].value == pytest.approx(5 / 14)
    assert found["people_share"].value == pytest.approx(5 / 14)


def test_units_outside_the_city_are_left_out():
    town = sure(units=[1] * 16)
    finding = fit(town.having(sites=[*town.rows["sites"], {"geometry": at(90, 90)}]))
    assert values(finding)["unit_share"].value == pytest.approx(5 / 16)
    assert "caveat.units_left" in {one.code for one in finding.caveats}


def test_where_no_unit_stands_where_the_need_is_known_nothing_can_be_told():
    need = [float(n) for n in range(12)] + [None] * 4
    finding = fit(sure(units=[0] * 12 + [3] * 4, need=need))
    assert finding.code == "fit.outside"
    assert finding.verdict == Verdict.CANNOT_TELL


def test_without_units_or_people_there_is_no_fit():
    assert findings(sure(units=[1] * 16).without("sites"), "fit.") == []
    assert findings(sure(units=[1] * 16).without("population"), "fit.") == []
    outside = sure(units=[0] * 16).having(sites=[{"geometry": at(90, 90)}])
    assert findings(outside, "fit.") == []


def test_the_map_lists_no_area_and_its_table_counts_all_units():
    finding = fit(sure(units=[1] * 16, need=[None, *[float(n) for n in range(15)]]))
    (figure,) = finding.figures
    assert [row[1:] for row in figure.table.rows] == [(10, 10.0), (0, 0.0), (5, 5.0), (1, 1.0)]


def test_without_shapes_there_is_no_map_but_an_answer():
    town = sure(units=[1] * 16)
    areas = [{**row, "geometry": row["geometry"].centroid} for row in town.rows["areas"]]
    sites = [{"area_id": row["area_id"]} for row in areas[:10]]
    finding = fit(town.having(areas=areas, sites=sites))
    assert finding.figures == ()
    assert values(finding)["unit_share"].value == 0


def test_the_unit_and_scale_of_a_need_do_not_matter():
    small = sure(units=[1] * 16, need=[float(n) for n in range(16)], margin=1.0)
    large = sure(units=[1] * 16, need=[1000.0 * n for n in range(16)], margin=1000.0)
    assert fit(small).estimates == fit(large).estimates


def test_as_many_as_lots_could_put_there_is_said_as_that():
    town = saltmarsh().initiative_with(problems=(DIRT,))
    assert findings(town, "fit.") == []
    teller = Teller(QUESTION.wording, language("en", currency="EUR"))
    told = teller.finding(fit(dirty(units=(5, 5))))
    assert "no more and no fewer than lots among residents could bring" in told.sentence
