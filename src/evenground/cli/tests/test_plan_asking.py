"""``evenground plan-asking``: what can be asked before a decision, or that it is too late."""

from __future__ import annotations

import pytest

from evenground.errors import InvalidInputError, UsageError

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


def listed(folder, text):
    (folder / "ways.csv").write_text(text, encoding="utf-8")
    return folder / "ways.csv"


def test_a_city_plans_with_its_own_ways(told, invoke, folder):
    ways = listed(
        folder,
        "way,whom,level,hours,days_before,days_open,days_after,source\n"
        "A walk through the yards,People in twelve streets,involve,18,7,14,14,Last year's walks\n"
        "A letter to every door,,consult,60,10,21,10,\n",
    )
    asked = (*ASKED, "--open", "where", "--committed", "0", "--ways", ways)
    found = told(*asked)
    walk, letter = sorted(found["ways"], key=lambda way: way["hours"])
    assert (walk["name"], walk["hours"], walk["fits"]) == ("A walk through the yards", 18, "yes")
    assert walk["source"] == "Last year's walks"
    assert walk["level"] == "involve"
    # 60 hours do not fit 40.
    assert (letter["fits"] != "yes", letter["hours_short"]) == (True, 20)
    assert "A walk through the yards" in " ".join(invoke(*asked).split())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("way,hours\n", "asking_ways"),
        ("name,days\na walk,3\n", "asking_ways"),
        ("way,hours,level\na walk,3,delight\na letter,5,consult\n", None),
        ("way,hours\na walk,-3\na letter,5\n", None),
    ],
)
def test_ways_that_cannot_be_say_what_is_wrong(invoke, folder, text, code):
    with pytest.raises(InvalidInputError) as refused:
        invoke(*ASKED, "--open", "where", "--ways", listed(folder, text))
    problems = refused.value.problems
    assert code is None or problems[-1].code == code
    assert all(problem.way_out for problem in problems)
    assert code is not None or problems[0].place.row == 2
