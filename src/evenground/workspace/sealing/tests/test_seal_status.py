"""Looking at a record: what it shows to whom, and what page one of a dossier says of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pytest

from evenground.errors import UsageError
from evenground.language import language
from evenground.record import Permission, SealStatus, may_evaluate
from evenground.record.permission import Ground
from evenground.record.status import Amendment, DatedBy
from evenground.record.witness import Witness, Witnessed
from evenground.workspace.opening import open_initiative
from evenground.workspace.sealing import (
    amend,
    open_seals,
    report_key_lost,
    seal,
    seal_lines,
    seal_of,
    seal_status,
)
from evenground.workspace.sealing.files import PRIVATE, PUBLIC
from evenground.workspace.sealing.tests.initiatives import DAY
from evenground.workspace.sealing.wording import SEAL_LINES
from evenground.workspace.telling import Teller

LATER = DAY + timedelta(days=30)
HELD = {"promises": pa.table({"promise_id": ["B1"]}), "outcomes": pa.table({"value": [1.0]})}
SEALED = SealStatus(
    sealed=True, sequence=1, sealed_on=DAY, first_sealed_on=DAY, n_entries=1, head="5" * 64,
    code="5MRM-…", differs=(),
)  # fmt: skip


def codes(status, tables=HELD, *, unsealed=False) -> list[str]:
    permission = may_evaluate(status, unsealed=unsealed)
    return [one.code for one in seal_lines(status, permission, tables)]


def test_there_is_no_seal_where_nothing_was_sealed(proposal):
    status = seal_status(proposal.path)
    assert status == SealStatus()
    assert may_evaluate(status) == Permission(allowed=False, sealed=False, ground=Ground.NO_SEAL)


def test_a_changed_cell_shows_before_it_is_opened_and_its_words_do_not(proposal):
    seal(proposal.path, terms=proposal.terms(by="Audit office"))
    proposal.change("promises.csv", "3.0", "2.0")
    inside, outside = (seal_status(proposal.path, internal=one) for one in (True, False))
    (shown,), (hidden,) = inside.differs, outside.differs
    assert (shown.row, shown.before, shown.after) == ("B1", "3.0", "2.0")
    assert (hidden.table, hidden.row, hidden.before, hidden.after) == ("promises", "", "", "")
    assert (inside.text is None, outside.text) == (False, None)
    assert (inside.withheld, outside.withheld) == (False, True)
    assert may_evaluate(outside).ground is Ground.DIFFERS


def test_the_order_of_rows_and_columns_is_no_change(proposal):
    seal(proposal.path, terms=proposal.terms())
    path = proposal.path / "promises.csv"
    head, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    moved = [[line[at] for at in (2, 0, 1, 4, 3)] for line in (head, *reversed(rows))]
    path.write_text("\n".join(",".join(line) for line in moved) + "\n", encoding="utf-8")
    assert seal_status(proposal.path).differs == ()


def test_tables_that_are_gone_are_not_what_was_sealed(proposal):
    seal(proposal.path, terms=proposal.terms())
    (proposal.path / "promises.csv").unlink()
    gone = {one.table for one in seal_status(proposal.path).differs}
    assert gone == {"promises", "evaluation", "harms", "responses"}


@pytest.mark.parametrize("name", ["", PUBLIC])
def test_a_record_that_lies_alone_cannot_be_compared(proposal, tmp_path, name):
    seal(proposal.path, terms=proposal.terms())
    alone = tmp_path / "published"
    alone.mkdir()
    shutil.copyfile(proposal.path / PUBLIC, alone / PUBLIC)
    status = seal_status(alone / name)
    assert (status.sealed, status.unbroken, status.differs) == (True, True, None)
    assert status.keys_missing == (1,)
    assert may_evaluate(status).ground is Ground.NOT_COMPARED


def test_an_opened_record_is_checked_from_what_is_published(proposal):
    """Whoever has the folder without the private texts sees the words once they are opened."""
    seal(proposal.path, terms=proposal.terms())
    open_seals(proposal.path, terms=proposal.terms())
    shutil.rmtree(proposal.path / PRIVATE)
    status = seal_status(proposal.path)
    assert (status.opened, status.unbroken, status.differs, status.keys_missing) == (
        True, True, (), (),
    )  # fmt: skip
    proposal.change("promises.csv", "37 %", "47 %")
    assert seal_status(proposal.path).differs[0].after == "47 % fewer trips"


@pytest.mark.parametrize(
    ("old", "new"),
    [("quarter", "third"), ('"key":"000', '"key":"100'), ('"B1"', '"B7"')],
)
def test_a_changed_text_or_key_is_found(proposal, old, new):
    seal(proposal.path, terms=proposal.terms())
    open_seals(proposal.path, terms=proposal.terms())
    opened = proposal.files.opened
    text = opened.read_text(encoding="utf-8")
    assert old in text
    opened.write_text(text.replace(old, new, 1), encoding="utf-8")
    shutil.rmtree(proposal.path / PRIVATE)
    assert {one.code for one in seal_status(proposal.path).breaks} == {
        "opened_fits_none", "opened_not_there",
    }  # fmt: skip


def test_a_witness_shows_a_chain_that_was_cut_short_or_made_anew(proposal):
    first = seal(proposal.path, terms=proposal.terms())
    proposal.change("promises.csv", "3.0", "2.0")
    second = amend(proposal.path, "Why", terms=proposal.terms(LATER))
    noted = Witness(code=second.code, on=LATER)
    assert seal_status(proposal.path, witness=noted).dated_by is DatedBy.WITNESS
    earlier = seal_status(proposal.path, witness=Witness(code=first.code, on=DAY))
    assert (earlier.dated_by, earlier.witness.sequence) == (DatedBy.CITY, 1)
    public = proposal.files.public
    public.write_bytes(public.read_bytes().split(b"\n")[0] + b"\n")
    cut = seal_status(proposal.path, witness=noted)
    assert (cut.unbroken, [one.code for one in cut.breaks]) == (False, ["head_not_there"])
    assert seal_status(proposal.path).unbroken
    public.unlink()
    seal(proposal.path, terms=proposal.terms())
    assert not seal_status(proposal.path, witness=Witness(code=first.code)).unbroken


def test_a_code_that_was_copied_wrongly_is_refused(proposal):
    code = seal(proposal.path, terms=proposal.terms()).code
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    with pytest.raises(UsageError):
        seal_status(proposal.path, witness=Witness(code=wrong))


def test_an_open_initiative_has_the_seal_of_its_folder(proposal):
    opened = open_initiative(proposal.path)
    assert not seal_of(opened).sealed
    seal(proposal.path, terms=proposal.terms())
    assert seal_of(opened) == seal_status(proposal.path)
    assert not seal_of(replace(opened, folder=None)).sealed


def test_only_assignments_are_opened_to_look(proposal):
    """Outcome data may be large; whether a seal holds does not rest on them."""
    seal(proposal.path, terms=proposal.terms())
    (proposal.path / "outcomes.csv").write_bytes(b"\x00\xff not a table")
    assert seal_status(proposal.path).differs == ()


@pytest.mark.parametrize(
    ("status", "unsealed", "expected"),
    [
        (SealStatus(), False, ["refused.no_seal"]),
        (SealStatus(), True, ["unsealed.no_seal"]),
        (SEALED, False, ["sealed", "code", "city_only"]),
        (SEALED, True, ["unsealed.asked_unsealed", "sealed", "code", "city_only"]),
        (replace(SEALED, keys_lost=(1,), differs=None), False,
         ["refused.key_lost", "sealed", "key_lost", "code", "city_only"]),
        (replace(SEALED, keys_lost=(1,), differs=None), True,
         ["unsealed.key_lost", "sealed", "key_lost", "code", "city_only"]),
    ],
)  # fmt: skip
def test_page_one_says_on_what_ground(status, unsealed, expected):
    assert codes(status, unsealed=unsealed) == expected


def test_nothing_is_said_where_nothing_can_be_judged():
    for tables in ({}, {"promises": HELD["promises"]}, {"outcomes": HELD["outcomes"]},
                   {**HELD, "promises": HELD["promises"].slice(0, 0)}):  # fmt: skip
        assert codes(SealStatus(), tables) == []
        assert codes(SealStatus(), tables, unsealed=True) == []
        assert codes(SEALED, tables) == ["sealed", "code", "city_only"]


def test_every_line_of_page_one_is_a_sentence(proposal):
    """Each wording is said once, in the singular and the plural where it has both."""
    amendment = Amendment(sequence=2, stated_on=LATER)
    broken = {"unbroken": False}
    states = [
        SEALED,
        replace(SEALED, amendments=(amendment,), sequence=2, sealed_on=LATER, n_entries=2),
        replace(SEALED, afterwards=True, afterwards_by="the auditor"),
        replace(SEALED, afterwards=True),
        replace(SEALED, **broken, breaks=(None,)),
        replace(SEALED, **broken, breaks=(None, None)),
        replace(SEALED, keys_lost=(1,)),
        replace(SEALED, differs=(None,)),
        replace(SEALED, differs=None),
        replace(SEALED, dated_by=DatedBy.WITNESS, witness=Witnessed(sequence=1, on=LATER)),
        SealStatus(),
    ]
    said = set()
    teller = Teller(SEAL_LINES, language("en"))
    for status in states:
        for unsealed in (False, True):
            permission = may_evaluate(status, unsealed=unsealed)
            for line in seal_lines(status, permission, HELD):
                said.add((line.code, line.parameters.get("n") == 1))
                sentence = teller.message(line)
                assert sentence[0].isupper()
                assert sentence.endswith(".")
                assert "{" not in sentence
    assert {code for code, _ in said} == set(SEAL_LINES)
    both = {code for code, forms in SEAL_LINES.items() if isinstance(forms, tuple)}
    assert {(code, one) for code in both for one in (True, False)} <= said


def test_a_key_reported_lost_stands_in_the_way(proposal):
    seal(proposal.path, terms=proposal.terms())
    proposal.files.private.unlink()
    report_key_lost(proposal.path, 1, terms=proposal.terms(date(2026, 4, 1)))
    assert may_evaluate(seal_status(proposal.path)).ground is Ground.KEY_LOST
