"""What was promised in the trial is sealed before its outcome, amended once, and opened."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from evenground_demo.initiatives import rounds_by_need
from evenground_demo.initiatives.seals import AMENDED_ON, OPENED_ON, SEALED_ON, write_seals
from evenground_demo.text_files import text_file, texts
from evenground_demo.writers import write_csv, write_text

from evenground.record import may_evaluate
from evenground.record.entry import EntryKind
from evenground.workspace.sealing import seal_status
from evenground.workspace.sealing.files import record_of

KEY = rounds_by_need.KEY
STARTS = date(2024, 10, 1)


@pytest.fixture(scope="module")
def trial(world, tmp_path_factory):
    """Return the folder of the trial, sealed."""
    folder = tmp_path_factory.mktemp("sealed") / KEY
    folder.mkdir()
    write_text(folder / "initiative.toml", text_file(f"initiatives/{KEY}/initiative.toml"))
    for name, rows in texts(f"initiatives/{KEY}/tables").items():
        write_csv(folder / f"{name}.csv", rows)
    write_csv(folder / "outcomes.csv", rounds_by_need.outcome_rows(world))
    write_csv(folder / "rollout.csv", rounds_by_need.rollout_rows(world))
    write_seals(folder.parent)
    return folder


def test_the_trial_is_what_was_sealed_and_may_be_judged(trial):
    status = seal_status(trial)
    assert (status.sealed, status.unbroken, status.opened, status.differs) == (True, True, True, ())
    assert may_evaluate(status).sealed
    assert not status.keys_missing


def test_it_was_sealed_before_the_first_area_began(trial):
    status = seal_status(trial)
    kinds = [(one.kind, one.stated_on) for one in record_of(trial).holdings.chain.entries]
    assert kinds == [
        (EntryKind.SEAL, SEALED_ON),
        (EntryKind.AMENDMENT, AMENDED_ON),
        (EntryKind.OPENING, OPENED_ON),
    ]
    assert kinds[1][1] < STARTS
    assert (status.first_outcomes_until, status.outcomes_until) == ("2024-06", "2024-08")


def test_the_amendment_shows_what_the_lots_and_the_council_added(trial):
    (amendment,) = seal_status(trial).amendments
    assert "drawn by lot" in amendment.words
    changed = {(one.table, one.column) for one in amendment.changed}
    assert {
        ("evaluation", "assignment"), ("harms", "limit"), ("rollout", ""),
    } <= changed  # fmt: skip
    assert not [one for one in amendment.changed if one.table == "promises"]


def test_sealing_again_changes_no_byte(trial, tmp_path):
    again = tmp_path / KEY
    shutil.copytree(trial, again)
    write_seals(tmp_path)
    files = [path.relative_to(trial) for path in trial.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert files == [path.relative_to(again) for path in again.rglob("*") if path.is_file()]
    for name in files:
        assert (trial / name).read_bytes() == (again / name).read_bytes(), name


def test_a_changed_promise_shows(trial, tmp_path):
    changed = tmp_path / KEY
    shutil.copytree(trial, changed)
    promises = changed / "promises.csv"
    promises.write_text(promises.read_text("utf-8").replace("3.9", "4.9"), "utf-8")
    (found,) = seal_status(changed).differs
    assert (found.row, found.column, found.before, found.after) == ("R1", "target", "3.9", "4.9")
