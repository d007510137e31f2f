"""What Voice finds in small logs, and how it says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from evenground.dossier import Audience
from evenground.evidence import Verdict
from evenground.initiative import Decision, Option, OptionKind
from evenground.language import language
from evenground.questions.voice import QUESTION
from evenground.questions.voice.tests.findings.small_logs import (
    ASKED,
    CASES,
    asked,
    logged,
    town,
)
from evenground.questions.voice.wording.levels import LEVELS
from evenground.questions.voice.wording.taking_part import TAKING_PART
from evenground.questions.voice.wording.timing import TIMING
from evenground.questions.voice.wording.ways import WAYS
from evenground.tests.dossiers import section_of
from evenground.tests.listening import BEGINS, ENDS, UNSAID, Listening
from evenground.tests.scenarios_of_voice import BOUND, DECIDED, bound_before
from evenground.tests.towns import TODAY, saltmarsh

ENGLISH = language("en", currency="EUR")
OWN = (*TIMING, *LEVELS, *WAYS, *TAKING_PART)
each = pytest.mark.parametrize("name", [*CASES])


@cache
def answer_of(name):
    return CASES[name]().answered(QUESTION)


@cache
def said_of(name):
    """Return all findings in words, and what was said."""
    answer, teller = answer_of(name), Listening(QUESTION.wording)
    told = [teller.finding(one) for one in (answer.headline, *answer.findings)]
    return told, frozenset(teller.heard)


def the_one(name, start):
    """Return the first finding whose code begins like that."""
    answer = answer_of(name)
    return next(one for one in (answer.headline, *answer.findings) if one.code.startswith(start))


@each
def test_what_is_found_reads_as_sentences(name):
    for one in said_of(name)[0]:
        asks = (ask.what for ask in one.asks)
        for sentence in (one.sentence, *one.caveats, *asks):
            assert BEGINS.match(sentence), sentence
            assert ENDS.search(sentence), sentence
            assert not UNSAID.search(sentence), sentence
            assert "  " not in sentence, sentence


@each
def test_every_number_is_traced(name):
    for one in (answer_of(name).headline, *answer_of(name).findings):
        assert one.claims, one.code
        assert one.method is not None or not one.estimates, one.code


def test_every_wording_of_the_centre_is_said_by_some_case():
    heard = {one for name in CASES for one in said_of(name)[1]}
    codes = {code for code, _ in heard} | {f"table.{need.table}" for need in QUESTION.needs}
    wanted = {
        (code, number)
        for code in OWN
        for number in (("",) if isinstance(QUESTION.wording[code], str) else ("singular", "plural"))
    }
    unsaid = wanted - heard - {(code, "") for code in codes}
    assert " ".join(f"{code}/{number}" for code, number in sorted(unsaid)) == ""


def test_a_decision_that_lies_ahead_is_not_told_as_one_that_came():
    to_come, since = (said_of(name)[0] for name in ("decided tomorrow", "decided since"))
    assert any("is to come 1 day later" in one.sentence for one in to_come)
    assert any("came 21 days later, on 10 February 2026" in one.sentence for one in since)


def test_the_first_answer_shows_each_time_that_people_were_asked():
    (shown,) = said_of("well done")[0][0].tables
    steps = [one for one in answer_of("well done").findings if one.code.startswith("timing.")]
    assert len(shown.rows) == len(steps)
    (shown,) = said_of("bound before")[0][0].tables
    assert "Users of the app" in shown.rows[0][0]
    assert "50" in shown.rows[0][1]


def test_choices_that_one_event_tells_of_stand_in_one_row():
    (shown, *_) = the_one("bound before", "timing").tables
    assert shown.rows[0][0].parameters["names"][:2] == ("whether", "which maker")


def test_the_line_begins_where_something_is_on_the_table():
    spec = the_one("well done", "log").figures[0].spec
    days = {
        line: min(row["day"] for row in spec["data"]["values"] if row["line"] == line)
        for line in {row["line"] for row in spec["data"]["values"]}
    }
    assert days["wording:line.open"] >= "2025-10-01"


def test_the_letter_of_intent_before_the_vote():
    found = the_one("bound before", "timing")
    assert found.verdict.code == "asked_when_part_was_made"
    assert found.estimate("committed_share", "1").value == 0.5
    assert found.estimate("lead_days", "1").value == 141
    assert found.estimate("open_days", "1").value == 22
    level = the_one("bound before", "level")
    assert level.verdict.code == "log_contradicts_the_claim"
    assert any("asked_of_made" in one.code for one in found.caveats)


def test_a_log_that_bears_everything():
    assert the_one("well done", "level").verdict.code == "log_bears_the_claim"
    assert the_one("well done", "headline").verdict.code == "asked_while_open"
    assert the_one("well done", "inputs").estimate("n_unknown", "1").value == 0


def test_missing_evidence_is_unknown_never_zero():
    found = the_one("no decision", "timing")
    assert found.verdict == Verdict.CANNOT_TELL
    assert all(one.name != "committed_share" for one in found.estimates)
    assert the_one("no decision", "inputs").verdict == Verdict.CANNOT_TELL


def test_a_threshold_of_the_city_decides():
    strict = bound_before(town()).setting(most_committed=0.4).answered(QUESTION)
    loose = bound_before(town()).setting(most_committed=0.9).answered(QUESTION)

    def money(answer):
        level = next(one for one in answer.findings if one.code.startswith("level"))
        return next(
            row[2].code
            for row in level.tables[0].rows
            if row[1].parameters["rule"].code == "rule.money_free"
        )

    assert (money(strict), money(loose)) == ("holds.no", "holds.yes")


def test_ten_lines_of_a_spreadsheet_are_enough():
    lines = [{k: row[k] for k in row if k in {"date", "kind", "choice", "amount"}} for row in BOUND]
    answer = saltmarsh(across=3, up=3).having(events=lines).answered(QUESTION)
    assert answer.unmet == ()
    assert answer.headline.verdict.code == "asked_when_part_was_made"


def test_the_decision_need_not_be_in_the_folder():
    bare = saltmarsh(across=3, up=3).initiative_with(decision=Decision()).having(events=BOUND)
    assert bare.answered(QUESTION).headline.verdict.code == "asked_when_part_was_made"


def test_small_counts_are_in_no_public_dossier():
    """Three of 63 voters were young: neither the count nor what would give it away is told."""
    rows = [{"step": "vote", "attribute": "age", "group": group, "count": count}
            for group, count in (("total", 63), ("young", 3), ("old", 60))]  # fmt: skip
    made = replace(bound_before(town()).having(took_part=rows), published=False)
    public = section_of(made.appraised(QUESTION), "voice")
    cells = [
        cell for one in public.findings for table in one.tables
        if table.key.startswith("who") for row in table.rows for cell in row
    ]  # fmt: skip
    assert 3 not in cells
    assert 60 not in cells
    internal = section_of(made.appraised(QUESTION, audience=Audience.INTERNAL), "voice")
    assert any(3 in row for one in internal.findings for table in one.tables for row in table.rows)


def test_the_plan_is_of_today():
    assert DECIDED.date > TODAY
    assert the_one("days are few", "plan").code == "plan.too_late_to_ask"
    assert the_one("nothing is open", "plan").code == "plan.nothing_open"


def test_leaving_things_as_they_are_is_nobodys_idea():
    stays = Option(key="as_today", name="As today", kind=OptionKind.AS_TODAY)
    alone = logged(asked()).initiative_with(options=(stays,)).answered(QUESTION).findings
    assert not [one for one in alone if one.code.startswith("origins.")]
    by_vendor = replace(stays, proposed_by="vendor")
    (said,) = (
        one
        for one in logged(asked()).initiative_with(options=(by_vendor,)).answered(QUESTION).findings
        if one.code.startswith("origins.")
    )  # fmt: skip
    assert said.parameters["n"] == 1


def test_no_day_is_asked_for_twice():
    found = logged(asked(), open=(), bound=(), date=None).answered(QUESTION).findings
    (level,) = (one for one in found if one.code.startswith("level."))
    needs = [one.code for one in level.asks[0].what.parameters["needs"]]
    assert "rule.days_open.needs" in needs
    assert "rule.days_to_consider.needs" not in needs


def test_the_log_stands_there_with_its_sources():
    found = the_one("money without amount", "log.")
    (listed,) = found.tables
    assert [row[0] for row in listed.rows] == [date(2026, 1, 1), date(2026, 1, 2), ASKED]
    assert listed.rows[0][-1] == "Budget"
    assert listed.rows[1][-1].code == "not_stated"


def test_turnout_by_area_is_of_those_who_live_there():
    found = the_one("by area", "turnout.")
    people = {row["area_id"]: row["count"] for row in town().rows["population"]
              if row["group"] == "total"}  # fmt: skip
    took_part = {row["area_id"]: 2 + n % 3 for n, row in enumerate(town().rows["areas"])}
    shares = {one.about.split(",")[-1].strip(): one for one in found.estimates}
    for area, count in took_part.items():
        assert shares[area].value == pytest.approx(count / people[area])
        assert shares[area].low < shares[area].value < shares[area].high
    whole = sum(took_part.values()) / sum(people.values())
    assert found.parameters["whole"] == pytest.approx(whole)
    assert "caveat.of_residents" in {one.code for one in found.caveats}


def test_every_comment_is_accounted_for():
    found = the_one("comments in no class, twice", "located.")
    told = {one.code: one.parameters["n"] for one in found.caveats if "n" in one.parameters}
    counted = sum(row[0].parameters["comments"] for row in found.tables[0].rows)
    assert told["caveat.in_no_class"] == 2
    assert counted + 2 + told.get("caveat.outside", 0) == found.parameters["n"]
