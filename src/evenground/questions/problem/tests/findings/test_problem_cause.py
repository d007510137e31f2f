"""Does it act on a cause of the problem, or on a symptom? By a map of causes, read as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenground.initiative import Option, OptionKind, Stage
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.tests.scenarios_of_need import (
    AS_TODAY,
    BINS,
    BY_CITY,
    DIRT,
    FEW,
    LINKS,
    dirty,
    linked,
    with_options,
)
from evenground.tests.towns import at
from evenground.workspace.telling import Teller


def answered(town):
    """Return the answer on a town, drawing little."""
    return town.setting(**FEW).answered(QUESTION)


def causes(town):
    """Return the findings on causes."""
    return [one for one in answered(town).findings if one.code.startswith("cause.")]


def cause(town):
    """Return the only one."""
    (found,) = causes(town)
    return found


def sentence(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding).sentence


def values(finding):
    """Return the numbers by name."""
    return {one.name: one.value for one in finding.estimates}


TO_LITTER = ("bins", "litter", "-")


@pytest.mark.parametrize(
    ("links", "acts_on", "code"),
    [
        ([TO_LITTER], ("litter",), "is_problem"),
        ([TO_LITTER], ("bins",), "cause"),
        ([TO_LITTER], ("Bins ",), "cause"),
        ([("bins", "litter", "?")], ("bins",), "cause"),
        ([("bins", "litter", "+")], ("bins",), "cause_worse"),
        ([("bins", "rats", "-"), ("rats", "litter", "-")], ("bins",), "cause_worse"),
        ([("litter", "bins", "+"), TO_LITTER], ("bins",), "feedback"),
        ([("litter", "rats", "+")], ("rats",), "symptom"),
        ([("litter", "rats", "+"), ("bins", "rats", "-")], ("bins",), "symptom"),
        ([("bins", "noise", "+"), ("litter", "rats", "+")], ("bins",), "apart"),
        ([TO_LITTER], ("magic",), "unknown"),
        ([TO_LITTER, ("litter", "rats", "+")], ("rats", "bins"), "cause"),
    ],
)
def test_how_it_stands_to_the_problem(links, acts_on, code):
    finding = cause(linked(*links, acts_on=acts_on))
    assert finding.code == f"cause.{code}"
    assert finding.verdict.code == code


def test_the_headline_says_the_same():
    answer = answered(linked(("litter", "rats", "+"), ("bins", "rats", "-")))
    assert "and not on a cause of it" in sentence(answer.headline)
    assert "adds" not in sentence(answered(linked(TO_LITTER)).headline)
    assert "would add to it" in sentence(answered(linked(("bins", "litter", "+"))).headline)


def test_the_shortest_way_its_links_and_its_delay():
    town = linked(("bins", "wind", "-"), ("wind", "litter", "+"), months=4.0)
    finding = cause(town)
    assert values(finding) == {"links": 2, "delay": 8}
    assert [row[0] for row in finding.tables[0].rows] == ["bins", "wind", "litter"]
    told = [row[1].code for row in finding.tables[0].rows]
    assert told == ["nobody_says", "nobody_says", "path_ends"]
    assert "a cause of “litter” 2 links up; after about 8 months" in sentence(finding)
    assert "less of the problem" in sentence(finding)


def test_a_delay_that_one_link_does_not_state_is_not_known():
    links = [
        {"from": "bins", "to": "wind", "sign": "-", "delay_months": 4.0},
        {"from": "wind", "to": "litter", "sign": "+", "delay_months": None},
    ]
    finding = cause(linked(TO_LITTER).having(links=links))
    assert values(finding) == {"links": 2}
    assert "how long that takes is not said" in sentence(finding)


def test_ways_that_differ_in_sign_leave_it_open():
    town = linked(TO_LITTER, ("bins", "wind", "+"), ("wind", "litter", "+"))
    assert "the map leaves open" in sentence(cause(town))


def test_causes_that_nothing_acts_on_are_named():
    (caveat,) = [c for c in cause(dirty().having(links=LINKS)).caveats if c.code == "caveat.roots"]
    assert caveat.parameters["roots"] == ["rounds"]


def test_what_else_would_change_is_listed_by_name():
    finding = cause(linked(TO_LITTER, ("bins", "noise", "+"), ("litter", "rats", "?")))
    rows = {row[0]: row[1].code for row in finding.tables[1].rows}
    assert rows == {"noise": "effect.more", "rats": "effect.either"}


# which things it changes


def with_names(*options, unit="", **more):
    """Return the town with other options and a map from more things to litter."""
    town = linked(("all", "litter", "-"), ("sensor", "litter", "-"), ("rounds", "litter", "-"))
    town = with_options(town, *options)
    return town.initiative_with(unit=unit, unit_plural="", **more)


def test_what_an_option_says_it_acts_on_comes_before_its_name():
    town = with_names(AS_TODAY, replace(BINS, acts_on=("rounds",)))
    assert cause(town).parameters["first"] == "rounds"


def test_without_that_the_options_and_the_units_are_looked_up_by_name():
    assert cause(with_names(AS_TODAY, replace(BINS, acts_on=()))).parameters["first"] == "all"
    other = Option(key="x", name="y", kind=OptionKind.FULL)
    assert cause(with_names(AS_TODAY, other, unit="sensor")).parameters["first"] == "sensor"
    assert cause(with_names(AS_TODAY, other)).code == "cause.unknown"


def test_what_would_do_without_the_technology_does_not_speak_for_it():
    """More rounds act on a cause; the sensors on offer do not."""
    rounds = Option(
        key="more", name="More rounds", kind=OptionKind.WITHOUT_NEW_TECHNOLOGY, acts_on=("rounds",)
    )
    sensors = Option(key="s", name="Sensors", kind=OptionKind.FULL, acts_on=("rats",))
    town = with_names(AS_TODAY, rounds, sensors)
    links = [*town.rows["links"], {"from": "litter", "to": "rats", "sign": "+"}]
    assert cause(town.having(links=links)).code == "cause.symptom"
    assert cause(with_names(AS_TODAY, rounds)).code == "cause.cause"


def test_the_option_that_the_units_belong_to_speaks_for_it():
    small = Option(key="trial", name="Trial", kind=OptionKind.TRIAL, acts_on=("sensor",))
    town = with_names(AS_TODAY, small, BINS, stage=Stage.PROPOSED)
    town = town.having(sites=[{"geometry": at(0.5, 0.5), "option": "trial"}])
    finding = cause(town)
    assert finding.parameters["first"] == "sensor"
    assert finding.bears_on == ("trial",)


def test_where_nothing_is_new_going_on_is_what_acts():
    going_on = replace(AS_TODAY, acts_on=("rounds",))
    assert cause(with_names(going_on)).parameters["first"] == "rounds"


# which problem


def test_a_problem_is_found_by_the_name_that_it_has_on_the_map_else_by_its_figure():
    by_figure = replace(DIRT, in_links="", indicator="litter")
    town = linked(TO_LITTER).initiative_with(problems=(by_figure,))
    assert cause(town).parameters["name"] == "litter"
    other = replace(DIRT, in_links="rats", indicator="litter")
    town = linked(TO_LITTER, ("bins", "rats", "?")).initiative_with(problems=(other,))
    assert cause(town).parameters["name"] == "rats"


def test_each_problem_has_a_finding_and_the_same_one_only_once():
    rats = replace(BY_CITY, in_links="RATS")
    town = linked(TO_LITTER, ("litter", "rats", "+")).initiative_with(problems=(rats, DIRT, DIRT))
    assert [one.parameters["name"] for one in causes(town)] == ["rats", "litter"]


def test_a_problem_that_is_not_on_the_map_is_said_not_to_be():
    town = linked(("bins", "rats", "-"))
    answer = answered(town)
    assert cause(town).code == "cause.not_on_map"
    assert "The problem is not on the map of causes given." in sentence(answer.headline)


def test_without_a_map_or_a_problem_nothing_is_said_of_causes():
    assert causes(dirty()) == []
    assert causes(linked(TO_LITTER).initiative_with(problems=())) == []
    assert causes(dirty().having(links=[{"from": "bins", "to": None, "sign": "+"}])) == []


def test_a_sign_that_nobody_knows_is_open():
    odd = [{"from": "bins", "to": "litter", "sign": "maybe"}]
    assert "the map leaves open" in sentence(cause(linked(TO_LITTER).having(links=odd)))


def test_links_in_another_order_say_the_same():
    town = dirty().having(links=LINKS)
    turned = dirty().having(links=LINKS[::-1])
    assert cause(turned) == cause(town)
