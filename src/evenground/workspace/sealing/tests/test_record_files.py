"""The record on the disk: whole or not at all, one writer at a time, private before public."""

from __future__ import annotations

import subprocess
from shutil import which

import pytest

from evenground.errors import NotFoundError, UntrustedInputError, UsageError, WriteError
from evenground.workspace.opening import open_initiative
from evenground.workspace.sealing import (
    add_words,
    amend,
    files,
    open_seals,
    seal,
    seal_of,
    seal_status,
)
from evenground.workspace.sealing.files import (
    LOCK,
    OPENED,
    PRIVATE,
    PUBLIC,
    RecordFiles,
    record_of,
)
from evenground.workspace.sealing.tests.initiatives import TOML


class PulledPlugError(Exception):
    """Stands for a power cut at some step."""


@pytest.fixture
def stops_at(monkeypatch):
    """Let the power go just before a file of some name is written for the n-th time."""

    def stop(name: str, nth: int = 1) -> None:
        real, seen = files.write_atomic, []

        def write(path, data, **more):
            seen.append(path.name)
            if path.name == name and seen.count(name) == nth:
                raise PulledPlugError(name)
            return real(path, data, **more)

        monkeypatch.setattr(files, "write_atomic", write)

    return stop


def step(proposal, what):
    """Do one step of a record's life."""
    calls = {
        "seal": lambda: seal(proposal.path, terms=proposal.terms()),
        "amend": lambda: amend(proposal.path, "Why", terms=proposal.terms()),
        "open": lambda: open_seals(proposal.path, terms=proposal.terms()),
        "note": lambda: add_words(proposal.path, "Noted", terms=proposal.terms()),
    }
    return calls[what]()


@pytest.mark.parametrize("name", [".gitignore", files.PRIVATE_FILE, PUBLIC])
def test_a_crash_while_sealing_leaves_no_entry_and_the_seal_can_be_made_again(
    proposal, stops_at, monkeypatch, name
):
    stops_at(name)
    with pytest.raises(PulledPlugError):
        step(proposal, "seal")
    status = seal_status(proposal.path)
    assert (status.sealed, status.unbroken, status.n_entries) == (False, True, 0)
    monkeypatch.undo()
    assert step(proposal, "seal").entry.sequence == 1
    status = seal_status(proposal.path)
    assert (status.sealed, status.unbroken, status.differs) == (True, True, ())
    assert (proposal.path / PRIVATE / ".gitignore").exists()


@pytest.mark.parametrize("name", [files.PRIVATE_FILE, PUBLIC])
@pytest.mark.parametrize("what", ["amend", "note"])
def test_a_crash_later_leaves_what_was_there(proposal, stops_at, monkeypatch, what, name):
    made = step(proposal, "seal")
    if what == "amend":
        proposal.change("promises.csv", "3.0", "3.5")
    stops_at(name)
    with pytest.raises(PulledPlugError):
        step(proposal, what)
    status = seal_status(proposal.path)
    assert (status.head, status.unbroken, status.n_entries) == (made.head, True, 1)
    monkeypatch.undo()
    assert step(proposal, what).entry.sequence == 2
    assert seal_status(proposal.path).unbroken


def test_a_text_is_safe_before_anything_public_rests_on_it(proposal, stops_at):
    """With the power gone before the chain is written, the key is there and nothing is public."""
    stops_at(PUBLIC)
    with pytest.raises(PulledPlugError):
        step(proposal, "seal")
    assert proposal.files.private.exists()
    assert not proposal.files.public.exists()


@pytest.mark.parametrize(
    ("moment", "n_entries"),
    [((files.PRIVATE_FILE, 1), 1), ((OPENED, 1), 1), ((PUBLIC, 1), 1), ((OPENED, 2), 2)],
)
def test_a_crash_while_opening_heals(proposal, stops_at, monkeypatch, moment, n_entries):
    """Wherever the power goes, the record holds, and what is made next completes it."""
    step(proposal, "seal")
    stops_at(*moment)
    with pytest.raises(PulledPlugError):
        step(proposal, "open")
    monkeypatch.undo()
    status = seal_status(proposal.path)
    assert (status.unbroken, status.n_entries) == (True, n_entries)
    step(proposal, "note" if n_entries == 2 else "open")
    status = seal_status(proposal.path)
    assert (status.opened, status.unbroken) == (True, True)
    holdings = proposal.files.holdings
    assert all(holdings.published(one) for one in holdings.chain.entries[:2])


def test_two_writers_at_once_are_refused(proposal):
    with proposal.files.locked(), pytest.raises(WriteError) as refusal:
        step(proposal, "seal")
    (problem,) = refusal.value.problems
    assert problem.code == "record_locked"
    assert step(proposal, "seal").entry.sequence == 1
    assert not (proposal.path / LOCK).exists()


