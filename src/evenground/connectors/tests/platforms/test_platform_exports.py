"""Exports of Decidim and CONSUL: the same vote from every form, and what they lack is said."""

from __future__ import annotations

import json

import pytest

from evenground.connectors.exported_table import ExportedTable, flattened
from evenground.connectors.platforms.consul import consul_vote
from evenground.connectors.platforms.decidim import decidim_vote
from evenground.connectors.platforms.terms import VoteTerms
from evenground.errors import EvengroundError, Severity
from evenground.workspace.polls.opening import open_export, open_export_poll
from evenground.workspace.polls.pabulib_poll import pabulib_poll

TERMS = VoteTerms(
    budget="1000", title="Our money", country="Spain", unit="Town", instance="2024", language="en"
)
PROJECTS = """id;taxonomies/id;taxonomies/name;title/en;title/ca;budget/id;budget_amount;\
confirmed_votes;selected_at
11;1;"{""en""=>""Sport""}, {""en""=>""Youth""}";Pitch;Camp;3;600;2;2024-06-01
12;;;Trees;Arbres;3;500;1;
13;;;Bench;Banc;4;100;1;
"""
LINES = """decidim_order_id;decidim_project_id;checked_out_at
1;11;2024-05-02 10:00:00 UTC
1;12;2024-05-02 10:00:00 UTC
2;11;2024-05-20 09:00:00 UTC
2;13;2024-05-20 09:00:00 UTC
3;12;
"""
ORDERS = [
    {"id": 1, "checked_out_at": "2024-05-02", "projects": [{"id": 11}, {"id": 12}]},
    {"id": 2, "checked_out_at": "2024-05-20", "projects": [{"id": 11}, {"id": 13}]},
    {"id": 3, "checked_out_at": None, "projects": [{"id": 12}]},
]
INVESTMENTS = """id,title,price,heading_id,selected,winner,physical_votes,ballot_lines_count
21,Pitch,600,7,true,true,0,2
22,Trees,500,7,true,false,5,1
23,Fountain,900,7,false,false,0,0
24,Bench,100,8,true,true,0,1
"""
BALLOT_LINES = """id,ballot_id,investment_id,created_at
1,1,21,2024-05-02 10:00:00
2,1,22,2024-05-02 10:00:00
3,2,21,2024-05-20 09:00:00
4,2,24,2024-05-20 09:00:00
"""
ADMINISTRATION = """ID,Title,Description,Administrator,Valuator,Valuation Group,Scope,\
Feasibility,Val. Fin.,Why not,Selected,Show,Author
21,Pitch,A pitch,Ann,-,-,North,"Feasible (€600)",Yes,-,Yes,Yes,ana
22,Trees,Trees,Ann,-,-,North,"Viable (1.500 €)",Yes,-,Yes,Yes,ana
23,Fountain,Water,Ann,-,-,North,Unfeasible,Yes,Too dear,No,Yes,ana
"""


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def chosen(poll):
    election = poll.election
    return [
        [
            election.projects[j]
            for j in election.indices[election.indptr[b] : election.indptr[b + 1]]
        ]
        for b in election.ballot_of
    ]


def part(of, **terms):
    return VoteTerms(**{
        name: getattr(TERMS, name) for name in ("budget", "title", "country", "unit", "instance",
                                                "language")} | {"part": of} | terms)  # fmt: skip


def workbook(path, text):
    from openpyxl import Workbook

    book = Workbook()
    for line in text.splitlines():
        cells = line.split(";")
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in cells])
    book.save(path)
    return path


@pytest.mark.parametrize("form", ["lines", "json", "xlsx"])
def test_decidim(written, tmp_path, form):
    orders = {
        "lines": lambda: written("orders.csv", LINES),
        "json": lambda: written("orders.json", json.dumps(ORDERS)),
        "xlsx": lambda: workbook(tmp_path / "orders.xlsx", LINES),
    }[form]()
    poll = open_export_poll("decidim", written("projects.csv", PROJECTS), orders, terms=part("3"))
    assert poll.election.projects == ("11", "12")
    assert poll.election.costs.tolist() == [600, 500]
    assert poll.election.budget == 1000
    assert poll.titles == ("Pitch", "Trees")
    assert poll.categories == (("Sport", "Youth"), ())
    assert chosen(poll) == [["11", "12"], ["11"]]
    assert poll.selected == (1, 0)
    assert poll.meta["date_begin"] == "02.05.2024"
    assert poll.meta["date_end"] == "20.05.2024"
    assert {note.code for note in poll.lacks} == {
        "export_unfinished", "export_lacks_rule", "export_lacks_voters"
    }  # fmt: skip
    assert len(poll.sha256) == 64


