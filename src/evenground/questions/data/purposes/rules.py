"""The rules in force: the default ones, what a city sets instead, and what a datasheet declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evenground.errors import Place, Problem, ProblemKind, Severity
from evenground.language import N_
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.purposes.model import PurposeRule
from evenground.questions.data.purposes.purpose_rules import RULES

Key = tuple[str, str, str]
OTHER_UNIT = ProblemKind(
    code="rule_in_other_unit",
    severity=Severity.WARNING,
    what=N_("A rule for {measure} is in {value}; this measure is in {unit}."),
    rule=N_("A threshold in another unit cannot be compared, so the default rule stays in force."),
    way_out=N_("Write it in {unit}; a share is 0 to 1."),
)
NO_THRESHOLD = ProblemKind(
    code="rule_without_threshold",
    severity=Severity.WARNING,
    what=N_("A rule for {measure} has neither a least nor a most."),
    rule=N_("It asks nothing, so the default rule stays in force."),
    way_out=N_("Fill in at_least or at_most, or write no in the column asked."),
)
UPSIDE_DOWN = ProblemKind(
    code="rule_upside_down",
    severity=Severity.WARNING,
    what=N_("A rule for {measure} asks at least {value} and at most {high}."),
    rule=N_("Nothing can be both, so the default rule stays in force."),
    way_out=N_("Exchange the two numbers, or leave one empty."),
)
UNIT_OF: Mapping[tuple[str, str], str] = {
    ("access", ""): "points",
    ("access", "legal_basis"): "declared",
    ("sustainability_and_reliability", ""): "declared",
    ("privacy", ""): "people",
    ("spatial_granularity", ""): "m",
    ("temporal_granularity", ""): "s",
    ("metadata_availability", ""): "points",
    ("methodological_transparency", ""): "declared",
    ("relevance", ""): "declared",
    ("relevance", "operate"): "declared",
    ("relevance", "decide"): "declared",
    ("relevance", "official_statistics"): "declared",
}
"""Units of the measures and aspects that are no shares."""


def rules_of(
    rows: Iterable[Mapping[str, Any]], *, file: str = ""
) -> tuple[tuple[PurposeRule, ...], tuple[Problem, ...]]:
    """Return the default rules with a city's own in their place.

    Parameters
    ----------
    rows
        Rows of the table ``purpose_rules``.
    file
        Where they stand, for problems.

    Returns
    -------
    Rules in the order of the default ones, new ones last; and rows that could not be used.
    """
    rules: dict[Key, PurposeRule] = {_key(rule): rule for rule in RULES}
    problems: list[Problem] = []
    for position, row in enumerate(rows, start=2):
        problem = _unusable(row, Place(file=file, row=position))
        if problem is not None:
            problems.append(problem)
        elif row.get("asked") is False:
            rules.pop(_key_of(row), None)
        else:
            rules[_key_of(row)] = _rule(row)
    return tuple(rules.values()), tuple(problems)


def in_force(
    rules: Sequence[PurposeRule] = RULES,
    *,
    datasheet: Datasheet | None = None,
    disclosure_threshold: int = 5,
) -> tuple[PurposeRule, ...]:
    """Fill in the thresholds that the city's settings and the datasheet hold.

    A rule on granularity asks what the datasheet declares as needed for its purpose, and stays
    without threshold until it does; one on privacy asks for the city's disclosure threshold.
    """
    needed = datasheet.needed if datasheet else {}
    found: list[PurposeRule] = []
    for rule in rules:
        stated = rule.at_least is not None or rule.at_most is not None or rule.declared
        need = needed.get(rule.purpose)
        if not stated and rule.measure == "privacy":
            rule = replace(rule, at_least=float(disclosure_threshold))  # noqa: PLW2901 - one rule, filled in
        elif not stated and need is not None:
            fineness = {"temporal_granularity": need.seconds, "spatial_granularity": need.metres}
            rule = replace(rule, at_most=fineness.get(rule.measure))  # noqa: PLW2901 - the same
        found.append(rule)
    return tuple(found)


def _key(rule: PurposeRule) -> Key:
    return rule.measure, rule.aspect, rule.purpose


def _key_of(row: Mapping[str, Any]) -> Key:
    return str(row["measure"]), str(row.get("aspect") or ""), str(row["purpose"])


def _unit(row: Mapping[str, Any]) -> str:
    measure, aspect, _ = _key_of(row)
    return UNIT_OF.get((measure, aspect), "share")


def _unusable(row: Mapping[str, Any], place: Place) -> Problem | None:
    unit, given = _unit(row), str(row.get("unit") or "")
    name = str(row["measure"])
    if row.get("asked") is False:
        return None
    if given and given != unit:
        return OTHER_UNIT.at(place, value=given, unit=unit, measure=name)
    low, high = row.get("at_least"), row.get("at_most")
    if low is None and high is None and unit != "declared":
        return NO_THRESHOLD.at(place, measure=name)
    if low is not None and high is not None and low > high:
        return UPSIDE_DOWN.at(place, value=low, high=high, measure=name)
    return None


def _rule(row: Mapping[str, Any]) -> PurposeRule:
    measure, aspect, purpose = _key_of(row)
    unit = _unit(row)
    return PurposeRule(
        measure=measure,
        aspect=aspect,
        purpose=purpose,
        at_least=row.get("at_least") if unit != "declared" else None,
        at_most=row.get("at_most") if unit != "declared" else None,
        declared=unit == "declared",
        unit=unit,
        origin=str(row.get("origin") or ""),
    )
