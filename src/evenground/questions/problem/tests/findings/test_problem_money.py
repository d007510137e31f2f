"""The same money, elsewhere: what it is, what it buys, who gains either way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenground.initiative import Option, OptionKind
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.tests.scenarios_of_need import AS_TODAY, BINS, FEW, dirty, served, with_options
from evenground.tests.towns import at
from evenground.workspace.telling import Teller

PEOPLE = [900 + 25 * n for n in range(16)]


def findings(town):
    """Return the findings on the same money."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith("money.")]


def money(town):
    """Return the only one."""
    (found,) = findings(town)
    return found


def sentence(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding).sentence


def values(finding):
    """Return the numbers by name."""
    return {one.name: one.value for one in finding.estimates}


def codes(finding):
    """Return the codes of what is to be borne in mind."""
    return {one.code for one in finding.caveats}


def priced(*, sites=((3.5, 3.5),), options=(AS_TODAY, BINS), **standard):
    """Return the town with a stop in its first square, and so much for one more."""
    town = served((0.5, 0.5))
    usual = {**town.rows["basic_services"][0], "within_metres": 400.0, "unit_cost": 20_000.0}
    town = town.having(
        basic_services=[{**usual, **standard}], sites=[{"geometry": at(*one)} for one in sites]
    )
    return with_options(town, *options)


def costing(kind=OptionKind.FULL, key="all", **years):
    """Return an option that costs so much, year by year."""
    return Option(
        key=key, name=key, kind=kind, cost={int(y[1:]): float(n) for y, n in years.items()}
    )


@pytest.mark.parametrize(
    ("today", "option", "budget", "said"),
    [
        ({}, {"y2026": 90, "y2027": 10}, 100, "whole"),
        ({"y2026": 30, "y2027": 5}, {"y2026": 90, "y2027": 10}, 65, "beyond"),
        ({"y2026": 30}, {"y2026": 90, "y2027": 10}, 70, "partly"),
        ({"y2026": 30, "y2027": 30, "y2028": 30}, {"y2026": 90}, 60, "beyond"),
        ({"y2025": 30}, {"y2026": 90}, 90, "whole"),
    ],
)
def test_what_is_spent_is_the_cost_beyond_today_in_the_same_years(today, option, budget, said):
    options = costing(OptionKind.AS_TODAY, "as_today", **today), costing(**option)
    finding = money(priced(options=options, unit_cost=1.0))
    assert values(finding)["budget"] == budget
    assert [code for code in codes(finding) if "budget" in code] == [f"caveat.budget.{said}"]


def test_without_going_on_as_today_the_whole_cost_is_spent():
    finding = money(priced(options=(costing(y2026=90),), unit_cost=1.0))
    assert values(finding)["budget"] == 90
    assert "caveat.budget.whole" in codes(finding)


@pytest.mark.parametrize("today", [90, 91])
def test_where_going_on_costs_as_much_nothing_is_left_to_spend(today):
    options = costing(OptionKind.AS_TODAY, "as_today", y2026=today), costing(y2026=90)
    assert findings(priced(options=options)) == []


def test_what_is_bought_and_who_gains_by_hand():
    """99,000 buys four stops for 500 each, in areas that all lack 900 or more; at most 4.95."""
    finding = money(priced())
    found = values(finding)
    assert found.pop("most_possible") == 2_475
    assert found == {"gain_elsewhere": 2_000, "gain_now": PEOPLE[15], "budget": 99_000}
    assert finding.code == "money.more_would_gain"
    bought, gains = finding.tables
    assert [(r[0], r[1], r[2].value, r[3].value) for r in bought.rows] == [
        ("bus stops", 4, 20_000, 80_000)
    ]
    rows = {r[0]: (r[1], r[2].value) for r in gains.rows}
    assert rows["high-poverty areas"][0] == PEOPLE[15]
    assert sum(now for now, _ in rows.values()) == PEOPLE[15]
    assert sum(elsewhere for _, elsewhere in rows.values()) == 2_000


def test_the_last_unit_serves_only_who_is_left():
    """Twenty for 10,000 people each: every area is served whole, the first has one already."""
    finding = money(priced(unit_cost=5_000.0, people_per_unit=10_000.0))
    assert values(finding)["gain_elsewhere"] == sum(PEOPLE[1:])


def test_fewer_gain_where_the_units_reach_more():
    everywhere = [(x + 0.5, y + 0.5) for x in range(4) for y in range(4)]
    finding = money(priced(sites=everywhere))
    assert finding.code == "money.fewer_would_gain"
    assert values(finding)["gain_now"] == sum(PEOPLE)


