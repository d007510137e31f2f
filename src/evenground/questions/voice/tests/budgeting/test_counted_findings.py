"""A vote on a budget in the dossier: counted again, who was owed what, how steady it is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evenground.evidence import Finding, Verdict
from evenground.language import language
from evenground.questions.voice import QUESTION
from evenground.questions.voice.budget_votes import BudgetVote, Unreadable, budget_votes
from evenground.questions.voice.context import context_of
from evenground.questions.voice.findings.counted import TABLES, count_of_votes
from evenground.questions.voice.measures.budgeting.named_rules import counted
from evenground.questions.voice.schemas_budgeting import BUDGETING_TABLES
from evenground.questions.voice.wording.counting import COUNTING
from evenground.tests.towns import saltmarsh, table
from evenground.workspace.telling import Teller

UNSAID = re.compile(r"[{}]|\bNone\b|\bnan\b|wording:")
RANKING = re.compile(
    r"\b(best|worst|ranks?|scores?|top|bottom|winners?|losers?|fails?)\b", re.IGNORECASE
)
TELLER = Teller({**QUESTION.wording, **COUNTING}, language("en", currency="EUR"))

Rows = dict[str, list[dict[str, Any]]]


def vote_rows(announced: str | None = "AB", **changes: Any) -> Rows:
    """Return ten voters: six want A and B at 50, four want C at 40; the budget is 100."""
    projects = [
        {
            "vote": "v",
            "project_id": name,
            "name": f"Project {name}",
            "cost": cost,
            "district": district,
            "announced": None if announced is None else name in announced,
            "takes_part": None,
        }
        for name, cost, district in (("A", 50, "north"), ("B", 50, "north"), ("C", 40, "south"))
    ]
    ballots = [
        {
            "vote": "v",
            "voter_id": str(number),
            "choices": "A, B" if number < 30 else "C",
            "age": 20 + number,
            "sex": "w" if number % 2 else "m",
            "district": "north" if number < 28 else "south",
            "voting_method": "paper" if number % 5 == 0 else "internet",
        }
        for number in range(50)
    ]
    vote = {"vote": "v", "name": "Budget 2026", "budget": 100, "rule": "greedy", **changes}
    return {"budget_votes": [vote], "ballot_projects": projects, "ballots": ballots}


def findings_of(rows: Rows) -> list[Finding]:
    tables, case = saltmarsh(across=3, up=3).asked(QUESTION)
    voted = {name: table(name, of) for name, of in rows.items()}
    return count_of_votes(context_of({**tables, **voted}, case))


def test_tables_are_those_of_the_data_model() -> None:
    assert tuple(one.name for one in BUDGETING_TABLES) == TABLES
    rows = vote_rows()
    for schema in BUDGETING_TABLES:
        known = {one.name for one in schema.columns}
        assert set(rows[schema.name][0]) <= known


def test_an_announced_result_is_reproduced_and_a_group_is_owed() -> None:
    recount, fair, shares, steady = findings_of(vote_rows())
    assert (recount.code, recount.verdict.code) == ("count.reproduced", "reproduced")
    assert (fair.code, fair.parameters["n"]) == ("fair_count.owed", 1)
    assert (shares.code, steady.verdict) == ("shares_count.described", Verdict.DESCRIBED)
    excluded = next(one for one in fair.estimates if one.name == "excluded_voters")
    assert excluded.value == 20


def test_by_another_rule_it_follows_and_else_it_deviates() -> None:
    (recount, *_) = findings_of(vote_rows("AC"))
    assert recount.code == "count.reproduced.other"
    (recount, *_) = findings_of(vote_rows("BC"))
    assert (recount.code, recount.verdict.code) == ("count.deviates", "deviates")
    (recount, *_) = findings_of(vote_rows(None))
    assert (recount.code, recount.verdict) == ("count.counted", Verdict.DESCRIBED)


def test_equal_shares_owes_nobody() -> None:
    _, fair, *_ = findings_of(vote_rows(rule="mes", completion="add1u"))
    assert fair.code == "fair_count.none_owed"
    _, fair, *_ = findings_of(vote_rows(rule="phragmen"))
    assert fair.verdict == Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("name", "at", "changes", "said"),
    [
        ("ballots", 0, {"choices": "A, Z"}, "project Z"),
        ("ballots", 0, {"choices": "A, A"}, "A"),
        ("ballot_projects", 0, {"cost": 0}, "above 0"),
        ("ballot_projects", 0, {"cost": 1.234}, "hundredths"),
    ],
)
def test_what_cannot_be_counted_is_said_and_asked_for(
    name: str, at: int, changes: dict[str, Any], said: str
) -> None:
    rows = vote_rows()
    rows[name][at].update(changes)
    (found,) = findings_of(rows)
    assert found.code == "count.unreadable"
    assert said in str(found.parameters["problem"])
    assert found.asks


@pytest.mark.parametrize(
    ("vote_type", "changes", "funded", "scale"),
    [
        ("cumulative", {"points": "1, 4"}, "BC", 1),
        ("scoring", {"points": "0.5,2.5"}, "BC", 2),
        ("ordinal", {}, "AC", 1),
    ],
)
def test_ballots_with_points_or_an_order_are_counted_and_told(
    vote_type: str, changes: dict[str, Any], funded: str, scale: int
) -> None:
    rows = vote_rows(funded, vote_type=vote_type)
    for one in rows["ballots"]:
        one.update({key: "3" if one["choices"] == "C" else value for key, value in changes.items()})
        one["choices"] = "C" if one["choices"] == "C" else "A, B"
    votes, projects, ballots = (rows[name] for name in TABLES)
    (vote,) = budget_votes(votes, projects, table("ballots", ballots))
    assert isinstance(vote, BudgetVote)
    assert vote.election.points_scale == scale
    won = counted(vote.election, vote.counting).funded
    assert [vote.election.projects[place] for place in won] == [*funded]
    recount, fair, *_ = findings_of(rows)
    assert recount.verdict.code == "reproduced"
    assert recount.caveats[0].code.startswith("count.ballots.")
    assert fair.verdict == Verdict.CANNOT_TELL
    assert TELLER.finding(fair).sentence.endswith("ballots hold points or an order, not approvals.")


@pytest.mark.parametrize(
    ("vote_type", "changes", "said"),
    [
        ("choose-1", {}, "ballot 0 names 2 projects, where one is to be chosen"),
        ("cumulative", {"points": "3"}, "ballot 0 names 2 projects and gives points to 1"),
        ("cumulative", {"points": "3, x"}, "points are x; they are to be numbers"),
        ("scoring", {"points": "3, -1"}, "points are -1"),
        ("scoring", {"points": "3, 1e30"}, "points are 1e30"),
    ],
)
def test_points_that_do_not_go_with_a_ballot_are_told(
    vote_type: str, changes: dict[str, Any], said: str
) -> None:
    rows = vote_rows(vote_type=vote_type)
    for one in rows["ballots"][1:]:
        one.update({"choices": "C", "points": "1"})
    rows["ballots"][0].update(changes)
    (found,) = findings_of(rows)
    assert found.code == "count.unreadable"
    assert said in str(found.parameters["problem"])


def test_what_was_spent_on_voters_stands_beside_their_share() -> None:
    shares = next(one for one in findings_of(vote_rows()) if one.code.startswith("shares_count"))
    by_district = next(one for one in shares.tables if one.key == "shares_by_district")
    assert by_district.columns[1:] == ("n_voters", "share_of_voters", "share_of_money", "n_without")
    rows = {row[0]: row[1:] for row in by_district.rows}
    assert (rows["north"][0], rows["south"][0]) == (28, 22)
    money = [rows[name][2].parameters["share"] for name in ("north", "south")]
    assert money == pytest.approx([28 / 30, 2 / 30])
    # Two from the south got something: with totals public, neither count may be shown.
    assert {row[3].code for row in rows.values()} == {"fair.profile.hidden"}


def test_small_groups_stand_together() -> None:
    rows = vote_rows()
    for number in (0, 1, 30):
        rows["ballots"][number]["sex"] = "xyz"[number % 3]
    shares = next(one for one in findings_of(rows) if one.code.startswith("shares_count"))
    told = next(one for one in TELLER.finding(shares).tables if one.key == "shares_by_sex")
    assert [row[0] for row in told.rows] == ["w", "groups too small to be told apart"]
    assert sum(row[1] for row in told.rows) == 50


def test_without_a_vote_nothing_is_said() -> None:
    assert findings_of({}) == []


def test_projects_stand_as_they_were_listed_and_a_ballot_may_name_none() -> None:
    rows = vote_rows()
    for project, place in zip(rows["ballot_projects"], (3, 1, None), strict=True):
        project["place"] = place
    rows["ballots"][0]["choices"] = None
    rows["ballots"][1]["choices"] = " B ,, A,"
    votes, projects, ballots = (rows[name] for name in TABLES)
    (vote,) = budget_votes(votes, projects, table("ballots", ballots))
    assert isinstance(vote, BudgetVote)
    assert vote.election.projects == ("B", "A", "C")
    assert vote.election.votes.tolist() == [29, 29, 20]
    assert (vote.election.n_voters, vote.election.n_ballots) == (50, 3)
    (without,) = budget_votes(votes, projects, None)
    assert isinstance(without, Unreadable)


def test_cents_are_counted_exactly() -> None:
    rows = vote_rows(budget=100.5)
    rows["ballot_projects"][0]["cost"] = 0.1
    votes, projects, ballots = (rows[name] for name in TABLES)
    (vote,) = budget_votes(votes, projects, table("ballots", ballots))
    assert isinstance(vote, BudgetVote)
    assert (vote.election.scale, vote.election.budget) == (100, 10050)
    assert vote.election.costs.tolist() == [10, 5000, 4000]


@pytest.mark.parametrize("announced", ["AB", "AC", "BC", None])
@pytest.mark.parametrize("rule", ["greedy", "mes", "phragmen", "greedy-per-cost"])
def test_all_of_it_can_be_said(rule: str, announced: str | None) -> None:
    for one in findings_of(vote_rows(announced, rule=rule)):
        told = TELLER.finding(one)
        texts = [told.sentence, *told.caveats, *told.labels.values()]
        for each in told.tables:
            texts += [each.title, *each.columns]
            texts += [str(cell) for row in each.rows for cell in row if cell != ""]
        for text in texts:
            assert text.strip()
            assert not UNSAID.search(text), text
            assert not RANKING.search(text), text
        assert re.match(r"[A-Z0-9]", told.sentence)
        assert told.sentence.endswith(".")


def test_small_groups_are_not_told() -> None:
    rows = vote_rows()
    for number in range(30, 33):
        rows["ballots"][number]["sex"] = "x"
    _, fair, *_ = findings_of(rows)
    told = TELLER.finding(fair)
    by_sex = next(one for one in told.caveats if "by sex" in one)
    assert "x: not told" in by_sex


def test_the_same_seed_says_the_same() -> None:
    first, again = (findings_of(vote_rows()) for _ in range(2))
    assert [one.caveats for one in first] == [one.caveats for one in again]
