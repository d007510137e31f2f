"""What ``evenground audit`` prints, writes and ends with, on an audit made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from evenground.cli import audit as command
from evenground.cli import build
from evenground.cli.audit_run import Ran
from evenground.errors import UsageError, WriteError
from evenground.questions.data.purposes.model import PURPOSES
from evenground.tests.audits import sample_audit, sample_wording
from evenground.workspace.auditing import results, telling

ALWAYS = ("duplicates", "gaps", "stuck_runs", "out_of_range", "nulls", "order_inversions")


@pytest.fixture
def ran(folder, monkeypatch):
    """Have every audit come out as the sample does; return what it was asked for."""
    asked = {}
    words = sample_wording()
    for module in (telling, results):
        monkeypatch.setattr(module, "QUESTION", replace(module.QUESTION, wording=words))

    def run(said, show):
        asked.update(said)
        show(0.5, "half")
        purposes = [one.value for one in said["purpose"] or ()] or PURPOSES
        return Ran(audit=sample_audit(), day=date(2024, 6, 1), seed=7, purposes=purposes)

    monkeypatch.setattr(command, "run_audit", run)
    (folder / "air.csv").write_text("station,measured_at,no2\n", encoding="utf-8")
    return asked


def ended(*words_said):
    """Return the exit code and what was printed."""
    result = CliRunner().invoke(build(), ["audit", "air.csv", *words_said], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_it_says_what_was_read_found_left_open_and_carried(ran, invoke):
    said = invoke("audit", "air.csv")
    order = ("air.csv: 4", "sensor (--sensor): station", "What was found", "Gaps", "Duplicates",
             "Looked for and not found", "What was not established", "What the data can carry",
             "To base a decision on: no", "Read air.csv")  # fmt: skip
    places = [said.index(one) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize("more", [(), ("--explain",)])
def test_lines_are_as_wide_as_a_terminal(ran, invoke, more):
    assert max(map(len, invoke("audit", "air.csv", *more).splitlines())) <= 80


def test_what_bears_on_requirements_that_are_not_met_comes_first(ran, invoke):
    found = invoke("audit", "air.csv").split("What was found")[1].splitlines()[1:5]
    assert [line.split()[0] for line in found] == ["Gaps", "Duplicates", "Stuck", "Out"]
    assert "1.44" in found[0]


def test_definitions_and_requirements_come_when_asked_for(ran, invoke):
    short, long = invoke("audit", "air.csv"), invoke("audit", "air.csv", "--explain")
    assert "What counts as gaps" not in short
    assert "--explain" in short
    for part in ("What counts as gaps", "hours_lost 312", "at least 90", "Directive 2008/50/EC"):
        assert part in long


def test_no_mean_and_no_ranking_is_printed(ran, invoke):
    said = invoke("audit", "air.csv", "--explain").lower()
    for word in ("average", "overall", "score", "rank"):
        assert word not in said


def test_json_has_the_shape_that_is_kept_stable(ran, told):
    data = told("audit", "air.csv", "--seed", 7)
    assert data["rows"] == 4_184
    assert set(ALWAYS) <= set(data["checks"])
    for one in data["checks"].values():
        assert {"count", "definition"} <= set(one)
        assert isinstance(one["definition"], str)
    assert data["checks"]["gaps"]["hours_lost"] == 312
    assert len(data["measures"]) == 16
    assert {"value", "low", "high", "status"} <= set(data["measures"]["completeness"])
    assert list(data["verdicts"]) == list(PURPOSES)
    for one in data["verdicts"].values():
        assert one["verdict"] in {"yes", "no", "cannot_tell"}
        assert {"from_data_alone", "because", "would_change"} <= set(one)
    assert (data["seed"], data["as_of"]) == (7, "2024-06-01")


def test_only_the_purposes_asked_for_are_told(ran, told, invoke):
    data = told("audit", "air.csv", "--purpose", "decide")
    assert list(data["verdicts"]) == ["decide"]
    assert "To run the system" not in invoke("audit", "air.csv", "--purpose", "decide")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 0),
        (("--fail-on", "operate"), 0),
        (("--fail-on", "decide"), 1),
        (("--fail-on", "decide", "--json"), 1),
        (("--fail-on", "official_statistics"), 0),
        (("--fail-on", "official_statistics", "--or-cannot-tell"), 9),
        (("--fail-on", "decide", "--or-cannot-tell"), 1),
        (("--fail-on", "operate", "--or-cannot-tell"), 0),
        (("--fail-on", "everything"), 2),
        (("--seed", "-1"), 2),
        (("--as-of", "yesterday"), 2),
    ],
)
def test_exit_codes(ran, words, code):
    assert ended(*words)[0] == code


def test_json_is_printed_whole_when_the_purpose_is_not_carried(ran):
    code, said = ended("--fail-on", "decide", "--json")
    assert code == 1
    assert json.loads(said)["verdicts"]["decide"]["verdict"] == "no"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--or-cannot-tell",), "or_cannot_tell_alone"),
        (("--purpose", "operate", "--fail-on", "decide"), "purpose_not_asked"),
        (("--html", "air.csv"), "same_file"),
        (("--flags", "out.x", "--html", "out.x"), "same_file"),
        (("--datasheet", "air.toml", "--dqv", "./air.toml"), "same_file"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_read(ran, words, code):
    with pytest.raises(UsageError) as caught:
        ended(*words)
    assert [one.code for one in caught.value.problems] == [code]
    assert ran == {}


def test_flags_are_a_row_for_each_flagged_value(ran, invoke, folder):
    said = invoke("audit", "air.csv", "--flags", "out/flags.parquet")
    table = pq.read_table(folder / "out" / "flags.parquet")
    assert table.column_names == ["row", "sensor", "time", "column", "check", "value"]
    assert table.num_rows == 6
    assert set(table.column("check").to_pylist()) == {"duplicates", "stuck_runs", "out_of_range"}
    assert "(6 rows)" in said


def test_the_page_needs_nothing_else(ran, invoke, folder):
    invoke("audit", "air.csv", "--html", "air.html")
    page = (folder / "air.html").read_text(encoding="utf-8")
    for part in ("What the data can carry", "Directive 2008/50/EC", "<svg", "not an approval"):
        assert part in page
    assert "<script" not in page
    assert "wording:" not in page


def test_catalogues_get_the_audit_in_their_own_vocabulary(ran, invoke, folder):
    invoke("audit", "air.csv", "--dqv", "air.jsonld")
    document = json.loads((folder / "air.jsonld").read_text(encoding="utf-8"))
    kinds = {node["@type"] for node in document["@graph"] if isinstance(node["@type"], str)}
    assert {"dcat:Dataset", "dqv:Dimension", "dqv:Metric", "dqv:QualityMeasurement"} <= kinds


def test_what_cannot_be_written_leaves_what_stood_there(ran, invoke, folder):
    (folder / "air.html").mkdir()
    with pytest.raises(WriteError):
        invoke("audit", "air.csv", "--html", "air.html")
    assert sorted(one.name for one in folder.iterdir()) == ["air.csv", "air.html"]


def test_options_reach_the_audit(ran, invoke):
    invoke("audit", "air.csv", "--sensor", "station", "--value", "no2", "--value", "pm10",
           "--time-zone", "Europe/Stockholm", "--as-of", "2024-05-01")  # fmt: skip
    assert (ran["sensor"], ran["value"], ran["time"]) == ("station", ["no2", "pm10"], "")
    assert ran["time_zone"] == "Europe/Stockholm"
    assert ran["as_of"].date() == date(2024, 5, 1)


def test_nothing_in_a_file_steers_the_terminal(ran, invoke, monkeypatch):
    evil = sample_audit(title="air\x1b[2J.csv")
    monkeypatch.setattr(
        command, "run_audit",
        lambda said, show: Ran(audit=evil, day=date(2024, 6, 1), seed=1, purposes=PURPOSES),
    )  # fmt: skip
    assert "\x1b" not in invoke("audit", "air.csv")
