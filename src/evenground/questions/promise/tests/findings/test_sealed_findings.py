"""Whether promises are sealed: since when, what changed since, and who vouches for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    harm,
    of_code,
    promise,
    responses,
    said,
    said_of,
    the_one,
    town,
)
from evenground.record.chain import Break
from evenground.record.differences import FILE, ORDER, READING, Change, Difference
from evenground.record.status import Amendment, DatedBy
from evenground.record.witness import Witnessed

BEFORE, AFTER = date(2025, 5, 6), date(2025, 9, 1)
CELL = Difference(
    table="promises", row="bins", change=Change.CHANGED, column="target", before="30", after="36"
)
ROWS = (
    CELL,
    Difference(table="responses", row="bins, stop", change=Change.REMOVED, before="response: End"),
    Difference(table="harms", row="noise", change=Change.ADDED, after="limit: 2"),
    Difference(
        table="rollout", row="", change=Change.CHANGED, column=READING, before="a", after="b"
    ),
    Difference(
        table="evaluation", row="lots", change=Change.CHANGED, column=FILE, before="ab", after="cd"
    ),
    Difference(
        table="responses",
        row="bins, scale",
        change=Change.CHANGED,
        column=ORDER,
        before="x",
        after="y",
    ),
)
CLOSED = Difference(table="promises", row="", change=Change.CHANGED)
OUTCOME = {"indicator": "full_bins", "unit_id": "A0000", "period": "2025-06", "value": 4.0}


def promised():
    """A promise with all that belongs to it."""
    return town(
        promises=[promise()], evaluation=[evaluation()], harms=[harm()], responses=responses()
    )


def amended(*later: Amendment, **changes):
    """A seal with amendments; the last of them is in force."""
    last = later[-1]
    return promised().sealed(
        amendments=later, sequence=last.sequence, sealed_on=last.stated_on,
        n_entries=last.sequence, **changes,
    )  # fmt: skip


def once(**changes):
    """An amendment that says why, and what it changed."""
    words, changed = "A third lost", (CELL,)
    amendment = Amendment(sequence=2, stated_on=date(2025, 6, 2), words=words, changed=changed)
    return replace(amendment, **changes)


def witnessed():
    """A seal whose code the auditor noted."""
    seen = Witnessed(sequence=1, on=date(2025, 5, 13))
    return promised().sealed(witness=seen, dated_by=DatedBy.WITNESS)


def late(**changes):
    """A seal from after the start, when some of the outcome was there."""
    known = {"sealed_on": AFTER, "first_sealed_on": AFTER, "first_outcomes_until": "2025-08"}
    return promised().sealed(**{**known, **changes})


def all_over():
    """Many rows that came, went and changed."""
    return tuple(
        replace(CELL, table="rollout", row=f"A{n}", change=change)
        for change in Change
        for n in range(21)
    )


def broken(n: int):
    """A record that does not hold."""
    breaks = tuple(Break(code="altered", line=line) for line in range(1, n + 1))
    return promised().sealed(unbroken=False, breaks=breaks)


CASES = {
    "not sealed": promised,
    "not sealed, with outcomes": lambda: promised().having(outcomes=[OUTCOME]),
    "nobody decides": lambda: promised().initiative_with(
        decision=replace(promised().initiative.decision, body="")
    ),
    "not sealed and asked for": lambda: promised().having(outcomes=[OUTCOME]).unsealed(),
    "sealed": lambda: promised().sealed(),
    "text not at hand": lambda: promised().sealed(differs=None),
    "witnessed": witnessed,
    "amended": lambda: amended(once()),
    "amended twice": lambda: amended(
        once(), once(sequence=3, stated_on=AFTER, words="", changed=(CLOSED,))
    ),
    "no plan": lambda: promised().without("evaluation").sealed(),
    "late": late,
    "one cell differs": lambda: promised().sealed(differs=(CELL,)),
    "much differs": lambda: promised().sealed(differs=ROWS),
    "all over": lambda: promised().sealed(differs=all_over()),
    "key lost": lambda: promised().sealed(keys_lost=(1,), differs=None),
    "afterwards": lambda: promised().sealed(afterwards=True, afterwards_by="the auditor"),
    "afterwards, unnamed": lambda: promised().sealed(afterwards=True),
    "broken": lambda: broken(1),
    "broken twice": lambda: broken(2),
}


def seal_of(name: str):
    return the_one(answer_of(CASES[name]()), "seal")


def caveats(name: str) -> list[str]:
    return [one.code.removeprefix("caveat.seal.") for one in seal_of(name).caveats]


@pytest.mark.parametrize(
    ("name", "verdict", "asked"),
    [
        ("not sealed", "not_sealed", "ask.sealing"),
        ("sealed", "sealed", "ask.seal_code"),
        ("text not at hand", "sealed", "ask.seal_code"),
        ("witnessed", "sealed", None),
        ("amended", "sealed_and_amended", "ask.seal_code"),
        ("one cell differs", "not_what_was_sealed", "ask.seal_amend"),
        ("key lost", "seal_without_key", "ask.seal_copy"),
        ("afterwards", "sealed_afterwards", "ask.seal_code"),
        ("broken", "record_broken", "ask.seal_backup"),
    ],
)
def test_the_state_of_a_seal_is_told_and_asked_about(name, verdict, asked):
    finding = seal_of(name)
    assert finding.verdict.code == verdict
    assert [one.what.code for one in finding.asks] == ([asked] if asked else [])


def test_nothing_is_said_where_nothing_is_promised():
    assert of_code(answer_of(town()), "seal") == []


def test_what_weighs_more_is_said_first():
    """A broken record says nothing of the key; a lost key nothing of what differs."""
    asked = promised().sealed(
        unbroken=False, breaks=(Break(code="altered", line=1),), keys_lost=(1,), differs=(CELL,),
        afterwards=True, amendments=(once(),),
    )  # fmt: skip
    order = []
    for change in ({"unbroken": True, "breaks": ()}, {"keys_lost": ()}, {"differs": ()},
                   {"afterwards": False}, {"amendments": ()}):  # fmt: skip
        order.append(the_one(answer_of(asked), "seal").verdict.code)
        asked = replace(asked, seal=replace(asked.seal, **change))
    order.append(the_one(answer_of(asked), "seal").verdict.code)
    assert order == [
        "record_broken", "seal_without_key", "not_what_was_sealed", "sealed_afterwards",
        "sealed_and_amended", "sealed",
    ]  # fmt: skip


def test_who_vouches_for_the_day():
    assert "city_only" in caveats("sealed")
    assert "witness" in caveats("witnessed")
    assert "city_only" not in caveats("witnessed")
    assert "nobody_looked" in caveats("witnessed")


def test_outcome_data_and_the_seal():
    assert caveats("not sealed") == []
    assert caveats("not sealed, with outcomes") == ["not_held"]
    assert caveats("not sealed and asked for") == ["held_unsealed"]
    having = promised().having(outcomes=[OUTCOME])
    for asked in (having.sealed(), having.unsealed().sealed(differs=(CELL,))):
        codes = [one.code for one in the_one(answer_of(asked), "seal").caveats]
        assert ("caveat.seal.held_unsealed" in codes) is bool(asked.seal.differs)


@pytest.mark.parametrize(
    ("until", "seen"),
    [("2025-08", True), ("2025-07", True), ("2025-06", False), ("2025", True), ("2024", False),
     ("2025-07-01", True), ("2025-06-30", False), ("2025-Q3", False), ("", False)],
)  # fmt: skip
def test_outcome_data_from_after_the_start_are_told(until, seen):
    """The first unit starts on 1 July 2025; quarters are not compared, and nothing is said."""
    finding = the_one(answer_of(late(first_outcomes_until=until)), "seal")
    assert ("caveat.seal.data_after_start" in [one.code for one in finding.caveats]) is seen


def test_a_seal_without_a_plan_leaves_the_method_open():
    assert "no_plan" in caveats("no plan")
    assert "no_plan" not in caveats("sealed")
    assert "no_plan" not in caveats("not sealed")


def test_a_seal_from_after_the_start_is_told():
    assert "after_start" in caveats("late")
    assert "after_start" not in caveats("sealed")
    nobody_says_when = late().having(evaluation=[evaluation(starts=None)])
    assert not [
        one for one in the_one(answer_of(nobody_says_when), "seal").caveats
        if one.code.endswith("after_start")
    ]  # fmt: skip


def test_entries_and_changes_in_words():
    told = said_of("sealed: amended twice")
    assert told.rows("seal", "seals") == [
        (1, BEFORE, "sealed for the first time", "none, or none with dates"),
        (2, date(2025, 6, 2), "A third lost", "none, or none with dates"),
        (3, AFTER, "shows when it is opened", "none, or none with dates"),
    ]
    closed = ("shows when it is opened",) * 4
    assert told.rows("seal", "changed") == [
        (2, "promises", "bins", "target", "30", "36"),
        (3, "promises", *closed),
    ]
    assert told.sentence("seal").endswith("amended 2 times since, last on 1 September 2025.")


def test_what_differs_now_in_words():
    assert said_of("sealed: much differs").rows("seal", "changed") == [
        ("since, without an entry", *cells)
        for cells in (
            ("promises", "bins", "target", "30", "36"),
            ("what the city would do", "bins, stop", "the whole row", "response: End", "nothing"),
            ("harms", "noise", "the whole row", "nothing", "limit: 2"),
            ("plan of the roll-out", "all rows", "how the file is to be read", "a", "b"),
            ("how they will be judged", "lots", "the whole file", "ab", "cd"),
            (
                "what the city would do",
                "bins, scale",
                "which of the rows with this code comes first",
                "x",
                "y",
            ),
        )
    ]


def test_what_changed_all_over_is_told_as_a_number():
    """Up to twenty changes of a kind in a table are told one by one."""
    assert [row[1:3] for row in said_of("sealed: all over").rows("seal", "changed")] == [
        ("plan of the roll-out", what)
        for what in ("21 rows added", "21 rows taken out", "21 cells changed")
    ]
    fewer = promised().sealed(differs=all_over()[1:])
    (table,) = (one for one in the_one(answer_of(fewer), "seal").tables if one.key == "changed")
    assert len(table.rows) == 20 + 2


def test_numbers_are_counts():
    finding = seal_of("much differs")
    assert finding.estimate("n_differing").value == len(ROWS)
    assert finding.estimate("n_amendments").value == 0
    assert seal_of("amended twice").estimate("n_amendments").value == 2
    assert not seal_of("not sealed").estimates
    assert [one.name for one in seal_of("key lost").estimates] == ["n_amendments"]


def test_the_code_is_asked_for_by_itself():
    asked = promised().sealed()
    (ask,) = said(answer_of(asked)).told("seal").asks
    assert asked.seal.code in ask.what
    assert ask.to.startswith("Technical Committee")
