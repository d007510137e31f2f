"""Results that all get one response make measuring a gesture; so does measuring for nobody."""

from __future__ import annotations

import pytest

from evenground.errors import UsageError
from evenground.questions.promise.measures.promises.gesture import RESULTS, Why, gesture
from evenground.questions.promise.measures.promises.without_decision import (
    Measured,
    without_decision,
)
from evenground.questions.promise.schemas import RESULTS as IN_TABLE

BUY, END = "Buy the rest", "End the licence"


def test_the_table_and_the_measure_know_the_same_results():
    assert RESULTS == IN_TABLE


@pytest.mark.parametrize(
    ("responses", "why"),
    [
        ({}, Why.NONE_GIVEN),
        ({"scale": "  ", "stop": ""}, Why.NONE_GIVEN),
        ({"scale": BUY}, Why.ONE_ONLY),
        ({"scale": BUY, "stop": "buy  the rest."}, Why.ALL_ALIKE),
        ({"scale": BUY, "stop": END}, None),
        ({"half of it came": BUY, "none came": END}, None),
    ],
)
def test_a_gesture_is_known_by_its_responses(responses, why):
    found = gesture(responses)
    assert found.why is why
    assert found.is_gesture is (why is not None)


def test_results_without_a_response_are_named():
    found = gesture({"stop": END, "scale": BUY, "half of it came": BUY})
    assert found.unanswered == ("adjust", "cannot_tell")
    assert found.n_responses == 2


def test_what_informs_no_decision_is_listed_once():
    found = without_decision(
        [
            Measured(kind="indicator", name="full bins", informs="bins to buy in 2029"),
            Measured(kind="indicator", name="app users"),
            Measured(kind="dataset", name="fill levels", informs=" "),
            Measured(kind="indicator", name="app users", informs=""),
            Measured(kind="dataset", name="full bins"),
        ]
    )
    assert [(one.kind, one.name) for one in found.listed] == [
        ("indicator", "app users"),
        ("dataset", "fill levels"),
        ("dataset", "full bins"),
    ]
    assert (found.n, found.share) == (4, 0.75)
    assert found.decisions == ("bins to buy in 2029",)


def test_one_entry_with_a_decision_is_enough():
    rows = [Measured(kind="indicator", name="x"), Measured(kind="indicator", name="x", informs="y")]
    for order in (rows, rows[::-1]):
        assert without_decision(order).listed == ()


def test_nothing_measured_has_no_share():
    assert without_decision([]).share is None


def test_a_measure_without_a_name_is_refused():
    with pytest.raises(UsageError):
        without_decision([Measured(kind="indicator", name=" ")])