def test_the_lock_goes_when_a_step_is_refused(proposal):
    with pytest.raises(UsageError):
        step(proposal, "note")
    assert not (proposal.path / LOCK).exists()


def test_private_texts_are_for_their_owner_and_left_out_by_git(proposal):
    step(proposal, "seal")
    folder = proposal.path / PRIVATE
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    if which("git") is None:
        pytest.skip("git is not here")
    subprocess.run(["git", "init", "-q", "."], cwd=proposal.path, check=True)
    subprocess.run(["git", "add", "-A"], cwd=proposal.path, check=True)
    listed = subprocess.run(
        ["git", "ls-files"], cwd=proposal.path, check=True, capture_output=True, text=True
    ).stdout.split()
    assert PUBLIC in listed
    assert ".gitattributes" in listed
    assert not [name for name in listed if name.startswith(PRIVATE)]


def test_git_is_told_to_leave_line_ends_alone_unless_told_otherwise(proposal):
    step(proposal, "seal")
    attributes = proposal.path / ".gitattributes"
    assert attributes.read_text(encoding="utf-8") == f"{PUBLIC} -text\n{OPENED} -text\n"
    attributes.write_text("*.csv text\n", encoding="utf-8")
    step(proposal, "note")
    assert attributes.read_text(encoding="utf-8") == "*.csv text\n"


def test_earlier_lines_stay_byte_for_byte(proposal):
    step(proposal, "seal")
    before = proposal.contents()
    step(proposal, "note")
    after = proposal.contents()
    for name, data in before.items():
        assert after[name].startswith(data)
        assert after[name] != data


def test_a_last_line_without_its_end_is_not_run_into(proposal):
    """A text whose line end an editor took away still stands on a line of its own."""
    step(proposal, "seal")
    private = proposal.files.private
    private.write_bytes(private.read_bytes().rstrip(b"\n"))
    step(proposal, "note")
    assert len(proposal.files.holdings.private.by_commitment) == 2


def test_a_file_that_is_too_large_is_not_read(proposal, monkeypatch):
    step(proposal, "seal")
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(UntrustedInputError) as refusal:
        seal_status(proposal.path)
    assert refusal.value.problems[0].code == "record_too_large"


def workbook_at(path):
    """Write an initiative with one promise into a workbook, and return it."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    rows = {
        "initiative": [["key", "value"], ["title", "Closed bins"], ["stage", "proposed"]],
        "promises": [["promise_id", "words", "target"], ["B1", "Fewer", 3.0]],
    }
    for name, lines in rows.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    workbook.save(path)
    return workbook


def test_the_record_of_a_workbook_lies_beside_it(tmp_path):
    path = tmp_path / "offer.xlsx"
    workbook = workbook_at(path)
    made = seal(path)
    assert (tmp_path / "offer.seals" / PUBLIC).exists()
    assert made.text.tables[0].rows[0][:3] == ("B1", "Fewer", "3")
    assert seal_status(path).differs == ()
    workbook["promises"]["C2"] = 4
    workbook.save(path)
    assert len(seal_status(path).differs) == 1


@pytest.mark.parametrize("one", ["", "initiative.xlsx"])
@pytest.mark.parametrize("other", ["", "initiative.xlsx"])
def test_a_folder_that_holds_its_initiative_in_a_workbook_has_one_record(tmp_path, one, other):
    """Whether folder or workbook is named: what one seals, the other and a dossier see."""
    workbook_at(tmp_path / "initiative.xlsx")
    seal(tmp_path / one)
    assert seal_status(tmp_path / other).differs == ()
    assert seal_of(open_initiative(tmp_path / other)).sealed


@pytest.mark.parametrize("name", ["seals-2026.jsonl", "promises.csv"])
def test_a_record_under_another_name_is_not_taken_for_the_one_beside_it(proposal, name):
    """An auditor's copy would seem to hold because the city's record does."""
    step(proposal, "seal")
    copy = proposal.path / name
    copy.write_bytes(b"what the auditor kept")
    with pytest.raises(UsageError) as refusal:
        seal_status(copy)
    assert refusal.value.problems[0].code == "record_of_nothing"


def test_a_record_is_found_from_the_folder_its_toml_and_its_own_file(proposal):
    step(proposal, "seal")
    assert (proposal.path / "initiative.toml").read_text(encoding="utf-8") == TOML
    for name in ("", "initiative.toml", PUBLIC):
        assert record_of(proposal.path / name) == RecordFiles(proposal.path)
    with pytest.raises(NotFoundError) as refusal:
        record_of(proposal.path / "none")
    assert refusal.value.problems[0].code == "record_missing"
