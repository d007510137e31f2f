"""``evenground audit`` on files as they come: planted faults, bad input, what is written."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import EvengroundError, FormatError, NotFoundError, UsageError
from evenground.questions.data.purposes.model import MEASURES, PURPOSES
from evenground.tests.readings import hourly
from evenground.workspace.auditing.results import ALWAYS

GAP, STUCK, TWICE, EMPTY = range(100, 140), range(300, 330), 77, range(200, 210)


def faulty(sensor: int, hour: int, value: float) -> str | None:
    """Plant a gap, a stuck run, empty cells and a value far out, each in a sensor of its own."""
    if sensor == 0 and hour in GAP:
        return None
    if sensor == 1 and hour in STUCK:
        return "17.3"
    if sensor == 2 and hour in EMPTY:
        return ""
    if sensor == 3 and hour == 50:
        return "-9999"
    return f"{value:.1f}"


@pytest.fixture
def air(folder):
    """Have six stations over 20 days in a file, with planted faults and one row twice."""
    lines = hourly(cell=faulty).splitlines()
    twice = next(line for line in lines if line.startswith("ST-04,") and line.count("-") == 3)
    (folder / "air.csv").write_text("\n".join([*lines, twice]) + "\n", encoding="utf-8")
    return folder


def test_planted_faults_are_found_and_counted(air, told):
    data = told("audit", "air.csv")
    checks = data["checks"]
    assert data["rows"] == 6 * 480 - len(GAP) + 1
    assert checks["gaps"]["count"] == len(GAP)
    assert checks["gaps"]["hours_lost"] == len(GAP)
    assert checks["stuck_runs"]["count"] == 1
    assert checks["nulls"]["count"] == len(EMPTY)
    assert checks["duplicates"]["count"] == 1
    assert checks["sentinels"]["count"] == 1
    assert set(ALWAYS) <= set(checks)
    assert list(data["measures"]) == list(MEASURES)
    assert list(data["verdicts"]) == list(PURPOSES)
    assert data["verdicts"]["decide"]["verdict"] == "cannot_tell"
    assert data["verdicts"]["decide"]["because"]


def test_every_flagged_value_has_its_row(air, told):
    data = told("audit", "air.csv", "--flags", "flags.parquet")
    flags = pq.read_table(air / "flags.parquet").to_pylist()
    by_check: dict[str, list[dict]] = {}
    for one in flags:
        by_check.setdefault(one["check"], []).append(one)
    assert len(by_check["gaps"]) == data["checks"]["gaps"]["count"]
    assert all(one["row"] is None for one in by_check["gaps"])
    assert len(by_check["duplicates"]) == 1
    assert len(by_check["stuck_runs"]) == len(STUCK)
    lines = (air / "air.csv").read_text(encoding="utf-8").splitlines()
    for one in by_check["stuck_runs"]:
        assert lines[1 + one["row"]].startswith(f"{one['sensor']},{one['time']}")
        assert float(one["value"]) == 17.3


def test_a_clean_stream_has_nothing_held_against_it(folder, told):
    (folder / "air.csv").write_text(hourly(), encoding="utf-8")
    data = told("audit", "air.csv", "--fail-on", "operate")
    found = [name for name, one in data["checks"].items() if one["count"]]
    assert found == []
    assert data["verdicts"]["operate"]["verdict"] != "no"


def test_what_is_said_of_columns_wins(air, told):
    data = told("audit", "air.csv", "--sensor", "station", "--time-zone", "Europe/Stockholm")
    assert data["roles"]["zone"] == "Europe/Stockholm"
    assert "sensor" not in data["guessed"]
    assert "time" in data["guessed"]


def test_the_same_input_prints_the_same(air, invoke):
    words = ("audit", "air.csv", "--json", "--as-of", "2024-06-01", "--seed", 3)
    assert invoke(*words) == invoke(*words)


def test_months_in_a_folder_are_one_table(air, told):
    whole = told("audit", "air.csv")
    header, *lines = (air / "air.csv").read_text(encoding="utf-8").splitlines()
    (air / "months").mkdir()
    for part in range(3):
        text = "\n".join([header, *lines[part::3]]) + "\n"
        (air / "months" / f"part_{part}.csv").write_text(text, encoding="utf-8")
    parts = told("audit", "months")
    assert parts["rows"] == whole["rows"]
    for name in ("gaps", "nulls", "stuck_runs", "duplicates"):
        assert parts["checks"][name]["count"] == whole["checks"][name]["count"]


def test_a_parquet_gives_the_same_counts(air, told):
    import pandas as pd

    whole = told("audit", "air.csv")
    pd.read_csv(air / "air.csv", parse_dates=["measured_at"]).to_parquet(air / "air.parquet")
    other = told("audit", "air.parquet")
    for name in ALWAYS:
        assert other["checks"][name]["count"] == whole["checks"][name]["count"], name


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("gone.csv", None, NotFoundError),
        ("empty.csv", b"", FormatError),
        ("broken.parquet", b"PAR1" + bytes(range(200)) + b"PAR1", FormatError),
        ("picture.png", b"\x89PNG\r\n\x1a\n", FormatError),
        ("ragged.csv", b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n" * 50, FormatError),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_be_read_says_so_and_leaves_nothing(folder, name, content, kind, as_json):
    if content is not None:
        (folder / name).write_bytes(content)
    words = ["audit", name, "--html", "a.html", "--flags", "f.parquet", *(["--json"] * as_json)]
    with pytest.raises(kind) as caught:
        CliRunner().invoke(build(), words, catch_exceptions=False)
    assert caught.value.exit_code in {3, 4}
    for problem in caught.value.problems:
        assert problem.what
        assert problem.way_out
    assert [one.name for one in folder.iterdir()] == ([name] if content is not None else [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("header.csv", "a,b,c\n"),
        ("one_row.csv", "sensor,time,value\nA,2024-01-01 00:00,3\n"),
        ("one_cell.csv", "x\n1\n"),
        ("all_null.csv", "sensor,time,value\n" + "A,2024-01-01 00:00,\n" * 30),
        ("all_equal.csv", "sensor,time,value\n" + "A,2024-01-01 00:00,1\n" * 30),
        ("mixed.csv", "time,value\n" + '2024-01-01,1.5\nnever,n/a\n2024-01-03,"3,4"\n' * 30),
        ("same_name.csv", "a,a,b\n1,2,3\n4,5,6\n"),
        ("control.csv", "a\x1b[2J,b\n1,2\n3,4\n"),
    ],
)
def test_odd_tables_have_an_audit(folder, invoke, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    said = invoke("audit", name, "--html", "page.html")
    assert "What the data can carry" in said
    assert "\x1b" not in said
    data = json.loads(invoke("audit", name, "--json"))
    assert set(ALWAYS) <= set(data["checks"])
    assert all(one["verdict"] != "yes" for one in data["verdicts"].values())


def test_a_file_in_another_encoding_is_read_and_said_to_be(folder, invoke):
    text = "gata;tid;värde\n" + "".join(f"Ågatan;2024-01-{d:02};3,{d}\n" for d in range(1, 29))
    (folder / "air.csv").write_bytes(text.encode("latin-1"))
    assert "cp1252" in invoke("audit", "air.csv")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("--sensor", "nobody"), UsageError),
        (("--time", "station"), UsageError),
        (("--value", "station"), UsageError),
        (("--time-zone", "Mars"), UsageError),
        (("--datasheet", "gone.toml"), NotFoundError),
        (("--reference", "gone.csv"), NotFoundError),
        (("--city", "nowhere"), EvengroundError),
    ],
)
def test_what_is_said_wrongly_is_refused(air, invoke, words, kind):
    with pytest.raises(kind) as caught:
        invoke("audit", "air.csv", *words)
    assert all(one.way_out for one in caught.value.problems)


def test_a_datasheet_that_was_drafted_can_be_given_back(air, invoke, told):
    invoke("datasheet", "air.csv")
    before = told("audit", "air.csv")
    after = told("audit", "air.csv", "--datasheet", "air.datasheet.toml")
    assert after["datasheet"] is True
    assert after["guessed"] == {}
    for name in ALWAYS:
        assert after["checks"][name]["count"] == before["checks"][name]["count"], name


def test_a_table_of_many_columns_is_audited(folder, told):
    columns = {f"c{at}": pa.array([at * 0.5, at * 1.5]) for at in range(300)}
    pq.write_table(pa.table(columns), folder / "wide.parquet")
    assert told("audit", "wide.parquet")["columns"] == 300