def test_a_cost_that_is_not_sure_leaves_open_who_gains_more():
    """At 20,000 each four stops for 2,000; at 60,000 one for 500; the bin reaches 1,275."""
    finding = money(priced(unit_cost_high=60_000.0))
    assert finding.code == "money.hangs_on_cost"
    assert "500 to 2\u202f000" in sentence(finding).replace("\xa0", "\u202f")
    (elsewhere,) = [one for one in finding.estimates if one.name == "gain_elsewhere"]
    assert (elsewhere.low, elsewhere.value, elsewhere.high) == (500, 2_000, 2_000)


def test_a_high_cost_below_the_usual_is_the_usual():
    (elsewhere,) = [
        one for one in money(priced(unit_cost_high=1.0)).estimates if one.name == "gain_elsewhere"
    ]
    assert elsewhere.low == elsewhere.high == 2_000


def test_money_that_buys_nothing_whole_is_said():
    finding = money(priced(unit_cost=1e9))
    assert "would buy nothing whole instead" in sentence(finding)
    assert values(finding)["gain_elsewhere"] == 0


def test_one_is_not_said_as_several():
    assert "would buy 1 × bus stops instead" in sentence(money(priced(unit_cost=90_000.0)))


def test_as_many_either_way_is_said_only_where_it_is_so():
    """A bin that reaches nobody, and money that buys nothing."""
    finding = money(priced(sites=((0.99, 0.99),), unit_cost=1e9))
    assert finding.code == "money.either_way"


@pytest.mark.parametrize("left", ["unit_cost", "people_per_unit"])
def test_without_a_price_or_a_size_nothing_can_be_bought(left):
    assert findings(priced(**{left: None})) == []


def test_a_service_without_a_price_is_named():
    town = priced()
    clinic = {"service": "clinic", "name": "clinics", "within_metres": 400.0}
    here = {"service_id": "C", "kind": "clinic", "geometry": at(3.5, 3.5)}
    town = town.having(
        basic_services=[*town.rows["basic_services"], clinic],
        services=[*town.rows["services"], here],
    )
    (caveat,) = [c for c in money(town).caveats if c.code == "caveat.not_priced"]
    assert caveat.parameters["names"] == ["clinics"]
    assert "caveat.not_priced" not in codes(money(priced()))


@pytest.mark.parametrize(
    ("option", "stops", "said"),
    [(2026, 2026, False), (2026, 2020, True), (None, 2020, False), (2026, None, False)],
)
def test_prices_of_different_years_are_named(option, stops, said):
    town = priced(options=(AS_TODAY, replace(BINS, price_year=option)), price_year=stops)
    assert ("caveat.price_years" in codes(money(town))) is said


def test_services_in_prices_of_different_years_are_named_too():
    town = priced(options=(AS_TODAY, replace(BINS, price_year=None)), price_year=2020)
    clinic = {**town.rows["basic_services"][0], "service": "clinic", "price_year": 2024}
    here = {"service_id": "C", "kind": "clinic", "geometry": at(3.5, 3.5)}
    town = town.having(
        basic_services=[*town.rows["basic_services"], clinic],
        services=[*town.rows["services"], here],
    )
    assert "caveat.price_years" in codes(money(town))


def test_the_option_that_the_units_belong_to_is_spent():
    small, large = costing(key="trial", y2026=50), costing(y2026=90)
    town = priced(options=(small, large), unit_cost=1.0)
    assert values(money(town))["budget"] == 90
    sites = [{"geometry": at(0.5, 0.5), "option": "trial"}]
    assert values(money(town.having(sites=sites)))["budget"] == 50


def test_doing_without_new_technology_is_not_what_the_initiative_costs():
    without = costing(OptionKind.WITHOUT_NEW_TECHNOLOGY, "more rounds", y2026=900)
    assert (
        values(money(priced(options=(without, costing(y2026=90)), unit_cost=1.0)))["budget"] == 90
    )
    assert findings(priced(options=(without,))) == []


def test_without_places_of_units_who_gains_now_is_not_known():
    finding = money(priced().without("sites"))
    assert finding.code == "money.described"
    assert "gain_now" not in values(finding)
    assert len(finding.tables) == 1


def test_without_groups_or_costs():
    assert len(money(priced().city_with(groups=())).tables) == 1
    assert findings(priced(options=(AS_TODAY, replace(BINS, cost={})))) == []
    assert findings(dirty()) == []


@pytest.mark.parametrize("scale", [0.01, 1_000.0])
def test_the_unit_of_money_does_not_matter(scale):
    def scaled(option):
        return replace(option, cost={year: scale * cost for year, cost in option.cost.items()})

    usual = money(priced(unit_cost_high=30_000.0))
    other = money(
        priced(
            options=(scaled(AS_TODAY), scaled(BINS)),
            unit_cost=scale * 20_000.0,
            unit_cost_high=scale * 30_000.0,
        )
    )
    assert other.code == usual.code
    assert other.estimates[:2] == usual.estimates[:2]
    assert [row[1] for row in other.tables[0].rows] == [row[1] for row in usual.tables[0].rows]
    assert values(other)["budget"] == pytest.approx(scale * 99_000)
