"""``evenground verify`` as people call it: its words, its numbers, what it ends with."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import EvengroundError
from evenground.workspace.sealing import Made, amend, open_seals, report_key_lost, seal
from evenground.workspace.sealing.files import PRIVATE, PUBLIC
from evenground.workspace.sealing.tests.initiatives import DAY, Proposal


@pytest.fixture
def proposal(folder):
    return Proposal(folder / "bins")


@pytest.fixture
def sealed(proposal) -> Made:
    return seal(proposal.path, terms=proposal.terms(by="Audit office"))


def verified(*words) -> tuple[int, str]:
    """Return the exit code and what was printed, on one line."""
    result = CliRunner().invoke(
        build(), ["verify", *(str(word) for word in words)], catch_exceptions=False
    )
    assert max(map(len, result.stdout.splitlines()), default=0) <= 80 or "--json" in words
    return result.exit_code, " ".join(result.stdout.split())


def as_data(*words) -> dict:
    """Return what was printed as JSON; its exit code is the command's."""
    result = CliRunner().invoke(
        build(), ["verify", *(str(word) for word in words), "--json"], catch_exceptions=False
    )
    data = json.loads(result.stdout)
    assert data["exit_code"] == result.exit_code
    return data


def refused(*words) -> tuple[str, int]:
    """Return code and exit code of a refusal."""
    with pytest.raises(EvengroundError) as refusal:
        verified(*words)
    return refusal.value.problems[0].code, refusal.value.exit_code


def test_without_a_seal_it_ends_with_one(proposal):
    assert verified("bins") == (1, "No seal here.")
    assert as_data("bins")["sealed"] is False


def test_a_citys_folder_has_no_seal(folder):
    (folder / "city").mkdir()
    (folder / "city" / "city.toml").write_text('format = 1\nname = "Saltmarsh"\n', "utf-8")
    assert verified("city") == (1, "No seal here.")


def test_unbroken_without_a_witness(sealed):
    code, said = verified("bins")
    assert code == 0
    for words in ("1 entry.", sealed.code, "Unbroken, but no witness: dated by the city only.",
                  "Seal in force: entry 1, 2 March 2026.", "Sealed by: Audit office.",
                  "Not opened", "until 2026-02", "The tables are those that were sealed.",
                  "It cannot show that nobody had looked at the outcome."):  # fmt: skip
        assert words in said, words
    data = as_data("bins")
    assert (data["unbroken"], data["dated_by"], data["witness"]) == (True, "city", None)
    assert (data["head"], data["code"]) == (sealed.head, sealed.code)


@pytest.mark.parametrize("part", ["code", "head"])
def test_a_witness_with_and_without_a_day(sealed, part):
    noted = getattr(sealed, part)
    code, said = verified("bins", "--head", noted, "--on", "2026-03-04")
    assert code == 0
    assert "A code noted outside on 4 March 2026 covers entry 1" in said
    assert as_data("bins", "--head", noted, "--on", "2026-03-04")["dated_by"] == "witness"
    code, said = verified("bins", "--head", noted)
    assert code == 0
    assert "on which day, nobody says" in said
    assert as_data("bins", "--head", noted)["dated_by"] == "city"


def test_a_code_that_was_noted_before_the_entry_was_made(sealed):
    code, said = verified("bins", "--head", sealed.code, "--on", "2026-03-01")
    assert code == 1
    assert "Entry 1 is dated 2 March 2026, and its code was noted on 1 March 2026 already." in said


def test_entries_after_the_witness_and_those_dated_before_it(proposal, sealed):
    proposal.change("promises.csv", "3.0", "2.0")
    amend(proposal.path, "Counted again", terms=proposal.terms())
    code, said = verified("bins", "--head", sealed.code, "--on", "2026-03-04")
    assert code == 0
    assert "Entries after it are dated by the city only: 2." in said
    assert "dated before that day: 2." in said
    assert "Amended on 2 March 2026 (entry 2): Counted again" in said
    assert "promises, B1: target was 3.0, is 2.0" in said
    (amendment,) = as_data("bins")["amendments"]
    assert amendment["changed"][0]["after"] == "2.0"


