"""``evenground benefits`` reads a register into promises and writes one; it never writes over."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import InvalidInputError, WriteError

REGISTER = """\
Benefits register,,,,,
Benefit number,Description,Responsible officer,Target improvement,Timescale,Category
B1,Fewer full bins,Head of Waste,25 % fewer,Year 2,Quality
B2,Fewer rounds,Head of Waste,up to 30 %,,Cash
,Noise at night,,,,Dis-benefit
"""


@pytest.fixture
def register(folder):
    """Have a register and an initiative without promises."""
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "bins").mkdir()
    text = 'format = 1\ntitle = "Sensor bins"\nstage = "proposed"\n'
    (folder / "bins" / "initiative.toml").write_text(text, encoding="utf-8")
    return folder


def test_it_says_what_was_read_what_was_kept_and_what_is_left_out(register, invoke):
    said = " ".join(invoke("benefits", "import", "register.csv", "--into", "bins").split())
    assert "3 promises from register.csv now stand in bins/promises.csv." in said
    assert "Target improvement: read as change_share and direction" in said
    assert "Timescale and Category" in said
    assert "Target improvement: row 4 says something that no column takes" in said
    assert "1 benefit had no code and was given one, by its row: 5." in said
    assert "Row 5 speaks of a disbenefit." in said
    assert "The column names stand in row 2" in said
    assert "What promises leave out: B1: document, by, place" in said
    assert "seal bins before any result is known." in said


def test_a_dry_run_writes_nothing(register, invoke, told):
    said = invoke("benefits", "import", "register.csv", "--into", "bins", "--dry-run")
    assert said.startswith("Nothing was written. 3 promises from register.csv would stand")
    assert "seal" not in said
    data = told("benefits", "import", "register.csv", "--into", "bins", "--dry-run")
    assert (data["written"], data["n_promises"]) == (False, 3)
    assert not (register / "bins" / "promises.csv").exists()


def test_everything_is_there_for_programs(register, told):
    data = told("benefits", "import", "register.csv", "--into", "bins")
    assert re.fullmatch("[0-9a-f]{64}", data["sha256"])
    assert data["read_as"]["Description"] == ["words"]
    assert data["kept"] == ["Target improvement", "Timescale", "Category"]
    assert data["in_words"] == {"Target improvement": [4]}
    assert (data["numbered"], data["disbenefits"]) == ([5], [5])
    assert "target or change or change_share" in data["left_out"]["B2"]
    assert "target or change or change_share" not in data["left_out"]["B1"]


def test_nothing_left_out_is_said(register, invoke):
    from evenground.questions.promise.tests.findings.cases import promise

    row = {key: str(value) for key, value in promise().items()}
    text = "\n".join(",".join(cells) for cells in (row.keys(), row.values()))
    (register / "whole.csv").write_text(text, encoding="utf-8")
    said = invoke("benefits", "import", "whole.csv", "--into", "bins")
    assert "No promise leaves anything out" in said
    assert "read as" not in said


def test_it_asks_before_it_replaces(register, invoke):
    invoke("benefits", "import", "register.csv", "--into", "bins")
    with pytest.raises(WriteError) as caught:
        invoke("benefits", "import", "register.csv", "--into", "bins")
    assert caught.value.exit_code == 8
    (register / "register.csv").write_text("Description\nOne\n", encoding="utf-8")
    invoke("benefits", "import", "register.csv", "--into", "bins", "--replace")
    assert "One" in (register / "bins" / "promises.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", ["evenground", "green-book", "atap"])
def test_a_register_comes_back_from_every_kind(register, invoke, profile):
    invoke("benefits", "import", "register.csv", "--into", "bins")
    before = (register / "bins" / "promises.csv").read_text(encoding="utf-8")
    said = invoke("benefits", "export", "bins", "--to", "out.xlsx", "--as", profile)
    assert said == "3 promises stand in out.xlsx.\n"
    invoke("benefits", "import", "out.xlsx", "--into", "bins", "--replace")
    assert (register / "bins" / "promises.csv").read_text(encoding="utf-8") == before


def test_an_export_is_never_written_over(register, invoke, told):
    invoke("benefits", "import", "register.csv", "--into", "bins")
    data = told("benefits", "export", "bins", "--to", "out.csv", "--as", "green-book")
    assert data["n_promises"] == 3
    assert data["columns"][0] == "Benefit number"
    with pytest.raises(WriteError):
        invoke("benefits", "export", "bins", "--to", "out.csv")
    with pytest.raises(WriteError):
        invoke("benefits", "export", "bins", "--to", "register.csv")


def test_what_is_wrong_is_named_by_file_and_row(register, invoke):
    (register / "register.csv").write_text(
        "Benefit number,Description\nB1,One\nB1,Two\nB2,\n", encoding="utf-8"
    )
    with pytest.raises(InvalidInputError) as caught:
        invoke("benefits", "import", "register.csv", "--into", "bins")
    found = {(one.code, one.place.file, one.place.row) for one in caught.value.problems}
    assert found == {
        ("promise_without_words", "register.csv", 4), ("promise_code_twice", "register.csv", 3),
    }  # fmt: skip


@pytest.mark.parametrize("verb", ["import", "export"])
def test_both_have_a_help(verb):
    result = CliRunner().invoke(build(), ["benefits", verb, "--help"], catch_exceptions=False)
    assert result.exit_code == 0
    assert re.search(r"--(into|to) ", result.stdout)
