"""``evenground datasheet`` drafts what reads back, and writes nothing over."""

from __future__ import annotations

import tomllib

import pytest

from evenground.errors import FormatError, NotFoundError, WriteError
from evenground.tests.readings import hourly
from evenground.workspace.auditing.datasheets import read_datasheet
from evenground.workspace.auditing.drafting import datasheet_name


@pytest.fixture
def air(folder):
    """Have readings of four stations in a file."""
    (folder / "air.csv").write_text(hourly(n_sensors=4, n_days=3), encoding="utf-8")
    return folder


def test_it_says_what_was_guessed_and_asks_the_rest(air, invoke):
    said = invoke("datasheet", "air.csv")
    assert "audit air.csv --datasheet air.datasheet.toml" in " ".join(said.split())
    text = (air / "air.datasheet.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    assert stated["roles"]["sensor"] == "station"
    assert stated["roles"]["time"] == "measured_at"
    assert stated["roles"]["values"] == ["pm25"]
    assert "# guessed" in text or "guessed:" in text
    assert "legal_basis" in text


def test_what_it_drafts_reads_back_without_a_problem(air, invoke):
    from datetime import date

    invoke("datasheet", "air.csv", "-o", "sheets/air.toml")
    sheet, problems = read_datasheet(air / "sheets" / "air.toml", today=date(2024, 6, 1))
    assert problems == ()
    assert sheet.roles.sensor == "station"


def test_what_is_said_wins_over_guesses(air, told):
    data = told("datasheet", "air.csv", "--sensor", "", "--value", "pm25", "--time-zone", "UTC")
    assert data["roles"]["zone"] == "UTC"
    assert data["file"] == "air.datasheet.toml"


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_nothing_is_written_over(air, invoke, taken):
    target = air / "air.datasheet.toml"
    if taken == "folder":
        target.mkdir()
    else:
        target.write_text("filled in by hand\n", encoding="utf-8")
    with pytest.raises(WriteError) as caught:
        invoke("datasheet", "air.csv")
    assert caught.value.exit_code == 8
    if taken == "file":
        assert target.read_text(encoding="utf-8") == "filled in by hand\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("gone.csv", None, NotFoundError),
        ("empty.csv", b"", FormatError),
        ("a.parquet", b"PAR1xx", FormatError),
    ],
)
def test_bad_input_is_refused_and_nothing_is_made(folder, invoke, name, content, kind):
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(kind) as caught:
        invoke("datasheet", name)
    assert all(one.way_out for one in caught.value.problems)
    assert not list(folder.glob("*.toml"))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("air.csv", "air.datasheet.toml"),
        ("data/air.2024.csv.gz", "air.datasheet.toml"),
        ("months/", "months.datasheet.toml"),
        ("postgresql://me@host/city?table=sensors.air", "air.datasheet.toml"),
        ("..", "data.datasheet.toml"),
    ],
)
def test_a_datasheet_is_called_after_its_data(source, name):
    assert datasheet_name(source) == name