def test_truncation_shows_given_a_code(proposal, sealed):
    proposal.change("promises.csv", "3.0", "2.0")
    last = amend(proposal.path, "Counted again", terms=proposal.terms())
    public = proposal.files.public
    public.write_bytes(public.read_bytes().split(b"\n")[0] + b"\n")
    assert verified(public)[0] == 0
    code, said = verified(public, "--head", last.code)
    assert code == 1
    assert f"No entry has the code {last.code}" in said
    assert as_data(public, "--head", last.code)["breaks"][0]["code"] == "head_not_there"


def test_a_changed_table_is_named(proposal, sealed):
    proposal.change("promises.csv", "3.0", "2.0")
    code, said = verified("bins")
    assert code == 1
    assert "promises, B1: target was 3.0, is 2.0" in said
    assert as_data("bins")["differs"][0]["column"] == "target"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("B1,0.05,lots.json\nB1,0.5,lots.json", "B1,0.5,lots.json\nB1,0.05,lots.json",
         "evaluation, B1: which of the rows with this code comes first was"),
        ("B1,0.05,lots.json\nB1,0.5,lots.json", "B1,0.05,lots.json", "evaluation: row taken out"),
    ],
)  # fmt: skip
def test_a_lax_rule_beside_a_strict_one_is_not_put_first(proposal, old, new, words):
    """Of two rows for one promise the first is used, so their order is part of the plan."""
    proposal.change("evaluation.csv", "B1,0.05,lots.json", old)
    seal(proposal.path, terms=proposal.terms())
    assert verified("bins")[0] == 0
    proposal.change("evaluation.csv", old, new)
    code, said = verified("bins")
    assert code == 1
    assert words in said


def test_another_scheme_is_named_in_words(proposal, sealed):
    proposal.change("lots.json", "7", "8")
    assert "evaluation, lots.json: the whole file was" in verified("bins")[1]


def test_many_changes_are_told_as_a_number(proposal, sealed):
    with (proposal.path / "responses.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"B1,result {n},Do {n}\n" for n in range(21))
    code, said = verified("bins")
    assert code == 1
    assert "responses: 21 rows added; --json lists them" in said
    assert len(as_data("bins")["differs"]) == 21


def test_an_altered_entry_is_named_by_its_line(proposal, sealed):
    proposal.change(PUBLIC, "2026-03-02", "2026-03-01")
    code, said = verified("bins")
    assert code == 1
    assert "Broken: Line 1: entry 1 is not what it was; its hash does not fit." in said


def test_an_opened_record_is_checked_without_the_private_texts(proposal, sealed):
    open_seals(proposal.path, terms=proposal.terms())
    shutil.rmtree(proposal.path / PRIVATE)
    code, said = verified("bins")
    assert code == 0
    assert "Opened: text and key are public and fit the commitment." in said


def test_a_lost_key_is_told(proposal, sealed):
    proposal.files.private.unlink()
    code, said = verified("bins")
    assert code == 0
    assert "Entry 1: text and key are not here" in said
    assert "cannot be told" in said
    report_key_lost(proposal.path, 1, terms=proposal.terms())
    assert "Entry 1: sealed, key lost. The text can no longer be proven." in verified("bins")[1]
    assert as_data("bins")["keys_lost"] == [1]


@pytest.mark.parametrize(("who", "words"), [("The auditor", "afterwards, by The auditor.")])
def test_promises_put_together_afterwards_are_told(proposal, who, words):
    seal(proposal.path, terms=proposal.terms(DAY, afterwards_by=who))
    assert words in verified("bins")[1]
    alone = proposal.path.parent / "published"
    alone.mkdir()
    shutil.copyfile(proposal.path / PUBLIC, alone / PUBLIC)
    assert "the opened text says by whom" in verified(alone)[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("none",), ("record_missing", 3)),
        (("bins", "--on", "2026-03-04"), ("day_without_code", 2)),
        (("bins", "--head", "5ea1"), ("no_head", 2)),
    ],
)
def test_what_does_not_go_ends_with_its_code(sealed, words, expected):
    assert refused(*words) == expected


def test_a_code_copied_wrongly_is_no_broken_record(sealed):
    other = "A" if sealed.code[0] != "A" else "B"
    assert refused("bins", "--head", other + sealed.code[1:]) == ("code_miscopied", 2)
