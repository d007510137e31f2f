"""The rules are data: complete, in the unit of their measure, and a city may override each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenground.questions.data.datasheet.model import Datasheet, Granularity
from evenground.questions.data.purposes.model import MEASURES, PURPOSES
from evenground.questions.data.purposes.purpose_rules import RULES
from evenground.questions.data.purposes.rules import UNIT_OF, in_force, rules_of
from evenground.questions.data.purposes.schemas import PURPOSE_RULES, UNITS


def find(rules, measure, purpose, aspect=""):
    wanted = (measure, aspect, purpose)
    return next((r for r in rules if (r.measure, r.aspect, r.purpose) == wanted), None)


def test_no_rule_stands_twice_and_each_says_who_set_it():
    keys = [(rule.measure, rule.aspect, rule.purpose) for rule in RULES]
    assert len(keys) == len(set(keys))
    for rule in RULES:
        assert rule.measure in MEASURES
        assert rule.purpose in PURPOSES
        assert rule.unit == UNIT_OF.get((rule.measure, rule.aspect), "share")
        assert rule.unit in UNITS
        assert rule.declared == (rule.unit == "declared")
        assert rule.origin


def test_official_statistics_ask_for_all_sixteen_and_operating_for_few():
    asked = {p: {rule.measure for rule in RULES if rule.purpose == p} for p in PURPOSES}
    assert asked["official_statistics"] == set(MEASURES)
    assert len(asked["operate"]) == 4
    assert asked["decide"] == {
        "transparency_and_interpretability", "privacy", "fidelity", "cleanliness", "completeness",
        "spatial_coverage", "coherence", "changes_over_time", "relevance",
    }  # fmt: skip


def test_what_is_asked_for_more_weighty_purposes_is_no_less():
    for rule in RULES:
        official = find(RULES, rule.measure, "official_statistics", rule.aspect)
        if official is None or rule.purpose == "official_statistics":
            continue
        if rule.at_least is not None and official.at_least is not None:
            assert official.at_least >= rule.at_least, rule
        if rule.at_most is not None and official.at_most is not None:
            assert official.at_most <= rule.at_most, rule


def test_a_city_overrides_a_single_line():
    row = {"measure": "completeness", "aspect": None, "purpose": "decide", "at_least": 0.8,
           "at_most": None, "unit": None, "asked": None, "origin": "Council, 4 May"}  # fmt: skip
    rules, problems = rules_of([row])
    assert problems == ()
    assert len(rules) == len(RULES)
    changed = find(rules, "completeness", "decide")
    assert changed is not None
    assert (changed.at_least, changed.origin) == (0.8, "Council, 4 May")
    others = [rule for rule in rules if rule is not changed]
    assert others == [rule for rule in RULES if rule is not find(RULES, "completeness", "decide")]


def test_a_city_asks_for_more_or_for_nothing():
    rows = [
        {"measure": "access", "purpose": "operate", "at_least": 70, "origin": "x"},
        {"measure": "fidelity", "purpose": "decide", "asked": False, "origin": "x"},
        {"measure": "relevance", "aspect": "operate", "purpose": "operate", "origin": "x"},
    ]
    rules, problems = rules_of(rows)
    assert problems == ()
    assert find(rules, "fidelity", "decide") is None
    access = find(rules, "access", "operate")
    assert access is not None
    assert access.unit == "points"
    relevance = find(rules, "relevance", "operate", "operate")
    assert relevance is not None
    assert relevance.declared


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"at_least": 80, "unit": "points"}, "rule_in_other_unit"),
        ({}, "rule_without_threshold"),
        ({"at_least": 0.9, "at_most": 0.1}, "rule_upside_down"),
    ],
)
def test_a_row_that_cannot_be_used_leaves_the_default_in_force(row, code):
    given = {"measure": "completeness", "purpose": "decide", "origin": "x", **row}
    rules, problems = rules_of([given], file="rules.csv")
    assert rules == RULES
    assert [problem.code for problem in problems] == [code]
    assert problems[0].place.row == 2
    for template in (problems[0].what, problems[0].rule, problems[0].way_out):
        assert template.format(**problems[0].fields)


def test_needs_and_the_citys_setting_fill_in_what_is_left_open():
    sheet = Datasheet(needed={"operate": Granularity(seconds=600, by="x")})
    rules = in_force(datasheet=sheet, disclosure_threshold=11)
    operate = find(rules, "temporal_granularity", "operate")
    official = find(rules, "temporal_granularity", "official_statistics")
    private = find(rules, "privacy", "decide")
    assert operate is not None
    assert official is not None
    assert private is not None
    assert (operate.at_most, official.at_most, private.at_least) == (600, None, 11)
    own = [replace(rule, at_least=3.0) if rule.measure == "privacy" else rule for rule in RULES]
    kept = find(in_force(own, disclosure_threshold=11), "privacy", "decide")
    assert kept is not None
    assert kept.at_least == 3


def test_the_table_knows_every_rule():
    for rule in RULES:
        assert rule.measure in PURPOSE_RULES["measure"].choices
        assert not rule.aspect or rule.aspect in PURPOSE_RULES["aspect"].choices
