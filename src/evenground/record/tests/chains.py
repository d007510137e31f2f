"""Invented chains for tests: keys are counted, days go up."""

from __future__ import annotations

from datetime import date, timedelta

from evenground.record.chain import Chain
from evenground.record.commitment import Secret
from evenground.record.entry import Entry, EntryKind
from evenground.record.holdings import Holdings, Secrets
from evenground.record.sealed_text import DataPresent, DataRole, PlainTable, SealedText

START = date(2026, 3, 2)


def promises(*rows: tuple[str, ...], read_as=None) -> PlainTable:
    return PlainTable(
        table="promises",
        columns=("promise_id", "words", "target"),
        rows=rows,
        read_as=read_as or {},
    )


FIRST = promises(("B1", "A quarter fewer overflows", "3.0"), ("B2", "37 % fewer trips", "63"))
SECOND = promises(("B1", "A quarter fewer overflows", "3.0"), ("B2", "37 % fewer trips", "80"))
OUTCOMES = DataPresent(
    role=DataRole.OUTCOME, dataset="outcomes", file="outcomes.csv", sha256="ab" * 32,
    last_date="2026-02", column="period",
)  # fmt: skip


class Maker:
    """Makes a record entry by entry; all secrets are kept, and opened on request."""

    def __init__(self) -> None:
        self.chain, self.secrets = Chain(), list[Secret]()
        self.opened: list[Secret] = []

    def add(self, kind=EntryKind.SEAL, *, days=0, about=(), **text) -> Entry:
        sequence = self.chain.next_sequence
        said = SealedText(
            sequence=sequence, kind=kind, stated_on=START + timedelta(days=days), **text
        )
        secret = Secret(key=sequence.to_bytes(32, "big"), text=said.as_json)
        entry = Entry(
            sequence=sequence, kind=kind, stated_on=said.stated_on, commitment=secret.commitment,
            previous=self.chain.head, outcomes_until=said.outcomes_until, about=about,
            afterwards=bool(said.afterwards_by),
        )  # fmt: skip
        self.secrets.append(secret)
        self.chain = self.chain.with_entry(entry)
        return entry

    def open(self, *, days=0) -> Entry:
        about = tuple(one.sequence for one in self.chain.entries)
        entry = self.add(EntryKind.OPENING, days=days, about=about)
        self.opened = list(self.secrets)
        return entry

    def holdings(self, *, private=True) -> Holdings:
        return Holdings(
            chain=self.chain,
            opened=_by_commitment(self.opened),
            private=_by_commitment(self.secrets if private else []),
        )


def _by_commitment(secrets: list[Secret]) -> Secrets:
    return Secrets(by_commitment={one.commitment: one for one in secrets})


def made(n: int) -> Chain:
    """Return a chain of ``n`` entries, a day apart."""
    maker = Maker()
    for number in range(n):
        kind = EntryKind.AMENDMENT if number else EntryKind.SEAL
        maker.add(kind, days=number, tables=(FIRST,), data_present=(OUTCOMES,))
    return maker.chain
