"""Whole dossiers on a need: small counts stay hidden, odd cities are answered, order is nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.dossier import Audience
from evenground.questions.problem import QUESTION
from evenground.tests.dossiers import section_of, told
from evenground.tests.scenarios_of_need import FEW, dirty, everything, listed, littered, two_needs
from evenground.tests.towns import at

STORED = ("population", "indicators", "sites", "needs", "spending", "past_initiatives", "links")
"""Tables whose rows have no order of their own; that of areas is the order of the answer."""


def codes(town, audience=Audience.INTERNAL):
    """Return the codes of all findings of a dossier."""
    dossier = town.setting(**FEW).appraised(QUESTION, audience=audience)
    return [one.finding.code for one in told(section_of(dossier, "problem"))]


def few_children(first, second):
    """Return an unpublished town where few children live in two squares, in need in one of them."""
    values = [100.0, 0.0, *[50.0] * 14]
    town = listed(littered(values, unit="%"), {"indicator": "dirt", "share_of": "young"})
    few = {("young", "A0000"): first, ("young", "A0001"): second}
    rows = [
        {**row, "count": few.get((row["group"], row["area_id"]), row["count"])}
        for row in town.rows["population"]
    ]
    return replace(town.having(population=rows), published=False).setting(**FEW)


def in_need(town, audience):
    """Return how many are in need, as the dossier tells it."""
    section = section_of(town.appraised(QUESTION, audience=audience), "problem")
    every = [one.finding for one in told(section)]
    need = next(one for one in every if one.code.startswith("need."))
    return next(one.value for one in need.estimates if one.name == "in_need")


def test_a_small_count_cannot_be_told_from_the_public_edition():
    """Four children here and two there, or two here and four there: in public it is the same."""
    for audience, same in ((Audience.PUBLIC, True), (Audience.INTERNAL, False)):
        here, there = (in_need(few_children(*pair), audience) for pair in ((4, 2), (2, 4)))
        assert (here == there) is same


def test_both_editions_answer():
    for audience in Audience:
        found = codes(everything(), audience)
        assert found[0] == "headline.measured"
        assert {"heard", "record.past.spent"} <= set(found)


def points(town):
    """Return the town whose areas are points."""
    areas = [{**row, "geometry": row["geometry"].centroid} for row in town.rows["areas"]]
    return town.having(areas=areas)


def alone(town):
    """Return the town with its first area only."""
    rows = {
        name: tuple(row for row in rows if row.get("area_id") in (None, "A0000"))
        for name, rows in town.rows.items()
    }
    return replace(town, rows=rows)


def nobody(town):
    """Return the town where nobody lives."""
    return town.having(population=[{**row, "count": 0} for row in town.rows["population"]])


@pytest.mark.parametrize(
    ("make", "first", "there", "gone"),
    [
        (lambda: everything().city_with(groups=()), "measured", {"fit", "fabric"}, {"need"}),
        (lambda: points(everything()), "measured", {"need", "fabric"}, {"archipelago"}),
        (lambda: everything().without("population"), "no_people", {"cause", "record"}, {"need"}),
        (lambda: nobody(everything()), "no_people", {"cause", "record"}, {"need", "fabric"}),
        (lambda: alone(everything()), "measured", {"need", "fabric"}, {"fit", "provision"}),
        (lambda: everything().without("sites"), "measured", {"need", "money"}, {"fit", "overlap"}),
        (lambda: everything().without("areas"), "no_people", {"heard", "cause"}, {"need"}),
        (lambda: everything().initiative_with(options=()), "measured", {"need"}, {"money"}),
        (lambda: everything().initiative_with(domain=""), "measured", {"need", "record"}, set()),
        (lambda: littered([None] * 16), "not_there", {"heard"}, {"need", "fit"}),
        (lambda: littered([None] * 15 + [3.0]), "measured", {"need"}, {"fit", "provision"}),
        (lambda: littered([float(n - 8) for n in range(16)]), "measured", {"fit"}, {"provision"}),
    ],
    ids=[
        "no groups", "points", "no people", "nobody", "one area", "no sites", "no areas",
        "no options", "no service", "no value", "one value", "below nothing",
    ],
)  # fmt: skip
def test_a_city_that_lacks_something_is_answered_with_the_rest(make, first, there, gone):
    found = codes(make())
    begins = {code.split(".")[0] for code in found}
    assert found[0] == f"headline.{first}"
    assert there <= begins
    assert not gone & begins


@pytest.mark.parametrize("name", STORED)
def test_rows_in_another_order_change_no_number(name):
    town = everything().setting(**FEW)
    turned = town.having(**{name: town.rows[name][::-1]})
    first, second = (
        {one.code: one.estimates for one in made.answered(QUESTION).findings}
        for made in (town, turned)
    )
    assert first == second


@settings(max_examples=8, deadline=None)
@given(st.floats(0.01, 100.0), st.booleans())
def test_the_unit_of_a_need_changes_no_verdict(scale, signed):
    """Litter per 100 m or per km: the same verdicts, the values in proportion."""
    town = (two_needs() if signed else dirty()).setting(**FEW)
    rows = [
        {**row, "value": scale * row["value"], "margin": scale * (row.get("margin") or 0.0)}
        if row["indicator"] == "dirt" else row
        for row in town.rows["indicators"]
    ]  # fmt: skip
    usual, other = (
        made.answered(QUESTION).findings for made in (town, town.having(indicators=rows))
    )
    assert [one.verdict for one in usual] == [one.verdict for one in other]
    need, scaled = (
        next(one for one in made if one.code.startswith("need.")) for made in (usual, other)
    )
    for before, after in zip(need.estimates, scaled.estimates, strict=True):
        assert after.value == pytest.approx(scale * before.value)


def test_what_is_read_is_left_as_it_was():
    town = everything().setting(**FEW)
    tables = town.tables()
    kept = {name: table.to_pylist() for name, table in tables.items()}
    QUESTION.answer(tables, town.case(QUESTION))
    assert {name: table.to_pylist() for name, table in tables.items()} == kept


def test_the_same_is_answered_twice():
    town = two_needs().setting(**FEW).having(sites=[{"geometry": at(0.5, 0.5)}])
    assert town.answered(QUESTION) == town.answered(QUESTION)
