"""``evenground count`` on a small file."""

from __future__ import annotations

import csv
import json
import sys
from types import SimpleNamespace

import pytest

from evenground.cli import main

META = {
    "description": "A vote", "country": "Sweden", "unit": "Norrby", "instance": "2026",
    "num_projects": "4", "num_votes": "4", "budget": "10", "vote_type": "approval",
    "rule": "greedy", "date_begin": "2026", "date_end": "2026", "currency": "SEK",
}  # fmt: skip
PROJECTS = [
    ("p1", "6", "Trees", "1"), ("p2", "5", "Benches", "0"),
    ("p3", "3", "=Lights", "1"), ("p4", "1", "Bins", "1"),
]  # fmt: skip
VOTES = ["p1,p2", "p1,p2,p3", "p1,p2", "p1,p3,p4"]


def poll(folder, *, projects=PROJECTS, **meta):
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in {**META, **meta}.items())]
    lines += ["PROJECTS", "project_id;cost;name;selected"]
    lines += [";".join(one) for one in projects]
    lines += ["VOTES", "voter_id;age;sex;vote"]
    lines += [f"v{at};3{at};F;{vote}" for at, vote in enumerate(VOTES)]
    path = folder / "vote.pb"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def run(folder, monkeypatch, capsys):
    def called(*words):
        monkeypatch.setattr(sys, "argv", ["evenground", *words])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capsys.readouterr()
        return SimpleNamespace(exit_code=code, stdout=printed.out, stderr=printed.err)

    return called


@pytest.fixture
def count(run, tmp_path):
    def counted(*options, **meta):
        done = run("count", str(poll(tmp_path, **meta)), *options)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    return counted


def test_data_have_what_the_interface_promises(count):
    data = json.loads(count("--rule", "greedy", "--json"))
    assert data["funded"] == ["p1", "p3", "p4"]
    assert data["cost"] == 10
    assert data["certificate"]["exact"] is True
    assert data["record"]["too_dear"] == "skip"
    assert set(data["projects"]) == {"p1", "p2", "p3", "p4"}
    assert data["projects"]["p1"]["funded"] is True
    assert "4 SEK were left" in data["projects"]["p2"]["why"].replace("\N{NO-BREAK SPACE}", " ")
    assert data["ejr_plus"]["defined"] is True
    assert data["exclusion"]["n_excluded"] == 0


def test_options_of_another_rule_are_told(count):
    text = " ".join(count("--completion", "add1", "--reserve", "0.5").split())
    assert text.startswith("--completion changes nothing in a count by greedy.")
    assert "--reserve changes nothing" in text
    data = json.loads(count("--completion", "add1", "--scored-by", "votes", "--json"))
    assert data["unused_options"] == ["--completion"]
    used = ("--rule", "mes", "--completion", "add1", "--satisfaction", "cost", "--json")
    assert json.loads(count(*used))["unused_options"] == []
    none = ("--rule", "greedy", "--completion", "none", "--json")
    assert json.loads(count(*none))["unused_options"] == []


@pytest.mark.parametrize(
    ("options", "funded"),
    [
        (["--rule", "greedy-no-skip"], ["p1"]),
        (["--rule", "greedy-threshold", "--threshold", "2"], ["p1", "p3"]),
        (["--rule", "greedy-reserve"], ["p1", "p2"]),
        (["--rule", "greedy-exclusive", "--exclusive", "p1,p3"], ["p1", "p4"]),
        (["--rule", "greedy", "--leave-out", "p1"], ["p2", "p3", "p4"]),
        (["--rule", "greedy-per-cost", "--tie-order", "dearest"], ["p4", "p1", "p3"]),
        (["--rule", "knapsack", "--satisfaction", "cardinality"], ["p1", "p3", "p4"]),
        (["--rule", "phragmen", "--too-dear", "skip"], ["p4", "p2", "p3"]),
        (["--rule", "maximin-support"], None),
        (["--rule", "mes", "--completion", "utilitarian", "--exclusive", "p1,p3"], ["p1", "p4"]),
        (["--rule", "mes", "--completion", "utilitarian", "--leave-out", "p1"], ["p2", "p3", "p4"]),
        (["--rule", "mes", "--completion", "add1u"], None),
    ],
)
def test_every_rule_can_be_asked_for(count, options, funded):
    data = json.loads(count(*options, "--json"))
    assert data["rule"] == options[1]
    assert data["certificate"]["exact"] is True
    if funded is not None:
        assert data["funded"] == funded


