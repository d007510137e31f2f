"""``evenground seal`` as people call it: what it writes, prints, refuses and leaves alone."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import EvengroundError
from evenground.record.short_code import read_code, short_code
from evenground.workspace.sealing.files import OPENED, PRIVATE, PUBLIC
from evenground.workspace.sealing.tests.initiatives import Proposal


@pytest.fixture
def proposal(folder):
    return Proposal(folder / "bins")


def refused(*words) -> tuple[str, int]:
    """Return code and exit code of a refusal."""
    with pytest.raises(EvengroundError) as refusal:
        CliRunner().invoke(build(), [str(word) for word in words], catch_exceptions=False)
    return refusal.value.problems[0].code, refusal.value.exit_code


def test_it_says_what_was_sealed_what_was_not_there_and_whom_to_tell(proposal, invoke):
    (proposal.path / "harms.csv").unlink()
    said = invoke("seal", "bins", "--by", "Audit office")
    assert re.match(r"Entry 1, \d+ \w+ \d{4}: sealed\.", said)
    for line in ("promises: 2 rows", "evaluation: 1 row\n", "Not there, so not fixed by this seal:",
                 "Data present (outcome): outcomes, outcomes.csv, until 2026-02",
                 "Data present (value before): rounds, rounds_2025.csv, until 2025-12-31",
                 "minutes", f"bins/{PRIVATE}"):  # fmt: skip
        assert line in said, line
    code = re.search(r"Short code: (\S+)", said)[1]
    head = re.search(r"Head: (\S+)", said)[1]
    assert read_code(code) == code == short_code(head)
    assert max(map(len, said.splitlines())) <= 80


def test_nothing_private_is_printed(proposal, invoke):
    said = invoke("seal", "bins", "--by", "Audit office")
    assert "quarter" not in said
    key = json.loads((proposal.path / PRIVATE / "texts_and_keys.jsonl").read_text())["key"]
    assert key not in said


def test_showing_writes_nothing(proposal, invoke, told):
    said = invoke("seal", "bins", "--show")
    assert said.startswith("Nothing was written.")
    assert "promise_id: B1" in said
    shown = told("seal", "bins", "--show")
    assert shown["tables"][0]["table"] == "promises"
    assert proposal.contents() == {}


def test_a_record_from_its_first_entry_to_its_opening(proposal, told):
    first = told("seal", "bins")
    assert (first["sequence"], first["kind"], first["outcomes_until"]) == (1, "seal", "2026-02")
    assert first["tables"] == {"promises": 2, "evaluation": 1, "harms": 1, "responses": 1}
    proposal.change("promises.csv", "3.0", "3.5")
    amended = told("seal", "bins", "--amend", "Counted again")
    assert (amended["sequence"], amended["kind"], amended["not_there"]) == (2, "amendment", [])
    assert told("seal", "bins", "--note", "Read out in public")["kind"] == "note"
    assert told("seal", "bins", "--decision", "Buy ten, said the committee")["kind"] == "decision"
    opened = told("seal", "bins", "--open")
    assert (opened["kind"], opened["opened"]) == ("opening", [1, 2, 3, 4])
    assert (proposal.path / OPENED).exists()


def test_each_step_is_told_in_words(proposal, invoke):
    invoke("seal", "bins")
    proposal.change("promises.csv", "3.0", "3.5")
    assert "amended. The earlier seal stays." in invoke("seal", "bins", "--amend", "Counted again")
    assert "note recorded" in invoke("seal", "bins", "--note", "Read out")
    assert "decision recorded" in invoke("seal", "bins", "--decision", "Go on")
    said = invoke("seal", "bins", "--open")
    assert "opened 1, 2, 3 and 4" in said
    assert f"{OPENED}: publish it beside {PUBLIC}" in " ".join(said.split())
    (proposal.path / PRIVATE / "texts_and_keys.jsonl").unlink()
    invoke("seal", "bins", "--note", "Again")
    (proposal.path / PRIVATE / "texts_and_keys.jsonl").unlink()
    assert "key reported lost" in invoke("seal", "bins", "--key-lost", 6)


def test_afterwards_is_said_of_the_seal(proposal, told):
    assert told("seal", "bins", "--afterwards", "The auditor")["afterwards"] is True


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("none",), "folder_missing", 3),
        ((".",), "toml_missing", 3),
        (("bins", "--open"), "nothing_to_open", 2),
        (("bins", "--amend", "Why"), "no_seal", 2),
        (("bins", "--note", "N"), "no_seal", 2),
        (("bins", "--key-lost", 1), "key_not_lost", 2),
        (("bins", "--note", "N", "--decision", "D"), "options_apart", 2),
        (("bins", "--show", "--open"), "options_apart", 2),
    ],
)
def test_what_does_not_go_ends_with_its_code(proposal, words, code, exit_code):
    assert refused("seal", *words) == (code, exit_code)
    assert proposal.contents() == {}


def test_a_citys_folder_is_no_initiative(folder):
    (folder / "city").mkdir()
    (folder / "city" / "city.toml").write_text('format = 1\nname = "Saltmarsh"\n', "utf-8")
    assert refused("seal", "city") == ("toml_missing", 3)


def test_a_second_seal_a_locked_and_a_broken_record_are_refused(proposal, invoke):
    invoke("seal", "bins")
    assert refused("seal", "bins") == ("seal_exists", 2)
    with proposal.files.locked():
        assert refused("seal", "bins", "--note", "N")[0] == "record_locked"
    proposal.change(PUBLIC, '"kind":"seal"', '"kind":"note"')
    assert refused("seal", "bins", "--note", "N")[0] == "record_broken"


def test_an_empty_reason_is_no_amendment(proposal, invoke):
    """Without a reason, the command is a seal, and there is one already."""
    invoke("seal", "bins")
    assert refused("seal", "bins", "--amend", "") == ("seal_exists", 2)
