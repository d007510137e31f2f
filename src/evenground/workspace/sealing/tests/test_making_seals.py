"""Making entries: what is sealed, amended, opened, noted, and what is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from evenground.errors import InvalidInputError, NotFoundError, UsageError
from evenground.record.commitment import KEY_BYTES
from evenground.record.entry import EntryKind
from evenground.record.sealed_text import DataRole
from evenground.workspace.sealing import (
    Terms,
    add_words,
    amend,
    open_seals,
    report_key_lost,
    seal,
    seal_status,
    state_of,
)
from evenground.workspace.sealing.files import PUBLIC
from evenground.workspace.sealing.tests.initiatives import DAY, TABLES


def refused(kind, code, call, *args, **more):
    """Assert that a call is refused with a code, and return the first problem."""
    with pytest.raises(kind) as refusal:
        call(*args, **more)
    problem = refusal.value.problems[0]
    assert problem.code == code
    assert problem.way_out
    return problem


def test_a_seal_holds_the_tables_cell_by_cell(proposal):
    made = seal(proposal.path, terms=proposal.terms(by="Audit office"))
    assert (made.entry.sequence, made.entry.kind, made.entry.stated_on) == (1, EntryKind.SEAL, DAY)
    assert (made.text.by, made.text.initiative) == ("Audit office", "Closed bins")
    tables = {table.table: table for table in made.text.tables}
    assert list(tables) == ["promises", "evaluation", "harms", "responses"]
    assert tables["promises"].columns[:3] == ("promise_id", "words", "target")
    assert tables["promises"].rows[0][2] == "3.0"
    assert made.head == proposal.files.holdings.chain.head


def test_what_is_public_shows_no_word_of_it(proposal):
    seal(proposal.path, terms=proposal.terms(by="Audit office"))
    public = (proposal.path / PUBLIC).read_text(encoding="utf-8")
    for word in ("quarter", "37", "Audit", "Closed", "stop", "lots"):
        assert word not in public
    assert set(json.loads(public)["entry"]) == {
        "about", "afterwards", "commitment", "format", "kind", "outcomes_until", "previous",
        "sequence", "stated_on",
    }  # fmt: skip


def test_data_present_are_recorded_with_hash_and_last_date(proposal):
    made = seal(proposal.path, terms=proposal.terms())
    present = {one.role: one for one in made.text.data_present}
    outcome, baseline = present[DataRole.OUTCOME], present[DataRole.BASELINE]
    assert (outcome.file, outcome.last_date, outcome.column) == (
        "outcomes.csv", "2026-02", "period",
    )  # fmt: skip
    assert (baseline.file, baseline.last_date, baseline.column) == (
        "rounds_2025.csv", "2025-12-31", "day",
    )  # fmt: skip
    assert present[DataRole.ASSIGNMENT].file == "lots.json"
    assert all(len(one.sha256) == 64 for one in present.values())
    assert made.entry.outcomes_until == "2026-02"


def test_data_that_are_not_there_are_recorded_as_not_there(proposal):
    for name in ("outcomes.csv", "rounds_2025.csv", "lots.json"):
        (proposal.path / name).unlink()
    made = seal(proposal.path, terms=proposal.terms())
    assert {one.sha256 for one in made.text.data_present} == {""}
    assert {one.dataset for one in made.text.data_present} == {"outcomes", "rounds", "lots.json"}
    assert made.entry.outcomes_until == ""


def test_an_outcome_in_the_citys_folder_is_found_there(proposal, tmp_path):
    city = tmp_path / "city"
    city.mkdir()
    (city / "city.toml").write_text('format = 1\nname = "Saltmarsh"\n', encoding="utf-8")
    (city / "datasets.csv").write_text("dataset_id,title,file\ncounts,C,counts.csv\n", "utf-8")
    (city / "counts.csv").write_text("year,n\n2023,1\n2024,2\n", "utf-8")
    proposal.change("promises.csv", "3.0,outcomes,", "3.0,counts,")
    made = seal(proposal.path, terms=proposal.terms(city=city))
    found = {one.dataset: one for one in made.text.data_present}["counts"]
    assert (found.file, found.last_date, found.column) == ("counts.csv", "2024", "year")
    without = state_of(proposal.path)[0]
    assert {one.dataset: one for one in without.data_present}["counts"].sha256 == ""


def test_only_the_plan_of_a_rollout_is_sealed(proposal):
    (proposal.path / "rollout.csv").write_text(
        "unit_id,planned_start,started,arm\n0101,2026-05-01,,drawn\n0102,,,\n", "utf-8"
    )
    proposal.change("evaluation.csv", "lots.json", "rollout")
    made = seal(proposal.path, terms=proposal.terms())
    plan = made.text.tables[-1]
    assert (plan.table, plan.columns) == ("rollout", ("unit_id", "planned_start", "arm"))
    assert plan.rows == (("0101", "2026-05-01", "drawn"),)
    proposal.change("rollout.csv", "2026-05-01,,drawn", "2026-05-01,2026-06-02,drawn")
    assert seal_status(proposal.path).differs == ()
    proposal.change("rollout.csv", "2026-05-01,", "2026-06-01,")
    assert [one.table for one in seal_status(proposal.path).differs] == ["rollout"]


def test_a_plan_that_is_given_file_by_file_is_sealed(proposal):
    """Who is drawn and who waits may be said once for each file; swapping two areas shows."""
    files = {
        name: f'[[tables.rollout]]\nfile = "{name}.csv"\nvalues = {{ arm = "{name}" }}\n'
        for name in ("drawn", "waiting")
    }
    toml = proposal.path / "initiative.toml"
    toml.write_text(toml.read_text("utf-8") + "".join(files.values()), "utf-8")
    for name, units in zip(files, ("0101\n0102", "0201\n0202"), strict=True):
        (proposal.path / f"{name}.csv").write_text(f"unit_id\n{units}\n", "utf-8")
    made = seal(proposal.path, terms=proposal.terms())
    assert [one.rows for one in made.text.tables if one.table == "rollout"] == [
        (("0101",), ("0102",)), (("0201",), ("0202",)),
    ]  # fmt: skip
    proposal.change("drawn.csv", "0101", "0202")
    proposal.change("waiting.csv", "0202", "0101")
    found = seal_status(proposal.path, internal=True).differs
    assert {(one.table, one.row, one.column) for one in found} == {
        ("rollout", "0101", "read_as"), ("rollout", "0202", "read_as"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("periods", "last"),
    [
        (("2026-9", "2026-10"), "2026-10"),
        (("2026-10-2", "2026-9-30"), "2026-10-2"),
        (("2026/2", "2025/11"), "2026/2"),
        (("2025-Q4", "2025-Q2"), "2025-Q4"),
        (("2026-01-31T08:00", "2026-01-31T10:00"), "2026-01-31T10:00"),
        (("2025", ""), "2025"),
        (("31.12.2025", "30.11.2025"), ""),
    ],
)
def test_the_last_date_is_the_last_in_time(proposal, periods, last):
    """With leading zeros or without."""
    rows = "".join(f"full_bins,0101,{period},4\n" for period in periods)
    (proposal.path / "outcomes.csv").write_text(f"indicator,unit_id,period,value\n{rows}", "utf-8")
    assert seal(proposal.path, terms=proposal.terms()).entry.outcomes_until == last


def test_keys_are_random_and_never_used_twice(proposal):
    seal(proposal.path)
    add_words(proposal.path, "Noted")
    lines = proposal.files.private.read_text(encoding="utf-8").splitlines()
    keys = [bytes.fromhex(json.loads(line)["key"]) for line in lines]
    assert len(set(keys)) == 2
    assert {len(key) for key in keys} == {KEY_BYTES}


def test_a_key_of_another_length_is_refused_and_nothing_is_written(proposal):
    terms = Terms(today=DAY, draw_key=lambda: b"short")
    refused(UsageError, "key_length", seal, proposal.path, terms=terms)
    assert proposal.contents() == {}


def test_the_day_is_today_unless_given(proposal):
    before = date.today()  # noqa: DTZ011 - the machine's own day, as the command takes it
    made = seal(proposal.path)
    assert before <= made.entry.stated_on <= before + timedelta(days=1)


def test_a_second_seal_is_refused(proposal):
    seal(proposal.path, terms=proposal.terms())
    refused(UsageError, "seal_exists", seal, proposal.path, terms=proposal.terms())


def test_without_promises_there_is_nothing_to_seal(proposal):
    (proposal.path / "promises.csv").unlink()
    problem = refused(UsageError, "nothing_to_seal", seal, proposal.path)
    assert problem.value.rstrip("…") in str(proposal.path)
    (proposal.path / "promises.csv").write_text("promise_id,words\n", encoding="utf-8")
    refused(UsageError, "nothing_to_seal", seal, proposal.path)
    (proposal.path / "promises.csv").write_text("", encoding="utf-8")
    refused(UsageError, "nothing_to_seal", seal, proposal.path)


def test_a_folder_that_is_no_initiative_is_refused(tmp_path):
    refused(NotFoundError, "folder_missing", seal, tmp_path / "none")
    refused(NotFoundError, "toml_missing", seal, tmp_path)


def test_an_amendment_keeps_the_seal_and_says_why(proposal):
    first = seal(proposal.path, terms=proposal.terms())
    proposal.change("promises.csv", "3.0", "3.5")
    made = amend(proposal.path, "Counted again", terms=proposal.terms())
    assert (made.entry.kind, made.entry.about) == (EntryKind.AMENDMENT, (1,))
    assert made.entry.previous == first.head
    status = seal_status(proposal.path, internal=True)
    assert (status.sequence, status.n_entries, status.differs) == (2, 2, ())
    (amendment,) = status.amendments
    assert amendment.words == "Counted again"
    (change,) = amendment.changed
    assert (change.row, change.column, change.before, change.after) == (
        "B1",
        "target",
        "3.0",
        "3.5",
    )


def test_an_amendment_without_a_seal_or_a_change_is_refused(proposal):
    refused(UsageError, "no_seal", amend, proposal.path, "Why", terms=proposal.terms())
    seal(proposal.path, terms=proposal.terms())
    refused(UsageError, "nothing_changed", amend, proposal.path, "Why", terms=proposal.terms())


def test_another_scheme_of_assignment_is_a_change(proposal):
    seal(proposal.path, terms=proposal.terms())
    proposal.change("lots.json", "7", "8")
    (found,) = seal_status(proposal.path, internal=True).differs
    assert (found.table, found.row, found.column) == ("evaluation", "lots.json", "file")
    assert amend(proposal.path, "Drawn again", terms=proposal.terms()).entry.sequence == 2


@pytest.mark.parametrize("changed", ["outcomes.csv", "rounds_2025.csv"])
def test_new_outcome_data_are_no_change(proposal, changed):
    seal(proposal.path, terms=proposal.terms())
    with (proposal.path / changed).open("a", encoding="utf-8") as file:
        file.write("full_bins,0101,2026-03,5\n" if changed == "outcomes.csv" else "2026-01-31,8\n")
    assert seal_status(proposal.path).differs == ()


def test_opening_publishes_text_and_key(proposal):
    first = seal(proposal.path, terms=proposal.terms())
    proposal.change("promises.csv", "3.0", "3.5")
    amend(proposal.path, "Counted again", terms=proposal.terms())
    made = open_seals(proposal.path, terms=proposal.terms())
    assert (made.entry.about, made.opened) == ((1, 2), (1, 2))
    opened = proposal.files.holdings.opened.by_commitment
    assert set(opened) == {one.commitment for one in proposal.files.holdings.chain.entries}
    assert opened[first.entry.commitment].text == first.text.as_json
    status = seal_status(proposal.path)
    assert (status.opened, status.unbroken, status.withheld) == (True, True, False)
    assert status.text.tables[0].rows[0][2] == "3.5"
    refused(UsageError, "nothing_to_open", open_seals, proposal.path, terms=proposal.terms())


def test_what_is_added_after_an_opening_can_be_opened_too(proposal):
    seal(proposal.path, terms=proposal.terms())
    open_seals(proposal.path, terms=proposal.terms())
    decided = add_words(
        proposal.path, "Go on", kind=EntryKind.DECISION, terms=proposal.terms(by="Committee")
    )
    assert (decided.entry.kind, decided.text.words) == (EntryKind.DECISION, "Go on")
    assert open_seals(proposal.path, terms=proposal.terms()).opened == (3,)


def test_opening_needs_a_record(proposal):
    refused(UsageError, "nothing_to_open", open_seals, proposal.path, terms=proposal.terms())


def test_words_need_a_seal(proposal):
    refused(UsageError, "no_seal", add_words, proposal.path, "Noted", terms=proposal.terms())
    seal(proposal.path, terms=proposal.terms())
    made = add_words(proposal.path, "Noted", terms=proposal.terms())
    assert (made.entry.kind, made.entry.about) == (EntryKind.NOTE, (1,))


def test_a_lost_key_is_recorded_once_it_is_lost(proposal):
    seal(proposal.path, terms=proposal.terms())
    refused(UsageError, "key_not_lost", report_key_lost, proposal.path, 1, terms=proposal.terms())
    proposal.files.private.unlink()
    refused(UsageError, "key_not_lost", report_key_lost, proposal.path, 2, terms=proposal.terms())
    missing = seal_status(proposal.path)
    assert (missing.keys_missing, missing.key_lost, missing.differs) == ((1,), False, None)
    made = report_key_lost(proposal.path, 1, terms=proposal.terms())
    assert (made.entry.kind, made.entry.about) == (EntryKind.KEY_LOST, (1,))
    status = seal_status(proposal.path)
    assert (status.key_lost, status.keys_lost, status.keys_missing) == (True, (1,), ())
    assert status.unbroken
    proposal.change("promises.csv", "3.0", "3.5")
    again = amend(proposal.path, "Sealed anew, key lost", terms=proposal.terms())
    status = seal_status(proposal.path, internal=True)
    assert (again.entry.sequence, status.key_lost) == (3, False)
    assert status.amendments[0].changed is None


def test_promises_put_together_afterwards_are_marked(proposal):
    made = seal(proposal.path, terms=proposal.terms(afterwards_by="The auditor"))
    assert (made.entry.afterwards, made.text.afterwards_by) == (True, "The auditor")
    status = seal_status(proposal.path)
    assert (status.afterwards, status.afterwards_by) == (True, "The auditor")
    note = add_words(proposal.path, "N", terms=proposal.terms(afterwards_by="The auditor"))
    assert not note.entry.afterwards


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        ("Audit", "Audit", "Audit"),
        ("Audit", "Clerk", "Audit, Clerk"),
        ("Audit", "", ""),
        ("", "", ""),
    ],
)
def test_promises_that_say_so_themselves_are_marked_too(proposal, first, second, by):
    """Where some were fixed beforehand, only those that were not say so."""
    rows = f"promise_id,words,compiled_by\nB1,Fewer,{first}\nB2,Quieter,{second}\n"
    (proposal.path / "promises.csv").write_text(rows, encoding="utf-8")
    made = seal(proposal.path, terms=proposal.terms())
    assert (made.text.afterwards_by, made.entry.afterwards) == (by, bool(by))


def test_an_entry_is_not_dated_before_the_last(proposal):
    seal(proposal.path, terms=proposal.terms())
    yesterday = proposal.terms(DAY - timedelta(days=1))
    refused(UsageError, "before_the_last", add_words, proposal.path, "Noted", terms=yesterday)
    assert add_words(proposal.path, "Noted", terms=proposal.terms()).entry.sequence == 2


def test_nothing_is_added_to_a_broken_record(proposal):
    seal(proposal.path, terms=proposal.terms())
    proposal.change(PUBLIC, "2026-03-02", "2026-03-01")
    for call, args in ((amend, ("Why",)), (open_seals, ()), (add_words, ("Noted",))):
        refused(
            InvalidInputError, "record_broken", call, proposal.path, *args, terms=proposal.terms()
        )


def test_semicolons_and_commas_are_read_as_they_stand(proposal):
    text = TABLES["promises.csv"].replace(",", ";").replace("3.0", "3,0")
    (proposal.path / "promises.csv").write_text(text, encoding="utf-8")
    made = seal(proposal.path, terms=proposal.terms())
    table = made.text.tables[0]
    assert table.rows[0][2] == "3,0"
    assert table.read_as["semicolons"] is True
    # The same cells between commas would be read as other numbers, which is a change.
    quoted = text.replace("3,0", '"3,0"').replace(";", ",")
    (proposal.path / "promises.csv").write_text(quoted, encoding="utf-8")
    (found,) = seal_status(proposal.path, internal=True).differs
    assert (found.table, found.column) == ("promises", "read_as")
