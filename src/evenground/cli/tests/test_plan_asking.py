"""``evenground plan-asking``: what can be asked before a decision, or that it is too late."""

from __future__ import annotations

import pytest

from evenground.errors import UsageError

ASKED = ("plan-asking", "--decided-on", "2026-06-10", "--as-of", "2026-03-02", "--hours", "40")


def test_whether_can_be_asked_in_time(invoke):
    text = " ".join(invoke(*ASKED, "--open", "whether; where", "--committed", "0").split())
    assert "100 days" in text
    assert "whether and where" in text


def test_too_late_to_ask_whether_ask_this(told):
    found = told(*ASKED, "--open", "where", "--made", "whether; which maker")
    assert found["advice"] == "ask_this"
    assert found["do_not_ask"] == ["whether", "which maker"]
    assert found["honest_level"] == "involve"
    fitting = [way for way in found["ways"] if way["fits"] == "yes"]
    assert fitting[0]["start_by"] < fitting[0]["open_by"] < fitting[0]["close_by"] < "2026-06-10"
    assert all(way["source"] == "Evenground's default" for way in found["ways"])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("--decided-on", "soon", "--open", "where"), "asking_day"),
        (("--decided-on", "2026-03-01", "--open", "where"), "asking_past"),
        ((), "asking_choices"),
        (("--open", "where", "--committed", "2"), "asking_share"),
    ],
)
def test_what_cannot_be_planned_says_the_way_out(invoke, changed, code):
    with pytest.raises(UsageError) as refused:
        invoke(*ASKED, *changed)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.way_out
