"""``evenground count``: caps under equal shares, exports, warnings, proofs, and what is steady."""

from __future__ import annotations

import json

import pytest

from evenground.workspace.polls import counting

META = """META
key;value
description;A vote
country;Poland
unit;Norrby
instance;2026
num_projects;3
num_votes;{n_votes}
budget;12
vote_type;approval
rule;greedy
date_begin;2026
date_end;2026
currency;PLN
{more}PROJECTS
project_id;cost;name;category;votes;selected
p1;6;Trees;green;{votes};1
p2;5;Benches;green;20;1
p3;4;Lights;light;20;0
VOTES
voter_id;vote;voting_method
"""
PROJECTS = """id;title;budget/id;budget_amount
11;Pitch;3;600
12;Trees;3;500
"""
LINES = """decidim_order_id;decidim_project_id;checked_out_at
1;11;2024-05-02 10:00:00 UTC
1;12;2024-05-02 10:00:00 UTC
2;11;2024-05-20 09:00:00 UTC
"""


@pytest.fixture
def vote(folder):
    def written(*, votes=40, n_votes=40, more=""):
        rows = [f"v{at};p1,p2;paper" for at in range(20)]
        rows += [f"v{at};p1,p3;internet" for at in range(20, 40)]
        path = folder / "vote.pb"
        head = META.format(votes=votes, n_votes=n_votes, more=more)
        path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def told(invoke):
    return lambda *words: json.loads(invoke(*words, "--json"))


def test_equal_shares_keep_the_caps_of_the_file(told, vote):
    file = vote(more="categories;green,light\nbudget_per_category;6,6\n")
    options = ("count", file, "--rule", "mes", "--completion", "utilitarian")
    assert set(told(*options)["funded"]) == {"p1", "p2"}
    assert set(told(*options, "--exclusive", "p1,p2")["funded"]) == {"p1", "p3"}
    capped = told(*options, "--caps")
    assert set(capped["funded"]) == {"p1", "p3"}
    assert capped["record"]["caps"] == ["green: 6", "light: 6"]


