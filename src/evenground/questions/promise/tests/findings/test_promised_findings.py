"""What was promised: whether it can be checked, what is left out, and what measuring is for."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.questions.promise.measures.promises.gaps import ALWAYS, COST, MEASURED
from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    harm,
    promise,
    responses,
    said,
    said_of,
    the_one,
    town,
)

EMPTY = dict.fromkeys(
    name for name in promise() if name not in {"promise_id", "words", "kind", "judged_by"}
)
"""A promise of which only the words are known."""


def complete():
    """A promise that leaves nothing out."""
    return town(
        promises=[promise()], evaluation=[evaluation()], harms=[harm()], responses=responses()
    )


def two_complete():
    """Two promises, judged by numbers and by accounts, and both with responses."""
    trust = promise(
        promise_id="trust", words="People feel heard", kind="social", judged_by="accounts"
    )
    return town(
        promises=[promise(), trust], evaluation=[evaluation()], harms=[harm(promise_id=None)],
        responses=[*responses(), *responses("trust", scale="Go on", stop="End it")],
    )  # fmt: skip


def partly():
    """One that can be checked, one that cannot, one by accounts; responses to one of them."""
    vague = promise(**{**EMPTY, "promise_id": "clean", "words": "A cleaner town"})
    trust = promise(
        promise_id="trust", words="People feel heard", kind="social", judged_by=None,
        compiled_by="the auditor", compiled_on=date(2026, 2, 1),
    )  # fmt: skip
    return town(
        promises=[promise(), vague, trust],
        responses=[*responses(), {"promise_id": "clean", "result": "half of it came"}],
        initiative_datasets=[
            {"dataset_id": "rounds", "title": "Rounds driven"},
            {"dataset_id": "levels", "informs": "when to empty"},
        ],
    )


def one_more():
    """Two by accounts, only one with responses, two datasets that inform nothing."""
    trust = promise(promise_id="trust", words="People feel heard", judged_by="accounts")
    calm = {**trust, "promise_id": "calm", "words": "Streets feel calmer"}
    return town(
        promises=[trust, calm],
        responses=responses("calm"),
        initiative_datasets=[{"dataset_id": "rounds"}, {"dataset_id": "levels"}],
    )


def nothing_but_words(*more):
    """Promises of which only the words are known."""
    vague = promise(**EMPTY)
    return town(promises=[vague, *({**vague, **one} for one in more)])


def one_by_accounts():
    """One promise, judged by what people say."""
    return town(promises=[promise(kind="social", judged_by="accounts")])


def cost_and_date():
    """A cost without an amount, and a date."""
    return town(
        promises=[
            promise(**{**EMPTY, "promise_id": "cost", "kind": "cost", "words": "It pays"}),
            promise(**{**EMPTY, "promise_id": "late", "kind": "time", "words": "Soon"}),
        ]
    )


def contradictory():
    """Promises that contradict themselves, each in a way of its own."""
    wrong = {
        "ways": {"target": 30.0, "change_share": 0.5},
        "direction": {"target": 50.0},
        "change": {"target": 40.0},
        "minimum": {"minimum_effect": 20.0},
        "floor": {"floor_worst_group": 20.0},
        "dates": {"baseline_date": date(2027, 1, 1)},
    }
    return town(promises=[promise(promise_id=key, **row) for key, row in wrong.items()])


def nobody_decides():
    """Whom to ask is not known, neither who offers nor who decides."""
    plain = nothing_but_words()
    return plain.initiative_with(offered_by="", decision=type(plain.initiative.decision)())


CASES = {
    "nothing": town,
    "complete": complete,
    "two, complete": two_complete,
    "partly": partly,
    "one more": one_more,
    "only words": nothing_but_words,
    "only words, twice": lambda: nothing_but_words({"promise_id": "more", "words": "More"}),
    "by accounts": one_by_accounts,
    "cost and date": cost_and_date,
    "contradictory": contradictory,
    "nobody decides": nobody_decides,
}


def sentence(name, start):
    return said_of(f"promised: {name}").sentence(start)


def verdict(name, start):
    return the_one(answer_of(CASES[name]()), start).verdict.code


def test_nothing_promised_cannot_be_told_and_is_asked_for():
    answer = answer_of(town())
    assert answer.headline.verdict.code == "cannot_tell"
    assert {need.table for need in answer.unmet} == {"promises"}
    assert {one.code.partition(".")[0] for one in answer.findings} <= {"costs"}
    (ask,) = said(answer).told("headline").asks
    assert (ask.to, ask.by) == ("Binsight, who offers it", date(2026, 4, 17))


def test_a_complete_promise_can_be_checked_and_lacks_nothing():
    answer = answer_of(complete())
    assert sentence("complete", "headline") == "What Sensor bins promises can be checked."
    found = the_one(answer, "promised")
    assert [table.key for table in found.tables] == ["promises"]
    assert found.caveats == found.asks == ()
    (row,) = said_of("promised: complete").rows("promised", "promises")
    assert row[:3] == ("bins", "Binsight", "“A quarter fewer full bins by spring”")
    assert row[3:] == ("full_bins", "40 full bins a week", "30 full bins a week", date(2026, 6, 1))
    assert verdict("complete", "gesture") == "would_change_something"
    assert verdict("complete", "unused") == "measured_for_decisions"
    assert answer.unmet == ()


def test_promises_that_nothing_could_break_are_named():
    assert verdict("partly", "headline") == "some_can_be_checked"
    assert sentence("partly", "promised") == (
        "Of 3 promises, 1 can be held against a number and 1 against what people will say; for the "
        "rest (1), nobody could ever say whether it was kept."
    )
    (ask,) = said_of("promised: partly").told("promised").asks
    assert "“A cleaner town”" in ask.what
    assert "quarter fewer" not in ask.what


def test_no_delivered_share_is_made_up_for_what_people_say():
    caveats = said_of("promised: partly").caveats("promised")
    assert caveats[-1].startswith("1 promise (“trust”) is judged by what people say.")
    assert "“trust” was put together afterwards, by the auditor" in caveats[0]
    row = said_of("promised: partly").rows("promised", "promises")[2]
    assert row[3] == "what people say"


@pytest.mark.parametrize("column", [gap.columns[0] for gap in (*ALWAYS, *MEASURED)])
def test_each_field_that_is_left_out_is_named(column):
    """Taking a field away from a complete promise adds its own line."""
    lacking = complete().having(promises=[promise(**{column: None})])
    (gap,) = (one for one in (*ALWAYS, *MEASURED) if one.columns[0] == column)
    assert said(answer_of(lacking)).rows("promised", "gaps") == [("bins", gap.what)]


def test_a_cost_and_a_date_lack_other_things():
    rows = said_of("promised: cost and date").rows("promised", "gaps")
    assert {gap.what for gap in (*ALWAYS, *COST)} == {what for key, what in rows if key == "cost"}
    assert {gap.what for gap in ALWAYS} == {what for key, what in rows if key == "late"}


def test_a_change_or_a_share_does_for_a_target():
    for change in ({"change": 10.0}, {"change_share": 0.25}):
        found = said(answer_of(complete().having(promises=[promise(target=None, **change)])))
        assert [table.key for table in found.told("promised").tables] == ["promises"]
        assert found.rows("promised", "promises")[0][5] == "30 full bins a week"
    lacking = said(answer_of(complete().having(promises=[promise(target=None)])))
    assert lacking.rows("promised", "gaps") == [("bins", "No value promised: no delivered share.")]


def test_promises_that_contradict_themselves_say_so():
    caveats = said_of("promised: contradictory").caveats("promised")
    for name in ("ways", "direction", "change", "minimum", "floor", "dates"):
        assert any(one.startswith(f"Promise “{name}”: ") for one in caveats), name


def test_where_no_result_would_change_anything_it_is_a_gesture():
    assert verdict("only words", "gesture") == "gesture"
    assert verdict("partly", "gesture") == "some_gestures"
    assert "(“clean” and “trust”)" in sentence("partly", "gesture")
    alike = complete().having(responses=responses(scale="Go on", stop="go on."))
    assert the_one(answer_of(alike), "gesture").verdict.code == "gesture"
    (ask,) = said_of("promised: partly").told("gesture").asks
    assert ask.to == "Technical Committee, which decides"


def test_what_is_measured_for_nothing_is_listed():
    assert sentence("partly", "unused") == (
        "Of everything that is measured (3 in all), 1 indicator or dataset informs no decision: "
        "“Rounds driven”."
    )
    assert the_one(answer_of(partly()), "unused").estimates[1].value == 1


def test_what_watches_a_harm_is_measured_for_something():
    found = the_one(answer_of(complete()), "unused")
    assert [one.value for one in found.estimates] == [2, 0]


def test_rows_without_what_the_model_requires_are_left_out():
    lacking = town(
        promises=[{}, promise(), {"promise_id": "x"}], harms=[{}], responses=[{}],
        initiative_datasets=[{}],
    )  # fmt: skip
    assert the_one(answer_of(lacking), "promised").estimates[0].value == 1
