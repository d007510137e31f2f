"""``evenground check-ballots`` and ``convert-ballots``: from a platform's export to a count."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import InvalidInputError, NotFoundError, UsageError, WriteError

VOTE = """META
key;value
description;Green budget
country;Poland
unit;Town
instance;2023
num_projects;2
num_votes;2
budget;1000
vote_type;approval
rule;{rule}
date_begin;2023
date_end;2023
PROJECTS
project_id;cost;votes;name;selected
1;600;{votes};Trees;{first}
2;500;1;Pitch;0
VOTES
voter_id;vote
a;1,2
b;1
"""
PROJECTS = """id;title/en;budget/id;budget_amount;confirmed_votes;selected_at
11;Pitch;3;600;2;2024-06-01
12;Trees;3;500;1;
"""
LINES = """decidim_order_id;decidim_project_id;checked_out_at
1;11;2024-05-02 10:00:00 UTC
1;12;2024-05-02 10:00:00 UTC
2;11;2024-05-20 09:00:00 UTC
3;12;
"""


@pytest.fixture
def vote(folder):
    def write(*, rule="greedy", votes=2, first=1):
        path = folder / "vote.pb"
        path.write_text(VOTE.format(rule=rule, votes=votes, first=first), encoding="utf-8")
        return path

    return write


@pytest.fixture
def exports(folder):
    (folder / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    (folder / "lines.csv").write_text(LINES, encoding="utf-8")
    return "decidim", "projects.csv", "lines.csv", "--budget", "1000", "--write", "new.pb"


def checked(path, *options):
    result = CliRunner().invoke(build(), ["check-ballots", str(path), *options])
    return result.exit_code, result.stdout


def test_file_in_order(vote):
    code, printed = checked(vote())
    assert code == 0
    assert "projects: 2, ballots: 2" in printed
    assert "Nothing to repair." in printed


def test_each_problem_with_its_line_and_the_way_out(vote):
    code, printed = checked(vote(votes=5))
    assert code == 5
    assert "line 16, PROJECTS, field votes: error: Votes of project 1 on line 16: 5" in printed
    assert "the way out: Look for missing ballots" in printed
    assert "To repair: 1." in printed


def test_problems_as_data(vote):
    code, printed = checked(vote(votes=5), "--json")
    found = json.loads(printed)
    assert code == found["exit_code"] == 5
    (problem,) = found["problems"]
    assert problem["code"] == "pb_votes_differ"
    assert (problem["sheet"], problem["row"], problem["column"]) == ("PROJECTS", 16, "votes")
    assert problem["value"] == "5"


@pytest.mark.parametrize(
    ("rule", "first", "severity"),
    [("equalshares/add1", 1, None), ("equalshares/add1", 0, "error"),
     ("equalshares/add1-comparison", 0, "warning")],
)  # fmt: skip
def test_announced_result_by_equal_shares(vote, rule, first, severity):
    _, printed = checked(vote(rule=rule, first=first), "--json")
    severities = [problem["severity"] for problem in json.loads(printed)["problems"]]
    assert severities == ([] if severity is None else [severity])


def test_missing_file_is_told(invoke):
    with pytest.raises(NotFoundError):
        invoke("check-ballots", "none.pb")


def test_a_section_that_is_missing_is_told_and_not_what_follows_from_it(vote, invoke, exports):
    path = vote()
    path.write_text(path.read_text(encoding="utf-8").split("VOTES")[0], encoding="utf-8")
    _, printed = checked(path, "--json")
    (problem,) = json.loads(printed)["problems"]
    assert (problem["code"], problem["sheet"]) == ("pb_section_missing", "VOTES")
    with pytest.raises(InvalidInputError) as error:
        invoke("count", path)
    assert [one.code for one in error.value.problems] == ["pb_section_missing"]
    _, printed = checked("lines.csv", "--json")
    *missing, outside = json.loads(printed)["problems"]
    assert [one["code"] for one in missing] == 3 * ["pb_section_missing"]
    assert (outside["code"], outside["row"], outside["n_rows"]) == ("pb_outside_sections", 1, 5)


def test_exports_that_cannot_be_read_say_why(invoke, exports):
    platform, projects, lines, _, _, *rest = exports
    with pytest.raises(UsageError, match="budget_no_number"):
        invoke("convert-ballots", platform, projects, lines, "--budget", "1,000", *rest)
    with pytest.raises(InvalidInputError) as error:
        invoke("convert-ballots", "consul", *exports[1:])
    assert {one.code for one in error.value.problems} == {"export_column"}


def test_exports_become_a_file_that_can_be_counted(invoke, told, exports, folder):
    terms = ("--country", "Spain", "--unit", "Town", "--instance", "2024", "--title", "Our money",
             "--rule", "greedy", "--currency", "EUR")  # fmt: skip
    printed = invoke("convert-ballots", *exports, *terms)
    assert "projects: 2, ballots: 2" in printed
    assert "Ballots begun and never handed in: 1" in printed
    assert "Next: evenground count new.pb" in printed
    assert checked("new.pb") == (0, "new.pb (projects: 2, ballots: 2)\n\nNothing to repair.\n")
    assert told("count", "new.pb")["funded"] == ["11"]


def test_what_exports_lack_as_data(told, exports):
    lacks = told("convert-ballots", *exports)["lacks"]
    assert {note["code"] for note in lacks} == {
        "export_unfinished", "export_lacks_rule", "export_lacks_voters"
    }  # fmt: skip


def test_nothing_is_written_over_a_file_or_without_a_count(invoke, exports, folder):
    (folder / "new.pb").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        invoke("convert-ballots", *exports)
    assert (folder / "new.pb").read_text(encoding="utf-8") == "mine"
    with pytest.raises(InvalidInputError):
        invoke("convert-ballots", *exports[:-1], "other.pb", "--part", "9")
    assert not (folder / "other.pb").exists()
    with pytest.raises(WriteError):
        invoke("convert-ballots", *exports[:-1], "no/such/folder.pb")
