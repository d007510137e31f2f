"""What Voice finds in small logs, and how it says it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
import shapely

from evenground.dossier import Audience
from evenground.evidence import Verdict
from evenground.initiative import Decision, Option, OptionKind
from evenground.language import language
from evenground.questions.voice import QUESTION
from evenground.questions.voice.wording.levels import LEVELS
from evenground.questions.voice.wording.taking_part import TAKING_PART
from evenground.questions.voice.wording.timing import TIMING
from evenground.questions.voice.wording.ways import WAYS
from evenground.tests.dossiers import section_of
from evenground.tests.listening import Listening
from evenground.tests.scenarios_of_voice import BOUND, DECIDED, beside_events, bound_before
from evenground.tests.towns import TODAY, saltmarsh

ENGLISH = language("en", currency="EUR")
ASKED = date(2026, 1, 20)
OPTION = Option(
    key="all", name="All bins", kind=OptionKind.FULL, cost={2026: 80_000.0}, proposed_by="vendor"
)
OWN = (*TIMING, *LEVELS, *WAYS, *TAKING_PART)


def town():
    """Return a town whose initiative costs 80,000 and is decided in June."""
    return saltmarsh(across=3, up=3).initiative_with(decision=DECIDED, options=(OPTION,))


def logged(*events, **decision):
    """Return the town with these events, each ``(day, kind, more)``."""
    rows = [{"date": day, "kind": kind, **more} for day, kind, more in events]
    made = town().having(events=rows)
    return made.initiative_with(decision=replace(DECIDED, **decision)) if decision else made


def asked(day=ASKED, **more):
    return (day, "residents asked", more)


def well_done(**more):
    """Return a log that bears everything."""
    return logged(
        (date(2025, 10, 1), "nothing committed", {}),
        (date(2025, 10, 1), "choice opened", {"choice": "whether; where", "by": "Committee"}),
        (date(2025, 10, 1), "option opened", {"option": "all", "by": "residents"}),
        asked(date(2025, 11, 1), step="walks", level="empower", could_propose=True,
              none_of_these=True, n_inputs=30, form="walk"),
        (date(2025, 12, 1), "participation closed", {"step": "walks"}),
        (date(2025, 12, 20), "response published", {"step": "walks", "n_answered": 30}),
        (date(2026, 1, 5), "change made", {"step": "walks", "n_changed": 4}),
        open=(), bound=(), body="Residents' assembly", **more,
    )  # fmt: skip


def by_age(**counts):
    """Return who took part, by age."""
    return [
        {"step": "vote", "attribute": "age", "group": group, "count": count}
        for group, count in counts.items()
    ]


def as_people():
    """Return comments that point to areas as often as people live there."""
    people = {
        row["area_id"]: row["count"] for row in town().rows["population"] if row["group"] == "total"
    }
    return [
        {"comment_id": f"{area['area_id']} {n}", "geometry": area["geometry"].centroid}
        for area in town().rows["areas"]
        for n in range(round(people[area["area_id"]] / 20))
    ]


def on_boundary(n):
    """Return comments, ``n`` of them on the line between two areas and ``n`` in none."""
    places = [shapely.Point(501_000, 5_500_300 + one) for one in range(n)]
    places += [shapely.Point(400_000, 5_500_000)] * n
    more = [{"comment_id": f"m{i}", "geometry": place} for i, place in enumerate(places)]
    return [*as_people(), *more]


def in_no_class(n):
    """Return a town where the last area has no figure, and ``n`` comments in it."""
    made = logged(asked())
    last = town().rows["areas"][-1]
    kept = [one for one in as_people() if not one["comment_id"].startswith(last["area_id"])]
    more = [
        {"comment_id": f"l{i}", "geometry": last["geometry"].centroid} for i in range(n)
    ]  # fmt: skip
    figures = [row for row in town().rows["indicators"] if row["area_id"] != last["area_id"]]
    return made.having(located_comments=[*kept, *more], indicators=figures)


COMMENTS = tuple(
    {"comment_id": f"c{n}", "geometry": shapely.Point(500_050 + 29 * (n % 90), 5_500_100 + 3 * n)}
    for n in range(300)
)
NORTH = tuple(
    {"comment_id": f"n{n}", "geometry": shapely.Point(500_050 + 9 * n, 5_502_600)}
    for n in range(300)
)
CASES = {
    "bound before": lambda: bound_before(town()).having(**beside_events()),
    "well done": well_done,
    "no log": town,
    "nobody asked": lambda: logged((ASKED, "need stated", {})),
    "nobody asked, twice": lambda: logged((ASKED, "need stated", {}), (ASKED, "context", {})),
    "too late": lambda: logged(
        (date(2026, 1, 1), "decision made", {"choice": "whether", "by": "Committee"}),
        asked(level="consult", n_inputs=3), open=(), bound=(), date=None,
    ),
    "too late by a day": lambda: logged(
        (date(2026, 1, 19), "decision made", {"choice": "whether"}), asked(), date=None,
    ),
    "on the very day": lambda: logged((ASKED, "decision made", {"choice": "where"}), asked()),
    "day before": lambda: logged(
        asked(level="consult"), (date(2026, 1, 21), "decision made", {"choice": "where"}),
        open=(), bound=(),
    ),
    "decided since": lambda: logged(
        asked(), (date(2026, 2, 10), "decision made", {"choice": "where"}), open=(), bound=(),
    ),
    "no choice has a name": lambda: logged(
        (date(2026, 1, 3), "nothing committed", {}), asked(choice=""), open=(), bound=(),
    ),
    "decided tomorrow": lambda: logged(asked(TODAY), date=TODAY + timedelta(days=1)),
    "no decision": lambda: logged(asked(), open=(), bound=(), date=None, body=""),
    "odd": lambda: logged(
        (date(2026, 1, 1), "lunch", {}), (date(2026, 1, 2), "supper", {}),
        (date(2026, 1, 3), "money committed", {"amount": -4.0}),
        (date(2026, 1, 3), "choice closed", {"choice": "colour", "option": "all"}),
        asked(n_inputs=3, n_answered=9), asked(date(2026, 1, 22)),
        (date(2026, 2, 1), "response published", {}), (date(2026, 2, 2), "change made", {}),
    ),
    "odd once": lambda: logged(
        (date(2026, 1, 1), "lunch", {}), (date(2026, 1, 2), "money committed", {}),
        (date(2026, 1, 2), "order placed", {}),
        asked(), asked(date(2026, 1, 22)), (date(2026, 2, 1), "response published", {}),
    ),
    "cost not known": lambda: logged(
        (date(2026, 1, 1), "money committed", {"amount": 5.0}), asked(), open=(), bound=("where",)
    ).initiative_with(options=()),
    "later on the table": lambda: logged(
        asked(could_propose=True, none_of_these=None), (date(2026, 2, 1), "choice opened",
        {"choice": "where"}), (date(2026, 1, 3), "money committed", {"amount": 8_000.0}),
        (date(2026, 1, 20), "money committed", {"amount": 8_000.0}),
    ),
    "money without amount": lambda: logged(
        (date(2026, 1, 1), "money committed", {"amount": 8_000.0, "source": "Budget"}),
        (date(2026, 1, 2), "money committed", {}), asked(),
    ),
    "of the very day": lambda: logged((ASKED, "money committed", {"amount": 8_000.0}), asked()),
    "answered by date": lambda: logged(
        asked(n_inputs=12), (date(2026, 2, 1), "response published", {"n_answered": 5})
    ),
    "answered, one": lambda: logged(
        asked(n_inputs=1), (date(2026, 2, 1), "response published", {}),
        (date(2026, 2, 3), "input published", {}),
    ),
    "answered, not counted": lambda: logged(asked(), (date(2026, 2, 1), "response published", {})),
    "changed, not counted": lambda: logged(asked(), (date(2026, 2, 1), "change made", {})),
    "changed, one": lambda: logged(asked(n_inputs=1), (date(2026, 2, 1), "change made", {})),
    "set aside": lambda: logged(asked(n_inputs=2, n_ignored=2)),
    "set aside, one": lambda: logged(asked(n_inputs=1, n_ignored=1)),
    "unknown, one": lambda: logged(asked(n_inputs=1)),
    "nothing is open": lambda: logged(
        (date(2026, 1, 1), "contract signed", {"choice": "whether", "amount": 80_000.0}), asked(),
        open=(), bound=(),
    ),
    "days are few": lambda: logged(asked(), date=date(2026, 3, 9)),
    "hours are few": lambda: logged(asked()).setting(asking_hours=1),
    "days and hours are few": lambda: logged(
        asked(), date=date(2026, 3, 9)
    ).setting(asking_hours=7),
    "not even telling": lambda: logged(
        asked(), date=date(2026, 3, 3), open=()
    ).setting(asking_hours=1),
    "options by others": lambda: logged(asked()).having(
        considered_options=[
            {"name": "a", "came_from": "a radio play"}, {"name": "b", "came_from": "the Ministry"},
            {"name": "c", "came_from": "crews", "screened_out_on": ASKED},
            {"name": "d", "came_from": "crews", "screened_out_on": ASKED, "why": "time"},
        ]
    ),
    "one option, of residents": lambda: logged(asked()).initiative_with(
        options=(replace(OPTION, proposed_by="residents"),)
    ),
    "own ways without names": lambda: logged(asked()).having(
        asking_ways=[{"way": "A walk", "hours": 9.0}]
    ),
    "like residents": lambda: logged(asked()).having(took_part=by_age(young=3, unknown=1)),
    "turnout": lambda: logged(asked()).having(
        took_part=[
            {"role": "participants", "group": "young", "count": 4, "eligible": 50},
            {"role": "participants", "group": "old", "count": 9, "eligible": 60},
        ]
    ),
    "by area": lambda: logged(asked()).having(
        took_part=[
            {"step": "walks", "role": "panel", "area_id": row["area_id"], "count": 2 + n % 3}
            for n, row in enumerate(town().rows["areas"])
        ]
    ),
    "of nobody known": lambda: logged(asked()).having(
        took_part=[{"step": "w", "role": "commenters", "group": "cyclists", "count": 7}]
    ),
    "small": lambda: logged(asked()).having(
        took_part=[
            *by_age(young=None, old=40, total=60), {"step": "vote", "group": "no_car", "count": 18,
            "attribute": "age"},
        ]
    ),
    "small, one": lambda: logged(asked()).having(took_part=by_age(young=None, old=40)),
    "whose idea": lambda: logged(asked()).initiative_with(
        options=(replace(OPTION, proposed_by=""),)
    ),
    "impossible, once": lambda: logged(asked(n_inputs=3, n_answered=9)),
    "no reason, twice": lambda: logged(asked()).having(
        considered_options=[{"name": name, "screened_out_on": ASKED} for name in "ab"]
    ),
    "claimed, not known": lambda: logged(
        asked(level="empower"), open=(), bound=(), body="", date=None
    ).initiative_with(options=(replace(OPTION, key="other"), OPTION)),
    "nothing named": lambda: logged((ASKED, "context", {}), open=(), bound=()),
    "one choice, some money": lambda: logged(
        (date(2026, 1, 3), "money committed", {"amount": 8_000.0}), asked(),
        open=("colour",), bound=(),
    ),
    "comments as people": lambda: logged(asked()).having(located_comments=as_people()),
    "comments": lambda: logged(asked()).having(located_comments=COMMENTS),
    "comments in the north": lambda: logged(asked()).having(located_comments=NORTH),
    "comments too few": lambda: logged(asked()).having(located_comments=COMMENTS[:2]),
    "comments on a boundary": lambda: logged(asked()).having(located_comments=on_boundary(1)),
    "comments on boundaries": lambda: logged(asked()).having(located_comments=on_boundary(2)),
    "comments in no class": lambda: in_no_class(1),
    "comments in no class, twice": lambda: in_no_class(2),
}  # fmt: skip
BEGINS = re.compile(r"[“‘(]?[A-Z0-9−]")
ENDS = re.compile(r"[.?!…](?:[”’)]|$)$|[.?!]$|”$")
UNSAID = re.compile(r"[{}]|\bNone\b|\bnan\b|\binf\b|wording:|an unknown (number|share)")
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
