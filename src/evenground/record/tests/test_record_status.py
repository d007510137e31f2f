"""What a record shows: whose date, what is open, what is lost, and whether one may evaluate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from evenground.record import SealStatus, may_evaluate
from evenground.record.chain import Break, read_chain
from evenground.record.commitment import Secret
from evenground.record.differences import Change, Difference
from evenground.record.entry import EntryKind
from evenground.record.holdings import Holdings, Secrets, contradictions, read_secrets
from evenground.record.permission import Ground
from evenground.record.status import DatedBy, Looking, State, status_of
from evenground.record.tests.chains import FIRST, OUTCOMES, SECOND, START, Maker
from evenground.record.witness import Witness

NOW = State(tables=(FIRST,), data_present=(OUTCOMES,))


def maker(*, by="Audit office", **more) -> Maker:
    """Return a record with one seal."""
    made = Maker()
    made.add(tables=(FIRST,), data_present=(OUTCOMES,), by=by, **more)
    return made


def seen(made: Maker, *, private=True, **looking) -> SealStatus:
    return status_of(made.holdings(private=private), Looking(now=NOW, **looking))


def test_nothing_at_all():
    assert status_of(Holdings()) == SealStatus()


def test_a_seal_by_hand():
    made = maker()
    status = seen(made, internal=True)
    assert (status.sealed, status.sequence, status.sealed_on) == (True, 1, START)
    assert (status.n_entries, status.head, status.unbroken) == (1, made.chain.head, True)
    assert (status.by, status.outcomes_until) == ("Audit office", "2026-02")
    assert (status.differs, status.withheld, status.opened) == ((), False, False)
    assert status.dated_by is DatedBy.CITY


def test_before_opening_no_word_and_no_file_is_shown():
    status = seen(maker())
    assert (status.text, status.by, status.data_present, status.withheld) == (None, "", (), True)
    opened = maker()
    opened.open(days=9)
    status = seen(opened)
    assert status.text.tables == (FIRST,)
    assert status.data_present == (OUTCOMES,)
    assert (status.withheld, status.opened) == (False, True)


def test_amendments_show_what_they_changed_once_both_texts_may_be_shown():
    made = maker()
    made.add(EntryKind.AMENDMENT, days=3, tables=(SECOND,), words="Counted again", by="Planner")
    for internal in (True, False):
        (amendment,) = seen(made, internal=internal).amendments
        (change,) = amendment.changed
        assert (amendment.words, amendment.by) == (
            ("Counted again", "Planner") if internal else ("", "")
        )
        assert (change.row, change.after) == (("B2", "80") if internal else ("", ""))
    made.open(days=9)
    assert seen(made).amendments[0].changed[0].after == "80"
    assert seen(made, private=False).amendments[0].words == "Counted again"
    status = seen(made)
    assert (status.first_sealed_on, status.sealed_on) == (START, START + timedelta(days=3))


def test_the_witness_has_to_cover_the_seal_in_force():
    made = maker()
    noted = Witness(code=made.chain.head, on=START + timedelta(days=1))
    assert seen(made, witness=noted).dated_by is DatedBy.WITNESS
    assert seen(made, witness=replace(noted, on=None)).dated_by is DatedBy.CITY
    made.add(EntryKind.NOTE, days=2)
    assert seen(made, witness=noted).dated_by is DatedBy.WITNESS
    made.add(EntryKind.AMENDMENT, days=3, tables=(SECOND,))
    assert seen(made, witness=noted).dated_by is DatedBy.CITY


def test_a_witness_vouches_for_nothing_broken():
    made = maker()
    broken = replace(made.chain, breaks=(Break(code="altered", line=1),))
    holdings = replace(made.holdings(), chain=broken)
    noted = Witness(code=made.chain.head, on=START)
    status = status_of(holdings, Looking(witness=noted))
    assert (status.unbroken, status.dated_by) == (False, DatedBy.CITY)


def test_a_key_that_is_not_here_and_one_that_is_lost():
    made = maker()
    assert seen(made, private=False).keys_missing == (1,)
    made.secrets.clear()
    made.add(EntryKind.KEY_LOST, days=5, about=(1,))
    status = seen(made)
    assert (status.keys_lost, status.keys_missing, status.key_lost) == ((1,), (), True)
    assert (status.differs, status.text) == (None, None)
    made.add(EntryKind.AMENDMENT, days=6, tables=(FIRST,))
    status = seen(made)
    assert (status.key_lost, status.amendments[0].changed) == (False, None)


def test_put_together_afterwards_is_seen_from_outside_and_by_whom_once_opened():
    made = maker(afterwards_by="The auditor")
    assert (seen(made, private=False).afterwards, seen(made, private=False).afterwards_by) == (
        True, "",
    )  # fmt: skip
    assert seen(made).afterwards_by == "The auditor"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sequence": 2}, "text_contradicts"),
        ({"kind": EntryKind.NOTE}, "text_contradicts"),
        ({"stated_on": START + timedelta(days=1)}, "text_contradicts"),
        ({"afterwards_by": "Somebody"}, "text_contradicts"),
        ({"data_present": ()}, "text_contradicts"),
    ],
)
def test_a_text_that_says_something_else_than_its_entry_is_found(change, code):
    """The city can commit itself to any text; it cannot have the entry say another day."""
    made = maker()
    entry = made.chain.entries[0]
    text = made.holdings().text(entry)
    secret = Secret(key=made.secrets[0].key, text=replace(text, **change).as_json)
    other = Holdings(
        chain=Maker().chain.with_entry(replace(entry, commitment=secret.commitment)),
        private=Secrets(by_commitment={secret.commitment: secret}),
    )
    assert [one.code for one in contradictions(other)] == [code]


def test_a_text_of_another_format_is_named():
    made = maker()
    secret = Secret(key=bytes(32), text={"format": 2})
    entry = replace(made.chain.entries[0], commitment=secret.commitment)
    holdings = Holdings(
        chain=Maker().chain.with_entry(entry),
        private=Secrets(by_commitment={secret.commitment: secret}),
    )
    assert [one.code for one in contradictions(holdings)] == ["text_unreadable"]


@pytest.mark.parametrize(
    "change",
    [
        {"words": 5},
        {"sequence": True},
        {"data_present": [{**OUTCOMES.as_json, "last_date": 5}, OUTCOMES.as_json]},
        {"data_present": [5]},
        {"tables": [{**FIRST.as_json, "rows": [["B1", "x"]]}]},
        {"tables": [{**FIRST.as_json, "rows": [["B1", "x", 3]]}]},
        {"tables": [{**FIRST.as_json, "read_as": 5}]},
        {"tables": [{**FIRST.as_json, "columns": "abc"}]},
        {"more": 1},
    ],
)
def test_a_text_that_somebody_made_up_stops_nothing(change):
    """Whoever makes a chain can commit to anything, to what is no text of this format too."""
    made = maker()
    text = {**made.holdings().text(made.chain.entries[0]).as_json, **change}
    secret = Secret(key=bytes(32), text=text)
    entry = replace(made.chain.entries[0], commitment=secret.commitment)
    holdings = Holdings(
        chain=Maker().chain.with_entry(entry),
        opened=Secrets(by_commitment={secret.commitment: secret}),
    )
    assert [one.code for one in status_of(holdings, Looking(now=NOW)).breaks] == ["text_unreadable"]


def test_published_texts_must_be_there_whole_and_belong():
    made = maker()
    made.open(days=9)
    lines = [one.line.encode() + b"\n" for one in made.secrets]
    for data, codes in (
        (b"".join(lines), []),
        (lines[1], ["opened_not_there"]),
        (b"".join(lines).replace(b"quarter", b"third"), ["opened_fits_none", "opened_not_there"]),
        (b"".join(lines) + b"what is this\n", ["opened_unread"]),
        (b"".join(lines)[:-9], ["opened_unread"]),
    ):
        holdings = replace(made.holdings(private=False), opened=read_secrets(data))
        assert [one.code for one in contradictions(holdings)] == codes


@pytest.mark.parametrize(
    ("old", "new"), [(b'"key":"0', b'"key":" 0'), (b"},", b'},"more":1,'), (b"\n", b"\r\n")]
)
def test_another_spelling_of_a_published_text_is_found(old, new):
    made = maker()
    made.open(days=9)
    data = b"".join(one.line.encode() + b"\n" for one in made.secrets)
    holdings = replace(made.holdings(private=False), opened=read_secrets(data.replace(old, new, 1)))
    assert "opened_unread" in {one.code for one in contradictions(holdings)}


def test_a_chain_that_is_gone_or_unreadable_is_broken_and_not_never_sealed():
    """Who has a code knows that there was a seal."""
    noted = Witness(code=maker().chain.head, on=START)
    gone = status_of(Holdings(), Looking(witness=noted))
    assert (gone.sealed, may_evaluate(gone).ground) == (False, Ground.BROKEN)
    assert may_evaluate(gone, unsealed=True).ground is Ground.BROKEN
    unreadable = status_of(Holdings(chain=read_chain(b"\xef\xbb\xbf" + maker().chain.data)))
    assert (unreadable.sealed, may_evaluate(unreadable).ground) == (False, Ground.BROKEN)


CELL = Difference(table="promises", row="B1", change=Change.CHANGED)


@pytest.mark.parametrize("states", [*product([False, True], repeat=4)])
def test_one_may_evaluate_exactly_what_is_sealed_whole_and_unchanged(states):
    sealed, unbroken, lost, changed = states
    status = SealStatus(
        sealed=sealed, sequence=1, unbroken=unbroken, keys_lost=(1,) if lost else (),
        differs=(CELL,) if changed else (),
    )  # fmt: skip
    holds = sealed and unbroken and not lost and not changed
    plain, asked = may_evaluate(status), may_evaluate(status, unsealed=True)
    assert (plain.allowed, plain.sealed) == (holds, holds)
    assert (asked.allowed, asked.sealed) == (True, False)
    assert (plain.ground is Ground.SEALED) is holds
    assert (asked.ground is Ground.ASKED_UNSEALED) is holds


def test_what_cannot_be_compared_is_not_taken_for_what_was_sealed():
    """Whoever changed a promise could put the text away; so the text must be at hand."""
    status = SealStatus(sealed=True, sequence=1, sealed_on=date(2026, 1, 1))
    assert not may_evaluate(status).allowed
    assert may_evaluate(status).ground is Ground.NOT_COMPARED
    assert may_evaluate(replace(status, keys_lost=(1,))).ground is Ground.KEY_LOST
    asked = may_evaluate(status, unsealed=True)
    assert (asked.allowed, asked.ground) == (True, Ground.NOT_COMPARED)
