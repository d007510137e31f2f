"""Whether data can carry a purpose: yes, no or cannot tell, from tables counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.language import language
from evenground.questions.data import QUESTION
from evenground.questions.data.purposes.model import CanCarry, DataAlone, Outcome
from evenground.tests.scenarios_of_data import (
    LEFT,
    SIGNED,
    air_sheet,
    lenient,
    less_asked,
    listing,
    readings,
    sound,
    unsaid,
    village,
)
from evenground.workspace.auditing.running import audit
from evenground.workspace.opening import DatasetAtHand
from evenground.workspace.telling import Teller

TODAY = date(2026, 3, 1)
HOURS = 100
TELLER = Teller(QUESTION.wording, language("en"))


def judged(table=None, sheet=None, *, town=None, purpose="decide", **terms):
    """Return the verdict of readings in a city that asks less: all it asks can be met by them."""
    city = (town or lenient(village())).opened()[1]
    table = readings() if table is None else table
    return audit(table, sheet or air_sheet(), city=city, today=TODAY, **terms).verdicts[purpose]


def less(n):
    """Return 100 hours of four sensors without ``n`` readings, none of them at either end."""
    lost = {(at % 4, 3 + 2 * (at // 4)) for at in range(n)}
    return readings(days=HOURS / 24, lost=lambda sensor, at: (sensor, at) in lost)


def cell(verdict, measure, aspect=""):
    return next(one for one in verdict.cells if (one.measure, one.aspect) == (measure, aspect))


def said(messages):
    return [TELLER.message(one).replace("\N{NO-BREAK SPACE}", " ") for one in messages]


def test_all_met_is_a_yes():
    verdict = judged()
    assert verdict.verdict is CanCarry.YES
    assert verdict.from_data_alone is DataAlone.NOTHING_FOUND
    asked = [one for one in verdict.cells if one.rule is not None]
    assert {one.outcome for one in asked} == {Outcome.MET}
    assert said(verdict.because) == [f"all {len(asked)} things asked are met"]
    assert verdict.would_change == ()


def test_nine_readings_in_ten_are_enough_and_one_less_is_not():
    """Of 400 readings 360 are 90 %, which a decision asks; 359 are not."""
    enough, short = judged(less(40)), judged(less(41))
    assert cell(enough, "completeness").known.value == pytest.approx(360 / 400)
    assert enough.verdict is CanCarry.YES
    assert cell(short, "completeness").known.value == pytest.approx(359 / 400)
    assert cell(short, "completeness").outcome is Outcome.FAILED
    assert short.verdict is CanCarry.NO
    assert short.from_data_alone is DataAlone.FAILS
    assert said(short.because) == ["completeness is just under 90 %, which it should be at least"]
    assert said(short.would_change) == ["1 more reading or row would have to be there."]


def test_what_is_missing_is_counted_to_the_threshold():
    verdict = judged(less(60))
    assert said(verdict.because) == ["completeness is 85 % and should be at least 90 %"]
    assert said(verdict.would_change) == ["20 more readings or rows would have to be there."]


def test_nothing_makes_up_for_what_is_not_met():
    """All else is met, and yet it is a no: nothing is averaged."""
    verdict = judged(less(60))
    outcomes = [one.outcome for one in verdict.cells if one.rule is not None]
    assert outcomes.count(Outcome.FAILED) == 1
    assert outcomes.count(Outcome.MET) == len(outcomes) - 1
    assert verdict.verdict is CanCarry.NO


def test_what_only_a_person_can_say_stays_open_until_one_does():
    verdict = judged(sheet=air_sheet(declared={"privacy": [SIGNED]}))
    assert verdict.verdict is CanCarry.CANNOT_TELL
    assert verdict.from_data_alone is DataAlone.NOTHING_FOUND
    assert said(verdict.because) == [
        "their bearing on the decision is open: nobody has declared it"
    ]
    assert len(verdict.would_change) == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"by": ""}, "nobody signed it"),
        ({"on": None}, "Ada Berg gave no date"),
        ({"on": date(2027, 1, 1)}, "the date that Ada Berg gave is still to come"),
        ({"valid_until": date(2026, 2, 28)}, "what Ada Berg declared held until"),
        ({"evidence": ""}, "Ada Berg gave no document"),
        ({"purposes": ["operate"]}, "nobody has declared it"),
    ],
)
def test_a_word_without_a_name_a_date_or_a_document_is_none(changed, why):
    given = {name: value for name, value in {**SIGNED, **changed}.items() if value is not None}
    verdict = judged(sheet=air_sheet(declared={"privacy": [SIGNED], "relevance": [given]}))
    assert verdict.verdict is CanCarry.CANNOT_TELL
    assert why in said(verdict.because)[0]


def test_who_says_that_it_is_not_so_needs_no_document():
    no = {"says": "not_met", "by": "Ada Berg", "on": date(2026, 2, 20)}
    verdict = judged(sheet=air_sheet(declared={"privacy": [SIGNED], "relevance": [no]}))
    assert verdict.verdict is CanCarry.NO
    # that somebody says so is nothing that the data show
    assert verdict.from_data_alone is DataAlone.NOTHING_FOUND


def test_without_a_datasheet_it_cannot_be_told():
    city = lenient(village()).opened()[1]
    verdict = audit(readings(), city=city, today=TODAY).verdicts["decide"]
    assert verdict.verdict is CanCarry.CANNOT_TELL
    assert verdict.from_data_alone is DataAlone.NOTHING_FOUND


def test_those_who_made_them_may_withhold_them_from_a_purpose():
    sheet = air_sheet(not_for=["decide"], conditions="Not against us")
    verdict = judged(sheet=sheet)
    assert verdict.verdict is CanCarry.NO
    assert verdict.from_data_alone is DataAlone.NOTHING_FOUND
    assert "“Not against us”" in said(verdict.because)[0]
    assert judged(sheet=sheet, purpose="operate").verdict is CanCarry.YES


def test_what_serves_to_run_it_need_not_serve_to_decide():
    """Complete for the last days, and with a long hole before them."""

    def lost(sensor, at):
        return 24 <= at < 72

    table = readings(days=10, lost=lost)
    assert judged(table, purpose="operate", town=recent_days(3)).verdict is CanCarry.YES
    assert judged(table, town=recent_days(3)).verdict is CanCarry.NO


def recent_days(n):
    return lenient(village()).setting(recent_days=n)


def test_a_city_may_ask_more_or_less():
    """Of the share of residents covered a default asks four in five; here it is one in four."""
    table = readings(1)
    assert judged(table).verdict is CanCarry.NO
    row = {"measure": "spatial_coverage", "purpose": "decide", "origin": "the council"}
    for asked, verdict in ((0.25, CanCarry.YES), (0.26, CanCarry.NO)):
        town = village().having(purpose_rules=[*less_asked("decide"), {**row, "at_least": asked}])
        found = judged(table, town=town)
        assert found.verdict is verdict, asked
        assert cell(found, "spatial_coverage").rule.origin == "the council"


def test_every_measure_is_told_for_every_purpose_asked_for_or_not():
    found = audit(readings(), air_sheet(), city=village().opened()[1], today=TODAY)
    assert len(found.measures) == 16
    for purpose, verdict in found.verdicts.items():
        assert {one.measure for one in verdict.cells} == set(found.measures), purpose
        unasked = [one for one in verdict.cells if one.outcome is Outcome.NOT_REQUIRED]
        assert all(one.rule is None for one in unasked)


def test_the_headline_of_one_is_its_own_and_of_several_each_in_its_place():
    carries = DatasetAtHand(rows=readings(), datasheet=air_sheet())
    lacks = DatasetAtHand(rows=less(100), datasheet=air_sheet())
    for held, code in (
        ({"air": carries}, "headline.one.carries"),
        ({"air": lacks}, "headline.one.does_not_carry"),
        ({"air": unsaid()}, "headline.one.cannot_tell"),
        ({"air": carries, "dust": lacks}, "headline.many"),
        ({"air": None}, "headline.absent"),
        ({}, "headline.none"),
    ):
        answer = lenient(listing(village(), **held)).answered(QUESTION)
        assert answer.headline.code == code
        assert len(answer.headline.asks) == sum(one is None for one in held.values()) + (not held)
    assert "“Air” can carry it" in said([answer_of(air=carries, dust=lacks).message])[0]


def answer_of(**held):
    return lenient(listing(village(), **held)).answered(QUESTION).headline


def test_a_lenient_city_leaves_out_only_rules_that_there_are():
    """The towns of these tests would otherwise ask less than they say."""
    from evenground.questions.data.purposes.purpose_rules import RULES

    there = {(rule.purpose, rule.measure, rule.aspect) for rule in RULES}
    left = {(purpose, *one) for purpose, listed in LEFT.items() for one in listed}
    assert left <= there
    assert sound().datasheet == air_sheet()