def test_an_export_is_counted_where_terms_are_given(told, folder):
    (folder / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    (folder / "lines.csv").write_text(LINES, encoding="utf-8")
    found = told(
        "count", "lines.csv", "--platform", "decidim", "--projects", "projects.csv",
        "--budget", "1000", "--currency", "EUR", "--rule", "greedy",
    )  # fmt: skip
    assert found["funded"] == ["11"]
    assert found["currency"] == "EUR"
    assert "export_lacks_voters" in {note["code"] for note in found["lacks"]}
    assert all(note["what"] for note in found["lacks"])


@pytest.mark.parametrize(
    ("options", "code"),
    [((), "ballots_export"), (("--platform", "decidim"), "export_terms"),
     (("--budget", "10"), "export_terms")],
)  # fmt: skip
def test_an_export_without_terms_is_refused_with_a_way_out(raised, folder, options, code):
    (folder / "lines.csv").write_text(LINES, encoding="utf-8")
    (problem,) = raised("count", "lines.csv", *options).problems
    assert problem.code == code
    assert "--projects" in problem.way_out + problem.what


@pytest.fixture
def raised(invoke):
    from evenground.errors import UsageError

    def refused(*words):
        with pytest.raises(UsageError) as error:
            invoke(*words)
        return error.value

    return refused


def test_what_is_doubtful_about_a_file_is_told(invoke, told, vote):
    file = vote(votes=39)
    warnings = told("count", file)["warnings"]
    warning = next(one for one in warnings if one["code"] == "pb_votes_differ")
    assert warning["row"]
    printed = " ".join(invoke("count", file).split())
    assert f"Look at line {warning['row']} of the file" in printed
    assert "pb_votes_differ" not in {one["code"] for one in told("count", vote())["warnings"]}


def test_entitlement_is_confirmed_by_a_second_program(invoke, told, vote, monkeypatch):
    found = told("count", vote())
    assert found["ejr_plus"]["confirmed"] is True
    assert found["certificate"]["ejr_plus_confirmed"] is True
    assert "A second program asked this of every voter" in " ".join(invoke("count", vote()).split())
    monkeypatch.setattr(counting, "ejr_plus_is_right", lambda *_: False)
    doubted = told("count", vote())["ejr_plus"]
    assert (doubted["confirmed"], doubted["holds"], doubted["groups"]) == (False, None, [])
    assert "nothing is claimed" in " ".join(invoke("count", vote()).split())


def test_ties_and_ways_of_voting_are_told(invoke, told, vote):
    # p2 and p3 have 20 votes each; p2 stands first and 1 is left: with p3 first it would be 2.
    steady = told("count", vote())["steady"]
    assert steady["ties"]["n_tied"] == 1
    assert (steady["ties"]["gain"], steady["ties"]["lose"]) == (["p3"], ["p2"])
    paper, internet = sorted(steady["ways_of_voting"], key=lambda one: one["way"], reverse=True)
    assert (paper["n_voters"], paper["gain"]) == (20, [])
    assert (internet["gain"], internet["lose"]) == (["p3"], ["p2"])
    assert steady["endowments"] is None
    printed = " ".join(invoke("count", vote()).split())
    assert "another order of ties would have funded Lights in place of Benches" in printed
    assert "The ballots of internet alone (20) would have funded Lights" in printed


def test_ballots_left_out_are_told_with_limits_and_their_seed(invoke, told, vote):
    # p2 and p3 have 20 votes each, p2 stands first: without one of its ballots p3 wins.
    found = told("count", vote(), "--draws", "60", "--seed", "7")["steady"]["ballots_left_out"]
    assert (found["n_left_out"], found["n_draws"], found["seed"]) == (1, 60, 7)
    p2, p3 = found["projects"]["p2"], found["projects"]["p3"]
    assert (p2["funded"], p3["funded"]) == (True, False)
    assert p2["wins"] + p3["wins"] == 60
    assert p2["wins"] == found["n_same"]
    assert p2["low"] < 1 / 2 < p2["high"]
    assert found["projects"]["p1"]["wins"] == 60
    assert (
        told("count", vote(), "--draws", "60", "--seed", "7")["steady"]["ballots_left_out"] == found
    )
    printed = " ".join(invoke("count", vote(), "--draws", "60", "--seed", "7").split())
    assert "Over all ways of leaving out 1 ballot, Benches is funded in" in printed
    assert "seed 7" in printed
    assert told("count", vote(), "--draws", "0")["steady"]["ballots_left_out"] is None
    assert told("count", vote())["steady"]["ballots_left_out"]["n_draws"] == 40


def test_draws_that_would_take_long_are_said_so(invoke, vote, monkeypatch):
    from evenground.workspace.polls import steadiness

    monkeypatch.setattr(steadiness, "is_quick", lambda *_, **__: False)
    assert "--draws asks for it" in " ".join(invoke("count", vote()).split())
    assert "--draws" not in " ".join(invoke("count", vote(), "--draws", "3").split())


def test_endowments_over_which_equal_shares_fund_the_same(told, vote):
    # 0.30 per voter: p1 costs 0.15 each; 0.15 are left, and p2 needs 0.25, p3 0.20.
    found = told("count", vote(), "--rule", "mes")["steady"]
    assert found["endowments"]["endowment"] == pytest.approx(0.3)
    assert found["endowments"]["unit"] == 1
    assert any("endowment" in sentence for sentence in found["sentences"])


def test_small_ways_of_voting_are_not_told(told, vote, monkeypatch):
    from evenground.workspace.polls import steadiness

    monkeypatch.setattr(steadiness, "SMALL", 21)
    assert told("count", vote())["steady"]["ways_of_voting"] == []


def test_an_amount_and_its_currency_stand_on_one_line(invoke, vote):
    for line in invoke("count", vote()).splitlines():
        assert not line.startswith(("PLN", "  PLN", "    PLN"))


def test_the_keys_of_the_interface(told, vote):
    count = told("count", vote(), "--rule", "mes", "--completion", "add1")
    assert {"funded", "cost", "certificate", "record", "projects", "ejr_plus"} <= set(count)
    assert {"funded", "why"} <= set(count["projects"]["p1"])
    assert count["certificate"]["exact"] is True
    check = told("count", vote(), "--check-announced")
    assert {"reproduced", "rule", "deviations"} <= set(check)