def test_consul(written):
    poll = open_export_poll(
        "consul",
        written("investments.csv", INVESTMENTS),
        written("lines.csv", BALLOT_LINES),
        terms=part("7"),
    )
    assert poll.election.projects == ("21", "22")
    assert chosen(poll) == [["21", "22"], ["21"]]
    assert poll.selected == (1, 0)
    notes = {note.code: note for note in poll.lacks}
    assert set(notes) == {
        "export_not_on_ballot", "export_lacks_rule", "export_lacks_voters", "export_lacks_paper"
    }  # fmt: skip
    assert notes["export_not_on_ballot"].place.row == 4
    assert notes["export_lacks_paper"].n_rows == 5


def test_consul_file_of_the_administration(written):
    file = open_export(
        "consul",
        written("investments.csv", ADMINISTRATION),
        written("lines.csv", BALLOT_LINES.replace("4,2,24,2024-05-20 09:00:00\n", "")),
        terms=TERMS,
    )
    assert file.projects.texts("cost") == ["600", "1500"]
    assert file.votes.texts("vote") == ["21,22", "21"]
    assert file.projects.texts("neighborhood") == ["North", "North"]
    assert "export_lacks_winners" in [problem.code for problem in file.problems]


def test_ballot_for_a_project_that_no_export_has_is_told_with_its_row(written):
    lines = written("orders.csv", LINES.replace("2;13;", "2;99;"))
    with pytest.raises(EvengroundError) as caught:
        open_export_poll("decidim", written("projects.csv", PROJECTS), lines, terms=part("3"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.value, problem.place.row) == ("pb_project_unknown", "99", 4)


@pytest.mark.parametrize(
    ("terms", "code"),
    [(part(""), "export_several"), (part("5"), "export_no_such_part"),
     (part("3", budget=""), "export_budget")],
)  # fmt: skip
def test_what_has_to_be_said_is_asked_for(written, terms, code):
    with pytest.raises(EvengroundError) as caught:
        open_export_poll(
            "decidim", written("projects.csv", PROJECTS), written("o.csv", LINES), terms=terms
        )
    assert code in [problem.code for problem in caught.value.problems]


def test_missing_columns_are_named():
    projects = ExportedTable(file="p.csv", columns={"number": ["1"], "price": ["5"]}, rows=[2])
    file = decidim_vote(projects, projects, terms=TERMS)
    wrong = [problem for problem in file.problems if problem.severity is Severity.ERROR]
    assert [problem.code for problem in wrong] == ["export_column"] * 4
    with pytest.raises(EvengroundError):
        pabulib_poll(file)
    assert consul_vote(projects, projects, terms=TERMS).problems


def test_records_become_columns():
    table = flattened(
        [{"a": {"b": 1, "c": [1, 2]}, "d": True}, {"a": {"b": None}, "e": [{"f": 3}]}]
    )
    assert dict(table.columns) == {
        "a/b": ["1", ""], "a/c": ["1,2", ""], "d": ["true", ""], "e/f": ["", "3"]
    }  # fmt: skip


@pytest.mark.parametrize("text", ["{", '{"a": 1}', "[1, 2]", "[" * 100_000])
def test_json_that_is_no_list_of_records_is_refused(written, text):
    with pytest.raises(EvengroundError) as caught:
        open_export(
            "decidim", written("p.csv", PROJECTS), written("orders.json", text), terms=TERMS
        )
    assert caught.value.problems[0].code == "export_not_json"


def test_unknown_platform_and_missing_file_are_told(written, tmp_path):
    with pytest.raises(EvengroundError) as caught:
        open_export("decidm", tmp_path / "a", tmp_path / "b", terms=TERMS)
    assert caught.value.problems[0].nearest == "decidim"