def test_without_a_rule_it_is_counted_as_the_file_says(count):
    meta = {"rule": "greedy-threshold", "min_project_score_threshold": "2"}
    data = json.loads(count("--json", **meta))
    assert data["rule"] == "greedy-threshold"
    assert data["rule_of_the_file"] is True
    assert data["funded"] == ["p1", "p3"]
    assert json.loads(count("--rule", "greedy", "--json", **meta))["funded"][-1] == "p4"
    assert "names no rule" in count(rule="unknown").replace("\n", " ")


def test_a_councillor_reads_who_won_and_why(count):
    text = count("--why", "all")
    assert "3 projects are funded" in text
    assert "1. Trees" in text
    assert "Benches (p2): 3 voters named it" in text
    assert "The count is exact" in text
    assert "No group of voters was entitled" in text


def test_an_announced_result_is_recounted(count):
    data = json.loads(count("--check-announced", "--json"))
    assert data["reproduced"] is True
    assert data["rule"] == "greedy"
    assert data["deviations"] == []
    told = " ".join(count("--check-announced").split())
    assert "by the rule that the file states: greedy" in told


def test_deviating_projects_are_named(count):
    wrong = [(*one[:3], "1" if one[0] in {"p2", "p3"} else "0") for one in PROJECTS]
    data = json.loads(count("--check-announced", "--json", projects=wrong))
    assert data["reproduced"] is False
    assert data["rule"] is None
    assert {one["project"] for one in data["deviations"]}
    told = " ".join(count("--check-announced", projects=wrong).split())
    assert "by none of the rules tried" in told


def test_a_count_is_written_once(count, run, tmp_path):
    table, full = tmp_path / "out.csv", tmp_path / "out.json"
    count("--write", str(table))
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [row["funded"] for row in rows] == ["1", "0", "1", "1"]
    assert rows[2]["name"] == "'=Lights"  # no formula in a spreadsheet
    count("--write", str(full))
    assert json.loads(full.read_text(encoding="utf-8"))["funded"] == ["p1", "p3", "p4"]
    again = run("count", str(tmp_path / "vote.pb"), "--write", str(table))
    assert again.exit_code != 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--rule", "majority"], "no_such_choice"),
        (["--tie-order", "lot"], "no_such_choice"),
        (["--rule", "greedy-threshold"], "no_threshold"),
        (["--caps"], "no_caps"),
        (["--increment", "0.5"], "increment_not_whole"),
        (["--increment", "one"], "no_number"),
        (["--leave-out", "p9"], "no_such_project"),
        (["--exclusive", "p1,p9"], "no_such_project"),
        (["--why", "p9"], "no_such_project"),
        (["--write", "out.pdf"], "count_kind"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(run, tmp_path, options, code):
    done = run("count", str(poll(tmp_path)), *options, "--json")
    assert done.exit_code != 0
    problem = json.loads(done.stderr)["problems"][0]
    assert problem["code"] == code
    assert problem["way_out"]
    if code == "no_such_project":
        assert problem["what"].startswith(f"{options[0]} names p9")


def test_a_file_without_a_result_has_nothing_to_check(run, tmp_path):
    path = poll(tmp_path)
    text = path.read_text(encoding="utf-8").replace(";selected", ";other")
    path.write_text(text, encoding="utf-8")
    done = run("count", str(path), "--check-announced", "--json")
    assert json.loads(done.stderr)["problems"][0]["code"] == "nothing_announced"
