"""What people said stands beside what it is about, in their own words."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.evidence import Finding, Verdict
from evenground.protocol import Answer
from evenground.tests.towns import table
from evenground.workspace.voices import with_voices

ANSWER = Answer(
    headline=Finding(code="headline.less", verdict=Verdict("less")),
    findings=(
        Finding(code="by_group", verdict=Verdict("less")),
        Finding(code="by_area", verdict=Verdict("even")),
    ),
)


def heard(accounts=(), objections=()):
    """Return the answer with these rows."""
    tables = {
        "initiative_accounts": table("initiative_accounts", accounts),
        "objections": table("objections", objections),
    }
    return with_voices(ANSWER, "reach", tables)


def account(about, text="I cannot reach it."):
    """Return an account."""
    return {
        "text": text, "role": "resident", "consent": "public", "about": about,
        "source": "interview", "date": date(2026, 1, 2), "place": "Quay",
    }  # fmt: skip


@pytest.mark.parametrize("about", ["reach", "Reach", "REACH", "reach.headline.less"])
def test_what_is_about_the_question_stands_at_its_headline(about):
    answer = heard([account(about)])
    (said,) = answer.headline.accounts
    assert (said.words, said.role, said.consent) == ("I cannot reach it.", "resident", "public")
    assert (said.how_gathered, said.when, said.place) == ("interview", date(2026, 1, 2), "Quay")
    assert all(not finding.accounts for finding in answer.findings)


def test_what_is_about_a_finding_stands_there():
    answer = heard([account("reach.by_area")])
    assert answer.headline.accounts == ()
    assert [len(finding.accounts) for finding in answer.findings] == [0, 1]


@pytest.mark.parametrize("about", ["story", "reach.by_nobody", None, ""])
def test_what_is_about_something_else_stands_elsewhere(about):
    answer = heard([account(about)])
    assert answer.headline.accounts == ()
    assert all(not finding.accounts for finding in answer.findings)


def test_several_voices_keep_their_order():
    answer = heard([account("reach", "one"), account("reach", "two")])
    assert [said.words for said in answer.headline.accounts] == ["one", "two"]


def test_objections_stand_beside_what_they_object_to():
    answer = heard(
        objections=[
            {"words": "Count visitors.", "by": "Traders", "against": "reach", "answer": "We will."},
            {"words": "No.", "against": "reach.by_group", "date": date(2026, 2, 3)},
        ]
    )
    (first,) = answer.headline.objections
    assert (first.words, first.by, first.answer) == ("Count visitors.", "Traders", "We will.")
    (second,) = answer.findings[0].objections
    assert (second.words, second.by, second.when) == ("No.", "", date(2026, 2, 3))


def test_without_voices_the_answer_is_the_same():
    assert heard() == ANSWER
    assert with_voices(ANSWER, "reach", {}) == ANSWER


def test_what_an_answer_brings_itself_stays():
    own = heard([account("reach", "first")])
    again = with_voices(
        own, "reach",
        {"initiative_accounts": table("initiative_accounts", [account("reach", "second")])},
    )  # fmt: skip
    assert [said.words for said in again.headline.accounts] == ["first", "second"]
