"""Whatever is measured and judged can be said: clauses as clauses, sentences as sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenground.evidence import Message
from evenground.language import language
from evenground.questions.data.datasheet.model import Datasheet, Declared, Granularity, Model
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.purposes.explaining import REASON
from evenground.questions.data.purposes.facts import (
    Delivering,
    Disclosure,
    Facts,
    Interval,
    Readings,
)
from evenground.questions.data.purposes.judge import judge
from evenground.questions.data.purposes.measures import measures_of
from evenground.questions.data.purposes.model import (
    MEASURES,
    PURPOSES,
    Known,
    Measured,
    MeasureKind,
    MeasureStatus,
    PurposeRule,
)
from evenground.questions.data.purposes.purpose_rules import RULES
from evenground.questions.data.purposes.rules import UNIT_OF, in_force
from evenground.questions.data.wording.audits import AUDITS
from evenground.questions.data.wording.purposes import PURPOSES as WORDS
from evenground.workspace.telling import Teller

CHECKS = {"check.duplicates": "Repeated rows", "check.drift": "Drift"}
TELLER = Teller({**AUDITS, **WORDS, **CHECKS}, language("en"))
TODAY = date(2026, 3, 1)
SOURCE = Path(__file__).parents[1]
RANKED = re.compile(
    r"\b(best|worst|rank\w*|score\w*|top|bottom|grade\w*|fail\w*|pass\w*|overall)\b"
)
SIGNED = Declared(says="met", by="Ek", on=date(2026, 1, 1), evidence="Minutes 3")
NEEDED = {purpose: Granularity(seconds=60, metres=10) for purpose in PURPOSES}


def sentence(message):
    text = TELLER.message(message)
    assert re.match(r"[A-Z0-9“]", text), text
    assert text.endswith((".", "…")), text
    well_said(text)


def clause(message):
    text = TELLER.message(message)
    assert not text.endswith("."), text
    assert not text[0].isupper() or text.startswith(("Ek", "Parents")), text
    well_said(text)


def well_said(text):
    assert not re.search(r"[{}]|\bNone\b|\bnan\b|\binf\b|unknown", text), text
    assert not RANKED.search(text), text
    assert ".." not in text, text
    assert "  " not in text, text


def say_all(measures, verdicts):
    for one in measures:
        sentence(one.method)
        for known in (one, *one.aspects.values()):
            if known.reason is not None:
                sentence(known.reason)
        for note in one.notes:
            sentence(note)
    for verdict in verdicts:
        for message in verdict.because:
            clause(message)
        for message in (*verdict.would_change, *verdict.notes):
            sentence(message)


def facts(**given):
    bare = Facts(today=TODAY, n_rows=1000, n_columns=4, n_series=10, columns=("v", "w"))
    return replace(bare, **given)


def checks(*counts):
    counted = [
        Check.counted(name, n, unit=unit, definition=Message(code="check.drift"))
        for name, n, unit in counts
    ]
    nothing = Check.not_established(
        "duplicates", unit="rows", definition=Message(code="check.drift"),
        reason=Message(code="check.drift"),
    )  # fmt: skip
    return {one.name: one for one in (*counted, nothing)}


STREAM = Roles(form=Form.STREAM, time="t", values=("v",))
HALF = Readings(expected=1000, expected_at_most=2000, there=500, n_instants=600)
BOUND = Interval(low=0.1, high=0.9)
WIDE = Interval(value=300.0, low=60.0, high=7200.0)
ESTIMATED = Interval(value=0.5, low=0.4, high=0.6, kind=MeasureKind.ESTIMATED, level=0.95, n=30)
SITUATIONS = {
    "nothing": facts(n_rows=0, n_columns=0, n_series=0),
    "events": facts(checks=checks(("repeated_ids", 400, "rows"), ("mixed_types", 3, "columns"))),
    "stream": facts(
        roles=STREAM, readings=HALF, recent=HALF, cadence_seconds=WIDE, spacing_metres=WIDE,
        coverage=BOUND, relative_error=ESTIMATED, disclosure=Disclosure(
            smallest=1, share_alone=0.2, columns=("a", "b")
        ),
        delivering=Delivering(n_series=10, n_still=2), datasheet=Datasheet(needed=NEEDED),
        checks=checks(("spikes", 400, "readings"), ("drift", 3, "sensors")),
    ),
    "no cadence": facts(
        roles=STREAM, datasheet=Datasheet(declared={"relevance": (replace(SIGNED, on=None),)}),
        readings=replace(HALF, expected=None, expected_at_most=None),
    ),
    "declared": facts(
        roles=Roles(prediction="risk"),
        datasheet=Datasheet(
            producer="Ek", expected_rows=5000, expected_rows_source="Register", about_people=False,
            declared={
                "relevance": (SIGNED, replace(SIGNED, says="not_met")),
                "methodological_transparency": (SIGNED,),
                "sustainability_and_reliability": (replace(SIGNED, says="not_met"),),
                "legal_basis": (replace(SIGNED, valid_until=date(2026, 2, 1)),),
                "privacy": (replace(SIGNED, interest="a contract", on=date(2027, 1, 1)),),
            },
        ),
    ),
    "refused": facts(
        datasheet=Datasheet(
            producer="Parents", not_for=PURPOSES, conditions="Not for fines",
            models=(Model(name="m"),), declared={"relevance": (replace(SIGNED, by=""),)},
        )
    ),
    "refused by nobody named": facts(datasheet=Datasheet(not_for=PURPOSES)),
}  # fmt: skip


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_found_can_be_said(name):
    given = SITUATIONS[name]
    found = measures_of(given)
    rules = in_force(datasheet=given.datasheet)
    say_all(found, judge(found, rules, datasheet=given.datasheet))


def test_any_rule_that_a_city_may_set_can_be_explained():
    """Also where a city asks for what the default rules do not."""
    aspects = {(rule.measure, rule.aspect) for rule in RULES} | {(name, "") for name in MEASURES}
    aspects |= {("relevance", purpose) for purpose in PURPOSES}
    sample = RULES[0]
    for name, aspect in sorted(aspects):
        unit = UNIT_OF.get((name, aspect), "share")
        declared = unit == "declared"
        for given in _knowns(unit):
            fields = {field: getattr(given, field) for field in Known.__dataclass_fields__}
            one = Measured(
                name=name, method=Message(code="method.declared"), aspects={aspect: given}, **fields
            )
            for low, high in ((0.5, None), (None, 0.5)):
                rule = replace(
                    sample, measure=name, aspect=aspect, purpose="decide", unit=unit,
                    at_least=None if declared else low, at_most=None if declared else high,
                    declared=declared,
                )  # fmt: skip
                say_all([], judge([one], [rule], purposes=("decide",)))
    clause_of_all = judge([], [replace(sample, purpose="decide")], purposes=("decide",))
    say_all([], clause_of_all)


def _knowns(unit):
    kind = MeasureKind.DECLARED if unit == "declared" else MeasureKind.EXACT
    for value in (0.0, 1.0):
        yield Known(unit=unit, value=value, low=value, high=value, kind=kind)
    reason = Message(code="reason.measure.contradiction")
    yield Known(unit=unit, low=0.0, high=1.0, kind=MeasureKind.BOUND, reason=reason)
    if unit != "declared":
        yield Known(unit=unit, low=0.0, high=1.0, kind=MeasureKind.BOUND)
    yield Known(unit=unit, status=MeasureStatus.NOT_ESTABLISHED, reason=reason)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.8996, 0.8996, "completeness is just under 90 %, which it should be at least"),
        (0.2, 0.8996, "completeness is just under 90 %, which it should be at least"),
        (0.8996, 0.95, "completeness may be just under 90 %, which it should be at least"),
        (0.62, 0.62, "completeness is 62 % and should be at least 90 %"),
        (0.1, 0.62, "completeness is at most 62 % and should be at least 90 %"),
        (0.62, 0.95, "completeness lies between 62 % and 95 % and should be at least 90 %"),
    ],
)
def test_a_reason_never_says_that_ninety_is_less_than_ninety(low, high, said):
    rule = PurposeRule(
        measure="completeness", purpose="decide", unit="share", at_least=0.9, origin="x"
    )
    one = Measured(
        name="completeness", method=Message(code="method.declared"), unit="share", low=low,
        high=high, kind=MeasureKind.BOUND,
    )  # fmt: skip
    (verdict,) = judge([one], [rule], purposes=("decide",))
    text = TELLER.message(verdict.because[0]).replace("\N{NO-BREAK SPACE}", " ")
    assert text == said


def test_every_code_in_the_source_has_its_words():
    text = "\n".join(path.read_text() for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    codes = set(re.findall(r'"((?:reason|method|note|because|change|why)\.[a-z_.]+[a-z_])"', text))
    assert len(codes) > 50
    assert sorted(code for code in codes if code not in WORDS) == []


def test_each_reason_is_said_as_a_sentence_and_as_a_clause():
    reasons = {code.removeprefix(REASON) for code in WORDS if code.startswith(REASON)}
    clauses = {code.removeprefix("why.") for code in WORDS if code.startswith("why.")}
    assert reasons == clauses - {"unknown"}


def test_each_measure_and_aspect_has_a_name_a_clause_and_what_would_change_it():
    for name in MEASURES:
        assert f"measure.{name}" in WORDS
        sentence(Message(code=f"measure.{name}.meaning"))
    named = {code.removeprefix("named.") for code in WORDS if code.startswith("named.")}
    assert set(MEASURES) <= named
    for one in named:
        for head in ("change.open", "change.failed"):
            assert f"{head}.{one}" in WORDS
