"""A requirement is met, failed or open by its whole interval; one that is failed decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.evidence import Message
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.purposes.judge import judge, outcome_of
from evenground.questions.data.purposes.model import (
    MEASURES,
    PURPOSES,
    Basis,
    CanCarry,
    DataAlone,
    Known,
    Measured,
    MeasureKind,
    MeasureStatus,
    Outcome,
    PurposeRule,
)
from evenground.questions.data.purposes.purpose_rules import RULES
from evenground.questions.data.purposes.rules import UNIT_OF, in_force

METHOD = Message(code="method.declared")
VERDICTS = (CanCarry.NO, CanCarry.CANNOT_TELL, CanCarry.YES)
ALONE = (DataAlone.FAILS, DataAlone.CANNOT_TELL, DataAlone.NOTHING_FOUND)
IN_FORCE = in_force(disclosure_threshold=5)
UNKNOWN = Known(
    unit="share",
    status=MeasureStatus.NOT_ESTABLISHED,
    reason=Message(code="reason.measure.no_rows"),
)


def known(low, high=None, *, unit="share", basis=Basis.DATA):
    high = low if high is None else high
    declared = unit == "declared"
    return Known(
        unit=unit, value=low if low == high else None, low=low, high=high, basis=basis,
        kind=MeasureKind.DECLARED if declared and low == high else MeasureKind.BOUND,
    )  # fmt: skip


def as_measured(name, one, **aspects):
    fields = {field: getattr(one, field) for field in Known.__dataclass_fields__}
    return Measured(name=name, method=METHOD, aspects=aspects, **fields)


def at_least(threshold, **more):
    given = {"measure": "completeness", "purpose": "decide", "unit": "share", "origin": "test"}
    return PurposeRule(**{**given, "at_least": threshold, **more})


def rule_for(measure, aspect):
    return next((r for r in IN_FORCE if (r.measure, r.aspect) == (measure, aspect)), None)


def scale_of(unit):
    return {"points": 405.0, "people": 20.0, "s": 7200.0, "m": 2000.0}.get(unit, 1.0)


@st.composite
def knowns(draw, unit):
    if draw(st.integers(0, 4)) == 0:
        return replace(UNKNOWN, unit=unit)
    if unit == "declared":
        low, high = draw(st.sampled_from([(0.0, 0.0), (1.0, 1.0), (0.0, 1.0)]))
        return known(low, high, unit=unit, basis=Basis.DECLARED)
    ends = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    basis = draw(st.sampled_from([Basis.DATA, Basis.METADATA]))
    return known(ends[0] * scale_of(unit), ends[1] * scale_of(unit), unit=unit, basis=basis)


@st.composite
def all_measures(draw):
    found = []
    for name in MEASURES:
        aspects = {
            rule.aspect: draw(knowns(rule.unit))
            for rule in RULES
            if rule.measure == name and rule.aspect
        }
        found.append(as_measured(name, draw(knowns(UNIT_OF.get((name, ""), "share"))), **aspects))
    return found


@pytest.mark.parametrize(
    ("one", "rule", "outcome"),
    [
        (known(0.9), at_least(0.9), Outcome.MET),
        (known(0.8999999), at_least(0.9), Outcome.FAILED),
        (known(0.5, 0.9), at_least(0.9), Outcome.OPEN),
        (known(0.5, 0.89), at_least(0.9), Outcome.FAILED),
        (known(0.95, 1.0), at_least(0.9), Outcome.MET),
        (known(0.2), at_least(None, at_most=0.2), Outcome.MET),
        (known(0.3, 0.4), at_least(None, at_most=0.2), Outcome.FAILED),
        (known(0.1, 0.4), at_least(None, at_most=0.2), Outcome.OPEN),
        (known(0.1), at_least(None), Outcome.OPEN),
        (UNKNOWN, at_least(0.9), Outcome.OPEN),
        (None, at_least(0.9), Outcome.OPEN),
        (Known(unit="share", value=0.95), at_least(0.9), Outcome.MET),
        (Known(unit="share", low=0.95), at_least(0.9), Outcome.MET),
        (Known(unit="share", high=0.95), at_least(0.9), Outcome.OPEN),
        (known(1.0, unit="declared"), at_least(None, declared=True), Outcome.MET),
        (known(0.0, unit="declared"), at_least(None, declared=True), Outcome.FAILED),
        (known(0.0, 1.0, unit="declared"), at_least(None, declared=True), Outcome.OPEN),
        (known(1.0, unit="declared"), at_least(5.0, unit="people"), Outcome.MET),
    ],
)
def test_an_outcome_is_decided_by_the_whole_interval(one, rule, outcome):
    assert outcome_of(one, rule) is outcome


def test_one_requirement_that_is_failed_is_not_made_up_for():
    rules = (
        at_least(0.9),
        at_least(0.9, measure="coherence"),
        at_least(0.9, measure="cleanliness"),
    )
    good = [as_measured("coherence", known(1.0)), as_measured("cleanliness", known(1.0))]
    bad = as_measured("completeness", known(0.89))
    (verdict,) = judge([*good, bad], rules, purposes=("decide",))
    assert verdict.verdict is CanCarry.NO
    assert [message.code for message in verdict.because] == ["because.below.exact"]
    (open_,) = judge([*good, as_measured("completeness", UNKNOWN)], rules, purposes=("decide",))
    assert open_.verdict is CanCarry.CANNOT_TELL
    (met,) = judge([*good, as_measured("completeness", known(0.9))], rules, purposes=("decide",))
    assert met.verdict is CanCarry.YES
    assert met.because[0].parameters["n"] == 3
    assert met.would_change == ()


def test_failed_requirements_are_told_before_open_ones():
    rules = (at_least(0.9, measure="access"), at_least(0.9))
    found = [as_measured("completeness", known(0.1)), as_measured("access", UNKNOWN)]
    (verdict,) = judge(found, rules, purposes=("decide",))
    assert [message.code for message in verdict.because] == ["because.below.exact", "because.open"]
    assert len(verdict.would_change) == 2


def test_nothing_measured_leaves_every_purpose_open():
    for verdict in judge([], IN_FORCE):
        assert verdict.verdict is CanCarry.CANNOT_TELL
        assert verdict.from_data_alone is DataAlone.CANNOT_TELL


def test_a_purpose_for_which_nothing_is_asked_stays_open():
    (verdict,) = judge([], (), purposes=("operate",))
    assert verdict.verdict is CanCarry.CANNOT_TELL
    assert verdict.because == (Message(code="because.nothing_asked"),)


def test_the_data_alone_are_told_without_anybodys_word():
    rules = (at_least(0.9), at_least(None, measure="relevance", declared=True))
    open_ = as_measured("relevance", UNKNOWN)
    for share, alone in ((0.95, DataAlone.NOTHING_FOUND), (0.1, DataAlone.FAILS)):
        found = [as_measured("completeness", known(share)), open_]
        (verdict,) = judge(found, rules, purposes=("decide",))
        assert verdict.from_data_alone is alone
    spoken = as_measured("relevance", known(0.0, unit="declared", basis=Basis.DECLARED))
    (verdict,) = judge(
        [as_measured("completeness", known(0.95)), spoken], rules, purposes=("decide",)
    )
    assert (verdict.verdict, verdict.from_data_alone) == (CanCarry.NO, DataAlone.NOTHING_FOUND)


def test_a_purpose_that_its_makers_refuse_cannot_be_carried():
    sheet = Datasheet(producer="Parents", conditions="Not for fines", not_for=("decide",))
    found = [as_measured("completeness", known(1.0))]
    decide, operate = judge(
        found, (at_least(0.9), at_least(0.9, purpose="operate")),
        purposes=("decide", "operate"), datasheet=sheet,
    )  # fmt: skip
    assert (decide.verdict, decide.from_data_alone) == (CanCarry.NO, DataAlone.NOTHING_FOUND)
    assert decide.because[0].code == "because.not_given.conditions"
    assert operate.verdict is CanCarry.YES


@given(all_measures(), st.randoms(use_true_random=False))
def test_the_order_of_measures_and_rules_changes_nothing(found, shuffler):
    mixed, rules = list(found), list(IN_FORCE)
    shuffler.shuffle(mixed)
    shuffler.shuffle(rules)
    assert judge(mixed, rules) == judge(found, IN_FORCE)


@given(all_measures())
def test_every_measure_has_a_cell_for_every_purpose(found):
    for purpose, verdict in zip(PURPOSES, judge(found, IN_FORCE), strict=True):
        assert verdict.purpose == purpose
        assert tuple(dict.fromkeys(cell.measure for cell in verdict.cells)) == MEASURES
        asked = [cell for cell in verdict.cells if cell.outcome is not Outcome.NOT_REQUIRED]
        assert len(asked) == sum(rule.purpose == purpose for rule in IN_FORCE)
        told = [cell for cell in asked if cell.outcome is not Outcome.MET]
        assert len(verdict.would_change) == len(told)
        expected = {CanCarry.NO} if any(c.outcome is Outcome.FAILED for c in asked) else None
        assert expected is None or verdict.verdict in expected
        assert (verdict.verdict is CanCarry.YES) == all(c.outcome is Outcome.MET for c in asked)


def better(one, rule, share):
    """Return what is known, moved to the good side by a share of the way to its best."""
    if rule is None or not one.established or one.low is None or one.high is None:
        return one
    up = rule.at_least is not None or one.unit == "declared"
    best = (scale_of(one.unit) if one.unit != "declared" else 1.0) if up else 0.0
    step = 1.0 if one.unit == "declared" else share
    low, high = (end + (best - end) * step for end in (one.low, one.high))
    kind = MeasureKind.DECLARED if one.unit == "declared" else one.kind
    return replace(one, low=low, high=high, value=None, kind=kind)


@given(all_measures(), st.integers(0, len(MEASURES) - 1), st.floats(0, 1))
def test_a_better_measure_never_makes_a_verdict_worse(found, which, share):
    one = found[which]
    aspects = {
        name: better(aspect, rule_for(one.name, name), share)
        for name, aspect in one.aspects.items()
    }
    improved = better(one, rule_for(one.name, ""), share)
    changed = [*found]
    changed[which] = replace(as_measured(one.name, improved), aspects=aspects)
    for before, after in zip(judge(found, IN_FORCE), judge(changed, IN_FORCE), strict=True):
        assert VERDICTS.index(after.verdict) >= VERDICTS.index(before.verdict)
        assert ALONE.index(after.from_data_alone) >= ALONE.index(before.from_data_alone)


@given(all_measures(), st.integers(0, len(MEASURES) - 1))
def test_the_verdict_depends_on_outcomes_alone(found, which):
    """However good what is met may be, it changes nothing: there is no mean."""
    one = found[which]
    rule = rule_for(one.name, "")
    changed = [*found]
    if rule and one.established and rule.at_least is not None and (one.low or 0) >= rule.at_least:
        changed[which] = replace(one, low=rule.at_least, high=rule.at_least, value=rule.at_least)
    same = [r for r in IN_FORCE if r.measure != one.name or r is rule]
    for before, after in zip(judge(found, same), judge(changed, same), strict=True):
        if rule is None or before.purpose == rule.purpose:
            assert before.verdict is after.verdict
