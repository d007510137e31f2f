"""Findings say what they rest on: gaps in the counts, older boundaries, where lots are drawn."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from evenground.initiative import OptionKind
from evenground.language import language
from evenground.questions.reach import QUESTION
from evenground.tests.scenarios import candidates, proposal
from evenground.tests.towns import saltmarsh
from evenground.workspace.telling import Teller

TELLER = Teller(QUESTION.wording, language("en", currency="EUR"))


def answered(town, *, notes=None):
    case = replace(town.case(QUESTION), notes=notes or {})
    return QUESTION.answer(town.tables(), case)


def finding(answer, start, *, about=""):
    return next(
        one
        for one in answer.findings
        if one.code.startswith(start) and one.parameters.get("group", about) == about
    )


def caveats(found):
    return [message.code for message in found.caveats]


def gap(*area_ids):
    """Return the town where nobody knows how many children live in some areas."""
    town = saltmarsh()
    rows = [
        {**row, "count": None} if row["group"] == "young" and row["area_id"] in area_ids else row
        for row in town.rows["population"]
    ]
    return town.having(population=[row for row in rows if row["count"] is not None])


def count_of(town, group, *, without=()):
    return sum(
        row["count"]
        for row in town.rows["population"]
        if row["group"] == group and row["area_id"] not in without
    )


def people_of(found):
    """Return the people of each group, as the table of groups holds them."""
    table = next(table for table in found.tables if table.key == "groups")
    column = 2
    return {row[0]: row[column].value for row in table.rows}


def test_who_is_not_counted_is_no_other_person():
    unknown = ("A0001", "A0203")
    town = gap(*unknown)
    found = finding(answered(town), "by_group", about="Age")
    held = list(people_of(found).values())
    young, old, total = (count_of(town, g, without=unknown) for g in ("young", "old", "total"))
    assert held == pytest.approx([young, old, total - young - old])
    assert "caveat.partly_counted" in caveats(found)
    message = next(one for one in found.caveats if one.code == "caveat.partly_counted")
    assert TELLER.message(message) == (
        "2 quarters where not all of these groups are counted are in none of them."
    )


def test_units_in_such_an_area_count_for_no_group():
    town, whole = gap("A0001"), saltmarsh()
    there = shapely.box(*next(
        row for row in town.rows["areas"] if row["area_id"] == "A0001"
    )["geometry"].bounds)  # fmt: skip
    n_there = sum(there.contains(site["geometry"]) for site in town.rows["sites"])
    assert n_there > 0

    def n_units(one):
        table = next(
            t for t in finding(answered(one), "by_group", about="Age").tables if t.key == "groups"
        )
        values = [row[1] for row in table.rows]
        return float(np.sum([getattr(value, "value", value) for value in values]))

    assert n_units(whole) - n_units(town) == pytest.approx(n_there)


def test_nothing_is_said_where_everybody_is_counted():
    answer = answered(saltmarsh())
    said = {code for one in answer.findings for code in caveats(one)}
    assert not said & {"caveat.partly_counted", "caveat.candidates"}
    assert not any(code.startswith("caveat.carried") for code in said)


@pytest.mark.parametrize("note", ["interpolated", "crosswalk"])
def test_every_finding_on_carried_figures_says_so(note):
    notes = {"population": (note,), "indicators": (note,)}
    answer = answered(saltmarsh(), notes=notes)
    people, indicators = f"caveat.carried.population.{note}", f"caveat.carried.indicators.{note}"
    for start in ("by_group", "by_distance"):
        assert {people, indicators} <= set(caveats(finding(answer, start, about="Poverty")))
        by_age = caveats(finding(answer, start, about="Age"))
        assert people in by_age
        assert indicators not in by_age
    for start in ("by_area", "flags"):
        assert people in caveats(finding(answer, start))
    assert {people, indicators} <= set(caveats(answer.headline))
    assert all("older boundaries" in TELLER.message(m) for m in answer.headline.caveats[1:])


def test_only_what_was_carried_is_named():
    answer = answered(saltmarsh(), notes={"indicators": ("interpolated",)})
    assert not any("population" in code for one in answer.findings for code in caveats(one))


def test_lots_that_are_drawn_among_listed_places_are_said_to_be():
    answer = answered(candidates())
    for start in ("by_group", "by_area", "flags"):
        assert "caveat.candidates" in caveats(finding(answer, start, about="Poverty"))


def far_away(town):
    rows = [
        {**row, "geometry": shapely.transform(row["geometry"], lambda xy: xy + 600_000)}
        for row in town.rows["sites"]
    ]
    return town.having(sites=rows)


def nowhere(town):
    rows = [{**row, "geometry": None, "name": "Sea Wall"} for row in town.rows["sites"]]
    return town.having(sites=rows)


@pytest.mark.parametrize(("moved", "code"), [(far_away, "none_inside"), (nowhere, "no_sites")])
def test_places_that_lie_in_no_area_are_named_as_the_reason(moved, code):
    answer = answered(moved(saltmarsh()))
    assert answer.headline.code == f"headline.{code}"
    assert "points" not in TELLER.finding(answer.headline).sentence
    assert ("sites" in {need.table for need in answer.unmet}) is (code == "no_sites")


def test_an_option_without_places_is_still_asked_for_them():
    town = nowhere(proposal())
    assert any(one.kind is not OptionKind.AS_TODAY for one in town.initiative.options)
    assert [ask.what.code for ask in answered(town).headline.asks][:1] == ["ask.sites"]
